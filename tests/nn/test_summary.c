/* test_summary.c - parameters, multiply-adds, shapes and memory, without building anything. */
#include "nn/numbers.h"

static void check(const char *spec, int64_t parameters, int64_t multiply_adds)
{
    ssi_model_summary summary;
    ssi_model *net = ssi_model_from_spec(spec);
    assert_int_equal(ssi_summarize(net, &summary), SSI_OK);
    assert_int_equal(summary.parameters, parameters);
    assert_int_equal(summary.multiply_adds, multiply_adds);
    assert_int_equal(summary.parameter_bytes, 4 * parameters);
    ssi_model_free(net);
}

static void totals_are_those_of_the_lecture(void **state)
{
    (void)state;
    check("5-7-4", 74, 63);
    check("5-7-7-7-7-4", 242, 210);
    check("784-256-256-256-256-10", 400906, 399872);
    check("28x28, flatten, dense 10 nobias, dropout 0.5", 7840, 7840);
}

static void each_layer_has_its_line(void **state)
{
    (void)state;
    ssi_layer_summary layer;
    ssi_model *net = ssi_model_from_spec("28x28, flatten, dense 16 tanh, dense 10");
    assert_int_equal(ssi_summarize_layer(net, 1, &layer), SSI_OK);
    assert_string_equal(layer.name, "dense 16 tanh");
    assert_int_equal(layer.rank, 1);
    assert_int_equal(layer.shape[0], 16);
    assert_int_equal(layer.parameters, 785 * 16);
    assert_int_equal(layer.multiply_adds, 784 * 16);
    assert_int_equal(ssi_summarize_layer(net, -1, &layer), SSI_OK);
    assert_string_equal(layer.name, "inputs");
    assert_int_equal(layer.rank, 2);
    assert_int_equal(layer.shape[1], 28);
    assert_int_equal(ssi_summarize_layer(net, -2, &layer), SSI_INVALID);
    assert_error(SSI_INVALID, "layer -2 of a model with 3");
    assert_int_equal(ssi_summarize_layer(net, 3, &layer), SSI_INVALID);
    assert_error(SSI_INVALID, "layer 3 of a model with 3");
    ssi_model_free(net);
}

static void the_table_ends_with_the_total(void **state)
{
    (void)state;
    char text[4096], cut[20];
    ssi_model *net = ssi_model_from_spec("784-256-256-256-256-10");
    int64_t length = ssi_summary(net, text, sizeof text);
    assert_int_equal(length, strlen(text));
    const char *end = "total parameters 400,906\n";
    assert_string_equal(text + length - (int64_t)strlen(end), end);
    assert_non_null(strstr(text, "dense 256 relu               (256,)                  200,960        200,704\n"));
    assert_int_equal(ssi_summary(net, cut, sizeof cut), length);
    assert_int_equal(strlen(cut), sizeof cut - 1);
    assert_memory_equal(cut, text, sizeof cut - 1);
    assert_int_equal(ssi_summary(net, NULL, 0), length);
    ssi_model_free(net);
}

static void the_diagram_shows_layers_and_what_passes_between_them(void **state)
{
    (void)state;
    char text[2048], cut[20];
    ssi_model *net = ssi_model_from_spec("28x28, flatten, dense 16 tanh, dense 10");
    int64_t length = ssi_summary_diagram(net, 1, text, sizeof text);
    assert_string_equal(text, "  (28,28) inputs\n"
                              "    |\n"
                              "+---+-----------+\n"
                              "| flatten       |\n"
                              "+---+-----------+\n"
                              "    | (784,)\n"
                              "+---+-----------+\n"
                              "| dense 16 tanh |  12,560 parameters\n"
                              "+---+-----------+\n"
                              "    | (16,)\n"
                              "+---+-----------+\n"
                              "| dense 10      |  170 parameters\n"
                              "+---+-----------+\n"
                              "    v (10,)\n");
    assert_int_equal(length, strlen(text));
    assert_int_equal(ssi_summary_diagram(net, 1, cut, sizeof cut), length);
    assert_memory_equal(cut, text, sizeof cut - 1);
    assert_true(ssi_summary_diagram(net, 0, text, sizeof text) > length);
    assert_non_null(
        strstr(text, "┌───┴───────────┐\n│ dense 10      │  170 parameters\n└───┬───────────┘\n    ▼ (10,)\n"));
    ssi_model_free(net);
    assert_true(ssi_summary_diagram(NULL, 0, text, sizeof text) < 0);
}

static void unknown_inputs_and_impossible_sizes_are_told(void **state)
{
    (void)state;
    char text[64];
    ssi_model_summary summary;
    ssi_model *net = ssi_model_from_spec("dense 10");
    assert_true(ssi_summary(net, text, sizeof text) < 0);
    assert_error(SSI_INVALID, "the number of inputs is not known");
    ssi_model_free(net);
    net = ssi_model_from_spec("2147483647-2147483647-2147483647");
    assert_int_equal(ssi_summarize(net, &summary), SSI_INVALID);
    assert_error(SSI_INVALID, "2147483647 x 2147483647 weights");
    ssi_model_free(net);
    net = ssi_model_from_spec("28x28, dense 10");
    assert_int_equal(ssi_summarize(net, &summary), SSI_INVALID);
    assert_error(SSI_INVALID, "put flatten before it");
    ssi_model_free(net);
    assert_int_not_equal(ssi_summarize(NULL, &summary), SSI_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_are_those_of_the_lecture),
        cmocka_unit_test(each_layer_has_its_line),
        cmocka_unit_test(the_table_ends_with_the_total),
        cmocka_unit_test(the_diagram_shows_layers_and_what_passes_between_them),
        cmocka_unit_test(unknown_inputs_and_impossible_sizes_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
