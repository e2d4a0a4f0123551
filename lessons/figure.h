/*
 * figure.h - what the pictures of the lessons share. A figure program is called as `figure FOLDER LANGUAGE` and leaves NAME.svg and NAME.png in the folder for
 * each of its pictures; or as `figure FOLDER LANGUAGE COLUMNS [color]`, and leaves NAME.txt, made of characters.
 */
#ifndef SSI_LESSON_FIGURE_H
#define SSI_LESSON_FIGURE_H

#include <ssi/ssi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *lesson_folder = ".", *lesson_language = "en";
static int lesson_columns, lesson_color; /* of a text picture; 0: none is wanted */

/* First in main: takes what the program was called with. */
static inline void lesson_figures(int argc, char **argv)
{
    lesson_folder = argc > 1 ? argv[1] : lesson_folder;
    lesson_language = argc > 2 ? argv[2] : lesson_language;
    lesson_columns = argc > 3 ? atoi(argv[3]) : 0;
    lesson_color = argc > 4;
}

/* The text in the reader's language. */
static inline const char *lesson_say(const char *korean, const char *english)
{
    return strcmp(lesson_language, "ko") == 0 ? korean : english;
}

/* Saves the picture as a text for the terminal: NAME.txt. */
static inline void lesson_figure_text(ssi_figure *figure, const char *name)
{
    char path[4096];
    long long length = ssi_figure_text(figure, NULL, 0, .columns = lesson_columns, .color = lesson_color);
    char *text = length > 0 ? malloc((size_t)length + 1) : NULL;
    snprintf(path, sizeof(path), "%s/%s.txt", lesson_folder, name);
    FILE *file = text != NULL ? fopen(path, "w") : NULL;
    if (file != NULL) {
        ssi_figure_text(figure, text, (size_t)length + 1, .columns = lesson_columns, .color = lesson_color);
        fputs(text, file);
        fclose(file);
    }
    free(text);
}

/* Saves the picture under its name, and frees it. */
static inline void lesson_figure(ssi_figure *figure, const char *name)
{
    static const char *const endings[] = {"svg", "png"};
    for (int i = 0; i < 2 && lesson_columns == 0; i++) {
        char path[4096];
        snprintf(path, sizeof(path), "%s/%s.%s", lesson_folder, name, endings[i]);
        ssi_figure_save(figure, path);
    }
    if (lesson_columns > 0) {
        lesson_figure_text(figure, name);
    }
    ssi_figure_free(figure);
}

/* A panel to draw on by hand, without frame and ticks: (0, 0) at the lower left, (width, height) at the upper right. */
static inline ssi_axes *lesson_sheet(ssi_figure *figure, int row, int column, double width, double height)
{
    return ssi_figure_axes(figure, row, column, .bare = 1, .xlim = {0, width}, .ylim = {0, height});
}

/* The outline of a box, and a text in its middle (NULL: none). */
static inline void lesson_box(ssi_axes *axes, double left, double bottom, double width, double height,
                              const char *color, const char *text)
{
    double x[] = {left, left + width, left + width, left, left};
    double y[] = {bottom, bottom, bottom + height, bottom + height, bottom};
    ssi_plot_line(axes, ssi_array(x, 5), ssi_array(y, 5), .color = color);
    if (text != NULL) {
        ssi_plot_text(axes, left + width / 2, bottom + height / 2, text, .align = 'c');
    }
}

#endif
