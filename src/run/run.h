/*
 * run.h - from written nodes to values.
 *
 * Path of a run: collect (which nodes are needed) -> key (has this been planned before?) -> schedule (nodes into kernels) -> layout (who
 * is stored, where, in what order) -> execute. The reference executor takes the other road: one node at a time, naive loops; it is the
 * oracle the fused one is held to.
 */
#ifndef SSI_SRC_RUN_H
#define SSI_SRC_RUN_H

#include "ops/op.h"
#include "tensor/tensor.h"

/* Which executor ssi_compute uses on this thread: 0 the fused one, 1 the reference. For tests; SSI_EAGER=1 is ssi_eager. */
extern _Thread_local int ssi_use_reference;

/* What this thread's fused runs have done so far. */
typedef struct ssi_run_count {
    uint64_t runs, planned, kernels;
} ssi_run_count;
const ssi_run_count *ssi_run_counted(void);

/* What one run is about: the pending nodes that the wanted ones need, in an order in which each comes after its inputs. */
typedef struct ssi_need {
    ssi_tensor **node;
    size_t count, capacity;
    size_t words, inputs,
        arguments; /* of a plan's key, at most; how many inputs and arguments the nodes have together */
} ssi_need;

/* Fills `need` (node->slot = position, node->mark = *mark). Stored nodes and numbers are not in it. */
int ssi_collect(int count, ssi_tensor *const *wanted, ssi_need *need, uint32_t *mark);

/* Frees what this thread keeps between runs. */
void ssi_evaluate_forget(void);

/* A C number as an element of a dtype. */
void ssi_put_number(void *to, ssi_dtype dtype, const ssi_tensor *number);

/* Computes every node of `need` by its reference; nodes keep their values. The first failing node is named in the error. */
int ssi_reference_run(const ssi_need *need);

/* The same with the fused engine's kernels, one node at a time: what names the first bad node after a run has failed. Never succeeds: returns
 * `status`, with the error recorded. */
int ssi_diagnose(const ssi_need *need, int status);

#endif
