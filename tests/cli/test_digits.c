/* Digits that are no MNIST: anywhere on large canvases, and drawn with a pen (tools/canvas.sh, tools/strokes.sh). */
#include "program.h"

static int enter_folder_with_model(void **state)
{
    return enter_folder(state) != 0 || run("ssi train mnist --epochs 2 --out m.safetensors") != 0 ? -1 : 0;
}

static void digits_anywhere_on_a_canvas_are_read_as_well_as_mnist(void **state)
{
    (void)state;
    expect_exit(0, "%s/../tools/canvas.sh m.safetensors \"$(command -v ssi)\"", SSI_TESTS);
    print_message("%s", out);
}

static void digits_drawn_with_a_pen_are_read(void **state)
{
    (void)state;
    expect_exit(0, "%s/../tools/strokes.sh m.safetensors \"$(command -v ssi)\"", SSI_TESTS);
    print_message("%s", out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_anywhere_on_a_canvas_are_read_as_well_as_mnist),
        cmocka_unit_test(digits_drawn_with_a_pen_are_read),
    };
    return cmocka_run_group_tests(tests, enter_folder_with_model, leave_folder);
}
