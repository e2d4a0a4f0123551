/*
 * show.h - what showing a figure in a terminal is made of.
 */
#ifndef SSI_SRC_PLOT_SHOW_H
#define SSI_SRC_PLOT_SHOW_H

#include "plot/figure.h"

enum shown_as { SHOWN_TEXT, SHOWN_KITTY, SHOWN_SIXEL };

/* ---- terminal.c ---- */

/* Characters of a line; 80 where the stream is no terminal. */
int ssi_terminal_columns(FILE *out);
bool ssi_terminal_is(FILE *out);
/* Whether the environment's characters are UTF-8. */
bool ssi_terminal_utf8(void);
/* Asks the terminal what it can show, and reads its answer. SHOWN_TEXT: no picture, or no answer. */
enum shown_as ssi_terminal_ask(FILE *out);
/* What the answers of a terminal say. */
enum shown_as ssi_terminal_answer(const char *answer);

/* ---- pixels.c ---- */

/* A PNG as kitty's graphics protocol wants it; pixels (H,W,3 or more) as sixels. */
void ssi_write_kitty(const text *png, text *out);
void ssi_write_sixel(const uint8_t *pixel, int height, int width, int channels, text *out);

#endif
