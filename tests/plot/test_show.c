/* A figure is shown as what the terminal says it can: asked on a pseudo-terminal that answers, or not. */
#define _XOPEN_SOURCE 700 /* pseudo-terminals */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "plot/figures.h"
#include "plot/show.h"
#include "ssi/ssi.h"

#define KITTY "\x1b_Gi=31;OK\x1b\\\x1b[?62;c"
#define SIXEL "\x1b[?62;4;22c"

static void what_answers_say(void **state)
{
    (void)state;
    assert_int_equal(ssi_terminal_answer(KITTY), SHOWN_KITTY);
    assert_int_equal(ssi_terminal_answer(SIXEL), SHOWN_SIXEL);
    assert_int_equal(ssi_terminal_answer("\x1b[?4c"), SHOWN_SIXEL);
    assert_int_equal(ssi_terminal_answer("\x1b[?62;22;44;14c"), SHOWN_TEXT);
    assert_int_equal(ssi_terminal_answer("\x1b_Gi=31;EINVAL:no\x1b\\\x1b[?1;2c"), SHOWN_TEXT);
    assert_int_equal(ssi_terminal_answer(""), SHOWN_TEXT);
    assert_int_equal(ssi_terminal_answer("\x1b[?"), SHOWN_TEXT);
    assert_int_equal(ssi_terminal_answer("\x1b[?;;;x;4"), SHOWN_TEXT);
}

/* Shows figure 0 on a pseudo-terminal of so many columns that gives `answer` when it is asked, and returns all that was written there. */
static char *show_on_terminal(const char *answer, int columns)
{
    static char seen[1 << 20];
    size_t length = 0;
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    pid_t child = fork();
    if (child == 0) { /* with the terminal as its own */
        setsid();
        int slave = open(ptsname(master), O_RDWR);
        ioctl(slave, TIOCSCTTY, 0);
        ioctl(slave, TIOCSWINSZ, &(struct winsize){.ws_col = (unsigned short)columns, .ws_row = 24});
        FILE *out = fdopen(slave, "w");
        ssi_scope scope = ssi_scope_open();
        ssi_figure *figure = test_figure(0, "words");
        int status = ssi_figure_show(figure, out);
        ssi_figure_free(figure);
        ssi_scope_close(scope);
        fclose(out);
        _exit(status == 0 ? 0 : 1);
    }
    bool answered = false;
    while (poll(&(struct pollfd){.fd = master, .events = POLLIN}, 1, 20000) > 0 && length < sizeof(seen) - 1) {
        ssize_t n = read(master, seen + length, sizeof(seen) - 1 - length);
        if (n <= 0) {
            break; /* the other end is closed */
        }
        length += (size_t)n;
        seen[length] = '\0';
        if (!answered && strstr(seen, "\x1b[c") != NULL) {
            answered = true;
            assert_int_equal(write(master, answer, strlen(answer)), (ssize_t)strlen(answer));
        }
    }
    int ended;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFEXITED(ended) && WEXITSTATUS(ended) == 0);
    close(master);
    seen[length] = '\0';
    return seen;
}

static int set_terminal(void **state)
{
    (void)state;
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("NO_COLOR");
    unsetenv("SSI_SHOW");
    return 0;
}

static void a_terminal_with_kittys_graphics_gets_the_picture(void **state)
{
    (void)state;
    char *seen = show_on_terminal(KITTY, 80);
    assert_non_null(strstr(seen, "\x1b_Ga=T,f=100,q=2,m=1;iVBORw0KGgo"));
    assert_null(strstr(seen, "┤"));
}

static void a_terminal_with_sixels_gets_sixels(void **state)
{
    (void)state;
    assert_non_null(strstr(show_on_terminal(SIXEL, 80), "\x1bP0;1;0q\"1;1;640;480#0;2;0;0;0"));
}

static void where_gnuplot_fails_the_terminal_gets_text(void **state)
{
    (void)state;
    char folder[] = "show-test-XXXXXX", program[64], path[4096], before[4096];
    assert_non_null(mkdtemp(folder));
    snprintf(program, sizeof(program), "%s/gnuplot", folder);
    FILE *file = fopen(program, "w");
    fputs("#!/bin/sh\necho broken >&2\n", file);
    fclose(file);
    chmod(program, 0755);
    snprintf(before, sizeof(before), "%s", getenv("PATH"));
    snprintf(path, sizeof(path), "%s:/usr/bin:/bin", folder);
    setenv("PATH", path, 1);
    assert_non_null(strstr(show_on_terminal(KITTY, 80), "┤"));
    setenv("PATH", before, 1);
    unlink(program);
    rmdir(folder);
}

static void any_other_terminal_gets_text_as_wide_as_it_is(void **state)
{
    (void)state;
    char *seen = show_on_terminal("\x1b[?62;22c", 40);
    assert_non_null(strstr(seen, "┤"));
    assert_non_null(strstr(seen, "\x1b[0;38;2;31;119;180m")); /* in color */
    setenv("NO_COLOR", "1", 1);
    seen = show_on_terminal("\x1b[?62;22c", 120);
    assert_null(strstr(seen, "\x1b[0;38"));
    const char *axis = strstr(seen, "└");
    assert_non_null(axis);
    int columns = 0;
    for (const char *s = axis; *s != '\r' && *s != '\n'; s++) {
        columns += (*s & 0xC0) != 0x80;
    }
    assert_in_range(columns, 100, 120);
}

static void a_terminal_that_does_not_answer_gets_text(void **state)
{
    (void)state;
    assert_non_null(strstr(show_on_terminal("", 80), "┤"));
}

static void terminals_that_would_show_the_question_are_not_asked(void **state)
{
    (void)state;
    setenv("TERM", "linux", 1);
    assert_null(strstr(show_on_terminal(KITTY, 80), "\x1b[c"));
    setenv("TERM", "dumb", 1);
    char *seen = show_on_terminal(KITTY, 80);
    assert_null(strchr(seen, '\x1b')); /* no color either */
}

/* What ssi_figure_show writes into a file. */
static char *show_in_file(void)
{
    static char seen[1 << 20];
    FILE *file = tmpfile();
    ssi_scope scope = ssi_scope_open();
    ssi_figure *figure = test_figure(0, "words");
    assert_int_equal(ssi_figure_show(figure, file), 0);
    ssi_figure_free(figure);
    ssi_scope_close(scope);
    rewind(file);
    seen[fread(seen, 1, sizeof(seen) - 1, file)] = '\0';
    fclose(file);
    return seen;
}

static void a_file_gets_plain_lines_in_the_environments_characters(void **state)
{
    (void)state;
    char *seen = show_in_file();
    assert_non_null(strstr(seen, "┤"));
    assert_null(strchr(seen, '\x1b'));
    setenv("LC_ALL", "C", 1);
    seen = show_in_file();
    for (const char *s = seen; *s != '\0'; s++) {
        assert_true((unsigned char)*s < 0x80);
    }
}

static int base64_of(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c != '\0' ? strchr(digits, c) : NULL;
    return at != NULL ? (int)(at - digits) : -1;
}

static void kittys_packets_hold_the_png(void **state)
{
    (void)state;
    for (size_t size = 0; size < 10000; size = size * 3 + 1) {
        text png = {0}, packets = {0}, decoded = {0};
        for (size_t i = 0; i < size; i++) {
            ssi_text_bytes(&png, &(char){(char)(i * 37 + 11)}, 1);
        }
        ssi_write_kitty(&png, &packets);
        uint32_t bits = 0;
        int held = 0;
        for (const char *s = packets.bytes; (s = strchr(s, ';')) != NULL;) {
            for (s++; *s != '\x1b'; s++) {
                if (base64_of(*s) >= 0) {
                    bits = bits << 6 | (uint32_t)base64_of(*s);
                    held += 6;
                }
                if (held >= 8) {
                    held -= 8;
                    ssi_text_bytes(&decoded, &(char){(char)(bits >> held)}, 1);
                }
            }
        }
        assert_int_equal(decoded.length, size);
        if (size > 0) {
            assert_memory_equal(decoded.bytes, png.bytes, size);
            assert_non_null(strstr(packets.bytes, "m=0;")); /* a last one */
        }
        ssi_text_free(&png);
        ssi_text_free(&packets);
        ssi_text_free(&decoded);
    }
}

/* Reads sixels back into red, green and blue, as a terminal would. */
static void decode_sixel(const char *s, int width, int height, uint8_t *pixel)
{
    int palette[256][3] = {{0}}, color = 0, x = 0, top = 0;
    s = strchr(s, '#');
    while (*s != '\x1b') {
        int count = 1, n, number, parts[3];
        if (sscanf(s, "#%d;2;%d;%d;%d%n", &number, &parts[0], &parts[1], &parts[2], &n) == 4) {
            memcpy(palette[number], parts, sizeof(parts));
            s += n;
            continue;
        }
        if (sscanf(s, "#%d%n", &number, &n) == 1) {
            color = number;
            s += n;
            continue;
        }
        if (*s == '$' || *s == '-') {
            x = 0;
            top += *s++ == '-' ? 6 : 0;
            continue;
        }
        if (sscanf(s, "!%d%n", &count, &n) == 1) {
            s += n;
        }
        for (int bits = *s++ - '?'; count > 0; count--, x++) {
            for (int y = 0; y < 6; y++) {
                if (bits >> y & 1) {
                    assert_true(x < width && top + y < height);
                    for (int k = 0; k < 3; k++) {
                        pixel[3 * ((top + y) * width + x) + k] = (uint8_t)(palette[color][k] * 255 / 100);
                    }
                }
            }
        }
    }
}

static void sixels_show_every_pixel_in_the_nearest_color(void **state)
{
    (void)state;
    enum { W = 37, H = 20 };
    uint8_t pixel[3 * W * H], seen[3 * W * H] = {1};
    for (int i = 0; i < 3 * W * H; i++) {
        pixel[i] = (uint8_t)(i < 3 * W * 7 ? 255 : i * i * 7);
    }
    text out = {0};
    ssi_write_sixel(pixel, H, W, 3, &out);
    decode_sixel(out.bytes, W, H, seen);
    for (int i = 0; i < 3 * W * H; i++) {
        assert_true(abs(pixel[i] - seen[i]) <= 26); /* half of a sixth level, and rounding */
    }
    ssi_text_free(&out);
}

static void a_stream_that_cannot_be_written_is_an_error(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "w");
    ssi_scope scope = ssi_scope_open();
    ssi_figure *figure = test_figure(0, "words");
    if (full != NULL) {
        assert_int_equal(ssi_figure_show(figure, full), SSI_IO);
        assert_true(ssi_error_take(NULL));
        fclose(full);
    } else {
        puts("no /dev/full here: not tried");
    }
    assert_int_equal(ssi_figure_show(figure, NULL), SSI_INVALID);
    assert_int_equal(ssi_figure_show(NULL, stdout), SSI_INVALID);
    ssi_figure_free(figure);
    ssi_scope_close(scope);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_answers_say),
        cmocka_unit_test_setup(a_terminal_with_kittys_graphics_gets_the_picture, set_terminal),
        cmocka_unit_test_setup(a_terminal_with_sixels_gets_sixels, set_terminal),
        cmocka_unit_test_setup(where_gnuplot_fails_the_terminal_gets_text, set_terminal),
        cmocka_unit_test_setup(any_other_terminal_gets_text_as_wide_as_it_is, set_terminal),
        cmocka_unit_test_setup(a_terminal_that_does_not_answer_gets_text, set_terminal),
        cmocka_unit_test_setup(terminals_that_would_show_the_question_are_not_asked, set_terminal),
        cmocka_unit_test_setup(a_file_gets_plain_lines_in_the_environments_characters, set_terminal),
        cmocka_unit_test(kittys_packets_hold_the_png),
        cmocka_unit_test(sixels_show_every_pixel_in_the_nearest_color),
        cmocka_unit_test(a_stream_that_cannot_be_written_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
