/*
 * grid.c - many small pictures with what they are, and what a model takes them for.
 */
#include "grid.h"

enum { IN_A_ROW = 10, CELL_WIDTH = 84, CELL_HEIGHT = 104, TITLE_HEIGHT = 40 };
#define WRONG "#d62728" /* the red of the colour cycle */

static void draw_cell(ssi_figure *figure, const grid *of, int i, int columns)
{
    const grid_cell *cell = &of->cell[i];
    bool wrong = cell->prediction >= 0 && cell->prediction != cell->label;
    char title[128];
    if (wrong) {
        snprintf(title, sizeof(title), "%s (%s)", cell->prediction_name, cell->label_name);
    } else {
        snprintf(title, sizeof(title), "%s", cell->label_name);
    }
    ssi_axes *axes = ssi_figure_axes(figure, i / columns, i % columns, .bare = 1, .title = title,
                                     .title_color = wrong ? WRONG : NULL);
    ssi_plot_image(axes, ssi_array(cell->pixel, of->height, of->width));
}

int grid_plot(const grid *of, const char *title, const char *path)
{
    int columns = of->count < IN_A_ROW ? of->count : IN_A_ROW, rows = (of->count + IN_A_ROW - 1) / IN_A_ROW;
    int scale = of->count == 1 ? 4 : 1; /* a single picture may be larger */
    ssi_scope scope = ssi_scope_open();
    ssi_figure *figure =
        ssi_figure_new(.rows = rows, .columns = columns, .width = scale * columns * CELL_WIDTH,
                       .height = scale * rows * CELL_HEIGHT + (title != NULL ? TITLE_HEIGHT : 0), .title = title);
    for (int i = 0; i < of->count; i++) {
        draw_cell(figure, of, i, columns);
    }
    int status = ssi_figure_save(figure, path);
    ssi_figure_free(figure);
    ssi_scope_close(scope);
    return status;
}
