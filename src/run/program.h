/*
 * program.h - inside planning: writing the program of a kernel.
 */
#ifndef SSI_SRC_PROGRAM_H
#define SSI_SRC_PROGRAM_H

#include "run/schedule.h"

/* Rows of a band, in which a transposed operand is read: a cache line holds that many neighbours. */
enum { SSI_BAND = 16 };

enum { SSI_PROGRAM_INSTRS = 8 * SSI_GROUP_LIMIT, SSI_PROGRAM_VALUES = 12 * SSI_GROUP_LIMIT };

/* A program while it is written. */
typedef struct ssi_builder {
    ssi_plan *plan;
    const ssi_group *group;
    ssi_dims dims;    /* of the loops, axes of one element allowed */
    int row_dims;     /* axes from here on are columns */
    bool rows_matter; /* values of one element per row exist */
    bool failed;
    int result;        /* a value that the kernel reads after each block; -1: none */
    int16_t *value_of; /* per slot; -1: none yet */
    int instrs, values, loads, stores;
    ssi_instr instr[SSI_PROGRAM_INSTRS];
    ssi_pvalue value[SSI_PROGRAM_VALUES];
    ssi_access load[SSI_PROGRAM_VALUES], store[SSI_PROGRAM_VALUES];
} ssi_builder;

/* A builder for loops over `dims`, on the heap; NULL when memory runs out. */
ssi_builder *ssi_builder_new(ssi_plan *plan, const ssi_group *group, const ssi_dims *dims, int row_dims,
                             bool rows_matter);
/* Compiles one node and remembers its value. */
void ssi_build_node(ssi_builder *b, int32_t node);
/* The value of input `i` of a node, as `dtype`. */
int ssi_build_operand(ssi_builder *b, int32_t node, int i, ssi_dtype dtype);
/* What a node folds along a row, everywhere, and its dtype. */
int ssi_build_folded(ssi_builder *b, int32_t node, ssi_dtype *from);
/* A value that is in memory at `slot`, `stride` apart along `dims`. */
int ssi_build_load(ssi_builder *b, int32_t slot, ssi_extent extent, const int64_t *stride);
int ssi_build_value(ssi_builder *b, ssi_value_source source, ssi_extent extent, ssi_dtype dtype, int32_t at,
                    int32_t slot);
/* The same value with a larger extent. */
int ssi_build_spread(ssi_builder *b, int value, ssi_extent extent);
/* Stores a value to (part of) a slot. `stride` along dims. */
void ssi_build_store(ssi_builder *b, int value, int32_t slot, ssi_extent extent, const int64_t *stride, int64_t offset,
                     bool whole);
/* Stores it to the slot's rounded copy. */
void ssi_build_rounded(ssi_builder *b, int value, int32_t slot, ssi_extent extent, const int64_t *stride);
/* Strides along the axes of `shape`, along the builder's dims instead. */
void ssi_build_align(const ssi_builder *b, int rank, const int64_t *shape, const int64_t *stride, int64_t *out);
/* chain.c: which instructions form chains, so that values that pass inside one need no memory; then, every other value having its place, the chains themselves. */
void ssi_find_chains(ssi_builder *b);
bool ssi_make_chains(ssi_builder *b, ssi_program *program);
/* kernel.c: a kernel of `nodes` nodes from `first` on, and the end of one that is a single program: its builder is freed. */
ssi_kernel *ssi_new_kernel(ssi_plan *plan, ssi_kernel_kind kind, int32_t first, int nodes);
int ssi_finish_map(ssi_builder *b, ssi_kernel *kernel);

/* join.c: the kernels of a join; and one that copies `count` sources of a shape to a place, each `apart` behind the one before. */
typedef struct ssi_source {
    int32_t slot;
    const int64_t *stride; /* along the axes of the place; NULL: one element everywhere */
} ssi_source;
typedef struct ssi_place {
    int32_t slot;
    int rank;
    const int64_t *stride;
    int64_t offset;
} ssi_place;
int ssi_make_join(ssi_plan *plan, const ssi_group *group);
int ssi_make_copy(ssi_plan *plan, const ssi_group *group, int count, const ssi_source *from, const int64_t *shape,
                  const ssi_place *to, int64_t apart);
/* finish.c: moves what was built into the plan and frees the builder: registers are given out, neighbouring axes merged. */
int ssi_builder_finish(ssi_builder *b, ssi_program *program, ssi_space *space);

#endif
