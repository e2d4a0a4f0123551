/*
 * picture.h - what the drawers of a picture made of characters share.
 */
#ifndef SSI_SRC_PLOT_PICTURE_H
#define SSI_SRC_PLOT_PICTURE_H

#include "plot/canvas.h"

/* A panel being drawn on a sheet of its own. */
typedef struct panel {
    const ssi_axes *axes;
    canvas *on;
    int row; /* the next free one */
} panel;

/* A text in the middle of `room` columns. */
void ssi_panel_centered(panel *p, int column, int room, const char *shown, int32_t ink);
/* A color as a cell's ink: the terminal's own where there are none. */
int32_t ssi_panel_ink(const panel *p, uint32_t rgb);
/* Whether there are several of a kind that no color tells apart, so that letters must. */
bool ssi_panel_lettered(const panel *p, enum layer_kind kind);
/* The letter that stands for a layer, or for a class of it, where lines and points cannot be told apart by their colors. */
char ssi_panel_letter(const panel *p, const layer *of, int class);

/* picture_plane.c: lines, points, areas, in a plane with axes */
void ssi_panel_plane(panel *p);
/* picture_cells.c: images, tables of values, bars with names */
void ssi_panel_image(panel *p, const layer *image);
bool ssi_panel_table(panel *p, const layer *map); /* false, with nothing drawn, where it is too wide */
void ssi_panel_bars(panel *p);

#endif
