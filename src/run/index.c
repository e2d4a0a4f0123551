/*
 * index.c - gathering rows by index, and adding rows to where an index says.
 */
#include <string.h>

#include "run/execute.h"

typedef struct index_job {
    ssi_run *run;
    const ssi_kernel *kernel;
    int64_t indices, row; /* how many; elements of a row */
    size_t size;
    int tasks;
} index_job;

static int64_t offset_in(const ssi_slot *slot, int first, int64_t position)
{
    int64_t offset = 0;
    for (int d = slot->rank - 1; d >= first; d--) {
        offset += position % slot->shape[d] * slot->stride[d];
        position /= slot->shape[d];
    }
    return offset;
}

/* The axes from `first` on, when they lie one after another. */
static bool dense_from(const ssi_slot *slot, int first)
{
    int64_t step = 1;
    for (int d = slot->rank - 1; d >= first; d--) {
        if (slot->shape[d] != 1 && slot->stride[d] != step)
            return false;
        step *= slot->shape[d];
    }
    return true;
}

static void copy_row(const ssi_slot *slot, int first, const char *from, char *to, int64_t elements, size_t size)
{
    if (dense_from(slot, first)) {
        memcpy(to, from, (size_t)elements * size);
        return;
    }
    for (int64_t i = 0; i < elements; i++)
        memcpy(to + i * (int64_t)size, from + offset_in(slot, first, i) * (int64_t)size, size);
}

int64_t ssi_index_at(ssi_run *run, int32_t slot, int64_t i, int64_t n)
{
    int64_t at = ssi_get_i64(run->at[slot], SSI_I64, offset_in(&run->plan->slot[slot], 0, i));
    at += at < 0 ? n : 0;
    if (at >= 0 && at < n)
        return at;
    atomic_store(&run->failed, SSI_RANGE);
    return -1;
}

/* `size` is a constant where this is called. */
static inline int64_t take_rows(char *d, const char *x, int64_t step, int64_t n, const int64_t *index, int64_t count,
                                size_t size)
{
    for (int64_t i = 0; i < count; i++) {
        int64_t at = index[i] + (index[i] < 0 ? n : 0);
        if ((uint64_t)at >= (uint64_t)n)
            return i;
        memcpy(d + i * (int64_t)size, x + at * step, size);
    }
    return count;
}

int64_t ssi_take_rows(void *d, const void *x, int64_t step, int64_t n, const int64_t *index, int64_t count, size_t size)
{
    switch (size) {
    case 1:
        return take_rows(d, x, step, n, index, count, 1);
    case 4:
        return take_rows(d, x, step, n, index, count, 4);
    case 8:
        return take_rows(d, x, step, n, index, count, 8);
    default:
        return take_rows(d, x, step, n, index, count, size);
    }
}

/* Indices from the i-th on, `most` or what fits the room, one after another. */
static const int64_t *some_indices(const index_job *job, int64_t i, int64_t most, int64_t room[SSI_BLOCK],
                                   int64_t *count)
{
    const ssi_slot *slot = &job->run->plan->slot[job->kernel->in[1]];
    const int64_t *index = (const int64_t *)(void *)job->run->at[job->kernel->in[1]];
    *count = most;
    if (dense_from(slot, 0))
        return index + i;
    *count = most < SSI_BLOCK ? most : SSI_BLOCK;
    for (int64_t k = 0; k < *count; k++)
        room[k] = index[slot->rank == 1 ? (i + k) * slot->stride[0] : offset_in(slot, 0, i + k)];
    return room;
}

static void gather_task(void *context, int index, int worker)
{
    (void)worker;
    const index_job *job = context;
    const ssi_slot *x = &job->run->plan->slot[job->kernel->in[0]];
    char *from = job->run->at[job->kernel->in[0]], *to = job->run->at[job->kernel->out];
    int64_t first = job->indices * index / job->tasks, last = job->indices * (index + 1) / job->tasks;
    int64_t bytes = job->row * (int64_t)job->size, step = x->stride[0] * (int64_t)job->size;
    if (dense_from(x, 1)) {
        int64_t room[SSI_BLOCK], count;
        for (int64_t i = first; i < last; i += count) {
            const int64_t *asked = some_indices(job, i, last - i, room, &count);
            if (ssi_take_rows(to + i * bytes, from, step, x->shape[0], asked, count, (size_t)bytes) < count) {
                atomic_store(&job->run->failed, SSI_RANGE);
                return;
            }
        }
        return;
    }
    for (int64_t i = first; i < last; i++) {
        int64_t at = ssi_index_at(job->run, job->kernel->in[1], i, x->shape[0]);
        if (at < 0)
            return;
        copy_row(x, 1, from + at * step, to + i * bytes, job->row, job->size);
    }
}

/* One thread, in order of the index: rows may meet. */
static void scatter(const index_job *job)
{
    const ssi_plan *plan = job->run->plan;
    const ssi_slot *x = &plan->slot[job->kernel->in[0]], *rows = &plan->slot[job->kernel->in[2]],
                   *out = &plan->slot[job->kernel->out];
    const ssi_slot *index = &plan->slot[job->kernel->in[1]];
    char *to = job->run->at[job->kernel->out];
    ssi_map_routine *add = ssi_map_of(plan->backend, SSI_MAP_ADD, out->dtype, SSI_VV);
    copy_row(x, 0, job->run->at[job->kernel->in[0]], to, x->count, job->size);
    char block[SSI_BLOCK * 8];
    for (int64_t i = 0; i < job->indices && job->row; i++) {
        int64_t at = ssi_index_at(job->run, job->kernel->in[1], i, x->shape[0]);
        if (at < 0)
            return;
        const char *from = job->run->at[job->kernel->in[2]] + offset_in(rows, 0, i * job->row) * (int64_t)job->size;
        for (int64_t first = 0; first < job->row; first += SSI_BLOCK) {
            int64_t n = job->row - first < SSI_BLOCK ? job->row - first : SSI_BLOCK;
            for (int64_t k = 0; k < n; k++)
                memcpy(block + k * (int64_t)job->size,
                       from + offset_in(rows, index->rank, first + k) * (int64_t)job->size, job->size);
            char *d = to + (at * job->row + first) * (int64_t)job->size;
            add(d, d, block, NULL, (size_t)n);
        }
    }
}

void ssi_run_index(ssi_run *run, const ssi_kernel *kernel)
{
    const ssi_slot *x = &run->plan->slot[kernel->in[0]], *index = &run->plan->slot[kernel->in[1]];
    index_job job = {
        .run = run, .kernel = kernel, .indices = index->count, .size = ssi_dtype_size((ssi_dtype)x->dtype), .tasks = 1};
    job.row = 1;
    for (int d = 1; d < x->rank; d++)
        job.row *= x->shape[d];
    if (kernel->kind == SSI_KERNEL_SCATTER) {
        scatter(&job);
        return;
    }
    if (job.indices * job.row < 1 << 15) {
        gather_task(&job, 0, 0);
    } else {
        job.tasks = run->threads;
        ssi_parallel(job.tasks, gather_task, &job);
    }
}
