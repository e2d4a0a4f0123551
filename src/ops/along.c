/*
 * along.c - elements taken, set and added to at indices along an axis, each lane with indices of its own.
 *
 * An index counts from the end if negative; one outside the lane fails the run.
 */
#include "ops/lanes.h"

/* ---- definitions ---- */

/* Where the i-th index points in a lane of n; -1, with an error, when it does not. */
static int64_t place_of(const ssi_call *call, const ssi_lane *index, int64_t i, int64_t n)
{
    int64_t asked = ssi_lane_i64(index, i), place = asked < 0 ? asked + n : asked;
    if (place >= 0 && place < n)
        return place;
    ssi_fail(SSI_RANGE, call->op->name, "index %lld is outside [-%lld, %lld)", (long long)asked, (long long)n,
             (long long)n);
    return -1;
}

static int take_lane(const ssi_call *call, const ssi_lane *y, const ssi_lane *in, void *work)
{
    (void)work;
    for (int64_t i = 0; i < y->n; i++) {
        int64_t place = place_of(call, &in[1], i, in[0].n);
        if (place < 0)
            return SSI_RANGE;
        ssi_lane_copy(y, i, &in[0], place);
    }
    return SSI_OK;
}

static void add_element(const ssi_lane *y, int64_t place, const ssi_lane *from, int64_t i)
{
    if (ssi_is_float(y->dtype))
        ssi_lane_put_f64(y, place, ssi_lane_f64(y, place) + ssi_lane_f64(from, i));
    else
        ssi_lane_put_i64(y, place, (int64_t)((uint64_t)ssi_lane_i64(y, place) + (uint64_t)ssi_lane_i64(from, i)));
}

static int put_lane(const ssi_call *call, const ssi_lane *y, const ssi_lane *in, void *work)
{
    (void)work;
    for (int64_t i = 0; i < y->n; i++)
        ssi_lane_copy(y, i, &in[0], i);
    for (int64_t i = 0; i < in[1].n; i++) {
        int64_t place = place_of(call, &in[1], i, y->n);
        if (place < 0)
            return SSI_RANGE;
        if (call->op->code == SSI_CALL_ADD_ALONG)
            add_element(y, place, &in[2], i);
        else
            ssi_lane_copy(y, place, &in[2], i);
    }
    return SSI_OK;
}

static int take_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    return ssi_over_lanes(call, first, last, work, take_lane);
}
static int put_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    return ssi_over_lanes(call, first, last, work, put_lane);
}

/* ---- gradients, on lanes ---- */

static ssi_tensor *zeros_like(const ssi_tensor *x)
{
    return (ssi_zeros)((ssi_dtype)x->dtype, x->rank, x->shape);
}

static ssi_tensor *take_gradient(const ssi_vjp *g)
{
    return ssi_add_along_axis(zeros_like(g->x[0]), g->x[1], g->dy, 1);
}

static ssi_tensor *add_gradient(const ssi_vjp *g)
{
    return g->which == 0 ? g->dy : ssi_take_along_axis(g->dy, g->x[1], 1);
}

/* Of values put at one place only the last is there: those that number their places and find themselves again. */
static ssi_tensor *put_gradient(const ssi_vjp *g)
{
    const ssi_tensor *x = g->x[0];
    ssi_tensor *index = g->x[1];
    if (g->which == 0)
        return ssi_put_along_axis(g->dy, index, zeros_like(g->x[2]), 1);
    ssi_tensor *number = ssi_iota(SSI_I64, index->rank, index->shape, 1);
    ssi_tensor *found = ssi_put_along_axis((ssi_zeros)(SSI_I64, x->rank, x->shape), index, number, 1);
    return ssi_where(ssi_equal(ssi_take_along_axis(found, index, 1), number), ssi_take_along_axis(g->dy, index, 1), 0);
}

/* ---- records ---- */

#define ALONG(op_name, op_code, op_call)                                                                               \
    .name = #op_name, .kind = SSI_KIND_CALL, .code = SSI_CALL_##op_code, .unit = 2, .call = op_call, .checks = true

/* clang-format off */
const ssi_op ssi_op_take_along_axis = {
    ALONG(take_along_axis, TAKE_ALONG, take_call), .gradient = take_gradient,
    SSI_WORDS(.signature = "x, index:integer -> y", .doc = "along an axis, the elements at the indices of each lane",
              .numpy = "np.take_along_axis(x, index, axis)", .torch = "torch.take_along_dim(x, index, axis)", .onnx = "GatherElements",
              .samples = SSI_SAMPLES("x=uniform(-2,2)[3,4] index=integers(-4,3)[3,2] axis=1",
                             "x=uniform(-2,2)[4,3].T index=integers(-4,3)[5,3].T axis=1",
                             "x=uniform(-2,2)[2,3,4] index=integers(0,2)[2,5,4] axis=1",
                             "x=uniform(-2,2)[5,3] index=integers(0,4)[2,1] axis=0",
                             "x=uniform(-2,2)[5,1] index=integers(0,4)[2,3] axis=0",
                             "x=uniform(-2,2)[3,4] index=integers(-12,11)[7]",
                             "x=uniform(-2,2)[3,4] index=integers(0,3)[3,0] axis=1")),
};
const ssi_op ssi_op_put_along_axis = {
    ALONG(put_along_axis, PUT_ALONG, put_call), .gradient = put_gradient,
    SSI_WORDS(.signature = "x, index:integer, v -> y",
              .doc = "x with the elements at the indices of each lane set to v, of several the last",
              .numpy = "np.put_along_axis(x, index, v, axis)", .torch = "x.scatter(axis, index, v)", .onnx = "ScatterElements",
              .samples = SSI_SAMPLES("x=uniform(-2,2)[3,4] index=integers(-4,3)[3,2] v=uniform(-2,2)[3,2] axis=1",
                             "x=uniform(-2,2)[4,3].T index=integers(-3,2)[4,5].T v=uniform(-2,2)[5,4] axis=0",
                             "x=uniform(-2,2)[2,3,4] index=integers(0,2)[2,5,4] v=uniform(-2,2)[2,5,4] axis=1",
                             "x=uniform(-2,2)[5,3] index=integers(0,4)[2,3] v=uniform(-2,2)[3] axis=0",
                             "x=uniform(-2,2)[3,4] index=integers(-12,11)[7] v=uniform(-2,2)[7]",
                             "x=uniform(-2,2)[3,4] index=integers(0,3)[3,0] v=uniform(-2,2)[3,0] axis=1")),
};
const ssi_op ssi_op_add_along_axis = {
    ALONG(add_along_axis, ADD_ALONG, put_call), .gradient = add_gradient,
    SSI_WORDS(.signature = "x, index:integer, v -> y", .doc = "x with v added to the elements at the indices of each lane, in order",
              .torch = "x.scatter_add(axis, index, v)",
              .samples = SSI_SAMPLES("x=uniform(-2,2)[3,4] index=integers(-4,3)[3,2] v=uniform(-2,2)[3,2] axis=1",
                             "x=uniform(-2,2)[4,3].T index=integers(-3,2)[4,5].T v=uniform(-2,2)[5,4] axis=0",
                             "x=uniform(-2,2)[2,3,4] index=integers(0,2)[2,5,4] v=uniform(-2,2)[2,5,4] axis=1",
                             "x=uniform(-2,2)[5,3] index=integers(0,4)[2,3] v=uniform(-2,2)[3] axis=0",
                             "x=uniform(-2,2)[3,4] index=integers(-12,11)[7] v=uniform(-2,2)[7]")),
};
/* clang-format on */

/* ---- builders ---- */

/* Integers of as many axes as x; flattened: of one. */
static ssi_tensor *index_of(const char *name, const ssi_tensor *x, int axis, ssi_tensor *index)
{
    int rank = axis == SSI_ALL_AXES ? 1 : x->rank;
    if (!ssi_is_integer((ssi_dtype)index->dtype))
        return SSI_FAIL_NULL(SSI_INVALID, name, "the index is %s\ngive integers",
                             ssi_dtype_name((ssi_dtype)index->dtype));
    if (index->rank != rank)
        return SSI_FAIL_NULL(SSI_INVALID, name, "the index has %d axes, x %d\ngive it as many", index->rank, rank);
    return ssi_cast(index, SSI_I64);
}

/* x or the index, spread over the axes beside the one; NULL with an error where their sizes do not fit. */
static ssi_tensor *spread(const char *name, const ssi_lanes *l, ssi_tensor *x, const ssi_tensor *index)
{
    char tx[SSI_SHAPE_TEXT], ti[SSI_SHAPE_TEXT];
    int64_t shape[SSI_MAX_RANK];
    for (int i = 0; x && i < l->rank; i++) {
        int64_t a = l->shape[i], b = index->shape[i];
        if (i != l->axis && a != b && a != 1 && b != 1)
            return SSI_FAIL_NULL(
                SSI_INVALID, name,
                "shapes do not fit: x %s, index %s\nbeside axis %d sizes must be equal or one of them 1",
                ssi_shape_text(l->rank, l->shape, tx), ssi_shape_text(l->rank, index->shape, ti), l->axis);
        shape[i] = i == l->axis ? x->shape[i] : a == 1 ? b : a;
    }
    return (ssi_expand)(x, l->rank, shape);
}

static ssi_tensor *flat(ssi_tensor *x)
{
    return (ssi_reshape)(x, 1, (const int64_t[]){-1});
}

/* x as (outer, n, inner). */
static ssi_tensor *as_lanes(ssi_tensor *x, const ssi_lanes *l)
{
    if (!x)
        return NULL;
    return (ssi_reshape)(x, 3, (const int64_t[]){l->lanes[0], x->shape[l->axis], l->lanes[2]});
}

ssi_tensor *(ssi_take_along_axis)(ssi_tensor *x, ssi_tensor *index, int axis)
{
    const ssi_op *op = &ssi_op_take_along_axis;
    ssi_lanes l;
    if (!x || !index || !ssi_lanes_along(op->name, x, axis, &l) || !(index = index_of(op->name, x, axis, index)))
        return NULL;
    x = axis == SSI_ALL_AXES ? flat(ssi_strong(x)) : x;
    ssi_tensor *wide = spread(op->name, &l, index, index);
    if (!wide || !(x = spread(op->name, &l, x, index)) || !ssi_lanes_along(op->name, x, l.axis, &l))
        return NULL;
    ssi_tensor *input[] = {as_lanes(x, &l), as_lanes(wide, &l)};
    return ssi_build_lanes(op, &l, (ssi_dtype)x->dtype, wide->shape[l.axis], 2, input, 0, NULL);
}

/* x keeps its shape: the index is spread over it, v over the index. */
static ssi_tensor *build_put(const ssi_op *op, ssi_tensor *x, ssi_tensor *index, ssi_tensor *v, int axis)
{
    ssi_lanes l;
    if (!x || !index || !v || !ssi_lanes_along(op->name, x, axis, &l) ||
        !(index = index_of(op->name, x, axis, index)) || !(index = spread(op->name, &l, index, index)))
        return NULL;
    for (int i = 0; i < l.rank; i++) {
        if (i != l.axis && index->shape[i] != l.shape[i])
            return SSI_FAIL_NULL(SSI_INVALID, op->name, "axis %d of the index has %lld elements, of x %lld", i,
                                 (long long)index->shape[i], (long long)l.shape[i]);
    }
    ssi_tensor *flattened = axis == SSI_ALL_AXES ? flat(ssi_strong(x)) : x;
    ssi_tensor *values = (ssi_expand)(ssi_cast(v, (ssi_dtype)x->dtype), l.rank, index->shape);
    ssi_tensor *input[] = {as_lanes(flattened, &l), as_lanes(index, &l), as_lanes(values, &l)};
    ssi_tensor *y = ssi_build_lanes(op, &l, (ssi_dtype)x->dtype, l.lanes[1], 3, input, 0, NULL);
    return (ssi_reshape)(y, x->rank, x->shape);
}

ssi_tensor *(ssi_put_along_axis)(ssi_tensor *x, ssi_tensor *index, ssi_tensor *v, int axis)
{
    return build_put(&ssi_op_put_along_axis, x, index, v, axis);
}

/* Narrow floats are added up in f32, bool as i64 (for which adding is or), and rounded once. */
ssi_tensor *(ssi_add_along_axis)(ssi_tensor *x, ssi_tensor *index, ssi_tensor *v, int axis)
{
    if (!x || !v)
        return NULL;
    ssi_dtype dtype = (ssi_dtype)x->dtype;
    ssi_dtype wide = ssi_is_narrow(dtype) ? SSI_F32 : dtype == SSI_BOOL ? SSI_I64 : dtype;
    return ssi_cast(build_put(&ssi_op_add_along_axis, ssi_cast(x, wide), index, v, axis), dtype);
}
