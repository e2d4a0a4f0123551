/*
 * explain.c - SSI_EXPLAIN=1: what a plan does, kernel by kernel, with its time, arithmetic and traffic, and how near that is to what the machine can do.
 */
#include <stdlib.h>
#include <string.h>

#include "run/execute.h"

enum { RUNS = 20 }; /* shown after the first run, and again after so many more, for those figures are a loop's */

bool ssi_explaining(void)
{
    static atomic_int state; /* 0: not asked yet, 1: no, 2: yes */
    int known = atomic_load_explicit(&state, memory_order_relaxed);
    if (!known) {
        const char *text = ssi_getenv("SSI_EXPLAIN");
        known = text && *text && strcmp(text, "0") != 0 ? 2 : 1;
        atomic_store(&state, known);
    }
    return known == 2;
}

static const char *kind_name(const ssi_kernel *kernel)
{
    switch (kernel->kind) {
    case SSI_KERNEL_REDUCE:
        return "reduce";
    case SSI_KERNEL_CONTRACT:
        return "product";
    case SSI_KERNEL_GATHER:
        return "gather";
    case SSI_KERNEL_SCATTER:
        return "scatter";
    case SSI_KERNEL_CALL:
        return "call";
    case SSI_KERNEL_MAP:
        break;
    }
    return kernel->whole_rows ? "rows" : "map";
}

/* The operations of a kernel, in order, equal neighbours counted: "matmul, add, relu, mul x3". */
static void operations(const ssi_plan *plan, int32_t group, char *text, size_t room)
{
    size_t used = 0;
    const char *last = NULL;
    int repeat = 0;
    text[0] = '\0';
    for (int32_t i = 0; i <= plan->nodes; i++) {
        const ssi_slot *slot = i < plan->nodes ? &plan->slot[i] : NULL;
        if (slot && (slot->group != group || slot->base != i))
            continue;
        if (slot && last && !strcmp(slot->op->name, last)) {
            repeat++;
            continue;
        }
        if (repeat && used < room)
            used += (size_t)snprintf(text + used, room - used, " x%d", repeat + 1);
        repeat = 0;
        if (slot && used < room)
            used += (size_t)snprintf(text + used, room - used, "%s%s", last ? ", " : "", slot->op->name);
        last = slot ? slot->op->name : last;
    }
}

/* What the machine can do with this many threads; NULL without the memory to measure that, which is no fault of the run's. */
static const ssi_limits *limits_here(void)
{
    static _Thread_local ssi_limits limits;
    static _Thread_local int of_threads;
    bool failed_before = ssi_failed();
    if (of_threads != ssi_threads()) {
        if (ssi_measure_limits(&limits) == SSI_OK)
            of_threads = ssi_threads();
        else if (!failed_before)
            ssi_error_take(NULL);
    }
    return of_threads == ssi_threads() ? &limits : NULL;
}

/* The peak is measured with f32; of numbers of eight bytes a vector holds half as many. */
static double peak_of(const ssi_limits *limits, const ssi_plan *plan, const ssi_kernel *kernel)
{
    bool product = kernel->kind == SSI_KERNEL_CONTRACT;
    const ssi_slot *out = &plan->slot[product ? kernel->out : kernel->first_slot];
    if (product && ssi_rounds(out))
        return limits->medium;
    return ssi_dtype_size((ssi_dtype)out->dtype) == 8 ? limits->f32 / 2 : limits->f32;
}

/* How near to what this machine can do, in percent: arithmetic or traffic, whichever is nearer. */
static void share_of_limit(const ssi_limits *limits, const ssi_plan *plan, const ssi_kernel *kernel, double seconds,
                           char *text, size_t room)
{
    snprintf(text, room, "-");
    if (limits)
        snprintf(
            text, room, "%.1f",
            100 / seconds *
                ssi_least_seconds(limits, peak_of(limits, plan, kernel), (double)kernel->flops, (double)kernel->bytes));
}

/* In lines of at most 80 columns, broken after commas. */
static void say_in_lines(const char *text)
{
    enum { INDENT = 4, MOST = 80 - INDENT };
    while (*text) {
        size_t length = strlen(text), end = length < MOST ? length : MOST;
        while (end < length && end > 0 && text[end - 1] != ',')
            end--;
        end = end ? end : length; /* a word of more than a line */
        ssi_say("%*s%.*s\n", INDENT, "", (int)end, text);
        text += end + (text[end] == ' ');
    }
}

static void show(const ssi_plan *plan, int runs)
{
    char shape[SSI_SHAPE_TEXT], names[400], limit[16];
    const ssi_limits *limits = limits_here();
    double total = 1e-12;
    for (int k = 0; k < plan->kernels; k++)
        total += plan->kernel[k].seconds;
    int threads = ssi_threads();
    ssi_say("\nssi: %d operation%s in %d kernel%s, %zu kB of work memory;\n     %s, %d thread%s, %s\n", plan->nodes,
            plan->nodes > 1 ? "s" : "", plan->kernels, plan->kernels > 1 ? "s" : "", plan->work_bytes / 1024,
            plan->backend->name, threads, threads > 1 ? "s" : "",
            runs > 1 ? "averages of the 20 runs after that" : "the first run: memory is new, nothing is packed yet");
    ssi_say("  %-8s %9s %5s %9s %8s %8s %7s  %s\n", "kernel", "us", "%", "Mflop", "Gflop/s", "GB/s", "limit %",
            "result");
    for (int k = 0; k < plan->kernels; k++) {
        const ssi_kernel *kernel = &plan->kernel[k];
        const ssi_slot *out = &plan->slot[kernel->kind == SSI_KERNEL_REDUCE ? kernel->fold.slot : kernel->first_slot];
        operations(plan, plan->slot[kernel->first_slot].group, names, sizeof names);
        double seconds = kernel->seconds / runs + 1e-12;
        share_of_limit(limits, plan, kernel, seconds, limit, sizeof limit);
        ssi_say("  %-8s %9.1f %5.1f %9.3f %8.1f %8.1f %7s  %s\n", kind_name(kernel), seconds * 1e6,
                100 * kernel->seconds / total, (double)kernel->flops / 1e6, (double)kernel->flops / seconds / 1e9,
                (double)kernel->bytes / seconds / 1e9, limit, ssi_shape_text(out->rank, out->shape, shape));
        say_in_lines(names);
    }
    ssi_say("  %-8s %9.1f\n", "all", total / runs * 1e6);
    static atomic_bool told;
    if (!atomic_exchange(&told, true))
        ssi_say("limit %%: of a kernel's time, what its arithmetic at this machine's peak (an exp or\n"
                "a quotient counts as one operation), or its reading and writing, takes at least;\n"
                "over 100 where steps of zeros are left out.\n");
}

void ssi_explain(ssi_plan *plan)
{
    int64_t runs = plan->kernels ? plan->kernel[0].runs : 0;
    if (runs != 1 && runs != 1 + RUNS)
        return;
    show(plan, runs > 1 ? RUNS : 1);
    for (int k = 0; k < plan->kernels; k++)
        plan->kernel[k].seconds = 0;
}
