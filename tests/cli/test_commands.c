/* The program around its commands: help, version, languages, mistakes, exit codes, streams. */
#include "program.h"

static const char *const commands[] = {"train", "eval", "predict", "summary", "data", "info", "bench"};
enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static void version_is_one_line_on_stdout(void **state)
{
    (void)state;
    expect_exit(0, "ssi --version");
    assert_memory_equal(out, "ssi ", 4);
    assert_ptr_equal(strchr(out, '\n'), out + strlen(out) - 1);
    assert_string_equal(err, "");
}

static void help_lists_every_command_in_both_languages(void **state)
{
    (void)state;
    expect_exit(0, "ssi --help");
    for (int i = 0; i < COMMANDS; i++) {
        expect_text(out, commands[i]);
    }
    expect_exit(0, "LANG=ko_KR.UTF-8 ssi --help");
    expect_text(out, "사용법");
    expect_exit(0, "ssi --lang ko --help");
    expect_text(out, "사용법");
    expect_exit(0, "LANG=ko_KR.UTF-8 LC_ALL=C ssi --help");
    expect_text(out, "Usage");
}

static void every_command_has_help_with_an_example_in_both_languages(void **state)
{
    (void)state;
    for (int i = 0; i < COMMANDS; i++) {
        expect_exit(0, "ssi %s --help", commands[i]);
        expect_text(out, "Usage: ssi ");
        expect_text(out, "Example");
        assert_string_equal(err, "");
        expect_exit(0, "LANG=ko_KR.UTF-8 ssi %s --help", commands[i]);
        expect_text(out, "사용법: ssi ");
        expect_text(out, "예");
    }
}

static void help_fits_80_columns(void **state)
{
    (void)state;
    for (int i = 0; i < 2 * COMMANDS; i++) {
        expect_exit(0, "ssi %s --lang %s --help", commands[i / 2], i % 2 ? "ko" : "en");
        for (char *line = strtok(out, "\n"); line != NULL; line = strtok(NULL, "\n")) {
            int width = 0;
            for (const char *s = line; *s != '\0'; s++) {
                width += ((unsigned char)*s & 0xC0) == 0x80 ? 0 : (unsigned char)*s >= 0xE0 ? 2 : 1;
            }
            if (width > 80) {
                fail_msg("%d columns: %s", width, line);
            }
        }
    }
}

static void no_command_is_wrong_use_and_shows_the_help_on_stderr(void **state)
{
    (void)state;
    expect_exit(2, "ssi");
    assert_string_equal(out, "");
    expect_text(err, "train");
}

static void an_unknown_command_is_answered_with_the_nearest(void **state)
{
    (void)state;
    expect_exit(2, "ssi trian");
    expect_text(err, "'trian'");
    expect_text(err, "'train'");
    assert_string_equal(out, "");
    expect_exit(2, "ssi summery");
    expect_text(err, "'summary'");
    expect_exit(2, "LANG=ko_KR.UTF-8 ssi trian");
    expect_text(err, "'train'");
    expect_text(err, "모르는 명령");
}

static void an_unknown_option_is_answered_with_the_nearest(void **state)
{
    (void)state;
    expect_exit(2, "ssi train mnist --epoch-s 3");
    expect_text(err, "--epoch-s");
    expect_text(err, "epochs");
    expect_exit(2, "ssi --versoin");
    expect_text(err, "--version");
    expect_exit(2, "ssi --lang fr --help");
    expect_exit(2, "ssi train --lang fr");
    expect_exit(2, "ssi train mnist --epochs");
    expect_text(err, "--epochs");
}

static void numbers_out_of_range_are_told_with_the_range(void **state)
{
    (void)state;
    static const char *const wrong[] = {"--epochs 0", "--epochs x",   "--epochs 3x", "--batch 0",
                                        "--batch -1", "--lr nan",     "--lr -1",     "--threads 999",
                                        "--seed x",   "--epochs 1e3", "--lr ''",     "--epochs 99999999999999999999"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        expect_exit(2, "ssi train mnist %s", wrong[i]);
        expect_text(err, "from");
    }
}

static void missing_and_superfluous_operands_are_wrong_use(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "train",       "train mnist extra", "eval",     "eval model", "predict", "predict model", "summary",
        "summary a b", "data frobnicate",   "data get", "data show",  "info x",  "bench x",       "bench --threads 0"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        expect_exit(2, "ssi %s", wrong[i]);
        assert_string_equal(out, "");
        assert_true(strlen(err) > 10);
    }
}

static void results_that_cannot_be_written_are_a_failure(void **state)
{
    (void)state;
    expect_exit(1, "ssi --help >/dev/full");
    expect_text(err, "No space left");
    expect_exit(1, "ssi summary 784-10 >/dev/full");
    expect_exit(1, "ssi info --json >&-");
}

static void a_reader_who_leaves_early_ends_it_quietly(void **state)
{
    (void)state;
    expect_exit(0, "ssi --help | head -c 1 >/dev/null");
    assert_string_equal(err, "");
    expect_exit(0, "(sleep 0.2; ssi --help; echo $? >code) | true; sleep 0.4; grep -qx 1 code");
    assert_string_equal(err, "");
}

static void bench_shows_the_limits_and_each_row_beside_them(void **state)
{
    (void)state;
    expect_exit(0, "ssi bench limits --threads 1 --json");
    expect_text(out, "\"group\":\"limits\"");
    expect_text(out, "\"threads\":1,");
    expect_text(out, "\"name\":\"memory\"");
    expect_exit(0, "ssi bench arrays --threads 1");
    expect_text(out, "limits of ");
    expect_text(out, " with 1 thread\n");
    expect_text(out, "a.sum()");
    assert_null(strstr(out, "products"));
    for (char *line = strtok(out, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        assert_true(strlen(line) <= 80);
    }
    expect_exit(0, "LANG=ko_KR.UTF-8 ssi bench limits");
    expect_text(out, "한계");
    expect_text(out, "읽기 메모리");
    expect_exit(2, "ssi bench everything");
    expect_text(err, "one of limits, products, arrays, train, predict");
    expect_exit(2, "ssi bench prodcts");
    expect_text(err, "'products'");
    assert_string_equal(out, "");
}

static void info_tells_version_threads_and_folders(void **state)
{
    (void)state;
    expect_exit(0, "ssi info");
    expect_text(out, "threads");
    expect_exit(0, "SSI_THREADS=3 ssi info --json");
    expect_text(out, "\"threads\":3");
    expect_text(out, "\"version\":\"");
    expect_text(out, "\"processor\":\"");
    expect_exit(0, "SSI_CPU=portable ssi info --json");
    expect_text(out, "\"processor\":\"portable\"");
}

static void of_an_unknown_instruction_set_is_said_which_there_are(void **state)
{
    (void)state;
    expect_exit(0, "SSI_CPU=portabel ssi bench limits --json");
    expect_text(err, "portabel");
    expect_text(err, "portable");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_is_one_line_on_stdout),
        cmocka_unit_test(help_lists_every_command_in_both_languages),
        cmocka_unit_test(every_command_has_help_with_an_example_in_both_languages),
        cmocka_unit_test(help_fits_80_columns),
        cmocka_unit_test(no_command_is_wrong_use_and_shows_the_help_on_stderr),
        cmocka_unit_test(an_unknown_command_is_answered_with_the_nearest),
        cmocka_unit_test(an_unknown_option_is_answered_with_the_nearest),
        cmocka_unit_test(numbers_out_of_range_are_told_with_the_range),
        cmocka_unit_test(missing_and_superfluous_operands_are_wrong_use),
        cmocka_unit_test(results_that_cannot_be_written_are_a_failure),
        cmocka_unit_test(a_reader_who_leaves_early_ends_it_quietly),
        cmocka_unit_test(bench_shows_the_limits_and_each_row_beside_them),
        cmocka_unit_test(info_tells_version_threads_and_folders),
        cmocka_unit_test(of_an_unknown_instruction_set_is_said_which_there_are),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
