/*
 * pack.h - packing: a matrix rewritten in the order in which it will be read.
 *
 * `count` lanes (rows of A, columns of B) are cut into panels of `width`. A panel holds, for each of the k steps, its lanes side by side; beyond the edge stand zeros.
 *
 *       k                          k * width
 *     +-----+            +-------------------------+
 *     |  0  | width      | step 0 | step 1 | ...   |   panel 0
 *     +-----+        ->  +-------------------------+
 *     |  1  |            | step 0 | step 1 | ...   |   panel 1
 *     +-----+            +-------------------------+
 *
 * Lane i of step q is x[i * across + q * along].
 */
#ifndef SSI_EXAMPLES_FAST_PACK_H
#define SSI_EXAMPLES_FAST_PACK_H

static inline size_t packed_size(int count, int k, int width)
{
    return (size_t)((count + width - 1) / width * width) * (size_t)k;
}

/* A panel. Lanes that are neighbours are copied side by side; of others, each is read along its steps. */
static inline void pack_panel(float *panel, const float *x, int across, int along, int lanes, int k, int width)
{
    if (lanes < width)
        memset(panel, 0, (size_t)k * width * sizeof *panel);
    if (across == 1)
        for (int q = 0; q < k; q++)
            memcpy(panel + q * width, x + (size_t)q * along, (size_t)lanes * sizeof *panel);
    else
        for (int lane = 0; lane < lanes; lane++)
            for (int q = 0; q < k; q++)
                panel[q * width + lane] = x[(size_t)lane * across + (size_t)q * along];
}

static inline void pack(float *packed, const float *x, int across, int along, int count, int k, int width)
{
    for (int first = 0; first < count; first += width, packed += (size_t)k * width) {
        int lanes = count - first < width ? count - first : width;
        pack_panel(packed, x + (size_t)first * across, across, along, lanes, k, width);
    }
}

#endif
