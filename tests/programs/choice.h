/*
 * choice.h - one operation of a random program: chosen once from what is alive, applied to any tensors of the same shapes and dtypes.
 *
 * Operations that leave the numbers one can compute with (exp of large, log of negative, division by zero) are mostly given tame operands,
 * or everything would soon be NaN.
 */
#ifndef SSI_TESTS_PROGRAMS_CHOICE_H
#define SSI_TESTS_PROGRAMS_CHOICE_H

#include <string.h>

#include "random.h"
#include "ssi/ops.h"

typedef enum family {
    CREATE,
    UNARY,
    BINARY,
    WITH_NUMBER,
    WHERE,
    CAST,
    RESHAPE,
    PERMUTE,
    EXPAND,
    SLICE,
    SET,
    FLIP,
    PAD,
    CONCATENATE,
    REDUCE,
    POSITION,
    MATMUL,
    GATHER,
    SCATTER,
    PHRASE,
    FAMILIES
} family;

typedef struct choice {
    family family;
    int code;
    bool tame, medium; /* medium: products round what they multiply */
    ssi_dtype dtype;
    double number;
    int rank;
    int64_t a[SSI_MAX_RANK], b[SSI_MAX_RANK];
    ssi_range range[SSI_MAX_RANK];
} choice;

typedef ssi_tensor *unary(ssi_tensor *);
typedef ssi_tensor *binary(ssi_tensor *, ssi_tensor *);
typedef ssi_tensor *reduction(ssi_tensor *, int, const int *, int);

static const struct {
    const char *name;
    unary *build;
} unaries[] = {
    {"neg", ssi_neg},         {"abs", ssi_abs},       {"sign", ssi_sign},
    {"floor", ssi_floor},     {"exp", ssi_exp},       {"log", ssi_log},
    {"sqrt", ssi_sqrt},       {"sin", ssi_sin},       {"cos", ssi_cos},
    {"tanh", ssi_tanh},       {"erf", ssi_erf},       {"sigmoid", ssi_sigmoid},
    {"relu", ssi_relu},       {"detach", ssi_detach}, {"logical_not", ssi_logical_not},
    {"sigmoid", ssi_sigmoid}, {"tanh", ssi_tanh},     {"relu", ssi_relu},
};
enum { UNARIES = sizeof unaries / sizeof *unaries };

static const struct {
    const char *name;
    binary *build;
} binaries[] = {
    {"add", ssi_add},
    {"sub", ssi_sub},
    {"mul", ssi_mul},
    {"div", ssi_div},
    {"maximum", ssi_maximum},
    {"minimum", ssi_minimum},
    {"pow", ssi_pow},
    {"equal", ssi_equal},
    {"not_equal", ssi_not_equal},
    {"less", ssi_less},
    {"less_equal", ssi_less_equal},
    {"greater", ssi_greater},
    {"greater_equal", ssi_greater_equal},
    {"logical_and", ssi_logical_and},
    {"logical_or", ssi_logical_or},
    {"logical_xor", ssi_logical_xor},
    {"add", ssi_add},
    {"sub", ssi_sub},
    {"mul", ssi_mul},
    {"mul", ssi_mul},
};
enum { BINARIES = sizeof binaries / sizeof *binaries };

static const struct {
    const char *name;
    reduction *build;
} reductions[] = {
    {"sum", ssi_sum_axes}, {"max", ssi_max_axes}, {"min", ssi_min_axes}, {"prod", ssi_prod_axes}, {"sum", ssi_sum_axes},
};
enum { REDUCTIONS = sizeof reductions / sizeof *reductions };

static const char *const creations[] = {"full", "zeros", "ones", "iota", "uniform"};
static const char *const phrases[] = {"softmax", "normalise", "dense", "moment", "square_error"};
static const char *const family_names[] = {
    [WHERE] = "where",     [CAST] = "cast",
    [RESHAPE] = "reshape", [PERMUTE] = "permute",
    [EXPAND] = "expand",   [SLICE] = "slice",
    [FLIP] = "flip",       [PAD] = "pad",
    [POSITION] = "argmax", [CONCATENATE] = "concatenate",
    [MATMUL] = "matmul",   [GATHER] = "gather",
    [SCATTER] = "scatter", [SET] = "set_slice",
};

static const char *name_of(const choice *c)
{
    switch (c->family) {
    case CREATE:
        return creations[c->code];
    case UNARY:
        return unaries[c->code].name;
    case BINARY:
    case WITH_NUMBER:
        return binaries[c->code].name;
    case REDUCE:
        return reductions[c->code].name;
    case PHRASE:
        return phrases[c->code];
    default:
        return family_names[c->family];
    }
}

/* ---- applying ---- */

static ssi_tensor *create(const choice *c)
{
    switch (c->code) {
    case 0:
        return (ssi_full)(c->dtype, c->rank, c->a, ssi_number(c->number));
    case 1:
        return (ssi_zeros)(c->dtype, c->rank, c->a);
    case 2:
        return (ssi_ones)(c->dtype, c->rank, c->a);
    case 3:
        return ssi_iota(c->dtype, c->rank, c->a, c->rank - 1);
    default:
        return ssi_uniform(c->dtype == SSI_F64 ? SSI_F64 : SSI_F32, c->rank, c->a, (uint64_t)c->b[0], 1);
    }
}

static bool named(const char *name, const char *other)
{
    return strcmp(name, other) == 0;
}

static ssi_tensor *apply_unary(const choice *c, ssi_tensor *x)
{
    const char *name = unaries[c->code].name;
    if (c->tame && named(name, "exp"))
        x = ssi_tanh(x);
    if (c->tame && (named(name, "log") || named(name, "sqrt")))
        x = ssi_add(ssi_abs(x), ssi_number(0.5));
    return unaries[c->code].build(x);
}

static ssi_tensor *apply_binary(const choice *c, ssi_tensor *a, ssi_tensor *b)
{
    const char *name = binaries[c->code].name;
    if (c->tame && named(name, "div"))
        b = ssi_add(ssi_abs(b), ssi_number(1));
    if (named(name, "pow")) {
        /* Of whole powers of integers nothing would be left but wrapped products; and a large base enlarges what its exponent was rounded by. */
        a = ssi_minimum(ssi_add(ssi_abs(a), ssi_number(0.5)), ssi_number(8));
        b = ssi_tanh(b);
    }
    return binaries[c->code].build(a, b);
}

static ssi_tensor *apply_reduction(const choice *c, ssi_tensor *x)
{
    int axes[SSI_MAX_RANK], count = 0;
    for (int i = 0; i < ssi_rank(x); i++) {
        if (c->a[0] >> i & 1)
            axes[count++] = i;
    }
    if (named(reductions[c->code].name, "prod"))
        x = ssi_sigmoid(x);
    return reductions[c->code].build(x, count, axes, (int)c->b[0]);
}

static ssi_tensor *multiply(const choice *c, ssi_tensor *a, ssi_tensor *b)
{
    ssi_precision before = ssi_set_precision(c->medium ? SSI_MEDIUM : SSI_HIGHEST);
    ssi_tensor *product = ssi_matmul(a, b);
    ssi_set_precision(before);
    return product;
}

static ssi_tensor *apply_phrase(const choice *c, ssi_tensor *x, ssi_tensor *y)
{
    const int last[] = {-1};
    ssi_tensor *e, *m;
    switch (c->code) {
    case 0: /* softmax */
        e = ssi_exp(ssi_sub(x, ssi_max_axes(x, 1, last, 1)));
        return ssi_div(e, ssi_sum_axes(e, 1, last, 1));
    case 1: /* normalise */
        m = ssi_div(ssi_sum_axes(x, 1, last, 1), ssi_number((double)ssi_dim(x, -1)));
        e = ssi_sub(x, m);
        return ssi_div(e, ssi_sqrt(ssi_add(ssi_sum_axes(ssi_mul(e, e), 1, last, 1), ssi_number(1e-3))));
    case 2: /* dense: x times a weight made on the spot */
        m = ssi_sub(
            ssi_uniform(ssi_dtype_of(x) == SSI_F64 ? SSI_F64 : SSI_F32, 2, (int64_t[]){ssi_dim(x, -1), c->a[0]}, 3, 4),
            ssi_number(0.5));
        return ssi_relu(ssi_add(multiply(c, x, m), ssi_number(c->number)));
    case 3: /* moment: as an optimiser keeps it */
        return ssi_add(ssi_mul(x, ssi_number(0.9)), ssi_mul(ssi_mul(y, y), ssi_number(0.1)));
    default: /* square error */
        e = ssi_sub(x, y);
        return ssi_sum_axes(ssi_mul(e, e), 0, NULL, 0);
    }
}

/* The tensors' shapes and dtypes are those the choice was made for, so what was valid then is valid now. */
static ssi_tensor *apply(const choice *c, ssi_tensor *const x[3])
{
    switch (c->family) {
    case CREATE:
        return create(c);
    case UNARY:
        return apply_unary(c, x[0]);
    case BINARY:
        return apply_binary(c, x[0], x[1]);
    case WITH_NUMBER:
        return c->tame ? apply_binary(c, x[0], ssi_number(c->number)) : apply_binary(c, ssi_number(c->number), x[0]);
    case WHERE:
        return ssi_where(ssi_less(x[0], ssi_number(c->number)), x[1], x[2]);
    case CAST:
        return ssi_cast(x[0], c->dtype);
    case RESHAPE:
        return (ssi_reshape)(x[0], c->rank, c->a);
    case PERMUTE:
        return (ssi_permute)(x[0], c->rank, c->a);
    case EXPAND:
        return (ssi_expand)(x[0], c->rank, c->a);
    case SLICE:
        return ssi_slice(x[0], c->rank, c->range);
    case SET: /* tame: from the same places of another */
        return ssi_set_slice(x[0], c->rank, c->range,
                             c->tame ? ssi_slice(x[1], c->rank, c->range) : ssi_number(c->number));
    case FLIP:
        return ssi_flip(x[0], (int)c->a[0]);
    case PAD:
        return ssi_pad(x[0], c->a, c->b, ssi_number(c->number));
    case CONCATENATE:
        return ssi_concatenate(2, x, (int)c->a[0]);
    case REDUCE:
        return apply_reduction(c, x[0]);
    case POSITION:
        return c->code ? ssi_argmin(x[0], (int)c->a[0]) : ssi_argmax(x[0], (int)c->a[0]);
    case MATMUL:
        return multiply(c, x[0], c->tame ? ssi_transpose(x[1]) : x[1]);
    case GATHER:
        return ssi_gather(x[0], x[1]);
    case SCATTER:
        return ssi_scatter_add(x[0], x[1], x[2]);
    case PHRASE:
        return apply_phrase(c, x[0], x[1]);
    default:
        return NULL;
    }
}

#endif
