/*
 * thread.c - the thread pool: one job at a time, taken index by index, by threads that spin briefly and then sleep.
 *
 * All goes through one atomic word, the ticket: [generation of the job | indices left to take]. A thread reads the ticket, reads the job,
 * and takes an index by comparing and swapping the ticket. That succeeds only while the same job has indices left, and the fields of such
 * a job do not change; so a thread that comes late can neither run an old job nor half of a new one.
 *
 * Of a job with an index for each thread, thread i takes index i first, whose data its caches hold from the job before; then any that nobody has begun, for
 * another program may have that thread's processor. The ticket then says OWNED, and each index has such a word of its own, [generation | taken]: all are
 * taken when the job is done.
 *
 * The calling thread works too. A second caller, or a task that calls, finds the pool busy and runs its tasks by itself.
 */
#if defined(__linux__)
#define _GNU_SOURCE 1 /* sched_getaffinity, sched_getcpu */
#endif
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/inside.h"

#define OWNED (1u << 31) /* as a ticket's indices */

enum { MOST_THREADS = 256, SPIN_NANOSECONDS = 30000, FIRST_LOOKS = 64, MOST_LOOKS = 512 };

typedef struct job {
    _Atomic(ssi_task *) task;
    _Atomic(void *) context;
    atomic_int tasks;
    atomic_uint float_control; /* the caller's: see denormal.c */
    atomic_int processor;      /* on which the caller was */
} job;

static struct {
    pthread_mutex_t busy; /* held by the thread whose job runs */
    job job;
    _Alignas(64) _Atomic uint64_t ticket;
    _Atomic uint64_t taken[MOST_THREADS + 1];
    _Alignas(64) atomic_int unfinished; /* indices of the job that are not done */

    _Alignas(64) pthread_mutex_t lock; /* for sleeping and waking */
    pthread_cond_t work, done;
    atomic_int sleepers; /* workers waiting for `work` */
    atomic_bool caller_sleeps;
    atomic_bool stop;

    atomic_int workers; /* running, the caller not counted */
    pthread_t worker[MOST_THREADS];
} pool = {.busy = PTHREAD_MUTEX_INITIALIZER,
          .lock = PTHREAD_MUTEX_INITIALIZER,
          .work = PTHREAD_COND_INITIALIZER,
          .done = PTHREAD_COND_INITIALIZER};

static atomic_int wanted_threads; /* 0: not yet decided */
static atomic_int usable_threads; /* what the system lets the process use at once */
static _Thread_local bool inside; /* a task is running on this thread */

/* ---- how many ---- */

static int count_usable(void)
{
    int known = atomic_load_explicit(&usable_threads, memory_order_relaxed);
    if (known)
        return known;
    long count = sysconf(_SC_NPROCESSORS_ONLN);
#if defined(__linux__)
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        count = CPU_COUNT(&set);
#endif
    known = count < 1 ? 1 : count > MOST_THREADS ? MOST_THREADS : (int)count;
    atomic_store(&usable_threads, known);
    return known;
}

/* SSI_THREADS, or 0 when it is unset or no number from 1 to 256. */
static int threads_of_environment(void)
{
    const char *text = ssi_getenv("SSI_THREADS");
    if (!text || !*text)
        return 0;
    char *end;
    long threads = strtol(text, &end, 10);
    if (!*end && threads >= 1 && threads <= MOST_THREADS)
        return (int)threads;
    ssi_say("ssi: SSI_THREADS is \"%s\", which is no number from 1 to %d; it is ignored\n", text, MOST_THREADS);
    return 0;
}

static int default_threads(void)
{
    int threads = threads_of_environment();
    return threads ? threads : count_usable();
}

int ssi_set_threads(int threads)
{
    if (threads < 0 || threads > MOST_THREADS)
        return ssi_fail(SSI_INVALID, "set_threads", "%d threads; it must be 1 to %d, or 0 for as many as there are",
                        threads, MOST_THREADS);
    atomic_store(&wanted_threads, threads ? threads : default_threads());
    return SSI_OK;
}

int ssi_threads(void)
{
    int threads = atomic_load_explicit(&wanted_threads, memory_order_relaxed);
    if (!threads) {
        int fresh = default_threads();
        if (atomic_compare_exchange_strong(&wanted_threads, &threads, fresh))
            threads = fresh;
    }
    return threads;
}

/* ---- waiting ---- */

static void pause_briefly(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static int64_t nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Whether `ready` came true while spinning. Spinning pays only if every thread has a processor. Now and then, ever more seldom, the processor is left to the one
 * waited for, should it be on this very one: that takes half a microsecond, in which nothing is seen. */
static bool spin(bool (*ready)(uint32_t), uint32_t generation)
{
    if (pool.workers >= count_usable())
        return ready(generation);
    int64_t end = nanoseconds() + SPIN_NANOSECONDS;
    for (int looks = FIRST_LOOKS; nanoseconds() < end; looks = looks < MOST_LOOKS ? 2 * looks : looks) {
        for (int i = 0; i < looks; i++) {
            if (ready(generation))
                return true;
            pause_briefly();
        }
        sched_yield();
    }
    return false;
}

static uint32_t generation_of(uint64_t ticket)
{
    return (uint32_t)(ticket >> 32);
}

static bool has_news(uint32_t generation)
{
    return generation_of(atomic_load(&pool.ticket)) != generation || atomic_load(&pool.stop);
}

static bool is_finished(uint32_t generation)
{
    (void)generation;
    return atomic_load_explicit(&pool.unfinished, memory_order_acquire) == 0;
}

/* A worker waits for a job other than `generation`, or the end. */
static void await_news(uint32_t generation)
{
    if (spin(has_news, generation))
        return;
    pthread_mutex_lock(&pool.lock);
    atomic_fetch_add(&pool.sleepers, 1);
    while (!has_news(generation))
        pthread_cond_wait(&pool.work, &pool.lock);
    atomic_fetch_sub(&pool.sleepers, 1);
    pthread_mutex_unlock(&pool.lock);
}

static void wake_sleepers(void)
{
    if (atomic_load(&pool.sleepers) == 0)
        return;
    pthread_mutex_lock(&pool.lock);
    pthread_cond_broadcast(&pool.work);
    pthread_mutex_unlock(&pool.lock);
}

static void await_finish(void)
{
    if (spin(is_finished, 0))
        return;
    pthread_mutex_lock(&pool.lock);
    atomic_store(&pool.caller_sleeps, true);
    while (atomic_load(&pool.unfinished) > 0)
        pthread_cond_wait(&pool.done, &pool.lock);
    atomic_store(&pool.caller_sleeps, false);
    pthread_mutex_unlock(&pool.lock);
}

static void finish_one(void)
{
    if (atomic_fetch_sub(&pool.unfinished, 1) > 1 || !atomic_load(&pool.caller_sleeps))
        return;
    pthread_mutex_lock(&pool.lock);
    pthread_cond_signal(&pool.done);
    pthread_mutex_unlock(&pool.lock);
}

/* ---- working ---- */

static uint64_t free_word(uint32_t generation)
{
    return (uint64_t)generation << 1;
}

static void run_one(int index, int worker)
{
    if (worker)
        ssi_set_float_control(atomic_load_explicit(&pool.job.float_control, memory_order_relaxed));
    ssi_task *task = atomic_load_explicit(&pool.job.task, memory_order_relaxed);
    task(atomic_load_explicit(&pool.job.context, memory_order_relaxed), index, worker);
    finish_one();
}

/* The worker's own index first, then those that nobody has begun. */
static void take_owned(int worker, uint32_t generation)
{
    int threads = pool.workers + 1;
    for (int i = 0; i < threads; i++) {
        int index = (worker + i) % threads;
        uint64_t word = free_word(generation);
        if (atomic_compare_exchange_strong(&pool.taken[index], &word, word | 1))
            run_one(index, worker);
    }
}

/* Takes part in the job that is open, if any, until no index is left. Returns the job's generation. */
static uint32_t take_part(int worker)
{
    uint64_t ticket = atomic_load(&pool.ticket);
    uint32_t generation = generation_of(ticket);
    if ((uint32_t)ticket == OWNED)
        take_owned(worker, generation);
    while (generation_of(ticket) == generation && (uint32_t)ticket != OWNED && (uint32_t)ticket != 0) {
        int tasks = atomic_load_explicit(&pool.job.tasks, memory_order_relaxed), left = (int)(uint32_t)ticket;
        if (!atomic_compare_exchange_weak(&pool.ticket, &ticket, ticket - 1))
            continue;
        run_one(tasks - left, worker);
        ticket = atomic_load(&pool.ticket);
    }
    return generation;
}

/* The system may wake a worker on the caller's processor and leave it there for milliseconds, in which the two take turns: it goes elsewhere, and is then
 * as free as before to be put anywhere. */
static void leave_caller(void)
{
#if defined(__linux__)
    cpu_set_t usable, others;
    int processor = atomic_load_explicit(&pool.job.processor, memory_order_relaxed);
    if (sched_getcpu() != processor || processor >= CPU_SETSIZE || sched_getaffinity(0, sizeof usable, &usable) != 0)
        return;
    others = usable;
    CPU_CLR(processor, &others);
    if (CPU_COUNT(&others) >= pool.workers && sched_setaffinity(0, sizeof others, &others) == 0)
        sched_setaffinity(0, sizeof usable, &usable);
#endif
}

static int own_processor(void)
{
#if defined(__linux__)
    return sched_getcpu();
#else
    return -1;
#endif
}

static void *work(void *number)
{
    inside = true;
    uint32_t generation = 0;
    while (!atomic_load(&pool.stop)) {
        generation = take_part((int)(intptr_t)number);
        await_news(generation);
        leave_caller();
    }
    return NULL;
}

/* ---- starting and stopping; with `busy` held ---- */

static void stop_workers(void)
{
    if (!pool.workers)
        return;
    atomic_store(&pool.stop, true);
    pthread_mutex_lock(&pool.lock);
    pthread_cond_broadcast(&pool.work);
    pthread_mutex_unlock(&pool.lock);
    while (pool.workers > 0)
        pthread_join(pool.worker[--pool.workers], NULL);
    atomic_store(&pool.stop, false);
}

/* Starts as many as the system allows; with fewer, everything still works. Signals are the host's: workers take none. */
static void start_workers(int count)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int started = 0;
    while (started < count && pthread_create(&pool.worker[started], NULL, work, (void *)(intptr_t)(started + 1)) == 0)
        started++;
    pool.workers = started;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void run_alone(int tasks, ssi_task *task, void *context)
{
    bool before = inside;
    inside = true;
    for (int i = 0; i < tasks; i++)
        task(context, i, 0);
    inside = before;
}

static void run_together(int tasks, ssi_task *task, void *context)
{
    atomic_store_explicit(&pool.job.task, task, memory_order_relaxed);
    atomic_store_explicit(&pool.job.context, context, memory_order_relaxed);
    atomic_store_explicit(&pool.job.tasks, tasks, memory_order_relaxed);
    atomic_store_explicit(&pool.job.float_control, ssi_float_control(), memory_order_relaxed);
    atomic_store_explicit(&pool.job.processor, own_processor(), memory_order_relaxed);
    atomic_store(&pool.unfinished, tasks);
    uint32_t generation = generation_of(atomic_load(&pool.ticket)) + 1;
    bool owned = tasks == pool.workers + 1;
    for (int i = 0; owned && i < tasks; i++)
        atomic_store_explicit(&pool.taken[i], free_word(generation), memory_order_relaxed);
    atomic_store(&pool.ticket, (uint64_t)generation << 32 | (owned ? OWNED : (uint32_t)tasks));
    wake_sleepers();
    inside = true;
    take_part(0);
    inside = false;
    await_finish();
}

void ssi_parallel(int tasks, ssi_task *task, void *context)
{
    int threads = ssi_threads();
    if (tasks <= 1 || threads == 1 || inside || pthread_mutex_trylock(&pool.busy) != 0) {
        run_alone(tasks, task, context);
        return;
    }
    if (pool.workers != threads - 1) {
        stop_workers();
        start_workers(threads - 1);
    }
    if (pool.workers)
        run_together(tasks, task, context);
    else
        run_alone(tasks, task, context);
    pthread_mutex_unlock(&pool.busy);
}

void ssi_threads_stop(void)
{
    if (inside)
        return;
    pthread_mutex_lock(&pool.busy);
    stop_workers();
    pthread_mutex_unlock(&pool.busy);
}

/* ---- fork: the child has the calling thread only ---- */

static void forget_workers(void)
{
    pthread_mutex_init(&pool.busy, NULL);
    pthread_mutex_init(&pool.lock, NULL);
    pthread_cond_init(&pool.work, NULL);
    pthread_cond_init(&pool.done, NULL);
    atomic_store(&pool.sleepers, 0);
    atomic_store(&pool.caller_sleeps, false);
    atomic_store(&pool.stop, false);
    atomic_store(&pool.ticket, 0);
    pool.workers = 0;
    inside = false;
}

__attribute__((constructor)) static void watch_forks(void)
{
    pthread_atfork(NULL, NULL, forget_workers);
}
