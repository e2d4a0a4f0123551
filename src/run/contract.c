/*
 * contract.c - matrix products: how the work is shared, and what happens to a tile while it is in cache.
 *
 *            n columns of B, in panels: as they lie, or packed   each thread owns a range of rows of C (of columns, when there are
 *            +--------------------------+                        few rows), and walks it in tiles:
 *          k |   |   |   |   |   |   |   |                          pack the tile's rows of A
 *            +--------------------------+                           multiply them with every panel of B, k in blocks
 *   m +--+   +--------------------------+                           run the program that follows the product on the tile
 *     |A |   |  tile of C               |
 *     +--+   +--------------------------+                        Every element is summed over k in order, so no choice made here
 *     |  |   |                          |                        can change a bit of the result.
 */
#include <string.h>

#include "run/execute.h"

enum { TILE_COLUMNS = SSI_BLOCK, TILE_ROWS = 48, K_BLOCK = 256, A_BYTES = 256 * 1024 };

/* A matrix B with its rows in memory is multiplied as it lies, except for the last columns, which fill no panel. But where its rows are further apart than
 * NEAR elements, the steps of a panel compete for few places in the caches, and for more than FEW rows of A packing pays. */
enum { NEAR = 512, FEW = 64 };

/* A matrix in memory, or, where `maker` is set, rows that a program makes when they are asked for. */
typedef struct operand {
    ssi_worker *maker;
    char *made; /* room for a tile's rows */
    const char *data;
    int64_t row, column; /* strides in elements */
    const ssi_slot *slot;
} operand;

typedef struct contract_job {
    ssi_run *run;
    const ssi_kernel *kernel;
    const ssi_gemm_routines *gemm;
    size_t size;
    const char *uniform;
    char *packed;        /* B, shared by all threads; NULL: one batch per task, each packs its own */
    int64_t packed_from; /* columns of B before this one are used as they lie */
    int64_t k_blocks, k_block, tile_rows, tile_columns;
    int tasks, packers;
    bool split_columns;
    bool a_lies; /* A is multiplied as it lies: packing pays where a panel of it is used again and again */
} contract_job;

static int64_t round_to(int64_t n, int64_t to)
{
    return (n + to - 1) / to * to;
}

static const ssi_gemm_routines *routines_of(const ssi_plan *plan, const ssi_kernel *kernel)
{
    const ssi_slot *product = &plan->slot[kernel->out];
    return product->attribute[0] == SSI_MEDIUM ? plan->backend->gemm_medium() : plan->backend->gemm[product->dtype];
}

static int64_t first_packed(const ssi_plan *plan, const ssi_kernel *kernel, const ssi_gemm_routines *gemm)
{
    const ssi_slot *b = &plan->slot[kernel->in[1]];
    int64_t row = b->stride[b->rank - 2], column = b->stride[b->rank - 1];
    bool as_it_lies =
        !gemm->rounds && kernel->k > 0 && column == 1 && (kernel->m <= FEW || (row <= NEAR && row >= -NEAR));
    return as_it_lies ? kernel->n / gemm->nr * gemm->nr : 0;
}

static void describe(const ssi_plan *plan, const ssi_kernel *kernel, contract_job *job)
{
    job->gemm = routines_of(plan, kernel);
    job->size = ssi_dtype_size((ssi_dtype)plan->slot[kernel->out].dtype);
    int64_t most = K_BLOCK * job->gemm->together;
    job->k_blocks = kernel->k ? (kernel->k + most - 1) / most : 1;
    job->k_block = round_to((kernel->k + job->k_blocks - 1) / job->k_blocks, job->gemm->together);
    int64_t rows = kernel->k ? A_BYTES / (kernel->k * (int64_t)job->size) : TILE_ROWS;
    rows = rows < TILE_ROWS ? rows : TILE_ROWS;
    job->tile_rows = rows < job->gemm->mr ? job->gemm->mr : rows / job->gemm->mr * job->gemm->mr;
    int64_t columns = TILE_COLUMNS / job->gemm->nr * job->gemm->nr;
    job->tile_columns = kernel->n <= TILE_COLUMNS ? kernel->n : columns;
    job->packed_from = first_packed(plan, kernel, job->gemm);
    job->a_lies = job->gemm->narrow && kernel->left < 0 && (kernel->m == 1 || kernel->n <= job->gemm->narrow);
}

static int64_t packed_columns(const contract_job *job, const ssi_kernel *kernel)
{
    return round_to(kernel->n - job->packed_from, job->gemm->nr);
}

/* Steps of a panel for k steps of the product. */
static int64_t panel_steps(const contract_job *job, int64_t k)
{
    return (k + job->gemm->together - 1) / job->gemm->together;
}

static size_t packed_b_bytes(const contract_job *job, const ssi_kernel *kernel)
{
    return (size_t)(packed_columns(job, kernel) * panel_steps(job, kernel->k)) * job->size + 64;
}

static size_t packed_a_bytes(const contract_job *job, const ssi_kernel *kernel)
{
    return ((size_t)(job->tile_rows * panel_steps(job, kernel->k)) * job->size + 127) / 64 * 64;
}

/* Rows of the left operand that a program makes, before they are packed. */
static size_t made_bytes(const contract_job *job, const ssi_kernel *kernel)
{
    return kernel->left < 0 ? 0 : ((size_t)(job->tile_rows * kernel->k) * job->size + 127) / 64 * 64;
}

static size_t round_line(size_t bytes)
{
    return (bytes + 63) / 64 * 64;
}

static size_t tile_bytes(const contract_job *job)
{
    return ((size_t)(job->tile_rows * job->tile_columns) * job->size + 127) / 64 * 64;
}

void ssi_contract_work(const ssi_plan *plan, ssi_kernel *kernel)
{
    contract_job job;
    describe(plan, kernel, &job);
    kernel->work_bytes = round_line(kernel->after.uniform_bytes) + round_line(kernel->before.uniform_bytes);
    size_t own_b = 0;
    if (kernel->batch == 1)
        kernel->work_bytes += packed_b_bytes(&job, kernel);
    else
        own_b = (packed_b_bytes(&job, kernel) + 63) / 64 * 64;
    kernel->scratch = (kernel->scratch + 63) / 64 * 64 + packed_a_bytes(&job, kernel) + tile_bytes(&job) +
                      made_bytes(&job, kernel) + own_b;
}

/* ---- operands ---- */

static operand operand_of(const contract_job *job, int which, int64_t batch)
{
    const ssi_plan *plan = job->run->plan;
    const ssi_slot *slot = &plan->slot[job->kernel->in[which]], *out = &plan->slot[job->kernel->out];
    int64_t offset = 0;
    for (int d = job->kernel->batch_dims - 1; d >= 0; d--) {
        offset += slot->shape[d] == 1 ? 0 : batch % out->shape[d] * slot->stride[d];
        batch /= out->shape[d];
    }
    char *start = job->run->at[job->kernel->in[which]];
    return (operand){.data = start ? start + offset * (int64_t)job->size : NULL,
                     .row = slot->stride[slot->rank - 2],
                     .column = slot->stride[slot->rank - 1],
                     .slot = slot};
}

/* Packs columns [first, first + count) of B, first a multiple of nr past packed_from: k block after k block, panels inside. */
static void pack_b(const contract_job *job, const operand *b, char *packed, int64_t first, int64_t count)
{
    const ssi_kernel *kernel = job->kernel;
    int64_t padded = packed_columns(job, kernel);
    for (int64_t q = 0; q < kernel->k; q += job->k_block) {
        int64_t steps = q + job->k_block < kernel->k ? job->k_block : kernel->k - q;
        int64_t before = padded * panel_steps(job, q) + (first - job->packed_from) * panel_steps(job, steps);
        char *to = packed + before * (int64_t)job->size;
        job->gemm->pack(to, b->data + (first * b->column + q * b->row) * (int64_t)job->size, b->column, b->row, count,
                        steps, job->gemm->nr);
    }
}

/* Runs the program before the product on rows [first, first + count) and lays them out one after another. */
static void make_rows(const contract_job *job, const operand *a, int64_t first, int64_t count)
{
    int64_t k = job->kernel->k;
    for (int64_t r = 0; r < count; r++) {
        for (int64_t q = 0; q < k; q += SSI_BLOCK) {
            int64_t n = k - q < SSI_BLOCK ? k - q : SSI_BLOCK;
            ssi_run_block(a->maker, first + r, 1, q, n);
            memcpy(a->made + (r * k + q) * (int64_t)job->size, a->maker->at[job->kernel->left], (size_t)n * job->size);
        }
    }
}

static void pack_a(const contract_job *job, const operand *from, char *packed, int64_t first, int64_t count)
{
    const ssi_kernel *kernel = job->kernel;
    operand rows = *from, *a = &rows;
    if (from->maker) {
        make_rows(job, from, first, count);
        rows.data = from->made - first * kernel->k * (int64_t)job->size;
        rows.row = kernel->k;
        rows.column = 1;
    }
    int64_t padded = round_to(count, job->gemm->mr);
    for (int64_t q = 0; q < kernel->k; q += job->k_block) {
        int64_t steps = q + job->k_block < kernel->k ? job->k_block : kernel->k - q;
        job->gemm->pack(packed + padded * panel_steps(job, q) * (int64_t)job->size,
                        a->data + (first * a->row + q * a->column) * (int64_t)job->size, a->row, a->column, count,
                        steps, job->gemm->mr);
    }
}

/* ---- tiles ---- */

/* One k block, steps [q, q + steps) of the panels: columns of B as they lie, then packed ones. */
static void multiply_steps(const contract_job *job, char *c, int64_t stride, const ssi_panels *a, const operand *b,
                           const char *packed, int64_t rows, int64_t column, int64_t columns, int64_t q, int64_t steps)
{
    int64_t nr = job->gemm->nr, size = (int64_t)job->size, lying = job->packed_from - column;
    lying = lying < 0 ? 0 : lying < columns ? lying : columns;
    if (lying > 0) {
        ssi_panels lies = {b->data + (q * b->row + column) * size, nr, b->row, 1};
        job->gemm->multiply(c, stride, a, &lies, rows, lying, steps, q > 0);
    }
    if (lying < columns) {
        int64_t before = packed_columns(job, job->kernel) * q + (column + lying - job->packed_from) * steps;
        ssi_panels panels = ssi_packed(packed + before * size, (int)nr, steps);
        job->gemm->multiply(c + lying * size, stride, a, &panels, rows, columns - lying, steps, q > 0);
    }
}

/* Rows [row, row + rows) of A, packed or as they lie, by columns [column, column + columns). */
static void multiply(const contract_job *job, char *c, int64_t stride, const operand *a, const char *packed_a,
                     const operand *b, const char *packed_b, int64_t row, int64_t rows, int64_t column, int64_t columns)
{
    int64_t mr = job->gemm->mr, size = (int64_t)job->size, q = 0;
    int64_t all = panel_steps(job, job->kernel->k), block = panel_steps(job, job->k_block);
    do {
        int64_t steps = q + block < all ? block : all - q;
        ssi_panels panels = ssi_packed(packed_a + round_to(rows, mr) * q * size, (int)mr, steps);
        if (job->a_lies)
            panels = (ssi_panels){a->data + (row * a->row + q * a->column) * size, mr * a->row, a->column, a->row};
        multiply_steps(job, c, stride, &panels, b, packed_b, rows, column, columns, q, steps);
        q += block;
    } while (q < all);
}

/* Rows [row, end) by columns [column, last) of one batch's product. */
static void multiply_region(const contract_job *job, ssi_worker *w, char *scratch, const operand *a, const operand *b,
                            const char *packed_b, int64_t batch, int64_t row, int64_t end, int64_t column, int64_t last)
{
    const ssi_kernel *kernel = job->kernel;
    char *packed = scratch, *tile = scratch + packed_a_bytes(job, kernel);
    for (; row < end; row += job->tile_rows) {
        int64_t rows = end - row < job->tile_rows ? end - row : job->tile_rows;
        if (!job->a_lies)
            pack_a(job, a, packed, row, rows);
        for (int64_t at = column; at < last; at += job->tile_columns) {
            int64_t columns = last - at < job->tile_columns ? last - at : job->tile_columns;
            int64_t first_row = batch * kernel->m + row;
            if (kernel->plain) {
                char *c = job->run->at[kernel->after.store[0].slot] + (first_row * kernel->n + at) * (int64_t)job->size;
                multiply(job, c, kernel->n, a, packed, b, packed_b, row, rows, at, columns);
                continue;
            }
            multiply(job, tile, columns, a, packed, b, packed_b, row, rows, at, columns);
            w->tile = tile;
            w->tile_row = first_row;
            w->tile_column = at;
            w->tile_stride = columns;
            ssi_run_region(w, first_row, rows, at, columns);
        }
    }
}

/* ---- tasks ---- */

static char *start(const contract_job *job, ssi_worker *w, int worker)
{
    char *scratch = job->run->scratch + (size_t)worker * job->run->plan->scratch;
    ssi_start_worker(w, job->run, &job->kernel->after, &job->kernel->space, job->uniform, scratch);
    size_t before = job->kernel->before.scratch, after = job->kernel->after.scratch;
    return scratch + round_line(before > after ? before : after);
}

static void pack_task(void *context, int index, int worker)
{
    (void)worker;
    const contract_job *job = context;
    operand b = operand_of(job, 1, 0);
    int64_t panels = packed_columns(job, job->kernel) / job->gemm->nr;
    int64_t first = job->packed_from + panels * index / job->packers * job->gemm->nr,
            last = job->packed_from + panels * (index + 1) / job->packers * job->gemm->nr;
    last = last < job->kernel->n ? last : job->kernel->n;
    if (first < last)
        pack_b(job, &b, job->packed, first, last - first);
}

static void region_task(void *context, int index, int worker)
{
    const contract_job *job = context;
    const ssi_kernel *kernel = job->kernel;
    int64_t of = job->split_columns ? kernel->n : kernel->m, unit = job->split_columns ? job->gemm->nr : job->gemm->mr;
    int64_t units = (of + unit - 1) / unit;
    int64_t first = units * index / job->tasks * unit, last = units * (index + 1) / job->tasks * unit;
    last = last < of ? last : of;
    ssi_worker w;
    char *scratch = start(job, &w, worker);
    operand a = operand_of(job, 0, 0), b = operand_of(job, 1, 0);
    ssi_worker maker;
    if (first >= last)
        return;
    if (kernel->left >= 0) { /* its registers are those of the program after the product: the two take turns */
        ssi_start_worker(&maker, job->run, &kernel->before, &kernel->left_space,
                         job->uniform + round_line(kernel->after.uniform_bytes), w.scratch);
        a.maker = &maker;
        a.made = scratch + packed_a_bytes(job, kernel) + tile_bytes(job);
    }
    if (job->split_columns)
        multiply_region(job, &w, scratch, &a, &b, job->packed, 0, 0, kernel->m, first, last);
    else
        multiply_region(job, &w, scratch, &a, &b, job->packed, 0, first, last, 0, kernel->n);
}

static void batch_task(void *context, int index, int worker)
{
    const contract_job *job = context;
    const ssi_kernel *kernel = job->kernel;
    ssi_worker w;
    char *scratch = start(job, &w, worker);
    char *packed = scratch + packed_a_bytes(job, kernel) + tile_bytes(job);
    for (int64_t batch = kernel->batch * index / job->tasks; batch < kernel->batch * (index + 1) / job->tasks;
         batch++) {
        operand a = operand_of(job, 0, batch), b = operand_of(job, 1, batch);
        pack_b(job, &b, packed, job->packed_from, kernel->n - job->packed_from);
        multiply_region(job, &w, scratch, &a, &b, packed, batch, 0, kernel->m, 0, kernel->n);
    }
}

/* The stored buffer in which B lies, if it is ours and no kernel of this run makes it. */
static ssi_buffer *buffer_of_b(const contract_job *job)
{
    const ssi_plan *plan = job->run->plan;
    int32_t base = plan->slot[job->kernel->in[1]].base;
    if (base < plan->nodes || base >= plan->nodes + plan->leaves)
        return NULL;
    ssi_buffer *buffer = job->run->inputs->leaf[base - plan->nodes]->buffer;
    return buffer->capacity && !buffer->release ? buffer : NULL;
}

/* The copy of B packed from column `from` on; see ssi_pack_of. */
static ssi_pack kept_from(const contract_job *job, int64_t from)
{
    contract_job as = *job;
    as.packed_from = from;
    ssi_buffer *buffer = buffer_of_b(job);
    operand b = operand_of(job, 1, 0);
    if (!buffer || job->kernel->n > UINT32_MAX)
        return (ssi_pack){0};
    ssi_pack_key key = {.routines = (uintptr_t)job->gemm,
                        .offset = (uint64_t)(b.data - (char *)buffer->data),
                        .row = (uint64_t)b.row,
                        .column = (uint64_t)b.column,
                        .k = (uint64_t)job->kernel->k,
                        .from = (uint32_t)from,
                        .to = (uint32_t)job->kernel->n};
    return ssi_pack_of(buffer, &key, packed_b_bytes(&as, job->kernel));
}

/* Packs B, unless there is a copy from an earlier product. For few rows of A a whole copy is read faster than B as it lies, if it is there. */
static void pack_right_operand(contract_job *job)
{
    ssi_pack kept = {0};
    if (job->packed_from && job->kernel->m <= FEW && (kept = kept_from(job, 0)).data)
        job->packed_from = 0;
    int64_t panels = packed_columns(job, job->kernel) / job->gemm->nr;
    if (!panels)
        return;
    if (!kept.data)
        kept = kept_from(job, job->packed_from);
    if (kept.data)
        job->packed = kept.data;
    if (kept.ready)
        return;
    job->packers = panels < job->tasks ? 1 : job->tasks;
    ssi_parallel(job->packers, pack_task, job);
    ssi_pack_done(&kept);
}

/* Work that is done before a thread could be told of it: few multiply-adds, and for a single row little of B to read. */
static bool is_small(const ssi_kernel *kernel)
{
    enum { MULTIPLY_ADDS = 1 << 17, READ = 1 << 15 };
    return kernel->batch * kernel->m * kernel->n * (kernel->k + 16) < (kernel->m == 1 ? READ : MULTIPLY_ADDS);
}

void ssi_run_contract(ssi_run *run, const ssi_kernel *kernel)
{
    contract_job job = {.run = run, .kernel = kernel};
    describe(run->plan, kernel, &job);
    if (kernel->batch * kernel->m * kernel->n == 0)
        return;
    char *work = run->work + kernel->work_place;
    job.uniform = work;
    ssi_prepare_program(run, &kernel->after, &kernel->space, work);
    if (kernel->left >= 0)
        ssi_prepare_program(run, &kernel->before, &kernel->left_space, work + round_line(kernel->after.uniform_bytes));
    job.tasks = is_small(kernel) ? 1 : run->threads;
    if (kernel->batch > 1) {
        ssi_parallel(job.tasks, batch_task, &job);
        return;
    }
    job.packed = work + round_line(kernel->after.uniform_bytes) + round_line(kernel->before.uniform_bytes);
    job.split_columns = kernel->m < (int64_t)job.tasks * job.gemm->mr;
    pack_right_operand(&job);
    ssi_parallel(job.tasks, region_task, &job);
}
