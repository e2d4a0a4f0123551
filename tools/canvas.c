/*
 * canvas.c - enlarges, moves and inverts MNIST's test digits on large canvases, as a person would draw them anywhere.
 *
 *     canvas IMAGES.gz LABELS.gz COUNT FOLDER     writes FOLDER/0000-7.png ...: number, and after the dash the label
 *
 * The first COUNT digits, each 80 to 220 pixels high with smooth edges, somewhere on 400 x 300 pixels, every other one dark on
 * white. The same pictures every time. tools/canvas.sh asks `ssi predict` about them.
 */
#include "canvas.h"

#include <math.h>
#include <stdlib.h>
#include <zlib.h>

enum { SIDE = 28, PIXELS = SIDE * SIDE };

/* Knuth's MMIX generator: the upper bits as a number in [0, 1). */
static double next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 40) / (double)(1 << 24);
}

/* The digit's brightness at a place between its pixels; nothing outside. */
static double bright_at(const uint8_t *digit, double x, double y)
{
    int c = (int)floor(x), r = (int)floor(y);
    double right = x - c, down = y - r, sum = 0;
    for (int i = 0; i < 4; i++) {
        int column = c + i % 2, row = r + i / 2;
        double weight = (i % 2 ? right : 1 - right) * (i / 2 ? down : 1 - down);
        if (column >= 0 && column < SIDE && row >= 0 && row < SIDE) {
            sum += weight * digit[row * SIDE + column];
        }
    }
    return sum;
}

static void draw(canvas *on, const uint8_t *digit, uint64_t *state)
{
    double size = 80 + 140 * next_random(state), scale = size / SIDE;
    double left = (CANVAS_WIDTH - size) * next_random(state), top = (CANVAS_HEIGHT - size) * next_random(state);
    for (int r = 0; r < CANVAS_HEIGHT; r++) {
        for (int c = 0; c < CANVAS_WIDTH; c++) {
            double ink = bright_at(digit, (c + 0.5 - left) / scale - 0.5, (r + 0.5 - top) / scale - 0.5);
            on->ink[r * CANVAS_WIDTH + c] = (uint8_t)(ink + 0.5);
        }
    }
}

/* Opens an idx file and skips its header. */
static gzFile open_idx(const char *path, int header)
{
    uint8_t skipped[16];
    gzFile file = gzopen(path, "rb");
    if (file == NULL || gzread(file, skipped, (unsigned)header) != header) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(1);
    }
    return file;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: canvas IMAGES.gz LABELS.gz COUNT FOLDER\n");
        return 2;
    }
    gzFile images = open_idx(argv[1], 16), labels = open_idx(argv[2], 8);
    uint64_t state = 1;
    for (int i = 0; i < atoi(argv[3]); i++) {
        uint8_t digit[PIXELS], label;
        if (gzread(images, digit, PIXELS) != PIXELS || gzread(labels, &label, 1) != 1) {
            fprintf(stderr, "only %d digits\n", i);
            return 1;
        }
        canvas drawn = {.width = CANVAS_WIDTH, .height = CANVAS_HEIGHT};
        draw(&drawn, digit, &state);
        char path[4096];
        snprintf(path, sizeof(path), "%s/%04d-%d.png", argv[4], i, label);
        if (canvas_write(&drawn, i % 2, path) != 0) {
            return 1;
        }
    }
    gzclose(images);
    gzclose(labels);
    return 0;
}
