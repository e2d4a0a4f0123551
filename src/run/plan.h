/*
 * plan.h - a planned run: the private copy of its graph, the kernels that carry it out, and where every value lies.
 *
 * Slots number the values of a run: first the needed nodes in order, then the leaves (stored inputs), then the C numbers. A plan holds no pointer into
 * the graph it was made from, no C number, no slice start and no thread count: those are arguments of each run, so that the
 * same step written again finds its plan.
 */
#ifndef SSI_SRC_PLAN_H
#define SSI_SRC_PLAN_H

#include "ops/op.h"
#include "run/backend.h"
#include "run/run.h"

/* ---- the graph's private copy ---- */

typedef enum ssi_storage {
    SSI_IN_REGISTERS, /* never stored: lives inside one kernel */
    SSI_IN_LEAF,      /* a stored input */
    SSI_IN_WORK,      /* in the run's work memory, at `place` */
    SSI_IN_RESULT,    /* in a buffer of its own, which the node keeps */
    SSI_IN_PLACE, /* overwrites the buffer of leaf `place` (a slot), which its handle gets back where it is wanted */
} ssi_storage;

typedef struct ssi_slot {
    const ssi_op *op;
    uint8_t kind, dtype, rank, inputs;
    uint8_t storage;
    bool wanted;      /* its value must outlive the run */
    bool before;      /* computed on the rows of a product's left operand, on their way into its panels */
    bool rounded;     /* has a copy in work memory, at `rounded_place`, that medium products read: of bf16, of an f32 */
    bool permuted;    /* its elements lie in an order of axes that is not C's: see layout.c */
    bool scattered;   /* a reshape that no strides can say: copied by a kernel of its own */
    int32_t group;    /* the group that computes it; -1: leaf, number, view */
    int32_t base;     /* the slot in whose storage its elements lie: itself, but for views */
    int32_t argument; /* its first argument among the run's */
    int32_t attributes;
    const int64_t *shape, *attribute;
    int64_t *stride;      /* of its elements in base's storage, in elements */
    int64_t offset;       /* of a view's first element, relative to its input's, slice starts aside */
    const int32_t *input; /* slots */
    int64_t count;
    size_t place, rounded_place;
    int32_t first_step, last_step; /* between which its storage is in use */
} ssi_slot;

/* ---- programs: what the block interpreter runs ---- */

static inline int64_t ssi_round_up(int64_t n, int64_t to)
{
    return (n + to - 1) / to * to;
}

/* Memory is handed over in lines of so many bytes; values begin at one. */
enum { SSI_LINE = 64 };
static inline size_t ssi_whole_lines(size_t bytes)
{
    return (bytes + SSI_LINE - 1) / SSI_LINE * SSI_LINE;
}

/* How many values an operand has in a block of R rows by C columns. */
typedef enum ssi_extent { SSI_UNIFORM /* 1 */, SSI_ROW /* R */, SSI_FULL /* R*C */ } ssi_extent;

typedef enum ssi_instr_kind {
    SSI_DO_MAP,     /* d = routine(a, b, c) */
    SSI_DO_RARE,    /* d = the operation's definition of a, b, c: of floats for which the back end has no routine */
    SSI_DO_CHAIN,   /* arithmetic of floats, its value handed from step to step: chain.c */
    SSI_DO_FOLD,    /* d (row) = fold of a (full) along the row */
    SSI_DO_FIND,    /* d (row, i64) = position in a (full) along the row */
    SSI_DO_SPREAD,  /* d = a, repeated: a row's value along the row, or one value everywhere */
    SSI_DO_IOTA,    /* d = index along an axis */
    SSI_DO_UNIFORM, /* d = random numbers */
    SSI_DO_CHECK,   /* fail the run unless a is finite / in range */
} ssi_instr_kind;

typedef struct ssi_instr {
    uint8_t kind, extent, dtype, code;
    int16_t d, a, b, c; /* values; -1: none */
    int32_t slot;       /* the node it stands for: arguments, errors, SSI_EXPLAIN */
    union {
        ssi_map_routine *map;
        ssi_fold_routine *fold;
        ssi_find_routine *find;
    } run;
    int64_t inner, size; /* iota: how many elements an index lasts, how many there are */
    /* Instructions that a chain is made of, this one the first; 0: no chain. Its steps, the end among them. */
    int32_t joined, first_step, steps;
} ssi_instr;

/* Of a chain. */
typedef struct ssi_step {
    ssi_chain_routine *run;
    int16_t from, a, scalar, to; /* values; -1: none */
} ssi_step;

typedef enum ssi_value_source {
    SSI_FROM_REGISTER, /* scratch, at `at` */
    SSI_FROM_MEMORY,   /* loaded: access `at` */
    SSI_FROM_NUMBER,   /* C number of slot `at`, converted to the value's dtype */
    SSI_FROM_CONSTANT, /* the small integer `at` */
    SSI_FROM_TILE,     /* the matrix product's tile */
    SSI_FROM_STORE,    /* computed straight into its place: access `at` */
    SSI_FROM_STEP,     /* of a chain, handed to the next one: nowhere in memory */
    SSI_FROM_SPREAD,   /* one element repeated for a whole block, which all blocks read: made once per run */
} ssi_value_source;

typedef struct ssi_pvalue {
    uint8_t source, extent, dtype;
    int32_t at;
    int32_t slot;    /* the slot it is the value of; -1: an intermediate */
    int32_t scratch; /* byte offset of its register, in the worker's scratch or among what is made once */
} ssi_pvalue;

/* Where an operand's elements lie, as seen from the kernel's loops. */
typedef struct ssi_access {
    int32_t slot, value;
    uint8_t extent, size;   /* bytes of an element */
    bool linear;            /* row r starts at r*row_step */
    bool even;              /* columns lie `step` apart */
    bool direct;            /* a store: the instruction writes to memory itself */
    bool streamed;          /* a store: past the caches */
    bool rounded;           /* a store: to its slot's rounded copy */
    bool repeated;          /* a load: every row is the same one, which a block of several has copies of */
    bool turned;            /* a load: neighbours in memory lie in rows below each other; read in bands of rows */
    int64_t band;           /* where the worker's scratch holds the band */
    int64_t row_step, step; /* per row (if linear), per column */
    int64_t offset;         /* of a store into a part of its slot */
    bool moved;             /* a store: begins where its slot's arguments say, along each axis */
    bool gathered;          /* a load: of rows of its slot, as the index in slot `by` says; a row is `inner` elements */
    int32_t by;
    int64_t inner;
    int64_t *dim_step; /* per dimension of rows, then of columns */
} ssi_access;

typedef struct ssi_program {
    ssi_instr *instr;
    ssi_pvalue *value;
    ssi_access *load, *store;
    ssi_step *step;
    int steps, instrs, uniforms; /* the first `uniforms` instructions run once per kernel, not per block */
    int values, loads, stores;
    int64_t block;        /* elements of a register */
    bool turned;          /* has such a load */
    bool only_turns;      /* one load into one store */
    bool by_band;         /* only turns, but not straight into its result */
    int64_t band_rows;    /* at once, if turned */
    size_t scratch;       /* bytes of registers per worker */
    size_t uniform_bytes; /* bytes of what is made once per run: uniform registers, and those of SSI_FROM_SPREAD */
} ssi_program;

/* ---- kernels ---- */

typedef enum ssi_kernel_kind {
    SSI_KERNEL_MAP,
    SSI_KERNEL_REDUCE,
    SSI_KERNEL_CONTRACT,
    SSI_KERNEL_GATHER,
    SSI_KERNEL_SCATTER,
    SSI_KERNEL_CALL,
} ssi_kernel_kind;

/* The reduction of a reduce kernel. */
typedef struct ssi_fold {
    uint8_t code, dtype, from; /* from: of what is folded; another one for sums of bytes, which are i64 */
    int16_t value;             /* of the program before it */
    int32_t slot;              /* the result, dense over the kept axes */
} ssi_fold;

/* The loops of a program: rows by columns, each the C order of a few dimensions. */
typedef struct ssi_space {
    int row_dims, dims; /* dim[row_dims..dims) are the columns */
    int64_t dim[SSI_MAX_RANK];
    int64_t rows, cols;
    int64_t at_once; /* whole rows that a block of the program holds; 0: a row takes several */
} ssi_space;

/* Order of a reduction: its input's axes without those of one element, neighbours of one kind (kept, folded) merged. Rows of the program before it are
 * all groups but the last, columns the last. */
typedef struct ssi_fold_order {
    bool along; /* the last group is folded: rows are folded, else rows are added to each other */
    int groups; /* before the last */
    int64_t size[SSI_MAX_RANK];
    bool folded[SSI_MAX_RANK];
    int64_t kept_rows, folded_rows, width;
} ssi_fold_order;

typedef struct ssi_kernel {
    ssi_kernel_kind kind;
    int32_t step;          /* kernels of one group share it: what it reads and writes is in use then */
    ssi_space space;       /* loops of `before` (reduce) or `after` (map, contract) */
    ssi_space left_space;  /* contract: loops of `before` */
    bool whole_rows;       /* map: something is folded along the rows */
    ssi_program before;    /* reduce: what is folded; contract: the left operand, if it is made on the way */
    int16_t left;          /* contract: the value of `before` that is packed; -1: the operand lies in memory */
    ssi_program after;     /* map: everything; reduce: over what was kept; contract: on the product's tiles */
    ssi_space after_space; /* reduce */
    ssi_fold fold;         /* reduce */
    ssi_fold_order order;  /* reduce */
    const struct ssi_reduce_job *job; /* reduce: what of each run is known already, see reduce.c */
    int32_t in[3], out;               /* contract, gather, scatter, call: slots */
    int64_t batch, m, n, k;
    int batch_dims;
    bool plain;        /* contract: the product itself is stored, and nothing else is done */
    bool mirrored;     /* contract, plain: B is A turned, so that only what is on and above the diagonal is computed */
    int32_t tile;      /* contract: the slot of what is made of a tile, which is summed in its place; -1: none */
    bool same;         /* map: copies in[0] to out, and has nothing to do where both lie in one place */
    bool checks;       /* may fail the run */
    size_t work_place; /* of its own work memory: uniform registers, packed operands, partial results */
    size_t work_bytes;
    size_t scratch; /* bytes per worker */
    int64_t flops, bytes;
    int32_t first_slot, nodes; /* for SSI_EXPLAIN */
    double seconds;
    int64_t runs;
} ssi_kernel;

typedef struct ssi_block ssi_block;

typedef struct ssi_plan {
    uint64_t hash;
    uint64_t *key;
    size_t key_words;
    ssi_block *memory; /* everything below, freed together */
    ssi_slot *slot;
    int nodes, leaves, numbers, slots, arguments;
    ssi_kernel *kernel;
    int kernels;
    int32_t *result; /* slots stored in buffers of their own */
    int results;
    int32_t *view; /* view slots whose pointers a run needs, in order */
    int views;
    size_t work_bytes; /* of values and of the steps' own memory */
    size_t scratch;    /* bytes per worker, most of all kernels */
    const ssi_backend *backend;
    bool streams;  /* some of what is written goes past the caches */
    bool keep_all; /* a read: everything a kernel writes is kept until its scope closes */
    uint64_t used; /* when last, for the cache */
} ssi_plan;

/* Zeroed memory that lives as long as the plan. NULL when there is none (error recorded). */
void *ssi_plan_alloc(ssi_plan *plan, size_t count, size_t size);
void ssi_plan_free(ssi_plan *plan);

/* What one run brings along: the arguments that are not in the key. */
typedef struct ssi_inputs {
    ssi_tensor **leaf;   /* per leaf slot */
    ssi_tensor **number; /* per number slot */
    int64_t *argument;
    const ssi_need *need;
    ssi_scope_record *closing;
} ssi_inputs;

/* plan.c: finds or makes the plan of these nodes and runs it. `mark` is that of ssi_collect. At a scope's close wanted[i] is the value of
 * closing->assignment[i]. Nodes that the run stored have their values afterwards. */
int ssi_fused_run(const ssi_need *need, uint32_t mark, int count, ssi_tensor *const *wanted, ssi_scope_record *closing);
/* Frees this thread's plans and work memory. */
void ssi_plan_forget(void);

/* schedule.c: nodes into groups, groups into kernels, values into memory. */
int ssi_schedule(ssi_plan *plan);

/* execute.c: how much work memory of its own a kernel needs (fills work_bytes and scratch; false without memory), and carrying a plan out. */
bool ssi_kernel_work(ssi_plan *plan, ssi_kernel *kernel);
int ssi_execute(ssi_plan *plan, const ssi_inputs *inputs);
void ssi_execute_forget(void);

#endif
