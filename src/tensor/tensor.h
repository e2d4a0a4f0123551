/*
 * tensor.h - the node: what an operation wrote down, and, once it has been run, its value.
 *
 * A node is written by ssi_node(), belongs to a scope, and is read-only but for its value. Nodes are numbered in the order of
 * writing (per thread), so id order is a topological order and nothing ever recurses over the graph.
 */
#ifndef SSI_SRC_TENSOR_H
#define SSI_SRC_TENSOR_H

#include "base/base.h"
#include "ssi/tensor.h"

typedef struct ssi_op ssi_op; /* ops/op.h */
typedef struct ssi_scope_record ssi_scope_record;

enum ssi_node_flags {
    SSI_WEAK = 1,     /* a C number: takes the other operand's dtype */
    SSI_KEPT = 2,     /* wanted when its scope closes: moved outward by ssi_keep, or assigned */
    SSI_POISONED = 4, /* its evaluation failed: its readers fail with the first error */
    SSI_SINK = 8,     /* the value of an ssi_assign, to be written when the scope closes */
};

struct ssi_tensor {
    const ssi_op *op;
    uint64_t id;           /* order of writing */
    uint8_t dtype, rank;
    uint8_t inputs;        /* how many; SSI_MAX_INPUTS at most */
    uint8_t flags;
    uint16_t attributes;   /* how many int64 in attribute[]: part of a plan's key (axes, permutation, sizes) */
    uint16_t arguments;    /* how many int64 in argument[]: not in the key (a number's bits, slice starts, a random stream) */
    const int64_t *shape;  /* rank sizes */
    const int64_t *attribute;
    const int64_t *argument;
    ssi_tensor **input;

    /* The value, once there is one: element (i...) lies at data(buffer)[offset + sum i*stride], in elements. */
    ssi_buffer *buffer;    /* NULL: not computed yet */
    int64_t offset;
    const int64_t *stride; /* NULL: C order */

    ssi_scope_record *scope;
    ssi_tensor *previous, *next; /* the scope's list, in id order */
    ssi_tensor *leaf;      /* of a stored tensor: the leaf that stands for its present value in the scope that last used it */
    ssi_tensor *assigned;  /* set by ssi_assign until the assigning scope closes: what the handle now stands for */
    const char *file;
    int line;
    uint32_t mark, slot;   /* scratch of grad and run, valid inside one call of theirs */
    char label[48];
};

#define SSI_MAX_INPUTS 64 /* concatenate joins more in a tree */

/* What an operation wants written. Arrays are copied. */
typedef struct ssi_node_spec {
    const ssi_op *op;
    ssi_dtype dtype;
    int rank;
    const int64_t *shape;
    int inputs;
    ssi_tensor *const *input; /* handles are resolved by ssi_node: a stored tensor becomes this scope's leaf for its present value */
    int attributes;
    const int64_t *attribute;
    int arguments;
    const int64_t *argument;
} ssi_node_spec;

/* Writes a node into the innermost scope. NULL (error recorded) when memory runs out or an input is NULL or poisoned. */
ssi_tensor *ssi_node(const ssi_node_spec *spec);

/* A leaf: a value that exists. Takes over one reference of `buffer`, also when it fails. stride NULL: C order. */
ssi_tensor *ssi_leaf(ssi_dtype dtype, int rank, const int64_t *shape, ssi_buffer *buffer, int64_t offset, const int64_t *stride);

/* What a handle stands for now, as an input of the next operation (its leaf in this scope, what was assigned to it, or itself). */
ssi_tensor *ssi_resolve(ssi_tensor *handle);

static inline bool ssi_stored(const ssi_tensor *x) { return x->buffer != NULL; }
/* The value of a stored tensor as a view. */
void ssi_view_of(const ssi_tensor *x, ssi_view *view);
int64_t ssi_count(const ssi_tensor *x);
/* "f32 (32,784)" */
char *ssi_describe(const ssi_tensor *x, char text[SSI_SHAPE_TEXT]);
/* axis in [-rank, rank) to [0, rank); negative result and an error that names `operation` otherwise. */
int ssi_axis(const char *operation, int axis, int rank);

/* The hook filled by `run` (rule: tensor knows no executor). Computes `count` tensors of this thread. At a scope's close
 * `closing` is that scope: then `wanted` are its kept and assigned tensors and everything else of it is about to be freed. */
int ssi_evaluate(int count, ssi_tensor *const *wanted, ssi_scope_record *closing);

/* ---- scopes, seen by run ---- */

typedef struct ssi_assignment {
    ssi_tensor *handle, *value; /* value's result becomes handle's when the scope closes */
} ssi_assignment;

struct ssi_scope_record {
    ssi_scope_record *parent;
    ssi_tensor *first, *last; /* in id order */
    int64_t pending;          /* nodes written and not yet run */
    ssi_assignment *assignment;
    size_t assignments, assignment_capacity;
};

ssi_scope_record *ssi_scope_innermost(void);

#endif
