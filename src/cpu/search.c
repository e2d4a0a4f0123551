/*
 * search.c - places of values among sorted ones, and counts between edges.
 *
 * Binary search without branches, several values at a time, so that the memory's answers are waited for together. All searches of one table
 * take the same number of steps.
 */
#include "cpu/call.h"
#include "cpu/key.h"
#include "run/backend.h"

enum { AT_ONCE = 16 };

static uint64_t key_at(const ssi_view *view, int64_t at)
{
    const char *data = view->data;
    switch (view->dtype) {
    case SSI_F64:
        return ssi_key_of_f64(((const uint64_t *)data)[at], 0);
    case SSI_F32:
        return ssi_key_of_f32(((const uint32_t *)data)[at], 0);
    case SSI_I64:
        return ((const uint64_t *)data)[at] ^ (uint64_t)1 << 63;
    default: /* the builder widens the others to i32 */
        return ((const uint32_t *)data)[at] ^ 0x80000000u;
    }
}

/* For each of AT_ONCE keys, how many of the sorted n >= 1 are less. */
#define SEARCH(name, type, key_of)                                                                                     \
    static void search_##name(int64_t *place, const uint64_t *key, const void *data, int64_t n, int64_t step)          \
    {                                                                                                                  \
        const type *sorted = data;                                                                                     \
        int64_t low[AT_ONCE] = {0};                                                                                    \
        for (; n > 1; n -= n / 2) {                                                                                    \
            int64_t half = n / 2;                                                                                      \
            for (int i = 0; i < AT_ONCE; i++) {                                                                        \
                type bits = sorted[(low[i] + half - 1) * step];                                                        \
                low[i] += (key_of) < key[i] ? half : 0;                                                                \
            }                                                                                                          \
        }                                                                                                              \
        for (int i = 0; i < AT_ONCE; i++) {                                                                            \
            type bits = sorted[low[i] * step];                                                                         \
            place[i] = low[i] + ((key_of) < key[i]);                                                                   \
        }                                                                                                              \
    }

SEARCH(f64, uint64_t, ssi_key_of_f64(bits, 0))
SEARCH(f32, uint32_t, ssi_key_of_f32(bits, 0))
SEARCH(i64, uint64_t, bits ^ (uint64_t)1 << 63)
SEARCH(i32, uint32_t, bits ^ 0x80000000u)

typedef void search(int64_t *place, const uint64_t *key, const void *data, int64_t n, int64_t step);

static search *search_of(ssi_dtype dtype)
{
    return dtype == SSI_F64 ? search_f64 : dtype == SSI_F32 ? search_f32 : dtype == SSI_I64 ? search_i64 : search_i32;
}

static bool is_dense(const ssi_view *view)
{
    bool dense = true;
    for (int64_t i = view->rank - 1, size = 1; i >= 0; size *= view->shape[i--])
        dense = dense && (view->stride[i] == size || view->shape[i] == 1);
    return dense;
}

/* On the right of a key is on the left of the next one; on the right of the last key, NaN's or the largest integer's, is the end. */
int ssi_cpu_search(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    (void)work;
    const ssi_view *sorted = &call->in[0], *values = &call->in[1];
    search *find = search_of(sorted->dtype);
    int64_t n = sorted->shape[0], *out = call->out->data;
    uint64_t right = (uint64_t)call->attribute[0], last_key = ssi_key_is_wide(sorted->dtype) ? UINT64_MAX : UINT32_MAX;
    bool dense = is_dense(values);
    for (int64_t u = first; u < last; u += AT_ONCE) {
        uint64_t key[AT_ONCE] = {0}, next[AT_ONCE] = {0};
        int64_t place[AT_ONCE] = {0}, some = last - u < AT_ONCE ? last - u : AT_ONCE;
        for (int64_t i = 0; i < some; i++) {
            key[i] = key_at(values, dense ? u + i : ssi_unit_offset(call, values, u + i));
            next[i] = key[i] + right;
        }
        if (n)
            find(place, next, sorted->data, n, sorted->stride[0]);
        for (int64_t i = 0; i < some; i++)
            out[u + i] = right && key[i] == last_key ? n : place[i];
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
