/* Figures as pictures made of characters: as wide as they may be, Hangul counted as two, nothing that a terminal would obey. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plot/canvas.h"
#include "plot/figures.h"
#include "ssi/ssi.h"

static char shown[1 << 18];

/* The same picture as lines without the spaces at their ends; `expected` begins with a newline. */
static void assert_picture(const ssi_figure *figure, int columns, int ascii, const char *expected)
{
    assert_true(ssi_figure_text(figure, shown, sizeof(shown), .columns = columns, .ascii = ascii) >= 0);
    if (strcmp(shown, expected + 1) != 0) {
        fail_msg("drawn is\n%s", shown);
    }
}

static ssi_figure *sine(void)
{
    ssi_figure *figure = ssi_figure_new();
    ssi_tensor *x = ssi_arange(SSI_F64, 0, 6, 0.1);
    ssi_plot_line(ssi_figure_axes(figure, 0, 0, .title = "사인", .xlabel = "x"), x, ssi_sin(x));
    return figure;
}

static void a_line_in_braille(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_figure *figure = sine();
    assert_picture(figure, 40, 0,
                   "\n"
                   "                  사인\n"
                   " 1 ┤        ⡠⠤⠤⢄⡀\n"
                   "   │      ⡠⠊    ⠈⠒⢄\n"
                   "   │    ⡠⠊        ⠈⠢⡀\n"
                   "   │   ⡔⠁           ⠱⡀\n"
                   " 0 ┤ ⢀⠜              ⠘⡄\n"
                   "   │                  ⠘⢄\n"
                   "   │                   ⠈⢆            ⡄\n"
                   "   │                     ⠣⢄        ⢀⠎\n"
                   "   │                      ⠈⠢⡀    ⡠⠔⠁\n"
                   "−1 ┤                        ⠈⠑⠒⠒⠊\n"
                   "   └─┬─────────────┬────────────┬──────\n"
                   "    0.0           2.5          5.0\n"
                   "                     x\n");
    assert_picture(figure, 40, 1,
                   "\n"
                   "                  사인\n"
                   " 1 +         **\n"
                   "   |      ***  ****\n"
                   "   |     **       **\n"
                   "   |   **           *\n"
                   " 0 +  **             **\n"
                   "   |                  **\n"
                   "   |                   **           *\n"
                   "   |                     **       **\n"
                   "   |                       ***  ***\n"
                   "-1 +                          **\n"
                   "   +--+------------+------------+------\n"
                   "     0.0          2.5          5.0\n"
                   "                     x\n");
    ssi_figure_free(figure);
    ssi_scope_close(scope);
}

static void bars_lie_beside_their_names(void **state)
{
    (void)state;
    const char *names[] = {"국어", "math", "과학"};
    ssi_scope scope = ssi_scope_open();
    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .ylabel = "점수");
    ssi_plot_bar(axes, ssi_array(((double[]){8, -4, 1.5}), 3), .names = names);
    assert_picture(figure, 40, 0,
                   "\n"
                   "               점수\n"
                   "국어         █████████████████ 8\n"
                   "math █████████ -4\n"
                   "과학         ███▌ 1.5\n");
    assert_picture(figure, 40, 1,
                   "\n"
                   "               점수\n"
                   "국어         ################# 8\n"
                   "math ######### -4\n"
                   "과학         #### 1.5\n");
    ssi_figure_free(figure);
    ssi_scope_close(scope);
}

static void a_heat_map_is_a_table(void **state)
{
    (void)state;
    const char *names[] = {"고양이", "개"};
    ssi_scope scope = ssi_scope_open();
    ssi_figure *figure = ssi_figure_new();
    ssi_plot_heatmap(ssi_figure_axes(figure, 0, 0, .xlabel = "예측", .ylabel = "정답"),
                     ssi_array(((int[]){50, 2, 11, 40}), 2, 2), .row_names = names, .column_names = names);
    assert_picture(figure, 40, 0,
                   "\n"
                   "정답\n"
                   "고양이      50       2\n"
                   "    개      11      40\n"
                   "        고양이      개\n"
                   "             예측\n");
    ssi_figure_free(figure);
    ssi_scope_close(scope);
}

static void an_image_is_as_dark_as_it_is(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_figure *figure = ssi_figure_new();
    ssi_plot_image(ssi_figure_axes(figure, 0, 0), ssi_array(((float[]){0, 0.25, 0.5, 0.75, 1, 0}), 2, 3),
                   .colors = "Greys", .low = 0, .high = 1);
    assert_true(ssi_figure_text(figure, shown, sizeof(shown), .columns = 20) > 0);
    assert_non_null(strstr(shown, "░"));
    assert_non_null(strstr(shown, "█"));
    assert_true(ssi_figure_text(figure, shown, sizeof(shown), .columns = 20, .ascii = 1) > 0);
    assert_non_null(strstr(shown, "@"));
    assert_true(ssi_figure_text(figure, shown, sizeof(shown), .columns = 20, .color = 1) > 0);
    assert_non_null(strstr(shown, "\x1b[0;38;2;255;255;255;48;2;0;0;0m"));
    assert_string_equal(shown + strlen(shown) - 5, "\x1b[0m\n");
    ssi_figure_free(figure);
    ssi_scope_close(scope);
}

/* The widest line; and whether only what may be there is there. */
static int widest(bool ascii_only)
{
    int most = 0;
    for (char *line = shown, *end; *line != '\0'; line = end + 1) {
        end = strchr(line, '\n');
        assert_non_null(end); /* every line has an end */
        *end = '\0';
        for (const unsigned char *s = (const unsigned char *)line; *s != '\0'; s++) {
            assert_true(*s >= 0x20 && *s != 0x7F);
            assert_true(!ascii_only || *s < 0x80);
        }
        int columns = ssi_text_columns(line);
        most = columns > most ? columns : most;
        if (end > line && end[-1] == ' ') {
            fail_msg("a space ends '%s' of\n%s", line, end + 1);
        }
    }
    return most;
}

static void no_line_of_any_figure_is_wider_than_it_may_be(void **state)
{
    (void)state;
    static const int widths[] = {20, 27, 40, 80, 120, 400};
    static const char *const words[] = {
        "", "loss", "손실 함수의 값",
        "a very long label that has room nowhere at all, not even at a hundred columns; 그래도 넘치지 않습니다"};
    for (int i = 0; i < FIGURES; i++) {
        for (size_t w = 0; w < sizeof(words) / sizeof(words[0]); w++) {
            ssi_scope scope = ssi_scope_open();
            ssi_figure *figure = test_figure(i, words[w]);
            assert_non_null(figure);
            for (size_t k = 0; k < sizeof(widths) / sizeof(widths[0]); k++) {
                assert_true(ssi_figure_text(figure, shown, sizeof(shown), .columns = widths[k]) > 0);
                assert_in_range(widest(false), 3, widths[k]);
                assert_true(ssi_figure_text(figure, shown, sizeof(shown), .columns = widths[k], .ascii = 1) > 0);
                assert_in_range(widest(w < 2), 3, widths[k]);
            }
            ssi_figure_free(figure);
            ssi_scope_close(scope);
        }
    }
}

static void a_label_sends_no_command_to_the_terminal(void **state)
{
    (void)state;
    static const char *const hostile[] = {
        "\x1b[2J",         "\x1b]0;title\x07",          "a\rb\nc\td",  "\xC2\x9B\063\061m", "\xff\xfe\xC0\xAF",
        "\xE2\x80\xAErev", "e\xCC\x81\xCC\x81\xCC\x81", "\x7f\x08\x08"};
    for (int i = 0; i < FIGURES; i++) {
        for (size_t h = 0; h < sizeof(hostile) / sizeof(hostile[0]); h++) {
            ssi_scope scope = ssi_scope_open();
            ssi_figure *figure = test_figure(i, hostile[h]);
            assert_true(ssi_figure_text(figure, shown, sizeof(shown), .columns = 60) > 0);
            assert_null(strstr(shown, "\xC2\x9B"));
            assert_null(strstr(shown, "\xE2\x80\xAE"));
            assert_in_range(widest(false), 3, 60); /* and no control character */
            ssi_figure_free(figure);
            ssi_scope_close(scope);
        }
    }
}

/* Six layers with long names in 40 columns; two texts at one place; a circle and its sign. */
static void texts_that_would_lie_on_others_stand_beside_them(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    static const char *const names[] = {"pixels", "dense 256", "dense 128", "은닉층 64", "은닉층 32", "숫자"};
    ssi_figure *figure = ssi_figure_new();
    ssi_plot_network(ssi_figure_axes(figure, 0, 0), 6, (int64_t[]){784, 256, 128, 64, 32, 10}, names);
    assert_true(ssi_figure_text(figure, shown, sizeof(shown), .columns = 40) > 0);
    for (int i = 0; i < 6; i++) {
        if (strstr(shown, names[i]) == NULL) {
            fail_msg("\"%s\" is not whole in\n%s", names[i], shown);
        }
    }
    ssi_figure_free(figure);
    figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .bare = 1, .xlim = {0, 10}, .ylim = {0, 10});
    ssi_plot_text(axes, 5, 5, "address", .align = 'c');
    ssi_plot_text(axes, 5, 5, "whole words", .align = 'c');
    ssi_plot_scatter(axes, ssi_full(SSI_F64, 2, 1), ssi_full(SSI_F64, 5, 1));
    ssi_plot_text(axes, 2, 5, "+", .align = 'c');
    ssi_plot_text(axes, 2.2, 5, "12", .align = 'l');
    assert_picture(figure, 30, 0, "\n\n\n\n\n     +12   address\n         whole words\n");
    ssi_figure_free(figure);
    ssi_scope_close(scope);
}

static void numbers_that_are_none_are_left_out(void **state)
{
    (void)state;
    static const double bad[][4] = {{NAN, NAN, NAN, NAN},
                                    {INFINITY, -INFINITY, 0, 1},
                                    {1e308, -1e308, 0, NAN},
                                    {5e-324, 0, 0, 0},
                                    {-1, -2, 0, NAN}};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        for (int log = 0; log < 2; log++) {
            ssi_scope scope = ssi_scope_open();
            ssi_figure *figure = ssi_figure_new();
            ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .log_x = log, .log_y = log);
            ssi_tensor *values = ssi_array(bad[i], 4);
            assert_int_equal(ssi_plot_line(axes, values, values, .marker = 'o'), 0);
            assert_int_equal(ssi_plot_scatter(axes, NULL, values), 0);
            assert_int_equal(ssi_plot_bar(axes, values), 0);
            assert_int_equal(ssi_plot_histogram(axes, values), 0);
            assert_true(ssi_figure_text(figure, shown, sizeof(shown)) > 0);
            assert_in_range(widest(false), 3, 80);
            ssi_figure_free(figure);
            ssi_scope_close(scope);
        }
    }
}

static void widths_that_cannot_be_are_refused_and_small_buffers_cut(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_figure *figure = sine();
    char small[8];
    assert_int_equal(ssi_figure_text(figure, small, sizeof(small), .columns = 19), SSI_INVALID);
    assert_true(ssi_error_take(NULL));
    assert_int_equal(ssi_figure_text(figure, small, sizeof(small), .columns = 401), SSI_INVALID);
    assert_true(ssi_error_take(NULL));
    int64_t length = ssi_figure_text(figure, NULL, 0);
    assert_int_equal(ssi_figure_text(figure, small, sizeof(small)), length);
    assert_int_equal(strlen(small), 7);
    assert_int_equal(ssi_figure_text(NULL, small, sizeof(small)), SSI_INVALID);
    ssi_figure_free(figure);
    ssi_scope_close(scope);
}

static int build(int i)
{
    ssi_scope scope = ssi_scope_open();
    ssi_figure *figure = test_figure(i, "words");
    int64_t length = figure != NULL ? ssi_figure_text(figure, NULL, 0) : -1;
    ssi_figure_free(figure);
    ssi_scope_close(scope);
    return length > 0 ? 0 : -1;
}

static void any_failed_allocation_is_an_error_and_leaks_nothing(void **state)
{
    (void)state;
    for (int i = 0; i < FIGURES; i++) {
        assert_int_equal(build(i), 0);
        int failures = 0;
        for (uint64_t k = 1; k < 100000; k++) {
            ssi_test_fail_allocation(k);
            int status = build(i);
            ssi_test_fail_allocation(0);
            if (status == 0 && !ssi_failed()) {
                break;
            }
            failures++;
            assert_true(ssi_error_take(NULL));
        }
        assert_in_range(failures, 5, 90000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_in_braille),
        cmocka_unit_test(bars_lie_beside_their_names),
        cmocka_unit_test(a_heat_map_is_a_table),
        cmocka_unit_test(an_image_is_as_dark_as_it_is),
        cmocka_unit_test(no_line_of_any_figure_is_wider_than_it_may_be),
        cmocka_unit_test(a_label_sends_no_command_to_the_terminal),
        cmocka_unit_test(texts_that_would_lie_on_others_stand_beside_them),
        cmocka_unit_test(numbers_that_are_none_are_left_out),
        cmocka_unit_test(widths_that_cannot_be_are_refused_and_small_buffers_cut),
        cmocka_unit_test(any_failed_allocation_is_an_error_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
