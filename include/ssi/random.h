/*
 * ssi/random.h - random numbers: pure functions of (seed, stream), and NumPy's of old, for the figures of textbooks.
 *
 *     ssi_tensor *x = ssi_normal(SSI_F64, SSI_SHAPE(2, 3), 7, 0);  // seed 7, stream 0
 *     ssi_tensor *order = ssi_permutation(5, 7, 1);                // another stream for each use
 *     ssi_print(ssi_sum(order));                        // expect: 10
 *
 *     ssi_legacy *numpy = ssi_legacy_new(0);                       // numpy.random.seed(0)
 *     ssi_print(ssi_legacy_rand(numpy, 3));             // expect: [0.5488135  0.71518937 0.60276338]
 *     ssi_legacy_free(numpy);
 *
 * The same (seed, stream) always gives the same numbers, whatever the number of threads: element i depends on (seed, stream, i) alone, an order
 * on its length, too. So take another stream for each use, below 2^62, or another seed from ssi_split_seed. Draws have no gradient by what they are drawn
 * with; rows that are shuffled have.
 * Errors: SSI_INVALID, naming the parameter.
 */
#ifndef SSI_RANDOM_H
#define SSI_RANDOM_H

#include "ssi/ops.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The seed of part number `part` of a program: its draws have nothing to do with those of other parts, or of `seed` itself. jax.random.split */
SSI_API uint64_t ssi_split_seed(uint64_t seed, uint64_t part);

/* ---- numbers: of float dtypes f32 and f64; ssi_uniform of ssi/ops.h gives those in [0, 1) ---------------------------------- */

/* Uniform in [low, high). numpy's Generator.uniform */
SSI_API ssi_tensor *ssi_uniform_between(double low, double high, ssi_dtype dtype, int rank, const int64_t *shape,
                                        uint64_t seed, uint64_t stream);
/* Normal, mean 0, deviation 1 (Box and Muller 1958). numpy's Generator.standard_normal, torch.randn */
SSI_API ssi_tensor *ssi_normal(ssi_dtype dtype, int rank, const int64_t *shape, uint64_t seed, uint64_t stream);
/* Whole numbers in [low, high), i64; high - low is 1 to 2^53, and no number's probability is off by more than 2^-53. numpy's Generator.integers */
SSI_API ssi_tensor *ssi_integers(int64_t low, int64_t high, int rank, const int64_t *shape, uint64_t seed,
                                 uint64_t stream);
/* bool, true with probability p in [0, 1]. torch.bernoulli */
SSI_API ssi_tensor *ssi_bernoulli(double p, int rank, const int64_t *shape, uint64_t seed, uint64_t stream);

/* ---- choices ------------------------------------------------------------------------------------------------------------------ */

/* 0 to n-1 in random order, (n) i64 (Fisher and Yates 1938; Durstenfeld 1964). numpy's Generator.permutation(n) */
SSI_API ssi_tensor *ssi_permutation(int64_t n, uint64_t seed, uint64_t stream);
/* The rows x[i, ...] in the order of ssi_permutation. numpy's Generator.permutation(x) */
SSI_API ssi_tensor *ssi_shuffle(ssi_tensor *x, uint64_t seed, uint64_t stream);
/* `count` places, (count) i64, place i with a probability in proportion to weights[i]: (n) floats, not negative, not all 0. If `no_repeats`, each at
 * most once, in the order of drawing (Efraimidis and Spirakis 2006); then count is at most the number of positive weights. Reads the weights. numpy's
 * Generator.choice(n, count, p=weights, replace=...) */
SSI_API ssi_tensor *ssi_choice(ssi_tensor *weights, int64_t count, int no_repeats, uint64_t seed, uint64_t stream);
/* How often each outcome comes up in `trials` trials, once for each of `rows`: (rows, n) i64, with probabilities in proportion to weights (n).
 * Takes memory for rows * trials numbers. numpy's Generator.multinomial */
SSI_API ssi_tensor *ssi_multinomial(int64_t trials, ssi_tensor *weights, int64_t rows, uint64_t seed, uint64_t stream);

/* ---- NumPy's numbers of old: numpy.random.seed(s), rand, randn, ..., to the bit ----------------------------------------------- */

/* A Mersenne twister (Matsumoto and Nishimura 1998), 19,937 bits of state: for reproducing figures, and for nothing else. One thread at a
 * time. NULL when there is no memory. numpy.random.RandomState(seed) */
typedef struct ssi_legacy ssi_legacy;
SSI_API ssi_legacy *ssi_legacy_new(uint32_t seed);
SSI_API void ssi_legacy_free(ssi_legacy *generator); /* NULL is allowed */
SSI_API void ssi_legacy_seed(ssi_legacy *generator, uint32_t seed);

/* Its next numbers, drawn at once: f64, uniform in [0, 1) and normal; i64 in [low, high); (n) i64, 0 to n-1 in random order. */
SSI_API ssi_tensor *ssi_legacy_rand(ssi_legacy *generator, int rank, const int64_t *shape);
SSI_API ssi_tensor *ssi_legacy_randn(ssi_legacy *generator, int rank, const int64_t *shape);
SSI_API ssi_tensor *ssi_legacy_randint(ssi_legacy *generator, int64_t low, int64_t high, int rank,
                                       const int64_t *shape);
SSI_API ssi_tensor *ssi_legacy_permutation(ssi_legacy *generator, int64_t n);

/* ---- sugar ---------------------------------------------------------------------------------------------------------------------- */

#ifndef __cplusplus
#define ssi_shuffle(x, seed, stream)     SSI_AT((ssi_shuffle)((x), (seed), (stream)))
#define ssi_legacy_rand(generator, ...)  SSI_AT((ssi_legacy_rand)((generator), SSI_SHAPE(__VA_ARGS__)))
#define ssi_legacy_randn(generator, ...) SSI_AT((ssi_legacy_randn)((generator), SSI_SHAPE(__VA_ARGS__)))
#define ssi_legacy_randint(generator, low, high, ...)                                                                  \
    SSI_AT((ssi_legacy_randint)((generator), (low), (high), SSI_SHAPE(__VA_ARGS__)))
#endif

#ifdef __cplusplus
}
#endif
#endif
