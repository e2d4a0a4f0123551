/*
 * call.c - operations that run alone, by a function over whole units: scans, sorts, searches, decompositions.
 *
 * Units are independent, so threads take ranges of them; results cannot depend on who took which.
 */
#include "run/execute.h"

static void view_of_slot(const ssi_slot *slot, void *data, ssi_view *view)
{
    *view = (ssi_view){.data = data, .dtype = (ssi_dtype)slot->dtype, .rank = slot->rank};
    for (int i = 0; i < slot->rank; i++) {
        view->shape[i] = slot->shape[i];
        view->stride[i] = slot->stride[i];
    }
}

/* A call with the views that it shows to its routine. */
typedef struct call_job {
    ssi_run *run;
    ssi_call call;
    ssi_call_routine *routine;
    ssi_view out, in[3];
    int64_t units;
    int tasks;
} call_job;

static void make_job(call_job *job, const ssi_plan *plan, const ssi_kernel *kernel, char **at)
{
    const ssi_slot *y = &plan->slot[kernel->out];
    view_of_slot(y, at ? at[kernel->out] : NULL, &job->out);
    for (int i = 0; i < y->inputs; i++)
        view_of_slot(&plan->slot[kernel->in[i]], at ? at[kernel->in[i]] : NULL, &job->in[i]);
    job->call =
        (ssi_call){.op = y->op, .attribute = y->attribute, .out = &job->out, .in = job->in, .inputs = y->inputs};
    ssi_call_routine *fast = plan->backend->call[y->op->code];
    job->routine = fast ? fast : y->op->call;
    job->units = ssi_call_units(&job->call);
}

static void call_task(void *context, int index, int worker)
{
    call_job *job = context;
    int64_t first = job->units * index / job->tasks, last = job->units * (index + 1) / job->tasks;
    void *work = job->run->scratch + (size_t)worker * job->run->plan->scratch;
    int status = first < last ? job->routine(&job->call, first, last, work) : SSI_OK;
    if (status != SSI_OK)
        atomic_store(&job->run->failed, status);
}

/* Work on fewer elements than this stays on the caller. */
enum { PARALLEL_FROM = 1 << 14 };

void ssi_run_call(ssi_run *run, const ssi_kernel *kernel)
{
    const ssi_slot *y = &run->plan->slot[kernel->out];
    call_job job = {.run = run};
    make_job(&job, run->plan, kernel, run->at);
    job.call.argument = run->inputs->argument ? run->inputs->argument + y->argument : NULL;
    int64_t elements = y->count;
    for (int i = 0; i < y->inputs; i++)
        elements += run->plan->slot[kernel->in[i]].count;
    job.tasks = elements < PARALLEL_FROM ? 1 : run->threads;
    if (job.tasks > job.units)
        job.tasks = job.units ? (int)job.units : 1;
    if (job.tasks == 1)
        call_task(&job, 0, 0);
    else
        ssi_parallel(job.tasks, call_task, &job);
}

void ssi_call_memory(const ssi_plan *plan, ssi_kernel *kernel)
{
    call_job job = {0};
    make_job(&job, plan, kernel, NULL);
    kernel->scratch = job.call.op->work ? job.call.op->work(&job.call) : 0;
}
