/*
 * plane.h - the plane of two inputs, as the pictures of the logic gates draw it: where a perceptron says 1, its line, and the four points.
 */
#ifndef SSI_LESSON_PLANE_H
#define SSI_LESSON_PLANE_H

#include "figure.h"

#define PLANE_LOW  (-0.5)
#define PLANE_HIGH 1.5
#define PLANE_SIDE 200 /* little squares along each side, at most */

typedef int plane_gate(double x1, double x2);

/* Blue where the gate says 1, left white where it says 0; `side` little squares along each side. */
static inline void plane_region(ssi_axes *axes, plane_gate *gate, int side)
{
    static unsigned char says[PLANE_SIDE * PLANE_SIDE];
    for (int i = 0; i < side * side; i++) {
        double step = (PLANE_HIGH - PLANE_LOW) / side;
        double x1 = PLANE_LOW + (i % side + 0.5) * step, x2 = PLANE_LOW + (i / side + 0.5) * step;
        says[i] = (unsigned char)gate(x1, x2);
    }
    ssi_plot_regions(axes, ssi_array(says, side, side), .extent = {PLANE_LOW, PLANE_HIGH, PLANE_LOW, PLANE_HIGH},
                     .colors = (const char *[]){"white", "C0"});
}

/* The line b + w1*x1 + w2*x2 = 0, upright where w2 is 0. */
static inline void plane_line(ssi_axes *axes, double b, double w1, double w2, const char *color)
{
    double x1[] = {PLANE_LOW, PLANE_HIGH}, x2[2];
    for (int i = 0; i < 2; i++) {
        if (w2 == 0) {
            x2[i] = x1[i], x1[i] = -b / w1;
        } else {
            x2[i] = -(b + w1 * x1[i]) / w2;
        }
    }
    ssi_plot_line(axes, ssi_array(x1, 2), ssi_array(x2, 2), .color = color);
}

/* The answer at input i = 2*x1 + x2 of the function f: f in binary is the truth table's last column, read downwards (AND: 0001). */
static inline int plane_answer(int f, int i)
{
    return f >> (3 - i) & 1;
}

/* A circle, filled where the answer is 1, with the answer in it. */
static inline void plane_point(ssi_axes *axes, double x1, double x2, int answer, double size)
{
    ssi_plot_scatter(axes, ssi_full(SSI_F64, x1, 1), ssi_full(SSI_F64, x2, 1), .marker_size = size,
                     .color = answer ? "C0" : "white", .edge_color = "black");
    ssi_plot_text(axes, x1, x2, answer ? "1" : "0", .align = 'c', .font_size = 0.7 * size,
                  .color = answer ? "white" : "black");
}

/* The four inputs with what the function wants of them. */
static inline void plane_points(ssi_axes *axes, int f, double size)
{
    for (int i = 0; i < 4; i++) {
        plane_point(axes, i / 2, i % 2, plane_answer(f, i), size);
    }
}

/* A panel for the plane, with its title and the names of the two inputs. */
static inline ssi_axes *plane_axes(ssi_figure *figure, int row, int column, const char *title, const char *across,
                                   const char *up)
{
    ssi_axes *axes = ssi_figure_axes(figure, row, column, .title = title, .xlabel = across, .ylabel = up, .equal = 1,
                                     .xlim = {PLANE_LOW, PLANE_HIGH}, .ylim = {PLANE_LOW, PLANE_HIGH});
    const double at[] = {0, 1};
    ssi_axes_ticks(axes, 'x', 2, at, NULL);
    ssi_axes_ticks(axes, 'y', 2, at, NULL);
    return axes;
}

/* The picture of a gate: the half-plane that says 1, the line, the four points with what they want. */
static inline void plane_picture(const char *title, plane_gate *gate, int f, double b, double w1, double w2)
{
    ssi_figure *figure = ssi_figure_new(.width = 480, .height = 480);
    ssi_axes *axes = plane_axes(figure, 0, 0, title, "x1", "x2");
    plane_region(axes, gate, PLANE_SIDE);
    plane_line(axes, b, w1, w2, "C1");
    plane_points(axes, f, 18);
    lesson_figure(figure, "line");
}

#endif
