/*
 * isa.h - what the sources compiled once per instruction set (NAME.isa.c) share.
 *
 * The build compiles each of them with -DSSI_ISA=portable, avx2, avx512 or neon and that set's flags. They are plain C: loops over inline
 * functions of one element, which gcc and clang turn into vector code. What they export carries the set's name.
 */
#ifndef SSI_SRC_ISA_H
#define SSI_SRC_ISA_H

#ifndef SSI_ISA /* in sources compiled once: the set that is all there is, but on x86-64 */
#if defined(__aarch64__)
#define SSI_ISA neon
#else
#define SSI_ISA portable
#endif
#endif

#define SSI_PASTE_(a, b) a##_##b
#define SSI_PASTE(a, b)  SSI_PASTE_(a, b)
/* SSI_ISA_NAME(ssi_backend): ssi_backend_avx512. */
#define SSI_ISA_NAME(name) SSI_PASTE(name, SSI_ISA)
#define SSI_ISA_TEXT_(isa) #isa
#define SSI_ISA_TEXT(isa)  SSI_ISA_TEXT_(isa)

/* AVX2 multiplies integers of 64 bits by their halves, as the portable set does, whose products of them it takes. */
#if defined(__AVX2__) && !defined(__AVX512DQ__)
#define BORROWS_INTEGER_PRODUCTS
#endif

#define INLINE   static inline __attribute__((always_inline))
#define NOINLINE static __attribute__((noinline, unused))
/* A routine that a set's table may do without. */
#define IN_TABLE static __attribute__((unused))

/* Before a loop of a known count whose iterations are independent although its pointers may be equal: it becomes vector code, neither
 * unrolled first nor, where d == a, left scalar. ROLLED: just the former. UNROLLED: written out, up to 16 times. */
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wpass-failed" /* loops around calls of the C library stay loops */
#define SIMD     _Pragma("clang loop vectorize(assume_safety) interleave_count(1) unroll(disable)")
#define ROLLED   _Pragma("clang loop unroll(disable)")
#define UNROLLED _Pragma("clang loop unroll(full)")
#elif defined(__GNUC__)
#define SIMD     _Pragma("GCC ivdep") _Pragma("GCC unroll 1")
#define ROLLED   _Pragma("GCC unroll 1")
#define UNROLLED _Pragma("GCC unroll 16")
#else
#define SIMD
#define ROLLED
#define UNROLLED
#endif

/* Makes a variable's value unknown to the compiler, which else turns a select of it into branches. */
#define HIDE(x) __asm__("" : "+m"(x))

/* a*b + c, in one rounding where the set has it. The only place where roundings differ between sets: -ffp-contract=off keeps compilers
 * from making such instructions in vector code and not in scalar code, or the other way round. */
#if defined(__FMA__) || defined(__aarch64__)
#define FMA32(a, b, c) __builtin_fmaf((a), (b), (c))
#define FMA64(a, b, c) __builtin_fma((a), (b), (c))
#else
#define FMA32(a, b, c) ((a) * (b) + (c))
#define FMA64(a, b, c) ((a) * (b) + (c))
#endif

#endif
