/* What a student sees: screens of 40, 80 and 120 columns in both languages, in a real terminal (tmux). */
#include "tiny.h"

#include <stdbool.h>

static bool no_tmux(void)
{
    if (run("command -v tmux") != 0) {
        print_message("skipped: tmux is not installed\n");
        return true;
    }
    if (run("export TMUX_TMPDIR=$PWD; tmux -L probe -f /dev/null new-session -d true") != 0) {
        print_message("skipped: tmux finds no terminal here (is there a /dev/pts?)\n");
        return true;
    }
    return false;
}

/* Columns of a line; a Hangul syllable takes two. */
static int columns_of(const char *line)
{
    int width = 0;
    for (const char *s = line; *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s;
        width += (c & 0xC0) == 0x80 ? 0 : c >= 0xE0 && c != 0xE2 ? 2 : 1;
    }
    return width;
}

/* What stands on a screen of so many columns after the command, in `out`, with wrapped lines joined again. */
static void show(int width, const char *locale, const char *command)
{
    static int shown; /* a server of its own for each: one that is just ending takes no new session */
    FILE *script = fopen("screen.sh", "w");
    assert_non_null(script);
    fprintf(script, "export LANG=%s\n%s\necho THE-END\nsleep 30\n", locale, command);
    fclose(script);
    expect_exit(0,
                "export TMUX_TMPDIR=$PWD; TMUX_='tmux -u -L s%d -f /dev/null'; "
                "$TMUX_ new-session -d -x %d -y 60 'sh screen.sh'; "
                "for i in $(seq 150); do $TMUX_ capture-pane -p -J -S - >screen 2>/dev/null; "
                "grep -q THE-END screen && break; sleep 0.1; done; "
                "$TMUX_ kill-server; grep -q THE-END screen && cat screen",
                shown++, width);
}

/* No line of the screen had to be wrapped. */
static void assert_fits(int width)
{
    static char copy[sizeof(out)];
    strcpy(copy, out);
    for (char *line = strtok(copy, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        for (size_t n = strlen(line); n > 0 && line[n - 1] == ' '; n--) {
            line[n - 1] = '\0';
        }
        if (columns_of(line) > width) {
            fail_msg("%d columns on a screen of %d: '%s'", columns_of(line), width, line);
        }
    }
}

static const int widths[] = {40, 80, 120};
static const char *const locales[] = {"C.UTF-8", "ko_KR.UTF-8"};

/* Every width, both languages. */
static void assert_fits_everywhere(const char *command, const char *english, const char *korean)
{
    for (int i = 0; i < 6; i++) {
        show(widths[i / 2], locales[i % 2], command);
        expect_text(out, i % 2 ? korean : english);
        assert_fits(widths[i / 2]);
    }
}

static void training_fits_every_screen(void **state)
{
    (void)state;
    if (no_tmux()) {
        return;
    }
    assert_fits_everywhere("ssi train tiny " TINY_NET " --epochs 2 --out m.safetensors", "epoch", "에폭");
}

static void evaluation_fits_every_screen(void **state)
{
    (void)state;
    if (no_tmux()) {
        return;
    }
    expect_exit(0, "ssi train tiny " TINY_NET " --epochs 1 --out e.safetensors");
    assert_fits_everywhere("ssi eval e.safetensors tiny", "accuracy", "정확도");
}

static void a_summary_fits_every_screen(void **state)
{
    (void)state;
    if (no_tmux()) {
        return;
    }
    assert_fits_everywhere("ssi summary 784-256-256-256-256-10", "total parameters 400,906",
                           "total parameters 400,906");
    assert_fits_everywhere("ssi summary 784-256-10 --diagram", "2,570 parameters", "2,570 parameters");
}

static void pictures_in_letters_fit_every_screen(void **state)
{
    (void)state;
    if (no_tmux()) {
        return;
    }
    assert_fits_everywhere("ssi data show tiny --index 3", "label", "정답");
    assert_fits_everywhere("ssi data list", "mnist", "mnist");
    assert_fits_everywhere("ssi info", "threads", "스레드");
}

static void the_progress_line_is_gone_when_training_ends(void **state)
{
    (void)state;
    if (no_tmux()) {
        return;
    }
    show(80, "C.UTF-8", "ssi train tiny " TINY_NET " --epochs 3");
    assert_null(strstr(out, " left"));
    assert_null(strstr(out, "%"));
}

static void ctrl_c_at_the_terminal_saves_and_says_so(void **state)
{
    (void)state;
    if (no_tmux()) {
        return;
    }
    FILE *script = fopen("screen.sh", "w");
    assert_non_null(script);
    fputs("trap '' USR1; ssi train tiny --epochs 100000 --out c.safetensors; echo CODE $?; sleep 30\n", script);
    fclose(script);
    expect_exit(
        0, "export TMUX_TMPDIR=$PWD; tmux -u -L c -f /dev/null new-session -d -x 80 -y 30 'bash -m screen.sh || sh "
           "-i screen.sh'; "
           "await() { for i in $(seq 200); do tmux -L c capture-pane -p >$2; grep -q \"$1\" $2 && break; sleep 0.1; "
           "done; }; "
           "await ' left' moving; tmux -L c send-keys C-c; await 'CODE' screen; "
           "tmux -L c kill-server; cat screen");
    expect_text(out, "interrupted");
    expect_text(out, "saved c.safetensors");
    expect_text(out, "CODE 130");
    expect_exit(0, "grep -q ' left' moving");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(training_fits_every_screen),
        cmocka_unit_test(evaluation_fits_every_screen),
        cmocka_unit_test(a_summary_fits_every_screen),
        cmocka_unit_test(pictures_in_letters_fit_every_screen),
        cmocka_unit_test(the_progress_line_is_gone_when_training_ends),
        cmocka_unit_test(ctrl_c_at_the_terminal_saves_and_says_so),
    };
    return cmocka_run_group_tests(tests, enter_folder_with_data, leave_folder);
}
