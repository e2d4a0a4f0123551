/* What each kind of test asks for, and what the learner is told when it is not there. */
#include "course.h"

#define LESSONS SSI_TESTS "/course/lessons/"

/* The solution of a lesson with one text in place of another, as a file. */
static void write_changed(const char *lesson, const char *from, const char *to)
{
    static char source[1 << 16], changed[1 << 16];
    char path[PATH_MAX];
    snprintf(path, sizeof(path), LESSONS "%s/solution.c", lesson);
    slurp(path, source, sizeof(source));
    char *at = strstr(source, from);
    assert_non_null(at);
    snprintf(changed, sizeof(changed), "%.*s%s%s", (int)(at - source), source, to, at + strlen(from));
    write_file("changed.c", changed);
}

static void expect_verdict(const char *lesson, const char *from, const char *to, const char *failed,
                           const char *message)
{
    write_changed(lesson, from, to);
    json_t *said = check_with("", atoi(lesson), "changed.c");
    if (strcmp(said_text(said, "failed"), failed) != 0 || strstr(said_text(said, "message"), message) == NULL) {
        fail_msg("%s: '%s' in test '%s' expected of '%s', but: %s", lesson, message, failed, to, out);
    }
    json_decref(said);
}

static void expect_passes(const char *lesson, const char *from, const char *to)
{
    write_changed(lesson, from, to);
    json_t *said = check_with("", atoi(lesson), "changed.c");
    if (!json_is_true(json_object_get(said, "passed"))) {
        fail_msg("%s should pass with '%s': %s", lesson, to, out);
    }
    json_decref(said);
}

static void a_table_tells_its_row(void **state)
{
    (void)state;
    write_changed("02-functions", "return 2 * x;", "return x > 500 ? -2 * x : 2 * x;");
    expect_exit(1, "ssi check 2 --lessons $LESSONS --file changed.c");
    expect_text(out, "✗ twice");
    expect_text(out, " of 4");
    expect_text(out, "expected  twice(");
    expect_text(out, "got       twice(");
    expect_text(out, "Only the sign differs.");
    expect_text(out, "The sign.");
    assert_null(strstr(out, "\033")); /* plain lines where there is no terminal */
    expect_verdict("02-functions", "return 2 * x;", "return 4;", "table", "");
}

static void values_may_differ_by_the_tolerance(void **state)
{
    (void)state;
    expect_passes("02-functions", "return x / 2;", "return x / 2 + 0.009;");
    expect_verdict("02-functions", "return x / 2;", "return x / 2 + 0.02;", "value", "");
    expect_passes("02-functions", "return x / 2;", "return x / 2 * 1.009;");
    expect_verdict("02-functions", "return x / 2;", "return x < 10 ? x / 2 : x / 2 * 1.02;", "relative", "");
    expect_verdict("02-functions", "return x / 2;", "return x / 0.0 - x / 0.0;", "value",
                   ""); /* NaN is near to nothing */
}

static void a_property_says_what_should_hold(void **state)
{
    (void)state;
    expect_verdict("02-functions", "return 2 * x;", "return x == 3 ? 7 : 2 * x;", "property", "twice is even");
}

static void sources_are_held_to_what_they_may_use(void **state)
{
    (void)state;
    expect_verdict("02-functions", "return 2 * x;", "return x + x;", "source", "Line 7 of start.c");
    expect_passes("02-functions", "return 2 * x;", "return 2 * x; /* not x + x */ // nor x + x");
    write_changed("02-functions", "return 2 * x;", "return x + x;");
    expect_exit(1, "ssi check 2 --lessons $LESSONS --file changed.c");
    expect_text(out, "You added.");
}

static void a_test_that_reveals_nothing_tells_the_line_only(void **state)
{
    (void)state;
    expect_verdict("02-functions", "return x % 2 != 0;", "return x % 2 == 1;", "secret", "");
    expect_exit(1, "ssi check 2 --lessons $LESSONS --file changed.c");
    expect_text(out, "2 of 2");
    assert_null(strstr(out, "expected"));
    assert_null(strstr(out, "sign")); /* that only the sign differs would tell what is expected */
}

static void printing_by_hand_does_not_pass(void **state)
{
    (void)state;
    expect_verdict("02-functions", "return 2 * x;", "return x == 1 ? 2 : x == 2 ? 4 : 6;", "table", "");
}

static void words_and_input_reach_the_program(void **state)
{
    (void)state;
    expect_passes("03-words", "Sum: %d\\n", "Sum: %d   \\n\\n\\n"); /* spaces at ends do not count */
    expect_verdict("03-words", "Sum: %d", "sum: %d", "words", "capital and small");
    expect_verdict("03-words", "Sum: %d", "Sum:%d", "words", "Only the spaces");
    expect_verdict("03-words", "i < argc", "i < argc - 1", "words", "");
    expect_verdict("03-words", "a + b);\n", "a + b);\n        puts(\"more\");\n", "words", "too many");
    expect_verdict("03-words", "printf(\"Sum: %d\\n\", a + b);", "", "words", "end too soon");
}

static void a_zero_may_have_a_sign(void **state)
{
    (void)state;
    static const char *const print = "printf(\"Sum: %d\\n\", a + b)";
    expect_exit(0, "mkdir zero && cp -r $LESSONS/03-words zero");
    write_changed("03-words", print, "printf(\"zero: %4.1f\\n\", 0.0)");
    expect_exit(0, "mv changed.c zero/03-words/solution.c");
    write_changed("03-words", print, "printf(\"zero: %4.1f\\n\", -0.0)");
    expect_exit(0, "ssi check 3 --lessons zero --file changed.c");
    write_changed("03-words", print, "printf(\"zero: %4.1f\\n\", -0.1)");
    expect_exit(1, "ssi check 3 --lessons zero --file changed.c");
}

static void what_crashes_is_told_no_hint_about_answers(void **state)
{
    (void)state;
    write_changed("02-functions", "return 2 * x;", "return *(volatile int *)0 + x;");
    expect_exit(1, "ssi check 2 --lessons $LESSONS --file changed.c");
    expect_text(out, "The program crashed");
    assert_null(strstr(out, "Look at the table."));
    write_changed("02-functions", "return 2 * x;", "return 7;");
    expect_exit(1, "ssi check 2 --lessons $LESSONS --file changed.c");
    expect_text(out, "Look at the table.");
}

static void numbers_in_lines_may_differ_by_the_tolerance(void **state)
{
    (void)state;
    expect_passes("03-words", "0.50 of", "0.54 of");
    expect_verdict("03-words", "0.50 of", "0.56 of", "near", "");
    expect_verdict("03-words", "0.50 of", "0.50 or", "near", "");
    expect_verdict("03-words", "return 0;", "return 3;", "near", "code 3");
}

static void a_picture_tells_what_is_off(void **state)
{
    (void)state;
    if (!has_library()) {
        return;
    }
    expect_passes("04-picture", "ssi_sin(x)", "ssi_add(ssi_sin(x), 0.001)");
    expect_verdict("04-picture", "ssi_sin(x)", "ssi_neg(ssi_sin(x))", "picture", "Series 1, point 2");
    expect_verdict("04-picture", "ssi_plot_line(axes, x, ssi_cos(x), .label = \"cos\");", "", "picture",
                   "shows 1 series");
    expect_verdict("04-picture", "0, 6, 7", "0, 6, 6", "picture", "");
    expect_verdict("04-picture", ".title = \"sine\"", ".title = \"sinus\"", "picture", "title or label differs");
    expect_verdict("04-picture", ", .label = \"cos\"", "", "picture", "");
    expect_verdict("04-picture", "if (argc > 1) {", "if (argc > 100) {", "picture", "saved no picture");
}

static void a_refusal_must_be_about_the_right_line(void **state)
{
    (void)state;
    expect_passes("05-refused", "days = 8;", "days += 1;");
    expect_verdict("05-refused", "days = 8;", "", "refused", "accepts start.c");
    expect_verdict("05-refused", "days = 8;", "int x = ;", "refused", "not because of");
    expect_verdict("05-refused", "days - 7", "0", "",
                   ""); /* passes: the words are there twice, and one of them is refused */
    if (has_command("tcc")) {
        expect_exit(0, "CC=tcc ssi check 5 --lessons $LESSONS --file " LESSONS "05-refused/start.c");
        expect_text(out, "tcc cannot");
    }
}

static void hints_are_tried_in_order(void **state)
{
    (void)state;
    write_changed("02-functions", "return 2 * x;", "return -2 * x;");
    json_t *said = check_with("", 2, "changed.c");
    assert_string_equal(said_text(said, "hint"), "sign");
    json_decref(said);
    write_changed("02-functions", "return 2 * x;", "return 3 * x;");
    said = check_with("", 2, "changed.c");
    assert_string_equal(said_text(said, "hint"), "table");
    json_decref(said);
    write_changed("02-functions", "return 2 * x;",
                  "for (;;) {\n}"); /* why it was stopped is told; the table is not the matter */
    said = check_with("", 2, "changed.c");
    assert_true(json_is_null(json_object_get(said, "hint")));
    json_decref(said);
}

static void wrong_use_is_told(void **state)
{
    (void)state;
    expect_exit(1, "ssi check 77 --lessons $LESSONS");
    expect_text(err, "there is no lesson 77");
    expect_exit(2, "ssi check seven --lessons $LESSONS");
    expect_exit(1, "ssi check 2 --lessons $LESSONS --file nowhere.c");
    expect_text(err, "nowhere.c");
    expect_exit(1, "ssi check 2 --lessons $LESSONS --file .");
    expect_exit(1, "mkfifo -m 600 pipe; ssi check 2 --lessons $LESSONS --file pipe");
    expect_exit(1, "ssi check 2 --lessons nowhere --file changed.c");
    expect_text(err, "nowhere");
    expect_exit(1, "mkdir -p bad/07-bad && echo '{\"tests\": [{\"id\": 1}]}' >bad/07-bad/check.json && ssi check 7 "
                   "--lessons bad --file changed.c");
    expect_text(err, "check.json");
    expect_exit(1, "echo '{' >bad/07-bad/check.json; ssi check 7 --lessons bad --file changed.c");
    expect_text(err, "check.json:");
    expect_exit(1, "head -c 3000000 /dev/zero >big.c; ssi check 2 --lessons $LESSONS --file big.c");
    expect_text(err, "big.c");
    expect_exit(1, "head -c 3000 /dev/urandom >noise.c; ssi check 1 --lessons $LESSONS --file noise.c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_tells_its_row),
        cmocka_unit_test(values_may_differ_by_the_tolerance),
        cmocka_unit_test(a_property_says_what_should_hold),
        cmocka_unit_test(sources_are_held_to_what_they_may_use),
        cmocka_unit_test(a_test_that_reveals_nothing_tells_the_line_only),
        cmocka_unit_test(printing_by_hand_does_not_pass),
        cmocka_unit_test(words_and_input_reach_the_program),
        cmocka_unit_test(a_zero_may_have_a_sign),
        cmocka_unit_test(what_crashes_is_told_no_hint_about_answers),
        cmocka_unit_test(numbers_in_lines_may_differ_by_the_tolerance),
        cmocka_unit_test(a_picture_tells_what_is_off),
        cmocka_unit_test(a_refusal_must_be_about_the_right_line),
        cmocka_unit_test(hints_are_tried_in_order),
        cmocka_unit_test(wrong_use_is_told),
    };
    return cmocka_run_group_tests(tests, enter_course, leave_folder);
}
