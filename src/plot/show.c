/*
 * show.c - a figure in the terminal: as text in a buffer of the caller's, or, on a stream of the caller's, as whatever that can show best.
 */
#include "plot/show.h"

#include <errno.h>
#include <string.h>

#include "ssi/io.h"

int64_t(ssi_figure_text)(const ssi_figure *figure, char *out, size_t capacity, const ssi_figure_text_options *options)
{
    ssi_figure_text_options o;
    COPY_OPTIONS(o, options);
    if (figure == NULL || (out == NULL && capacity > 0)) {
        return SSI_INVALID;
    }
    int columns = o.columns == 0 ? 80 : o.columns;
    if (columns < 20 || columns > 400) {
        return ssi_fail(SSI_INVALID, "figure_text", "%d columns; 20 to 400", columns);
    }
    text picture = {0};
    ssi_figure_picture(figure, columns, o.ascii != 0, o.color != 0, &picture);
    int64_t length = picture.failed ? SSI_NO_MEMORY : (int64_t)picture.length;
    if (length >= 0 && capacity > 0) {
        size_t kept = picture.length < capacity ? picture.length : capacity - 1;
        memcpy(out, picture.bytes != NULL ? picture.bytes : "", kept);
        out[kept] = '\0';
    }
    ssi_text_free(&picture);
    return length;
}

/* ---- showing ---- */

/* SSI_SHOW decides, and is obeyed; else the terminal says what it can. */
static enum shown_as choose(FILE *out, bool *asked_for)
{
    const char *asked = ssi_getenv("SSI_SHOW");
    *asked_for = asked != NULL && asked[0] != '\0';
    if (*asked_for) {
        return strcmp(asked, "kitty") == 0 ? SHOWN_KITTY : strcmp(asked, "sixel") == 0 ? SHOWN_SIXEL : SHOWN_TEXT;
    }
    return ssi_terminal_is(out) && ssi_drawer_there(&ssi_gnuplot) ? ssi_terminal_ask(out) : SHOWN_TEXT;
}

/* The picture itself, made for the terminal. */
static int make_pixels(const ssi_figure *figure, enum shown_as form, text *shown)
{
    text png = {0};
    int status = ssi_figure_draw(figure, "png", &png);
    if (status == 0 && form == SHOWN_KITTY) {
        ssi_write_kitty(&png, shown);
    } else if (status == 0) {
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *image = ssi_read_image_memory(png.bytes, png.length, "the picture");
        const uint8_t *pixel = image != NULL ? ssi_data(image) : NULL;
        status = pixel != NULL ? 0 : ssi_error_peek()->code;
        if (pixel != NULL) {
            ssi_write_sixel(pixel, (int)ssi_dim(image, 0), (int)ssi_dim(image, 1), (int)ssi_dim(image, 2), shown);
        }
        ssi_scope_close(scope);
    }
    ssi_text_free(&png);
    return status;
}

static int write_out(const text *shown, FILE *out)
{
    if (shown->failed) {
        return SSI_NO_MEMORY;
    }
    if (shown->length > 0 && (fwrite(shown->bytes, 1, shown->length, out) != shown->length || fflush(out) != 0)) {
        return ssi_fail(SSI_IO, "figure_show", "the figure could not be written: %s", strerror(errno));
    }
    return 0;
}

static void make_text(const ssi_figure *figure, FILE *out, text *shown)
{
    const char *no_color = ssi_getenv("NO_COLOR");
    bool color = ssi_terminal_is(out) && (no_color == NULL || no_color[0] == '\0');
    ssi_figure_picture(figure, ssi_terminal_columns(out), !ssi_terminal_utf8(), color, shown);
}

int ssi_figure_show(const ssi_figure *figure, FILE *out)
{
    if (figure == NULL || out == NULL) {
        return SSI_INVALID;
    }
    text shown = {0};
    bool asked_for, failed_before = ssi_failed();
    enum shown_as form = choose(out, &asked_for);
    int status = form != SHOWN_TEXT ? make_pixels(figure, form, &shown) : 0;
    if (status != 0 && !asked_for) { /* better letters than nothing */
        if (!failed_before) {
            ssi_error_take(NULL);
        }
        ssi_text_free(&shown);
        form = SHOWN_TEXT;
        status = 0;
    }
    if (form == SHOWN_TEXT) {
        make_text(figure, out, &shown);
    }
    status = status == 0 ? write_out(&shown, out) : status;
    ssi_text_free(&shown);
    return status;
}
