/*
 * grid.c - many small pictures with what they are, and what a model takes them for.
 */
#include "grid.h"

enum { IN_A_ROW = 10, CELL_WIDTH = 84, CELL_HEIGHT = 104, TITLE_HEIGHT = 40 };
#define WRONG "#d62728" /* the red of the colour cycle */

/* What stands above a cell. Returns whether it is a mistake. */
static bool write_title(const grid_cell *cell, char *title, size_t size)
{
    bool wrong = cell->prediction >= 0 && cell->prediction != cell->label;
    if (wrong) {
        snprintf(title, size, "%s (%s)", cell->prediction_name, cell->label_name);
    } else {
        snprintf(title, size, "%s", cell->label_name);
    }
    return wrong;
}

static void draw_cell(ssi_figure *figure, const grid *of, int i, int columns)
{
    const grid_cell *cell = &of->cell[i];
    char title[128];
    bool wrong = write_title(cell, title, sizeof(title));
    ssi_axes *axes = ssi_figure_axes(figure, i / columns, i % columns, .bare = 1, .title = title,
                                     .title_color = wrong ? WRONG : NULL);
    ssi_plot_image(axes, ssi_array(cell->pixel, of->height, of->width));
}

/* Pixels that the longest title needs at its smallest, or the usual width of a cell. */
static int cell_width(const grid *of)
{
    int width = CELL_WIDTH;
    for (int i = 0; i < of->count; i++) {
        char title[128];
        write_title(&of->cell[i], title, sizeof(title));
        int needed = 6 * text_width(title);
        width = needed > width ? needed : width;
    }
    return width;
}

int grid_plot(const grid *of, const char *title, const char *path)
{
    int columns = of->count < IN_A_ROW ? of->count : IN_A_ROW, rows = (of->count + IN_A_ROW - 1) / IN_A_ROW;
    int scale = of->count == 1 ? 4 : 1; /* a single picture may be larger */
    ssi_scope scope = ssi_scope_open();
    ssi_figure *figure =
        ssi_figure_new(.rows = rows, .columns = columns, .width = scale * columns * cell_width(of),
                       .height = scale * rows * CELL_HEIGHT + (title != NULL ? TITLE_HEIGHT : 0), .title = title);
    for (int i = 0; i < of->count; i++) {
        draw_cell(figure, of, i, columns);
    }
    int status = ssi_figure_save(figure, path);
    ssi_figure_free(figure);
    ssi_scope_close(scope);
    return status;
}
