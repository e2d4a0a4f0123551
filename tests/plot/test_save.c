/* Pictures are drawn by a gnuplot of its own process, and arrive whole or not at all; no text can run a command. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plot/figure.h"
#include "plot/figures.h"
#include "ssi/ssi.h"

static char folder[] = "plot-test-XXXXXX";

static char *in_folder(const char *name)
{
    static char path[4][512];
    static int next;
    next = (next + 1) % 4;
    snprintf(path[next], sizeof(path[next]), "%s/%s", folder, name);
    return path[next];
}

static int files_in_folder(void)
{
    int count = 0;
    DIR *open = opendir(folder);
    for (struct dirent *e = readdir(open); e != NULL; e = readdir(open)) {
        count += e->d_name[0] != '.';
    }
    closedir(open);
    return count;
}

/* The file's bytes, terminated; NULL if there is none. */
static char *contents(const char *path)
{
    static char bytes[1 << 20];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    bytes[fread(bytes, 1, sizeof(bytes) - 1, file)] = '\0';
    fclose(file);
    return bytes;
}

static void write_file(const char *path, const char *bytes, mode_t mode)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(bytes, file);
    fclose(file);
    chmod(path, mode);
}

static const char *taken(void)
{
    static ssi_error error;
    assert_true(ssi_error_take(&error));
    return error.message;
}

static ssi_figure *a_figure(const char *words)
{
    static const float y[4] = {3, 1, 2, 5};
    ssi_figure *f = ssi_figure_new(.columns = 2, .title = words);
    ssi_scope scope = ssi_scope_open();
    ssi_axes *axes = ssi_figure_axes(f, 0, 0, .title = words, .xlabel = words, .ylabel = words);
    ssi_plot_line(axes, NULL, (ssi_array)(SSI_F32, 1, (int64_t[]){4}, y), .label = words);
    const char *names[] = {words, words};
    ssi_plot_heatmap(ssi_figure_axes(f, 0, 1), (ssi_array)(SSI_F32, 2, (int64_t[]){2, 2}, y), .row_names = names,
                     .column_names = names);
    ssi_scope_close(scope);
    return f;
}

/* Puts a program called gnuplot at the head of PATH that does what `script` says. */
static void pretend_gnuplot(const char *script)
{
    static char path[4096];
    write_file(in_folder("gnuplot"), script, 0755);
    snprintf(path, sizeof(path), "%s:/usr/bin:/bin", folder);
    setenv("PATH", path, 1);
}

static void real_gnuplot(void)
{
    unlink(in_folder("gnuplot"));
    setenv("PATH", "/usr/local/bin:/usr/bin:/bin", 1);
}

static void assert_begins(const char *name, const char *magic)
{
    ssi_figure *f = a_figure("제목");
    assert_int_equal(ssi_figure_save(f, in_folder(name)), 0);
    assert_memory_equal(contents(in_folder(name)), magic, strlen(magic));
    ssi_figure_free(f);
    unlink(in_folder(name));
    assert_int_equal(files_in_folder(), 0);
}

static void each_ending_gives_its_form(void **state)
{
    (void)state;
    assert_begins("a.png", "\x89PNG\r\n");
    assert_begins("a.SVG", "<?xml");
    assert_begins("a.pdf", "%PDF");
    assert_begins("a.gp", "# The picture goes to stdout");
}

static void the_script_makes_the_same_picture(void **state)
{
    (void)state;
    ssi_figure *f = a_figure("x");
    text script = {0}, again = {0};
    assert_int_equal(ssi_figure_save(f, in_folder("a.gp")), 0);
    assert_int_equal(ssi_figure_save(f, in_folder("a.png")), 0);
    char *saved = contents(in_folder("a.gp"));
    ssi_text_bytes(&script, saved, strlen(saved));
    assert_int_equal(ssi_draw(&ssi_gnuplot, &script, &again), 0);
    assert_memory_equal(contents(in_folder("a.png")), again.bytes, again.length);
    ssi_text_free(&script);
    ssi_text_free(&again);
    ssi_figure_free(f);
    unlink(in_folder("a.gp"));
    unlink(in_folder("a.png"));
}

static void no_text_can_run_a_command(void **state)
{
    (void)state;
    static const char *const hostile[] = {
        "`touch PWNED`",
        "$(touch PWNED)",
        "'; system 'touch PWNED'; '",
        "\"`touch PWNED`\"",
        "a\nsystem 'touch PWNED'\n",
        "\\'; system(\"touch PWNED\") #",
        "'''; !touch PWNED",
        "@x",
        "EOD\nsystem 'touch PWNED'",
        "%s%n%d",
        "{/=99 big}_a^b",
        "'.system('touch PWNED').'",
        "\\\n!touch PWNED",
        "| touch PWNED",
        "\r!touch PWNED",
        "'",
        "''",
        "\\",
    };
    for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
        char words[1024];
        const char *mark = strstr(hostile[i], "PWNED");
        int before = mark != NULL ? (int)(mark - hostile[i]) : (int)strlen(hostile[i]);
        snprintf(words, sizeof(words), "%.*s%s%s", before, hostile[i], mark != NULL ? in_folder("pwned") : "",
                 mark != NULL ? mark + 5 : "");
        ssi_figure *f = a_figure(words);
        if (ssi_figure_save(f, in_folder("a.png")) != 0) {
            fail_msg("%s: %s", words, taken());
        }
        assert_int_equal(access(in_folder("pwned"), F_OK), -1);
        ssi_figure_free(f);
    }
    unlink(in_folder("a.png"));
    assert_int_equal(files_in_folder(), 0);
}

static void every_kind_of_figure_is_drawn_in_every_form(void **state)
{
    (void)state;
    static const char *const names[] = {"a.png", "a.svg", "a.pdf"};
    for (int i = 0; i < FIGURES; i++) {
        ssi_scope scope = ssi_scope_open();
        ssi_figure *f = test_figure(i, "이름 '%s' `x`");
        for (int k = 0; k < 3; k++) {
            if (ssi_figure_save(f, in_folder(names[k])) != 0) {
                fail_msg("figure %d as %s: %s", i, names[k], taken());
            }
            unlink(in_folder(names[k]));
        }
        ssi_figure_free(f);
        ssi_scope_close(scope);
    }
}

/* In every place of every kind of figure, quoted words that would touch a file if any of them were a command. */
static void no_place_of_any_figure_reads_words_as_commands(void **state)
{
    (void)state;
    char words[1024];
    snprintf(words, sizeof(words), "'; system 'touch %s'\n`touch %s`\\\n!touch %s\rEOD\n\"`touch %s`\"",
             in_folder("pwned"), in_folder("pwned"), in_folder("pwned"), in_folder("pwned"));
    for (int i = 0; i < FIGURES; i++) {
        ssi_scope scope = ssi_scope_open();
        ssi_figure *f = test_figure(i, words);
        if (ssi_figure_save(f, in_folder("a.png")) != 0) {
            fail_msg("figure %d: %s", i, taken());
        }
        ssi_figure_free(f);
        ssi_scope_close(scope);
    }
    unlink(in_folder("a.png"));
    assert_int_equal(files_in_folder(), 0);
}

static void numbers_that_are_none_are_left_out_of_pictures(void **state)
{
    (void)state;
    static const double bad[][4] = {{NAN, NAN, NAN, NAN},    {INFINITY, -INFINITY, 0, 1},
                                    {1e308, -1e308, 0, NAN}, {5e-324, 0, 0, 0},
                                    {-1, -2, 0, NAN},        {1e300, 1e-300, 1, 2}};
    for (size_t i = 0; i < 2 * sizeof(bad) / sizeof(bad[0]); i++) {
        ssi_scope scope = ssi_scope_open();
        ssi_figure *f = ssi_figure_new(.columns = 2, .rows = 2);
        ssi_axes *axes = ssi_figure_axes(f, 0, 0, .log_x = i % 2, .log_y = i % 2);
        ssi_tensor *values = ssi_array(bad[i / 2], 4);
        ssi_plot_line(axes, values, values, .marker = 'o', .label = "a");
        ssi_plot_scatter(axes, NULL, values, .label = "b");
        ssi_plot_bar(axes, values, .values = 1);
        ssi_plot_histogram(ssi_figure_axes(f, 0, 1), values);
        ssi_plot_image(ssi_figure_axes(f, 1, 0), ssi_reshape(values, 2, 2));
        ssi_plot_heatmap(ssi_figure_axes(f, 1, 1), ssi_reshape(values, 2, 2));
        if (ssi_figure_save(f, in_folder("a.png")) != 0) {
            fail_msg("%g %g %g %g: %s", bad[i / 2][0], bad[i / 2][1], bad[i / 2][2], bad[i / 2][3], taken());
        }
        ssi_figure_free(f);
        ssi_scope_close(scope);
    }
    unlink(in_folder("a.png"));
}

static void figures_without_contents_and_tiny_ones_are_drawn(void **state)
{
    (void)state;
    static const int sizes[][4] = {{64, 64, 1, 1}, {64, 64, 8, 8}, {640, 480, 64, 64}, {1000, 64, 1, 3}};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        ssi_scope scope = ssi_scope_open();
        ssi_figure *f = ssi_figure_new(.width = sizes[i][0], .height = sizes[i][1], .rows = sizes[i][2],
                                       .columns = sizes[i][3], .title = "t");
        assert_int_equal(ssi_figure_save(f, in_folder("a.png")), 0);
        ssi_axes *axes = ssi_figure_axes(f, 0, 0, .title = "title", .xlabel = "x", .ylabel = "y");
        ssi_plot_line(axes, NULL, ssi_zeros(SSI_F32, 0), .label = "nothing");
        if (ssi_figure_save(f, in_folder("a.png")) != 0) {
            fail_msg("%d x %d: %s", sizes[i][0], sizes[i][1], taken());
        }
        ssi_figure_free(f);
        ssi_scope_close(scope);
    }
    unlink(in_folder("a.png"));
}

static void what_is_finer_than_pixels_is_thinned_but_for_its_extremes(void **state)
{
    (void)state;
    enum { MANY = 1000000 };
    float *y = calloc(MANY, sizeof(float));
    for (int i = 0; i < MANY; i++) {
        y[i] = (float)(i % 2) - 0.5f;
    }
    y[543210] = 7;
    y[876543] = -9;
    y[100000] = NAN; /* a gap */
    ssi_figure *f = ssi_figure_new(.columns = 2);
    ssi_plot_line(ssi_figure_axes(f, 0, 0), NULL, (ssi_array)(SSI_F32, 1, (int64_t[]){MANY}, y));
    ssi_plot_image(ssi_figure_axes(f, 0, 1), (ssi_array)(SSI_F32, 2, (int64_t[]){1000, 1000}, y), .low = -9, .high = 9);
    text script = {0};
    ssi_figure_script(f, "png", &script);
    assert_in_range(script.length, 10000, 3000000);
    assert_non_null(strstr(script.bytes, "\n543210 7\n"));
    assert_non_null(strstr(script.bytes, "\n876543 -9\n"));
    assert_non_null(strstr(script.bytes, "\n0 -0.5\n"));
    assert_non_null(strstr(script.bytes, "\n999999 0.5\n"));
    assert_non_null(strstr(script.bytes, "\n\n"));           /* the gap */
    assert_non_null(strstr(script.bytes, " 128 128 128\n")); /* the mean of -0.5 and 0.5 */
    text picture = {0};
    assert_int_equal(ssi_draw(&ssi_gnuplot, &script, &picture), 0);
    ssi_text_free(&script);
    ssi_text_free(&picture);
    ssi_figure_free(f);
    free(y);
}

static void long_series_do_not_block_the_conversation(void **state)
{
    (void)state;
    enum { MANY = 200000 };
    float *y = malloc(MANY * sizeof(float));
    for (int i = 0; i < MANY; i++) {
        y[i] = (float)(i % 1000);
    }
    ssi_figure *f = ssi_figure_new(.rows = 1);
    ssi_plot_line(ssi_figure_axes(f, 0, 0), NULL, (ssi_array)(SSI_F32, 1, (int64_t[]){MANY}, y));
    assert_int_equal(ssi_figure_save(f, in_folder("a.png")), 0);
    ssi_figure_free(f);
    free(y);
    unlink(in_folder("a.png"));
}

static void without_gnuplot_the_package_is_named(void **state)
{
    (void)state;
    setenv("PATH", folder, 1);
    ssi_figure *f = a_figure("x");
    ssi_error error;
    assert_int_equal(ssi_figure_save(f, in_folder("a.png")), SSI_UNSUPPORTED);
    assert_true(ssi_error_take(&error));
    assert_non_null(strstr(error.hint, "apt-get install gnuplot-nox"));
    assert_int_equal(ssi_figure_check(in_folder("a.png")), SSI_UNSUPPORTED);
    assert_true(ssi_error_take(NULL));
    assert_int_equal(ssi_figure_check(in_folder("a.gp")), 0);
    assert_int_equal(files_in_folder(), 0);
    real_gnuplot();
    assert_int_equal(ssi_figure_check(in_folder("a.png")), 0);
    ssi_figure_free(f);
}

static void a_gnuplot_that_fails_is_told_in_its_words_and_leaves_no_file(void **state)
{
    (void)state;
    static const struct {
        const char *script, *told;
    } cases[] = {
        {"#!/bin/sh\necho half; echo 'line 3: undefined value' >&2\n", "undefined value"},
        {"#!/bin/sh\nexit 3\n", "without a picture"},
        {"#!/bin/sh\necho half; exit 3\n", "without a picture"},
        {"#!/bin/sh\nkill -9 $$\n", "without a picture"},
        {"#!/bin/sh\nexec <&-; sleep 0.2; echo gone >&2\n", "gone"},
        {"no program", "gnuplot"},
    };
    ssi_figure *f = a_figure("x");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        pretend_gnuplot(cases[i].script);
        assert_int_equal(ssi_figure_save(f, in_folder("a.png")), SSI_IO);
        assert_non_null(strstr(taken(), cases[i].told));
        real_gnuplot();
        assert_int_equal(files_in_folder(), 0);
    }
    ssi_figure_free(f);
}

static void a_font_cache_that_cannot_be_written_is_no_failure(void **state)
{
    (void)state;
    pretend_gnuplot("#!/bin/sh\necho 'Fontconfig error: No writable cache directories' >&2\ncat\n");
    ssi_figure *f = a_figure("x");
    assert_int_equal(ssi_figure_save(f, in_folder("a.png")), 0);
    ssi_figure_free(f);
    real_gnuplot();
    unlink(in_folder("a.png"));
}

static void a_gnuplot_that_hangs_is_ended(void **state)
{
    (void)state;
    pretend_gnuplot("#!/bin/sh\nexec sleep 100\n");
    ssi_drawer_limit_ms = 300;
    ssi_figure *f = a_figure("x");
    assert_int_equal(ssi_figure_save(f, in_folder("a.png")), SSI_IO);
    assert_non_null(strstr(taken(), "did not finish"));
    ssi_drawer_limit_ms = 60000;
    ssi_figure_free(f);
    real_gnuplot();
}

static void what_cannot_be_written_is_named_and_the_old_file_stays(void **state)
{
    (void)state;
    ssi_figure *f = a_figure("x");
    assert_int_equal(ssi_figure_save(f, in_folder("a.jpg")), SSI_INVALID);
    assert_non_null(strstr(taken(), "a.jpg"));
    assert_int_equal(ssi_figure_save(f, in_folder("none/a.gp")), SSI_NOT_FOUND);
    assert_non_null(strstr(taken(), "none/a.gp"));
    mkdir(in_folder("d.gp"), 0755);
    assert_int_equal(ssi_figure_save(f, in_folder("d.gp")), SSI_IO);
    assert_non_null(strstr(taken(), "a folder"));
    rmdir(in_folder("d.gp"));
    assert_int_equal(symlink("/dev/null", in_folder("n.gp")), 0);
    assert_int_equal(ssi_figure_save(f, in_folder("n.gp")), SSI_IO);
    assert_non_null(strstr(taken(), "n.gp"));
    unlink(in_folder("n.gp"));
    write_file(in_folder("a.png"), "old", 0644);
    pretend_gnuplot("#!/bin/sh\necho no >&2\n");
    assert_int_equal(ssi_figure_save(f, in_folder("a.png")), SSI_IO);
    assert_string_equal(contents(in_folder("a.png")), "old");
    assert_true(ssi_error_take(NULL));
    real_gnuplot();
    unlink(in_folder("a.png"));
    ssi_figure_free(f);
    assert_int_equal(files_in_folder(), 0);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_ending_gives_its_form),
        cmocka_unit_test(the_script_makes_the_same_picture),
        cmocka_unit_test(no_text_can_run_a_command),
        cmocka_unit_test(every_kind_of_figure_is_drawn_in_every_form),
        cmocka_unit_test(no_place_of_any_figure_reads_words_as_commands),
        cmocka_unit_test(numbers_that_are_none_are_left_out_of_pictures),
        cmocka_unit_test(figures_without_contents_and_tiny_ones_are_drawn),
        cmocka_unit_test(what_is_finer_than_pixels_is_thinned_but_for_its_extremes),
        cmocka_unit_test(long_series_do_not_block_the_conversation),
        cmocka_unit_test(without_gnuplot_the_package_is_named),
        cmocka_unit_test(a_gnuplot_that_fails_is_told_in_its_words_and_leaves_no_file),
        cmocka_unit_test(a_font_cache_that_cannot_be_written_is_no_failure),
        cmocka_unit_test(a_gnuplot_that_hangs_is_ended),
        cmocka_unit_test(what_cannot_be_written_is_named_and_the_old_file_stays),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
