/* test_spec.c - networks as short texts, both ways, and what is said of a wrong one. */
#include "nn/numbers.h"

static void check(const char *spec, const char *canonical)
{
    char text[512];
    ssi_model *net = ssi_model_from_spec(spec);
    ssi_report();
    assert_non_null(net);
    assert_int_equal(ssi_model_spec(net, text, sizeof text), strlen(canonical));
    assert_string_equal(text, canonical);
    ssi_model *again = ssi_model_from_spec(text); /* what is written can be read */
    assert_non_null(again);
    ssi_model_spec(again, text, sizeof text);
    assert_string_equal(text, canonical);
    ssi_model_free(net);
    ssi_model_free(again);
}

static void chains_and_lists_are_read(void **state)
{
    (void)state;
    check("5-7-4", "5, dense 7 relu, dense 4");
    check(" 784 - 10 ", "784, dense 10");
    check("flatten, dense 256 relu, dropout 0.2, dense 10", "flatten, dense 256 relu, dropout 0.2, dense 10");
    check("28x28,flatten,Dense 10 Softmax", "28x28, flatten, dense 10 softmax");
    check("3, dense 4 leaky_relu 0.25 nobias, elu 1.5, tanh", "3, dense 4 leaky_relu 0.25 nobias, elu 1.5, tanh");
    check("2, dense 3 nobias gelu", "2, dense 3 gelu nobias");
    check("dense 3, dropout 1e-7", "dense 3, dropout 1e-7");
    check("dense 3, dropout 0.30000000000000004", "dense 3, dropout 0.30000000000000004");
}

static void wrong(const char *spec, const char *message, const char *hint)
{
    ssi_error error;
    assert_null(ssi_model_from_spec(spec));
    assert_true(ssi_error_take(&error));
    assert_int_equal(error.code, SSI_INVALID);
    assert_string_equal(error.operation, "spec");
    assert_string_equal(error.message, message);
    assert_string_equal(error.hint, hint);
}

static void an_error_shows_the_place_and_the_nearest_name(void **state)
{
    (void)state;
    wrong("flatten, dence 256 relu", "no layer is called 'dence'",
          "did you mean dense?\n    flatten, dence 256 relu\n             ^");
    wrong("dense 256 rleu", "dense has no 'rleu'", "did you mean relu?\n    dense 256 rleu\n              ^");
    wrong("784-", "the number of units is missing", "a whole number goes here\n    784-\n        ^");
    wrong("784--3", "the number of units is missing", "a whole number goes here\n    784--3\n        ^");
    wrong("dense", "the number of units of dense is missing", "a whole number goes here\n    dense\n         ^");
    wrong("dense 3,", "a layer is missing", "dense 10, dropout 0.2, flatten, relu\n    dense 3,\n            ^");
    wrong("", "a layer is missing", "dense 10, dropout 0.2, flatten, relu\n    \n    ^");
    wrong("784", "layers are expected after the inputs",
          "784-256-10, or: 784, dense 256 relu, dense 10\n    784\n       ^");
    wrong("flatten dense 3", "what follows the layer is not understood",
          "a comma goes between layers\n    flatten dense 3\n            ^");
    wrong("784-99999999999999999999", "the number of units must be 1 to 2147483647",
          "is it a number of inputs or units?\n    784-99999999999999999999\n        ^");
    wrong("dense 3, dropout 1", "dropout takes a number from 0 to less than 1",
          "the part that is dropped: dropout 0.2\n    dense 3, dropout 1\n                      ^");
}

static void long_texts_are_shown_around_the_place(void **state)
{
    (void)state;
    char spec[400] = "";
    for (int i = 0; i < 20; i++)
        strcat(spec, "dense 100 relu, ");
    strcat(spec, "dens 5");
    assert_null(ssi_model_from_spec(spec));
    ssi_error error;
    ssi_error_take(&error);
    const char *caret = strrchr(error.hint, '\n') + 1;
    const char *shown = strchr(error.hint, '\n') + 1;
    assert_memory_equal(shown + (strlen(caret) - 1), "dens 5", 6);
}

static void too_many_layers_are_refused(void **state)
{
    (void)state;
    static char spec[4096] = "1";
    for (int i = 0; i < 129; i++)
        strcat(spec, "-1");
    assert_null(ssi_model_from_spec(spec));
    assert_error(SSI_INVALID, "at most 128 layers");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_and_lists_are_read),
        cmocka_unit_test(an_error_shows_the_place_and_the_nearest_name),
        cmocka_unit_test(long_texts_are_shown_around_the_place),
        cmocka_unit_test(too_many_layers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
