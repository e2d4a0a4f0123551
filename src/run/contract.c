/*
 * contract.c - matrix products: how the work is shared, and what happens to a tile while it is in cache.
 *
 *            n columns of B, in panels: as they lie, or packed   each thread owns a range of rows of C (of columns, when there are
 *            +--------------------------+                        few rows), and walks it in tiles:
 *          k |   |   |   |   |   |   |   |                          make, round or copy the tile's rows of A, or use them as they lie
 *            +--------------------------+                           multiply them with every panel of B, k in blocks
 *   m +--+   +--------------------------+                           run the program that follows the product on the tile
 *     |A |   |  tile of C               |                           pack again what that has overwritten, if a copy of it was used
 *     +--+   +--------------------------+
 *     |  |   |                          |                        Every element is summed over k in order, so no choice made here
 *                                                                can change a bit of the result.
 *
 * From the call to the multiply-add: ssi_run_contract shares the work; region_task, on each thread, multiply_region tile by tile; multiply and multiply_steps
 * k block by k block; then gemm->multiply, of one core (cpu/gemm.isa.c). The packed form is pack.c's, copies that stay are keep.c's.
 */
#include <string.h>

#include "run/execute.h"

enum { TILE_COLUMNS = SSI_BLOCK, TILE_ROWS = 128, RENEWED = 4, A_BYTES = 256 * 1024 };

/* A matrix B with its rows in memory is multiplied as it lies, except for the last columns, which fill no panel. But where its rows are further apart than
 * NEAR elements, the steps of a panel compete for few places in the caches, and for more than FEW rows of A packing pays. */
enum { NEAR = 512, FEW = 64 };

/* A matrix in memory. */
typedef struct operand {
    const char *data;
    int64_t row, column; /* strides in elements */
} operand;

/* The left operand: in memory, or, where `maker` is set, rows that a program makes when they are asked for; and room for rows that are made or copied one by
 * one, and for packed ones. */
typedef struct left_operand {
    operand lies;
    ssi_worker *maker;
    char *made, *packed;
} left_operand;

typedef struct contract_job {
    ssi_run *run;
    const ssi_kernel *kernel;
    const ssi_gemm_routines *gemm; /* of A; the packing's is B's */
    size_t size;                   /* of an element of C, and of a packed one */
    const char *uniform;
    ssi_packing packing; /* of B */
    char *packed;        /* B, shared by all threads; NULL: one batch per task, each packs its own */
    bool finite;         /* it is known to have neither infinities nor NaN */
    int64_t tile_rows, tile_columns, row_unit /* by which rows are shared */;
    ssi_renewed renewed[RENEWED]; /* copies of what is overwritten, packed anew tile by tile */
    int renews;
    int tasks, packers;
    bool split_columns;
    int64_t lying; /* of a B narrower than a panel: steps for which it is multiplied as it lies all the same */
    /* A's rows are: multiplied as they lie (or are made); made or copied one by one; after that, so many elements apart, and their steps. */
    bool a_lies, a_singly;
    bool few; /* columns, which are multiplied by a routine of their own */
    int64_t a_row, a_column;
} contract_job;

static int64_t round_to(int64_t n, int64_t to)
{
    return (n + to - 1) / to * to;
}

/* For operand 0, A, or 1, B. */
static const ssi_gemm_routines *routines_of(const ssi_plan *plan, const ssi_kernel *kernel, int which)
{
    const ssi_slot *product = &plan->slot[kernel->out];
    return product->attribute[0] == SSI_MEDIUM
               ? plan->backend->gemm_medium((ssi_dtype)plan->slot[kernel->in[which]].dtype)
               : plan->backend->gemm[product->dtype];
}

static int64_t first_packed(const ssi_plan *plan, const ssi_kernel *kernel, const ssi_gemm_routines *gemm)
{
    const ssi_slot *b = &plan->slot[kernel->in[1]];
    int64_t row = b->stride[b->rank - 2], column = b->stride[b->rank - 1];
    bool as_it_lies =
        !gemm->round && kernel->k > 0 && column == 1 && (kernel->m <= FEW || (row <= NEAR && row >= -NEAR));
    return as_it_lies ? kernel->n / gemm->nr * gemm->nr : 0;
}

/* A long B of a few columns would be packed, in more memory than it takes itself, to be read once. Of its rows whole panels can be read as long as more
 * rows follow: what is beyond the edge goes nowhere. So only the last rows are packed. */
static int64_t steps_as_they_lie(const ssi_packing *p, const ssi_kernel *kernel)
{
    enum { CACHE = 1 << 20 };
    int64_t nr = p->gemm->nr, beyond = nr - p->n;
    bool lies = !p->gemm->round && kernel->batch == 1 && kernel->m <= FEW && beyond > 0 && p->column == 1 &&
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
    return ((count * size + 63) / 64 | 1) * 64 / size;
}

/* Whether elements of A, where they lie, are steps of a panel: rounding changes none, and two neighbours make each step. */
static bool lies_in_steps(const contract_job *job, int64_t k)
{
    const ssi_gemm_routines *gemm = job->gemm;
    bool pairs = gemm->together == 2 && gemm->size == 2;
    return !gemm->round || (pairs && job->a_column == 1 && job->a_row % 2 == 0 && k % 2 == 0);
}

static void describe(const ssi_plan *plan, const ssi_kernel *kernel, contract_job *job)
{
    const ssi_slot *a = &plan->slot[kernel->in[0]], *b = &plan->slot[kernel->in[1]];
    job->gemm = routines_of(plan, kernel, 0);
    job->size = ssi_dtype_size((ssi_dtype)plan->slot[kernel->out].dtype);
    job->packing =
        ssi_packing_of(routines_of(plan, kernel, 1), job->size, kernel->k, kernel->n,
                       first_packed(plan, kernel, job->gemm), b->stride[b->rank - 2], b->stride[b->rank - 1]);
    job->lying = steps_as_they_lie(&job->packing, kernel);
    const bool made = kernel->left >= 0;
    job->a_row = made ? kernel->k : a->stride[a->rank - 2];
    job->a_column = made || kernel->k == 1 ? 1 : a->stride[a->rank - 1];
    const bool apart = job->a_row != 1 && job->a_column != 1;
    job->few = kernel->n <= job->gemm->few && kernel->m >= 4 * job->gemm->mr;
    job->a_lies = job->few || (lies_in_steps(job, kernel->k) &&
                               (kernel->m == 1 || kernel->n <= job->gemm->nr ||
                                (!apart && !is_crowded(job->a_row, job->a_column, job->gemm->size))));
    job->a_singly = made || (apart && (job->few || !job->a_lies));
    if (job->a_singly) {
        job->a_row = kernel->k;
        job->a_column = 1;
    }
    int64_t bytes = ssi_panel_steps(&job->packing, kernel->k) * (int64_t)job->size, rows = TILE_ROWS;
    if (bytes && (!job->a_lies || job->a_singly) && A_BYTES / bytes < rows)
        rows = A_BYTES / bytes;
    job->tile_rows = rows < job->gemm->mr ? job->gemm->mr : rows / job->gemm->mr * job->gemm->mr;
    int64_t columns = TILE_COLUMNS / job->gemm->nr * job->gemm->nr;
    job->tile_columns = kernel->n <= TILE_COLUMNS ? kernel->n : columns;
    job->row_unit = job->gemm->mr;
}

static size_t packed_a_bytes(const contract_job *job, const ssi_kernel *kernel)
{
    int64_t steps = job->a_lies ? 0 : ssi_panel_steps(&job->packing, kernel->k), size = (int64_t)job->size;
    return ((size_t)(wide(job->tile_rows, size) * steps * size) + 127) / 64 * 64;
}

/* Rows that are made or copied one by one: all of a tile, or, if they are packed then, one. */
static size_t made_bytes(const contract_job *job, const ssi_kernel *kernel)
{
    int64_t rows = !job->a_singly ? 0 : job->a_lies ? job->tile_rows : 1;
    return ((size_t)(rows * kernel->k * job->gemm->size) + 127) / 64 * 64;
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
        kernel->work_bytes += job.lying ? (size_t)((kernel->k - job.lying) * job.gemm->nr) * job.size + 64
                                        : ssi_packed_bytes(&job.packing);
    else
        own_b = round_line(ssi_packed_bytes(&job.packing));
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
    return (operand){.data = start ? start + offset * (int64_t)ssi_dtype_size((ssi_dtype)slot->dtype) : NULL,
                     .row = slot->stride[slot->rank - 2],
                     .column = slot->stride[slot->rank - 1]};
}

/* A of one batch, and where in a worker's scratch its rows go. */
static left_operand left_of(const contract_job *job, int64_t batch, char *scratch)
{
    return (left_operand){.lies = operand_of(job, 0, batch),
                          .packed = scratch,
                          .made = scratch + packed_a_bytes(job, job->kernel) + tile_bytes(job)};
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

/* Rows [first, first + count) of A as they will be multiplied. */
static const char *ready(const contract_job *job, const left_operand *a, int64_t first, int64_t count)
{
    int64_t size = job->gemm->size;
    const char *lies = a->maker ? NULL : a->lies.data + first * a->lies.row * size;
    for (int64_t r = 0; job->a_singly && r < count; r++) {
        char *made = a->made + (job->a_lies ? r * job->kernel->k * size : 0);
        make_row(job, a, first + r, made);
        if (!job->a_lies)
            pack_a(job, a->packed, made, r, 1, count);
    }
    if (!job->a_lies && !job->a_singly)
        pack_a(job, a->packed, lies, 0, count, count);
    return !job->a_lies ? a->packed : job->a_singly ? a->made : lies;
}

/* The steps of a k block of them that begins with step q. */
static ssi_panels panels_of(const contract_job *job, const char *ready, int64_t rows, int64_t q, int64_t steps)
{
    int64_t mr = job->gemm->mr, size = (int64_t)job->size, together = job->gemm->together,
            row = job->few ? job->a_row : job->a_row / together;
    if (job->a_lies)
        return (ssi_panels){ready + q * together * job->a_column * job->gemm->size, mr * row, job->a_column, row,
                            false};
    if (job->a_column == 1)
        return (ssi_panels){ready + rows * q * size, mr * steps, 1, steps, false};
    return (ssi_panels){ready + wide(rows, size) * q * size, mr, wide(rows, size), 1, false};
}

/* ---- tiles ---- */

/* One k block, steps [q, q + steps) of the panels: columns of B as they lie, then packed ones. */
static void multiply_steps(const contract_job *job, char *c, int64_t stride, const ssi_panels *a, const operand *b,
                           const char *packed, int64_t rows, int64_t column, int64_t columns, int64_t q, int64_t steps)
{
    int64_t nr = job->gemm->nr, size = (int64_t)job->size, lying = job->packing.from - column;
    lying = lying < 0 ? 0 : lying < columns ? lying : columns;
    if (lying > 0) {
        ssi_panels lies = {b->data + (q * b->row + column) * size, nr, b->row, 1, false};
        job->gemm->multiply(c, stride, a, &lies, rows, lying, steps, q > 0);
    }
    if (lying < columns) {
        int64_t before = ssi_packed_columns(&job->packing) * q + (column + lying - job->packing.from) * steps;
        ssi_panels panels = ssi_packed(job->gemm, packed + before * size, steps);
        panels.finite = job->finite;
        int64_t most = steps * job->gemm->together, left = job->kernel->k - q * job->gemm->together;
        if (job->few)
            job->gemm->multiply_few(c, stride, a, &panels, rows, columns, most < left ? most : left, q > 0);
        else
            job->gemm->multiply(c + lying * size, stride, a, &panels, rows, columns - lying, steps, q > 0);
    }
}

/* All of the rows that are ready by all columns of a B of which `lying` steps are multiplied as they lie. */
static void multiply_long(const contract_job *job, char *c, const char *ready, const operand *b, int64_t rows)
{
    int64_t block = job->packing.k_block, k = job->kernel->k, n = job->kernel->n;
    for (int64_t q = 0, steps; q < k; q += steps) {
        int64_t end = q < job->lying ? job->lying : k;
        steps = q + block < end ? block : end - q;
        ssi_panels left = panels_of(job, ready, rows, q, steps);
        ssi_panels right = {b->data + q * b->row * (int64_t)job->size, job->gemm->nr, b->row, 1, false};
        if (q >= job->lying)
            right = ssi_packed(job->gemm, job->packed, steps);
        job->gemm->multiply(c, n, &left, &right, rows, n, steps, q > 0);
    }
}

/* All of the rows that are ready by columns [column, column + columns). */
static void multiply(const contract_job *job, char *c, int64_t stride, const char *ready, const operand *b,
                     const char *packed_b, int64_t rows, int64_t column, int64_t columns)
{
    const ssi_packing *p = &job->packing;
    int64_t all = ssi_panel_steps(p, p->k), block = ssi_panel_steps(p, p->k_block), q = 0;
    if (job->lying) {
        multiply_long(job, c, ready, b, rows);
        return;
    }
    do {
        int64_t steps = q + block < all ? block : all - q;
        ssi_panels panels = panels_of(job, ready, rows, q, steps);
        multiply_steps(job, c, stride, &panels, b, packed_b, rows, column, columns, q, steps);
        q += block;
    } while (q < all);
}

/* Copies of what the program has just written to these rows and columns. */
static void renew_copies(const contract_job *job, int64_t row, int64_t rows, int64_t column, int64_t columns)
{
    for (int i = 0; i < job->renews; i++) {
        const ssi_renewed *copy = &job->renewed[i];
        const ssi_packing *p = &copy->packing;
        int64_t first = column > p->from ? column : p->from;
        if (p->column != 1)
            ssi_pack_part(p, copy->data, copy->matrix, row, row + rows, column, column + columns);
        else if (first < column + columns)
            ssi_pack_part(p, copy->data, copy->matrix, first, column + columns, row, row + rows);
    }
}

/* Rows [row, end) by columns [column, last) of one batch's product. */
static void multiply_region(const contract_job *job, ssi_worker *w, const left_operand *a, const operand *b,
                            const char *packed_b, int64_t batch, int64_t row, int64_t end, int64_t column, int64_t last)
{
    const ssi_kernel *kernel = job->kernel;
    char *tile = a->packed + packed_a_bytes(job, kernel);
    int64_t tiles = (end - row + job->tile_rows - 1) / job->tile_rows,
            height = tiles ? round_to((end - row + tiles - 1) / tiles, job->row_unit) : 0;
    for (; row < end; row += height) {
        int64_t rows = end - row < height ? end - row : height;
        const char *left = ready(job, a, row, rows);
        for (int64_t at = column; at < last; at += job->tile_columns) {
            int64_t columns = last - at < job->tile_columns ? last - at : job->tile_columns;
            int64_t first_row = batch * kernel->m + row;
            if (kernel->plain) {
                char *c = job->run->at[kernel->after.store[0].slot] + (first_row * kernel->n + at) * (int64_t)job->size;
                multiply(job, c, kernel->n, left, b, packed_b, rows, at, columns);
                continue;
            }
            multiply(job, tile, columns, left, b, packed_b, rows, at, columns);
            w->tile = tile;
            w->tile_row = first_row;
            w->tile_column = at;
            w->tile_stride = columns;
            ssi_run_region(w, first_row, rows, at, columns);
            renew_copies(job, row, rows, at, columns);
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

/* Where the part of n of a task begins, in whole units. */
static int64_t part(int64_t n, int64_t unit, int index, int tasks)
{
    int64_t at = (n + unit - 1) / unit * index / tasks * unit;
    return at < n ? at : n;
}

static void pack_task(void *context, int index, int worker)
{
    (void)worker;
    const contract_job *job = context;
    const ssi_packing *p = &job->packing;
    operand b = operand_of(job, 1, 0);
    int64_t first = p->from + part(p->n - p->from, p->gemm->nr, index, job->packers),
            last = p->from + part(p->n - p->from, p->gemm->nr, index + 1, job->packers);
    if (first < last)
        ssi_pack_part(p, job->packed, b.data, first, last, 0, p->k);
}

static void region_task(void *context, int index, int worker)
{
    const contract_job *job = context;
    const ssi_kernel *kernel = job->kernel;
    int64_t of = job->split_columns ? kernel->n : kernel->m, unit = job->split_columns ? job->gemm->nr : job->row_unit;
    int64_t first = part(of, unit, index, job->tasks), last = part(of, unit, index + 1, job->tasks);
    ssi_worker w;
    char *scratch = start(job, &w, worker);
    left_operand a = left_of(job, 0, scratch);
    operand b = operand_of(job, 1, 0);
    ssi_worker maker;
    if (first >= last)
        return;
    if (kernel->left >= 0) { /* its registers are those of the program after the product: the two take turns */
        ssi_start_worker(&maker, job->run, &kernel->before, &kernel->left_space,
                         job->uniform + round_line(kernel->after.uniform_bytes), w.scratch);
        a.maker = &maker;
    }
    if (job->split_columns)
        multiply_region(job, &w, &a, &b, job->packed, 0, 0, kernel->m, first, last);
    else
        multiply_region(job, &w, &a, &b, job->packed, 0, first, last, 0, kernel->n);
}

static void batch_task(void *context, int index, int worker)
{
    const contract_job *job = context;
    const ssi_kernel *kernel = job->kernel;
    ssi_worker w;
    char *scratch = start(job, &w, worker);
    char *packed = scratch + packed_a_bytes(job, kernel) + tile_bytes(job) + made_bytes(job, kernel);
    for (int64_t batch = kernel->batch * index / job->tasks; batch < kernel->batch * (index + 1) / job->tasks;
         batch++) {
        left_operand a = left_of(job, batch, scratch);
        operand b = operand_of(job, 1, batch);
        ssi_pack_part(&job->packing, packed, b.data, job->packing.from, kernel->n, 0, kernel->k);
        multiply_region(job, &w, &a, &b, packed, batch, 0, kernel->m, 0, kernel->n);
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

/* The copy of B packed from column `from` on; see keep.c. */
static ssi_kept kept_from(const contract_job *job, int64_t from)
{
    ssi_buffer *buffer = buffer_of_b(job);
    if (!buffer)
        return (ssi_kept){0};
    ssi_pack_key key = {.packing = job->packing, .offset = operand_of(job, 1, 0).data - (char *)buffer->data};
    key.packing.from = from;
    return ssi_kept_copy(buffer, &key);
}

/* Packs B, unless there is a copy. For few rows of A a whole copy is read faster than B as it lies, if it is there. */
static void pack_right_operand(contract_job *job)
{
    const ssi_kernel *kernel = job->kernel;
    ssi_kept kept = {0};
    if (job->lying) {
        operand b = operand_of(job, 1, 0);
        job->gemm->pack(job->packed, b.data + job->lying * b.row * (int64_t)job->size, 1, b.row, kernel->n,
                        kernel->k - job->lying);
        return;
    }
    if (job->packing.from && kernel->m <= FEW && (kept = kept_from(job, 0)).data)
        job->packing.from = 0;
    int64_t panels = ssi_packed_columns(&job->packing) / job->gemm->nr;
    if (!panels)
        return;
    if (!kept.data)
        kept = kept_from(job, job->packing.from);
    if (kept.data)
        job->packed = kept.data;
    if (kept.ready) { /* for more rows than one each panel is looked at when it is in cache */
        job->finite = kernel->m == 1 && ssi_kept_is_finite(&kept, buffer_of_b(job), &job->packing);
        return;
    }
    job->packers = panels < job->tasks ? 1 : job->tasks;
    ssi_parallel(job->packers, pack_task, job);
    ssi_kept_done(&kept);
}

/* What of the program's stores overwrites matrices of which there are copies. Transposed ones take whole panels of rows, where tiles are high enough. */
static void find_renewed(contract_job *job)
{
    const ssi_kernel *kernel = job->kernel;
    const ssi_program *program = &kernel->after;
    int64_t unit = job->gemm->nr;
    if (kernel->batch_dims || job->tile_rows < unit || kernel->m < 2 || kernel->n < 2)
        return;
    for (int i = 0; i < program->stores; i++) {
        const ssi_slot *slot = &job->run->plan->slot[program->store[i].slot];
        if (slot->storage != SSI_IN_PLACE || slot->count != kernel->m * kernel->n)
            continue;
        ssi_buffer *buffer = job->run->inputs->leaf[slot->place - (size_t)job->run->plan->nodes]->buffer;
        int count =
            ssi_copies_to_renew(buffer, kernel->m, kernel->n, job->renewed + job->renews, RENEWED - job->renews);
        for (; count--; job->renews++)
            job->renewed[job->renews].matrix = job->run->at[program->store[i].slot];
    }
    if (job->renews) {
        job->tile_rows = job->tile_rows / unit * unit;
        job->row_unit = unit;
    }
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
    find_renewed(&job);
    ssi_parallel(job.tasks, region_task, &job);
}
