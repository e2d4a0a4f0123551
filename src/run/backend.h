/*
 * backend.h - the door between `run`, which decides, and a back end, which computes: tables of routines over raw memory.
 *
 * A routine sees pointers, a count and nothing else, so each is tested without a graph. Every routine gives for each element the same bits wherever
 * the element stands in the block, so that how work is blocked and shared never shows in a result.
 */
#ifndef SSI_SRC_BACKEND_H
#define SSI_SRC_BACKEND_H

#include "base/base.h"
#include "ops/op.h"

/* How many words `sort_few` takes at most. */
#define SSI_SORT_FEW 2048

/* Elements of a register of the block interpreter. */
#define SSI_BLOCK 512

/* d[i] = f(a[i], b[i], c[i]) for i in [0, n), 1 <= n. Operands that f has no use for are NULL. d overlaps no operand, except that d may be
 * exactly an operand of elements as large as its own. Nothing is aligned beyond its element. No byte past the n-th element is read or written. */
typedef void ssi_map_routine(void *d, const void *a, const void *b, const void *c, size_t n);

/* Which operands of a routine of two are scalars (a pointer to one element that serves for all i). where, d = a ? b : c: by its b and c. */
enum { SSI_VV, SSI_SV, SSI_VS, SSI_FORMS };

/* d[r] = fold of a[r*stride .. r*stride+cols), 1 <= cols; d may be a. The order is fixed by cols and the dtype alone: sixteen lanes, lane l folding
 * l, l+16, l+32, ... in order, then lanes l and l+8, l+4, l+2, l+1 (lanes past cols take no part). From SSI_LONG_ROW columns on there are as many lanes
 * as 256 bytes hold, of which l and l + half are folded until sixteen are left. */
enum { SSI_LONG_ROW = 256 };
typedef void ssi_fold_routine(void *d, const void *a, size_t rows, size_t cols, size_t stride);
/* d[r] = the sum of the products a[r*a_stride + c] * b[r*b_stride + c], each rounded, or, where b is NULL, of a's elements: of 1 to SSI_UNITS * SSI_BLOCK
 * columns, each SSI_BLOCK of which, and what is left, are a unit, summed in the order of ssi_fold_routine; units are joined in pairs, pairs in pairs. Of
 * integers, d i64, which wraps: as many columns as there are; b is never NULL. d overlaps neither. */
enum { SSI_UNITS = 64 };
typedef void ssi_dot_routine(void *d, const void *a, const void *b, size_t rows, size_t cols, size_t a_stride,
                             size_t b_stride);
/* d[c] = a[c] folded with a[stride + c], a[2*stride + c], ... in order; any rows, cols >= 1. d overlaps not a. */
typedef void ssi_across_routine(void *d, const void *a, size_t rows, size_t cols, size_t stride);
/* index[r] = position in the row of the first smallest (largest) element, NaN counting as smallest (largest) of all; value[r] = it, and value may be a. rows <=
 * SSI_BLOCK; cols <= SSI_FIND_COLUMNS: 128 steps, which a byte counts, of four of the smallest registers. */
enum { SSI_FIND_COLUMNS = 8192 };
typedef void ssi_find_routine(int64_t *index, void *value, const void *a, size_t rows, size_t cols, size_t stride);
/* index[c] = the row of the first smallest (largest) of a[c], a[stride + c], ...; value[c] = it. At most SSI_FIND_ROWS rows. */
enum { SSI_FIND_ROWS = 64 };
typedef void ssi_find_across_routine(int64_t *index, void *value, const void *a, size_t rows, size_t cols,
                                     size_t stride);

/* [code][dtype]: sum, prod: f32, f64, i64; min, max and their positions: all but f16, bf16; nanmin, nanmax: f32, f64, along rows alone. Along rows also sums of u8 and bool, which are i64: of these d
 * overlaps not a. */
typedef struct ssi_fold_routines {
    ssi_fold_routine *along[SSI_REDUCE_ARGMIN][SSI_DTYPES];
    ssi_dot_routine *dot[SSI_DTYPES]; /* f32, f64, i64, i32, u8, i8; NULL where a set leaves products to the maps */
    ssi_across_routine *across[SSI_REDUCE_ARGMIN][SSI_DTYPES];
    ssi_find_routine *find[2][SSI_DTYPES];
    ssi_find_across_routine *find_across[2][SSI_DTYPES];
} ssi_fold_routines;

/* An operand of a matrix product, as it is multiplied: lane i of step q of panel p is element p*panel + q*step + i*lane. A panel of A has mr lanes, which
 * are its rows, one of B nr, columns. */
typedef struct ssi_panels {
    const void *data;
    int64_t panel, step, lane;
    bool finite; /* B: no number is infinite or none, as is known already */
} ssi_panels;

/* Rows of A that are rounded, at most, before they are multiplied. */
enum { SSI_ROUNDED_ROWS = 128 };

/* Matrix products. A panel holds nr columns of B; packed as [k][nr], zeros beyond the edge. */
typedef struct ssi_gemm_routines {
    int mr, nr;   /* a tile of C is so many rows by so many columns */
    int size;     /* bytes of an element of an operand as it lies; a packed one has C's */
    int together; /* 2: a step of a panel is two of k, in one element, and an odd last one is beside a zero; else 1. Below, k counts a panel's steps */
    /* Not NULL: operands are rounded to steps first, so they are not to be used as they lie. Rows of A, of n neighbours, `apart` elements apart in src, `to` steps
     * in dst: the steps are the neighbours or, `across`, the rows. */
    void (*round)(void *dst, int64_t to, const void *src, int64_t apart, int64_t rows, int64_t n, bool across);
    /* f32 to bf16 as `round` and `pack` round them, for products by the routines of bf16; NULL: that would gain nothing. */
    ssi_map_routine *narrow;
    /* Packs B, ceil(count/nr) panels one after another: dst panel p, step q, lane i = src[(p*nr + i)*across + q*along]. */
    void (*pack)(void *dst, const void *src, int64_t across, int64_t along, int64_t count, int64_t k);
    /* c[i*ldc + j] (+)= sum over q in [0,k) of A[i][q]*B[q][j], in order of q, each step one fused multiply-add (i64: wrapping); starts
     * from 0, or from c when `accumulate`. m and n need not be multiples of mr and nr. A may lie anyhow; nothing but its elements is read. Packed panels of B
     * are read to their end; whole ones may also lie anywhere, their lanes side by side. */
    void (*multiply)(void *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n, int64_t k,
                     bool accumulate);
    /* The same, faster, of an A that lies unrounded, its rows or its steps side by side, and is rounded on the way; its strides are those of its own elements,
     * k counts their steps. room: for SSI_ROUNDED_ROWS rows of steps. n <= few: in another way, better not for m < 32. NULL: there is no
     * such way. */
    int few;
    void (*multiply_lying)(void *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n,
                           int64_t k, bool accumulate, void *room);
    /* Whether `count` panels of B, of k steps, have no number that is infinite or none. NULL: of kinds whose steps of zeros are multiplied like others. */
    bool (*are_finite)(const ssi_panels *b, int64_t count, int64_t k);
} ssi_gemm_routines;

/* Panels that were packed with k steps. */
static inline ssi_panels ssi_packed(const ssi_gemm_routines *gemm, const void *data, int64_t k)
{
    return (ssi_panels){data, gemm->nr * k, gemm->nr, 1, false};
}

/* What a step of a chain does with the value x that it is handed, and with its operand a. The last two that have an operand have a number t besides:
 * what optimisers and running means are made of; a, which they need twice, is loaded once. */
typedef enum ssi_chain_code {
    SSI_CHAIN_ADD, /* x + a */
    SSI_CHAIN_SUB,
    SSI_CHAIN_SUB_FROM, /* a - x */
    SSI_CHAIN_MUL,
    SSI_CHAIN_DIV,
    SSI_CHAIN_DIV_INTO,   /* a / x */
    SSI_CHAIN_TOWARDS,    /* (x - a)*t + a, a going towards x: three roundings */
    SSI_CHAIN_ADD_SCALED, /* a*t + x: two */
    SSI_CHAIN_NEG,        /* from here on of x alone */
    SSI_CHAIN_ABS,
    SSI_CHAIN_SQRT,
    SSI_CHAIN_SQUARE,
    SSI_CHAIN_RELU,
    SSI_CHAIN_EXP,
    SSI_CHAIN_SIGMOID,
    SSI_CHAIN_SAME, /* x: it is loaded, or stored */
    SSI_CHAIN_CODES
} ssi_chain_code;

/* Where x comes from: X, the step before; V, it is loaded. And what a is, a vector or a scalar. */
typedef enum ssi_chain_form { SSI_CHAIN_XV, SSI_CHAIN_XS, SSI_CHAIN_VV, SSI_CHAIN_VS, SSI_CHAIN_FORMS } ssi_chain_form;

/* Operations of a chain, at most; and its steps, of which each may need three, with the end. */
enum { SSI_CHAIN_LENGTH = 23, SSI_CHAIN_STEPS = 3 * SSI_CHAIN_LENGTH + 1 };

typedef void ssi_chain_routine(void);

typedef struct ssi_chain_step {
    ssi_chain_routine *run; /* from the table */
    void *from, *a, *to;    /* vectors; NULL: x is handed on, or a scalar; of one operand, or a scalar; not stored */
    union {
        float as_f32;
        double as_f64;
    } scalar; /* x, a or t, where it is one */
} ssi_chain_step;

/* Of one float type. step: [code][form][x is stored]; NULL: none. What a chain may
 * have at all has its forms of X that do not store, those of one operand XV; SAME loads a vector (VV) before others, and stores (XV) behind them. run: the steps, the first of which
 * loads and the last of which is the end, on n elements. Vectors lie apart or in the very same place. Bits are those of each step run on all elements
 * before the next. */
typedef struct ssi_chain_routines {
    ssi_chain_routine *step[SSI_CHAIN_CODES][SSI_CHAIN_FORMS][2], *end;
    void (*run)(const ssi_chain_step *steps, int count, size_t n);
} ssi_chain_routines;

/* The ceilings (limits.c). multiply_add: that many rounds in registers; returns the operations done, two to a multiply-add. NULL: not known how. */
typedef struct ssi_limit_routines {
    double (*multiply_add_f32)(int64_t rounds);
    double (*multiply_add_pairs)(int64_t rounds); /* of bf16: where gemm_medium takes pairs */
    uint64_t (*read)(const void *from, size_t bytes);
} ssi_limit_routines;

/* Where the routines of a compute dtype stand. f16 and bf16 have none: `run` converts around f32. */
enum { SSI_MAP_DTYPES = SSI_DTYPES - 2 };
#define SSI_MAP_PLACE(dtype) ((dtype) < SSI_F16 ? (dtype) : (dtype)-2)

/* Routines whose operand is a scalar, where that is worth code: of add to minimum and of the comparisons for f32 and f64, of where for all. The last index
 * is form - SSI_SV. */
typedef struct ssi_scalar_routines {
    ssi_map_routine *arithmetic[SSI_MAP_MIN + 1 - SSI_MAP_ADD][2][2];
    ssi_map_routine *compare[SSI_MAP_LE + 1 - SSI_MAP_EQ][2][2];
    ssi_map_routine *where[SSI_MAP_DTYPES][2];
} ssi_scalar_routines;

typedef struct ssi_backend {
    const char *name; /* "portable", "avx2", "avx512", "neon" */
    /* Asked for by ssi_map_of: [code][place of the compute dtype]; NULL where the dtype has no such operation. where: compute dtype of its values.
     * Comparisons write bool. */
    ssi_map_routine *map[SSI_MAP_WHERE + 1][SSI_MAP_DTYPES];
    const ssi_scalar_routines *scalar;             /* NULL: scalars are spread before */
    const ssi_chain_routines *chain[SSI_F64 + 1];  /* of f32, f64; NULL: operations run one at a time */
    ssi_map_routine *cast[SSI_DTYPES][SSI_DTYPES]; /* [from][to], all pairs */
    const ssi_fold_routines *folds;
    const ssi_gemm_routines *gemm[SSI_DTYPES]; /* f32, f64, i64 */
    /* f32 from operands that packing rounds to bf16, smaller ones than normal f32 to 0; the fastest that this processor has. Of each two steps the second is
     * added first. `operand`: f32 or bf16; both have one multiply. */
    const ssi_gemm_routines *(*gemm_medium)(ssi_dtype operand);
    /* Into ascending order, 1 <= n <= SSI_SORT_FEW; NULL where the set has no fast way. */
    void (*sort_few_u32)(uint32_t *a, size_t n);
    void (*sort_few_u64)(uint64_t *a, size_t n);
    /* The keys (src/cpu/key.h) of n doubles, of which -0 has that of the bits `minus_zero`; those of n keys that are between two, or one of them, and
     * how many are less; what has n keys, elements of 4 or 8 bytes or (from NULL) their places, in its order, but of lesser keys before place kth and
     * of others behind it, where one of the keys `at_kth` stands: the one before which are `which` others, which count as lesser. NULL, all three,
     * where the set has no fast way. */
    void (*keys_f64)(uint64_t *key, const uint64_t *bits, int64_t n, uint64_t minus_zero);
    int64_t (*keys_between)(uint64_t *to, const uint64_t *key, int64_t n, uint64_t low, uint64_t high, int64_t *less);
    void (*part)(void *to, const void *from, size_t size, const uint64_t *key, int64_t n, int64_t kth, uint64_t at_kth,
                 int64_t which);
    /* y[i] = sum + x[0] + ... + x[i], wrapping; y may be x. Returns the last, of nothing the sum. NULL where the set has no fast way. */
    uint64_t (*running_sum)(uint64_t *y, const uint64_t *x, int64_t n, uint64_t sum);
    /* The elements of x (n) whose mask is not 0 side by side in d, which has room for so many; how many there are: no more than that are written. NULL
     * where the set has no fast way. */
    int64_t (*masked)(void *d, int64_t room, const void *x, const uint8_t *mask, int64_t n, size_t size);
    const ssi_limit_routines *limits;
    ssi_call_routine *call[SSI_CALL_CODES]; /* NULL: the operation's definition is used */
    /* d[i*d_step] = s[i*s_step] for i in [0, n), elements of `size` bytes: 1, 2, 4 or 8. s_step 0: the same one again and again. d and s overlap
     * only if both steps are 1. */
    void (*copy)(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t n, size_t size);
    /* d[i] = s[i] for i in [0, bytes), past the caches where the processor can: another thread sees it after the next atomic operation that orders. */
    void (*stream)(void *d, const void *s, size_t bytes);
    /* d[r*d_step + c] = s[c*s_step + r] for rows r and columns c. `past`: past the caches, as stream does; d, its rows and their step are
     * whole lines of 64 bytes then. */
    void (*turn)(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t rows, int64_t cols, size_t size,
                 bool past);
    /* d[r*cols + c] = a[r], of elements of `size` bytes: 1, 2, 4 or 8; 1 <= rows, cols. d overlaps not a. */
    void (*spread)(void *d, const void *a, size_t rows, size_t cols, size_t size);
    /* d[i] = uniform number `first + i` of (seed, stream), in [0, 1); see random.c */
    void (*uniform_f32)(float *d, uint64_t seed, uint64_t stream, uint64_t first, size_t n);
    void (*uniform_f64)(double *d, uint64_t seed, uint64_t stream, uint64_t first, size_t n);
} ssi_backend;

/* The routine, or NULL. */
static inline ssi_map_routine *ssi_map_of(const ssi_backend *backend, int code, ssi_dtype compute, int form)
{
    if (code > SSI_MAP_WHERE || compute == SSI_F16 || compute == SSI_BF16)
        return NULL;
    if (form == SSI_VV)
        return backend->map[code][SSI_MAP_PLACE(compute)];
    const ssi_scalar_routines *scalar = backend->scalar;
    if (scalar && code == SSI_MAP_WHERE)
        return scalar->where[SSI_MAP_PLACE(compute)][form - SSI_SV];
    if (scalar && code >= SSI_MAP_EQ && code <= SSI_MAP_LE && compute <= SSI_F64)
        return scalar->compare[code - SSI_MAP_EQ][compute][form - SSI_SV];
    if (scalar && code >= SSI_MAP_ADD && code <= SSI_MAP_MIN && compute <= SSI_F64)
        return scalar->arithmetic[code - SSI_MAP_ADD][compute][form - SSI_SV];
    return NULL;
}

/* The best back end of this machine, or the one SSI_CPU names (an unknown name: said, and the best one is used).
 * Implemented by the cpu room. */
const ssi_backend *ssi_backend_cpu(void);
/* All that this machine can run, best first, NULL-terminated: for tests and `ssi info`. */
const ssi_backend *const *ssi_backends(void);

#endif
