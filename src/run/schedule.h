/*
 * schedule.h - inside planning: groups of nodes on their way to become kernels.
 */
#ifndef SSI_SRC_SCHEDULE_H
#define SSI_SRC_SCHEDULE_H

#include "run/plan.h"

typedef enum ssi_group_kind {
    SSI_GROUP_MAP,      /* elementwise, and folds along rows that fit a block */
    SSI_GROUP_REDUCE,   /* one reduction too long for that; maps before it (full shape) and after it (kept shape) */
    SSI_GROUP_CONTRACT, /* one matrix product, and maps on its tiles */
    SSI_GROUP_ALONE,    /* a join, a gather, a scatter, the copy of a scattered reshape */
    SSI_GROUP_GONE,     /* merged into another */
} ssi_group_kind;

/* A shape without its axes of one element. */
typedef struct ssi_dims {
    int count;
    int64_t size[SSI_MAX_RANK];
} ssi_dims;

typedef struct ssi_group {
    uint8_t kind;
    bool rowed; /* map: has folds along rows; the axes from row_dims on are the row */
    int row_dims;
    ssi_dims dims;   /* map, contract: what is computed; reduce, rowed: what is folded */
    ssi_dims kept;   /* reduce: what is left; rowed: the first row_dims of dims */
    int32_t head;    /* the reduction, the product, the lone node */
    int32_t *member; /* slots, ascending */
    int members, places;
    int32_t order; /* position among the kernels */
} ssi_group;

typedef struct ssi_schedule_state {
    ssi_plan *plan;
    ssi_group *group;
    int groups;
    uint32_t *seen; /* per group, for walks */
    uint32_t walk;
} ssi_schedule_state;

enum { SSI_GROUP_LIMIT = 96 }; /* nodes of one kernel */

ssi_dims ssi_squeeze_shape(int rank, const int64_t *shape);
bool ssi_same_dims(const ssi_dims *a, const ssi_dims *b);

/* Strides of input `i` of `node` along the node's own axes (a reduction: along its input's), zero where it is broadcast. */
void ssi_operand_strides(const ssi_plan *plan, int32_t node, int i, int64_t *stride);
/* The shape that belongs to: the node's, or of a reduction its input's. */
void ssi_operand_shape(const ssi_plan *plan, int32_t node, int *rank, const int64_t **shape);

/* How a node may take an operand without going through memory. */
typedef enum ssi_edge {
    SSI_EDGE_MEMORY,
    SSI_EDGE_SAME /* element by element */,
    SSI_EDGE_ROW /* one value per row */
} ssi_edge;
ssi_edge ssi_edge_kind(const ssi_plan *plan, const ssi_group *group, int32_t node, int i);

/* Which axes of a reduction's squeezed input are folded, as bits; and the shape of those that are kept. */
uint32_t ssi_folded_axes(const ssi_plan *plan, int32_t reduction, ssi_dims *kept);

/* Whether a value is recomputed by whoever wants it instead of being stored: decided by order.c. */
static inline bool ssi_recomputed(const ssi_slot *x)
{
    return x->storage == SSI_IN_REGISTERS;
}

/* Whether a node is a product that rounds what it multiplies, and may be given that rounded. */
static inline bool ssi_rounds(const ssi_slot *y)
{
    return y->kind == SSI_KIND_CONTRACT && y->attribute[0] == SSI_MEDIUM;
}

/* group.c: puts every node into a group. */
int ssi_make_groups(ssi_schedule_state *state);
/* order.c: what is stored where, and in which order the groups run. `order` gets the groups. */
int ssi_make_order(ssi_schedule_state *state, int32_t *order, int *ordered);
/* layout.c: results that may lie as their operands do. */
void ssi_choose_layouts(ssi_schedule_state *state);
/* program.c: the programs and loops of one group, as kernels appended to the plan. */
int ssi_make_kernels(ssi_schedule_state *state, int32_t group);

#endif
