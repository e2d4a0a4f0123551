/* Data sets through the program. */
#include "tiny.h"

static void the_list_tells_names_sizes_and_places(void **state)
{
    (void)state;
    expect_exit(0, "ssi data");
    expect_text(out, "mnist\n");
    expect_text(out, "60,000");
    expect_exit(0, "ssi data list --json");
    expect_text(out, "\"name\":\"mnist\"");
    expect_text(out, "\"train\":60000");
    expect_exit(0, "ssi data list | grep -q fashion-mnist");
}

static void an_example_is_shown_in_letters_with_its_label(void **state)
{
    (void)state;
    expect_exit(0, "ssi data show mnist --index 0");
    expect_text(out, "label 7");
    expect_text(out, "@@@@");
    expect_exit(0, "ssi data show mnist --index 0 --json");
    expect_text(out, "\"label\":7");
    expect_exit(0, "LANG=ko_KR.UTF-8 ssi data show tiny --index 3");
    expect_text(out, "정답 3");
}

static void an_example_becomes_a_picture_or_bare_pixels(void **state)
{
    (void)state;
    expect_exit(0, "ssi data show tiny --index 3 --plot three.svg --out three.png");
    expect_exit(0, "grep -q '<svg' three.svg && head -c 8 three.png | grep -q PNG");
    expect_exit(0, "ssi data show tiny --count 25 --plot many.png && head -c 8 many.png | grep -q PNG");
}

static void an_index_outside_the_data_is_told_with_the_range(void **state)
{
    (void)state;
    expect_exit(1, "ssi data show tiny --index 200");
    expect_text(err, "199");
    expect_exit(1, "ssi data show tiny --index 190 --count 11");
    expect_exit(2, "ssi data show tiny --index -1");
    expect_exit(0, "ssi data show tiny --index 199");
}

static void an_unknown_data_set_is_answered_with_the_nearest(void **state)
{
    (void)state;
    expect_exit(1, "ssi data show minst");
    expect_text(err, "mnist");
    expect_exit(1, "ssi data get fashion-mnits");
    expect_text(err, "fashion-mnist");
    expect_exit(2, "ssi data lits");
    expect_text(err, "'list'");
}

static void what_is_here_is_not_fetched(void **state)
{
    (void)state;
    expect_exit(0, "ssi data get mnist");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_tells_names_sizes_and_places),
        cmocka_unit_test(an_example_is_shown_in_letters_with_its_label),
        cmocka_unit_test(an_example_becomes_a_picture_or_bare_pixels),
        cmocka_unit_test(an_index_outside_the_data_is_told_with_the_range),
        cmocka_unit_test(an_unknown_data_set_is_answered_with_the_nearest),
        cmocka_unit_test(what_is_here_is_not_fetched),
    };
    return cmocka_run_group_tests(tests, enter_folder_with_data, leave_folder);
}
