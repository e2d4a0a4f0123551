/* Words and numbers of any kind in every place of every figure: the script has nothing of them outside its quotes, and the text picture nothing that a terminal
 * would obey. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plot/figure.h"
#include "ssi/ssi.h"

#include "plot/figures.c"

/* What a script is made of where it quotes nothing: no backtick, no @, no |, no double quote, no newline but its own. */
static void check_script(const text *script)
{
    bool quoted = false;
    for (size_t i = 0; i < script->length; i++) {
        unsigned char c = (unsigned char)script->bytes[i];
        bool plain = strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \n.,:;$#\\-+_()<>[]%*!=?/",
                            c) != NULL;
        if (c == '\'') {
            quoted = !quoted;
        } else if (quoted ? c < 0x20 || c == 0x7F : !plain) {
            fprintf(stderr, "byte %d of the script is %d\n", (int)i, c);
            abort();
        }
    }
    if (quoted) {
        abort();
    }
}

static void check_text(const text *shown)
{
    for (size_t i = 0; i < shown->length; i++) {
        unsigned char c = (unsigned char)shown->bytes[i];
        if ((c < 0x20 && c != '\n') || c == 0x7F || (c == 0xC2 && (unsigned char)shown->bytes[i + 1] < 0xA0)) {
            abort();
        }
    }
}

/* Numbers straight from the input, drawn in every way at once. */
static void add_numbers(ssi_figure *figure, const uint8_t *data, size_t size)
{
    double numbers[8] = {0};
    memcpy(numbers, data, size < sizeof(numbers) ? size : sizeof(numbers));
    ssi_axes *axes =
        ssi_figure_axes(figure, 0, 0, .log_x = size % 2, .log_y = size / 2 % 2, .equal = size / 4 % 2, .grid = 1);
    ssi_tensor *x = ssi_array(numbers, 4), *y = ssi_array(numbers + 4, 4);
    ssi_plot_line(axes, x, y, .marker = 'o', .label = "a");
    ssi_plot_scatter(axes, y, x);
    ssi_plot_bar(axes, x, .values = 1);
    ssi_plot_histogram(axes, y, .bins = 3);
    ssi_plot_image(axes, ssi_reshape(x, 2, 2));
    ssi_plot_hline(axes, numbers[0]);
    ssi_plot_vspan(axes, numbers[1], numbers[2]);
    ssi_plot_arrow(axes, numbers[0], numbers[1], numbers[2], numbers[3]);
    ssi_axes_ticks(axes, 'x', 4, numbers, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    char *words = malloc(size + 1);
    memcpy(words, data, size);
    words[size] = '\0';
    ssi_scope scope = ssi_scope_open();
    ssi_figure *figure = test_figure(data[0] % FIGURES, words);
    if (figure != NULL) {
        text script = {0}, shown = {0};
        if (data[0] >= 128) {
            add_numbers(figure, data, size);
        }
        ssi_figure_script(figure, data[0] % 2 ? "png" : "svg", &script);
        check_script(&script);
        ssi_figure_picture(figure, 20 + (int)(size % 100), size % 3 == 0, false, &shown);
        check_text(&shown);
        ssi_text_free(&script);
        ssi_text_free(&shown);
    }
    ssi_figure_free(figure);
    ssi_scope_close(scope);
    ssi_error_take(NULL);
    free(words);
    return 0;
}
