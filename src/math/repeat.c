/*
 * repeat.c - elements and whole tensors repeated: an axis of size 1 is put where the copies go, expanded, and joined with its neighbour.
 */
#include <string.h>

#include "math/part.h"
#include "ssi/index.h"

/* Up to so many copies are joined, which is one pass a copy; an expanded axis so short would be read in as short runs. */
enum { FEW_COPIES = 4 };

static ssi_tensor *join_copies(ssi_tensor *x, int axis, int64_t count)
{
    ssi_tensor *copy[FEW_COPIES] = {x, x, x, x};
    return ssi_concatenate((int)count, copy, axis);
}

/* ---- tile ---- */

/* x's shape with an axis of size 1 before each axis that is repeated, and with the axes between them joined; and the same repeated. */
typedef struct tiling {
    int64_t from[SSI_MAX_RANK], to[SSI_MAX_RANK];
    int rank;
    bool fits;
} tiling;

static void add_axis(tiling *t, int64_t from, int64_t to)
{
    t->fits = t->fits && t->rank < SSI_MAX_RANK;
    if (t->fits) {
        t->from[t->rank] = from;
        t->to[t->rank++] = to;
    }
}

static tiling lay_tiles(int rank, const int64_t *shape, const int64_t *reps)
{
    tiling t = {.fits = true};
    for (int i = 0; i < rank; i++) {
        if (reps[i] != 1)
            add_axis(&t, 1, reps[i]);
        if (reps[i] != 1 || t.rank == 0)
            add_axis(&t, shape[i], shape[i]);
        else
            t.to[t.rank - 1] = t.from[t.rank - 1] *= shape[i];
    }
    return t;
}

/* The one axis that is repeated; negative when there are none, or more. */
static int only_tiled(int rank, const int64_t *reps)
{
    int found = -1;
    for (int i = 0; i < rank; i++) {
        if (reps[i] != 1 && found >= 0)
            return -1;
        found = reps[i] != 1 ? i : found;
    }
    return found;
}

ssi_tensor *(ssi_tile)(ssi_tensor *x, int count, const int64_t *reps)
{
    int64_t shape[SSI_MAX_RANK], every[SSI_MAX_RANK], result[SSI_MAX_RANK];
    if (!x)
        return NULL;
    int rank = count > x->rank ? count : x->rank;
    if (count < 0 || rank > SSI_MAX_RANK)
        return SSI_FAIL_NULL(SSI_INVALID, "tile", "%d axes; a tensor has 0 to %d", count, SSI_MAX_RANK);
    for (int i = 0; i < rank; i++) {
        int own = i - (rank - x->rank), told = i - (rank - count);
        shape[i] = own < 0 ? 1 : x->shape[own];
        every[i] = told < 0 ? 1 : reps[told];
        if (every[i] < 0 || (shape[i] && every[i] > INT64_MAX / shape[i]))
            return SSI_FAIL_NULL(
                SSI_INVALID, "tile",
                "axis %d, of %lld, %lld times\nrepetitions are not negative, and the result fits in memory", i,
                (long long)shape[i], (long long)every[i]);
        result[i] = shape[i] * every[i];
    }
    if (!ssi_shape_is_possible("tile", ssi_dtype_of(x), rank, result))
        return NULL;
    int axis = only_tiled(rank, every);
    if (axis >= 0 && every[axis] >= 1 && every[axis] <= FEW_COPIES)
        return join_copies((ssi_reshape)(x, rank, shape), axis, every[axis]);
    tiling t = lay_tiles(rank, shape, every);
    if (!t.fits)
        return SSI_FAIL_NULL(SSI_UNSUPPORTED, "tile", "more than %d axes at once\ntile in two steps", SSI_MAX_RANK / 2);
    return (ssi_reshape)((ssi_expand)((ssi_reshape)(x, t.rank, t.from), t.rank, t.to), rank, result);
}

ssi_tensor *(ssi_resize)(ssi_tensor *x, int rank, const int64_t *shape)
{
    int64_t want, have;
    if (!x || !ssi_shape_is_possible("resize", ssi_dtype_of(x), rank, shape))
        return NULL;
    ssi_shape_count(rank, shape, 1, &want);
    have = ssi_count(x);
    if (have == 0 || want == 0)
        return (ssi_zeros)(ssi_dtype_of(x), rank, shape);
    ssi_tensor *enough = ssi_tile(ssi_ravel(x), (want - 1) / have + 1);
    return (ssi_reshape)(ssi_slice(enough, 1, &(ssi_range){0, want, 1}), rank, shape);
}

/* ---- repeat ---- */

ssi_tensor *(ssi_repeat)(ssi_tensor *x, int64_t repeats, int axis)
{
    if (!x || (axis = ssi_axis_or_flat("repeat", &x, axis)) < 0)
        return NULL;
    int64_t n = x->shape[axis], outer = 1, inner = 1, shape[SSI_MAX_RANK];
    if (repeats < 0 || (n && repeats > INT64_MAX / n))
        return SSI_FAIL_NULL(
            SSI_INVALID, "repeat",
            "axis %d, of %lld, %lld times\nrepetitions are not negative, and the result fits in memory", axis,
            (long long)n, (long long)repeats);
    for (int i = 0; i < x->rank; i++) {
        outer *= i < axis ? x->shape[i] : 1;
        inner *= i > axis ? x->shape[i] : 1;
        shape[i] = i == axis ? n * repeats : x->shape[i];
    }
    if (!ssi_shape_is_possible("repeat", ssi_dtype_of(x), x->rank, shape))
        return NULL;
    ssi_tensor *apart = ssi_reshape(x, outer, n, 1, inner);
    bool few = repeats >= 1 && repeats <= FEW_COPIES;
    apart = few ? join_copies(apart, 2, repeats) : ssi_expand(apart, outer, n, repeats, inner);
    return (ssi_reshape)(apart, x->rank, shape);
}

/* The sum of the counts; negative, with an error, when one is or they are too many. */
static int64_t sum_counts(int64_t n, const int64_t *count)
{
    int64_t sum = 0;
    for (int64_t i = 0; i < n; i++) {
        if (count[i] < 0 || count[i] > PTRDIFF_MAX - sum)
            return ssi_fail(SSI_INVALID, "repeat", "element %lld %lld times", (long long)i, (long long)count[i]);
        sum += count[i];
    }
    return sum;
}

/* From how often each element comes to which one stands at each place, without a branch that cannot be foreseen: one is added where the next
 * element begins, and the running sum is the element. */
static void spread_counts(int64_t n, const int64_t *count, int64_t sum, int64_t *place)
{
    int64_t begin = 0, element = 0;
    memset(place, 0, (size_t)sum * sizeof *place);
    for (int64_t i = 0; i + 1 < n && (begin += count[i]) < sum; i++)
        place[begin]++;
    for (int64_t to = 0; to < sum; to++)
        place[to] = element += place[to];
}

ssi_tensor *ssi_repeat_each(ssi_tensor *x, ssi_tensor *counts, int axis)
{
    SSI_CALLED;
    char shape[SSI_SHAPE_TEXT];
    if (!x || !counts || (axis = ssi_axis_or_flat("repeat", &x, axis)) < 0)
        return NULL;
    int64_t n = x->shape[axis], given = ssi_count(counts), *place;
    if (!ssi_is_integer(ssi_dtype_of(counts)) || counts->rank > 1 || (given != n && given != 1))
        return SSI_FAIL_NULL(SSI_INVALID, "repeat", "counts %s for an axis of %lld\ngive an integer for each element",
                             ssi_describe(counts, shape), (long long)n);
    const int64_t *count = ssi_data_i64(ssi_cast(counts, SSI_I64));
    if (count && given == 1)
        return ssi_repeat(x, *count, axis);
    int64_t sum = count ? sum_counts(n, count) : -1;
    ssi_tensor *places = sum < 0 ? NULL : ssi_places(sum, &place);
    if (places)
        spread_counts(n, count, sum, place);
    return ssi_take(x, places, axis);
}
