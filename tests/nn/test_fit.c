/* test_fit.c - training: what it learns, what it tells, how it ends. */
#include "nn/sets.h"

/* ---- learning ---- */

static void fit_learns(void **state)
{
    (void)state;
    ssi_dataset *data = make_points(600, 1), *test = make_points(200, 2);
    ssi_model *net = ssi_sequential(ssi_dense(16, .activation = SSI_TANH), ssi_dense(3));
    ssi_evaluation before, after;
    assert_int_equal(ssi_evaluate(net, test, &before), SSI_OK);
    assert_int_equal(ssi_fit(net, data, .epochs = 10, .batch = 32, .optimizer = ssi_adam(.lr = 0.02)), SSI_OK);
    assert_int_equal(ssi_evaluate(net, test, &after), SSI_OK);
    assert_true(before.accuracy < 0.7);
    assert_true(after.accuracy > 0.95);
    assert_true(after.loss < 0.5 * before.loss);
    ssi_model_free(net);
    ssi_dataset_free(data);
    ssi_dataset_free(test);
}

static void fit_learns_values_by_their_squares(void **state)
{
    (void)state;
    numbers generator = {5};
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = TAKE(&generator, SSI_F32, 2.0, 300, 2);
    ssi_tensor *y = ssi_reshape(ssi_sum(x, 1), 300, 1);
    ssi_dataset *data = ssi_dataset_new(x, y, 0);
    ssi_scope_close(scope);
    ssi_model *net = ssi_sequential(ssi_dense(1));
    ssi_evaluation result;
    assert_int_equal(ssi_fit(net, data, .epochs = 20, .batch = 16, .optimizer = ssi_sgd(.lr = 0.3)), SSI_OK);
    assert_int_equal(ssi_evaluate(net, data, &result), SSI_OK);
    assert_true(result.loss < 1e-8);
    assert_true(isnan(result.accuracy));
    ssi_model_free(net);
    ssi_dataset_free(data);
}

static values train(int threads, uint64_t seed, ssi_optimizer *optimizer)
{
    ssi_dataset *data = make_points(250, 1);
    ssi_model *net = ssi_model_from_spec("6, dense 24 relu, dropout 0.2, dense 3");
    assert_int_equal(ssi_set_threads(threads), SSI_OK);
    assert_int_equal(ssi_fit(net, data, .epochs = 2, .batch = 64, .seed = seed, .optimizer = optimizer), SSI_OK);
    values all = values_of(net);
    ssi_model_free(net);
    ssi_dataset_free(data);
    ssi_set_threads(0);
    return all;
}

static void one_seed_gives_the_same_bits_for_any_number_of_threads(void **state)
{
    (void)state;
    values one = train(1, 7, ssi_adam());
    for (int i = 0; i < 3; i++) {
        values other = train((int[]){2, 3, 8}[i], 7, ssi_adam());
        assert_true(same_values(&one, &other));
    }
    values seed = train(1, 8, ssi_adam());
    assert_false(same_values(&one, &seed));
}

/* fit has no private path: the same steps written by hand give the same bits. */
static void an_open_loop_gives_the_bits_of_fit(void **state)
{
    (void)state;
    ssi_dataset *data = make_points(100, 1);
    ssi_model *fitted = ssi_model_from_spec("6-9-3"), *looped = ssi_model_from_spec("6-9-3");
    assert_int_equal(ssi_fit(fitted, data, .epochs = 1, .batch = 40, .no_shuffle = 1, .schedule = SSI_CONSTANT),
                     SSI_OK);
    ssi_tensor *w[4], *dw[4];
    ssi_build(looped, 0, NULL, SSI_F32, 0);
    assert_int_equal(ssi_parameters(looped, 4, w), 4);
    ssi_optimizer *adam = ssi_adam();
    for (int64_t from = 0; from < 100; from += 40) {
        ssi_scope scope = ssi_scope_open();
        ssi_range rows = {from, from + 40, 1};
        ssi_tensor *x = ssi_slice(ssi_dataset_x(data), 1, &rows), *y = ssi_slice(ssi_dataset_y(data), 1, &rows);
        ssi_gradients(ssi_cross_entropy(ssi_forward(looped, x), y), 4, w, dw);
        ssi_step(adam, 4, w, dw);
        assert_int_equal(ssi_scope_close(scope), SSI_OK);
    }
    values a = values_of(fitted), b = values_of(looped);
    assert_true(same_values(&a, &b));
    ssi_optimizer_free(adam);
    ssi_model_free(fitted);
    ssi_model_free(looped);
    ssi_dataset_free(data);
}

/* ---- telling ---- */

typedef struct notes {
    ssi_progress last, epoch[4];
    int steps, epochs, stop_at;
    double lr[16];
} notes;

static int note_step(const ssi_progress *progress, void *context)
{
    notes *n = context;
    n->lr[n->steps % 16] = progress->lr;
    n->last = *progress;
    return ++n->steps == n->stop_at;
}

static int note_epoch(const ssi_progress *progress, void *context)
{
    notes *n = context;
    n->epoch[n->epochs++] = *progress;
    return 0;
}

static void callbacks_hear_where_training_stands(void **state)
{
    (void)state;
    ssi_dataset *data = make_points(100, 1), *test = make_points(50, 2);
    ssi_model *net = ssi_model_from_spec("6-8-3");
    notes n = {.steps = 0};
    ssi_evaluation result;
    assert_int_equal(ssi_fit(net, data, .epochs = 2, .batch = 30, .validation = test, .on_step = note_step,
                             .on_epoch = note_epoch, .context = &n),
                     SSI_OK);
    assert_int_equal(n.steps, 8); /* three batches of 30 and one of 10, twice */
    assert_int_equal(n.epochs, 2);
    assert_int_equal(n.last.step, 4);
    assert_int_equal(n.last.steps, 4);
    assert_int_equal(n.epoch[1].epoch, 2);
    assert_int_equal(n.epoch[1].epochs, 2);
    assert_true(n.epoch[1].loss < n.epoch[0].loss);
    assert_true(n.epoch[0].accuracy >= 0 && n.epoch[0].accuracy <= 1);
    assert_true(n.epoch[1].seconds > 0 && n.epoch[1].examples_per_second > 0);
    assert_true(n.epoch[1].seconds_left == 0);
    ssi_evaluate(net, test, &result);
    assert_true(n.epoch[1].test_loss == result.loss && n.epoch[1].test_accuracy == result.accuracy);
    for (int i = 0; i < 8; i++)
        assert_true(fabs(n.lr[i] - 1e-3 * (1 - i / 8.0)) < 1e-18); /* falls to 0 */
    ssi_model_free(net);
    ssi_dataset_free(data);
    ssi_dataset_free(test);
}

static void the_rate_can_stay_and_is_given_back(void **state)
{
    (void)state;
    ssi_dataset *data = make_points(64, 1);
    ssi_model *net = ssi_model_from_spec("6-3");
    ssi_optimizer *sgd = ssi_sgd(.lr = 0.5);
    notes n = {.steps = 0};
    ssi_fit(net, data, .epochs = 2, .batch = 32, .optimizer = sgd, .schedule = SSI_CONSTANT, .on_step = note_step,
            .context = &n);
    assert_true(n.lr[0] == 0.5 && n.lr[3] == 0.5);
    ssi_fit(net, data, .epochs = 1, .batch = 32, .optimizer = sgd);
    assert_true(ssi_learning_rate(sgd) == 0.5);
    ssi_optimizer_free(sgd); /* is the model's by now, and left to it */
    ssi_model *other = ssi_model_from_spec("6-3");
    assert_int_equal(ssi_fit(other, data, .optimizer = sgd), SSI_INVALID);
    assert_error(SSI_INVALID, "belongs to another model");
    ssi_model_free(net);
    ssi_model_free(other);
    ssi_dataset_free(data);
}

static void collect(const char *text, void *context)
{
    strcat(context, text);
}

static void progress_is_told_to_the_log(void **state)
{
    (void)state;
    char log[4096] = "";
    ssi_dataset *data = make_points(64, 1);
    ssi_model *net = ssi_model_from_spec("6-3");
    ssi_set_log(collect, log);
    ssi_fit(net, data, .epochs = 2);
    assert_string_equal(log, "");
    ssi_fit(net, data, .epochs = 2, .validation = data, .progress = 1);
    ssi_set_log(NULL, NULL);
    assert_non_null(strstr(log, "epoch 1/2  step 1/1  loss "));
    assert_non_null(strstr(log, "epoch 2/2"));
    assert_non_null(strstr(log, "  test accuracy "));
    assert_non_null(strstr(log, "  0 s left\n"));
    ssi_model_free(net);
    ssi_dataset_free(data);
}

/* ---- ending ---- */

static void the_stop_flag_ends_after_a_whole_step(void **state)
{
    (void)state;
    volatile sig_atomic_t stop = 1;
    ssi_dataset *data = make_points(100, 1);
    ssi_model *net = ssi_model_from_spec("6-3"), *one = ssi_model_from_spec("6-3");
    assert_int_equal(ssi_fit(net, data, .batch = 50, .stop = &stop), SSI_INTERRUPTED);
    assert_error(SSI_INTERRUPTED, "stopped after step 1 of 10; what was learnt until then is in place");
    notes n = {.stop_at = 1};
    assert_int_equal(ssi_fit(one, data, .batch = 50, .on_step = note_step, .context = &n), SSI_INTERRUPTED);
    ssi_error_take(NULL);
    values a = values_of(net), b = values_of(one);
    assert_true(same_values(&a, &b));
    ssi_model_free(net);
    ssi_model_free(one);
    ssi_dataset_free(data);
}

static void nan_in_the_data_stops_before_anything_is_overwritten(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    numbers generator = {1};
    ssi_tensor *x = TAKE(&generator, SSI_F32, 1.0, 40, 6);
    ssi_tensor *bad = ssi_where(ssi_equal((ssi_iota)(SSI_I64, 2, (int64_t[]){40, 6}, 0), 25), (double)NAN, x);
    ssi_dataset *data = ssi_dataset_new(bad, make_labels(40, 3), 3);
    ssi_scope_close(scope);
    ssi_model *net = ssi_model_from_spec("6-5-3"), *good = ssi_model_from_spec("6-5-3");
    assert_int_equal(ssi_fit(net, data, .batch = 10, .no_shuffle = 1, .schedule = SSI_CONSTANT), SSI_NOT_FINITE);
    assert_error(SSI_NOT_FINITE, "epoch 1, step 3: the data of this batch hold NaN or infinity");
    ssi_build(good, 0, NULL, SSI_F32, 0);
    notes n = {.stop_at = 2};
    ssi_fit(good, data, .batch = 10, .no_shuffle = 1, .schedule = SSI_CONSTANT, .on_step = note_step, .context = &n);
    ssi_error_take(NULL);
    values a = values_of(net), b = values_of(good); /* after two good steps */
    assert_true(same_values(&a, &b));
    ssi_model_free(net);
    ssi_model_free(good);
    ssi_dataset_free(data);
}

static void a_loss_that_explodes_names_step_and_layer_and_causes(void **state)
{
    (void)state;
    ssi_error error;
    ssi_dataset *data = make_points(64, 1);
    ssi_model *net = ssi_model_from_spec("6, dense 8 relu, dense 8 relu, dense 3");
    assert_int_equal(ssi_fit(net, data, .batch = 16, .epochs = 50, .optimizer = ssi_sgd(.lr = 1e30)), SSI_NOT_FINITE);
    assert_true(ssi_error_take(&error));
    assert_string_equal(error.operation, "fit");
    assert_non_null(strstr(error.message, "epoch 1, step "));
    assert_non_null(strstr(error.message, "layer "));
    assert_non_null(strstr(error.hint, "learning rate"));
    values all = values_of(net);
    for (int64_t i = 0; i < all.count; i++)
        assert_false(isnan(all.at[i]));
    ssi_model_free(net);
    ssi_dataset_free(data);
}

static void what_does_not_match_is_told_before_the_first_step(void **state)
{
    (void)state;
    ssi_dataset *data = make_points(20, 1);
    ssi_model *net = ssi_model_from_spec("7-3");
    assert_int_equal(ssi_fit(net, data), SSI_INVALID);
    assert_error(SSI_INVALID, "the model takes examples of shape (7,), the data's are (6,)");
    ssi_model_free(net);
    net = ssi_model_from_spec("6-2");
    assert_int_equal(ssi_fit(net, data), SSI_INVALID);
    assert_error(SSI_INVALID, "the data have 3 classes, the model's outputs are of shape (2,)");
    assert_int_equal(ssi_fit(net, data, .loss = SSI_MSE), SSI_INVALID);
    assert_error(SSI_INVALID, "a loss never broadcasts");
    assert_int_equal(ssi_fit(net, data, .epochs = -1), SSI_INVALID);
    assert_error(SSI_INVALID, "-1 epochs");
    assert_int_equal(ssi_fit(net, data, .loss = (ssi_loss)9), SSI_INVALID);
    assert_error(SSI_INVALID, "9 is no loss");
    assert_int_equal(ssi_fit(net, data, .schedule = (ssi_schedule)9), SSI_INVALID);
    assert_error(SSI_INVALID, "9 is no schedule");
    assert_int_not_equal(ssi_fit(net, NULL), SSI_OK);
    assert_int_not_equal(ssi_fit(NULL, data), SSI_OK);
    assert_false(ssi_failed());
    assert_int_equal(ssi_fit(net, data, .optimizer = ssi_adam(.lr = NAN)), SSI_INVALID);
    assert_error(SSI_INVALID, "nan is no setting of an optimiser");
    ssi_model_free(net);
    net = ssi_model_from_spec("6, relu");
    assert_int_equal(ssi_fit(net, data, .loss = SSI_CROSS_ENTROPY), SSI_INVALID);
    assert_error(SSI_INVALID, "nothing to learn");
    ssi_model_free(net);
    ssi_dataset_free(data);
}

/* ---- memory ---- */

typedef struct film {
    ssi_model *model;
    values picture[8];
    int pictures;
} film;

static int take_picture(const ssi_progress *progress, void *context)
{
    (void)progress;
    film *f = context;
    f->picture[f->pictures++] = values_of(f->model);
    return 0;
}

static int fit_small(ssi_model *net, const ssi_dataset *data, ssi_progress_handler *on_step, void *context)
{
    return ssi_fit(net, data, .epochs = 2, .batch = 20, .on_step = on_step, .context = context);
}

static void a_failed_allocation_leaves_parameters_of_a_whole_step(void **state)
{
    (void)state;
    ssi_dataset *data = make_points(30, 1);
    film f = {.model = ssi_model_from_spec("6-4-3")};
    ssi_build(f.model, 0, NULL, SSI_F32, 0);
    take_picture(NULL, &f);
    assert_int_equal(fit_small(f.model, data, take_picture, &f), SSI_OK);
    ssi_model_free(f.model);
    ssi_shutdown();
    size_t used = ssi_memory_used(NULL);
    int good = 0; /* in a row: then k is past the last allocation */
    for (uint64_t k = 1; good < 30; k++) {
        ssi_model *net = ssi_model_from_spec("6-4-3");
        assert_int_equal(ssi_build(net, 0, NULL, SSI_F32, 0), SSI_OK);
        ssi_shutdown(); /* so that every step allocates again what it needs */
        ssi_test_fail_allocation(k);
        int status = fit_small(net, data, NULL, NULL);
        ssi_test_fail_allocation(0);
        good = status == SSI_OK ? good + 1 : 0;
        if (status == SSI_OK)
            assert_null(ssi_error_peek()); /* what succeeds leaves no error, */
        else
            assert_error(SSI_NO_MEMORY, ""); /* and what fails says so */
        values all = values_of(net);
        int step = 0;
        while (step < f.pictures && !same_values(&all, &f.picture[step]))
            step++;
        if (step == f.pictures)
            fail_msg("allocation %d: parameters of no whole step", (int)k);
        assert_int_equal(fit_small(net, data, NULL, NULL), SSI_OK); /* the library is usable, the model too */
        ssi_model_free(net);
        ssi_shutdown();
        assert_true(ssi_memory_used(NULL) <= used);
        assert_true(k < 3000);
    }
    ssi_dataset_free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fit_learns),
        cmocka_unit_test(fit_learns_values_by_their_squares),
        cmocka_unit_test(one_seed_gives_the_same_bits_for_any_number_of_threads),
        cmocka_unit_test(an_open_loop_gives_the_bits_of_fit),
        cmocka_unit_test(callbacks_hear_where_training_stands),
        cmocka_unit_test(the_rate_can_stay_and_is_given_back),
        cmocka_unit_test(progress_is_told_to_the_log),
        cmocka_unit_test(the_stop_flag_ends_after_a_whole_step),
        cmocka_unit_test(nan_in_the_data_stops_before_anything_is_overwritten),
        cmocka_unit_test(a_loss_that_explodes_names_step_and_layer_and_causes),
        cmocka_unit_test(what_does_not_match_is_told_before_the_first_step),
        cmocka_unit_test(a_failed_allocation_leaves_parameters_of_a_whole_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
