/*
 * sort.c - order along an axis: sorted values, and where they stand.
 *
 * NaN comes after everything, -0 and 0 are equal, and of equals the earlier one comes first. Backwards (descending) everything is turned over but
 * for that: NaN comes first, and of equals still the earlier one.
 */
#include <math.h>

#include "ops/lanes.h"

/* ---- definitions: an element's rank is how many come before it ---- */

static bool is_before(const ssi_lane *x, int64_t i, int64_t j)
{
    if (!ssi_is_float(x->dtype))
        return ssi_lane_i64(x, i) < ssi_lane_i64(x, j);
    double a = ssi_lane_f64(x, i), b = ssi_lane_f64(x, j);
    return a < b || (isnan(b) && !isnan(a));
}

static int64_t rank_of(const ssi_lane *x, int64_t i, bool descending)
{
    int64_t rank = 0;
    for (int64_t j = 0; j < x->n; j++) {
        bool before = descending ? is_before(x, i, j) : is_before(x, j, i);
        bool after = descending ? is_before(x, j, i) : is_before(x, i, j);
        rank += before || (!after && j < i);
    }
    return rank;
}

static int sort_lane(const ssi_call *call, const ssi_lane *y, const ssi_lane *x, void *work)
{
    (void)call, (void)work;
    for (int64_t i = 0; i < x->n; i++)
        ssi_lane_copy(y, rank_of(x, i, false), x, i);
    return SSI_OK;
}

static int argsort_lane(const ssi_call *call, const ssi_lane *y, const ssi_lane *x, void *work)
{
    (void)call, (void)work;
    for (int64_t i = 0; i < x->n; i++)
        ssi_lane_put_i64(y, rank_of(x, i, false), i);
    return SSI_OK;
}

static int argranks_lane(const ssi_call *call, const ssi_lane *y, const ssi_lane *x, void *work)
{
    (void)work;
    for (int64_t i = 0; i < x->n; i++) {
        int64_t place = rank_of(x, i, call->attribute[1]) - ssi_first_rank(call, y, x);
        if (place >= 0 && place < y->n)
            ssi_lane_put_i64(y, place, i);
    }
    return SSI_OK;
}

static int partition_lane(const ssi_call *call, const ssi_lane *y, const ssi_lane *x, void *work)
{
    (void)work;
    int64_t kth = call->attribute[0], low = 0, high = kth + 1;
    for (int64_t i = 0; i < x->n; i++) {
        int64_t rank = rank_of(x, i, false), to = rank < kth ? low++ : rank > kth ? high++ : kth;
        if (call->op->code == SSI_CALL_PARTITION)
            ssi_lane_copy(y, to, x, i);
        else
            ssi_lane_put_i64(y, to, i);
    }
    return SSI_OK;
}

static int sort_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    return ssi_over_lanes(call, first, last, work, sort_lane);
}
static int argsort_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    return ssi_over_lanes(call, first, last, work, argsort_lane);
}
static int argranks_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    return ssi_over_lanes(call, first, last, work, argranks_lane);
}
static int partition_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    return ssi_over_lanes(call, first, last, work, partition_lane);
}

/* ---- memory: keys and their copy, or places packed with keys; see src/cpu/sort.c ---- */

/* Sixteen bytes an element. */
static size_t sort_work(const ssi_call *call)
{
    return (size_t)call->in[0].shape[1] * 16;
}

/* ---- records ---- */

static ssi_tensor *sort_gradient(const ssi_vjp *g)
{
    return ssi_put_along_axis(g->dy, ssi_argsort(g->x[0], 1), g->dy, 1);
}

/* Each lane's dy goes to where its elements came from. */
static ssi_tensor *partition_gradient(const ssi_vjp *g)
{
    return ssi_put_along_axis(g->dy, ssi_argpartition(g->x[0], g->y->attribute[0], 1), g->dy, 1);
}

#define SORT(op_name, op_code, op_call)                                                                                \
    .name = #op_name, .kind = SSI_KIND_CALL, .code = SSI_CALL_##op_code, .unit = 2, .call = op_call, .work = sort_work
#define SORT_SAMPLES                                                                                                   \
    "x=spread(-20,20)[3,4] axis=1", "x=spread(-20,20)[4,3].T axis=0", "x=spread(-20,20)[2,3,4] axis=1",                \
        "x=spread(-20,20)[5,2].every_second axis=0", "x=spread(-20,20)[3,4]", "x=spread(-20,20)[]",                    \
        "x=spread(-20,20)[0,3] axis=0", "x=spread(-20,20)[3,0] axis=0", "x=integers(-3,3)[2,70] axis=1",               \
        "x=uniform(-9,9)[300,2] axis=0"

/* clang-format off */
const ssi_op ssi_op_sort = {
    SORT(sort, SORT, sort_call), .gradient = sort_gradient,
    SSI_WORDS(.signature = "x -> y", .doc = "in ascending order along an axis; NaN last", .numpy = "np.sort(x, axis)",
              .torch = "torch.sort(x, axis)[0]", .samples = SSI_SAMPLES(SORT_SAMPLES)),
};
const ssi_op ssi_op_argsort = {
    SORT(argsort, ARGSORT, argsort_call), .no_gradient = "piecewise constant",
    SSI_WORDS(.signature = "x -> y:i64", .doc = "where the elements in ascending order stand; of equals the first one first",
              .numpy = "np.argsort(x, axis, kind='stable')", .torch = "torch.argsort(x, axis, stable=True)",
              .samples = SSI_SAMPLES(SORT_SAMPLES)),
};
const ssi_op ssi_op_argranks = {
    SORT(argranks, ARGRANKS, argranks_call), .no_gradient = "piecewise constant",
    SSI_WORDS(.signature = "x, first:i64? -> y:i64", .doc = "where the elements of some ranks stand: a part of argsort",
              .numpy = "np.argsort(x, axis, kind='stable')[first:first+count]",
              .samples = SSI_SAMPLES("x=spread(-2,2)[3,4] axis=1 ranks=1,2,0", "x=spread(-2,2)[4,3].T axis=0 ranks=0,3,1",
                             "x=integers(-3,3)[2,70] axis=1 ranks=30,1,0", "x=integers(-3,3)[70] axis=0 ranks=10,40,1",
                             "x=uniform(-9,9)[300,2] axis=0 ranks=149,2,0", "x=integers(-3,3)[2,70] axis=1 ranks=3,0,0",
                             "x=uniform(-9,9)[3,4] index=integers(-1,5)[3,1] axis=1 ranks=0,2,0",
                             "x=integers(-9,9)[600,2].T index=integers(0,599)[2,1] axis=1 ranks=0,2,0")),
};
#define PARTITION_SAMPLES                                                                                              \
    "x=spread(-2,2)[3,4] axis=1 kth=2", "x=spread(-2,2)[4,3].T axis=0 kth=0", "x=integers(-3,3)[2,70] axis=1 kth=30",  \
        "x=integers(-3,3)[70] axis=0 kth=-1", "x=uniform(-9,9)[300,2] axis=0 kth=150"
const ssi_op ssi_op_partition = {
    SORT(partition, PARTITION, partition_call), .gradient = partition_gradient,
    SSI_WORDS(.signature = "x -> y",
              .doc = "the k-th smallest stands k-th, smaller ones before it, larger ones after it, each in x's order",
              .numpy = "np.partition(x, kth, axis)", .samples = SSI_SAMPLES(PARTITION_SAMPLES)),
};
const ssi_op ssi_op_argpartition = {
    SORT(argpartition, ARGPARTITION, partition_call), .no_gradient = "piecewise constant",
    SSI_WORDS(.signature = "x -> y:i64", .doc = "where the elements of partition stand",
              .numpy = "np.argpartition(x, kth, axis)", .samples = SSI_SAMPLES(PARTITION_SAMPLES)),
};
/* clang-format on */

/* ---- builders ---- */

/* Places are counted in 32 bits while they are sorted. */
static bool can_be_placed(const ssi_op *op, int64_t n)
{
    return n < (int64_t)1 << 32 ||
           ssi_fail(SSI_UNSUPPORTED, op->name, "%lld elements along the axis; less than 2^32 are", (long long)n) == 0;
}

ssi_tensor *(ssi_sort)(ssi_tensor *x, int axis)
{
    ssi_lanes l;
    if (!x || !ssi_lanes_along("sort", x, axis, &l) || !can_be_placed(&ssi_op_sort, l.lanes[1]))
        return NULL;
    if (l.lanes[1] == 1) /* one element is in order */
        return (ssi_reshape)(ssi_strong(x), l.rank, l.shape);
    return ssi_build_along(&ssi_op_sort, x, axis, (ssi_dtype)x->dtype);
}

/* Of each lane `n` results: where elements stand, or what they are. */
static ssi_tensor *build_lanes(const ssi_op *op, ssi_tensor *x, const ssi_lanes *l, ssi_dtype dtype, int64_t n,
                               int attributes, const int64_t *attribute)
{
    if (!can_be_placed(op, l->lanes[1]))
        return NULL;
    ssi_tensor *input = (ssi_reshape)(ssi_strong(x), 3, l->lanes);
    return ssi_build_lanes(op, l, dtype, n, 1, &input, attributes, attribute);
}

ssi_tensor *(ssi_argsort)(ssi_tensor *x, int axis)
{
    ssi_lanes l;
    if (!x || !ssi_lanes_along("argsort", x, axis, &l))
        return NULL;
    return build_lanes(&ssi_op_argsort, x, &l, SSI_I64, l.lanes[1], 0, NULL);
}

ssi_tensor *(ssi_argranks)(ssi_tensor *x, int axis, int64_t first, int64_t count, int descending)
{
    ssi_lanes l;
    if (!x || !ssi_lanes_along("argranks", x, axis, &l))
        return NULL;
    if (first < 0 || count < 0 || first > l.lanes[1] || count > l.lanes[1] - first)
        return SSI_FAIL_NULL(SSI_INVALID, "argranks", "%lld ranks from %lld on, of %lld elements", (long long)count,
                             (long long)first, (long long)l.lanes[1]);
    return build_lanes(&ssi_op_argranks, x, &l, SSI_I64, count, 2, (const int64_t[]){first, descending != 0});
}

ssi_tensor *ssi_argranks_from(ssi_tensor *x, ssi_tensor *first, int axis, int64_t count)
{
    ssi_lanes l;
    if (!x || !first || !ssi_lanes_along("argranks", x, axis, &l) || !can_be_placed(&ssi_op_argranks, l.lanes[1]))
        return NULL;
    ssi_tensor *input[] = {(ssi_reshape)(x, 3, l.lanes),
                           (ssi_reshape)(first, 3, (const int64_t[]){l.lanes[0], 1, l.lanes[2]})};
    return ssi_build_lanes(&ssi_op_argranks, &l, SSI_I64, count, 2, input, 2, (const int64_t[]){0, 0});
}

static ssi_tensor *build_partition(const ssi_op *op, ssi_tensor *x, int64_t kth, int axis, ssi_dtype dtype)
{
    ssi_lanes l;
    if (!ssi_lanes_along(op->name, x, axis, &l))
        return NULL;
    int64_t n = l.lanes[1], k = kth < 0 ? kth + n : kth;
    if (k < 0 || k >= n)
        return SSI_FAIL_NULL(SSI_INVALID, op->name, "kth %lld of %lld elements\nit lies in [-%lld, %lld)",
                             (long long)kth, (long long)n, (long long)n, (long long)n);
    return build_lanes(op, x, &l, dtype, n, 1, &k);
}

ssi_tensor *(ssi_partition)(ssi_tensor *x, int64_t kth, int axis)
{
    return x ? build_partition(&ssi_op_partition, x, kth, axis, (ssi_dtype)x->dtype) : NULL;
}

ssi_tensor *(ssi_argpartition)(ssi_tensor *x, int64_t kth, int axis)
{
    return x ? build_partition(&ssi_op_argpartition, x, kth, axis, SSI_I64) : NULL;
}
