/*
 * chain.isa.c - chains of f32 arithmetic: a value stays in registers from one operation to the next, instead of going through the first-level cache.
 *
 *      steps:   sub g,m   mul 0.1   add m, store   mul g,g   ...   end          an optimiser's update is about a dozen
 *                  |         |           |            |             |
 *      strip 0     +-------->+---------->+----------->+------------>+             x: EIGHT vectors of neighbouring elements, handed on
 *      strip 1     +-------->+---------->+----------->+------------>+
 *      ...
 *
 * A step is a function of x and of where its operands lie. Its last act is to call the next step, with the new x as arguments: these are registers,
 * and the call is a jump. So nothing is decided while a chain runs, no code is made, and while the processor still divides in one strip it
 * is at work on the next one, which a loop for each operation would keep it from.
 *
 * How far ahead it gets is a matter of its loads: it keeps a list of those under way, and what is at the end of the list waits. (Foreseen jumps cost nothing, loads of
 * what lies in the first-level cache cost as much as others, and fetching ahead by more loads makes a chain slower.) So a step can load x first and store it
 * last, has its scalar at hand rather than a pointer to it, and steps that need an operand twice load it once.
 *
 * Every operation rounds as it does alone, so a chain has the bits of its operations run one by one.
 */
#include <math.h>
#include <string.h>

#include "cpu/isa.h"
#include "run/backend.h"

#ifndef SSI_SPARE

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#if defined(__AVX512F__)
enum { BYTES = 64 };
#elif defined(__AVX2__)
enum { BYTES = 32 };
#else
enum { BYTES = 16 };
#endif

enum { EIGHT = 8, LANES = BYTES / sizeof(float), STRIP = EIGHT * LANES };

typedef float vector __attribute__((vector_size(BYTES)));
typedef int32_t bits __attribute__((vector_size(BYTES)));
typedef float memory __attribute__((vector_size(BYTES), aligned(4), may_alias)); /* a vector anywhere */

#if defined(__clang__)
#define EACH(i) _Pragma("clang loop unroll(full)") for (int i = 0; i < EIGHT; i++)
#else
#define EACH(i) _Pragma("GCC unroll 8") for (int i = 0; i < EIGHT; i++)
#endif

/* Has a loaded vector lie in a register: compilers load it again where it is used twice. */
#if defined(__x86_64__)
#define IN_REGISTER(x) __asm__("" : "+v"(x))
#elif defined(__aarch64__)
#define IN_REGISTER(x) __asm__("" : "+w"(x))
#else
#define IN_REGISTER(x)
#endif

#define X vector x0, vector x1, vector x2, vector x3, vector x4, vector x5, vector x6, vector x7
typedef void step(const ssi_chain_step *s, size_t at, X);

/* ---- the operations ---- */

INLINE vector splat(float x)
{
    return x - (vector){0}; /* GNU C's way; x - 0 is x */
}

/* The one operation that GNU C has no word for. */
INLINE vector root(vector x)
{
#if defined(__AVX512F__)
    return (vector)_mm512_sqrt_ps((__m512)x);
#elif defined(__AVX2__)
    return (vector)_mm256_sqrt_ps((__m256)x);
#elif defined(__x86_64__)
    return (vector)_mm_sqrt_ps((__m128)x);
#elif defined(__aarch64__)
    return (vector)vsqrtq_f32((float32x4_t)x);
#else
    for (int i = 0; i < LANES; i++)
        x[i] = sqrtf(x[i]);
    return x;
#endif
}

INLINE vector apply(ssi_chain_code code, vector x, vector a, vector t)
{
    switch (code) {
    case SSI_CHAIN_ADD:
        return x + a;
    case SSI_CHAIN_SUB:
        return x - a;
    case SSI_CHAIN_SUB_FROM:
        return a - x;
    case SSI_CHAIN_MUL:
        return x * a;
    case SSI_CHAIN_DIV:
        return x / a;
    case SSI_CHAIN_DIV_INTO:
        return a / x;
    case SSI_CHAIN_TOWARDS:
        IN_REGISTER(a);
        return (x - a) * t + a;
    case SSI_CHAIN_ADD_SCALED:
        return a * t + x;
    case SSI_CHAIN_NEG:
        return -x;
    case SSI_CHAIN_ABS:
        return (vector)((bits)x & INT32_MAX);
    case SSI_CHAIN_SQRT:
        return root(x);
    case SSI_CHAIN_SQUARE:
        return x * x;
    case SSI_CHAIN_RELU:
        return (vector)((bits)x & ~(x <= 0)); /* NaN stays */
    case SSI_CHAIN_CODES:
        break;
    }
    return x;
}

/* ---- the steps ---- */

INLINE vector load(const void *from, size_t at, int i)
{
    return ((const memory *)((const float *)from + at))[i];
}

/* A step is this, made for one code and form. */
INLINE void any_step(const ssi_chain_step *s, size_t at, X, ssi_chain_code code, ssi_chain_form form, bool stores)
{
    const bool loads = form >= SSI_CHAIN_VV, one = code >= SSI_CHAIN_NEG;
    vector x[EIGHT] = {x0, x1, x2, x3, x4, x5, x6, x7}, scalar = splat(s->scalar);
    EACH(i)
    {
        if (loads)
            x[i] = form == SSI_CHAIN_SV ? scalar : load(s->from, at, i);
        vector a = one ? x[i] : form == SSI_CHAIN_XS || form == SSI_CHAIN_VS ? scalar : load(s->a, at, i);
        x[i] = apply(code, x[i], a, scalar);
    }
    memory *to = stores ? (memory *)((float *)s->to + at) : NULL;
    EACH(i)
    {
        if (stores)
            to[i] = x[i];
    }
    ((step *)s[1].run)(s + 1, at, x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]);
}

/* f(code, form) for all there are: where x is loaded, operands are exchanged rather than the operation turned round. */
#define OF_X(f, code)   f(code, XV) f(code, XS)
#define OF_TWO(f, code) OF_X(f, code) f(code, VV) f(code, VS) f(code, SV)
#define OF_ONE(f, code) f(code, XV) f(code, VV)
#define STEPS(f)                                                                                                       \
    OF_TWO(f, ADD)                                                                                                     \
    OF_TWO(f, SUB)                                                                                                     \
    OF_X(f, SUB_FROM)                                                                                                  \
    OF_TWO(f, MUL)                                                                                                     \
    OF_TWO(f, DIV)                                                                                                     \
    OF_X(f, DIV_INTO)                                                                                                  \
    OF_ONE(f, TOWARDS)                                                                                                 \
    f(ADD_SCALED, XV) OF_ONE(f, NEG) OF_ONE(f, ABS) OF_ONE(f, SQRT) OF_ONE(f, SQUARE) OF_ONE(f, RELU)

#define STEP(code, form)                                                                                               \
    static void code##_##form(const ssi_chain_step *s, size_t at, X)                                                   \
    {                                                                                                                  \
        any_step(s, at, x0, x1, x2, x3, x4, x5, x6, x7, SSI_CHAIN_##code, SSI_CHAIN_##form, false);                    \
    }                                                                                                                  \
    static void code##_##form##_stores(const ssi_chain_step *s, size_t at, X)                                          \
    {                                                                                                                  \
        any_step(s, at, x0, x1, x2, x3, x4, x5, x6, x7, SSI_CHAIN_##code, SSI_CHAIN_##form, true);                     \
    }
STEPS(STEP)

static void end(const ssi_chain_step *s, size_t at, X)
{
    (void)s, (void)at, (void)x0, (void)x1, (void)x2, (void)x3, (void)x4, (void)x5, (void)x6, (void)x7;
}

/* ---- all strips ---- */

static void run_strip(const ssi_chain_step *steps, size_t at)
{
    const vector zero = {0};
    ((step *)steps->run)(steps, at, zero, zero, zero, zero, zero, zero, zero, zero);
}

/* Rooms of a strip, for the elements after the last whole one. What lies in one place has one room: what is stored there is loaded again. */
typedef struct rooms {
    int count;
    void *place[3 * SSI_CHAIN_STEPS];
    float room[3 * SSI_CHAIN_STEPS][STRIP];
} rooms;

static void *room_of(rooms *r, void *place, size_t at, size_t rest)
{
    int i = 0;
    while (i < r->count && r->place[i] != place)
        i++;
    if (i == r->count) {
        r->place[r->count++] = place;
        memset(r->room[i], 0, sizeof r->room[i]);
        memcpy(r->room[i], (const float *)place + at, rest * sizeof(float));
    }
    return r->room[i];
}

static void run_rest(const ssi_chain_step *steps, int count, size_t at, size_t rest)
{
    ssi_chain_step local[SSI_CHAIN_STEPS];
    rooms r;
    r.count = 0;
    memcpy(local, steps, (size_t)count * sizeof *steps);
    for (int i = 0; i < count; i++) {
        if (steps[i].from)
            local[i].from = room_of(&r, steps[i].from, at, rest);
        if (steps[i].a)
            local[i].a = room_of(&r, steps[i].a, at, rest);
        if (steps[i].to)
            local[i].to = room_of(&r, steps[i].to, at, rest);
    }
    run_strip(local, 0);
    for (int i = 0; i < count; i++) {
        if (steps[i].to)
            memcpy((float *)steps[i].to + at, local[i].to, rest * sizeof(float));
    }
}

static void run(const ssi_chain_step *steps, int count, size_t n)
{
    size_t at = 0;
    for (; at + STRIP <= n; at += STRIP)
        run_strip(steps, at);
    if (at < n)
        run_rest(steps, count, at, n - at);
}

#define ENTRY(code, form)                                                                                              \
    [SSI_CHAIN_##                                                                                                      \
        code][SSI_CHAIN_##form] = {(ssi_chain_routine *)code##_##form, (ssi_chain_routine *)code##_##form##_stores},

extern const ssi_chain_routines SSI_ISA_NAME(ssi_chain);
const ssi_chain_routines SSI_ISA_NAME(ssi_chain) = {
    .step = {STEPS(ENTRY)}, .end = (ssi_chain_routine *)end, .run = run};

#endif
