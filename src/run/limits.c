/*
 * limits.c - measuring what this machine does at most: ssi/base.h's ssi_measure_limits.
 *
 * All threads do the same at once, each on memory of its own; the best of several trials counts, for what disturbs a trial makes it slower.
 */
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "run/backend.h"

enum { TRIALS = 12, ROUNDS = 100000 };
#define LEAST_SECONDS 0.05
static const size_t trial_bytes = (size_t)16 << 20;     /* what a thread reads in a trial, at least */
static const size_t memory_bytes = (size_t)192 << 20;   /* of all threads: more than caches hold */
static const size_t most_of_a_cache = (size_t)16 << 20; /* virtual machines tell of caches larger than their part */
static const size_t usual[3] = {32 << 10, 1 << 20, 8 << 20}; /* where the system does not say */

typedef struct trial {
    double (*multiply_add)(int64_t rounds); /* or, where NULL, read: */
    uint64_t (*read)(const void *from, size_t bytes);
    const char *memory;
    size_t bytes, times; /* of each thread */
    double done[256];    /* by index: operations, or bytes */
    uint64_t seen[256];
} trial;

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void run_trial(void *context, int index, int worker)
{
    (void)worker;
    trial *t = context;
    if (t->multiply_add) {
        t->done[index] = t->multiply_add(ROUNDS);
        return;
    }
    for (size_t i = 0; i < t->times; i++)
        t->seen[index] |= t->read(t->memory + (size_t)index * t->bytes, t->bytes);
    t->done[index] = (double)t->bytes * (double)t->times;
}

/* The most, in 10^9 a second. Long enough for the system to give threads that it woke on one processor each its own. */
static double best_of(trial *t)
{
    double best = 0, end = seconds_now() + LEAST_SECONDS;
    int threads = ssi_threads();
    for (int i = 0; i < TRIALS || (threads > 1 && seconds_now() < end); i++) {
        double start = seconds_now(), done = 0;
        ssi_parallel(threads, run_trial, t);
        for (int k = 0; k < threads; k++)
            done += t->done[k];
        double rate = done / (seconds_now() - start) / 1e9;
        best = rate > best ? rate : best;
    }
    return best;
}

static size_t cache_bytes(int level)
{
    long bytes = 0;
#ifdef _SC_LEVEL1_DCACHE_SIZE
    static const int names[] = {_SC_LEVEL1_DCACHE_SIZE, _SC_LEVEL2_CACHE_SIZE, _SC_LEVEL3_CACHE_SIZE};
    bytes = sysconf(names[level]);
#endif
    size_t known = bytes > 0 ? (size_t)bytes : usual[level];
    return known < most_of_a_cache ? known : most_of_a_cache;
}

/* Where `bytes` of all threads' data lie: the first two levels are each core's own. */
static void measure_level(ssi_limits *limits, trial *t, int level)
{
    static const char *const names[] = {"L1", "L2", "L3", "memory"};
    size_t threads = (size_t)ssi_threads(), size = level < 3 ? cache_bytes(level) : 0;
    size_t all = level == 3 ? memory_bytes : level == 2 ? size / 2 : size / 2 * threads;
    t->bytes = all / threads / 4096 * 4096;
    t->times = level == 3 ? 1 : trial_bytes / t->bytes + 1;
    limits->level[level].name = names[level];
    limits->level[level].bytes = level < 2 ? size * threads : size;
    limits->level[level].read = best_of(t);
}

int ssi_measure_limits(ssi_limits *limits)
{
    const ssi_limit_routines *routines = ssi_backend_cpu()->limits;
    memset(limits, 0, sizeof *limits);
    char *memory = ssi_alloc(memory_bytes);
    if (!memory)
        return SSI_NO_MEMORY;
    memset(memory, 1, memory_bytes);
    trial t = {.multiply_add = routines->multiply_add_f32};
    limits->f32 = t.multiply_add ? best_of(&t) : 0;
    t.multiply_add = ssi_backend_cpu()->gemm_medium(SSI_F32)->together == 2 ? routines->multiply_add_pairs
                                                                            : routines->multiply_add_f32;
    limits->medium = t.multiply_add ? best_of(&t) : 0;
    t = (trial){.read = routines->read, .memory = memory};
    for (int level = 0; level < SSI_LEVELS; level++)
        measure_level(limits, &t, level);
    ssi_free(memory);
    return SSI_OK;
}

double ssi_least_seconds(const ssi_limits *limits, double peak, double operations, double bytes)
{
    int level = 0;
    while (level < SSI_LEVELS - 1 && bytes > (double)limits->level[level].bytes)
        level++;
    double computing = peak > 0 ? operations / peak : 0, reading = bytes / limits->level[level].read;
    return (computing > reading ? computing : reading) / 1e9;
}
