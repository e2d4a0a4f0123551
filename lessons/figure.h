/*
 * figure.h - what the pictures of the lessons share. A figure program is called as `figure FOLDER LANGUAGE` and leaves NAME.svg and NAME.png in the folder for
 * each of its pictures.
 */
#ifndef SSI_LESSON_FIGURE_H
#define SSI_LESSON_FIGURE_H

#include <ssi/ssi.h>
#include <stdio.h>
#include <string.h>

static const char *lesson_folder = ".", *lesson_language = "en";

/* First in main: takes the folder and the language. */
static inline void lesson_figures(int argc, char **argv)
{
    lesson_folder = argc > 1 ? argv[1] : lesson_folder;
    lesson_language = argc > 2 ? argv[2] : lesson_language;
}

/* The text in the reader's language. */
static inline const char *lesson_say(const char *korean, const char *english)
{
    return strcmp(lesson_language, "ko") == 0 ? korean : english;
}

/* Saves the picture under its name, and frees it. */
static inline void lesson_figure(ssi_figure *figure, const char *name)
{
    static const char *const endings[] = {"svg", "png"};
    for (int i = 0; i < 2; i++) {
        char path[4096];
        snprintf(path, sizeof(path), "%s/%s.%s", lesson_folder, name, endings[i]);
        ssi_figure_save(figure, path);
    }
    ssi_figure_free(figure);
}

#endif
