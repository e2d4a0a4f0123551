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
 *                                                                can change a bit of the result. Of a matrix by itself, turned,
 *                                                                what lies below the diagonal is what lies above it.
 *
 * From the call to the multiply-add: ssi_run_contract shares the work; region_task, on each thread, multiply_region tile by tile; multiply and multiply_steps
 * k block by k block; then gemm->multiply, of one core (cpu/gemm.isa.c), which leaves out steps at which A is zero (cpu/gemm_zeros.h). How operands are made
 * ready is operand.c's, the packed form pack.c's, copies that stay are keep.c's.
 */
#include <string.h>

#include "run/operand.h"

void ssi_contract_work(const ssi_plan *plan, ssi_kernel *kernel)
{
    contract_job job;
    ssi_describe_product(plan, kernel, &job);
    kernel->work_bytes = ssi_whole_lines(kernel->after.uniform_bytes) + ssi_whole_lines(kernel->before.uniform_bytes);
    size_t own_b = 0;
    if (kernel->batch == 1)
        kernel->work_bytes += job.lying_steps ? (size_t)((kernel->k - job.lying_steps) * job.gemm->nr) * job.size + 64
                                              : ssi_packed_bytes(&job.packing);
    else
        own_b = ssi_whole_lines(ssi_packed_bytes(&job.packing));
    kernel->scratch = ssi_whole_lines(kernel->scratch) + ssi_packed_left_bytes(&job, kernel) + ssi_tile_bytes(&job) +
                      ssi_made_left_bytes(&job, kernel) + own_b;
}

/* ---- tiles ---- */

/* One k block, steps [q, q + steps) of the panels: columns of B as they lie, then packed ones. */
static void multiply_steps(const contract_job *job, char *c, int64_t stride, const left_operand *a, const operand *b,
                           const char *packed, int64_t rows, int64_t column, int64_t columns, int64_t q, int64_t steps)
{
    int64_t nr = job->gemm->nr, size = (int64_t)job->size, lying = job->packing.from - column;
    ssi_panels left = ssi_left_panels(job, a, rows, q, steps);
    lying = lying < 0 ? 0 : lying < columns ? lying : columns;
    if (lying > 0) {
        ssi_panels lies = {b->data + (q * b->row + column) * size, nr, b->row, 1, false};
        job->gemm->multiply(c, stride, &left, &lies, rows, lying, steps, q > 0);
    }
    if (lying < columns) {
        int64_t before = ssi_packed_columns(&job->packing) * q + (column + lying - job->packing.from) * steps;
        ssi_panels panels = ssi_packed(job->gemm, packed + before * size, steps);
        panels.finite = job->finite;
        int64_t most = steps * job->gemm->together, more = job->kernel->k - q * job->gemm->together;
        if (job->unrounded)
            job->gemm->multiply_lying(c, stride, &left, &panels, rows, columns, most < more ? most : more, q > 0,
                                      a->packed);
        else
            job->gemm->multiply(c + lying * size, stride, &left, &panels, rows, columns - lying, steps, q > 0);
    }
}

/* All of the rows that are ready by all columns of a B of which `lying_steps` are multiplied as they lie. */
static void multiply_long(const contract_job *job, char *c, const left_operand *a, const operand *b, int64_t rows)
{
    int64_t block = job->packing.k_block, k = job->kernel->k, n = job->kernel->n;
    for (int64_t q = 0, steps; q < k; q += steps) {
        int64_t end = q < job->lying_steps ? job->lying_steps : k;
        steps = q + block < end ? block : end - q;
        ssi_panels left = ssi_left_panels(job, a, rows, q, steps);
        ssi_panels right = {b->data + q * b->row * (int64_t)job->size, job->gemm->nr, b->row, 1, false};
        if (q >= job->lying_steps)
            right = ssi_packed(job->gemm, job->packed, steps);
        job->gemm->multiply(c, n, &left, &right, rows, n, steps, q > 0);
    }
}

/* All of the rows that are ready by columns [column, column + columns). */
static void multiply(const contract_job *job, char *c, int64_t stride, const left_operand *a, const operand *b,
                     const char *packed_b, int64_t rows, int64_t column, int64_t columns)
{
    const ssi_packing *p = &job->packing;
    int64_t all = ssi_panel_steps(p, p->k), block = ssi_panel_steps(p, p->k_block), q = 0;
    if (job->lying_steps) {
        multiply_long(job, c, a, b, rows);
        return;
    }
    do {
        int64_t steps = q + block < all ? block : all - q;
        multiply_steps(job, c, stride, a, b, packed_b, rows, column, columns, q, steps);
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
static void multiply_region(const contract_job *job, ssi_worker *w, left_operand *a, const operand *b,
                            const char *packed_b, int64_t batch, int64_t row, int64_t end, int64_t column, int64_t last)
{
    const ssi_kernel *kernel = job->kernel;
    char *tile = a->packed + ssi_packed_left_bytes(job, kernel);
    int64_t tiles = job->one_tile ? 1 : (end - row + job->tile_rows - 1) / job->tile_rows,
            height = tiles ? ssi_round_up((end - row + tiles - 1) / tiles, job->row_unit) : 0;
    for (; row < end; row += height) {
        int64_t rows = end - row < height ? end - row : height;
        ssi_make_left_ready(job, a, row, rows);
        for (int64_t at = column; at < last; at += job->tile_columns) {
            int64_t columns = last - at < job->tile_columns ? last - at : job->tile_columns;
            int64_t first_row = batch * kernel->m + row;
            if (kernel->plain) {
                char *c = job->run->at[kernel->after.store[0].slot] + (first_row * kernel->n + at) * (int64_t)job->size;
                multiply(job, c, kernel->n, a, b, packed_b, rows, at, columns);
                continue;
            }
            char *c = kernel->tile >= 0 && columns == kernel->n
                          ? job->run->at[kernel->tile] + first_row * kernel->n * (int64_t)job->size
                          : tile;
            multiply(job, c, columns, a, b, packed_b, rows, at, columns);
            w->tile = c;
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
    return scratch + ssi_whole_lines(before > after ? before : after);
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
    operand b = ssi_operand_of(job, 1, 0);
    int64_t first = p->from + part(p->n - p->from, p->gemm->nr, index, job->packers),
            last = p->from + part(p->n - p->from, p->gemm->nr, index + 1, job->packers);
    if (first < last)
        ssi_pack_part(p, job->packed, b.data, first, last, 0, p->k);
}

/* Copies rows [row, end) of C, from column `end` on, to where their mirror image is. */
static void mirror(const contract_job *job, int64_t row, int64_t end)
{
    int64_t n = job->kernel->n, size = (int64_t)job->size;
    char *c = job->run->at[job->kernel->after.store[0].slot];
    if (end < n)
        job->run->plan->backend->turn(c + (end * n + row) * size, n, c + (row * n + end) * size, n, n - end, end - row,
                                      job->size, false);
}

static void region_task(void *context, int index, int worker)
{
    const contract_job *job = context;
    const ssi_kernel *kernel = job->kernel;
    int64_t of = job->split_columns ? kernel->n : kernel->m;
    int64_t unit = job->split_columns ? job->gemm->nr : kernel->mirrored ? job->mirrored_rows : job->row_unit;
    int64_t first = part(of, unit, index, job->tasks), last = part(of, unit, index + 1, job->tasks);
    ssi_worker w;
    char *scratch = start(job, &w, worker);
    left_operand a = ssi_left_of(job, 0, scratch);
    operand b = ssi_operand_of(job, 1, 0);
    ssi_worker maker;
    if (first >= last)
        return;
    if (kernel->left >= 0) { /* its registers are those of the program after the product: the two take turns */
        ssi_start_worker(&maker, job->run, &kernel->before, &kernel->left_space,
                         job->uniform + ssi_whole_lines(kernel->after.uniform_bytes), w.scratch);
        a.maker = &maker;
    }
    if (job->split_columns)
        multiply_region(job, &w, &a, &b, job->packed, 0, 0, kernel->m, first, last);
    else
        multiply_region(job, &w, &a, &b, job->packed, 0, first, last, kernel->mirrored ? first : 0, kernel->n);
    if (kernel->mirrored)
        mirror(job, first, last);
}

static void batch_task(void *context, int index, int worker)
{
    const contract_job *job = context;
    const ssi_kernel *kernel = job->kernel;
    ssi_worker w;
    char *scratch = start(job, &w, worker);
    char *packed =
        scratch + ssi_packed_left_bytes(job, kernel) + ssi_tile_bytes(job) + ssi_made_left_bytes(job, kernel);
    for (int64_t batch = kernel->batch * index / job->tasks; batch < kernel->batch * (index + 1) / job->tasks;
         batch++) {
        left_operand a = ssi_left_of(job, batch, scratch);
        operand b = ssi_operand_of(job, 1, batch);
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
    ssi_pack_key key = {.packing = job->packing, .offset = ssi_operand_of(job, 1, 0).data - (char *)buffer->data};
    key.packing.from = from;
    return ssi_kept_copy(buffer, &key);
}

/* Work that is done before a thread could be told of it: few multiply-adds, and for a single row little of B to read. */
static bool is_small(const ssi_kernel *kernel)
{
    enum { MULTIPLY_ADDS = 1 << 17, READ = 1 << 15 };
    return kernel->batch * kernel->m * kernel->n * (kernel->k + 16) < (kernel->m == 1 ? READ : MULTIPLY_ADDS);
}

/* The copy of B to use, if there is one or it is to be made: of the columns that are not used as they lie. Or of all of B, which is read faster, panel after panel,
 * but is more to pack: for few rows of A, when reading B is what takes the time; and for weights that stay, as the other copy tells. */
static ssi_kept copy_of_b(contract_job *job)
{
    const bool all = job->kernel->m <= FEW_ROWS || job->packing.from == 0;
    const bool packs = ssi_packed_columns(&job->packing) > 0 || !is_small(job->kernel);
    ssi_kept rest = {0}, whole = {0};
    if (!all && packs)
        rest = kept_from(job, job->packing.from);
    if (all || rest.again)
        whole = kept_from(job, 0);
    if (!whole.data)
        return rest;
    job->packing.from = 0;
    return whole;
}

/* Packs B, unless there is a copy. */
static void pack_right_operand(contract_job *job)
{
    const ssi_kernel *kernel = job->kernel;
    if (job->lying_steps) {
        operand b = ssi_operand_of(job, 1, 0);
        job->gemm->pack(job->packed, b.data + job->lying_steps * b.row * (int64_t)job->size, 1, b.row, kernel->n,
                        kernel->k - job->lying_steps);
        return;
    }
    ssi_kept kept = copy_of_b(job);
    int64_t panels = ssi_packed_columns(&job->packing) / job->gemm->nr;
    if (kept.data)
        job->packed = kept.data;
    if (kept.ready) { /* for more rows than one, used for the first time, each panel is looked at when it is in cache */
        job->finite = (kernel->m == 1 || kept.again) && ssi_kept_is_finite(&kept, buffer_of_b(job), &job->packing);
        return;
    }
    job->packers = panels < job->tasks ? 1 : job->tasks;
    if (panels)
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
        if (slot->storage != SSI_IN_PLACE || program->store[i].rounded || slot->count != kernel->m * kernel->n)
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

void ssi_run_contract(ssi_run *run, const ssi_kernel *kernel)
{
    contract_job job = {.run = run, .kernel = kernel};
    ssi_describe_product(run->plan, kernel, &job);
    if (kernel->batch * kernel->m * kernel->n == 0)
        return;
    char *work = run->work + kernel->work_place;
    job.uniform = work;
    ssi_prepare_program(run, &kernel->after, &kernel->space, work);
    if (kernel->left >= 0)
        ssi_prepare_program(run, &kernel->before, &kernel->left_space,
                            work + ssi_whole_lines(kernel->after.uniform_bytes));
    job.tasks = is_small(kernel) ? 1 : run->threads;
    if (kernel->batch > 1) {
        ssi_parallel(job.tasks, batch_task, &job);
        return;
    }
    job.packed = work + ssi_whole_lines(kernel->after.uniform_bytes) + ssi_whole_lines(kernel->before.uniform_bytes);
    job.split_columns = kernel->m < (int64_t)job.tasks * job.gemm->mr;
    pack_right_operand(&job);
    find_renewed(&job);
    if (kernel->mirrored) { /* tasks of few rows, the shorter the further down: whoever is free takes the next */
        enum { ROWS = 64 };
        job.split_columns = false;
        job.mirrored_rows = ssi_round_up(ROWS, job.gemm->nr);
        job.tasks = (int)((kernel->m + job.mirrored_rows - 1) / job.mirrored_rows);
    }
    ssi_parallel(job.tasks, region_task, &job);
}
