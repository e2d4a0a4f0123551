/*
 * scan.c - running sums and products of lanes, in f32, f64 or i64, into which narrower elements are converted block by block.
 *
 * Lanes that lie side by side are scanned together, a row of them at a time.
 */
#include "cpu/call.h"
#include "cpu/strided.h"
#include "ops/lanes.h"
#include "run/backend.h"

enum { TOGETHER = 16 }; /* lanes beside each other from which on rows pay */

/* ---- blocks of a lane: at most SSI_BLOCK elements from or to element `at`, `step` apart, as `wide` in `block` ---- */

static ssi_dtype wide_of(ssi_dtype dtype)
{
    return dtype == SSI_F64 ? SSI_F64 : ssi_is_float(dtype) ? SSI_F32 : SSI_I64;
}

static void *element(const ssi_view *view, int64_t at)
{
    return (char *)view->data + at * (int64_t)ssi_dtype_size(view->dtype);
}

/* Where the elements are, wide and one after another: in the view itself, or in the block. */
static const void *fetch(const ssi_view *x, int64_t at, int64_t step, int64_t n, double *block)
{
    double gathered[SSI_BLOCK];
    ssi_dtype wide = wide_of(x->dtype);
    bool narrow = x->dtype != wide;
    const void *from = element(x, at);
    void *together = narrow ? gathered : block;
    if (step != 1)
        ssi_cpu_move(together, 1, from, step, n, ssi_dtype_size(x->dtype));
    if (narrow)
        ssi_backend_cpu()->cast[x->dtype][wide](block, step != 1 ? together : from, NULL, NULL, (size_t)n);
    return narrow || step != 1 ? block : from;
}

static void store(const ssi_view *y, int64_t at, int64_t step, int64_t n, const double *block)
{
    double narrow[SSI_BLOCK];
    ssi_dtype wide = wide_of(y->dtype);
    const void *from = block;
    if (y->dtype != wide) {
        ssi_backend_cpu()->cast[wide][y->dtype](narrow, block, NULL, NULL, (size_t)n);
        from = narrow;
    }
    if (element(y, at) != from)
        ssi_cpu_move(element(y, at), step, from, 1, n, ssi_dtype_size(y->dtype));
}

/* ---- one lane after another ---- */

/* y[i] = what there is, combined with x[0] ... x[i] */
#define SCAN(type, op)                                                                                                 \
    do {                                                                                                               \
        type sum = *(type *)carry;                                                                                     \
        for (int64_t i = 0; i < n; i++)                                                                                \
            ((type *)y)[i] = sum = sum op((const type *)x)[i];                                                         \
        *(type *)carry = sum;                                                                                          \
    } while (0)

static void scan_block(void *y, const void *x, int64_t n, ssi_dtype wide, bool product, void *carry)
{
    if (wide == SSI_F32 && product)
        SCAN(float, *);
    else if (wide == SSI_F32)
        SCAN(float, +);
    else if (wide == SSI_F64 && product)
        SCAN(double, *);
    else if (wide == SSI_F64)
        SCAN(double, +);
    else if (product)
        SCAN(uint64_t, *);
    else if (ssi_backend_cpu()->running_sum)
        *(uint64_t *)carry = ssi_backend_cpu()->running_sum(y, x, n, *(const uint64_t *)carry);
    else
        SCAN(uint64_t, +);
}

/* What changes nothing: 1, or -0 (so that sums of -0 stay). */
static void put_neutral(void *carry, ssi_dtype wide, bool product)
{
    if (wide == SSI_I64)
        *(int64_t *)carry = product;
    else if (wide == SSI_F64)
        *(double *)carry = product ? 1 : -0.0;
    else
        *(float *)carry = product ? 1 : -0.0f;
}

static void scan_lane(const ssi_call *call, int64_t unit, int64_t column)
{
    const ssi_view *x = call->in, *y = call->out;
    ssi_dtype wide = wide_of(y->dtype);
    bool product = call->op->code == SSI_CALL_CUMPROD;
    int64_t from = ssi_unit_offset(call, x, unit) + column * x->stride[2];
    int64_t to = ssi_unit_offset(call, y, unit) + column * y->stride[2];
    double block[SSI_BLOCK], carry;
    put_neutral(&carry, wide, product);
    for (int64_t at = 0, n; at < x->shape[1]; at += n) {
        n = x->shape[1] - at < SSI_BLOCK ? x->shape[1] - at : SSI_BLOCK;
        int64_t here = to + at * y->stride[1];
        void *result = y->stride[1] == 1 && y->dtype == wide ? element(y, here) : block;
        scan_block(result, fetch(x, from + at * x->stride[1], x->stride[1], n, block), n, wide, product, &carry);
        if (result == block)
            store(y, here, y->stride[1], n, block);
    }
}

/* ---- lanes side by side: columns [column, column + n) ---- */

static void scan_columns(const ssi_call *call, int64_t unit, int64_t column, int64_t n)
{
    const ssi_view *x = call->in, *y = call->out;
    ssi_dtype wide = wide_of(y->dtype);
    bool product = call->op->code == SSI_CALL_CUMPROD;
    ssi_map_routine *add = ssi_map_of(ssi_backend_cpu(), product ? SSI_MAP_MUL : SSI_MAP_ADD, wide, SSI_VV);
    int64_t from = ssi_unit_offset(call, x, unit) + column * x->stride[2];
    int64_t to = ssi_unit_offset(call, y, unit) + column * y->stride[2];
    double sum[SSI_BLOCK], block[SSI_BLOCK];
    for (int64_t i = 0; i < n; i++)
        put_neutral((char *)sum + i * (int64_t)ssi_dtype_size(wide), wide, product);
    for (int64_t i = 0; i < x->shape[1]; i++) {
        add(sum, sum, fetch(x, from + i * x->stride[1], x->stride[2], n, block), NULL, (size_t)n);
        store(y, to + i * y->stride[1], y->stride[2], n, sum);
    }
}

int ssi_cpu_scan(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    (void)work;
    int64_t columns = call->out->shape[2];
    for (int64_t unit = first; unit < last; unit++) {
        for (int64_t column = 0, n; column < columns; column += n) {
            n = columns - column < SSI_BLOCK ? columns - column : SSI_BLOCK;
            if (columns >= TOGETHER)
                scan_columns(call, unit, column, n);
            for (int64_t i = 0; i < n && columns < TOGETHER; i++)
                scan_lane(call, unit, column + i);
        }
    }
    return SSI_OK;
}
