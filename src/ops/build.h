/*
 * build.h - how a builder turns operands into a node: dtypes promote, C numbers stay weak, shapes broadcast.
 *
 * Writing nodes is hot: a training step writes some hundred of them each time. So what follows is inline and touches no table; what is said
 * when operands do not fit stands in build.c.
 */
#ifndef SSI_SRC_OPS_BUILD_H
#define SSI_SRC_OPS_BUILD_H

#include <string.h>

#include "ops/op.h"

/* The records, from the list of their names. */
#define SSI_OP(name) extern const ssi_op ssi_op_##name;
#include "ops/ops.def"
#undef SSI_OP

/* ---- records ---- */

/* A record's words, which tests and bench/arrays have the table built with. */
#ifdef SSI_TABLE_WORDS
#define SSI_WORDS(...)                                                                                                 \
    .words = &(const ssi_op_words)                                                                                     \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }
#else
#define SSI_WORDS(...) .words = NULL
#endif
#define SSI_SAMPLES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* What a map's record begins with. */
#define SSI_MAP(op_name, op_code) .name = #op_name, .kind = SSI_KIND_MAP, .code = SSI_MAP_##op_code

/* A map's definition: its value for operands a, b, c, in double and in int64. */
#define SSI_DEFINE(op, type, bits, value)                                                                              \
    static type op##_##bits(type a, type b, type c)                                                                    \
    {                                                                                                                  \
        (void)a, (void)b, (void)c;                                                                                     \
        return value;                                                                                                  \
    }
#define SSI_DEFINE_F64(op, value) SSI_DEFINE(op, double, f64, value)
#define SSI_DEFINE_I64(op, value) SSI_DEFINE(op, int64_t, i64, value)

/* ---- dtypes ---- */

/* NumPy's kinds, in the order in which they win: 0 bool, 1 integer, 2 float. */
static inline int ssi_kind_of(ssi_dtype dtype)
{
    return ssi_is_float(dtype) ? 2 : ssi_is_integer(dtype);
}

static inline bool ssi_is_narrow(ssi_dtype dtype)
{
    return dtype == SSI_F16 || dtype == SSI_BF16;
}

/* A C number nothing was assigned to. */
static inline bool ssi_is_weak(const ssi_tensor *x)
{
    return (x->flags & (SSI_WEAK | SSI_HANDLE)) == SSI_WEAK;
}

/* What an operation on both computes in. A number's own dtype (bool, i64, f64) counts only where its kind wins. */
static inline ssi_dtype ssi_common(const ssi_tensor *a, const ssi_tensor *b)
{
    ssi_dtype ta = (ssi_dtype)a->dtype, tb = (ssi_dtype)b->dtype;
    if (ta == tb)
        return ta;
    if (ssi_is_weak(a) == ssi_is_weak(b))
        return ssi_promote(ta, tb);
    ssi_dtype strong = ssi_is_weak(a) ? tb : ta, weak = ssi_is_weak(a) ? ta : tb;
    return ssi_kind_of(strong) >= ssi_kind_of(weak) ? strong : weak;
}

/* The float in which NumPy computes a function of x: integers by their width. */
static inline ssi_dtype ssi_float_for(ssi_dtype dtype)
{
    if (ssi_is_float(dtype))
        return dtype;
    size_t size = ssi_dtype_size(dtype);
    return size == 1 ? SSI_F16 : size == 2 ? SSI_F32 : SSI_F64;
}

/* ---- operands ---- */

bool ssi_integer_fits(int64_t value, ssi_dtype dtype);
/* Whether a C number can be one of `dtype`; false with an error that names the operation. */
bool ssi_number_fits(const ssi_op *op, const ssi_tensor *number, ssi_dtype dtype);

/* NULL, with an error that says what bool has instead. */
ssi_tensor *ssi_fail_bool(const ssi_op *op);

/* x as an operand of a map that computes in `dtype`. A number stays as it is: it takes the dtype when it is used. */
static inline ssi_tensor *ssi_operand(const ssi_op *op, ssi_tensor *x, ssi_dtype dtype)
{
    if (x->dtype == dtype)
        return x;
    if (!ssi_is_weak(x))
        return ssi_cast(x, dtype);
    return ssi_number_fits(op, x, dtype) ? x : NULL;
}

/* x, or the number as a tensor: for what is no map. */
static inline ssi_tensor *ssi_strong(ssi_tensor *x)
{
    return x && ssi_is_weak(x) ? ssi_cast(x, (ssi_dtype)x->dtype) : x;
}

/* x as bool: whether it is not zero. */
static inline ssi_tensor *ssi_truth(ssi_tensor *x)
{
    return !x || x->dtype == SSI_BOOL ? x : ssi_cast(x, SSI_BOOL);
}

/* ---- maps ---- */

/* The shape of a map's result: `shape` points into an operand, or at `room`. False with an error when they do not broadcast. */
bool ssi_broadcast_slowly(const ssi_op *op, const ssi_tensor *a, const ssi_tensor *b, int *rank, int64_t *room);

static inline bool ssi_broadcast(const ssi_op *op, const ssi_tensor *a, const ssi_tensor *b, int *rank,
                                 const int64_t **shape, int64_t room[SSI_MAX_RANK])
{
    const ssi_tensor *larger = a->rank >= b->rank ? a : b, *smaller = larger == a ? b : a;
    *rank = larger->rank;
    *shape = larger->shape;
    int lead = larger->rank - smaller->rank;
    for (int i = 0; i < smaller->rank; i++) {
        if (smaller->shape[i] != larger->shape[lead + i] && smaller->shape[i] != 1) {
            *shape = room;
            return ssi_broadcast_slowly(op, a, b, rank, room);
        }
    }
    return true;
}

static inline ssi_tensor *ssi_build_unary(const ssi_op *op, ssi_tensor *x, ssi_dtype dtype)
{
    ssi_tensor *input = ssi_operand(op, x, dtype);
    return ssi_node(
        &(ssi_node_spec){.op = op, .dtype = dtype, .rank = x->rank, .shape = x->shape, .inputs = 1, .input = &input});
}

static inline ssi_tensor *ssi_build_binary(const ssi_op *op, ssi_tensor *a, ssi_tensor *b, ssi_dtype compute,
                                           ssi_dtype result)
{
    int rank;
    int64_t room[SSI_MAX_RANK];
    const int64_t *shape;
    if (!ssi_broadcast(op, a, b, &rank, &shape, room))
        return NULL;
    ssi_tensor *input[] = {ssi_operand(op, a, compute), ssi_operand(op, b, compute)};
    return ssi_node(
        &(ssi_node_spec){.op = op, .dtype = result, .rank = rank, .shape = shape, .inputs = 2, .input = input});
}

/* ---- masks ---- */

/* Eight bytes of a mask as a 1 in each byte that is not 0. */
static inline uint64_t ssi_eight_true(const uint8_t *mask)
{
    const uint64_t low = 0x7F7F7F7F7F7F7F7F, one = 0x0101010101010101;
    uint64_t word;
    memcpy(&word, mask, sizeof word);
    return (((word & low) + low) | word) >> 7 & one;
}

int64_t ssi_count_true(const uint8_t *mask, int64_t n); /* masked.c */

/* ---- other nodes ---- */

/* argranks, ascending, from a rank on that is each lane's own: `first`, i64, has x's shape but for size 1 along the axis. Where there are not so many
 * ranks, the last `count` (of at most x's elements there). */
ssi_tensor *ssi_argranks_from(ssi_tensor *x, ssi_tensor *first, int axis, int64_t count); /* sort.c */

/* x (n), each element from the last down swapped with the one at its partner's place: i64 (n), which fail the run outside [0, n). */
ssi_tensor *ssi_swapped(ssi_tensor *x, ssi_tensor *partner); /* swap.c */

/* One input, the same dtype: views. */
static inline ssi_tensor *ssi_build_view(const ssi_op *op, ssi_tensor *x, int rank, const int64_t *shape,
                                         int attributes, const int64_t *attribute)
{
    return ssi_node(&(ssi_node_spec){.op = op,
                                     .dtype = (ssi_dtype)x->dtype,
                                     .rank = rank,
                                     .shape = shape,
                                     .inputs = 1,
                                     .input = &x,
                                     .attributes = attributes,
                                     .attribute = attribute});
}

/* Python's slice.indices: the first index, the step and how many there are, of an axis of n. (move.c) */
void ssi_clip_range(const ssi_range *range, int64_t n, int64_t *start, int64_t *step, int64_t *count);

/* Whether a tensor of that dtype and shape can be; an error that names the operation otherwise. */
bool ssi_shape_is_possible(const char *operation, ssi_dtype dtype, int rank, const int64_t *shape);

static inline bool ssi_same_shape(const ssi_tensor *x, int rank, const int64_t *shape)
{
    return x->rank == rank && !memcmp(x->shape, shape, (size_t)rank * sizeof *shape);
}

/* ---- for references: where element (index...) of a view lies, and the next index in C order ---- */

static inline int64_t ssi_offset_at(const ssi_view *view, const int64_t *index)
{
    int64_t offset = 0;
    for (int i = 0; i < view->rank; i++)
        offset += index[i] * view->stride[i];
    return offset;
}

static inline void ssi_next_index(int rank, const int64_t *shape, int64_t *index)
{
    for (int axis = rank - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
        index[axis] = 0;
}

static inline void ssi_copy_element(const ssi_view *to, int64_t to_offset, const ssi_view *from, int64_t from_offset)
{
    size_t size = ssi_dtype_size(to->dtype);
    memcpy((char *)to->data + to_offset * (int64_t)size, (const char *)from->data + from_offset * (int64_t)size, size);
}

#endif
