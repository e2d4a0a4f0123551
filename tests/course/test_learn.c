/* A learner's way: the map, a lesson, hints, the solution, checking on every save, progress that lasts; and an exam, in which there are no hints. */
#include "course.h"

#include <sys/types.h>

static bool has_text(const char *path, const char *text)
{
    static char kept[1 << 16];
    slurp(path, kept, sizeof(kept));
    return strstr(kept, text) != NULL;
}

static void the_map_lists_the_lessons_with_progress(void **state)
{
    (void)state;
    expect_exit(0, "ssi learn");
    expect_text(out, "25 AND");
    expect_text(out, "lessons done");
    expect_exit(0, "LANG=ko_KR.UTF-8 ssi learn");
    expect_text(out, "논리 게이트");
    expect_exit(0, "ssi learn --json | grep -c '\"passed\":false'");
}

static void a_lesson_is_shown_and_its_file_is_put_ready(void **state)
{
    (void)state;
    expect_exit(0, "ssi learn 25");
    expect_text(out, "25. AND: the first gate");
    expect_text(out, "lessons/25-and/start.c");
    assert_null(strstr(out, "\033"));
    expect_exit(0, "cmp lessons/25-and/start.c " SSI_TESTS "/../lessons/25-and/start.c");
    expect_exit(0, "LANG=ko_KR.UTF-8 ssi learn 25");
    expect_text(out, "25. AND: 첫 번째 게이트");
}

static void every_kind_of_block_has_its_form(void **state)
{
    (void)state;
    expect_exit(0, "ssi learn 2 --lessons $LESSONS");
    expect_text(out, "02. Functions: a lesson for tests\n═════════════════════════════════\n");
    expect_text(out, "  • a strong word, an emphasized one, some code, and a link\n");
    expect_text(out, "    • an item within\n");
    expect_text(out, "  2. second\n");
    expect_text(out, "  ┃ Quoted words.\n");
    expect_text(out, "With w₁ = w₂ = 0.5 the sum is b + w₁x₁ + w₂x₂ > 0, the slope (f(x + h) − f(x))/h");
    expect_text(out,
                "\n           ⎧ 1   x > 0\n    σ(x) = ⎨\n           ⎩ 0   x ≤ 0\n"); /* high where it stands alone */
    expect_text(out, "  b    │ the bias");
    expect_text(out, "  │ x1 x2 | y\n  │  0  0 | 0\n");
    expect_text(out, "  Picture: A picture that nobody drew\n");
    expect_text(out, "a = b + wx    y = h(a)\n");
}

static void lines_are_broken_between_words(void **state)
{
    (void)state;
    expect_exit(0, "COLUMNS=60 ssi learn 2 --lessons $LESSONS");
    expect_text(out, "  backpropagation │");
    expect_text(out, "  │ int twice(int x); // a line of code that is so long\n  │ that it does");
}

static void what_the_learner_wrote_is_never_overwritten(void **state)
{
    (void)state;
    write_file("lessons/25-and/start.c", "my own work\n");
    expect_exit(0, "ssi learn 25");
    assert_true(has_text("lessons/25-and/start.c", "my own work"));
    expect_exit(
        0,
        "rm lessons/25-and/start.c && ln -s nowhere lessons/25-and/start.c && ssi learn 25"); /* not even a link that leads nowhere */
    expect_exit(0, "test -L lessons/25-and/start.c && test ! -e lessons/25-and/nowhere && rm lessons/25-and/start.c");
    expect_exit(0, "ssi learn 25");
}

static void a_file_that_did_not_fit_on_the_disk_is_not_left_behind(void **state)
{
    (void)state;
    expect_exit(0, "rm -r lessons/25-and; " /* no file may have a byte */
                   "(trap '' XFSZ; ulimit -f 0; ssi learn 25) 2>&1 | grep 'start.c: File too large'");
    expect_exit(0, "test ! -e lessons/25-and/start.c && ssi learn 25 && test -s lessons/25-and/start.c");
}

static void pictures_of_a_lesson_are_drawn_in_characters(void **state)
{
    (void)state;
    if (!has_library()) {
        return;
    }
    expect_exit(0, "ssi learn 25");
    expect_text(out, "Picture: ");
    expect_text(out, "┤"); /* an axis */
}

static void the_lesson_opened_last_is_the_current_one(void **state)
{
    (void)state;
    expect_exit(1, "ssi check");
    expect_text(out, "25. AND");
    expect_exit(0, "ssi learn 13");
    expect_exit(1, "ssi check");
    expect_text(out, "13. ");
    expect_exit(1, "cd lessons/25-and && ssi check"); /* where one stands counts more */
    expect_text(out, "25. AND");
}

static void hints_come_step_by_step(void **state)
{
    (void)state;
    expect_exit(0, "ssi hint 25");
    expect_text(out, "1/3");
    assert_null(strstr(out, "2/3"));
    expect_exit(0, "LANG=ko_KR.UTF-8 ssi hint 25");
    expect_text(out, "2/3 w1과");
    expect_exit(0, "ssi hint 25");
    expect_exit(0, "ssi hint 25");
    expect_text(out, "3/3");
    expect_text(out, "ssi solution 25");
}

static void the_solution_comes_after_two_tries_or_when_asked_twice(void **state)
{
    (void)state;
    expect_exit(0, "ssi learn 14 >/dev/null");
    expect_exit(1, "ssi solution 14");
    expect_text(err, "try it first");
    assert_string_equal(out, "");
    expect_exit(0, "ssi solution 14"); /* asked twice */
    expect_text(out, "int main");
    expect_exit(0, "ssi learn 15 >/dev/null");
    run("ssi check 15");
    run("ssi check 15");
    expect_exit(0, "ssi solution 15 | cmp - " SSI_TESTS "/../lessons/15-functions/solution.c"); /* tried twice */
}

static void what_passes_is_marked(void **state)
{
    (void)state;
    expect_exit(0, "cp " SSI_TESTS "/../lessons/25-and/solution.c lessons/25-and/start.c && ssi check 25");
    expect_text(out, "All right!");
    expect_exit(0, "ssi learn");
    expect_text(out, "✓ 25 AND");
    expect_text(out, "1 of ");
    expect_exit(1, "ssi check --all");
    expect_text(out, "✓ 25. AND");
    expect_text(out, "✗ 13. ");
}

static void progress_survives_what_it_does_not_know_and_damage(void **state)
{
    (void)state;
    expect_exit(0, "sed -i 's/\"version\": 1/\"version\": 9, \"later\": [1, 2]/' data/ssi/progress.json && ssi hint 25 "
                   "&& grep -q later data/ssi/progress.json");
    expect_exit(0, "ssi learn && grep -q '\"version\": 9' data/ssi/progress.json");
    expect_exit(0, "head -c 20 data/ssi/progress.json >cut && cp cut data/ssi/progress.json && ssi learn 25");
    expect_text(err, "progress could not be read");
    expect_exit(0, "cat data/ssi/progress.json.damaged-* | cmp - cut"); /* nothing of it is lost */
    expect_exit(0, "ssi learn");
    expect_text(out, "here");
}

static void progress_that_cannot_be_saved_is_told(void **state)
{
    (void)state;
    write_file("plain", "");
    expect_exit(1, "ssi learn 25 >/dev/null; XDG_DATA_HOME=$PWD/plain ssi check 13");
    expect_text(err, "progress could not be saved");
    expect_exit(1, "SSI_LEARN=$PWD/plain/x ssi learn 25");
    expect_text(err, "plain/x");
    expect_text(out, "25. AND");                    /* the text can be read all the same */
    expect_exit(1, "TMPDIR=/nowhere ssi check 13"); /* then /tmp it is */
    expect_text(out, "13. ");
}

static void watching_checks_again_on_every_save(void **state)
{
    (void)state;
    expect_exit(0,
                "ssi learn 25 >/dev/null; cp " SSI_TESTS "/../lessons/25-and/wrong/or-gate.c lessons/25-and/start.c\n"
                "ssi watch 25 >watched & W=$!\n"
                "for i in $(seq 200); do grep -q Watching watched && break; sleep 0.1; done\n"
                "cp " SSI_TESTS
                "/../lessons/25-and/solution.c new.c && mv new.c lessons/25-and/start.c\n" /* as editors do */
                "for i in $(seq 200); do grep -q 'All right' watched && break; sleep 0.1; done\n"
                "kill $W; cat watched");
    expect_text(out, "One input is enough to fire it");
    expect_text(out, "All right!");
}

static void an_exam_has_no_hints_and_no_solutions(void **state)
{
    (void)state;
    expect_exit(1, "SSI_EXAM=1 ssi hint 25");
    expect_text(err, "exam");
    expect_exit(1, "SSI_EXAM=1 ssi solution 25");
    expect_exit(1, "SSI_EXAM=1 ssi check 25 --file " SSI_TESTS "/../lessons/25-and/wrong/or-gate.c");
    assert_null(strstr(out, "One input is enough"));
    assert_null(strstr(out, "ssi hint"));
    assert_null(strstr(out, "expected"));
    /* each student has values of his or her own */
    expect_exit(1, "ssi check 2 --exam --student ann --lessons $LESSONS --file $LESSONS/02-functions/start.c >ann; "
                   "ssi check 2 --exam --student ben --lessons $LESSONS --file $LESSONS/02-functions/start.c >ben; cmp "
                   "-s ann ben");
    expect_exit(0,
                "ssi check 2 --exam --student ann --lessons $LESSONS --file $LESSONS/02-functions/start.c | cmp - ann");
}

static void a_program_is_run_as_it_is(void **state)
{
    (void)state;
    write_file("talk.c",
               "#include <stdio.h>\nint main(int argc, char **argv)\n{\nint n = 0;\nif (scanf(\"%d\", &n) == 1) "
               "printf(\"%s %d\\n\", argv[argc - 1], 2 * n);\n"
               "FILE *f = fopen(\"made.txt\", \"w\");\nif (f) { fputs(\"made\", f); fclose(f); }\nreturn 0;\n}\n");
    expect_exit(0, "echo 21 | ssi run --file talk.c 25 -x twice");
    assert_string_equal(out, "twice 42\n");
    assert_true(has_text("made.txt", "made"));
    write_file("made.txt", "mine");
    expect_exit(0, "echo 21 | ssi run --file talk.c 25"); /* what was there stays */
    assert_true(has_text("made.txt", "mine"));
    write_file("crash.c", "#include <stdio.h>\nint main(void)\n{\nint *p = 0;\nprintf(\"half a line\");\n"
                          "fflush(stdout);\nreturn *p;\n}\n");
    expect_exit(1, "ssi run --file crash.c 25");
    expect_text(out, "half a line\n    The program crashed");
    write_file("sleep.c", "#include <unistd.h>\nint main(void) { sleep(100); return 0; }\n");
    expect_exit(
        130,
        "mkdir scratch; TMPDIR=$PWD/scratch timeout --preserve-status -s INT 2 ssi run --file sleep.c 25"); /* Ctrl-C */
    expect_exit(0, "rmdir scratch"); /* nothing is left behind */
    write_file("bad.c", "int main(void) { return x; }\n");
    expect_exit(1, "ssi run --file bad.c 25");
    expect_text(out, "'x' has not been declared");
}

static void unknown_lessons_and_files_are_told(void **state)
{
    (void)state;
    expect_exit(1, "ssi learn 77");
    expect_text(err, "there is no lesson 77");
    expect_exit(2, "ssi learn and");
    expect_exit(2, "ssi check mine.c");
    expect_text(err, "--file FILE");
    expect_exit(1, "rm -rf lessons; ssi check 25");
    expect_text(err, "`ssi learn 25` puts it there");
    expect_exit(1, "ssi watch 25");
    expect_exit(1, "ssi check --all");
    expect_exit(1, "ssi learn 25 >/dev/null; : >lessons/25-and/start.c; ssi check 25");
    expect_text(err, "is empty");
    expect_text(err, "`ssi learn 25`");
    expect_exit(1, "ssi run 25");
    expect_text(err, "is empty");
    expect_exit(2, "rm -rf data; ssi hint");
    expect_text(err, "which lesson?");
    expect_exit(2, "ssi hint 1 2");
}

static void a_class_that_is_not_there_is_told(void **state)
{
    (void)state;
    expect_exit(1, "ssi check --all nowhere");
    expect_text(err, "nowhere");
    expect_exit(1, "mkdir -p empty && ssi check --all empty");
    expect_text(err, "no folders of students");
    expect_exit(0,
                "mkdir -p class/ann/99 class/ann/02 class/ben/2 && echo 'int main(void) { return 0; }' "
                ">class/ann/99/start.c && "
                "ln -s /etc/passwd class/ann/02/start.c && cp $LESSONS/02-functions/solution.c class/ben/2/start.c && "
                "ssi check --all class --lessons $LESSONS");
    expect_text(err, "there is no lesson 99");
    expect_text(err, "no plain file"); /* a link to somewhere else is nobody's work */
    assert_string_equal(out, "student,02,passed\nann,,0\nben,passed,1\n");
    expect_exit(1, "ssi check --all class --lessons $LESSONS --csv /nowhere/marks.csv");
    expect_exit(2, "ssi check --all class --jobs 0");
    expect_exit(0, "mkdir -p slow/ann/01 && printf 'int main(void) { for (;;) { } }' >slow/ann/01/start.c && cp -r "
                   "slow/ann slow/ben && cp -r slow/ann slow/eve");
    expect_exit(130, "mkdir scratch; TMPDIR=$PWD/scratch timeout --preserve-status -s INT 2 ssi check --all slow "
                     "--jobs 1 --lessons $LESSONS"); /* Ctrl-C */
    expect_exit(0, "rmdir scratch");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_map_lists_the_lessons_with_progress),
        cmocka_unit_test(a_lesson_is_shown_and_its_file_is_put_ready),
        cmocka_unit_test(every_kind_of_block_has_its_form),
        cmocka_unit_test(lines_are_broken_between_words),
        cmocka_unit_test(what_the_learner_wrote_is_never_overwritten),
        cmocka_unit_test(a_file_that_did_not_fit_on_the_disk_is_not_left_behind),
        cmocka_unit_test(pictures_of_a_lesson_are_drawn_in_characters),
        cmocka_unit_test(the_lesson_opened_last_is_the_current_one),
        cmocka_unit_test(hints_come_step_by_step),
        cmocka_unit_test(the_solution_comes_after_two_tries_or_when_asked_twice),
        cmocka_unit_test(what_passes_is_marked),
        cmocka_unit_test(progress_survives_what_it_does_not_know_and_damage),
        cmocka_unit_test(progress_that_cannot_be_saved_is_told),
        cmocka_unit_test(watching_checks_again_on_every_save),
        cmocka_unit_test(an_exam_has_no_hints_and_no_solutions),
        cmocka_unit_test(a_program_is_run_as_it_is),
        cmocka_unit_test(unknown_lessons_and_files_are_told),
        cmocka_unit_test(a_class_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, enter_course, leave_folder);
}
