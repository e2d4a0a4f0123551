/* Training, evaluation and prediction through the program. */
#include "tiny.h"

#include <jansson.h>

static json_t *line_of_json(const char *text, int number)
{
    for (int i = 0; i < number && text != NULL; i++) {
        text = strchr(text, '\n');
        text = text != NULL ? text + 1 : NULL;
    }
    assert_non_null(text);
    json_error_t error;
    json_t *object = json_loads(text, JSON_DISABLE_EOF_CHECK, &error);
    if (object == NULL) {
        fail_msg("%s: %s", error.text, text);
    }
    return object;
}

static double number_in(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_number(value)) {
        fail_msg("no number '%s'", key);
    }
    return json_number_value(value);
}

static void training_prints_one_json_object_for_each_epoch(void **state)
{
    (void)state;
    expect_exit(0, "ssi train tiny " TINY_NET " --epochs 3 --json --out a.safetensors");
    double previous = 1e9;
    for (int i = 0; i < 3; i++) {
        json_t *epoch = line_of_json(out, i);
        assert_int_equal((int)number_in(epoch, "epoch"), i + 1);
        assert_true(number_in(epoch, "seconds") > 0);
        assert_true(number_in(epoch, "loss") < previous);
        previous = number_in(epoch, "loss");
        assert_true(number_in(epoch, "test_loss") >= 0);
        double accuracy = number_in(epoch, "accuracy"), test_accuracy = number_in(epoch, "test_accuracy");
        assert_true(accuracy >= 0 && accuracy <= 1 && test_accuracy >= 0 && test_accuracy <= 1);
        json_decref(epoch);
    }
    assert_int_equal(access("a.safetensors", R_OK), 0);
}

static void a_pipe_gets_plain_lines_and_no_escape_codes(void **state)
{
    (void)state;
    expect_exit(0, "ssi train tiny " TINY_NET " --epochs 2");
    assert_null(strchr(out, '\033'));
    assert_null(strchr(err, '\033'));
    assert_null(strchr(err, '\r'));
    expect_text(out, "epoch");
    expect_text(out, "\n    1");
    expect_text(out, "\n    2");
    expect_exit(0, "LANG=ko_KR.UTF-8 ssi train tiny " TINY_NET " --epochs 1");
    expect_text(out, "에폭");
}

static void the_same_seed_gives_the_same_file_for_any_thread_count(void **state)
{
    (void)state;
    expect_exit(0, "ssi train tiny " TINY_NET " --epochs 1 --seed 7 --threads 1 --out s1.safetensors");
    expect_exit(0, "ssi train tiny " TINY_NET " --epochs 1 --seed 7 --threads 3 --out s3.safetensors");
    expect_exit(0, "ssi train tiny " TINY_NET " --epochs 1 --seed 8 --threads 1 --out s8.safetensors");
    expect_exit(0, "cmp s1.safetensors s3.safetensors");
    expect_exit(1, "cmp -s s1.safetensors s8.safetensors");
}

static void a_trained_model_is_evaluated_and_drawn(void **state)
{
    (void)state;
    expect_exit(0, "ssi train tiny " TINY_NET " --epochs 6 --out m.safetensors --plot training.png");
    expect_exit(0, "head -c 8 training.png | grep -q PNG");
    expect_exit(0, "ssi eval m.safetensors tiny --plot confusion.svg --grid grid.png");
    expect_text(out, "accuracy  1.0000");
    expect_exit(0, "grep -q '<svg' confusion.svg && head -c 8 grid.png | grep -q PNG");
    expect_exit(0, "ssi eval m.safetensors tiny --json");
    json_t *found = line_of_json(out, 0);
    assert_int_equal((int)number_in(found, "examples"), 200);
    json_t *matrix = json_object_get(found, "confusion");
    assert_int_equal(json_array_size(matrix), 10);
    assert_int_equal(json_integer_value(json_array_get(json_array_get(matrix, 3), 3)), 20);
    json_decref(found);
}

static void prediction_is_name_label_and_probability_between_tabs(void **state)
{
    (void)state;
    expect_exit(0, "ssi train tiny " TINY_NET " --epochs 6 --out p.safetensors");
    expect_exit(0, "ssi data show mnist --index 0 --out seven.png");
    expect_exit(0, "ssi predict p.safetensors seven.png");
    char name[64], end;
    int label;
    double probability;
    assert_int_equal(sscanf(out, "%63[^\t]\t%d\t%lf%c", name, &label, &probability, &end), 4);
    assert_string_equal(name, "seven.png");
    assert_true(label >= 0 && label <= 9 && probability >= 0.1 && probability <= 1 && end == '\n');
    expect_exit(0, "ssi predict p.safetensors seven.png --json");
    json_t *said = line_of_json(out, 0);
    assert_int_equal((int)number_in(said, "label"), label);
    assert_int_equal(json_array_size(json_object_get(said, "probabilities")), 10);
    json_decref(said);
}

static void a_picture_that_cannot_be_read_does_not_stop_the_others(void **state)
{
    (void)state;
    expect_exit(0, "ssi train tiny " TINY_NET
                   " --epochs 1 --out q.safetensors && ssi data show mnist --index 1 --out two.png");
    expect_exit(0, "head -c 60 two.png >cut.png; echo hello >text.png; : >empty.png");
    expect_exit(1, "ssi predict q.safetensors none.png cut.png text.png empty.png tiny two.png");
    expect_text(out, "two.png\t");
    assert_ptr_equal(strstr(out, "two.png"), out);
    expect_text(err, "none.png");
    expect_text(err, "cut.png");
    expect_text(err, "text.png");
    expect_text(err, "empty.png");
}

static void files_that_are_no_models_are_refused_by_name(void **state)
{
    (void)state;
    expect_exit(0, "echo nonsense >bad.safetensors");
    expect_exit(1, "ssi eval bad.safetensors tiny");
    expect_text(err, "bad.safetensors");
    expect_exit(1, "ssi predict none.safetensors x.png");
    expect_text(err, "none.safetensors");
    expect_exit(1, "ssi summary bad.safetensors");
    expect_exit(0, "ssi train tiny --net 784-16-10 --epochs 1 --out good.safetensors");
    expect_exit(0, "head -c 2000 good.safetensors >cut.safetensors");
    expect_exit(1, "ssi eval cut.safetensors tiny");
    expect_text(err, "cut.safetensors");
    assert_string_equal(out, "");
}

static void a_model_for_other_inputs_is_told_with_both_sizes(void **state)
{
    (void)state;
    expect_exit(1, "ssi train tiny --net 100-16-10 --epochs 1 --out wrong.safetensors");
    expect_text(err, "(100,)");
    expect_text(err, "(28,28)");
    assert_string_equal(out, "");
    assert_int_equal(access("wrong.safetensors", F_OK), -1);
}

static void a_model_may_know_more_classes_than_the_data(void **state)
{
    (void)state;
    expect_exit(0, "ssi train tiny --net 784-32-17 --epochs 1 --json --out more.safetensors && ssi eval "
                   "more.safetensors tiny --json");
    json_t *found = line_of_json(out, 1);
    json_t *matrix = json_object_get(found, "confusion");
    assert_int_equal(json_array_size(matrix), 17);
    json_decref(found);
    expect_exit(1, "ssi train tiny --net 784-32-5 --epochs 1");
    expect_text(err, "10 classes");
}

static void ssi_explain_tells_the_kernels_on_stderr(void **state)
{
    (void)state;
    expect_exit(0, "SSI_EXPLAIN=1 ssi train tiny " TINY_NET " --batch 16 --epochs 1 --json");
    expect_text(err, "matmul");
    assert_null(strstr(out, "matmul"));
}

static void unknown_data_and_networks_are_told_before_training(void **state)
{
    (void)state;
    expect_exit(1, "ssi train minst");
    expect_text(err, "mnist");
    expect_exit(1, "ssi train tiny --net 784-dense-10");
    assert_true(strlen(err) > 10);
    expect_exit(2, "ssi train tiny --optimizer adamm");
    expect_text(err, "'adam'");
    expect_exit(2, "ssi train tiny --optimizer lion");
    expect_text(err, "one of sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw");
    expect_exit(2, "ssi train tiny --precision high");
}

static void targets_that_cannot_be_written_are_told_before_training(void **state)
{
    (void)state;
    expect_exit(1, "ssi train tiny --out none/m.safetensors");
    expect_text(err, "none/m.safetensors");
    assert_string_equal(out, "");
    expect_exit(1, "ssi train tiny --plot picture.jpg");
    expect_text(err, ".png");
    assert_string_equal(out, "");
    expect_exit(1, "ssi train tiny --out tiny");
    assert_string_equal(out, "");
}

/* Starts a training in the background, waits for its first epoch, and sends the signals. */
#define INTERRUPT(signals, ...)                                                                                        \
    "rm -f log; ssi train tiny --epochs 1000000 --json " __VA_ARGS__                                                   \
    " >log & p=$!; until [ -s log ]; do sleep 0.05; done; "                                                            \
    "for s in " signals "; do kill -$s $p; done; wait $p"

static void an_interrupted_training_saves_and_leaves_with_130(void **state)
{
    (void)state;
    expect_exit(130, INTERRUPT("INT", "--out i.safetensors"));
    expect_text(err, "interrupted");
    expect_text(err, "--net i.safetensors goes on from there");
    expect_exit(0, "ssi eval i.safetensors tiny");
    expect_exit(0, "ssi train tiny --net i.safetensors --epochs 1 --out on.safetensors");
    expect_exit(130, INTERRUPT("TERM", ""));
    expect_exit(130, "timeout --preserve-status -s INT 1 ssi train tiny --epochs 1000000 --out j.safetensors");
}

/* The loss of the first epoch that was printed. */
static double first_loss(void)
{
    const char *at = strstr(out, "\"loss\":");
    return at != NULL ? strtod(at + strlen("\"loss\":"), NULL) : 0;
}

static void a_saved_model_learns_on(void **state)
{
    (void)state;
    expect_exit(0, "ssi train tiny --net 784-16-10 --epochs 5 --json --out begun.safetensors");
    double from_nothing = first_loss();
    expect_exit(0, "ssi train tiny --net begun.safetensors --epochs 1 --json --out begun.safetensors");
    assert_true(first_loss() > 0 && first_loss() < 0.9 * from_nothing);
    expect_exit(1, "ssi train tiny --net gone.safetensors");
    expect_text(err, "gone.safetensors");
}

static void a_second_ctrl_c_leaves_at_once(void **state)
{
    (void)state;
    expect_exit(130, INTERRUPT("INT TERM", "--net 784-3000-3000-10 --batch 640 --out big.safetensors"));
    assert_int_equal(access("big.safetensors", F_OK), -1);
}

static void a_diverging_training_stops_and_saves_nothing(void **state)
{
    (void)state;
    expect_exit(1, "ssi train tiny --net 784-32-10 --optimizer sgd --lr 1e6 --epochs 50 --out d.safetensors");
    assert_true(strlen(err) > 10);
    assert_int_equal(access("d.safetensors", F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(training_prints_one_json_object_for_each_epoch),
        cmocka_unit_test(a_pipe_gets_plain_lines_and_no_escape_codes),
        cmocka_unit_test(the_same_seed_gives_the_same_file_for_any_thread_count),
        cmocka_unit_test(a_trained_model_is_evaluated_and_drawn),
        cmocka_unit_test(prediction_is_name_label_and_probability_between_tabs),
        cmocka_unit_test(a_picture_that_cannot_be_read_does_not_stop_the_others),
        cmocka_unit_test(files_that_are_no_models_are_refused_by_name),
        cmocka_unit_test(a_model_for_other_inputs_is_told_with_both_sizes),
        cmocka_unit_test(a_model_may_know_more_classes_than_the_data),
        cmocka_unit_test(ssi_explain_tells_the_kernels_on_stderr),
        cmocka_unit_test(unknown_data_and_networks_are_told_before_training),
        cmocka_unit_test(targets_that_cannot_be_written_are_told_before_training),
        cmocka_unit_test(an_interrupted_training_saves_and_leaves_with_130),
        cmocka_unit_test(a_saved_model_learns_on),
        cmocka_unit_test(a_second_ctrl_c_leaves_at_once),
        cmocka_unit_test(a_diverging_training_stops_and_saves_nothing),
    };
    return cmocka_run_group_tests(tests, enter_folder_with_data, leave_folder);
}
