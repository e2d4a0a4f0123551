/* test_digit.c - pictures of digits become what MNIST's are: wherever, however large, however lit they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/base.h"
#include "ssi/data.h"
#include "ssi/ops.h"

enum { HEIGHT = 300, WIDTH = 400, SIDE = 28, PIXELS = SIDE * SIDE };

static ssi_dataset *mnist;
static const uint8_t *digits;
static ssi_scope outermost;

static int load(void **state)
{
    (void)state;
    mnist = ssi_load_dataset("mnist", .split = SSI_TEST);
    outermost = ssi_scope_open();
    digits = ssi_data(ssi_dataset_x(mnist));
    return digits ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    ssi_scope_close(outermost);
    ssi_dataset_free(mnist);
    return 0;
}

/* MNIST's digit of that index, `times` as large, dark on light, at (left, top) of a sheet. */
static uint8_t *drawn(int index, int times, int left, int top)
{
    static uint8_t sheet[HEIGHT * WIDTH];
    memset(sheet, 255, sizeof sheet);
    for (int y = 0; y < SIDE * times; y++) {
        for (int x = 0; x < SIDE * times; x++)
            sheet[(top + y) * WIDTH + left + x] = 255 - digits[index * PIXELS + y / times * SIDE + x / times];
    }
    return sheet;
}

static void prepare(const void *pixels, int height, int width, int channels, uint8_t out[PIXELS])
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *picture = (ssi_array)(SSI_U8, 3, (int64_t[]){height, width, channels}, pixels);
    ssi_tensor *digit = ssi_prepare_digit(picture);
    assert_int_equal(ssi_size(digit), PIXELS);
    assert_int_equal(ssi_dim(digit, 0), SIDE);
    assert_int_equal(ssi_read(digit, SSI_U8, out, PIXELS), 0);
    ssi_scope_close(scope);
}

/* Mean difference of two pictures, in the 256 steps of grey. */
static double difference(const uint8_t *a, const uint8_t *b)
{
    double sum = 0;
    for (int i = 0; i < PIXELS; i++)
        sum += abs(a[i] - b[i]);
    return sum / PIXELS;
}

static uint32_t noise(uint32_t *seed)
{
    return (*seed = *seed * 1664525u + 1013904223u) >> 24;
}

/* ---- tests ---- */

static void an_enlarged_and_moved_digit_comes_back(void **state)
{
    (void)state;
    double worst = 0, sum = 0;
    for (int i = 0; i < 100; i++) {
        uint8_t out[PIXELS];
        prepare(drawn(i, 4 + i % 6, i * 37 % 130, i * 53 % 40), HEIGHT, WIDTH, 1, out);
        double d = difference(out, digits + i * PIXELS);
        worst = d > worst ? d : worst;
        sum += d;
    }
    print_message("difference %.2f, at worst %.2f of 255\n", sum / 100, worst);
    assert_true(sum / 100 < 10);
    assert_true(worst < 30);
}

static void light_on_dark_is_the_same_as_dark_on_light(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        uint8_t dark[PIXELS], light[PIXELS];
        uint8_t *sheet = drawn(i, 5, 100, 60);
        prepare(sheet, HEIGHT, WIDTH, 1, dark);
        for (int k = 0; k < HEIGHT * WIDTH; k++)
            sheet[k] = 255 - sheet[k];
        prepare(sheet, HEIGHT, WIDTH, 1, light);
        assert_true(difference(dark, light) < 0.5);
    }
}

static void colours_and_alpha_are_seen_through(void **state)
{
    (void)state;
    static uint8_t rgb[HEIGHT * WIDTH][3], rgba[HEIGHT * WIDTH][4];
    uint8_t grey[PIXELS], colour[PIXELS], alpha[PIXELS];
    uint8_t *sheet = drawn(3, 6, 50, 50);
    for (int k = 0; k < HEIGHT * WIDTH; k++) {
        memset(rgb[k], sheet[k], 3);
        rgba[k][3] = 255 - sheet[k]; /* black, where there is anything */
    }
    prepare(sheet, HEIGHT, WIDTH, 1, grey);
    prepare(rgb, HEIGHT, WIDTH, 3, colour);
    prepare(rgba, HEIGHT, WIDTH, 4, alpha);
    assert_true(difference(grey, colour) < 0.5);
    assert_true(difference(grey, alpha) < 0.5);
}

/* Changes a sheet as cameras and their files do. */
typedef uint8_t spoiler(uint8_t pixel, int x, int y, uint32_t *seed);

static uint8_t in_shadow(uint8_t pixel, int x, int y, uint32_t *seed)
{
    (void)seed;
    return (uint8_t)(pixel * (0.45 + 0.5 * x / WIDTH) * (1 - 0.2 * y / HEIGHT));
}

static uint8_t faint(uint8_t pixel, int x, int y, uint32_t *seed)
{
    (void)x, (void)y, (void)seed;
    return (uint8_t)(150 + pixel / 6);
}

static uint8_t noisy(uint8_t pixel, int x, int y, uint32_t *seed)
{
    (void)x, (void)y;
    int value = pixel + (int)(noise(seed) % 41) - 20;
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static uint8_t dusty(uint8_t pixel, int x, int y, uint32_t *seed)
{
    uint32_t grain = noise(seed) << 8;
    grain |= noise(seed);
    return (x + y) % 7 == 0 && grain % 199 == 0 ? 0 : pixel;
}

static void bad_light_noise_and_dust_do_little(void **state)
{
    (void)state;
    spoiler *const spoil[] = {in_shadow, faint, noisy, dusty};
    const char *const name[] = {"shadow", "faint", "noise", "dust"};
    for (int s = 0; s < 4; s++) {
        double worst = 0;
        for (int i = 0; i < 20; i++) {
            uint8_t clean[PIXELS], spoilt[PIXELS];
            uint32_t seed = (uint32_t)i;
            uint8_t *sheet = drawn(i, 6, 100, 60);
            prepare(sheet, HEIGHT, WIDTH, 1, clean);
            for (int k = 0; k < HEIGHT * WIDTH; k++)
                sheet[k] = spoil[s](sheet[k], k % WIDTH, k / WIDTH, &seed);
            prepare(sheet, HEIGHT, WIDTH, 1, spoilt);
            double d = difference(clean, spoilt);
            worst = d > worst ? d : worst;
        }
        print_message("%s: %.2f of 255 at worst\n", name[s], worst);
        assert_true(worst < 15);
    }
}

static void no_picture_takes_long(void **state)
{
    (void)state;
    const int shape[][2] = {{1, 1}, {1, 2}, {2, 1}, {1, 1000000}, {1000000, 1}, {1000, 1000}};
    for (size_t i = 0; i < sizeof shape / sizeof *shape; i++) {
        size_t count = (size_t)shape[i][0] * (size_t)shape[i][1];
        uint8_t *pixels = malloc(count), out[PIXELS];
        uint32_t seed = 1;
        for (size_t k = 0; k < count; k++) /* nothing but specks */
            pixels[k] = noise(&seed) < 60 ? 0 : 255;
        clock_t start = clock();
        prepare(pixels, shape[i][0], shape[i][1], 1, out);
        assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 20);
        free(pixels);
    }
}

static void what_is_no_picture_is_refused(void **state)
{
    (void)state;
    ssi_error error;
    ssi_scope scope = ssi_scope_open();
    assert_null(ssi_prepare_digit(NULL));
    assert_false(ssi_error_take(NULL));
    assert_null(ssi_prepare_digit((ssi_array)(SSI_F32, 2, (int64_t[]){2, 2}, (float[4]){0})));
    assert_true(ssi_error_take(&error));
    assert_string_equal(error.message, "f32 (2,2) is no picture");
    assert_null(ssi_prepare_digit((ssi_array)(SSI_U8, 3, (int64_t[]){2, 2, 2}, (uint8_t[8]){0})));
    assert_true(ssi_error_take(NULL));
    assert_null(ssi_prepare_digit((ssi_array)(SSI_U8, 2, (int64_t[]){0, 2}, (uint8_t[8]){0})));
    assert_true(ssi_error_take(NULL));
    ssi_scope_close(scope);
}

static void any_allocation_may_fail(void **state)
{
    (void)state;
    uint8_t out[PIXELS];
    uint8_t *sheet = drawn(0, 5, 100, 60);
    ssi_tensor *digit = NULL;
    for (uint64_t k = 1; !digit && k < 100; k++) {
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *picture = (ssi_array)(SSI_U8, 2, (int64_t[]){HEIGHT, WIDTH}, sheet);
        ssi_error_take(NULL);
        ssi_test_fail_allocation(k);
        digit = ssi_prepare_digit(picture);
        ssi_test_fail_allocation(0);
        assert_true(digit || ssi_error_peek()->code == SSI_NO_MEMORY);
        ssi_error_take(NULL);
        ssi_scope_close(scope);
    }
    assert_non_null(digit);
    prepare(sheet, HEIGHT, WIDTH, 1, out); /* and the next call works */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_enlarged_and_moved_digit_comes_back),
        cmocka_unit_test(light_on_dark_is_the_same_as_dark_on_light),
        cmocka_unit_test(colours_and_alpha_are_seen_through),
        cmocka_unit_test(bad_light_noise_and_dust_do_little),
        cmocka_unit_test(no_picture_takes_long),
        cmocka_unit_test(what_is_no_picture_is_refused),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
