/*
 * search.c - places of values among sorted ones, and counts between edges.
 *
 * Binary search without branches, several values at a time, so that the memory's answers are waited for together. All searches of one table
 * take the same number of steps. NaN, which nothing can be compared with, stand at the table's end, and are cut off first.
 */
#include "cpu/call.h"
#include "cpu/isa.h"
#include "ops/lanes.h"
#include "run/backend.h"

enum { AT_ONCE = 8 };

typedef union values {
    double f64[AT_ONCE];
    float f32[AT_ONCE];
    int64_t i64[AT_ONCE];
    uint64_t bits64[AT_ONCE];
    uint32_t bits32[AT_ONCE];
} values;

/* For each of AT_ONCE values, how many of the sorted n >= 1 are less. */
#define SEARCH(type, member)                                                                                           \
    static void search_##member(int64_t *place, const ssi_lane *table, const values *v)                                \
    {                                                                                                                  \
        const type *sorted = table->data;                                                                              \
        int64_t low[AT_ONCE] = {0}, n = table->n, step = table->step;                                                  \
        for (; n > 1; n -= n / 2) {                                                                                    \
            const type *middle = sorted + (n / 2 - 1) * step;                                                          \
            UNROLLED for (int i = 0; i < AT_ONCE; i++) low[i] +=                                                       \
                n / 2 & -(int64_t)(middle[low[i] * step] < v->member[i]);                                              \
        }                                                                                                              \
        UNROLLED for (int i = 0; i < AT_ONCE; i++) place[i] = low[i] + (sorted[low[i] * step] < v->member[i]);         \
    }

SEARCH(float, f32)
SEARCH(double, f64)
SEARCH(int64_t, i64)

static void search(int64_t *place, const ssi_lane *table, const values *v)
{
    if (table->dtype == SSI_F64)
        search_f64(place, table, v);
    else if (table->dtype == SSI_F32)
        search_f32(place, table, v);
    else /* the builder widens the others */
        search_i64(place, table, v);
}

/* ---- the right of a value is the left of the next one ---- */

/* The bits of the float after those given; of infinity's there is none. */
static uint64_t next_float(uint64_t bits, uint64_t sign)
{
    if ((bits & ~sign) == 0)
        return 1;
    return (bits & sign) ? bits - 1 : bits + 1;
}

/* Turns values into the next ones; where there is none, beyond[i] says so. */
static void make_next(values *v, ssi_dtype dtype, bool *beyond)
{
    for (int i = 0; i < AT_ONCE; i++) {
        uint64_t *wide = &v->bits64[i];
        uint32_t *narrow = &v->bits32[i];
        switch (dtype) {
        case SSI_F64:
            beyond[i] = *wide == 0x7ff0000000000000u;
            *wide = next_float(*wide, (uint64_t)1 << 63);
            break;
        case SSI_F32:
            beyond[i] = *narrow == 0x7f800000u;
            *narrow = (uint32_t)next_float(*narrow, 0x80000000u);
            break;
        default:
            beyond[i] = *wide == INT64_MAX;
            *wide += 1;
        }
    }
}

/* ---- NaN ---- */

static bool is_nan(const void *data, ssi_dtype dtype, int64_t at)
{
    if (dtype == SSI_F64) {
        double x = ((const double *)data)[at];
        return x != x;
    }
    float x = dtype == SSI_F32 ? ((const float *)data)[at] : 0;
    return x != x;
}

/* How many come before the NaN at the end. */
static int64_t numbers_of(const ssi_lane *table)
{
    int64_t low = 0, high = table->n;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (is_nan(table->data, table->dtype, middle * table->step))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static bool is_dense(const ssi_view *view)
{
    bool dense = true;
    for (int64_t i = view->rank - 1, size = 1; i >= 0; size *= view->shape[i--])
        dense = dense && (view->stride[i] == size || view->shape[i] == 1);
    return dense;
}

/* Values [u, u + some) of the call, one after another. */
static void gather(const ssi_call *call, int64_t u, int64_t some, bool dense, values *v)
{
    const ssi_view *in = &call->in[1];
    size_t size = ssi_dtype_size(in->dtype);
    if (dense) {
        memcpy(v, (const char *)in->data + u * (int64_t)size, (size_t)some * size);
        return;
    }
    for (int64_t i = 0; i < some; i++) {
        int64_t at = ssi_unit_offset(call, in, u + i);
        memcpy((char *)v + i * (int64_t)size, (const char *)in->data + at * (int64_t)size, size);
    }
}

int ssi_cpu_search(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    (void)work;
    const ssi_view *sorted = &call->in[0];
    bool right = call->attribute[0], dense = is_dense(&call->in[1]);
    ssi_lane table = {.data = sorted->data, .dtype = sorted->dtype, .n = sorted->shape[0], .step = sorted->stride[0]};
    int64_t n = table.n, *out = call->out->data;
    table.n = ssi_is_float(table.dtype) ? numbers_of(&table) : n;
    for (int64_t u = first; u < last; u += AT_ONCE) {
        values value = {{0}}, next;
        int64_t place[AT_ONCE] = {0};
        int64_t some = last - u < AT_ONCE ? last - u : AT_ONCE;
        bool beyond[AT_ONCE] = {false};
        gather(call, u, some, dense, &value);
        next = value;
        if (right)
            make_next(&next, table.dtype, beyond);
        if (table.n)
            search(place, &table, &next);
        for (int64_t i = 0; i < some; i++) {
            out[u + i] = beyond[i] ? table.n : place[i];
            if (is_nan(&value, table.dtype, i))
                out[u + i] = right ? n : table.n;
        }
    }
    return SSI_OK;
}

/* ---- counts between edges ---- */

enum { VALUES_AT_ONCE = 512 };

/* The edges, of which there are bins + 1. */
typedef struct scale {
    const double *edge;
    int64_t step, bins;
    double low, high, per_bin; /* bins in a unit, where edges are in equal steps */
} scale;

static double edge(const scale *s, int64_t i)
{
    return s->edge[i * s->step];
}

/* The bin by proportion may be off by one at an edge, which decides. */
static int64_t bin_by_proportion(const scale *s, double x)
{
    int64_t bin = (int64_t)((x - s->low) * s->per_bin);
    bin -= bin >= s->bins;
    bin -= x < edge(s, bin);
    bin += bin < s->bins - 1 && x >= edge(s, bin + 1);
    return bin;
}

/* The last edge that is not above x. */
static int64_t bin_by_search(const scale *s, double x)
{
    int64_t bin = 0;
    for (int64_t n = s->bins + 1, half; n > 1; n -= half) {
        half = n / 2;
        bin += edge(s, bin + half) <= x ? half : 0;
    }
    return bin - (bin == s->bins);
}

static void count_values(const scale *s, bool uniform, const double *x, int64_t n, int64_t *count)
{
    for (int64_t i = 0; i < n; i++) {
        if (x[i] >= s->low && x[i] <= s->high)
            count[uniform ? bin_by_proportion(s, x[i]) : bin_by_search(s, x[i])]++;
    }
}

int ssi_cpu_count_between(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    (void)first, (void)last, (void)work; /* there is one unit */
    const ssi_view *x = &call->in[0], *edges = &call->in[1];
    scale s = {.edge = edges->data, .step = edges->stride[0], .bins = call->out->shape[0]};
    s.low = edge(&s, 0);
    s.high = edge(&s, s.bins);
    s.per_bin = (double)s.bins / (s.high - s.low);
    bool uniform = call->attribute[0] && s.per_bin > 0 && s.per_bin * (s.high - s.low) < 9e15;
    memset(call->out->data, 0, (size_t)s.bins * sizeof(int64_t));
    size_t size = ssi_dtype_size(x->dtype);
    for (int64_t at = 0, n; at < x->shape[0]; at += n) {
        double gathered[VALUES_AT_ONCE], value[VALUES_AT_ONCE];
        const void *from = (const char *)x->data + at * x->stride[0] * (int64_t)size;
        n = x->shape[0] - at < VALUES_AT_ONCE ? x->shape[0] - at : VALUES_AT_ONCE;
        for (int64_t i = 0; i < n && x->stride[0] != 1; i++)
            memcpy((char *)gathered + i * (int64_t)size, (const char *)from + i * x->stride[0] * (int64_t)size, size);
        from = x->stride[0] == 1 ? from : gathered;
        if (x->dtype != SSI_F64) {
            ssi_backend_cpu()->cast[x->dtype][SSI_F64](value, from, NULL, NULL, (size_t)n);
            from = value;
        }
        count_values(&s, uniform, from, n, call->out->data);
    }
    return SSI_OK;
}
