/*
 * lanes.h - work along one axis: the axis stands in the middle of three, (outer, n, inner), and what is worked on are lanes, the n elements at
 * one place of outer and inner. So no data is moved, and the results lie in C order, whichever axis it is.
 */
#ifndef SSI_SRC_OPS_LANES_H
#define SSI_SRC_OPS_LANES_H

#include "ops/build.h"

/* An axis of x (SSI_ALL_AXES: all, flattened): the lanes' shape, and the shape of what has it. */
typedef struct ssi_lanes {
    int axis, rank;
    int64_t lanes[3], shape[SSI_MAX_RANK];
} ssi_lanes;

/* False with an error where x has no such axis. */
bool ssi_lanes_along(const char *operation, const ssi_tensor *x, int axis, ssi_lanes *l);

/* The node of `op` on `inputs` tensors of rank 3, with `n` elements a lane, in l's shape. */
ssi_tensor *ssi_build_lanes(const ssi_op *op, const ssi_lanes *l, ssi_dtype dtype, int64_t n, int inputs,
                            ssi_tensor *const *input, int attributes, const int64_t *attribute);

/* The same of x alone, whose lanes keep their length. */
ssi_tensor *ssi_build_along(const ssi_op *op, ssi_tensor *x, int axis, ssi_dtype dtype);

/* ---- for what carries a call out ---- */

/* n elements, `step` apart; in elements from the view's data. */
typedef struct ssi_lane {
    void *data;
    ssi_dtype dtype;
    int64_t n, at, step;
} ssi_lane;

static inline ssi_lane ssi_lane_of(const ssi_call *call, const ssi_view *view, int64_t unit, int64_t column)
{
    return (ssi_lane){view->data, view->dtype, view->shape[1],
                      ssi_unit_offset(call, view, unit) + column * view->stride[2], view->stride[1]};
}

static inline double ssi_lane_f64(const ssi_lane *lane, int64_t i)
{
    return ssi_get_f64(lane->data, lane->dtype, lane->at + i * lane->step);
}

static inline int64_t ssi_lane_i64(const ssi_lane *lane, int64_t i)
{
    return ssi_get_i64(lane->data, lane->dtype, lane->at + i * lane->step);
}

static inline void ssi_lane_put_f64(const ssi_lane *lane, int64_t i, double value)
{
    ssi_put_f64(lane->data, lane->dtype, lane->at + i * lane->step, value);
}

static inline void ssi_lane_put_i64(const ssi_lane *lane, int64_t i, int64_t value)
{
    ssi_put_i64(lane->data, lane->dtype, lane->at + i * lane->step, value);
}

static inline void ssi_lane_copy(const ssi_lane *to, int64_t i, const ssi_lane *from, int64_t j)
{
    size_t size = ssi_dtype_size(to->dtype);
    memcpy((char *)to->data + (to->at + i * to->step) * (int64_t)size,
           (const char *)from->data + (from->at + j * from->step) * (int64_t)size, size);
}

/* The first of the ranks that argranks' lane y asks of in[0]: the attribute, or what its own lane of a second input says, as far as there are ranks. */
static inline int64_t ssi_first_rank(const ssi_call *call, const ssi_lane *y, const ssi_lane *in)
{
    int64_t asked = call->inputs > 1 ? ssi_lane_i64(&in[1], 0) : call->attribute[0], last = in[0].n - y->n;
    return asked < 0 ? 0 : asked > last ? last : asked;
}

/* Calls for every lane of the units. */
typedef int ssi_each_lane(const ssi_call *call, const ssi_lane *out, const ssi_lane *in, void *work);

static inline int ssi_over_lanes(const ssi_call *call, int64_t first, int64_t last, void *work, ssi_each_lane *each)
{
    for (int64_t unit = first; unit < last; unit++) {
        for (int64_t column = 0; column < call->out->shape[2]; column++) {
            ssi_lane out = ssi_lane_of(call, call->out, unit, column), in[3] = {{0}};
            for (int i = 0; i < call->inputs; i++)
                in[i] = ssi_lane_of(call, &call->in[i], unit, column);
            int status = each(call, &out, in, work);
            if (status != SSI_OK)
                return status;
        }
    }
    return SSI_OK;
}

#endif
