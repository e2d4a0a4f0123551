/*
 * execute.c - carrying a plan out: memory first, then kernel after kernel, then the values to their nodes.
 *
 * A run is all or nothing. All memory is taken before the first kernel; kernels that overwrite a surviving buffer come after everything that can fail.
 * A run that failed is repeated one node at a time, to name the node at fault.
 */
#include <string.h>
#include <time.h>

#include "run/execute.h"

/* What a thread keeps between runs, so that a loop touches no fresh memory. */
typedef struct workshop {
    char **at;
    size_t at_places;
    ssi_buffer **result;
    size_t result_places;
    char *memory;
    size_t bytes;
} workshop;

static _Thread_local workshop local;

void ssi_execute_forget(void)
{
    ssi_free(local.at);
    ssi_free(local.result);
    ssi_free(local.memory);
    local = (workshop){0};
}

/* ---- memory ---- */

static bool take_memory(workshop *shop, const ssi_plan *plan, int threads)
{
    size_t bytes = plan->work_bytes + (size_t)threads * plan->scratch + 64;
    if (bytes > shop->bytes) {
        ssi_free(shop->memory);
        shop->bytes = 0;
        if (!(shop->memory = ssi_alloc(bytes)))
            return false;
        shop->bytes = bytes;
    }
    size_t places = 2 * (size_t)plan->slots;
    char **at = places > shop->at_places ? ssi_grow(shop->at, &shop->at_places, places, sizeof *at) : shop->at;
    if (plan->slots && !at)
        return false;
    shop->at = at;
    ssi_buffer **result =
        (size_t)plan->results > shop->result_places
            ? ssi_grow(shop->result, &shop->result_places, (size_t)plan->results, sizeof(ssi_buffer *))
            : shop->result;
    if (plan->results && !result)
        return false;
    shop->result = result;
    for (int i = 0; i < plan->results; i++) {
        const ssi_slot *slot = &plan->slot[plan->result[i]];
        result[i] = ssi_buffer_new((size_t)(slot->count * ssi_item_size((ssi_dtype)slot->dtype)));
        if (!result[i]) {
            while (i--)
                ssi_buffer_release(result[i]);
            return false;
        }
    }
    return true;
}

static void point_at_values(const ssi_run *run, ssi_buffer *const *result)
{
    const ssi_plan *plan = run->plan;
    for (int i = 0; i < plan->leaves; i++) {
        const ssi_tensor *leaf = run->inputs->leaf[i];
        run->at[plan->nodes + i] = (char *)leaf->buffer->data + leaf->offset * ssi_item_size((ssi_dtype)leaf->dtype);
    }
    for (int i = 0; i < plan->nodes; i++) {
        const ssi_slot *slot = &plan->slot[i];
        if (slot->storage == SSI_IN_WORK)
            run->at[i] = run->work + slot->place;
        else if (slot->storage == SSI_IN_RESULT)
            run->at[i] = result[slot->place]->data;
        else if (slot->storage == SSI_IN_PLACE)
            run->at[i] = run->at[slot->place];
        else
            run->at[i] = NULL;
        run->rounded[i] = slot->rounded ? run->work + slot->rounded_place : NULL;
    }
    for (int i = 0; i < plan->views; i++) { /* in order: a view of a view comes after it */
        const ssi_slot *view = &plan->slot[plan->view[i]], *from = &plan->slot[view->input[0]];
        int64_t offset = view->offset;
        for (int axis = 0; axis < view->rank && view->op->code == SSI_VIEW_SLICE; axis++)
            offset += run->inputs->argument[view->argument + axis] * from->stride[axis];
        char *base = run->at[view->input[0]], *rounded = view->base < plan->nodes ? run->rounded[view->input[0]] : NULL;
        run->rounded[plan->view[i]] = rounded ? rounded + offset * (int64_t)sizeof(uint16_t) : NULL;
        run->at[plan->view[i]] = base ? base + offset * ssi_item_size((ssi_dtype)view->dtype) : NULL;
    }
}

/* ---- values to their nodes ---- */

static void hand_out(const ssi_run *run, ssi_buffer *const *result)
{
    const ssi_plan *plan = run->plan;
    for (int i = 0; i < plan->results; i++) {
        const ssi_slot *slot = &plan->slot[plan->result[i]];
        ssi_tensor *node = run->inputs->need->node[plan->result[i]];
        node->buffer = result[i];
        if (slot->permuted)
            node->stride = memcpy(node->stride_room, slot->stride, slot->rank * sizeof *slot->stride);
    }
    for (int i = 0; i < plan->nodes && !plan->keep_all; i++) {
        const ssi_slot *slot = &plan->slot[i];
        ssi_tensor *node = run->inputs->need->node[i];
        if (slot->storage == SSI_IN_PLACE && slot->wanted) {
            ssi_buffer *buffer = run->inputs->leaf[slot->place - (size_t)plan->nodes]->buffer;
            buffer->version++;
            ssi_copies_renewed(buffer);
            node->buffer = ssi_buffer_retain(buffer);
        }
    }
    for (int i = 0; i < plan->views; i++) {
        const ssi_slot *view = &plan->slot[plan->view[i]];
        ssi_tensor *node = run->inputs->need->node[plan->view[i]];
        const ssi_tensor *base = view->base < plan->nodes ? run->inputs->need->node[view->base]
                                                          : run->inputs->leaf[view->base - plan->nodes];
        if (!view->wanted || !base->buffer)
            continue;
        bool fresh = view->base < plan->nodes && plan->slot[view->base].storage == SSI_IN_RESULT;
        node->buffer = fresh ? ssi_buffer_retain_fresh(base->buffer) : ssi_buffer_retain(base->buffer);
        node->offset = (run->at[plan->view[i]] - (char *)base->buffer->data) / ssi_item_size((ssi_dtype)view->dtype);
        for (int axis = 0; axis < view->rank; axis++)
            node->stride_room[axis] = view->stride[axis];
        node->stride = node->stride_room;
    }
}

/* ---- kernels ---- */

typedef struct map_job {
    ssi_run *run;
    const ssi_program *program;
    const ssi_space *space;
    const char *uniform;
    int64_t rows_at_once; /* 0: a row takes several blocks */
    int64_t blocks;
    int tasks;
} map_job;

static void map_task(void *context, int index, int worker)
{
    const map_job *job = context;
    ssi_worker w;
    ssi_start_worker(&w, job->run, job->program, job->space, job->uniform,
                     job->run->scratch + (size_t)worker * job->run->plan->scratch);
    int64_t first = job->blocks * index / job->tasks, last = job->blocks * (index + 1) / job->tasks;
    if (job->rows_at_once) {
        int64_t row = first * job->rows_at_once, end = last * job->rows_at_once;
        end = end < job->space->rows ? end : job->space->rows;
        if (row < end)
            ssi_run_region(&w, row, end - row, 0, job->space->cols);
        return;
    }
    int64_t size = job->program->block, per_row = (job->space->cols + size - 1) / size;
    for (int64_t block = first; block < last; block++) {
        int64_t column = block % per_row * size, left = job->space->cols - column;
        ssi_run_block(&w, block / per_row, 1, column, left < size ? left : size);
    }
}

/* Work below this many element-instructions stays on the caller: waking a thread costs more. */
enum { PARALLEL_FROM = 1 << 15 };

static void run_alone(const map_job *job)
{
    ssi_worker w;
    ssi_start_worker(&w, job->run, job->program, job->space, job->uniform, job->run->scratch);
    ssi_run_region(&w, 0, job->space->rows, 0, job->space->cols);
}

static void run_program(ssi_run *run, const ssi_kernel *kernel, const ssi_program *program, const ssi_space *space)
{
    if (space->rows == 0 || space->cols == 0)
        return;
    char *uniform = run->work + kernel->work_place;
    ssi_prepare_program(run, program, space, uniform);
    map_job job = {.run = run, .program = program, .space = space, .uniform = uniform, .tasks = run->threads};
    if (space->rows * space->cols * (program->instrs + program->loads + 1) < PARALLEL_FROM) {
        run_alone(&job);
        return;
    }
    job.rows_at_once = program->turned || space->at_once > SSI_BAND ? SSI_BAND : space->at_once;
    job.blocks = job.rows_at_once ? (space->rows + job.rows_at_once - 1) / job.rows_at_once
                                  : space->rows * ((space->cols + program->block - 1) / program->block);
    if (job.blocks < run->threads)
        run_alone(&job);
    else
        ssi_parallel(job.tasks, map_task, &job);
}

void ssi_run_map(ssi_run *run, const ssi_kernel *kernel)
{
    if (!kernel->same || run->at[kernel->in[0]] != run->at[kernel->out])
        run_program(run, kernel, &kernel->after, &kernel->space);
}

bool ssi_kernel_work(ssi_plan *plan, ssi_kernel *kernel)
{
    kernel->work_bytes = kernel->before.uniform_bytes > kernel->after.uniform_bytes ? kernel->before.uniform_bytes
                                                                                    : kernel->after.uniform_bytes;
    if (kernel->kind == SSI_KERNEL_REDUCE)
        return ssi_reduce_work(plan, kernel);
    if (kernel->kind == SSI_KERNEL_CONTRACT)
        ssi_contract_work(plan, kernel);
    else if (kernel->kind == SSI_KERNEL_CALL)
        ssi_call_memory(plan, kernel);
    return true;
}

static void run_kernel(ssi_run *run, const ssi_kernel *kernel)
{
    switch (kernel->kind) {
    case SSI_KERNEL_MAP:
        ssi_run_map(run, kernel);
        break;
    case SSI_KERNEL_REDUCE:
        ssi_run_reduce(run, kernel);
        if (kernel->after.stores)
            run_program(run, kernel, &kernel->after, &kernel->after_space);
        break;
    case SSI_KERNEL_CONTRACT:
        ssi_run_contract(run, kernel);
        break;
    case SSI_KERNEL_GATHER:
    case SSI_KERNEL_SCATTER:
        ssi_run_index(run, kernel);
        break;
    case SSI_KERNEL_CALL:
        ssi_run_call(run, kernel);
        break;
    }
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int ssi_execute(ssi_plan *plan, const ssi_inputs *inputs)
{
    int threads = ssi_threads();
    workshop *shop = &local;
    if (!take_memory(shop, plan, threads))
        return ssi_failed() ? ssi_error_peek()->code : SSI_NO_MEMORY;
    ssi_run run = {.plan = plan,
                   .inputs = inputs,
                   .at = shop->at,
                   .rounded = shop->at + plan->slots,
                   .work = shop->memory,
                   .threads = threads,
                   .scratch = shop->memory + plan->work_bytes};
    point_at_values(&run, shop->result);
    bool explain = ssi_explaining(), failed_before = ssi_failed();
    for (int k = 0; k < plan->kernels; k++) {
        ssi_kernel *kernel = &plan->kernel[k];
        double start = explain ? now() : 0;
        run_kernel(&run, kernel);
        if (explain) {
            kernel->seconds += now() - start;
            kernel->runs++;
        }
        int failed = kernel->checks ? atomic_load(&run.failed) : SSI_OK;
        if (failed != SSI_OK) {
            for (int i = 0; i < plan->results; i++)
                ssi_buffer_release(shop->result[i]);
            if (!failed_before) /* what a routine said, which knows neither the function that was called nor the line */
                ssi_error_take(NULL);
            return ssi_diagnose(inputs->need, failed);
        }
    }
    if (plan->streams) /* see stream.c: this thread's part is there, too, before a plain store of the caller's tells another thread so */
        (void)atomic_exchange(&run.failed, SSI_OK);
    hand_out(&run, shop->result);
    if (explain)
        ssi_explain(plan);
    return SSI_OK;
}
