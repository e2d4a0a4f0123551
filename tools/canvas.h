/*
 * canvas.h - a small drawing surface for the tools that make pictures of digits: gray pixels, written as PNG.
 */
#ifndef SSI_TOOLS_CANVAS_H
#define SSI_TOOLS_CANVAS_H

#include <png.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { CANVAS_WIDTH = 400, CANVAS_HEIGHT = 300 };

typedef struct canvas {
    int width, height;
    uint8_t ink[CANVAS_HEIGHT * CANVAS_WIDTH]; /* 0 paper, 255 pen */
} canvas;

/* Writes light ink on black paper, or dark ink on white. 0, or 1 after saying why. */
static inline int canvas_write(const canvas *drawn, int white_paper, const char *path)
{
    static uint8_t gray[CANVAS_HEIGHT * CANVAS_WIDTH];
    for (int i = 0; i < drawn->width * drawn->height; i++) {
        gray[i] = white_paper ? (uint8_t)(255 - drawn->ink[i]) : drawn->ink[i];
    }
    png_image image;
    memset(&image, 0, sizeof(image));
    image.version = PNG_IMAGE_VERSION;
    image.width = (png_uint_32)drawn->width;
    image.height = (png_uint_32)drawn->height;
    image.format = PNG_FORMAT_GRAY;
    if (!png_image_write_to_file(&image, path, 0, gray, 0, NULL)) {
        fprintf(stderr, "%s: %s\n", path, image.message);
        return 1;
    }
    return 0;
}

#endif
