/*
 * show.c - a figure in the terminal.
 */
#include "plot/figure.h"

int64_t(ssi_figure_text)(const ssi_figure *figure, char *out, size_t capacity, const ssi_figure_text_options *options)
{
    (void)figure, (void)options;
    if (capacity > 0) {
        out[0] = '\0';
    }
    return ssi_fail(SSI_UNSUPPORTED, "figure_text", "pictures made of characters are not written yet");
}

int ssi_figure_show(const ssi_figure *figure, FILE *out)
{
    (void)out;
    return figure == NULL ? SSI_INVALID
                          : ssi_fail(SSI_UNSUPPORTED, "figure_show", "pictures in the terminal are not written yet");
}
