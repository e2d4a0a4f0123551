/* test_optimizer.c - from the same weights, the losses of the first ten steps are PyTorch's. */
#include "nn/numbers.h"
#include "nn/torch_vectors.h"

enum { STEPS = 10 };

static ssi_model *make_model(ssi_dtype dtype)
{
    ssi_model *net = ssi_model_from_spec("20-32-32-5");
    assert_int_equal(ssi_build(net, 0, NULL, dtype, 0), SSI_OK);
    set_parameters(net, 31, 1.0, 0.25);
    return net;
}

static void ten_losses(ssi_optimizer *optimizer, ssi_dtype dtype, double losses[STEPS])
{
    ssi_model *net = make_model(dtype);
    ssi_tensor *w[SSI_MAX_PARAMETERS], *dw[SSI_MAX_PARAMETERS];
    int n = ssi_parameters(net, SSI_MAX_PARAMETERS, w);
    assert_non_null(optimizer);
    for (int step = 0; step < STEPS; step++) {
        ssi_scope scope = ssi_scope_open();
        numbers generator = {32};
        ssi_tensor *x = TAKE(&generator, dtype, 2.0, 24, 20);
        ssi_tensor *loss = ssi_cross_entropy(ssi_forward(net, x), make_labels(24, 5));
        assert_int_equal(ssi_gradients(loss, n, w, dw), SSI_OK);
        assert_int_equal(ssi_step(optimizer, n, w, dw), SSI_OK);
        losses[step] = ssi_item(loss);
        assert_int_equal(ssi_scope_close(scope), SSI_OK);
    }
    ssi_optimizer_free(optimizer);
    ssi_model_free(net);
}

static double farthest(const double *a, const double *b)
{
    double distance = 0;
    for (int i = 0; i < STEPS; i++)
        distance = fmax(distance, fabs(a[i] - b[i]));
    return distance;
}

typedef struct peer {
    const double *f64, *f32;
} peer;
#define PEER(name)                                                                                                     \
    (peer)                                                                                                             \
    {                                                                                                                  \
        torch_##name##_f64, torch_##name##_f32                                                                         \
    }

static void close_to(peer torch, ssi_optimizer *f64, ssi_optimizer *f32)
{
    double losses[STEPS];
    ten_losses(f64, SSI_F64, losses);
    assert_true(farthest(losses, torch.f64) < 1e-9);
    ten_losses(f32, SSI_F32, losses);
    assert_true(farthest(losses, torch.f32) < 1e-5);
}

/* Early steps divide by almost nothing, so f32 runs part from each other: ours may be as far from the truth as PyTorch's. */
static void as_far_as(peer torch, ssi_optimizer *f64, ssi_optimizer *f32)
{
    double losses[STEPS];
    ten_losses(f64, SSI_F64, losses);
    assert_true(farthest(losses, torch.f64) < 1e-9);
    ten_losses(f32, SSI_F32, losses);
    assert_true(farthest(losses, torch.f64) < 3 * farthest(torch.f32, torch.f64));
}
#define BOTH(make) make, make

static void sgd_learns_as_pytorchs(void **state)
{
    (void)state;
    close_to(PEER(sgd), BOTH(ssi_sgd(.lr = 0.1)));
    close_to(PEER(sgd_decay), BOTH(ssi_sgd(.lr = 0.1, .momentum = 0.9, .dampening = 0.3, .weight_decay = 0.01)));
}

static void momentum_and_nesterov_learn_as_pytorchs(void **state)
{
    (void)state;
    close_to(PEER(momentum), BOTH(ssi_sgd(.lr = 0.05, .momentum = 0.9)));
    close_to(PEER(nesterov), BOTH(ssi_sgd(.lr = 0.05, .momentum = 0.9, .nesterov = 1)));
}

static void adagrad_learns_as_pytorchs(void **state)
{
    (void)state;
    as_far_as(PEER(adagrad), BOTH(ssi_adagrad()));
    as_far_as(PEER(adagrad_decay),
              BOTH(ssi_adagrad(.lr = 0.02, .lr_decay = 0.1, .weight_decay = 0.01, .initial_accumulator = 0.1)));
}

static void rmsprop_learns_as_pytorchs(void **state)
{
    (void)state;
    as_far_as(PEER(rmsprop), BOTH(ssi_rmsprop()));
    as_far_as(PEER(rmsprop_centered),
              BOTH(ssi_rmsprop(.lr = 0.001, .momentum = 0.9, .centered = 1, .weight_decay = 0.01)));
}

static void adam_and_adamw_learn_as_pytorchs(void **state)
{
    (void)state;
    close_to(PEER(adam), BOTH(ssi_adam()));
    close_to(PEER(adam_decay),
             BOTH(ssi_adam(.lr = 1e-2, .beta1 = 0.8, .beta2 = 0.99, .eps = 1e-6, .weight_decay = 0.01)));
    close_to(PEER(adamw), BOTH(ssi_adamw()));
}

static void names_give_the_same_optimisers(void **state)
{
    (void)state;
    close_to(PEER(sgd), BOTH(ssi_optimizer_named("sgd", 0.1)));
    close_to(PEER(momentum), BOTH(ssi_optimizer_named("momentum", 0.05)));
    close_to(PEER(nesterov), BOTH(ssi_optimizer_named("nesterov", 0.05)));
    close_to(PEER(adam), BOTH(ssi_optimizer_named("adam", 0)));
    assert_null(ssi_optimizer_named("adma", 0));
    assert_error(SSI_NOT_FOUND, "did you mean adam?");
    assert_null(ssi_optimizer_named("gradient descent", 0));
    assert_error(SSI_NOT_FOUND, "rmsprop");
}

static void impossible_settings_are_refused(void **state)
{
    (void)state;
    assert_null(ssi_sgd(.momentum = NAN));
    assert_error(SSI_INVALID, "nan is no setting");
    assert_null(ssi_sgd(.nesterov = 1));
    assert_error(SSI_INVALID, ".momentum = 0.9");
    assert_null(ssi_adam(.beta1 = 1));
    assert_error(SSI_INVALID, "must be less than 1");
    ssi_optimizer *adam = ssi_adam();
    assert_true(ssi_learning_rate(adam) == 1e-3);
    assert_int_equal(ssi_set_learning_rate(adam, -1), SSI_INVALID);
    assert_error(SSI_INVALID, "-1 is no learning rate");
    assert_int_equal(ssi_set_learning_rate(adam, 0.5), SSI_OK);
    assert_true(ssi_learning_rate(adam) == 0.5);
    ssi_optimizer_free(adam);
    ssi_optimizer_free(NULL);
}

/* One parameter's gradient is missing: then no parameter moves. */
static void a_step_is_written_whole_or_not_at_all(void **state)
{
    (void)state;
    ssi_model *net = make_model(SSI_F32);
    ssi_tensor *w[SSI_MAX_PARAMETERS], *dw[SSI_MAX_PARAMETERS] = {NULL};
    int n = ssi_parameters(net, SSI_MAX_PARAMETERS, w);
    ssi_optimizer *sgd = ssi_sgd(.lr = 1);
    ssi_scope scope = ssi_scope_open();
    double before = ssi_item(ssi_sum(w[0]));
    ssi_scope_close(scope);
    scope = ssi_scope_open();
    for (int i = 0; i < n - 1; i++)
        dw[i] = (ssi_ones)(SSI_F32, w[i]->rank, w[i]->shape);
    assert_int_not_equal(ssi_step(sgd, n, w, dw), SSI_OK);
    ssi_scope_close(scope);
    scope = ssi_scope_open();
    assert_true(ssi_item(ssi_sum(w[0])) == before);
    ssi_scope_close(scope);
    ssi_error_take(NULL);
    ssi_optimizer_free(sgd);
    ssi_model_free(net);
}

static void a_step_is_done_when_its_scope_closes(void **state)
{
    (void)state;
    ssi_scope outer = ssi_scope_open();
    ssi_tensor *w = ssi_array(((float[]){1, 2}), 2);
    ssi_optimizer *sgd = ssi_sgd(.lr = 0.5);
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *dw = ssi_grad(ssi_sum(ssi_square(w)), w);
    assert_int_equal(ssi_step(sgd, 1, &w, &dw), SSI_OK);
    assert_int_equal(ssi_scope_close(scope), SSI_OK);
    assert_memory_equal(ssi_data_f32(w), ((float[]){0, 0}), 8);
    ssi_optimizer_free(sgd);
    ssi_scope_close(outer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sgd_learns_as_pytorchs),
        cmocka_unit_test(momentum_and_nesterov_learn_as_pytorchs),
        cmocka_unit_test(adagrad_learns_as_pytorchs),
        cmocka_unit_test(rmsprop_learns_as_pytorchs),
        cmocka_unit_test(adam_and_adamw_learn_as_pytorchs),
        cmocka_unit_test(names_give_the_same_optimisers),
        cmocka_unit_test(impossible_settings_are_refused),
        cmocka_unit_test(a_step_is_written_whole_or_not_at_all),
        cmocka_unit_test(a_step_is_done_when_its_scope_closes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
