#include "sketch.h"

/* A number that is there, coloured, or one that stretching made, in brackets. */
static void cell(ssi_axes *axes, double x, double y, int value, const char *fill, int there)
{
    char text[16];
    snprintf(text, sizeof(text), there ? "%d" : "(%d)", value);
    sketch_box(axes, x, y, 1, 1, there ? fill : "white", text);
}

/* left + right = result, each of so many rows and columns. */
static void sum(const char *name, int rows, int columns, const int *left, int left_rows, int left_columns,
                const int *right, int right_rows, int right_columns)
{
    ssi_figure *figure = ssi_figure_new(.width = 640, .height = 100 + 40 * rows);
    ssi_axes *axes = sketch_panel(figure, 0, 0, 3 * columns + 4, rows + 2, NULL);
    for (int i = 0; i < rows * columns; i++) {
        int row = i / columns, column = i % columns;
        int l = left[row % left_rows * left_columns + column % left_columns];
        int r = right[row % right_rows * right_columns + column % right_columns];
        cell(axes, 1 + column, 1 + row, l, SKETCH_BLUE, row < left_rows && column < left_columns);
        cell(axes, 2 + columns + column, 1 + row, r, SKETCH_ORANGE, row < right_rows && column < right_columns);
        cell(axes, 3 + 2 * columns + column, 1 + row, l + r, SKETCH_GREEN, 1);
    }
    sketch_text(axes, 1.5 + columns, 1 + rows / 2.0, "+");
    sketch_text(axes, 2.5 + 2 * columns, 1 + rows / 2.0, "=");
    char text[60];
    snprintf(text, sizeof(text), "(%d,%d)", left_rows, left_columns);
    sketch_text(axes, 1 + columns / 2.0, 0.5, text);
    snprintf(text, sizeof(text), right_rows == 1 ? "(%d)" : "(%d,%d)", right_rows == 1 ? right_columns : right_rows,
             right_columns);
    sketch_text(axes, 2 + 1.5 * columns, 0.5, text);
    snprintf(text, sizeof(text), "(%d,%d)", rows, columns);
    sketch_text(axes, 3 + 2.5 * columns, 0.5, text);
    sketch_text(axes, (3 * columns + 4) / 2.0, rows + 1.5,
                lesson_say("괄호 속: 늘어난 것", "in brackets: what it was stretched to"));
    lesson_figure(figure, name);
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    const int matrix[] = {1, 2, 3, 4}, v[] = {10, 20}, tens[] = {0, 10, 20, 30}, ones[] = {0, 1, 2};
    sum("rows", 2, 2, matrix, 2, 2, v, 1, 2);
    sum("columns", 2, 2, matrix, 2, 2, v, 2, 1);
    sum("both", 4, 3, tens, 4, 1, ones, 1, 3);
    return ssi_report();
}
