/*
 * digit.c - a picture of a digit, made like those that MNIST's networks have seen.
 *
 * MNIST's digits were scaled to fit a box of 20x20 pixels and put into 28x28 with their centre of mass in the middle
 * (LeCun et al. 1998). A network trained on them knows nothing else. So: take the paper away (a plane of brightness,
 * fitted to the border, which forgives a shadow), find out whether the ink is darker or lighter, drop specks, cut the
 * digit out, scale it by averaging areas, and place it.
 */
#include <math.h>
#include <string.h>

#include "ssi/data.h"
#include "tensor/tensor.h"

enum { SIDE = 28, BOX = 20 };
static const float FAINT = 0.1f; /* less is not ink */

/* What is worked on: ink in [0, 1], row by row. */
typedef struct sheet {
    int height, width;
    float *ink;
} sheet;

/* ---- paper and ink ---- */

static void read_brightness(const uint8_t *pixel, int channels, sheet *s)
{
    int64_t count = (int64_t)s->height * s->width;
    for (int64_t i = 0; i < count; i++, pixel += channels) {
        float grey = channels < 3 ? pixel[0] : 0.299f * pixel[0] + 0.587f * pixel[1] + 0.114f * pixel[2];
        float solid = channels == 4 ? (float)pixel[3] / 255 : 1; /* what shines through is white */
        s->ink[i] = (grey * solid + 255 * (1 - solid)) / 255;
    }
}

/* Solves the normal equations of z = a + b x + c y over the border pixels, x and y in [-1, 1], by Cramer's rule. */
static void fit_plane(const sheet *s, float plane[3])
{
    double m[3][3] = {{0}}, v[3] = {0};
    for (int y = 0; y < s->height; y++) {
        for (int x = 0; x < s->width; x++) {
            if (y > 1 && y < s->height - 2 && x > 1 && x < s->width - 2)
                continue;
            double at[3] = {1, 2.0 * x / s->width - 1, 2.0 * y / s->height - 1}, z = s->ink[(int64_t)y * s->width + x];
            for (int i = 0; i < 3; i++) {
                for (int k = 0; k < 3; k++)
                    m[i][k] += at[i] * at[k];
                v[i] += at[i] * z;
            }
        }
    }
    double det = m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
                 m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    for (int i = 0; i < 3; i++) {
        double c[3][3];
        memcpy(c, m, sizeof c);
        for (int k = 0; k < 3; k++)
            c[k][i] = v[k];
        double part = c[0][0] * (c[1][1] * c[2][2] - c[1][2] * c[2][1]) -
                      c[0][1] * (c[1][0] * c[2][2] - c[1][2] * c[2][0]) +
                      c[0][2] * (c[1][0] * c[2][1] - c[1][1] * c[2][0]);
        plane[i] = fabs(det) > 1e-9 ? (float)(part / det) : i ? 0 : (float)(v[0] / m[0][0]);
    }
}

/* Brightness to ink: the paper's plane is 0, the strongest ink 1, the faintest fifth is noise. False: there is none. */
static bool find_ink(sheet *s)
{
    float plane[3], darkest = 0, lightest = 0;
    int64_t count = (int64_t)s->height * s->width;
    double dark = 0, light = 0;
    fit_plane(s, plane);
    for (int64_t i = 0; i < count; i++) {
        float x = 2.0f * (float)(i % s->width) / (float)s->width - 1,
              y = 2.0f * (float)(i / s->width) / (float)s->height - 1;
        float d = s->ink[i] -= plane[0] + plane[1] * x + plane[2] * y;
        *(d < 0 ? &dark : &light) += (double)d * d;
        darkest = fminf(darkest, d);
        lightest = fmaxf(lightest, d);
    }
    float sign = dark > light ? -1 : 1, strongest = dark > light ? -darkest : lightest;
    if (strongest < 0.06f)
        return false;
    const float noise = 0.2f;
    for (int64_t i = 0; i < count; i++) {
        float ink = (s->ink[i] * sign / strongest - noise) / (0.8f - noise);
        s->ink[i] = ink > FAINT ? fminf(1, ink) : 0;
    }
    return true;
}

/* ---- specks ---- */

/* Lists the pixels of the ink that hangs together with `start`, and notes them as seen. Returns how many; `list` has
 * room for all. */
static int64_t collect(const sheet *s, uint8_t *seen, int32_t *list, int32_t start)
{
    int64_t count = 0;
    seen[start] = 1;
    list[count++] = start;
    for (int64_t i = 0; i < count; i++) {
        int x = list[i] % s->width, y = list[i] / s->width;
        for (int ny = y - 1; ny <= y + 1; ny++) {
            for (int nx = x - 1; nx <= x + 1; nx++) {
                if (nx < 0 || ny < 0 || nx >= s->width || ny >= s->height)
                    continue;
                int32_t next = ny * s->width + nx;
                if (!seen[next] && s->ink[next] > FAINT) {
                    seen[next] = 1;
                    list[count++] = next;
                }
            }
        }
    }
    return count;
}

/* Rubs out ink that hangs together in patches of less than a thirtieth of the largest: dust, and the noise of JPEG. */
static bool drop_specks(sheet *s)
{
    int32_t pixels = s->height * s->width;
    int64_t largest = 0;
    uint8_t *seen = ssi_alloc((size_t)pixels);
    int32_t *list = ssi_alloc((size_t)pixels * sizeof *list);
    bool room = seen && list;
    for (int rub = 0; room && rub < 2; rub++) { /* the first time to find the largest */
        memset(seen, 0, (size_t)pixels);
        for (int32_t i = 0; i < pixels; i++) {
            if (s->ink[i] <= FAINT || seen[i])
                continue;
            int64_t area = collect(s, seen, list, i);
            largest = area > largest ? area : largest;
            for (int64_t k = 0; rub && area * 30 < largest && k < area; k++)
                s->ink[list[k]] = 0;
        }
    }
    ssi_free(list);
    ssi_free(seen);
    return room;
}

/* ---- size and place ---- */

typedef struct box {
    int top, left, bottom, right; /* bottom and right are outside */
} box;

static box bounds(const sheet *s)
{
    box b = {s->height, s->width, 0, 0};
    for (int y = 0; y < s->height; y++) {
        for (int x = 0; x < s->width; x++) {
            if (s->ink[(int64_t)y * s->width + x] <= FAINT)
                continue;
            b.top = y < b.top ? y : b.top;
            b.left = x < b.left ? x : b.left;
            b.bottom = y + 1 > b.bottom ? y + 1 : b.bottom;
            b.right = x + 1 > b.right ? x + 1 : b.right;
        }
    }
    return b;
}

/* Mean ink of the rectangle from (x0, y0) to (x1, y1), in pixels and parts of pixels; outside the sheet is none. */
static float mean_ink(const sheet *s, double x0, double y0, double x1, double y1)
{
    double sum = 0, right = fmin(x1, s->width), bottom = fmin(y1, s->height);
    for (int y = (int)fmax(0, floor(y0)); y < bottom; y++) {
        double rows = fmin(y1, y + 1) - fmax(y0, y);
        for (int x = (int)fmax(0, floor(x0)); x < right; x++) {
            double columns = fmin(x1, x + 1) - fmax(x0, x);
            sum += rows * columns * s->ink[(int64_t)y * s->width + x];
        }
    }
    return (float)(sum / ((x1 - x0) * (y1 - y0)));
}

/* The box's ink, its longer side BOX pixels, its centre of mass in the middle of SIDE x SIDE. */
static void place(const sheet *s, box b, uint8_t out[SIDE * SIDE])
{
    int longer = b.bottom - b.top > b.right - b.left ? b.bottom - b.top : b.right - b.left;
    double step = (double)longer / BOX, mass = 0, cx = 0, cy = 0;
    for (int y = b.top; y < b.bottom; y++) {
        for (int x = b.left; x < b.right; x++) {
            double ink = s->ink[(int64_t)y * s->width + x];
            mass += ink;
            cx += ink * (x + 0.5);
            cy += ink * (y + 0.5);
        }
    }
    /* the middle is the middle of pixel 14, counted from 0: that is where the centres of mass of MNIST's digits lie */
    const double middle = SIDE / 2 + 0.5;
    double left = cx / mass - middle * step, top = cy / mass - middle * step;
    float value[SIDE * SIDE], strongest = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        double x = left + i % SIDE * step, y = top + i / SIDE * step;
        value[i] = mean_ink(s, x, y, x + step, y + step);
        strongest = fmaxf(strongest, value[i]);
    }
    for (int i = 0; i < SIDE * SIDE; i++)
        out[i] = (uint8_t)lrintf(255 * value[i] / strongest);
}

/* ---- the whole ---- */

static bool prepare(const uint8_t *pixel, int channels, sheet *s, uint8_t out[SIDE * SIDE])
{
    memset(out, 0, SIDE * SIDE);
    read_brightness(pixel, channels, s);
    if (!find_ink(s))
        return true;
    if (!drop_specks(s))
        return false;
    box b = bounds(s);
    if (b.bottom > b.top)
        place(s, b, out);
    return true;
}

ssi_tensor *ssi_prepare_digit(ssi_tensor *image)
{
    char text[SSI_SHAPE_TEXT];
    if (!image)
        return NULL;
    int64_t channels = image->rank == 3 ? image->shape[2] : 1, count = ssi_count(image);
    if (image->dtype != SSI_U8 || image->rank < 2 || image->rank > 3 ||
        (channels != 1 && channels != 3 && channels != 4) || count == 0 || count > 256000000)
        return SSI_FAIL_NULL(SSI_INVALID, "prepare_digit", "%s is no picture\na picture is u8 (H,W) or (H,W,1|3|4)",
                             ssi_describe(image, text));
    const uint8_t *pixel = ssi_data(image);
    sheet s = {.height = (int)image->shape[0], .width = (int)image->shape[1]};
    uint8_t out[SIDE * SIDE];
    if (!pixel || !(s.ink = ssi_alloc((size_t)s.height * (size_t)s.width * sizeof *s.ink)))
        return NULL;
    bool made = prepare(pixel, (int)channels, &s, out);
    ssi_free(s.ink);
    return made ? (ssi_array)(SSI_U8, 2, (int64_t[]){SIDE, SIDE}, out) : NULL;
}
