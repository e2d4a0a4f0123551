/*
 * image.c - pictures: PNG by libpng's simplified interface, JPEG by TurboJPEG. Which of the two a file is, its first
 * bytes say.
 */
#include <string.h>

#include "io/file.h"
#include "ssi/io.h"
#include "tensor/tensor.h"

#ifdef SSI_HAVE_PNG
#include <png.h>
#endif
#ifdef SSI_HAVE_JPEG
#include <turbojpeg.h>
#endif

enum { PIXELS = 64 * 1000 * 1000, FILE_BYTES = 512 * 1024 * 1024 };

static bool good_size(const char *what, int64_t height, int64_t width)
{
    if (height > 0 && width > 0 && height <= PIXELS && width <= PIXELS && height * width <= PIXELS)
        return true;
    ssi_fail(SSI_FORMAT, "read_image", "'%s' is a picture of %lldx%lld pixels; at most %d million are read", what,
             (long long)width, (long long)height, PIXELS / 1000000);
    return false;
}

static ssi_tensor *picture(ssi_buffer *buffer, int64_t height, int64_t width, int64_t channels)
{
    return ssi_leaf(SSI_U8, 3, (int64_t[]){height, width, channels}, buffer, 0, NULL);
}

/* ---- PNG ---- */

#ifdef SSI_HAVE_PNG
static ssi_tensor *read_png(const void *bytes, size_t count, const char *what)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&image, bytes, count)) {
        ssi_fail(SSI_FORMAT, "read_image", "'%s' is no good PNG: %s", what, image.message);
        png_image_free(&image);
        return NULL;
    }
    bool colour = image.format & PNG_FORMAT_FLAG_COLOR, alpha = image.format & PNG_FORMAT_FLAG_ALPHA;
    image.format = alpha ? PNG_FORMAT_RGBA : colour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    int64_t channels = PNG_IMAGE_SAMPLE_CHANNELS(image.format);
    ssi_buffer *buffer = good_size(what, image.height, image.width)
                             ? ssi_buffer_new((size_t)image.height * image.width * (size_t)channels)
                             : NULL;
    if (!buffer) {
        png_image_free(&image);
        return NULL;
    }
    if (!png_image_finish_read(&image, NULL, buffer->data, 0, NULL)) { /* frees the image */
        ssi_buffer_release(buffer);
        return SSI_FAIL_NULL(SSI_FORMAT, "read_image", "'%s' is no good PNG: %s", what, image.message);
    }
    return picture(buffer, image.height, image.width, channels);
}

int ssi_write_png(const char *path, ssi_tensor *x)
{
    if (!path || !x)
        return ssi_failed() ? ssi_error_peek()->code
                            : ssi_fail(SSI_INVALID, "write_png", "no %s was given", path ? "picture" : "path");
    char text[SSI_SHAPE_TEXT];
    int64_t channels = x->rank == 3 ? x->shape[2] : 1;
    if (x->dtype != SSI_U8 || x->rank < 2 || x->rank > 3 || (channels != 1 && channels != 3 && channels != 4))
        return ssi_fail(SSI_INVALID, "write_png", "%s is no picture\na picture is u8 (H,W) or (H,W,1|3|4)",
                        ssi_describe(x, text));
    if (!good_size(path, x->shape[0], x->shape[1]))
        return ssi_error_peek()->code;
    const void *pixels = ssi_data(x);
    if (!pixels)
        return ssi_error_peek()->code;
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (uint32_t)x->shape[1],
                       .height = (uint32_t)x->shape[0],
                       .format = channels == 4   ? PNG_FORMAT_RGBA
                                 : channels == 3 ? PNG_FORMAT_RGB
                                                 : PNG_FORMAT_GRAY};
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    void *file = ssi_alloc(size);
    if (!file)
        return SSI_NO_MEMORY;
    int status = SSI_OK;
    if (!png_image_write_to_memory(&image, file, &size, 0, pixels, 0, NULL))
        status = ssi_fail(SSI_IO, "write_png", "'%s': %s", path, image.message);
    else
        status = ssi_file_write("write_png", path, 1, &(ssi_piece){file, size});
    png_image_free(&image);
    ssi_free(file);
    return status;
}
#else
static ssi_tensor *read_png(const void *bytes, size_t count, const char *what)
{
    (void)bytes, (void)count;
    return SSI_FAIL_NULL(SSI_UNSUPPORTED, "read_image",
                         "'%s' is a PNG, and this build has no libpng\ninstall libpng-dev and build again", what);
}

int ssi_write_png(const char *path, ssi_tensor *x)
{
    (void)path, (void)x;
    return ssi_fail(SSI_UNSUPPORTED, "write_png", "this build has no libpng\ninstall libpng-dev and build again");
}
#endif

/* ---- JPEG ---- */

#ifdef SSI_HAVE_JPEG
#ifndef TJFLAG_LIMITSCANS /* since 2.1: a small progressive file may not ask for thousands of passes */
#define TJFLAG_LIMITSCANS 0
#endif

static ssi_tensor *read_jpeg(const void *bytes, size_t count, const char *what)
{
    tjhandle jpeg = tjInitDecompress();
    int width = 0, height = 0, sampling = 0, space = 0;
    ssi_buffer *buffer = NULL;
    int64_t channels = 3;
    if (!jpeg)
        return SSI_FAIL_NULL(SSI_NO_MEMORY, "read_image", "no memory to read '%s'", what);
    if (tjDecompressHeader3(jpeg, bytes, count, &width, &height, &sampling, &space) != 0) {
        ssi_fail(SSI_FORMAT, "read_image", "'%s' is no good JPEG: %s", what, tjGetErrorStr2(jpeg));
    } else if (good_size(what, height, width)) {
        channels = space == TJCS_GRAY ? 1 : 3;
        buffer = ssi_buffer_new((size_t)height * (size_t)width * (size_t)channels);
        if (buffer &&
            tjDecompress2(jpeg, bytes, count, buffer->data, width, 0, height, channels == 1 ? TJPF_GRAY : TJPF_RGB,
                          TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS) != 0) {
            ssi_fail(SSI_FORMAT, "read_image", "'%s' is no good JPEG: %s", what, tjGetErrorStr2(jpeg));
            ssi_buffer_release(buffer);
            buffer = NULL;
        }
    }
    tjDestroy(jpeg);
    return buffer ? picture(buffer, height, width, channels) : NULL;
}
#else
static ssi_tensor *read_jpeg(const void *bytes, size_t count, const char *what)
{
    (void)bytes, (void)count;
    return SSI_FAIL_NULL(SSI_UNSUPPORTED, "read_image",
                         "'%s' is a JPEG, and this build has no TurboJPEG\ninstall libturbojpeg0-dev and build again",
                         what);
}
#endif

/* ---- either ---- */

ssi_tensor *ssi_read_image_memory(const void *bytes, size_t count, const char *what)
{
    static const uint8_t png[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, jpeg[3] = {0xff, 0xd8, 0xff};
    what = what ? what : "memory";
    if (bytes && count >= sizeof png && !memcmp(bytes, png, sizeof png))
        return read_png(bytes, count, what);
    if (bytes && count >= sizeof jpeg && !memcmp(bytes, jpeg, sizeof jpeg))
        return read_jpeg(bytes, count, what);
    return SSI_FAIL_NULL(SSI_FORMAT, "read_image", "'%s' is neither PNG nor JPEG%s\nsave the picture as PNG", what,
                         count ? "" : ": it is empty");
}

ssi_tensor *ssi_read_image(const char *path)
{
    size_t bytes;
    void *data = path ? ssi_file_read("read_image", path, FILE_BYTES, &bytes)
                      : SSI_FAIL_NULL(SSI_INVALID, "read_image", "no path was given");
    ssi_tensor *image = data ? ssi_read_image_memory(data, bytes, path) : NULL;
    ssi_free(data);
    return image;
}
