/*
 * canvas.h - a sheet of character cells on which a picture is drawn, dot by dot, and then written down as lines of text.
 *
 * A cell holds dots (two by four of braille; one in ASCII), a shade, or a letter; what is put there last counts, but dots join. A wide letter
 * (Hangul) takes two cells. Columns count from the left, rows from the top.
 */
#ifndef SSI_SRC_PLOT_CANVAS_H
#define SSI_SRC_PLOT_CANVAS_H

#include "plot/figure.h"

typedef struct cell {
    uint8_t dots;       /* of braille, its bits */
    bool covered;       /* the right half of a wide letter */
    bool ground;        /* the letter is a shade, which anything may cover */
    char letter[5];     /* "": none */
    int32_t ink, paper; /* colors, 0xRRGGBB; -1: the terminal's */
} cell;

typedef struct canvas {
    int columns, rows; /* rows are added as they are drawn on */
    bool ascii, color, failed;
    cell *cell; /* (rows, columns) */
    size_t places;
} canvas;

/* An empty sheet. A failed allocation is noted in `failed`, to be checked once, at the end. */
void ssi_canvas_open(canvas *c, int columns, bool ascii, bool color);
void ssi_canvas_close(canvas *c);

/* A color as ink: black and white are the terminal's own, of which nobody knows which it is. */
int32_t ssi_ink(uint32_t rgb);
/* From 0, white, to 255. */
int ssi_darkness(uint32_t rgb);
/* How many dots a cell has across and down. */
int ssi_dots_across(const canvas *c);
int ssi_dots_down(const canvas *c);
/* Lights a dot, in ASCII as `letter`; outside the sheet, and on letters, nothing happens. */
void ssi_canvas_dot(canvas *c, int x, int y, char letter, uint32_t rgb);
/* Shades a cell with one of four, from nothing to dark. */
void ssi_canvas_shade(canvas *c, int column, int row, int shade, int32_t ink);
/* One letter, from UTF-8. */
void ssi_canvas_letter(canvas *c, int column, int row, const char *letter, int32_t ink);
/* A text from a column on, cut to `room` columns; returns the columns it took. In ASCII what it cannot say is spelled otherwise. */
int ssi_canvas_text(canvas *c, int column, int row, int room, const char *shown, int32_t ink);
/* A cell filled with a color; without colors, with a shade as dark as it is. */
void ssi_canvas_fill(canvas *c, int column, int row, uint32_t rgb);
/* A cell of two colors, one above the other. */
void ssi_canvas_halves(canvas *c, int column, int row, uint32_t upper, uint32_t lower);
/* Another sheet, at a place of this one. */
void ssi_canvas_paste(canvas *c, int column, int row, const canvas *from);
/* Appends the lines, without spaces at their ends. */
void ssi_canvas_write(const canvas *c, text *out);

/* Columns that a text takes: Hangul and its like two, marks that join none. */
int ssi_text_columns(const char *shown);

#endif
