/*
 * adam.c - what it costs that an optimiser is array arithmetic: ssi_step with Adam over the 400,906 parameters of the lecture's network, beside the same
 * operations with the same roundings as one loop written by hand. They take turns, in one thread, and must agree in every bit.
 *
 *     build/bench_adam [--check|--json]        --check: exit 1 when ssi takes more than 1.25 times as long
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ssi/ssi.h>

#include "bench/clock.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { PARAMETERS = 400906, ROUNDS = 301 };

typedef struct adam {
    float *w, *m, *v, *g;
    float rest1, rest2, root, epsilon, rate; /* root: what sqrt(v) is multiplied with */
} adam;

static void update_one(const adam *s, int i)
{
    s->m[i] = s->m[i] + (s->g[i] - s->m[i]) * s->rest1;
    s->v[i] = s->v[i] + (s->g[i] * s->g[i] - s->v[i]) * s->rest2;
    s->w[i] = s->w[i] - s->m[i] / (sqrtf(s->v[i]) * s->root + s->epsilon) * s->rate;
}

#if defined(__x86_64__)
/* As fast as the operations allow: whole registers, each operand once from memory. */
__attribute__((target("avx512f"))) static int update_sixteens(const adam *s)
{
    const __m512 rest1 = _mm512_set1_ps(s->rest1), rest2 = _mm512_set1_ps(s->rest2), root = _mm512_set1_ps(s->root),
                 epsilon = _mm512_set1_ps(s->epsilon), rate = _mm512_set1_ps(s->rate);
    int i = 0;
    for (; i + 16 <= PARAMETERS; i += 16) {
        __m512 g = _mm512_loadu_ps(s->g + i), m = _mm512_loadu_ps(s->m + i), v = _mm512_loadu_ps(s->v + i);
        m = _mm512_add_ps(m, _mm512_mul_ps(_mm512_sub_ps(g, m), rest1));
        v = _mm512_add_ps(v, _mm512_mul_ps(_mm512_sub_ps(_mm512_mul_ps(g, g), v), rest2));
        __m512 below = _mm512_add_ps(_mm512_mul_ps(_mm512_sqrt_ps(v), root), epsilon);
        __m512 step = _mm512_mul_ps(_mm512_div_ps(m, below), rate);
        _mm512_storeu_ps(s->m + i, m);
        _mm512_storeu_ps(s->v + i, v);
        _mm512_storeu_ps(s->w + i, _mm512_sub_ps(_mm512_loadu_ps(s->w + i), step));
    }
    return i;
}

static bool has_sixteens(void)
{
    return __builtin_cpu_supports("avx512f") && !getenv("SSI_CPU");
}
#else
static int update_sixteens(const adam *s)
{
    (void)s;
    return 0;
}

static bool has_sixteens(void)
{
    return false;
}
#endif

static void by_hand(const adam *s)
{
    for (int i = has_sixteens() ? update_sixteens(s) : 0; i < PARAMETERS; i++)
        update_one(s, i);
}

static bool by_ssi(ssi_optimizer *optimizer, ssi_tensor *w, ssi_tensor *g)
{
    ssi_scope scope = ssi_scope_open();
    ssi_step(optimizer, 1, &w, &g);
    return ssi_scope_close(scope) == SSI_OK;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *x)
{
    qsort(x, ROUNDS, sizeof *x, by_size);
    return x[ROUNDS / 2] * 1e6;
}

static float *numbers(double first, double step)
{
    float *x = aligned_alloc(64, (PARAMETERS * sizeof *x + 63) / 64 * 64);
    if (!x)
        exit(1);
    for (int i = 0; i < PARAMETERS; i++)
        x[i] = (float)(first + step * (i % 1000));
    return x;
}

int main(int argc, char **argv)
{
    static double hand[ROUNDS], ours[ROUNDS];
    bool check = argc > 1 && strcmp(argv[1], "--check") == 0, json = argc > 1 && strcmp(argv[1], "--json") == 0;
    ssi_set_threads(1);
    adam s = {.w = numbers(-0.5, 1e-3), .m = numbers(0, 0), .v = numbers(0, 0), .g = numbers(-0.02, 5e-5)};
    s.rest1 = (float)(1 - 0.9), s.rest2 = (float)(1 - 0.999), s.epsilon = (float)1e-8;
    ssi_tensor *w = ssi_array(s.w, PARAMETERS), *g = ssi_array(s.g, PARAMETERS);
    ssi_optimizer *optimizer = ssi_adam(.lr = 1e-3);
    bool good = true;
    for (int round = 0; round < ROUNDS && good; round++) {
        double t = round + 1;
        s.root = (float)(1 / sqrt(1 - pow(0.999, t)));
        s.rate = (float)(1e-3 / (1 - pow(0.9, t)));
        double start = seconds_now();
        by_hand(&s);
        hand[round] = seconds_now() - start;
        start = seconds_now();
        good = by_ssi(optimizer, w, g);
        ours[round] = seconds_now() - start;
    }
    bool same = good && memcmp(ssi_data(w), s.w, PARAMETERS * sizeof *s.w) == 0;
    double ratio = median(ours) / median(hand);
    const char *form = "{\"group\": \"adam\", \"name\": \"Adam, 400,906 parameters\", \"peer\": \"%s\", \"precision\": "
                       "\"highest\", \"seconds\": %.9g}\n";
    if (json) {
        printf(form, "ssi", median(ours) / 1e6);
        printf(form, "a loop by hand", median(hand) / 1e6);
    } else
        printf("Adam, %d parameters, 1 thread: by hand%s %.0f us, ssi_step %.0f us (medians of %d), %.2f times; %s\n",
               PARAMETERS, has_sixteens() ? " (AVX-512)" : "", median(hand), median(ours), ROUNDS, ratio,
               same ? "the same bits" : "OTHER BITS");
    ssi_optimizer_free(optimizer);
    free(s.w), free(s.m), free(s.v), free(s.g);
    return ssi_report() || !same || (check && ratio > 1.25);
}
