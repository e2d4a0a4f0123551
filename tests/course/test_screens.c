/*
 * A learner's way through lesson 25 at a real terminal (tmux) of 40, 80 and 120 columns, in both languages: the map, the text, a wrong answer, hints, the
 * solution, the right answer. What stands on the screens is kept in tests/course/screens; SSI_KEEP_SCREENS=1 keeps it anew, when lessons have changed.
 */
#include "course.h"

static const char *const way = "cd $HERE\n"
                               "ssi learn\n"
                               "PAGER=cat ssi learn 25\n"
                               "cp " SSI_TESTS "/../lessons/25-and/wrong/or-gate.c lessons/25-and/start.c\n"
                               "ssi check\n"
                               "ssi hint\n"
                               "ssi hint\n"
                               "echo 'int main(void) { return x; }' >lessons/25-and/start.c\n"
                               "ssi check 25\n"
                               "ssi solution >lessons/25-and/start.c\n"
                               "ssi run\n"
                               "ssi check\n"
                               "ssi hint 77\n";

static bool no_tmux(void)
{
    if (run("command -v tmux") != 0 ||
        run("export TMUX_TMPDIR=$PWD; tmux -L probe -f /dev/null new-session -d true") != 0) {
        print_message("not tried: tmux is not installed, or finds no terminal here\n");
        return true;
    }
    if (!has_library()) {
        return true;
    }
    return false;
}

/* What stands on a screen of so many columns after the way, in `out`. */
static void walk(int width, const char *locale)
{
    static int shown;
    FILE *script = fopen("screen.sh", "w");
    assert_non_null(script);
    fprintf(script, "export LANG=%s CC=gcc\n%secho THE-END\nsleep 30\n", locale, way);
    fclose(script);
    expect_exit(0,
                "rm -rf lessons data; export TMUX_TMPDIR=$PWD; TMUX_='tmux -u -L w%d -f /dev/null'; "
                "$TMUX_ new-session -d -x %d -y 60 'sh screen.sh 2>&1'; "
                "for i in $(seq 600); do $TMUX_ capture-pane -p -J -S - >screen 2>/dev/null; "
                "grep -q THE-END screen && break; sleep 0.1; done; "
                "$TMUX_ kill-server; grep -q THE-END screen && sed 's/[ ]*$//;/THE-END/,$d' screen",
                shown++, width);
}

/* Columns of a line: Hangul takes two, all else of these screens one. */
static int columns_of(const char *line)
{
    int width = 0;
    for (const unsigned char *s = (const unsigned char *)line; *s != '\0'; s++) {
        bool wide = (s[0] >= 0xEA && s[0] <= 0xED) || (s[0] == 0xE3 && s[1] >= 0x80) || (s[0] >= 0xE4 && s[0] <= 0xE9);
        width += (*s & 0xC0) == 0x80 ? 0 : wide ? 2 : 1;
    }
    return width;
}

static void assert_fits(int width)
{
    static char copy[sizeof(out)];
    strcpy(copy, out);
    for (char *line = strtok(copy, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        if (columns_of(line) > width) {
            fail_msg("%d columns on a screen of %d: '%s'", columns_of(line), width, line);
        }
    }
}

/* The screen is the one that was kept, or is kept now. */
static void hold_to_kept(int width, const char *language)
{
    static char kept[sizeof(out)];
    char path[PATH_MAX];
    snprintf(path, sizeof(path), SSI_TESTS "/course/screens/25.%s.%d.txt", language, width);
    if (getenv("SSI_KEEP_SCREENS") != NULL) {
        write_file(path, out);
        return;
    }
    slurp(path, kept, sizeof(kept));
    if (strcmp(kept, out) != 0) {
        write_file("seen", out);
        snprintf(kept, sizeof(kept), "diff %s seen", path);
        run("%s", kept);
        fail_msg(
            "the screen is not the kept one (if lessons have changed, run this test once with SSI_KEEP_SCREENS=1):\n%s",
            out);
    }
}

static void walk_everywhere(const char *locale, const char *language)
{
    static const int widths[] = {40, 80, 120};
    if (no_tmux()) {
        return;
    }
    for (int i = 0; i < 3; i++) {
        walk(widths[i], locale);
        assert_fits(widths[i]);
        hold_to_kept(widths[i], language);
    }
}

static void the_way_through_a_lesson_fits_every_screen_in_english(void **state)
{
    (void)state;
    walk_everywhere("C.UTF-8", "en");
}

static void the_way_through_a_lesson_fits_every_screen_in_korean(void **state)
{
    (void)state;
    walk_everywhere("ko_KR.UTF-8", "ko");
}

/* What stands on the first page, after it could be left by q. */
static void page_through(const char *locale, const char *prompt)
{
    FILE *script = fopen("page.sh", "w");
    assert_non_null(script);
    fprintf(script, "export LANG=%s TERM=screen-256color; unset PAGER; ssi learn 25; echo LEFT-$?; sleep 30\n", locale);
    fclose(script);
    expect_exit(
        0,
        "export TMUX_TMPDIR=$PWD; T='tmux -u -L page -f /dev/null'; $T new-session -d -x 80 -y 24 'sh page.sh'; "
        "await() { for i in $(seq 200); do $T capture-pane -p >page; grep -q \"$1\" page && break; sleep 0.1; done; }; "
        "await '%s'; cp page first; $T send-keys q; await LEFT-0; $T kill-server; grep -q LEFT-0 page && cat first",
        prompt);
    expect_text(out, prompt);
}

static void a_long_text_is_paged_and_can_be_left_in_both_languages(void **state)
{
    (void)state;
    if (no_tmux() || !has_command("less")) {
        return;
    }
    page_through("C.UTF-8", "space: on, b: back, q: done");
    expect_text(out, "25. AND: the first gate");
    page_through("ko_KR.UTF-8", "스페이스: 다음, b: 이전, q: 마침");
    expect_text(out, "25. AND: 첫 번째 게이트");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_way_through_a_lesson_fits_every_screen_in_english),
        cmocka_unit_test(the_way_through_a_lesson_fits_every_screen_in_korean),
        cmocka_unit_test(a_long_text_is_paged_and_can_be_left_in_both_languages),
    };
    return cmocka_run_group_tests(tests, enter_course, leave_folder);
}
