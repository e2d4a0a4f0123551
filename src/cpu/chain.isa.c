/*
 * chain.isa.c - chains of arithmetic, exp and sigmoid of floats: a value stays in registers from one operation to the next, instead of going through the first-level cache.
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

#if defined(__AVX512F__)
#include "cpu/wide_f32.h"
#include "cpu/wide_f64.h"
#elif defined(__x86_64__)
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

enum { EIGHT = 8 };

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

#ifdef __AVX512F__
#define FUNCTIONS
INLINE void exp_strip_f32(void *x)
{
    floats *v = x;
    EACH(i) v[i] = exps_f32(v[i]);
}

INLINE void sigmoid_strip_f32(void *x)
{
    floats *v = x;
    EACH(i) v[i] = sigmoids_f32(v[i]);
}

INLINE void exp_strip_f64(void *x)
{
    exps_f64(x, x, EIGHT);
}

INLINE void sigmoid_strip_f64(void *x)
{
    sigmoids_f64(x, x, EIGHT);
}
#endif

/* clang-format off */
#define T float
#define I int32_t
#define NAME(name) SSI_PASTE(name, f32)
#include "cpu/chain.h"
#include "cpu/undefine.h"

#ifdef __AVX512F__ /* of f64 what is common, and where vectors are long; there is less of it to be won by a step that loads and stores as well */
#define T double
#define I int64_t
#define SCARCE
#define NAME(name) SSI_PASTE(name, f64)
#include "cpu/chain.h"
#include "cpu/undefine.h"
#endif
/* clang-format on */

#endif
