/*
 * save.c - a figure as a file: which form its name asks for, and who makes it.
 */
#include "plot/figure.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "io/file.h"

/* The name's ending without the point: "png", ...; NULL (error recorded) when pictures are not written so. */
static const char *form_of(const char *path)
{
    static const char *const forms[] = {"png", "svg", "pdf", "gp"};
    const char *point = strrchr(path, '.');
    for (size_t i = 0; point != NULL && i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (strcasecmp(point + 1, forms[i]) == 0) {
            return forms[i];
        }
    }
    return SSI_FAIL_NULL(
        SSI_INVALID, "figure_save",
        "'%s': pictures are written as .png, .svg, .pdf or .gp\n.gp is the gnuplot script with its data", path);
}

/* Whether files can be made in the folder of `path`. */
static int check_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = ssi_strdup(slash != NULL ? path : ".");
    if (folder == NULL) {
        return SSI_NO_MEMORY;
    }
    if (slash != NULL) {
        folder[slash == path ? 1 : slash - path] = '\0';
    }
    int status = 0;
    if (access(folder, W_OK | X_OK) != 0) {
        status = ssi_fail(SSI_IO, "figure_save", "cannot write '%s': %s", path, strerror(errno));
    }
    ssi_free(folder);
    return status;
}

int ssi_figure_check(const char *path)
{
    const char *form = path != NULL ? form_of(path) : NULL;
    if (form == NULL) {
        return SSI_INVALID;
    }
    int status = strcmp(form, "gp") == 0 ? 0 : ssi_drawer_find(&ssi_gnuplot);
    return status != 0 ? status : check_folder(path);
}

int ssi_figure_draw(const ssi_figure *figure, const char *form, text *picture)
{
    text script = {0};
    ssi_figure_script(figure, form, &script);
    int status = script.failed ? SSI_NO_MEMORY : ssi_draw(&ssi_gnuplot, &script, picture);
    ssi_text_free(&script);
    return status;
}

int ssi_figure_save(const ssi_figure *figure, const char *path)
{
    const char *form = figure != NULL && path != NULL ? form_of(path) : NULL;
    if (form == NULL) {
        return SSI_INVALID;
    }
    text whole = {0};
    int status = 0;
    if (strcmp(form, "gp") == 0) {
        ssi_figure_script(figure, "png", &whole);
        status = whole.failed ? SSI_NO_MEMORY : 0;
    } else {
        status = ssi_figure_draw(figure, form, &whole);
    }
    if (status == 0) {
        status = ssi_file_write("figure_save", path, 1, &(ssi_piece){whole.bytes, whole.length});
    }
    ssi_text_free(&whole);
    return status;
}
