/*
 * pool.h - inside the tensor room: blocks of memory for nodes, their numbers, and the scopes' lists.
 */
#ifndef SSI_SRC_POOL_H
#define SSI_SRC_POOL_H

#include "tensor/tensor.h"

/* A node and the arrays behind it, every array counted in words of eight bytes. */
static inline size_t ssi_node_bytes(int inputs, int rank, int attributes, int arguments)
{
    return sizeof(ssi_tensor) + ((size_t)inputs + 2 * (size_t)rank + (size_t)attributes + (size_t)arguments) * 8;
}

/* Which size of block so many bytes need. */
int ssi_pool_class(size_t bytes);
/* A block for a node; NULL (error recorded) when memory runs out. */
void *ssi_pool_take(size_t bytes);
/* Releases the node's buffer and gives its block back. */
void ssi_pool_give(ssi_tensor *x);
/* Greater than every number given so far to nodes this thread can see. */
uint64_t ssi_pool_next_id(void);
/* A scope written elsewhere was entered: numbers go on after its last node's. */
void ssi_pool_renumber(void);

/* Appends a fresh node to the list; inserts one at the place its id says. */
void ssi_scope_append(ssi_scope_record *scope, ssi_tensor *x);
void ssi_scope_insert(ssi_scope_record *scope, ssi_tensor *x);
void ssi_scope_remove(ssi_scope_record *scope, ssi_tensor *x);
/* Frees what a thread that ends left open. */
void ssi_scope_thread_exit(void);
/* What is due after a node was written: eager evaluation, or a run when too many wait. False if that failed. */
bool ssi_scope_written(ssi_tensor *x);

/* Says that a tensor's computation failed earlier (where that first error is still waiting, it stays). NULL. */
ssi_tensor *ssi_lost(const ssi_tensor *x);

/* A copy of a node with the same id, inputs and value, inserted into `scope`. */
ssi_tensor *ssi_node_copy(const ssi_tensor *x, ssi_scope_record *scope);

#endif
