/*
 * Pictures: what is written comes back, JPEG is read, and damage is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "ssi/io.h"
#include "ssi/ops.h"

static void a_png_comes_back_pixel_by_pixel(void **state)
{
    (void)state;
    char path[] = "/tmp/ssi-image-XXXXXX";
    close(mkstemp(path));
    for (int channels = 1; channels <= 4; channels += channels == 1 ? 2 : 1) {
        uint8_t pixel[5 * 7 * 4];
        for (size_t i = 0; i < sizeof pixel; i++)
            pixel[i] = (uint8_t)(i * 37 % 251) | (uint8_t)(channels == 4 && i % 4 == 3 ? 255 : 0);
        ssi_tensor *x = (ssi_array)(SSI_U8, 3, (int64_t[]){5, 7, channels}, pixel);
        assert_int_equal(ssi_write_png(path, x), SSI_OK);
        ssi_tensor *back = ssi_read_image(path);
        assert_int_equal(ssi_dim(back, 0) * 100 + ssi_dim(back, 1) * 10 + ssi_dim(back, 2), 570 + channels);
        assert_memory_equal(ssi_data(back), pixel, (size_t)(35 * channels));
    }
    unlink(path);
    assert_int_equal(ssi_report(), 0);
}

static void read_whole(const char *name, uint8_t *bytes, size_t room, size_t *count)
{
    FILE *file = fopen(name, "rb");
    assert_non_null(file);
    *count = fread(bytes, 1, room, file);
    fclose(file);
}

static void jpegs_are_read_by_their_first_bytes(void **state)
{
    (void)state;
    ssi_tensor *grey = ssi_read_image(SSI_TESTS "/fuzz/image/grey.jpg"),
               *rgb = ssi_read_image(SSI_TESTS "/fuzz/image/rgb.jpg");
    assert_int_equal(ssi_dim(grey, 0) * 10 + ssi_dim(grey, 1), 68);
    assert_int_equal(ssi_dim(rgb, 2), 3);
    assert_int_equal(ssi_report(), 0);
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    static const char *const files[] = {"grey.png", "rgba.png", "grey.jpg", "rgb.jpg"};
    for (int f = 0; f < 4; f++) {
        char path[512];
        uint8_t bytes[1024];
        size_t count;
        snprintf(path, sizeof path, "%s/fuzz/image/%s", SSI_TESTS, files[f]);
        read_whole(path, bytes, sizeof bytes, &count);
        for (size_t n = 0; n < count - 2; n++) { /* the last marker of either format holds no pixels */
            ssi_scope scope = ssi_scope_open();
            ssi_tensor *x = ssi_read_image_memory(bytes, n, "cut");
            if (x && n < count - 12)
                fail_msg("%s cut to %zu of %zu bytes was read", files[f], n, count);
            assert_int_equal(ssi_error_take(NULL), x == NULL);
            ssi_scope_close(scope);
        }
    }
}

static void what_is_no_picture_is_said_so(void **state)
{
    (void)state;
    ssi_error error;
    assert_null(ssi_read_image_memory("GIF89a", 6, "a.gif"));
    ssi_error_take(&error);
    assert_non_null(strstr(error.message, "neither PNG nor JPEG"));
    assert_null(ssi_read_image_memory("", 0, "empty"));
    ssi_error_take(&error);
    assert_non_null(strstr(error.message, "it is empty"));
    assert_null(ssi_read_image("/no/such.png"));
    ssi_error_take(&error);
    assert_int_equal(error.code, SSI_NOT_FOUND);
    assert_int_equal(ssi_write_png("/tmp/x.png", ssi_zeros(SSI_F32, 2, 2)), SSI_INVALID);
    ssi_error_take(&error);
}

static void an_enormous_png_is_refused_before_memory_is_asked_for(void **state)
{
    (void)state;
    uint8_t bytes[1024];
    size_t count, before, after;
    read_whole(SSI_TESTS "/fuzz/image/grey.png", bytes, sizeof bytes, &count);
    static const uint8_t huge[8] = {0, 1, 0, 0, 0, 1, 0, 0}, crc[4] = {0}; /* 65,536 x 65,536 */
    memcpy(bytes + 16, huge, 8);
    memcpy(bytes + 29, crc, 4);
    ssi_memory_used(&before);
    assert_null(ssi_read_image_memory(bytes, count, "huge"));
    assert_int_equal(ssi_error_take(NULL), 1);
    ssi_memory_used(&after);
    assert_true(after - before < 1 << 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_png_comes_back_pixel_by_pixel),
        cmocka_unit_test(jpegs_are_read_by_their_first_bytes),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(what_is_no_picture_is_said_so),
        cmocka_unit_test(an_enormous_png_is_refused_before_memory_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
