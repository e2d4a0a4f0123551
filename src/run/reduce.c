/*
 * reduce.c - long reductions: along rows of more than a block, or across rows.
 *
 * The order of a sum follows from the shape alone. Its smallest unit is a block of at most 512 elements of a row, folded to one (along), or eight
 * rows added one after another (across). Units are joined in pairs, pairs in pairs, as a binary counter counts; so the error of a
 * sum grows with the logarithm of its length. Sixty-four units make a piece; pieces may be computed by different threads, and because 64 is a
 * power of two joining pieces continues the same tree.
 */
#include <string.h>

#include "run/execute.h"

enum { PIECE = 64, ROWS_PER_UNIT = 8, LEVELS = 48 };

typedef struct reduce_job {
    ssi_run *run;
    const ssi_kernel *kernel;
    const char *uniform;
    char *partial;
    int64_t chunks;        /* blocks across the width */
    int64_t outputs;       /* accumulators: kept rows (along), kept rows times chunks (across) */
    int64_t units, pieces; /* per accumulator */
    int64_t width;         /* elements of an accumulator, at most */
    size_t size;           /* bytes of an element */
    bool find;
} reduce_job;

static void describe(const ssi_kernel *kernel, reduce_job *job)
{
    const ssi_fold_order *order = &kernel->order;
    job->chunks = (order->width + SSI_BLOCK - 1) / SSI_BLOCK;
    job->width = order->along ? 1 : order->width < SSI_BLOCK ? order->width : SSI_BLOCK;
    job->outputs = order->along ? order->kept_rows : order->kept_rows * job->chunks;
    job->units =
        order->along ? order->folded_rows * job->chunks : (order->folded_rows + ROWS_PER_UNIT - 1) / ROWS_PER_UNIT;
    job->pieces = (job->units + PIECE - 1) / PIECE;
    job->size = ssi_dtype_size((ssi_dtype)kernel->fold.dtype);
    job->find = kernel->fold.code >= SSI_REDUCE_ARGMIN;
}

/* An accumulator in memory: its values, and behind them, for argmin and argmax, their positions. */
static size_t accumulator_bytes(const reduce_job *job)
{
    return ((size_t)job->width * (job->size + (job->find ? sizeof(int64_t) : 0)) + 63) / 64 * 64;
}

static int64_t *positions(const reduce_job *job, char *accumulator)
{
    return (int64_t *)(void *)(accumulator + ((size_t)job->width * job->size + 7) / 8 * 8);
}

void ssi_reduce_work(const ssi_plan *plan, ssi_kernel *kernel)
{
    (void)plan;
    reduce_job job;
    describe(kernel, &job);
    kernel->work_bytes = (kernel->work_bytes + 63) / 64 * 64;
    if (job.pieces > 1)
        kernel->work_bytes += (size_t)(job.outputs * job.pieces) * (accumulator_bytes(&job) + 64);
    kernel->scratch = (kernel->scratch + 63) / 64 * 64 + (LEVELS + 2) * (accumulator_bytes(&job) + 64) + 3 * SSI_BLOCK;
}

/* ---- joining ---- */

static ssi_map_routine *routine(const reduce_job *job, ssi_map_code code, ssi_dtype dtype)
{
    return job->run->plan->backend->map[code][dtype][SSI_VV];
}

/* a = a joined with b, a's elements coming first. */
static void join(const reduce_job *job, char *a, char *b, int64_t n, uint8_t *mask)
{
    static const ssi_map_code code[] = {SSI_MAP_ADD, SSI_MAP_MUL, SSI_MAP_MIN, SSI_MAP_MAX};
    ssi_dtype dtype = (ssi_dtype)job->kernel->fold.dtype;
    if (!job->find) {
        routine(job, code[job->kernel->fold.code], dtype)(a, a, b, NULL, (size_t)n);
        return;
    }
    bool largest = job->kernel->fold.code == SSI_REDUCE_ARGMAX;
    uint8_t *better = mask, *b_nan = mask + SSI_BLOCK, *a_nan = mask + 2 * SSI_BLOCK;
    routine(job, SSI_MAP_LT, dtype)(better, largest ? a : b, largest ? b : a, NULL, (size_t)n);
    routine(job, SSI_MAP_NE, dtype)(b_nan, b, b, NULL, (size_t)n);
    routine(job, SSI_MAP_NE, dtype)(a_nan, a, a, NULL, (size_t)n);
    for (int64_t i = 0; i < n; i++)
        better[i] = !a_nan[i] && (better[i] || b_nan[i]);
    routine(job, SSI_MAP_WHERE, dtype)(a, better, b, a, (size_t)n);
    routine(job, SSI_MAP_WHERE, SSI_I64)(positions(job, a), better, positions(job, b), positions(job, a), (size_t)n);
}

/* A binary counter of accumulators: level k holds 2^k joined units. */
typedef struct counter {
    const reduce_job *job;
    char *level;
    size_t bytes;
    uint64_t count;
    uint8_t *mask;
} counter;

static void push(counter *c, char *unit, int64_t n)
{
    char *carry = unit;
    int k = 0;
    for (; c->count >> k & 1; k++) {
        join(c->job, c->level + (size_t)k * c->bytes, carry, n, c->mask);
        carry = c->level + (size_t)k * c->bytes;
    }
    memcpy(c->level + (size_t)k * c->bytes, carry, c->bytes);
    c->count++;
}

/* Joins what is left, latest first, into the earliest. */
static char *total(counter *c, int64_t n)
{
    char *sum = NULL;
    for (int k = 0; c->count >> k; k++) {
        if (!(c->count >> k & 1))
            continue;
        char *level = c->level + (size_t)k * c->bytes;
        if (sum)
            join(c->job, level, sum, n, c->mask);
        sum = level;
    }
    return sum;
}

/* ---- units ---- */

/* Row of the program's space for a kept and a folded position. */
static int64_t row_of(const ssi_fold_order *order, int64_t kept, int64_t folded)
{
    int64_t row = 0, step = 1;
    for (int g = order->groups - 1; g >= 0; g--) {
        int64_t *index = order->folded[g] ? &folded : &kept;
        row += *index % order->size[g] * step;
        *index /= order->size[g];
        step *= order->size[g];
    }
    return row;
}

static void unit_along(const reduce_job *job, ssi_worker *w, int64_t output, int64_t unit, char *to)
{
    const ssi_fold_order *order = &job->kernel->order;
    const ssi_backend *backend = job->run->plan->backend;
    int64_t folded = unit / job->chunks, column = unit % job->chunks * SSI_BLOCK;
    int64_t left = order->width - column, n = left < SSI_BLOCK ? left : SSI_BLOCK;
    ssi_run_block(w, row_of(order, output, folded), 1, column, n);
    const void *block = w->at[job->kernel->fold.value];
    if (job->find) {
        int code = job->kernel->fold.code - SSI_REDUCE_ARGMIN;
        backend->find[code][job->kernel->fold.dtype](positions(job, to), to, block, 1, (size_t)n);
        *positions(job, to) += folded * order->width + column;
    } else {
        backend->fold[job->kernel->fold.code][job->kernel->fold.dtype](to, block, 1, (size_t)n);
    }
}

static void unit_across(const reduce_job *job, ssi_worker *w, int64_t output, int64_t unit, char *to, char *row_value,
                        uint8_t *mask)
{
    const ssi_fold_order *order = &job->kernel->order;
    int64_t kept = output / job->chunks, column = output % job->chunks * SSI_BLOCK;
    int64_t left = order->width - column, n = left < SSI_BLOCK ? left : SSI_BLOCK;
    for (int64_t i = 0; i < ROWS_PER_UNIT && unit * ROWS_PER_UNIT + i < order->folded_rows; i++) {
        int64_t folded = unit * ROWS_PER_UNIT + i;
        ssi_run_block(w, row_of(order, kept, folded), 1, column, n);
        char *from = w->at[job->kernel->fold.value], *into = i ? row_value : to;
        if (i == 0 || job->find) { /* a row needs its positions behind it to be joined */
            memcpy(into, from, (size_t)n * job->size);
            from = into;
        }
        if (job->find)
            ssi_copy_elements(positions(job, into), 1, &folded, 0, n, sizeof folded);
        if (i)
            join(job, to, from, n, mask);
    }
}

/* ---- tasks ---- */

static void store_result(const reduce_job *job, int64_t output, char *accumulator)
{
    const ssi_kernel *kernel = job->kernel;
    const ssi_fold_order *order = &kernel->order;
    int64_t first = output, n = 1;
    if (!order->along) {
        int64_t column = output % job->chunks * SSI_BLOCK;
        first = output / job->chunks * order->width + column;
        n = order->width - column < SSI_BLOCK ? order->width - column : SSI_BLOCK;
    }
    size_t size = job->find ? sizeof(int64_t) : job->size;
    memcpy(job->run->at[kernel->fold.slot] + first * (int64_t)size,
           job->find ? (char *)positions(job, accumulator) : accumulator, (size_t)n * size);
}

static char *partial_of(const reduce_job *job, int64_t output, int64_t piece)
{
    return job->partial + (size_t)(output * job->pieces + piece) * accumulator_bytes(job);
}

static int64_t width_of(const reduce_job *job, int64_t output)
{
    if (job->kernel->order.along)
        return 1;
    int64_t left = job->kernel->order.width - output % job->chunks * SSI_BLOCK;
    return left < SSI_BLOCK ? left : SSI_BLOCK;
}

static void piece_task(void *context, int index, int worker)
{
    const reduce_job *job = context;
    int64_t items = job->outputs * job->pieces;
    int tasks = items < job->run->threads ? (int)items : job->run->threads;
    size_t bytes = accumulator_bytes(job);
    char *scratch = job->run->scratch + (size_t)worker * job->run->plan->scratch;
    ssi_worker w;
    ssi_start_worker(&w, job->run, &job->kernel->before, &job->kernel->space, job->uniform, scratch);
    char *own = scratch + (job->kernel->before.scratch > job->kernel->after.scratch ? job->kernel->before.scratch
                                                                                    : job->kernel->after.scratch);
    own = scratch + ((size_t)(own - scratch) + 63) / 64 * 64;
    char *unit_value = own, *row_value = own + bytes;
    counter c = {.job = job, .level = own + 2 * bytes, .bytes = bytes};
    c.mask = (uint8_t *)own + (LEVELS + 2) * bytes;
    for (int64_t item = items * index / tasks; item < items * (index + 1) / tasks; item++) {
        int64_t output = item / job->pieces, piece = item % job->pieces, n = width_of(job, output);
        c.count = 0;
        for (int64_t unit = piece * PIECE; unit < job->units && unit < (piece + 1) * PIECE; unit++) {
            if (job->kernel->order.along)
                unit_along(job, &w, output, unit, unit_value);
            else
                unit_across(job, &w, output, unit, unit_value, row_value, c.mask);
            push(&c, unit_value, n);
        }
        char *sum = total(&c, n);
        if (job->pieces == 1)
            store_result(job, output, sum);
        else
            memcpy(partial_of(job, output, piece), sum, bytes);
    }
}

/* Joins the pieces of each output, continuing the tree. */
static void join_pieces(const reduce_job *job)
{
    size_t bytes = accumulator_bytes(job);
    char *own = job->run->scratch;
    counter c = {.job = job, .level = own, .bytes = bytes, .mask = (uint8_t *)own + LEVELS * bytes};
    for (int64_t output = 0; output < job->outputs; output++) {
        int64_t n = width_of(job, output);
        c.count = 0;
        for (int64_t piece = 0; piece < job->pieces; piece++)
            push(&c, partial_of(job, output, piece), n);
        store_result(job, output, total(&c, n));
    }
}

void ssi_run_reduce(ssi_run *run, const ssi_kernel *kernel)
{
    reduce_job job = {.run = run, .kernel = kernel};
    describe(kernel, &job);
    if (job.outputs == 0)
        return;
    char *uniform = run->work + kernel->work_place;
    size_t uniform_bytes = kernel->before.uniform_bytes > kernel->after.uniform_bytes ? kernel->before.uniform_bytes
                                                                                      : kernel->after.uniform_bytes;
    job.uniform = uniform;
    job.partial = uniform + (uniform_bytes + 63) / 64 * 64;
    ssi_prepare_program(run, &kernel->before, &kernel->space, uniform);
    int64_t items = job.outputs * job.pieces;
    if (items < run->threads ||
        kernel->space.rows * kernel->space.cols < 1 << 14) { /* tasks share items evenly, so one task is all of them */
        int threads = run->threads;
        run->threads = 1;
        piece_task(&job, 0, 0);
        run->threads = threads;
    } else {
        ssi_parallel(run->threads, piece_task, &job);
    }
    if (job.pieces > 1)
        join_pieces(&job);
}
