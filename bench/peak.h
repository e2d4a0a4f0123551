/*
 * peak.h - the ceiling: how many fused multiply-adds (without them: products and sums) a core of this machine does when it waits for nothing.
 */
#ifndef SSI_BENCH_PEAK_H
#define SSI_BENCH_PEAK_H

#include <string.h>
#include <time.h>

static inline double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

#if defined(__x86_64__)

/* Twelve chains of multiply-adds, so that none waits for the one before it (4 cycles, 2 begun in each). "+x": a vector register of any width. */
#define CHAINS(step, vector)                                                                                           \
    do {                                                                                                               \
        vector c0 = {0}, c1 = {0}, c2 = {0}, c3 = {0}, c4 = {0}, c5 = {0}, x = {0};                                    \
        vector c6 = {0}, c7 = {0}, c8 = {0}, c9 = {0}, c10 = {0}, c11 = {0};                                           \
        for (int i = 0; i < rounds; i++)                                                                               \
            __asm__ volatile(step(0) step(1) step(2) step(3) step(4) step(5) step(6) step(7) step(8) step(9) step(10)  \
                                 step(11)                                                                              \
                             : "+x"(c0), "+x"(c1), "+x"(c2), "+x"(c3), "+x"(c4), "+x"(c5), "+x"(c6), "+x"(c7),         \
                               "+x"(c8), "+x"(c9), "+x"(c10), "+x"(c11)                                                \
                             : "x"(x));                                                                                \
    } while (0)

#define FUSED_STEP(i)    "vfmadd231ps %12, %12, %" #i "\n"
#define PORTABLE_STEP(i) "mulps %12, %" #i "\n addps %12, %" #i "\n"
typedef float vector_16 __attribute__((vector_size(16)));
typedef float vector_32 __attribute__((vector_size(32)));
typedef float vector_64 __attribute__((vector_size(64)));

__attribute__((target("avx512f"), noinline)) static void chains_avx512(int rounds)
{
    CHAINS(FUSED_STEP, vector_64);
}
__attribute__((target("avx2,fma"), noinline)) static void chains_avx2(int rounds)
{
    CHAINS(FUSED_STEP, vector_32);
}
__attribute__((noinline)) static void chains_portable(int rounds)
{
    CHAINS(PORTABLE_STEP, vector_16);
}

/* GFLOP/s in f32 of one core with an instruction set; the best of some dozens of trials of 0.1 ms. */
static inline double peak_gflops(const char *set)
{
    int lanes = strcmp(set, "avx512") == 0 ? 16 : strcmp(set, "avx2") == 0 ? 8 : 4, rounds = 50000;
    double best = 0;
    for (int trial = 0; trial < 30; trial++) {
        double start = seconds_now();
        (lanes == 16 ? chains_avx512 : lanes == 8 ? chains_avx2 : chains_portable)(rounds);
        double gflops = 2e-9 * lanes * 12 * rounds / (seconds_now() - start);
        best = gflops > best ? gflops : best;
    }
    return best;
}

#else

static inline double peak_gflops(const char *set)
{
    (void)set;
    return 0; /* not measured on this processor */
}

#endif
#endif
