/*
 * Every operation of the table, over every one of its samples: values against the reference in all dtypes and layouts, first and second
 * gradients against finite differences. A new operation is tried without a line here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "ops/build.h"
#include "run/run.h"
#include "sample.h"
#include "ssi/grad.h"
#include "ssi/math.h"

/* ---- layouts: those of the sample, or for a map all of these, one after another ---- */

static const char *const layouts[][MOST_INPUTS] = {
    {"[3,4]", "[3,4]", "[3,4]"}, {"[4,3].T", "[4]", "[3,1]"},
    {"[3,1]", "[4]", "[]"},      {"[]", "[]", "[]"},
    {"[4]", "[]", "[2,3,1]"},    {"[5,2].every_second", "[2,5].T", "[5,2]"},
    {"[1]", "[1]", "[1]"},       {"[0,4]", "[4]", "[1]"},
    {"[1300]", "[]", "[1300]"}, /* more than a block of the interpreter */
    {"[]", "[30,33]", "[33]"},
};
enum { LAYOUTS = sizeof layouts / sizeof *layouts };

static bool next_case(const ssi_op *op, int *at, int *layout_at, sample *s)
{
    while (op->words->samples && op->words->samples[*at]) {
        *s = read_sample(op->words->samples[*at]);
        bool free_layout = s->operands && !s->operand[0].shaped;
        if (*layout_at < (free_layout ? LAYOUTS : 1)) {
            for (int i = 0; i < s->operands && free_layout; i++)
                read_layout(&s->operand[i].layout, layouts[*layout_at][i]);
            ++*layout_at;
            return true;
        }
        ++*at;
        *layout_at = 0;
    }
    return false;
}

static int64_t size_of(const operand *o)
{
    int64_t count = 1;
    for (int i = 0; i < o->layout.rank; i++)
        count *= o->layout.shape[i];
    return count;
}

static int64_t largest_operand(const sample *s)
{
    int64_t largest = 0;
    for (int i = 0; i < s->operands; i++)
        largest = size_of(&s->operand[i]) > largest ? size_of(&s->operand[i]) : largest;
    return largest;
}

/* ---- values ---- */

typedef struct result {
    ssi_dtype dtype;
    int64_t count;
    double *number;
} result;

/* The operation's elements as doubles; count -1 when the builder refused. i64 beyond 2^53 does not occur. */
static result run(const ssi_op *op, const sample *s, ssi_dtype dtype, bool reference)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x[MOST_INPUTS];
    for (int i = 0; i < s->operands; i++)
        x[i] = make_operand(&s->operand[i], dtype, (uint64_t)i);
    ssi_use_reference = reference;
    ssi_tensor *y = apply(op, s, x, dtype);
    result r = {ssi_dtype_of(y), ssi_size(y), NULL};
    if (y) {
        r.number = calloc((size_t)r.count + 1, sizeof *r.number);
        if (ssi_read(y, SSI_F64, r.number, r.count) != SSI_OK)
            r.count = -1;
    }
    ssi_use_reference = 0;
    ssi_scope_close(scope);
    return r;
}

static double ulp_of(ssi_dtype dtype, double x)
{
    static const struct {
        double epsilon, smallest;
    } is[] = {[SSI_F32] = {0x1p-23, 0x1p-126},
              [SSI_F64] = {0x1p-52, 0x1p-1022},
              [SSI_F16] = {0x1p-10, 0x1p-14},
              [SSI_BF16] = {0x1p-7, 0x1p-126}};
    return ssi_is_float(dtype) ? is[dtype].epsilon * ldexp(1, ilogb(fmax(fabs(x), is[dtype].smallest))) : 0;
}

/* Sums and products are made in another order than the reference's, matrix products without a fused multiply-add where the machine has none:
 * each of at most 24 terms in [-4, 4] may round once more. */
static double allowed(const ssi_op *op, ssi_dtype dtype, double x)
{
    if (op->kind == SSI_KIND_CONTRACT || (op->kind == SSI_KIND_REDUCE && op->code <= SSI_REDUCE_PROD))
        return 24 * ulp_of(dtype, fmax(fabs(x), 4));
    return op->words->ulp * ulp_of(dtype, x);
}

static bool agree(const ssi_op *op, const result *a, const result *b)
{
    bool same = a->count == b->count && a->dtype == b->dtype;
    for (int64_t i = 0; same && i < a->count; i++) {
        double x = a->number[i], y = b->number[i];
        same = x == y || (isnan(x) && isnan(y)) || fabs(x - y) <= allowed(op, a->dtype, y);
        if (!same)
            print_message("%s of %s: element %lld is %.17g, should be %.17g\n", op->name, ssi_dtype_name(a->dtype),
                          (long long)i, x, y);
    }
    return same;
}

/* Whether what failed is that this build lacks what the operation needs, which is said, and no error any more. */
static bool is_lacking(const ssi_op *op)
{
    const ssi_error *error = ssi_error_peek();
    if (!error || strcmp(error->message, "this build has no LAPACK") != 0)
        return false;
    print_message("skipped: %s, for this build has no LAPACK\n", op->name);
    return ssi_error_take(NULL);
}

/* Whether every sample in every dtype agrees with the reference; says where one first does not. Counts what was compared; what a builder
 * refuses must be refused in words. */
static bool values_agree(const ssi_op *op, int *compared)
{
    bool good = true;
    sample s;
    for (int at = 0, layout_at = 0; good && next_case(op, &at, &layout_at, &s);) {
        for (int dtype = 0; good && dtype < SSI_DTYPES; dtype++) {
            result fused = run(op, &s, (ssi_dtype)dtype, false);
            bool refused = ssi_error_take(NULL);
            result plain = run(op, &s, (ssi_dtype)dtype, true);
            if (is_lacking(op)) {
                *compared = -1;
                return true;
            }
            bool refused_too = ssi_error_take(NULL);
            if (refused != refused_too || (!refused && !agree(op, &fused, &plain))) {
                print_message("    in sample \"%s\", layout %d, %s\n", op->words->samples[at], layout_at - 1,
                              ssi_dtype_name((ssi_dtype)dtype));
                good = false;
            }
            *compared += !refused;
            free(fused.number);
            free(plain.number);
        }
    }
    return good;
}

static void every_operation_agrees_with_its_reference_in_every_dtype_and_layout(void **state)
{
    (void)state;
    bool good = true;
    for (int i = 0; ssi_ops[i]; i++) {
        int compared = 0;
        good = values_agree(ssi_ops[i], &compared) && good;
        bool stored = ssi_ops[i]->kind == SSI_KIND_LEAF || ssi_ops[i]->kind == SSI_KIND_NUMBER;
        if (!compared && !stored) {
            print_message("%s was never tried\n", ssi_ops[i]->name);
            good = false;
        }
    }
    assert_true(good);
}

/* ---- views, by the indices they stand for: the reference runs them as strides, as everyone does ---- */

static int64_t element_behind(const ssi_tensor *y, const ssi_tensor *x, int64_t at)
{
    int64_t index[SSI_MAX_RANK], in_x[SSI_MAX_RANK], place = 0;
    if (y->op->code == SSI_VIEW_RESHAPE)
        return at;
    for (int i = y->rank - 1; i >= 0; i--) {
        index[i] = at % y->shape[i];
        at /= y->shape[i];
    }
    int lead = y->rank - x->rank;
    for (int i = 0; i < x->rank; i++) {
        if (y->op->code == SSI_VIEW_EXPAND)
            in_x[i] = x->shape[i] == 1 ? 0 : index[lead + i];
        else if (y->op->code == SSI_VIEW_PERMUTE)
            for (int k = 0; k < y->rank; k++)
                in_x[y->attribute[k]] = index[k];
        else if (y->op->code == SSI_VIEW_SLICE)
            in_x[i] = y->argument[i] + index[i] * y->attribute[i];
        else
            in_x[i] = y->attribute[0] >> i & 1 ? x->shape[i] - 1 - index[i] : index[i];
    }
    for (int i = 0; i < x->rank; i++)
        place = place * x->shape[i] + in_x[i];
    return place;
}

static void every_view_shows_the_elements_its_indices_say(void **state)
{
    (void)state;
    sample s;
    for (int i = 0; ssi_ops[i]; i++) {
        const ssi_op *op = ssi_ops[i];
        for (int at = 0, layout_at = 0; op->kind == SSI_KIND_VIEW && next_case(op, &at, &layout_at, &s);) {
            ssi_scope scope = ssi_scope_open();
            ssi_tensor *x = make_operand(&s.operand[0], SSI_F64, 0), *y = apply(op, &s, &x, SSI_F64);
            double in[64], out[64];
            assert_ptr_equal(y->op, op);
            assert_int_equal(ssi_read(x, SSI_F64, in, ssi_size(x)), SSI_OK);
            assert_int_equal(ssi_read(y, SSI_F64, out, ssi_size(y)), SSI_OK);
            for (int64_t k = 0; k < ssi_size(y); k++)
                assert_true(out[k] == in[element_behind(y, x, k)]);
            ssi_scope_close(scope);
        }
    }
}

/* ---- gradients ---- */

typedef struct question {
    const ssi_op *op;
    const sample *sample;
    ssi_tensor *const *x;
    int which; /* the operand that varies */
} question;

static ssi_tensor *answer(ssi_tensor *x, void *context)
{
    const question *q = context;
    ssi_tensor *in[MOST_INPUTS];
    memcpy(in, q->x, sizeof in);
    in[q->which] = x;
    return apply(q->op, q->sample, in, SSI_F64);
}

/* The gradient of the sum of y + y^2/2 + y^3/3: it depends on x also where the operation is linear, or a square root, or 0. */
static ssi_tensor *slope(ssi_tensor *x, void *context)
{
    ssi_tensor *y = answer(x, context);
    ssi_tensor *square = ssi_mul(y, y), *cube = ssi_mul(square, y);
    ssi_tensor *d = ssi_grad(ssi_sum(ssi_add(y, ssi_add(ssi_div(square, 2), ssi_div(cube, 3)))), x);
    return ssi_add(d, ssi_mul(x, 0)); /* also where the gradient is 0 everywhere */
}

/* The sample casts f64 to f32: a staircase, whose slope only wide steps see, and no better than f32 can say it. */
static bool rounds(const ssi_op *op)
{
    return op == &ssi_op_cast;
}

/* The worst relative error of first (or second) gradients over all samples and float operands; NaN on failure. */
static double worst_gradient(const ssi_op *op, ssi_function *f, int *checked)
{
    double worst = 0;
    sample s;
    for (int at = 0, layout_at = 0; next_case(op, &at, &layout_at, &s);) {
        for (int which = 0; which < s.operands && largest_operand(&s) <= 32; which++) {
            if (is_selector(&s.operand[which]) || size_of(&s.operand[which]) == 0)
                continue;
            ssi_scope scope = ssi_scope_open();
            ssi_tensor *x[MOST_INPUTS];
            for (int i = 0; i < s.operands; i++)
                x[i] = make_operand(&s.operand[i], SSI_F64, (uint64_t)i + 1);
            question q = {op, &s, x, which};
            if (ssi_size(answer(x[which], &q)) != 0) {
                double error = ssi_gradient_check(f, x[which], rounds(op) ? 0.25 : 0, &q);
                if (!(error <= worst))
                    worst = error;
                ++*checked;
            }
            ssi_scope_close(scope);
            if (isnan(worst))
                return worst;
        }
    }
    return worst;
}

static void check_gradients(ssi_function *f, double bound)
{
    bool good = true;
    for (int i = 0; ssi_ops[i]; i++) {
        int checked = 0;
        const ssi_op *op = ssi_ops[i];
        if (!op->gradient)
            continue;
        double worst = worst_gradient(op, f, &checked);
        if (is_lacking(op))
            continue;
        if (!(worst <= (rounds(op) ? 1e-5 : bound)) || !checked) {
            print_message("%s: gradient off by %g in %d checks\n", op->name, worst, checked);
            ssi_report();
            good = false;
        }
    }
    assert_true(good);
}

static void every_gradient_is_the_numerical_one(void **state)
{
    (void)state;
    check_gradients(answer, 1e-8);
}

static void every_second_gradient_is_the_numerical_one(void **state)
{
    (void)state;
    check_gradients(slope, 1e-7);
}

static void every_operation_has_a_gradient_or_says_why_not(void **state)
{
    (void)state;
    for (int i = 0; ssi_ops[i]; i++) {
        const ssi_op *op = ssi_ops[i];
        bool stored = op->kind == SSI_KIND_LEAF || op->kind == SSI_KIND_NUMBER;
        assert_true(stored || (op->gradient != NULL) != (op->no_gradient != NULL));
        assert_non_null(op->words->doc);
        assert_non_null(op->words->signature);
        assert_true(stored || op->words->samples);
        assert_ptr_equal(ssi_op_named(op->name), op);
    }
}

/* ---- the alarm rings ---- */

static double wrong_value(double a, double b, double c)
{
    (void)b, (void)c;
    return exp(a) * (1 + 0x1p-20);
}

static ssi_tensor *wrong_gradient(const ssi_vjp *g)
{
    return ssi_mul(g->dy, ssi_mul(g->y, 1 + 1e-6));
}

static ssi_tensor *build_broken(ssi_tensor *x);
static const ssi_op broken = {
    SSI_MAP(broken, EXP),
    .map_f64 = wrong_value,
    .gradient = wrong_gradient,
    SSI_WORDS(.ulp = 2, .unary = build_broken, .samples = SSI_SAMPLES("x=uniform(-2,2)")),
};

static ssi_tensor *build_broken(ssi_tensor *x)
{
    return ssi_build_unary(&broken, x, ssi_float_for(ssi_dtype_of(x)));
}

static void a_broken_operation_is_found_out(void **state)
{
    (void)state;
    int count = 0;
    print_message("what follows is to be found wrong:\n");
    assert_false(values_agree(&broken, &count));
    double worst = worst_gradient(&broken, answer, &count);
    assert_true(worst > 5e-7 && worst < 2e-6);
    assert_true(worst_gradient(&broken, slope, &count) > 5e-7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_operation_has_a_gradient_or_says_why_not),
        cmocka_unit_test(every_operation_agrees_with_its_reference_in_every_dtype_and_layout),
        cmocka_unit_test(every_view_shows_the_elements_its_indices_say),
        cmocka_unit_test(every_gradient_is_the_numerical_one),
        cmocka_unit_test(every_second_gradient_is_the_numerical_one),
        cmocka_unit_test(a_broken_operation_is_found_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
