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
    SSI_WEAK = 1, /* a C number: takes the other operand's dtype */
    SSI_HANDLE =
        2, /* has been assigned to, or is a model's parameter: operations take its present value, by ssi_resolve */
    SSI_POISONED = 4, /* its evaluation failed: its readers fail with the first error */
};

struct ssi_tensor {
    const ssi_op *op;
    uint64_t id; /* order of writing */
    uint8_t dtype, rank;
    uint8_t inputs; /* how many; SSI_MAX_INPUTS at most */
    uint8_t flags;
    uint8_t block;       /* the size of its block of memory, see pool.c */
    uint16_t attributes; /* how many int64 in attribute[]: part of a plan's key (axes, permutation, sizes) */
    uint16_t
        arguments; /* how many int64 in argument[]: not in the key (a number's bits, slice starts, a random stream) */
    const int64_t *shape; /* rank sizes */
    const int64_t *attribute;
    const int64_t *argument;
    ssi_tensor **input;

    /* The value, once there is one: element (i...) lies at data(buffer)[offset + sum i*stride], in elements. */
    ssi_buffer *buffer; /* NULL: not computed yet */
    int64_t offset;
    const int64_t *stride; /* NULL: C order */
    int64_t *stride_room;  /* rank words, for the strides of a view's value */

    ssi_scope_record *scope;     /* NULL: a model's parameter, see ssi_handle */
    ssi_tensor *previous, *next; /* the scope's list, in id order */
    const char *file;
    const char *called; /* whose step it is: see SSI_CALLED; NULL: the operation itself was called */
    int line;
    uint32_t mark, slot; /* scratch of grad and run, valid inside one call of theirs */
    char label[24];
};

#define SSI_MAX_INPUTS 64 /* concatenate joins more in a tree */

/* What an operation wants written. Arrays are copied. */
typedef struct ssi_node_spec {
    const ssi_op *op;
    ssi_dtype dtype;
    int rank;
    const int64_t *shape;
    int inputs;
    ssi_tensor *const
        *input; /* handles are resolved by ssi_node: a stored tensor becomes this scope's leaf for its present value */
    int attributes;
    const int64_t *attribute;
    int arguments;
    const int64_t *argument;
} ssi_node_spec;

/* Writes a node into the innermost scope. NULL (error recorded) when memory runs out or an input is NULL or poisoned. */
ssi_tensor *ssi_node(const ssi_node_spec *spec);

/* A leaf: a value that exists. Takes over one reference of `buffer`, also when it fails. stride NULL: C order. */
ssi_tensor *ssi_leaf(ssi_dtype dtype, int rank, const int64_t *shape, ssi_buffer *buffer, int64_t offset,
                     const int64_t *stride);

/* A parameter that belongs to no scope: for objects that outlive scopes and are read from several threads. Takes over one reference of
 * `buffer` (C order), also when it fails. Nobody's input directly: ssi_node resolves it. */
ssi_tensor *ssi_handle(ssi_dtype dtype, int rank, const int64_t *shape, ssi_buffer *buffer);
void ssi_handle_free(ssi_tensor *handle); /* NULL is allowed; no open scope may still be using it as a handle */

/* What a handle stands for in this thread's scopes: what was assigned to it, or a leaf with its value. Other tensors: themselves. */
ssi_tensor *ssi_resolve(ssi_tensor *x);
/* The same for reading: where nothing is bound to a handle it holds its value itself, and no leaf is made. */
ssi_tensor *ssi_present(ssi_tensor *x);

static inline bool ssi_stored(const ssi_tensor *x)
{
    return x->buffer != NULL;
}
/* The value of a stored tensor as a view. */
void ssi_view_of(const ssi_tensor *x, ssi_view *view);
int64_t ssi_count(const ssi_tensor *x);
/* "f32 (32,784)" */
char *ssi_describe(const ssi_tensor *x, char text[SSI_SHAPE_TEXT]);
/* axis in [-rank, rank) to [0, rank); negative result and an error that names `operation` otherwise. */
int ssi_axis(const char *operation, int axis, int rank);

/* The hook filled by `run` (rule: tensor knows no executor). Computes `count` tensors of this thread. At a scope's close
 * `closing` is that scope: then `wanted` are its kept and assigned tensors and everything else of it is about to be freed. */
int ssi_compute(int count, ssi_tensor *const *wanted, ssi_scope_record *closing);

/* ---- scopes, seen by run ---- */

/* What a handle stands for in a scope: a leaf with its value, or what was assigned to it there. */
typedef struct ssi_binding {
    ssi_tensor *handle; /* NULL: an empty place of the hash table */
    ssi_tensor *value;
} ssi_binding;

/* Becomes the handle's value when the scope closes. */
typedef struct ssi_assignment {
    ssi_tensor *handle, *value;
} ssi_assignment;

struct ssi_scope_record {
    ssi_scope_record *parent;
    ssi_tensor *first, *last; /* in id order */
    int64_t nodes;            /* in the list */
    int64_t pending;          /* written since the scope last ran by itself */
    ssi_binding *binding;     /* open addressing by the handle's address */
    size_t bindings, binding_places;
    ssi_assignment *assignment; /* in the order in which they were written */
    size_t assignments, assignment_places;
};

ssi_scope_record *ssi_scope_innermost(void);
/* Binds a handle in the innermost scope. False when memory runs out (error recorded). */
bool ssi_bind(ssi_tensor *handle, ssi_tensor *value);
/* ssi_assign's part of scopes: makes w a handle if it is none yet, binds it to v, and notes the assignment. v is w's dtype and shape. */
int ssi_scope_assign(ssi_tensor *w, ssi_tensor *v);
/* Makes the tensors handles and takes what memory it needs to assign to all of them: after it ssi_scope_assign cannot fail for them. */
int ssi_scope_assign_room(int count, ssi_tensor *const *w);
/* A number that no node's `mark` holds yet. */
uint32_t ssi_next_mark(void);

/* Set by SSI_EAGER=1 or a test: run each node as it is written, with the same bits. */
extern int ssi_eager;

/* The records tensor itself writes nodes of (ops/create.c, move.c). */
extern const ssi_op ssi_op_leaf, ssi_op_number, ssi_op_copy;

#endif
