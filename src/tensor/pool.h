/*
 * pool.h - inside the tensor room: blocks of memory for nodes, their ids, and the scopes' lists.
 */
#ifndef SSI_SRC_POOL_H
#define SSI_SRC_POOL_H

#include "tensor/tensor.h"

/* A node and the arrays behind it, every array counted in words of eight bytes. */
static inline size_t ssi_node_bytes(int inputs, int rank, int attributes, int arguments)
{
    return sizeof(ssi_tensor) + ((size_t)inputs + 2 * (size_t)rank + (size_t)attributes + (size_t)arguments) * 8;
}

/* A node of so many bytes of which no more is written than its block's size and its id, greater than every one given so far to nodes this thread can see.
 * NULL (error recorded) when memory runs out. */
ssi_tensor *ssi_pool_take(size_t bytes);
/* Releases the node's buffer and gives its block back. */
void ssi_pool_give(ssi_tensor *x);
/* A scope written elsewhere was entered: ids go on after its last node's. */
void ssi_pool_renumber(void);

/* Appends a fresh node to the innermost scope's list, if there is one; without memory for the first scope of all it is given back, and false. */
bool ssi_scope_append(ssi_tensor *x);
/* The same, and what is due then: eager evaluation, or a run when too many wait. False if that failed. */
bool ssi_scope_write(ssi_tensor *x);
/* Inserts a node at the place its id says. */
void ssi_scope_insert(ssi_scope_record *scope, ssi_tensor *x);
void ssi_scope_remove(ssi_scope_record *scope, ssi_tensor *x);
/* Frees what a thread that ends left open. */
void ssi_scope_thread_exit(void);

/* Says that a tensor's computation failed earlier (where that first error is still waiting, it stays). NULL. */
ssi_tensor *ssi_lost(const ssi_tensor *x);

/* A copy of a node with the same id, inputs and value, inserted into `scope`. */
ssi_tensor *ssi_node_copy(const ssi_tensor *x, ssi_scope_record *scope);

#endif
