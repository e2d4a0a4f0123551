/*
 * op.h - one record for each primitive: the single source of truth about it.
 *
 * A record stands beside the code of its operation; ops.def lists the records' names once. From the table come the numerical-gradient
 * test, the fused-against-reference test, and docs/operations.md. All that the scheduler knows of an op is its kind.
 */
#ifndef SSI_SRC_OP_H
#define SSI_SRC_OP_H

#include "ssi/ops.h"
#include "tensor/tensor.h"

typedef enum ssi_kind {
    SSI_KIND_LEAF,   /* a value that exists */
    SSI_KIND_NUMBER, /* a C number: argument[0] holds its bits (double, or int64 when the dtype is i64 or bool) */
    SSI_KIND_SOURCE, /* elementwise from the index alone: iota (attribute[0] = axis), uniform (argument: seed, stream) */
    SSI_KIND_MAP,    /* elementwise, inputs of the output's shape once broadcast; `code` says which routine */
    SSI_KIND_VIEW,   /* reshape, permute, expand, slice, flip: other strides on the same data; `code` says which */
    SSI_KIND_JOIN,   /* concatenate, pad: several views of one output are written; `code` */
    SSI_KIND_REDUCE, /* attribute[0..] = the reduced axes, ascending; every axis stays, as size 1; `code` */
    SSI_KIND_CONTRACT, /* (b?,n,k),(b?,k,m)->(b?,n,m), all of equal rank, leading axes already broadcast; attribute[0] = ssi_precision */
    SSI_KIND_INDEX, /* gather, scatter_add; `code` */
    SSI_KIND_CALL, /* alone, by a function over whole units (rows, matrices): scans, sorts, searches, decompositions; `code` */
} ssi_kind;

/* clang-format off */
/* Codes of SSI_KIND_MAP. The inputs of one node have one dtype, the compute dtype (where: the bool condition aside; cast: any), and
 * broadcast by NumPy's rule against the node's shape: no expand node is needed. */
typedef enum ssi_map_code {
    SSI_MAP_CAST,
    SSI_MAP_NEG, SSI_MAP_ABS, SSI_MAP_SIGN, SSI_MAP_FLOOR, SSI_MAP_EXP, SSI_MAP_LOG, SSI_MAP_SQRT, SSI_MAP_SIN, SSI_MAP_COS,
    SSI_MAP_TANH, SSI_MAP_ERF, SSI_MAP_SIGMOID, SSI_MAP_RELU, SSI_MAP_NOT,
    SSI_MAP_CEIL, SSI_MAP_RINT, SSI_MAP_TRUNC, SSI_MAP_EXP2, SSI_MAP_EXPM1, SSI_MAP_LOG2, SSI_MAP_LOG10, SSI_MAP_LOG1P, SSI_MAP_CBRT,
    SSI_MAP_TAN, SSI_MAP_ASIN, SSI_MAP_ACOS, SSI_MAP_ATAN, SSI_MAP_SINH, SSI_MAP_COSH, SSI_MAP_ASINH, SSI_MAP_ACOSH, SSI_MAP_ATANH,
    SSI_MAP_LGAMMA, SSI_MAP_DIGAMMA, /* f32 and f64 */
    SSI_MAP_INVERT,                  /* integers: every bit */
    SSI_MAP_ADD, SSI_MAP_SUB, SSI_MAP_MUL, SSI_MAP_DIV, SSI_MAP_POW, SSI_MAP_MAX, SSI_MAP_MIN,
    SSI_MAP_FLOOR_DIV, SSI_MAP_MOD,                             /* Python's // and %; integers by zero: 0 */
    SSI_MAP_HYPOT, SSI_MAP_ATAN2, SSI_MAP_LOGADDEXP, SSI_MAP_COPYSIGN, /* f32 and f64 */
    SSI_MAP_FMAX, SSI_MAP_FMIN,                                 /* f32 and f64: the other one where one is NaN */
    SSI_MAP_SHL, SSI_MAP_SHR,                                   /* integers; by their width or more, or less than 0: 0, or -1 of a negative */
    SSI_MAP_AND, SSI_MAP_OR, SSI_MAP_XOR,                       /* bool; integers: bitwise */
    SSI_MAP_EQ, SSI_MAP_NE, SSI_MAP_LT, SSI_MAP_LE,             /* compute dtype -> bool */
    SSI_MAP_BOTH, SSI_MAP_EITHER,                               /* integers -> bool: AND and OR of their truths, which plans put for the casts as well */
    SSI_MAP_WHERE,                                              /* (bool, t, t) -> t */
    SSI_MAP_CHECK_FINITE, SSI_MAP_CHECK_RANGE,                  /* identity that may fail; check_range: argument[0] = n */
    SSI_MAP_DETACH,                                             /* identity; the scheduler sees through it */
    SSI_MAP_CODES
} ssi_map_code;

typedef enum ssi_view_code {
    SSI_VIEW_RESHAPE, /* no attributes: the shape says it */
    SSI_VIEW_PERMUTE, /* attribute[i] = input axis of output axis i */
    SSI_VIEW_EXPAND,  /* NumPy's rule; the rank may grow */
    SSI_VIEW_SLICE,   /* attribute[i] = step of axis i (may be negative), argument[i] = start of axis i, in range; rank of the input */
    SSI_VIEW_FLIP,    /* attribute[0] = bit mask of flipped axes */
    SSI_VIEW_COPY,    /* a view that no strides can say: the same elements side by side in C order */
} ssi_view_code;

typedef enum ssi_join_code {
    SSI_JOIN_CONCATENATE, /* attribute[0] = axis */
    SSI_JOIN_PAD,         /* inputs x, value (no axes); attribute[i] = elements before axis i */
    SSI_JOIN_SET_SLICE,   /* inputs x, part; attribute[i] = step and [rank + i] = size of the part along axis i, argument[i] = its start */
} ssi_join_code;

/* Reductions accumulate in the input's dtype, which is f32, f64 or i64 for sum and prod (the builders cast first), any but f16 and bf16
 * for min, max, argmin, argmax. */
typedef enum ssi_reduce_code {
    SSI_REDUCE_SUM, SSI_REDUCE_PROD, SSI_REDUCE_MIN, SSI_REDUCE_MAX,
    SSI_REDUCE_NANMIN, SSI_REDUCE_NANMAX, /* f32 and f64: of what is not NaN, where there is anything else */
    SSI_REDUCE_ARGMIN, SSI_REDUCE_ARGMAX, /* -> i64, the index counted over the reduced axes flattened in C order */
    SSI_REDUCE_CODES
} ssi_reduce_code;
/* clang-format on */

typedef enum ssi_index_code {
    SSI_INDEX_GATHER, /* x (n,...), index i64 (i...) already in [0,n) or negative from the end -> (i...,...) ; out of range fails the run */
    SSI_INDEX_SCATTER_ADD, /* x (n,...), index i64 (i...), rows (i...,...) -> x's shape */
} ssi_index_code;

/* Codes of SSI_KIND_CALL: which fast function of the back end carries it out. SSI_CALL_PLAIN: none, its definition does. */
typedef enum ssi_call_code {
    SSI_CALL_PLAIN,
    SSI_CALL_CUMSUM, /* (outer,n,inner) along n; the unit is (n,inner), its n-long columns are lanes; likewise below */
    SSI_CALL_CUMPROD,
    SSI_CALL_SORT,      /* ascending, NaN last */
    SSI_CALL_ARGSORT,   /* stable; -> i64 */
    SSI_CALL_ARGRANKS,  /* -> i64 (outer,m,inner): argsort's [first, first+m); attribute[0] = first, [1] = descending;
                          or first i64 (outer,1,inner), each lane's own */
    SSI_CALL_PARTITION, /* attribute[0] = kth */
    SSI_CALL_ARGPARTITION, /* the same; -> i64 */
    SSI_CALL_TAKE_ALONG,   /* (x (outer,n,inner), index i64 (outer,m,inner)) -> (outer,m,inner) */
    SSI_CALL_PUT_ALONG,    /* (x, index, v (outer,m,inner)) -> x's shape */
    SSI_CALL_ADD_ALONG,
    SSI_CALL_SEARCH, /* (sorted (n), values (...)) -> i64; attribute[0]: 0 left, 1 right; the unit is one value */
    SSI_CALL_COUNT_BETWEEN, /* (x (n), edges f64 (m)) -> i64 (m-1); attribute[0]: the edges are in equal steps; one unit */
    SSI_CALL_MASKED,        /* (x (n), mask bool (n)) -> (m); one unit */
    SSI_CALL_TRUTHS,        /* (a bool (n,k), b bool (k,m)) -> bool (n,m) */
    SSI_CALL_CODES
} ssi_call_code;

/* What a call works on. Unit u is what the op->unit last axes of a view hold at place u (in C order) of the output's other axes; an input without those
 * other axes serves every unit. */
typedef struct ssi_call {
    const ssi_op *op;
    const int64_t *attribute, *argument;
    const ssi_view *out, *in; /* strides in elements; nothing is known of their alignment */
    int inputs;
} ssi_call;

/* Carries out units [first, last), in `work` bytes of memory that nobody else uses. 0, or a negative ssi_status with the error recorded. */
typedef int ssi_call_routine(const ssi_call *call, int64_t first, int64_t last, void *work);

/* What a gradient is built from. */
typedef struct ssi_vjp {
    ssi_tensor *y;        /* the node */
    ssi_tensor *const *x; /* its inputs */
    ssi_tensor *dy;       /* gradient of the loss by y, of y's shape */
    int which;            /* the input whose gradient is asked for */
} ssi_vjp;

/* What a record says to people and to tests. The library, which looks at none of it, is built without (SSI_WORDS). */
typedef struct ssi_op_words {
    const char *signature; /* "x:float -> y", "(n?,k),(k,m?)->(n?,m?)" */
    const char *doc;       /* one line */
    const char *numpy, *torch, *onnx;
    double ulp; /* how far the fast routine may be from the reference at f32 (0: exact) */

    /* The builder, where it takes tensors alone: for what walks the table. */
    ssi_tensor *(*unary)(ssi_tensor *x);
    ssi_tensor *(*binary)(ssi_tensor *a, ssi_tensor *b);

    /* NULL-terminated sampler texts, see tests/table: "a=uniform(-2,2)[3,4] b=uniform(1,2)[4]"; maps leave the shapes out */
    const char *const *samples;
} ssi_op_words;

struct ssi_op {
    const char *name;
    ssi_kind kind;
    int code; /* within its kind */

    /* Gradient of the loss by input `which`, before it is summed down to that input's shape, which grad does. NULL: none, and
     * no_gradient says why ("piecewise constant", ...). */
    ssi_tensor *(*gradient)(const ssi_vjp *vjp);
    const char *no_gradient;

    /* The definition. Maps: one element, in double for floats and int64 for bool and integers (then rounded once to the dtype); f(a, b, c)
     * ignores what it has no use for. Comparisons return 0 or 1. Folds: a what there is, b what
     * is added. Everything but maps: the whole node, by naive loops over views. */
    double (*map_f64)(double a, double b, double c);
    int64_t (*map_i64)(int64_t a, int64_t b, int64_t c);
    void (*reference)(const ssi_tensor *node, const ssi_view *out, const ssi_view *in);
    /* SSI_KIND_CALL: how many of the last axes make a unit; the definition, which needs no speed but where `code` names no fast routine; the bytes
     * of memory a worker needs beside it (NULL: none; views have shapes, no data yet); whether it may fail the run. */
    int unit;
    ssi_call_routine *call;
    size_t (*work)(const ssi_call *call);
    bool checks;
    const ssi_op_words *words; /* NULL in the library */
};

extern const ssi_op *const ssi_ops[]; /* NULL-terminated, in the order of ops.def */
const ssi_op *ssi_op_named(const char *name);

/* How many units a call has. */
static inline int64_t ssi_call_units(const ssi_call *call)
{
    int64_t units = 1;
    for (int i = 0; i < call->out->rank - call->op->unit; i++)
        units *= call->out->shape[i];
    return units;
}

/* Where unit `u` begins in the output or an input, in elements. An axis that the view has not, or of size 1, serves every unit. */
static inline int64_t ssi_unit_offset(const ssi_call *call, const ssi_view *view, int64_t u)
{
    int64_t offset = 0;
    int lead = view->rank - call->op->unit;
    for (int i = call->out->rank - call->op->unit - 1; i >= 0; i--) {
        int64_t n = call->out->shape[i], at = u % n;
        if (--lead >= 0 && view->shape[lead] != 1)
            offset += at * view->stride[lead];
        u /= n;
    }
    return offset;
}

/* Records that other rooms name. */
extern const ssi_op ssi_op_leaf, ssi_op_number, ssi_op_cast, ssi_op_detach;

#endif
