/*
 * sample.h - the sampler texts of the table, read: "x=uniform(-2,2)[4,3].T axes=0,1 keepdims=1".
 *
 * An operand is NAME=SOURCE[SHAPE], a source uniform(low,high), spread(low,high) (no two are near each
 * other, for operations with kinks), integers(low,high), bool or values(a,b,...); .T turns it over after it
 * has been made, so that it lies in memory as nobody expects. Anything else is an argument, a list of integers parted by commas or colons. The
 * operands of maps have no shape: they are tried in every layout.
 */
#ifndef SSI_TESTS_TABLE_SAMPLE_H
#define SSI_TESTS_TABLE_SAMPLE_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/decompose.h"

enum { MOST_INPUTS = 3, MOST_NUMBERS = 24 };

typedef struct layout {
    int rank;
    int64_t shape[4];
    bool turned;  /* its transpose is the operand */
    bool strided; /* every second element of a larger tensor is */
} layout;

typedef struct operand {
    char name[16], source[16];
    double number[MOST_NUMBERS]; /* low and high, or the values */
    bool shaped;
    layout layout;
} operand;

typedef struct argument {
    char name[16];
    int count;
    int64_t number[MOST_NUMBERS];
} argument;

typedef struct sample {
    operand operand[MOST_INPUTS];
    int operands;
    argument argument[3];
    int arguments;
} sample;

static int read_numbers(const char **text, double *out)
{
    int count = 0;
    for (;;) {
        char *end;
        out[count] = strtod(*text, &end);
        if (end == *text)
            return count;
        count++;
        *text = end;
        if (**text != ',' && **text != ':')
            return count;
        ++*text;
    }
}

static void read_layout(layout *l, const char *text)
{
    double size[MOST_NUMBERS];
    text++;
    *l = (layout){.rank = read_numbers(&text, size)};
    for (int i = 0; i < l->rank; i++)
        l->shape[i] = (int64_t)size[i];
    l->turned = strcmp(text, "].T") == 0;
    l->strided = strcmp(text, "].every_second") == 0;
}

static void read_operand(operand *o, const char *text)
{
    size_t length = strcspn(text, "([");
    snprintf(o->source, sizeof o->source, "%.*s", (int)length, text);
    text += length;
    if (*text == '(') {
        text++;
        read_numbers(&text, o->number);
        text++;
    }
    o->shaped = *text == '[';
    if (o->shaped)
        read_layout(&o->layout, text);
}

static sample read_sample(const char *text)
{
    sample s = {0};
    char word[128], name[16];
    for (; *text; text += strspn(text, " ")) {
        size_t length = strcspn(text, " ");
        snprintf(word, sizeof word, "%.*s", (int)length, text);
        text += length;
        size_t before = strcspn(word, "=");
        snprintf(name, sizeof name, "%.*s", (int)before, word);
        const char *rest = word + before + 1;
        if (*rest == '-' || (*rest >= '0' && *rest <= '9')) {
            argument *a = &s.argument[s.arguments++];
            double number[MOST_NUMBERS];
            memcpy(a->name, name, sizeof name);
            a->count = read_numbers(&rest, number);
            for (int i = 0; i < a->count; i++)
                a->number[i] = (int64_t)number[i];
        } else {
            operand *o = &s.operand[s.operands++];
            memcpy(o->name, name, sizeof name);
            read_operand(o, rest);
        }
    }
    return s;
}

static const argument *argument_named(const sample *s, const char *name)
{
    static const argument none;
    for (int i = 0; i < s->arguments; i++) {
        if (!strcmp(s->argument[i].name, name))
            return &s->argument[i];
    }
    return &none;
}

static int64_t number_named(const sample *s, const char *name, int64_t otherwise)
{
    const argument *a = argument_named(s, name);
    return a->count ? a->number[0] : otherwise;
}

/* ---- making an operand ---- */

static double draw(const operand *o, uint64_t place, uint64_t seed)
{
    uint32_t word[4];
    ssi_philox(seed, place, 0, word);
    double u = (word[0] >> 8) * 0x1p-24;
    if (!strcmp(o->source, "values"))
        return o->number[place];
    if (!strcmp(o->source, "bool"))
        return u < 0.5;
    if (!strcmp(o->source, "integers"))
        return o->number[0] + floor(u * (o->number[1] - o->number[0] + 1));
    if (!strcmp(o->source, "spread")) /* the golden ratio's multiples, which keep away from each other */
        u = fmod((double)place * 0.6180339887498949 + (double)seed * 0.31, 1);
    return o->number[0] + u * (o->number[1] - o->number[0]);
}

/* Whether the operand says what it selects, not a value: it keeps its dtype and has no gradient. */
static bool is_selector(const operand *o)
{
    return !strcmp(o->source, "bool") || !strcmp(o->name, "index");
}

static ssi_dtype dtype_of(const operand *o, ssi_dtype dtype)
{
    return !strcmp(o->source, "bool") ? SSI_BOOL : !strcmp(o->name, "index") ? SSI_I64 : dtype;
}

/* Evaluated, so that what reads it sees its strides. */
static ssi_tensor *make_operand(const operand *o, ssi_dtype dtype, uint64_t seed)
{
    layout l = o->layout;
    if (l.strided)
        l.shape[0] *= 2;
    int64_t count = 1;
    for (int i = 0; i < l.rank; i++)
        count *= l.shape[i];
    dtype = dtype_of(o, dtype);
    char *data = malloc((size_t)count * 8 + 8);
    for (int64_t i = 0; i < count; i++) {
        double x = draw(o, (uint64_t)i, seed);
        x = dtype == SSI_U8 ? fabs(x) : x;
        ssi_put_f64(data, dtype, i, ssi_is_float(dtype) ? x : nearbyint(x));
    }
    ssi_tensor *x = (ssi_array)(dtype, l.rank, l.shape, data);
    free(data);
    if (l.turned)
        x = ssi_transpose(x);
    if (l.strided)
        x = ssi_slice(x, 1, &(ssi_range){0, SSI_END, 2});
    ssi_eval(x);
    return x;
}

/* ---- applying an operation ---- */

static ssi_tensor *reduce(const ssi_op *op, const sample *s, ssi_tensor *x)
{
    const argument *a = argument_named(s, "axes");
    int axes[4];
    for (int i = 0; i < a->count; i++)
        axes[i] = (int)a->number[i];
    int keepdims = (int)number_named(s, "keepdims", 0);
    switch (op->code) {
    case SSI_REDUCE_SUM:
        return ssi_sum_axes(x, a->count, axes, keepdims);
    case SSI_REDUCE_PROD:
        return ssi_prod_axes(x, a->count, axes, keepdims);
    case SSI_REDUCE_MIN:
        return ssi_min_axes(x, a->count, axes, keepdims);
    case SSI_REDUCE_MAX:
        return ssi_max_axes(x, a->count, axes, keepdims);
    case SSI_REDUCE_NANMIN:
        return ssi_nanmin_axes(x, a->count, axes, keepdims);
    case SSI_REDUCE_NANMAX:
        return ssi_nanmax_axes(x, a->count, axes, keepdims);
    case SSI_REDUCE_ARGMIN:
        return ssi_argmin(x, (int)number_named(s, "axis", SSI_ALL_AXES));
    default:
        return ssi_argmax(x, (int)number_named(s, "axis", SSI_ALL_AXES));
    }
}

/* How many ranges, of at most four axes. */
static int read_ranges(const sample *s, ssi_range *range)
{
    const argument *a = argument_named(s, "ranges");
    for (int i = 0; i < a->count / 3; i++)
        range[i] = (ssi_range){a->number[3 * i], a->number[3 * i + 1], a->number[3 * i + 2]};
    return a->count / 3;
}

static ssi_tensor *view(const ssi_op *op, const sample *s, ssi_tensor *x)
{
    const argument *shape = argument_named(s, "shape"), *axes = argument_named(s, "axes");
    ssi_range range[4];
    int ranges = read_ranges(s, range);
    switch (op->code) {
    case SSI_VIEW_RESHAPE:
        return (ssi_reshape)(x, shape->count, shape->number);
    case SSI_VIEW_PERMUTE:
        return (ssi_permute)(x, axes->count, axes->number);
    case SSI_VIEW_EXPAND:
        return (ssi_expand)(x, shape->count, shape->number);
    case SSI_VIEW_SLICE:
        return ssi_slice(x, ranges, range);
    default:
        return ssi_flip(x, (int)number_named(s, "axis", 0));
    }
}

static ssi_tensor *join(const ssi_op *op, const sample *s, ssi_tensor *const *x)
{
    ssi_range range[4];
    int ranges = read_ranges(s, range);
    switch (op->code) {
    case SSI_JOIN_CONCATENATE:
        return ssi_concatenate(s->operands, x, (int)number_named(s, "axis", 0));
    case SSI_JOIN_SET_SLICE:
        return ssi_set_slice(x[0], ranges, range, x[1]);
    default:
        return ssi_pad(x[0], argument_named(s, "before")->number, argument_named(s, "after")->number, x[1]);
    }
}

static ssi_tensor *source(const ssi_op *op, const sample *s, ssi_dtype dtype)
{
    const argument *shape = argument_named(s, "shape");
    if (!strcmp(op->name, "iota"))
        return ssi_iota(dtype, shape->count, shape->number, (int)number_named(s, "axis", 0));
    return ssi_uniform(dtype, shape->count, shape->number, (uint64_t)number_named(s, "seed", 0),
                       (uint64_t)number_named(s, "stream", 0));
}

/* What reads one triangle only takes its operand to be symmetric, and so has a gradient that is. */
static ssi_tensor *symmetric_operand(ssi_tensor *x)
{
    return ssi_mul(ssi_add(x, ssi_transpose(x)), 0.5);
}

static ssi_tensor *of_symmetric(const ssi_op *op, ssi_tensor *x)
{
    if (op == &ssi_op_cholesky)
        return ssi_build_cholesky(symmetric_operand(x));
    if (op == &ssi_op_eigh)
        return ssi_pack_eigh(symmetric_operand(x));
    return op == &ssi_op_eigvalsh ? ssi_pack_eigvalsh(symmetric_operand(x)) : NULL;
}

static ssi_tensor *call(const ssi_op *op, const sample *s, ssi_tensor *const *x)
{
    int axis = (int)number_named(s, "axis", SSI_ALL_AXES);
    const int64_t *ranks = argument_named(s, "ranks")->number;
    switch (op->code) {
    case SSI_CALL_CUMSUM:
        return ssi_cumsum(x[0], axis);
    case SSI_CALL_CUMPROD:
        return ssi_cumprod(x[0], axis);
    case SSI_CALL_SORT:
        return ssi_sort(x[0], axis);
    case SSI_CALL_ARGSORT:
        return ssi_argsort(x[0], axis);
    case SSI_CALL_ARGRANKS:
        if (s->operands > 1)
            return ssi_argranks_from(x[0], x[1], axis, ranks[1]);
        return ssi_argranks(x[0], axis, ranks[0], ranks[1], (int)ranks[2]);
    case SSI_CALL_PARTITION:
        return ssi_partition(x[0], number_named(s, "kth", 0), axis);
    case SSI_CALL_ARGPARTITION:
        return ssi_argpartition(x[0], number_named(s, "kth", 0), axis);
    case SSI_CALL_TAKE_ALONG:
        return ssi_take_along_axis(x[0], x[1], axis);
    case SSI_CALL_PUT_ALONG:
        return ssi_put_along_axis(x[0], x[1], x[2], axis);
    case SSI_CALL_ADD_ALONG:
        return ssi_add_along_axis(x[0], x[1], x[2], axis);
    case SSI_CALL_SEARCH:
        return ssi_searchsorted(x[0], x[1], (int)number_named(s, "right", 0));
    case SSI_CALL_COUNT_BETWEEN:
        return ssi_count_between(x[0], x[1], (int)number_named(s, "uniform", 0));
    case SSI_CALL_TRUTHS:
        return ssi_matmul(x[0], x[1]);
    case SSI_CALL_MASKED:
        return ssi_masked(x[0], x[1]);
    default:
        return !strcmp(op->name, "swapped") ? ssi_swapped(x[0], x[1]) : of_symmetric(op, x[0]);
    }
}

/* The operation on operands x, with the sample's arguments. NULL for an operation that nobody taught the tests. */
static ssi_tensor *apply(const ssi_op *op, const sample *s, ssi_tensor *const *x, ssi_dtype dtype)
{
    if (op->words->unary)
        return op->words->unary(x[0]);
    if (op->words->binary)
        return op->words->binary(x[0], x[1]);
    switch (op->kind) {
    case SSI_KIND_SOURCE:
        return source(op, s, dtype);
    case SSI_KIND_VIEW:
        return view(op, s, x[0]);
    case SSI_KIND_REDUCE:
        return reduce(op, s, x[0]);
    case SSI_KIND_JOIN:
        return join(op, s, x);
    case SSI_KIND_INDEX:
        return op->code == SSI_INDEX_GATHER ? ssi_gather(x[0], x[1]) : ssi_scatter_add(x[0], x[1], x[2]);
    case SSI_KIND_CALL:
        return call(op, s, x);
    case SSI_KIND_MAP:
        if (op->code == SSI_MAP_WHERE)
            return ssi_where(x[0], x[1], x[2]);
        if (op->code == SSI_MAP_CHECK_RANGE)
            return ssi_check_range(x[0], number_named(s, "n", 0));
        return ssi_cast(x[0], dtype == SSI_F64 ? SSI_F32 : SSI_F64);
    default:
        return NULL;
    }
}

#endif
