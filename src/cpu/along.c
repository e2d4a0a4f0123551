/*
 * along.c - elements taken from, put at and added to indices along an axis.
 *
 * A unit is walked in the order in which its index lies in memory: row by row, or, where a lane has no neighbour, along it.
 */
#include "cpu/call.h"
#include "ops/lanes.h"
#include "run/execute.h"

/* A walk over a unit's index: what the indices point into (of n elements, `along` apart; `beside` from lane to lane), and what lies at the index's own
 * places. */
typedef struct walk {
    int64_t rows, columns, n;
    const int64_t *index;
    int64_t index_row, index_column;
    char *at; /* pointed into */
    int64_t along, beside;
    char *own;
    int64_t own_row, own_column;
} walk;

static char *element(const ssi_view *view, int64_t offset)
{
    return (char *)view->data + offset * (int64_t)ssi_dtype_size(view->dtype);
}

static walk make_walk(const ssi_call *call, int64_t unit, const ssi_view *into, const ssi_view *own)
{
    const ssi_view *index = &call->in[1];
    bool single = index->shape[2] == 1;
    int r = single ? 2 : 1, c = single ? 1 : 2; /* the single lane becomes a row */
    return (walk){.rows = index->shape[r],
                  .columns = index->shape[c],
                  .n = into->shape[1],
                  .index = (const int64_t *)index->data + ssi_unit_offset(call, index, unit),
                  .index_row = index->stride[r],
                  .index_column = index->stride[c],
                  .at = element(into, ssi_unit_offset(call, into, unit)),
                  .along = into->stride[1],
                  .beside = single ? 0 : into->stride[2],
                  .own = element(own, ssi_unit_offset(call, own, unit)),
                  .own_row = own->stride[r],
                  .own_column = own->stride[c]};
}

/* Among accesses to anywhere no processor foresees that so many indices on will be needed. */
enum { AHEAD = 1024 };

/* For every index: the statement, with `there` what it points at and `here` the element of its own place. An index outside ends the run, which the
 * definition then repeats and explains. The steps are constants where all lies side by side in a single lane. */
#define WALK_BY(type, along, beside, index_column, own_column, statement)                                              \
    for (int64_t r = 0; r < w.rows; r++) {                                                                             \
        type *into = (type *)w.at, *own = (type *)w.own + r * w.own_row;                                               \
        const int64_t *index = w.index + r * w.index_row;                                                              \
        for (int64_t c = 0; c < w.columns; c++) {                                                                      \
            int64_t place = index[c * (index_column)];                                                                 \
            __builtin_prefetch(index + c * (index_column) + AHEAD, 0, 0);                                              \
            if ((uint64_t)place >= (uint64_t)w.n && (uint64_t)(place += place < 0 ? w.n : 0) >= (uint64_t)w.n)         \
                return SSI_RANGE;                                                                                      \
            type *there = &into[place * (along) + c * (beside)], *here = &own[c * (own_column)];                       \
            statement;                                                                                                 \
        }                                                                                                              \
    }

#define WALK(type, statement)                                                                                          \
    if (w.along == 1 && w.beside == 0 && w.index_column == 1 && w.own_column == 1)                                     \
        WALK_BY(type, 1, 0, 1, 1, statement)                                                                           \
    else                                                                                                               \
        WALK_BY(type, w.along, w.beside, w.index_column, w.own_column, statement)                                      \
    break

/* A unit whose indices, and what they are taken to, lie side by side: elements of a single lane, or whole rows, where all lanes share the indices. How
 * many indices there are, -1 where it is neither. */
static int64_t take_rows(const walk *w, size_t size, int64_t *taken)
{
    bool lane = w->rows == 1 && w->beside == 0 && w->index_column == 1 && w->own_column == 1;
    bool rows =
        w->index_column == 0 && w->index_row == 1 && w->beside == 1 && w->own_column == 1 && w->own_row == w->columns;
    if (!lane && !rows)
        return -1;
    int64_t count = lane ? w->columns : w->rows;
    *taken = ssi_take_rows(w->own, w->at, w->along * (int64_t)size, w->n, w->index, count,
                           lane ? size : (size_t)w->columns * size);
    return count;
}

static int take_unit(const ssi_call *call, int64_t unit)
{
    walk w = make_walk(call, unit, &call->in[0], call->out);
    size_t size = ssi_dtype_size(call->out->dtype);
    int64_t taken, count = take_rows(&w, size, &taken);
    if (count >= 0)
        return taken == count ? SSI_OK : SSI_RANGE;
    switch (size) {
    case 8:
        WALK(uint64_t, *here = *there);
    case 4:
        WALK(uint32_t, *here = *there);
    case 2:
        WALK(uint16_t, *here = *there);
    default:
        WALK(uint8_t, *here = *there);
    }
    return SSI_OK;
}

int ssi_cpu_take_along(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    (void)work;
    int status = SSI_OK;
    for (int64_t unit = first; unit < last && status == SSI_OK; unit++)
        status = take_unit(call, unit);
    return status;
}

static void copy_unit(const ssi_call *call, int64_t unit)
{
    const ssi_view *x = &call->in[0], *y = call->out;
    int64_t from = ssi_unit_offset(call, x, unit), to = ssi_unit_offset(call, y, unit);
    size_t size = ssi_dtype_size(x->dtype);
    int64_t rows = x->shape[1], columns = x->shape[2];
    if ((columns == 1 || x->stride[2] == 1) && (rows == 1 || x->stride[1] == columns)) {
        memcpy(element(y, to), element(x, from), (size_t)(rows * columns) * size);
        return;
    }
    for (int64_t i = 0; i < rows; i++)
        for (int64_t j = 0; j < columns; j++)
            memcpy(element(y, to + i * y->stride[1] + j * y->stride[2]),
                   element(x, from + i * x->stride[1] + j * x->stride[2]), size);
}

static int put_unit(const ssi_call *call, int64_t unit)
{
    walk w = make_walk(call, unit, call->out, &call->in[2]);
    switch (ssi_dtype_size(call->out->dtype)) {
    case 8:
        WALK(uint64_t, *there = *here);
    case 4:
        WALK(uint32_t, *there = *here);
    case 2:
        WALK(uint16_t, *there = *here);
    default:
        WALK(uint8_t, *there = *here);
    }
    return SSI_OK;
}

/* The builder widens f16, bf16 and bool. */
static int add_unit(const ssi_call *call, int64_t unit)
{
    walk w = make_walk(call, unit, call->out, &call->in[2]);
    switch (call->out->dtype) {
    case SSI_F64:
        WALK(double, *there += *here);
    case SSI_F32:
        WALK(float, *there += *here);
    case SSI_I64:
        WALK(uint64_t, *there += *here);
    case SSI_I32:
        WALK(uint32_t, *there += *here);
    case SSI_I16:
        WALK(uint16_t, *there = (uint16_t)(*there + *here));
    default:
        WALK(uint8_t, *there = (uint8_t)(*there + *here));
    }
    return SSI_OK;
}

int ssi_cpu_put_along(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    (void)work;
    int status = SSI_OK;
    for (int64_t unit = first; unit < last && status == SSI_OK; unit++) {
        copy_unit(call, unit);
        status = call->op->code == SSI_CALL_ADD_ALONG ? add_unit(call, unit) : put_unit(call, unit);
    }
    return status;
}
