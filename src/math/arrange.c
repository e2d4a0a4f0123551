/*
 * arrange.c - joining and splitting along an axis, taking out and putting between.
 */
#include <stdlib.h>
#include <string.h>

#include "math/part.h"
#include "ssi/index.h"

/* ---- what the files that rearrange share ---- */

ssi_tensor *ssi_places(int64_t count, int64_t **place)
{
    size_t bytes;
    if (!ssi_size_mul((size_t)count, sizeof **place, &bytes))
        return SSI_FAIL_NULL(SSI_NO_MEMORY, "take", "%lld places are more than memory can be", (long long)count);
    ssi_buffer *buffer = ssi_buffer_new(bytes);
    if (!buffer)
        return NULL;
    *place = buffer->data;
    return ssi_leaf(SSI_I64, 1, &count, buffer, 0, NULL);
}

int ssi_axis_or_flat(const char *operation, ssi_tensor **x, int axis)
{
    if (axis != SSI_ALL_AXES)
        return ssi_axis(operation, axis, (*x)->rank);
    *x = ssi_ravel(*x);
    return *x ? 0 : -1;
}

int ssi_hand_over(int count, ssi_tensor *const *made, ssi_tensor **out)
{
    bool all = true;
    for (int i = 0; i < count; i++)
        all = all && made[i];
    for (int i = 0; i < count; i++)
        out[i] = all ? made[i] : NULL;
    const ssi_error *error = ssi_error_peek();
    return all ? SSI_OK : error ? (int)error->code : SSI_INVALID;
}

/* ---- joining ---- */

typedef ssi_tensor *shaping(ssi_tensor *x, int axis);

/* The tensors, each shaped first, one after another along an axis. */
static ssi_tensor *join(const char *operation, int count, ssi_tensor *const *x, shaping *shape, int own, int axis)
{
    if (count < 1)
        return SSI_FAIL_NULL(SSI_INVALID, operation, "nothing to stack");
    ssi_tensor **shaped = ssi_alloc((size_t)count * sizeof(ssi_tensor *));
    if (!shaped)
        return NULL;
    for (int i = 0; i < count; i++)
        shaped[i] = shape(x[i], own);
    ssi_tensor *y = ssi_concatenate(count, shaped, axis);
    ssi_free(shaped);
    return y;
}

static ssi_tensor *with_axis(ssi_tensor *x, int axis)
{
    return ssi_expand_dims(x, axis);
}

static ssi_tensor *with_axes(ssi_tensor *x, int rank)
{
    return rank == 1 ? ssi_atleast_1d(x) : rank == 2 ? ssi_atleast_2d(x) : ssi_atleast_3d(x);
}

static ssi_tensor *as_column(ssi_tensor *x, int unused)
{
    (void)unused;
    return x && x->rank < 2 ? ssi_reshape(x, ssi_count(x), 1) : x;
}

ssi_tensor *ssi_stack(int count, ssi_tensor *const *x, int axis)
{
    SSI_CALLED;
    return join("stack", count, x, with_axis, axis, axis);
}

ssi_tensor *(ssi_hstack)(int count, ssi_tensor *const *x)
{
    SSI_CALLED;
    return join("hstack", count, x, with_axes, 1, count > 0 && x[0] && x[0]->rank < 2 ? 0 : 1);
}

ssi_tensor *(ssi_vstack)(int count, ssi_tensor *const *x)
{
    SSI_CALLED;
    return join("vstack", count, x, with_axes, 2, 0);
}

ssi_tensor *(ssi_dstack)(int count, ssi_tensor *const *x)
{
    SSI_CALLED;
    return join("dstack", count, x, with_axes, 3, 2);
}

ssi_tensor *(ssi_column_stack)(int count, ssi_tensor *const *x)
{
    SSI_CALLED;
    return join("column_stack", count, x, as_column, 0, 1);
}

ssi_tensor *(ssi_append)(ssi_tensor *x, ssi_tensor *v, int axis)
{
    SSI_CALLED;
    if (!x || !v)
        return NULL;
    bool flat = axis == SSI_ALL_AXES;
    return ssi_concatenate(2, (ssi_tensor *[]){flat ? ssi_ravel(x) : x, flat ? ssi_ravel(v) : v}, flat ? 0 : axis);
}

/* The shape that all broadcast to; its rank, or -1 (with an error, but for a NULL that failed before). */
static int common_shape(int count, ssi_tensor *const *x, int64_t shape[SSI_MAX_RANK])
{
    char so_far[SSI_SHAPE_TEXT], own[SSI_SHAPE_TEXT];
    int64_t joined[SSI_MAX_RANK] = {0};
    int rank = 0;
    for (int i = 0; i < count; i++) {
        int wider = x[i] ? ssi_shape_broadcast(rank, shape, x[i]->rank, x[i]->shape, joined) : -1;
        if (x[i] && wider < 0)
            ssi_fail(SSI_INVALID, "broadcast_arrays", "shapes do not broadcast: %s, %s",
                     ssi_shape_text(rank, shape, so_far), ssi_shape_text(x[i]->rank, x[i]->shape, own));
        if (wider < 0)
            return -1;
        rank = wider;
        memcpy(shape, joined, sizeof joined);
    }
    return rank;
}

int ssi_broadcast_arrays(int count, ssi_tensor *const *x, ssi_tensor **out)
{
    int64_t shape[SSI_MAX_RANK] = {0};
    int rank = common_shape(count, x, shape);
    for (int i = 0; i < count; i++)
        out[i] = rank < 0 ? NULL : (ssi_expand)(x[i], rank, shape);
    return ssi_hand_over(count, out, out);
}

/* ---- splitting ---- */

int ssi_split_at(ssi_tensor *x, int count, const int64_t *at, int axis, ssi_tensor **out)
{
    SSI_CALLED;
    memset(out, 0, (size_t)(count + 1) * sizeof *out);
    if (!x || (axis = ssi_axis("split", axis, x->rank)) < 0)
        return ssi_hand_over(count + 1, out, out);
    for (int i = 0; i <= count; i++)
        out[i] = ssi_part(x, axis, i ? at[i - 1] : 0, i < count ? at[i] : SSI_END);
    return ssi_hand_over(count + 1, out, out);
}

int ssi_array_split(ssi_tensor *x, int parts, int axis, ssi_tensor **out)
{
    SSI_CALLED;
    if (parts < 1)
        return ssi_fail(SSI_INVALID, "split", "%d parts\nthere is at least one", parts);
    memset(out, 0, (size_t)parts * sizeof *out);
    if (!x || (axis = ssi_axis("split", axis, x->rank)) < 0)
        return ssi_hand_over(parts, out, out);
    int64_t each = x->shape[axis] / parts, longer = x->shape[axis] % parts, start = 0;
    for (int i = 0; i < parts; i++) {
        int64_t stop = start + each + (i < longer);
        out[i] = ssi_part(x, axis, start, stop);
        start = stop;
    }
    return ssi_hand_over(parts, out, out);
}

int ssi_split(ssi_tensor *x, int parts, int axis, ssi_tensor **out)
{
    SSI_CALLED;
    int64_t n = ssi_dim(x, axis);
    if (n >= 0 && parts > 0 && n % parts) {
        memset(out, 0, (size_t)parts * sizeof *out);
        return ssi_fail(SSI_INVALID, "split",
                        "axis %d has %lld elements, which %d parts do not divide\nuse ssi_array_split", axis,
                        (long long)n, parts);
    }
    return ssi_array_split(x, parts, axis, out);
}

/* ---- taking out ---- */

static int compare_places(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The places named, each once and ascending, with n after them; *count becomes how many. NULL with an error. The caller frees them. */
static int64_t *sort_places(int64_t n, int *count, const int64_t *index)
{
    int64_t *place = ssi_calloc((size_t)*count + 1, sizeof *place);
    for (int i = 0; place && i < *count; i++) {
        if (index[i] < -n || index[i] >= n) {
            ssi_free(place);
            return SSI_FAIL_NULL(SSI_RANGE, "delete", "index %lld is outside [-%lld, %lld)", (long long)index[i],
                                 (long long)n, (long long)n);
        }
        place[i] = index[i] < 0 ? index[i] + n : index[i];
    }
    if (!place)
        return NULL;
    qsort(place, (size_t)*count, sizeof *place, compare_places);
    int different = 0;
    for (int i = 0; i < *count; i++) {
        if (different == 0 || place[i] != place[different - 1])
            place[different++] = place[i];
    }
    *count = different;
    place[different] = n;
    return place;
}

enum { FEW_PLACES = 8 };

/* What lies between few places is joined as slices. */
static ssi_tensor *join_between(ssi_tensor *x, int axis, int count, const int64_t *place)
{
    ssi_tensor *run[FEW_PLACES + 1];
    int64_t start = 0;
    int runs = 0;
    for (int i = 0; i <= count; i++) {
        if (place[i] > start)
            run[runs++] = ssi_part(x, axis, start, place[i]);
        start = place[i] + 1;
    }
    return runs ? ssi_concatenate(runs, run, axis) : ssi_part(x, axis, 0, 0);
}

static ssi_tensor *take_between(ssi_tensor *x, int axis, int count, const int64_t *place)
{
    int64_t start = 0, *from;
    ssi_tensor *kept = ssi_places(place[count] - count, &from);
    for (int i = 0; kept && i <= count; i++) {
        for (; start < place[i]; start++)
            *from++ = start;
        start++;
    }
    return ssi_take(x, kept, axis);
}

ssi_tensor *(ssi_delete)(ssi_tensor *x, int axis, int count, const int64_t *index)
{
    if (!x || (axis = ssi_axis_or_flat("delete", &x, axis)) < 0)
        return NULL;
    if (count < 0)
        return SSI_FAIL_NULL(SSI_INVALID, "delete", "%d places", count);
    int64_t *place = sort_places(x->shape[axis], &count, index);
    if (!place)
        return NULL;
    ssi_tensor *y = (count <= FEW_PLACES ? join_between : take_between)(x, axis, count, place);
    ssi_free(place);
    return y;
}

/* ---- putting between ---- */

/* v as `count` elements of the axis beside x's: of x's dtype and number of axes, repeated to x's sizes. count 0: as many as v has. */
static ssi_tensor *fit_between(ssi_tensor *x, ssi_tensor *v, int axis, int64_t count)
{
    int64_t shape[SSI_MAX_RANK];
    memcpy(shape, x->shape, x->rank * sizeof *shape);
    int own = v->rank - x->rank + axis;
    shape[axis] = count ? count : own >= 0 ? v->shape[own] : 1;
    return (ssi_expand)(ssi_cast(v, ssi_dtype_of(x)), x->rank, shape);
}

static bool place_is_inside(const char *operation, int64_t *index, int64_t n)
{
    if (*index < -n || *index > n)
        return ssi_fail(SSI_RANGE, operation, "index %lld is outside [-%lld, %lld]", (long long)*index, (long long)n,
                        (long long)n) == 0;
    *index += *index < 0 ? n : 0;
    return true;
}

/* v counts its axes from the inserted one on: its first is moved to the axis's place. */
ssi_tensor *(ssi_insert)(ssi_tensor *x, int64_t index, ssi_tensor *v, int axis)
{
    SSI_CALLED;
    if (!x || !v || (axis = ssi_axis_or_flat("insert", &x, axis)) < 0 ||
        !place_is_inside("insert", &index, x->shape[axis]))
        return NULL;
    while (v && v->rank < x->rank)
        v = ssi_expand_dims(v, 0);
    v = ssi_moveaxis(v, 0, axis);
    if (!v)
        return NULL;
    ssi_tensor *part[] = {ssi_part(x, axis, 0, index), fit_between(x, v, axis, 0), ssi_part(x, axis, index, SSI_END)};
    return ssi_concatenate(3, part, axis);
}

/* Where each element of the result comes from in (x, v) joined. `before`, zeros of n + 1, counts what is inserted before each place of x. False
 * with an error when an index is outside. */
static bool find_sources(int64_t n, int count, const int64_t *index, int64_t *before, int64_t *source)
{
    for (int i = 0; i < count; i++) {
        int64_t at = index[i];
        if (!place_is_inside("insert", &at, n))
            return false;
        before[at]++;
    }
    int64_t inserted = 0;
    for (int64_t at = 0; at <= n; at++) {
        int64_t here = before[at];
        before[at] = at + inserted;
        inserted += here;
        if (at < n)
            source[at + inserted] = at;
    }
    for (int i = 0; i < count; i++)
        source[before[index[i] < 0 ? index[i] + n : index[i]]++] = n + i;
    return true;
}

ssi_tensor *ssi_insert_each(ssi_tensor *x, int count, const int64_t *index, ssi_tensor *v, int axis)
{
    SSI_CALLED;
    if (!x || !v || (axis = ssi_axis_or_flat("insert", &x, axis)) < 0)
        return NULL;
    if (count < 1)
        return count == 0 ? x : SSI_FAIL_NULL(SSI_INVALID, "insert", "%d places", count);
    int64_t n = x->shape[axis], *source, *before = ssi_calloc((size_t)n + 1, sizeof *before);
    ssi_tensor *places = before ? ssi_places(n + count, &source) : NULL, *y = NULL;
    if (places && find_sources(n, count, index, before, source))
        y = ssi_take(ssi_concatenate(2, (ssi_tensor *[]){x, fit_between(x, v, axis, count)}, axis), places, axis);
    ssi_free(before);
    return y;
}
