/*
 * grid.h - many small pictures with what they are, and what a model takes them for.
 */
#ifndef SSI_CLI_GRID_H
#define SSI_CLI_GRID_H

#include "cli.h"

typedef struct grid_cell {
    float *pixel;                             /* (height, width) of the grid */
    int64_t label, prediction;                /* prediction -1: none was made */
    const char *label_name, *prediction_name; /* as the data set names them; belong to it */
} grid_cell;

typedef struct grid {
    int64_t height, width;
    int count;
    grid_cell *cell;
} grid;

/* Rows of ten; a wrong prediction is red, with the label in brackets. 0, or a negative ssi_status. */
int grid_plot(const grid *of, const char *title, const char *path);

#endif
