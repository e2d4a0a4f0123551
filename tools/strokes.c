/*
 * strokes.c - draws 20 digits as a person would with a pen: lines through a few points, with a round nib.
 *
 *     strokes FOLDER      writes FOLDER/00-0.png ... 19-9.png: number, and after the dash the digit it is
 *
 * They test `ssi predict` on pictures that are no MNIST (tools/strokes.sh), and nothing may be tuned on them.
 * A digit is a few strokes of points in a box from (0,0), left on top, to (100,140); a smooth curve goes through them.
 */
#include "canvas.h"

#include <math.h>

enum { MOST_POINTS = 24 };

typedef struct stroke {
    int count;
    double point[MOST_POINTS][2];
} stroke;

typedef struct drawing {
    int digit;
    double pen, x, y, scale; /* nib in pixels; the box's place and size on the canvas */
    int white_paper, strokes;
    stroke stroke[3];
} drawing;

static const drawing drawings[] = {
    {0,
     14,
     140,
     60,
     1.2,
     1,
     1,
     {{9, {{50, 0}, {15, 25}, {5, 75}, {20, 125}, {50, 140}, {82, 122}, {95, 70}, {82, 20}, {50, 0}}}}},
    {0,
     20,
     40,
     30,
     1.5,
     0,
     1,
     {{9, {{60, 5}, {25, 20}, {10, 60}, {12, 110}, {40, 135}, {75, 120}, {92, 80}, {88, 30}, {55, 4}}}}},
    {1, 16, 200, 40, 1.4, 1, 1, {{2, {{50, 0}, {50, 140}}}}},
    {1, 12, 60, 80, 1.1, 0, 1, {{2, {{68, 0}, {38, 140}}}}},
    {2,
     16,
     150,
     50,
     1.3,
     1,
     1,
     {{9, {{10, 35}, {25, 8}, {55, 0}, {85, 15}, {85, 45}, {55, 85}, {10, 138}, {50, 136}, {98, 138}}}}},
    {2,
     12,
     250,
     120,
     0.9,
     0,
     1,
     {{8, {{12, 28}, {40, 2}, {78, 12}, {82, 45}, {48, 90}, {8, 135}, {45, 130}, {95, 132}}}}},
    {3,
     14,
     100,
     40,
     1.4,
     1,
     1,
     {{11,
       {{12, 15},
        {45, 0},
        {80, 12},
        {80, 42},
        {45, 65},
        {40, 67},
        {82, 85},
        {90, 112},
        {65, 137},
        {30, 138},
        {5, 122}}}}},
    {3,
     20,
     30,
     20,
     1.6,
     0,
     2,
     {{5, {{15, 12}, {50, 0}, {82, 20}, {72, 50}, {40, 64}}},
      {6, {{40, 64}, {78, 78}, {92, 105}, {70, 132}, {35, 138}, {8, 122}}}}},
    {4, 14, 180, 60, 1.2, 1, 2, {{3, {{35, 0}, {8, 75}, {95, 75}}}, {2, {{72, 5}, {68, 140}}}}},
    {4, 18, 60, 40, 1.5, 0, 2, {{3, {{22, 5}, {15, 68}, {88, 66}}}, {2, {{80, 0}, {78, 140}}}}},
    {5,
     14,
     120,
     50,
     1.3,
     1,
     2,
     {{8, {{22, 8}, {18, 60}, {50, 52}, {82, 68}, {90, 100}, {70, 130}, {38, 138}, {8, 124}}},
      {2, {{22, 8}, {88, 6}}}}},
    {5,
     18,
     220,
     90,
     1.1,
     0,
     2,
     {{8, {{25, 5}, {16, 58}, {45, 50}, {80, 62}, {92, 95}, {72, 128}, {40, 138}, {10, 130}}},
      {2, {{25, 5}, {92, 3}}}}},
    {6,
     14,
     160,
     40,
     1.4,
     1,
     1,
     {{10, {{72, 0}, {35, 30}, {12, 80}, {15, 118}, {45, 138}, {80, 125}, {88, 95}, {65, 74}, {35, 80}, {15, 105}}}}},
    {6,
     20,
     50,
     50,
     1.3,
     0,
     1,
     {{10, {{65, 2}, {28, 35}, {10, 85}, {18, 122}, {48, 138}, {78, 124}, {82, 98}, {60, 80}, {30, 88}, {14, 108}}}}},
    {7, 14, 140, 60, 1.2, 1, 1, {{3, {{5, 5}, {92, 5}, {40, 140}}}}},
    {7, 18, 240, 30, 1.4, 0, 1, {{4, {{8, 12}, {90, 8}, {58, 70}, {42, 140}}}}},
    {8,
     14,
     120,
     40,
     1.4,
     1,
     1,
     {{13,
       {{78, 18},
        {48, 0},
        {20, 18},
        {28, 48},
        {55, 68},
        {85, 95},
        {80, 128},
        {48, 140},
        {16, 126},
        {14, 96},
        {48, 66},
        {75, 42},
        {78, 18}}}}},
    {8,
     18,
     40,
     30,
     1.5,
     0,
     2,
     {{7, {{50, 2}, {20, 18}, {22, 50}, {50, 64}, {78, 48}, {80, 18}, {50, 2}}},
      {7, {{50, 64}, {14, 88}, {16, 124}, {50, 138}, {86, 122}, {86, 86}, {50, 64}}}}},
    {9,
     14,
     170,
     50,
     1.3,
     1,
     1,
     {{10, {{82, 25}, {55, 2}, {22, 15}, {15, 45}, {35, 68}, {65, 60}, {82, 25}, {85, 60}, {80, 100}, {70, 140}}}}},
    {9,
     18,
     60,
     30,
     1.5,
     0,
     2,
     {{8, {{80, 30}, {52, 4}, {20, 22}, {16, 52}, {42, 72}, {70, 60}, {80, 30}, {80, 30}}},
      {3, {{80, 20}, {78, 85}, {74, 140}}}}},
};
enum { DRAWINGS = sizeof(drawings) / sizeof(drawings[0]) };

/* Ink of a round nib at (x, y): full inside, fading over one pixel at the rim. */
static void dab(canvas *on, double x, double y, double radius)
{
    for (int r = (int)(y - radius - 1); r <= (int)(y + radius + 1); r++) {
        for (int c = (int)(x - radius - 1); c <= (int)(x + radius + 1); c++) {
            if (r < 0 || r >= on->height || c < 0 || c >= on->width) {
                continue;
            }
            double cover = radius + 0.5 - hypot(c - x, r - y);
            double ink = 255 * (cover < 0 ? 0 : cover > 1 ? 1 : cover);
            uint8_t *pixel = &on->ink[r * on->width + c];
            *pixel = ink > *pixel ? (uint8_t)ink : *pixel;
        }
    }
}

/* Catmull and Rom's curve through b and c, with a and d beside them. */
static double between(double a, double b, double c, double d, double t)
{
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
}

/* A stroke of up to three points has corners; a longer one is a smooth curve. */
static void draw_stroke(canvas *on, const drawing *of, const stroke *s)
{
    for (int i = 0; i + 1 < s->count; i++) {
        const double *b = s->point[i], *c = s->point[i + 1];
        const double *a = i > 0 ? s->point[i - 1] : b, *d = i + 2 < s->count ? s->point[i + 2] : c;
        for (int k = 0; k <= 200; k++) {
            double t = k / 200.0;
            double x = s->count > 3 ? between(a[0], b[0], c[0], d[0], t) : b[0] + (c[0] - b[0]) * t;
            double y = s->count > 3 ? between(a[1], b[1], c[1], d[1], t) : b[1] + (c[1] - b[1]) * t;
            dab(on, of->x + of->scale * x, of->y + of->scale * y, of->pen / 2);
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: strokes FOLDER\n");
        return 2;
    }
    for (int i = 0; i < DRAWINGS; i++) {
        canvas drawn = {.width = CANVAS_WIDTH, .height = CANVAS_HEIGHT};
        for (int s = 0; s < drawings[i].strokes; s++) {
            draw_stroke(&drawn, &drawings[i], &drawings[i].stroke[s]);
        }
        char path[4096];
        snprintf(path, sizeof(path), "%s/%02d-%d.png", argv[1], i, drawings[i].digit);
        if (canvas_write(&drawn, drawings[i].white_paper, path) != 0) {
            return 1;
        }
    }
    return 0;
}
