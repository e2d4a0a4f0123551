/*
 * program.c - the little program that a kernel runs on every block: loads, instructions over registers of a block, stores.
 *
 * Values have one of three extents: one for all, one per row, one per element. What depends on nothing but C numbers and single elements is computed
 * once per run, before the blocks. Narrow floats are computed in f32 and rounded after every operation.
 */
#include <string.h>

#include "run/program.h"

/* ---- values ---- */

int ssi_build_value(ssi_builder *b, ssi_value_source source, ssi_extent extent, ssi_dtype dtype, int32_t at,
                    int32_t slot)
{
    if (b->values == SSI_PROGRAM_VALUES) {
        b->failed = true;
        return 0;
    }
    b->value[b->values] = (ssi_pvalue){.source = (uint8_t)source,
                                       .extent = (uint8_t)extent,
                                       .dtype = (uint8_t)dtype,
                                       .at = at,
                                       .slot = slot,
                                       .scratch = -1};
    return b->values++;
}

static ssi_instr *add_instr(ssi_builder *b, ssi_instr_kind kind, ssi_extent extent, ssi_dtype dtype, int32_t slot)
{
    if (b->instrs == SSI_PROGRAM_INSTRS) {
        b->failed = true;
        b->instrs = 0;
    }
    ssi_instr *instr = &b->instr[b->instrs++];
    *instr = (ssi_instr){.kind = (uint8_t)kind,
                         .extent = (uint8_t)extent,
                         .dtype = (uint8_t)dtype,
                         .slot = slot,
                         .d = -1,
                         .a = -1,
                         .b = -1,
                         .c = -1};
    return instr;
}

void ssi_build_align(const ssi_builder *b, int rank, const int64_t *shape, const int64_t *stride, int64_t *out)
{
    int axis = 0;
    for (int d = 0; d < b->dims.count; d++) {
        out[d] = 0;
        if (b->dims.size[d] == 1)
            continue;
        while (axis < rank && shape[axis] == 1)
            axis++;
        if (axis < rank)
            out[d] = stride[axis++];
    }
    for (int d = b->dims.count - 2; d >= 0; d--) { /* an axis of one element is walked as its neighbour goes on */
        if (b->dims.size[d] == 1)
            out[d] = out[d + 1] * b->dims.size[d + 1];
    }
}

/* Whether a shape of the kernel's is that of its rows only. */
static ssi_extent extent_of(const ssi_builder *b, int rank, const int64_t *shape)
{
    if (!b->rows_matter)
        return SSI_FULL;
    ssi_dims own = ssi_squeeze_shape(rank, shape), all = ssi_squeeze_shape(b->dims.count, b->dims.size);
    return ssi_same_dims(&own, &all) ? SSI_FULL : SSI_ROW;
}

int ssi_build_load(ssi_builder *b, int32_t slot, ssi_extent extent, const int64_t *stride)
{
    bool still = true;
    int last = extent == SSI_ROW ? b->row_dims : b->dims.count;
    for (int d = 0; d < last; d++)
        still = still && (b->dims.size[d] == 1 || stride[d] == 0);
    for (int i = 0; i < b->loads; i++) { /* loaded already? */
        const ssi_access *load = &b->load[i];
        if (load->slot == slot && !load->gathered &&
            (still ? b->value[load->value].extent == SSI_UNIFORM
                   : load->extent == extent && !memcmp(load->dim_step, stride, (size_t)b->dims.count * sizeof *stride)))
            return load->value;
    }
    int64_t *steps = ssi_plan_alloc(b->plan, (size_t)b->dims.count + 1, sizeof *steps);
    if (!steps || b->loads == SSI_PROGRAM_VALUES) {
        b->failed = true;
        return 0;
    }
    memcpy(steps, stride, (size_t)b->dims.count * sizeof *steps);
    ssi_extent of = still ? SSI_UNIFORM : extent;
    int value = ssi_build_value(b, SSI_FROM_MEMORY, of, (ssi_dtype)b->plan->slot[slot].dtype, b->loads, slot);
    b->load[b->loads++] = (ssi_access){.slot = slot, .value = value, .extent = (uint8_t)of, .dim_step = steps};
    return value;
}

static void add_store(ssi_builder *b, const ssi_access *store, const int64_t *stride)
{
    int64_t *steps = ssi_plan_alloc(b->plan, (size_t)b->dims.count + 1, sizeof *steps);
    if (!steps || b->stores == SSI_PROGRAM_VALUES) {
        b->failed = true;
        return;
    }
    memcpy(steps, stride, (size_t)b->dims.count * sizeof *steps);
    b->store[b->stores] = *store;
    b->store[b->stores++].dim_step = steps;
}

void ssi_build_store(ssi_builder *b, int value, int32_t slot, ssi_extent extent, const int64_t *stride, int64_t offset,
                     bool whole)
{
    add_store(b,
              &(ssi_access){.slot = slot, .value = value, .extent = (uint8_t)extent, .offset = offset, .direct = whole},
              stride);
}

/* ---- instructions ---- */

int ssi_build_spread(ssi_builder *b, int value, ssi_extent extent)
{
    if (b->value[value].extent == extent)
        return value;
    for (int i = 0; i < b->instrs; i++) {
        if (b->instr[i].kind == SSI_DO_SPREAD && b->instr[i].a == value && b->instr[i].extent == extent)
            return b->instr[i].d;
    }
    ssi_dtype dtype = (ssi_dtype)b->value[value].dtype;
    int d = ssi_build_value(b, SSI_FROM_REGISTER, extent, dtype, 0, -1);
    ssi_instr *instr = add_instr(b, SSI_DO_SPREAD, extent, dtype, -1);
    instr->d = (int16_t)d;
    instr->a = (int16_t)value;
    return d;
}

/* d = code(operands), all of the compute dtype (where: the first is bool). */
static int map(ssi_builder *b, int code, ssi_dtype compute, ssi_dtype result, int operands, const int *operand,
               int32_t slot)
{
    int v[3] = {-1, -1, -1};
    ssi_extent extent = SSI_UNIFORM;
    for (int i = 0; i < operands; i++) {
        v[i] = operand[i];
        extent = b->value[v[i]].extent > extent ? (ssi_extent)b->value[v[i]].extent : extent;
    }
    const ssi_backend *backend = b->plan->backend;
    int form = SSI_VV, first = operands - 2; /* the operands that may be scalars are the last two */
    for (int i = 0; i < operands; i++) {
        bool scalar = b->value[v[i]].extent == SSI_UNIFORM && extent != SSI_UNIFORM;
        int scalar_form = i == first ? SSI_SV : SSI_VS;
        if (scalar && operands > 1 && i >= first && form == SSI_VV && ssi_map_of(backend, code, compute, scalar_form))
            form = scalar_form;
        else
            v[i] = ssi_build_spread(b, v[i], extent);
    }
    int d = ssi_build_value(b, SSI_FROM_REGISTER, extent, result, 0, -1);
    ssi_instr *instr = add_instr(b, SSI_DO_MAP, extent, result, slot);
    instr->code = (uint8_t)code;
    instr->d = (int16_t)d;
    instr->a = (int16_t)v[0];
    instr->b = (int16_t)v[1];
    instr->c = (int16_t)v[2];
    instr->run.map = ssi_map_of(backend, code, compute, form);
    if (!instr->run.map && ssi_is_float(compute) && result == compute && b->plan->slot[slot].op->map_f64) {
        instr->kind = SSI_DO_RARE;
    } else if (!instr->run.map) {
        ssi_fail(SSI_UNSUPPORTED, b->plan->slot[slot].op->name, "not available for %s\ncast to a float first",
                 ssi_dtype_name(compute));
        b->failed = true;
    }
    return d;
}

static int cast_by(ssi_builder *b, int value, ssi_dtype to, ssi_map_routine *routine, int32_t slot)
{
    for (int i = 0; i < b->instrs; i++) {
        if (b->instr[i].kind == SSI_DO_MAP && b->instr[i].code == SSI_MAP_CAST && b->instr[i].a == value &&
            b->instr[i].run.map == routine)
            return b->instr[i].d;
    }
    ssi_extent extent = (ssi_extent)b->value[value].extent;
    int d = ssi_build_value(b, SSI_FROM_REGISTER, extent, to, 0, -1);
    ssi_instr *instr = add_instr(b, SSI_DO_MAP, extent, to, slot);
    instr->code = SSI_MAP_CAST;
    instr->d = (int16_t)d;
    instr->a = (int16_t)value;
    instr->run.map = routine;
    return d;
}

static int cast(ssi_builder *b, int value, ssi_dtype to, int32_t slot)
{
    ssi_dtype from = (ssi_dtype)b->value[value].dtype;
    return from == to ? value : cast_by(b, value, to, b->plan->backend->cast[from][to], slot);
}

static bool narrow(ssi_dtype dtype)
{
    return dtype == SSI_F16 || dtype == SSI_BF16;
}

void ssi_build_rounded(ssi_builder *b, int value, int32_t slot, ssi_extent extent, const int64_t *stride)
{
    value = cast_by(b, value, SSI_BF16, b->plan->backend->gemm_medium(SSI_F32)->narrow, slot);
    add_store(b,
              &(ssi_access){.slot = slot, .value = value, .extent = (uint8_t)extent, .direct = true, .rounded = true},
              stride);
}

/* ---- operands ---- */

int ssi_build_operand(ssi_builder *b, int32_t node, int i, ssi_dtype dtype)
{
    const ssi_plan *plan = b->plan;
    const ssi_slot *y = &plan->slot[node];
    int32_t input = y->input[i], made = plan->slot[input].base;
    const ssi_slot *p = &plan->slot[made];
    if (p->kind == SSI_KIND_NUMBER) {
        for (int v = 0; v < b->values; v++) {
            if (b->value[v].source == SSI_FROM_NUMBER && b->value[v].at == made && b->value[v].dtype == dtype)
                return v;
        }
        return ssi_build_value(b, SSI_FROM_NUMBER, SSI_UNIFORM, dtype, made, -1);
    }
    int rank;
    const int64_t *shape;
    ssi_operand_shape(plan, node, &rank, &shape);
    ssi_extent extent = extent_of(b, rank, shape);
    bool here = made < plan->nodes && (p->group == y->group || p->storage == SSI_IN_REGISTERS);
    if (here && b->value_of[made] < 0 && p->storage == SSI_IN_REGISTERS)
        ssi_build_node(b, made); /* cheap: recomputed */
    if (here && b->value_of[made] >= 0) {
        int value = b->value_of[made];
        return cast(b, b->value[value].extent == SSI_UNIFORM ? value : ssi_build_spread(b, value, extent), dtype, node);
    }
    int64_t stride[SSI_MAX_RANK], along[SSI_MAX_RANK];
    ssi_operand_strides(plan, node, i, stride);
    ssi_build_align(b, rank, shape, stride, along);
    return cast(b, ssi_build_load(b, input, extent, along), dtype, node);
}

/* ---- nodes ---- */

/* The dtype a node computes in: of its inputs that are no C numbers, or its own. */
static ssi_dtype compute_dtype(const ssi_plan *plan, const ssi_slot *y)
{
    for (int i = y->inputs - 1; i >= 0 && (i > 0 || y->op->code != SSI_MAP_WHERE); i--) {
        const ssi_slot *x = &plan->slot[y->input[i]];
        if (x->kind != SSI_KIND_NUMBER)
            return (ssi_dtype)x->dtype;
    }
    if (y->dtype != SSI_BOOL)
        return (ssi_dtype)y->dtype;
    return ssi_promote((ssi_dtype)plan->slot[y->input[0]].dtype, (ssi_dtype)plan->slot[y->input[y->inputs - 1]].dtype);
}

/* The dtype of two integers whose truths alone a node asks for, by casts that lie nowhere; or bool. */
static ssi_dtype truths_of(const ssi_plan *plan, const ssi_slot *y)
{
    ssi_dtype of[2] = {SSI_BOOL, SSI_BOOL};
    for (int i = 0; i < 2 && y->inputs == 2; i++) {
        const ssi_slot *truth = &plan->slot[y->input[i]];
        if (y->input[i] < plan->nodes && truth->kind == SSI_KIND_MAP && truth->op->code == SSI_MAP_CAST &&
            truth->storage == SSI_IN_REGISTERS && plan->slot[truth->input[0]].kind != SSI_KIND_NUMBER)
            of[i] = (ssi_dtype)plan->slot[truth->input[0]].dtype;
    }
    return of[0] == of[1] && ssi_map_of(plan->backend, SSI_MAP_BOTH, of[0], SSI_VV) ? of[0] : SSI_BOOL;
}

static int build_map(ssi_builder *b, int32_t node)
{
    const ssi_slot *y = &b->plan->slot[node];
    int code = y->op->code;
    ssi_dtype result = (ssi_dtype)y->dtype;
    if (code == SSI_MAP_CAST || code == SSI_MAP_DETACH) {
        const ssi_slot *x = &b->plan->slot[y->input[0]];
        return cast(b, ssi_build_operand(b, node, 0, x->kind == SSI_KIND_NUMBER ? result : (ssi_dtype)x->dtype), result,
                    node);
    }
    ssi_dtype compute = compute_dtype(b->plan, y);
    if (code == SSI_MAP_CHECK_FINITE || code == SSI_MAP_CHECK_RANGE) {
        int value = ssi_build_operand(b, node, 0, compute);
        ssi_instr *instr = add_instr(b, SSI_DO_CHECK, (ssi_extent)b->value[value].extent, compute, node);
        instr->code = (uint8_t)code;
        instr->a = (int16_t)value;
        return value;
    }
    ssi_dtype wide = narrow(compute) ? SSI_F32 : compute, whole = SSI_BOOL;
    int operand[3];
    if (compute == SSI_BOOL && (code == SSI_MAP_AND || code == SSI_MAP_OR))
        whole = truths_of(b->plan, y);
    if (whole != SSI_BOOL) {
        operand[0] = ssi_build_operand(b, y->input[0], 0, whole);
        operand[1] = ssi_build_operand(b, y->input[1], 0, whole);
        return map(b, code == SSI_MAP_AND ? SSI_MAP_BOTH : SSI_MAP_EITHER, whole, SSI_BOOL, 2, operand, node);
    }
    for (int i = 0; i < y->inputs; i++) {
        ssi_dtype as = code == SSI_MAP_WHERE && i == 0 ? SSI_BOOL : compute;
        operand[i] = ssi_build_operand(b, node, i, as);
        if (as == compute)
            operand[i] = cast(b, operand[i], wide, node);
    }
    int value = map(b, code, wide, result == SSI_BOOL ? SSI_BOOL : wide, y->inputs, operand, node);
    return cast(b, value, result, node);
}

static int build_source(ssi_builder *b, int32_t node)
{
    const ssi_slot *y = &b->plan->slot[node];
    ssi_extent extent = extent_of(b, y->rank, y->shape);
    int d = ssi_build_value(b, SSI_FROM_REGISTER, extent, (ssi_dtype)y->dtype, 0, node);
    bool iota = y->attributes > 0;
    ssi_instr *instr = add_instr(b, iota ? SSI_DO_IOTA : SSI_DO_UNIFORM, extent, (ssi_dtype)y->dtype, node);
    instr->d = (int16_t)d;
    if (iota) {
        instr->size = y->shape[y->attribute[0]];
        instr->inner = 1;
        for (int axis = (int)y->attribute[0] + 1; axis < y->rank; axis++)
            instr->inner *= y->shape[axis];
    }
    return d;
}

int ssi_build_folded(ssi_builder *b, int32_t node, ssi_dtype *from)
{
    const ssi_plan *plan = b->plan;
    int32_t input = plan->slot[node].input[0];
    const ssi_slot *x = &plan->slot[input];
    *from = (ssi_dtype)x->dtype;
    if (plan->slot[node].op->code == SSI_REDUCE_SUM && input < plan->nodes && x->kind == SSI_KIND_MAP &&
        x->op->code == SSI_MAP_CAST && x->dtype == SSI_I64 && x->storage == SSI_IN_REGISTERS) {
        const ssi_slot *narrow = &plan->slot[x->input[0]];
        if (narrow->kind != SSI_KIND_NUMBER && (narrow->dtype == SSI_BOOL || narrow->dtype == SSI_U8)) {
            node = input; /* the cast lies nowhere, and bytes are summed faster than what they would be made */
            *from = (ssi_dtype)narrow->dtype;
        }
    }
    return ssi_build_spread(b, ssi_build_operand(b, node, 0, *from), SSI_FULL);
}

/* A fold along the row; of one element, the element itself (or position 0). */
static int build_fold(ssi_builder *b, int32_t node)
{
    const ssi_slot *y = &b->plan->slot[node];
    int code = y->op->code;
    bool find = code == SSI_REDUCE_ARGMIN || code == SSI_REDUCE_ARGMAX;
    ssi_dtype from = (ssi_dtype)b->plan->slot[y->input[0]].dtype;
    if (b->plan->slot[y->input[0]].count == y->count) {
        if (!find)
            return ssi_build_operand(b, node, 0, from);
        int zero = ssi_build_value(b, SSI_FROM_CONSTANT, SSI_UNIFORM, SSI_I64, 0, -1);
        return ssi_build_spread(b, zero, extent_of(b, y->rank, y->shape));
    }
    int a = ssi_build_folded(b, node, &from);
    int d = ssi_build_value(b, SSI_FROM_REGISTER, SSI_ROW, (ssi_dtype)y->dtype, 0, node);
    ssi_instr *instr = add_instr(b, find ? SSI_DO_FIND : SSI_DO_FOLD, SSI_ROW, from, node);
    instr->code = (uint8_t)code;
    instr->d = (int16_t)d;
    instr->a = (int16_t)a;
    if (find) { /* the values found go to a register nobody reads */
        instr->b = (int16_t)ssi_build_value(b, SSI_FROM_REGISTER, SSI_ROW, from, 0, -1);
        instr->run.find = b->plan->backend->folds->find[code - SSI_REDUCE_ARGMIN][from];
    } else {
        instr->run.fold = b->plan->backend->folds->along[code][from];
    }
    return d;
}

/* Rows taken by index, as they are loaded. */
static int build_gather(ssi_builder *b, int32_t node)
{
    const ssi_slot *y = &b->plan->slot[node];
    int64_t dense[SSI_MAX_RANK], along[SSI_MAX_RANK];
    ssi_shape_strides(y->rank, y->shape, dense);
    ssi_build_align(b, y->rank, y->shape, dense, along);
    int value = ssi_build_load(b, node, extent_of(b, y->rank, y->shape), along);
    ssi_access *load = &b->load[b->value[value].at];
    load->slot = y->input[0];
    load->by = y->input[1];
    load->inner = y->count / b->plan->slot[load->by].count;
    load->gathered = true;
    return value;
}

void ssi_build_node(ssi_builder *b, int32_t node)
{
    const ssi_slot *y = &b->plan->slot[node];
    int value = y->kind == SSI_KIND_MAP      ? build_map(b, node)
                : y->kind == SSI_KIND_SOURCE ? build_source(b, node)
                : y->kind == SSI_KIND_INDEX  ? build_gather(b, node)
                                             : build_fold(b, node);
    b->value_of[node] = (int16_t)value;
}

/* ---- a new one ---- */

ssi_builder *ssi_builder_new(ssi_plan *plan, const ssi_group *group, const ssi_dims *dims, int row_dims,
                             bool rows_matter)
{
    ssi_builder *b = ssi_alloc(sizeof *b);
    if (!b)
        return NULL;
    b->plan = plan;
    b->group = group;
    b->dims = *dims;
    b->row_dims = row_dims;
    b->rows_matter = rows_matter;
    b->failed = false;
    b->result = -1;
    b->instrs = b->values = b->loads = b->stores = 0;
    b->value_of = ssi_alloc(((size_t)plan->slots + 1) * sizeof *b->value_of);
    if (!b->value_of) {
        ssi_free(b);
        return NULL;
    }
    for (int i = 0; i < plan->slots; i++)
        b->value_of[i] = -1;
    return b;
}
