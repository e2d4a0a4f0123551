/*
 * operand.c - how the operands of a matrix product are made ready.
 *
 *     B    as it lies, but for the last columns; or packed in panels (pack.c), by this product or before it (keep.c)
 *     A    as it lies: a splat takes an element from anywhere, so rows or columns that are neighbours need nothing
 *          one row after another, where neither are, or where a program makes the rows
 *          packed or rounded, tile by tile, where they compete for places in the cache, or steps are pairs of bf16
 *
 * Which steps of A are zero, and left out, is looked for when a tile's rows are multiplied (cpu/gemm_zeros.h).
 */
#include "run/operand.h"

#include <string.h>

/* Of A, packed or made, and of B, where each strip of A's rows goes through all of it, so much stays in the second-level cache. */
enum { TILE_COLUMNS = SSI_BLOCK, TILE_ROWS = SSI_ROUNDED_ROWS, A_BYTES = 256 * 1024, B_BYTES = 512 * 1024 };

/* A matrix B with its rows in memory is multiplied as it lies, except for the last columns, which fill no panel. But where its rows are further apart than
 * NEAR elements, the steps of a panel compete for few places in the caches, and for more than FEW_ROWS rows of A packing pays. */
enum { NEAR = 512 };

/* For operand 0, A, or 1, B: what it is in memory. */
static ssi_dtype dtype_of(const ssi_plan *plan, const ssi_kernel *kernel, int which)
{
    const ssi_slot *x = &plan->slot[kernel->in[which]];
    return ssi_rounds(&plan->slot[kernel->out]) && plan->slot[x->base].rounded ? SSI_BF16 : (ssi_dtype)x->dtype;
}

static const ssi_gemm_routines *routines_of(const ssi_plan *plan, const ssi_kernel *kernel, int which)
{
    const ssi_slot *product = &plan->slot[kernel->out];
    return ssi_rounds(product) ? plan->backend->gemm_medium(dtype_of(plan, kernel, which))
                               : plan->backend->gemm[product->dtype];
}

static int64_t first_packed(const ssi_plan *plan, const ssi_kernel *kernel, const ssi_gemm_routines *gemm)
{
    const ssi_slot *b = &plan->slot[kernel->in[1]];
    int64_t row = b->stride[b->rank - 2], column = b->stride[b->rank - 1];
    bool as_it_lies =
        !gemm->round && kernel->k > 0 && column == 1 && (kernel->m <= FEW_ROWS || (row <= NEAR && row >= -NEAR));
    return as_it_lies ? kernel->n / gemm->nr * gemm->nr : 0;
}

/* A long B of a few columns would be packed, in more memory than it takes itself, to be read once. Of its rows whole panels can be read as long as more
 * rows follow: what is beyond the edge goes nowhere. So only the last rows are packed. */
static int64_t steps_as_they_lie(const ssi_packing *p, const ssi_kernel *kernel)
{
    enum { CACHE = 1 << 20 };
    int64_t nr = p->gemm->nr, beyond = nr - p->n;
    bool lies = !p->gemm->round && kernel->batch == 1 && kernel->m <= FEW_ROWS && beyond > 0 && p->column == 1 &&
                p->row >= p->n && p->k > CACHE / (nr * p->size);
    return lies ? p->k - (beyond + p->row - 1) / p->row : 0;
}

/* Lines that are a multiple of this many bytes apart, or nearly, have the same place in the first-level cache. */
enum { SAME_PLACE = 4096, NEARLY = 256 };

/* Whether a panel of A, whose rows or whose columns are neighbours, had better be copied. */
static bool is_crowded(int64_t row, int64_t column, int64_t size)
{
    int64_t far = (column == 1 ? row : column) * size;
    far = far < 0 ? -far : far;
    return far >= SAME_PLACE - NEARLY && (far + NEARLY) % SAME_PLACE < 2 * NEARLY;
}

/* An odd number of lines, of `size` bytes an element, in which there is room for count: such rows all have places of their own. */
static int64_t wide(int64_t count, int64_t size)
{
    return (ssi_round_up(count * size, SSI_LINE) / SSI_LINE | 1) * SSI_LINE / size;
}

/* Whether elements of A, where they lie, are steps of a panel: rounding changes none, and two neighbours make each step. */
static bool lies_in_steps(const contract_job *job, int64_t k)
{
    const ssi_gemm_routines *gemm = job->gemm;
    bool pairs = gemm->together == 2 && gemm->size == 2;
    return !gemm->round || (pairs && job->a_column == 1 && job->a_row % 2 == 0 && k % 2 == 0);
}

/* Whether A's rows are rounded while others are multiplied. For more than a few columns: of f32, from where it lies; and if the columns that
 * fill no panel fill most of one, for else tiles of more rows are better. */
static bool is_rounded_on_the_way(const contract_job *job, const ssi_kernel *kernel, bool from_memory)
{
    const ssi_gemm_routines *gemm = job->gemm;
    const int64_t m = kernel->m, n = kernel->n, rest = n % gemm->nr;
    if (!gemm->multiply_lying || kernel->k == 0)
        return false;
    if (n <= gemm->few)
        return m >= 4 * gemm->mr;
    return from_memory && gemm->size == (int)job->size && m > gemm->mr && n >= gemm->nr &&
           (rest == 0 || 2 * rest > gemm->nr);
}

/* How A lies, and whether its rows are multiplied so, made or copied one by one, or packed. */
static void describe_left(const ssi_plan *plan, const ssi_kernel *kernel, contract_job *job)
{
    const ssi_slot *a = &plan->slot[kernel->in[0]];
    const bool made = kernel->left >= 0;
    job->a_row = made ? kernel->k : a->stride[a->rank - 2];
    job->a_column = made || kernel->k == 1 ? 1 : a->stride[a->rank - 1];
    const bool apart = job->a_row != 1 && job->a_column != 1;
    const bool read_once = kernel->m == 1 || kernel->n <= job->gemm->nr; /* or hardly more: moving it gains nothing */
    const bool in_order = !apart && !is_crowded(job->a_row, job->a_column, job->gemm->size);
    job->unrounded = is_rounded_on_the_way(job, kernel, !made && in_order);
    job->a_lies = job->unrounded || (lies_in_steps(job, kernel->k) && (read_once || in_order));
    job->a_singly = made || (apart && (job->unrounded || !job->a_lies));
    if (job->a_singly) {
        job->a_row = kernel->k;
        job->a_column = 1;
    }
}

/* As many rows as are packed, or made, in A_BYTES; whole panels. */
static void choose_tiles(const ssi_kernel *kernel, contract_job *job)
{
    int64_t bytes = ssi_panel_steps(&job->packing, kernel->k) * (int64_t)job->size, rows = TILE_ROWS;
    if (bytes && (!job->a_lies || job->a_singly) && A_BYTES / bytes < rows)
        rows = A_BYTES / bytes;
    job->tile_rows = rows < job->gemm->mr ? job->gemm->mr : rows / job->gemm->mr * job->gemm->mr;
    int64_t columns = TILE_COLUMNS, block = ssi_panel_steps(&job->packing, job->packing.k_block) * (int64_t)job->size;
    if (job->unrounded && B_BYTES / block < columns)
        columns = B_BYTES / block;
    job->tile_columns = kernel->n <= columns ? kernel->n : columns / job->gemm->nr * job->gemm->nr;
    job->row_unit = job->gemm->mr;
    job->one_tile = job->unrounded && !job->a_singly && kernel->plain && kernel->k <= job->packing.k_block;
}

void ssi_describe_product(const ssi_plan *plan, const ssi_kernel *kernel, contract_job *job)
{
    const ssi_slot *b = &plan->slot[kernel->in[1]];
    job->gemm = routines_of(plan, kernel, 0);
    job->size = ssi_dtype_size((ssi_dtype)plan->slot[kernel->out].dtype);
    job->packing =
        ssi_packing_of(routines_of(plan, kernel, 1), job->size, kernel->k, kernel->n,
                       first_packed(plan, kernel, job->gemm), b->stride[b->rank - 2], b->stride[b->rank - 1]);
    job->lying_steps = steps_as_they_lie(&job->packing, kernel);
    describe_left(plan, kernel, job);
    choose_tiles(kernel, job);
}

size_t ssi_packed_left_bytes(const contract_job *job, const ssi_kernel *kernel)
{
    int64_t k = job->unrounded ? job->packing.k_block
                : job->a_lies  ? 0
                               : kernel->k,
            steps = ssi_panel_steps(&job->packing, k), size = (int64_t)job->size;
    int64_t rows = job->unrounded ? TILE_ROWS : wide(job->tile_rows, size);
    return ssi_whole_lines((size_t)(rows * steps * size) + SSI_LINE);
}

/* Rows that are made or copied one by one: all of a tile, or, if they are packed then, one. */
size_t ssi_made_left_bytes(const contract_job *job, const ssi_kernel *kernel)
{
    int64_t rows = !job->a_singly ? 0 : job->a_lies ? job->tile_rows : 1;
    return ssi_whole_lines((size_t)(rows * kernel->k * job->gemm->size) + SSI_LINE);
}

size_t ssi_tile_bytes(const contract_job *job)
{
    return ssi_whole_lines((size_t)(job->tile_rows * job->tile_columns) * job->size + SSI_LINE);
}

operand ssi_operand_of(const contract_job *job, int which, int64_t batch)
{
    const ssi_plan *plan = job->run->plan;
    const ssi_slot *slot = &plan->slot[job->kernel->in[which]], *out = &plan->slot[job->kernel->out];
    int64_t offset = 0;
    for (int d = job->kernel->batch_dims - 1; d >= 0; d--) {
        offset += slot->shape[d] == 1 ? 0 : batch % out->shape[d] * slot->stride[d];
        batch /= out->shape[d];
    }
    ssi_dtype dtype = dtype_of(plan, job->kernel, which);
    char *start = (dtype == slot->dtype ? job->run->at : job->run->rounded)[job->kernel->in[which]];
    return (operand){.data = start ? start + offset * (int64_t)ssi_dtype_size(dtype) : NULL,
                     .row = slot->stride[slot->rank - 2],
                     .column = slot->stride[slot->rank - 1]};
}

/* A of one batch, and where in a worker's scratch its rows go. */
left_operand ssi_left_of(const contract_job *job, int64_t batch, char *scratch)
{
    return (left_operand){.lies = ssi_operand_of(job, 0, batch),
                          .packed = scratch,
                          .made = scratch + ssi_packed_left_bytes(job, job->kernel) + ssi_tile_bytes(job)};
}

/* Row r of A, made by the program before the product, or copied. */
static void make_row(const contract_job *job, const left_operand *a, int64_t r, char *made)
{
    int64_t k = job->kernel->k, size = job->gemm->size;
    if (!a->maker)
        job->run->plan->backend->copy(made, 1, a->lies.data + r * a->lies.row * size, a->lies.column, k, (size_t)size);
    for (int64_t q = 0; a->maker && q < k; q += SSI_BLOCK) {
        int64_t n = k - q < SSI_BLOCK ? k - q : SSI_BLOCK;
        ssi_run_block(a->maker, r, 1, q, n);
        memcpy(made + q * size, a->maker->at[job->kernel->left], (size_t)(n * size));
    }
}

/* Rows of n neighbours into rows of steps, `to` apart. */
static void copy_rows(const contract_job *job, char *dst, int64_t to, const char *src, int64_t apart, int64_t rows,
                      int64_t n, bool across)
{
    int64_t size = (int64_t)job->size;
    if (job->gemm->round)
        job->gemm->round(dst, to, src, apart, rows, n, across);
    for (int64_t r = 0; !job->gemm->round && r < rows; r++)
        memcpy(dst + r * to * size, src + r * apart * size, (size_t)(n * size));
}

/* Packs `count` rows of A from row i of a tile's `all` on, k block by k block: [all][steps of the block], or, where A's columns are neighbours in memory,
 * [steps of the block][wide(all)]. */
static void pack_a(const contract_job *job, char *packed, const char *rows, int64_t i, int64_t count, int64_t all)
{
    int64_t size = (int64_t)job->size, k = job->kernel->k, block = job->packing.k_block;
    for (int64_t q = 0; q < k; q += block, rows += block * job->a_column * job->gemm->size) {
        int64_t n = q + block < k ? block : k - q, steps = ssi_panel_steps(&job->packing, n);
        char *to = packed + (job->a_column == 1 ? all : wide(all, size)) * ssi_panel_steps(&job->packing, q) * size;
        if (job->a_column == 1)
            copy_rows(job, to + i * steps * size, steps, rows, job->a_row, count, n, false);
        else
            copy_rows(job, to, wide(all, size), rows, job->a_column, n, count, true);
    }
}

void ssi_make_left_ready(const contract_job *job, left_operand *a, int64_t first, int64_t count)
{
    int64_t size = job->gemm->size;
    const char *lies = a->maker ? NULL : a->lies.data + first * a->lies.row * size;
    if (a->maker)
        a->maker->repeated_rows = 0; /* the program after the product has used the registers */
    for (int64_t r = 0; job->a_singly && r < count; r++) {
        char *made = a->made + (job->a_lies ? r * job->kernel->k * size : 0);
        make_row(job, a, first + r, made);
        if (!job->a_lies)
            pack_a(job, a->packed, made, r, 1, count);
    }
    if (!job->a_lies && !job->a_singly)
        pack_a(job, a->packed, lies, 0, count, count);
    a->ready = !job->a_lies ? a->packed : job->a_singly ? a->made : lies;
}

ssi_panels ssi_left_panels(const contract_job *job, const left_operand *a, int64_t rows, int64_t q, int64_t steps)
{
    int64_t mr = job->gemm->mr, size = (int64_t)job->size, together = job->gemm->together,
            row = job->unrounded ? job->a_row : job->a_row / together;
    if (job->a_lies)
        return (ssi_panels){a->ready + q * together * job->a_column * job->gemm->size, mr * row, job->a_column, row,
                            false};
    if (job->a_column == 1)
        return (ssi_panels){a->ready + rows * q * size, mr * steps, 1, steps, false};
    return (ssi_panels){a->ready + wide(rows, size) * q * size, mr, wide(rows, size), 1, false};
}
