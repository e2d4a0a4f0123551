/*
 * network.c - a network of dense layers as a drawing: columns of circles, joined by lines. Made of what any panel may show.
 */
#include "plot/figure.h"

#include <math.h>

enum { MOST_CIRCLES = 10, MOST_LAYERS = 64 };

/* How many circles stand for a layer, and their heights from 1 down to -1, where the largest has `most`; of one too large a gap in the middle stays free
 * for dots. */
static int circles_of(int64_t size, int most, double y[MOST_CIRCLES])
{
    int count = size > MOST_CIRCLES ? MOST_CIRCLES - 2 : (int)size;
    double places = size > MOST_CIRCLES ? MOST_CIRCLES - 1 : (double)count, step = 2.0 / most;
    for (int i = 0; i < count; i++) {
        double place = size > MOST_CIRCLES && i >= count / 2 ? i + 1 : i;
        y[i] = step * ((places - 1) / 2 - place);
    }
    return count;
}

static ssi_tensor *numbers(int count, const double *values)
{
    return (ssi_array)(SSI_F64, 1, &(int64_t){count}, values);
}

/* The lines between two columns: there and back, so that all are one line. */
static int join(ssi_axes *axes, double x, int count, const double *y, int next_count, const double *next_y)
{
    double xs[3 * MOST_CIRCLES * MOST_CIRCLES], ys[3 * MOST_CIRCLES * MOST_CIRCLES];
    int points = 0;
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < next_count; k++, points += 3) {
            xs[points] = x, ys[points] = y[i];
            xs[points + 1] = x + 1, ys[points + 1] = next_y[k];
            xs[points + 2] = ys[points + 2] = NAN;
        }
    }
    int status = ssi_plot_line(axes, numbers(points, xs), numbers(points, ys), .color = "#b0b0b0", .width = 0.6);
    if (status == 0) {
        axes->layer[axes->layers - 1].depth = LAYER_BAR; /* behind the circles */
    }
    return status;
}

static int draw_layer(ssi_axes *axes, int at, int64_t size, const double *y, int count, const char *name)
{
    double x[MOST_CIRCLES];
    char shown[32];
    for (int i = 0; i < count; i++) {
        x[i] = at;
    }
    snprintf(shown, sizeof(shown), "%lld", (long long)size);
    int status = ssi_plot_scatter(axes, numbers(count, x), numbers(count, y), .marker_size = 16, .color = "white",
                                  .edge_color = "C0");
    if (status == 0 && size > MOST_CIRCLES) {
        status = ssi_plot_text(axes, at, 0, "\xE2\x8B\xAE", .align = 'c', .font_size = 14); /* a column of dots */
    }
    if (status == 0) {
        status = ssi_plot_text(axes, at, -1.1, shown, .align = 'c');
    }
    return status == 0 && name != NULL ? ssi_plot_text(axes, at, 1.1, name, .align = 'c') : status;
}

int ssi_plot_network(ssi_axes *axes, int layers, const int64_t *sizes, const char *const *names)
{
    if (axes == NULL || sizes == NULL) {
        return SSI_INVALID;
    }
    bool right = layers >= 1 && layers <= MOST_LAYERS;
    int most = 4; /* fewer stand no further apart */
    for (int i = 0; right && i < layers; i++) {
        right = sizes[i] >= 1;
        most = sizes[i] > MOST_CIRCLES ? MOST_CIRCLES : sizes[i] > most ? (int)sizes[i] : most;
    }
    if (!right) {
        return ssi_fail(SSI_INVALID, "plot_network", "1 to %d layers of at least one unit each", MOST_LAYERS);
    }
    double y[2][MOST_CIRCLES];
    int status = 0, count = circles_of(sizes[0], most, y[0]);
    ssi_scope scope = ssi_scope_open();
    for (int i = 0; status == 0 && i < layers; i++) {
        int next = i + 1 < layers ? circles_of(sizes[i + 1], most, y[(i + 1) % 2]) : 0;
        status = next > 0 ? join(axes, i, count, y[i % 2], next, y[(i + 1) % 2]) : 0;
        status = status == 0 ? draw_layer(axes, i, sizes[i], y[i % 2], count, names != NULL ? names[i] : NULL) : status;
        count = next;
    }
    ssi_scope_close(scope);
    axes->bare = true;
    axes->limit[SSI_X][0] = -0.5, axes->limit[SSI_X][1] = layers - 0.5;
    axes->limit[SSI_Y][0] = -1.25, axes->limit[SSI_Y][1] = 1.25;
    return status;
}
