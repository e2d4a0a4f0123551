/*
 * tiny.h - a data set that is learnt in a moment: 28 x 28 pictures in ten classes, each a bright square in its own place.
 */
#ifndef SSI_TESTS_TINY_H
#define SSI_TESTS_TINY_H

#include "program.h"

static inline void put_header(FILE *file, int axes, int count)
{
    const uint8_t head[] = {
        0, 0, 8, (uint8_t)axes, (uint8_t)(count >> 24), (uint8_t)(count >> 16), (uint8_t)(count >> 8), (uint8_t)count};
    fwrite(head, 1, sizeof(head), file);
    for (int i = 1; i < axes; i++) {
        const uint8_t side[] = {0, 0, 0, 28};
        fwrite(side, 1, sizeof(side), file);
    }
}

static inline void put_images(const char *path, int count)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    put_header(file, 3, count);
    for (int i = 0; i < count; i++) {
        uint8_t picture[28][28] = {{0}};
        int row = 3 + i % 10 / 5 * 12, column = 1 + i % 5 * 5;
        for (int r = 0; r < 9; r++) {
            memset(&picture[row + r + i / 10 % 2][column], 200 + i / 20 % 50, 5);
        }
        fwrite(picture, 1, sizeof(picture), file);
    }
    fclose(file);
}

static inline void put_labels(const char *path, int count)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    put_header(file, 1, count);
    for (int i = 0; i < count; i++) {
        fputc(i % 10, file);
    }
    fclose(file);
}

/* The folder `tiny` in the test's folder. */
static inline int enter_folder_with_data(void **state)
{
    if (enter_folder(state) != 0 || mkdir("tiny", 0755) != 0) {
        return -1;
    }
    put_images("tiny/train-images-idx3-ubyte", 640);
    put_labels("tiny/train-labels-idx1-ubyte", 640);
    put_images("tiny/t10k-images-idx3-ubyte", 200);
    put_labels("tiny/t10k-labels-idx1-ubyte", 200);
    return 0;
}

#define TINY_NET "--net 784-32-10 --lr 0.005"

#endif
