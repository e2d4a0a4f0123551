/*
 * Values, gradients and second gradients of operations, compositions and networks' parts, against PyTorch's (make_torch.py): to 1e-12 in f64 and
 * 1e-5 in f32, relative to the largest element; second gradients to ten times that.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <cmocka.h>

#include "golden/golden.h"
#include "ssi/grad.h"
#include "ssi/math.h"
#include "ssi/nn.h"

/* ---- the cases, as make_torch.py has them ---- */

typedef ssi_tensor *expression(ssi_tensor *const *x);
#define CASE(name, value)                                                                                              \
    static ssi_tensor *name##_case(ssi_tensor *const *x)                                                               \
    {                                                                                                                  \
        return value;                                                                                                  \
    }

static ssi_tensor *index_of(int rank, const int64_t *shape, const int64_t *data)
{
    return (ssi_array)(SSI_I64, rank, shape, data);
}
#define INTEGERS(...) index_of(1, (int64_t[]){sizeof((int64_t[]){__VA_ARGS__}) / 8}, (int64_t[]){__VA_ARGS__})

static ssi_tensor *condition(void)
{
    const unsigned char yes[] = {1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1};
    return (ssi_array)(SSI_BOOL, 2, (int64_t[]){3, 4}, yes);
}

static ssi_tensor *targets(const ssi_tensor *x)
{
    const double target[] = {1, 0, 0.5, 1, 0, 0, 1};
    return ssi_cast((ssi_array)(SSI_F64, 1, (int64_t[]){7}, target), ssi_dtype_of(x));
}

#define LIST(...)                                                                                                      \
    (int)(sizeof((int[]){__VA_ARGS__}) / sizeof(int)), (int[])                                                         \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }
#define JOIN(...)                                                                                                      \
    (int)(sizeof((ssi_tensor *[]){__VA_ARGS__}) / sizeof(ssi_tensor *)), (ssi_tensor *[])                              \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }

CASE(add, ssi_add(x[0], x[1]))
CASE(sub, ssi_sub(x[0], x[1]))
CASE(mul, ssi_mul(x[0], x[1]))
CASE(div, ssi_div(x[0], x[1]))
CASE(pow, ssi_pow(x[0], x[1]))
CASE(maximum, ssi_maximum(x[0], x[1]))
CASE(minimum, ssi_minimum(x[0], x[1]))
CASE(neg, ssi_neg(x[0]))
CASE(abs, ssi_abs(x[0]))
CASE(sign, ssi_sign(x[0]))
CASE(floor, ssi_floor(x[0]))
CASE(exp, ssi_exp(x[0]))
CASE(log, ssi_log(x[0]))
CASE(sqrt, ssi_sqrt(x[0]))
CASE(sin, ssi_sin(x[0]))
CASE(cos, ssi_cos(x[0]))
CASE(tanh, ssi_tanh(x[0]))
CASE(erf, ssi_erf(x[0]))
CASE(sigmoid, ssi_sigmoid(x[0]))
CASE(relu, ssi_relu(x[0]))
CASE(where, ssi_where(condition(), x[0], x[1]))
CASE(reshape, ssi_reshape(x[0], 2, 6))
CASE(permute, ssi_permute(x[0], 2, 0, 1))
CASE(expand, ssi_expand(x[0], 2, 3, 4))
CASE(slice, ssi_slice(x[0], 2, (ssi_range[]){{-1, SSI_END, -2}, {1, 3, 1}}))
CASE(pad, ssi_pad(x[0], (int64_t[]){2, 1}, (int64_t[]){1, 0}, ssi_number(1.5)))
CASE(concatenate, ssi_concatenate(JOIN(x[0], x[1], x[0]), 1))
CASE(sum, ssi_sum(x[0], 0, 2))
CASE(prod, ssi_prod(x[0], 1))
CASE(prod_all, ssi_prod(x[0]))
CASE(max, ssi_max(x[0], 1))
CASE(min, ssi_min(x[0]))
CASE(matmul, ssi_matmul(x[0], x[1]))
CASE(gather, ssi_gather(x[0], ssi_reshape(INTEGERS(3, 0, 0, -1), 2, 2)))
CASE(scatter_add, ssi_scatter_add(x[0], INTEGERS(3, 0, 0), x[1]))
CASE(softmax, ssi_softmax(x[0], -1))
CASE(log_softmax, ssi_log_softmax(x[0], 0))
CASE(logsumexp, ssi_logsumexp(x[0], 1))
CASE(mean, ssi_mean(x[0], 0))
CASE(var, ssi_var_axes(x[0], LIST(1), 0, 1))
CASE(std, ssi_std_axes(x[0], LIST(0, 1), 0, 0))
CASE(norm, ssi_norm(x[0], -1))
CASE(clip, ssi_clip(x[0], -1, 1))
CASE(log1p, ssi_log1p(x[0]))
CASE(expm1, ssi_expm1(x[0]))
CASE(gelu, ssi_gelu(x[0]))
CASE(silu, ssi_silu(x[0]))
CASE(elu, ssi_elu(x[0], 1))
CASE(leaky_relu, ssi_leaky_relu(x[0], 0.125))
CASE(softplus, ssi_softplus(x[0]))
CASE(square, ssi_square(x[0]))
CASE(reciprocal, ssi_reciprocal(x[0]))
CASE(stack, ssi_stack(JOIN(x[0], x[1]), 1))
CASE(cross_entropy, ssi_cross_entropy(x[0], INTEGERS(2, 0, 1)))
CASE(binary_cross_entropy, ssi_binary_cross_entropy(x[0], targets(x[0])))
CASE(mse, ssi_mse(x[0], x[1]))
CASE(mae, ssi_mae(x[0], x[1]))
CASE(huber, ssi_huber(x[0], x[1], 1.5))
CASE(dense, ssi_tanh(ssi_add(ssi_matmul(x[0], x[1]), x[2])))

static const struct {
    const char *name;
    expression *f;
} cases[] = {
    {"add", add_case},
    {"sub", sub_case},
    {"mul", mul_case},
    {"div", div_case},
    {"pow", pow_case},
    {"pow_edges", pow_case},
    {"maximum", maximum_case},
    {"minimum", minimum_case},
    {"neg", neg_case},
    {"abs", abs_case},
    {"sign", sign_case},
    {"floor", floor_case},
    {"exp", exp_case},
    {"log", log_case},
    {"sqrt", sqrt_case},
    {"sin", sin_case},
    {"cos", cos_case},
    {"tanh", tanh_case},
    {"erf", erf_case},
    {"sigmoid", sigmoid_case},
    {"relu", relu_case},
    {"where", where_case},
    {"reshape", reshape_case},
    {"permute", permute_case},
    {"expand", expand_case},
    {"slice", slice_case},
    {"pad", pad_case},
    {"concatenate", concatenate_case},
    {"sum", sum_case},
    {"prod", prod_case},
    {"prod_zeros", prod_case},
    {"prod_all", prod_all_case},
    {"max", max_case},
    {"min", min_case},
    {"matmul", matmul_case},
    {"matmul_vector", matmul_case},
    {"matmul_dot", matmul_case},
    {"matmul_stack", matmul_case},
    {"matmul_broadcast", matmul_case},
    {"gather", gather_case},
    {"scatter_add", scatter_add_case},
    {"softmax", softmax_case},
    {"log_softmax", log_softmax_case},
    {"logsumexp", logsumexp_case},
    {"mean", mean_case},
    {"var", var_case},
    {"std", std_case},
    {"norm", norm_case},
    {"norm_zero", norm_case},
    {"clip", clip_case},
    {"log1p", log1p_case},
    {"expm1", expm1_case},
    {"gelu", gelu_case},
    {"silu", silu_case},
    {"elu", elu_case},
    {"leaky_relu", leaky_relu_case},
    {"softplus", softplus_case},
    {"square", square_case},
    {"reciprocal", reciprocal_case},
    {"stack", stack_case},
    {"cross_entropy", cross_entropy_case},
    {"binary_cross_entropy", binary_cross_entropy_case},
    {"mse", mse_case},
    {"mae", mae_case},
    {"huber", huber_case},
    {"dense", dense_case},
};
enum { CASES = sizeof cases / sizeof *cases, MOST = 3 };

/* ---- holding to them ---- */

static golden_file file;

static const golden *vector(const char *name, const char *what, int i)
{
    char full[64];
    snprintf(full, sizeof full, i < 0 ? "%s.%s" : "%s.%s%d", name, what, i);
    return golden_find(&file, full);
}

static bool close_to(const char *name, const char *what, int which, ssi_tensor *x, double relative)
{
    const golden *expected = vector(name, what, which);
    double out[64], largest = 0, worst = 0;
    if (!expected || ssi_size(x) != expected->count || ssi_read(x, SSI_F64, out, expected->count) != SSI_OK) {
        print_message("%s.%s: nothing to compare\n", name, what);
        ssi_report();
        return false;
    }
    for (int64_t i = 0; i < expected->count; i++) {
        double d = fabs(out[i] - expected->number[i]);
        bool both = isnan(out[i]) && isnan(expected->number[i]);
        worst = both || d <= worst ? worst : d;
        largest = fmax(largest, fabs(expected->number[i]));
    }
    if (worst <= relative * largest)
        return true;
    print_message("%s.%s: off by %g of %g in %s\n", name, what, worst, largest, ssi_dtype_name(ssi_dtype_of(x)));
    return false;
}

/* sum(y * w), w = 1/2, 5/8, ... 10/8, 1/2, ... */
static ssi_tensor *weighted_sum(ssi_tensor *y)
{
    double w[64];
    for (int64_t i = 0; i < ssi_size(y); i++)
        w[i] = 0.5 + (double)(i % 7) / 8;
    int64_t shape[8];
    for (int i = 0; i < ssi_rank(y); i++)
        shape[i] = ssi_dim(y, i);
    ssi_tensor *weights = ssi_cast((ssi_array)(SSI_F64, ssi_rank(y), shape, w), ssi_dtype_of(y));
    return ssi_sum(ssi_mul(y, weights));
}

static bool holds(const char *name, expression *f, ssi_dtype dtype, double relative)
{
    ssi_tensor *x[MOST], *d[MOST];
    const golden *g;
    int count = 0;
    for (; count < MOST && (g = vector(name, "x", count)); count++)
        x[count] = ssi_cast((ssi_array)(SSI_F64, g->rank, g->shape, g->number), dtype);
    ssi_tensor *y = f(x);
    bool good = count && close_to(name, "y", -1, y, relative);
    if (!good || ssi_gradients(weighted_sum(y), count, x, d) != SSI_OK)
        return false;
    for (int i = 0; i < count; i++) {
        good = close_to(name, "d", i, d[i], relative) && good;
        if (vector(name, "s", i)) { /* differences of what has been rounded */
            ssi_tensor *s = ssi_grad(ssi_add(weighted_sum(d[i]), ssi_mul(ssi_sum(x[i]), 0)), x[i]);
            good = close_to(name, "s", i, s, 10 * relative) && good;
        }
    }
    return good;
}

static void check_all(ssi_dtype dtype, double relative)
{
    bool good = true;
    for (int i = 0; i < CASES; i++) {
        ssi_scope scope = ssi_scope_open();
        good = holds(cases[i].name, cases[i].f, dtype, relative) && good;
        ssi_scope_close(scope);
    }
    assert_int_equal(ssi_report(), 0);
    assert_true(good);
}

static void values_and_gradients_are_pytorchs_in_f64(void **state)
{
    (void)state;
    check_all(SSI_F64, 1e-12);
}

static void values_and_gradients_are_pytorchs_in_f32(void **state)
{
    (void)state;
    check_all(SSI_F32, 1e-5);
}

static void every_vector_of_the_file_belongs_to_a_case(void **state)
{
    (void)state;
    for (int i = 0; i < file.vectors; i++) {
        bool known = false;
        for (int k = 0; k < CASES && !known; k++) {
            size_t length = strlen(cases[k].name);
            known = !strncmp(file.vector[i].name, cases[k].name, length) && file.vector[i].name[length] == '.';
        }
        assert_true(known);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vector_of_the_file_belongs_to_a_case),
        cmocka_unit_test(values_and_gradients_are_pytorchs_in_f64),
        cmocka_unit_test(values_and_gradients_are_pytorchs_in_f32),
    };
    file = golden_open(SSI_TESTS "/golden/torch.txt");
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    golden_close(&file);
    return failed;
}
