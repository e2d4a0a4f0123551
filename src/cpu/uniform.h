/*
 * uniform.h - uniform random numbers: Philox4x32-10 (Salmon et al. 2011) for many counters at once, the same function as ssi_philox. Key: the
 * seed; counter: the stream in its upper 64 bits, the place in its lower.
 */
#ifndef SSI_SRC_UNIFORM_H
#define SSI_SRC_UNIFORM_H

#include <stdint.h>
#include <string.h>

#include "cpu/isa.h"

/* Counters computed together; each gives four words. */
#define COUNTERS 16

/* out[4*j + w] = word w of counter + j. */
NOINLINE void philox(uint32_t out[4 * COUNTERS], uint64_t key, uint64_t counter, uint64_t stream)
{
    for (uint32_t j = 0; j < COUNTERS; j++) {
        uint64_t low = counter + j;
        uint32_t x0 = (uint32_t)low, x1 = (uint32_t)(low >> 32), x2 = (uint32_t)stream, x3 = (uint32_t)(stream >> 32);
        uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
        for (int round = 0; round < 10; round++) {
            uint64_t p = (uint64_t)x0 * 0xd2511f53u, q = (uint64_t)x2 * 0xcd9e8d57u;
            x0 = (uint32_t)(q >> 32) ^ x1 ^ k0;
            x1 = (uint32_t)q;
            x2 = (uint32_t)(p >> 32) ^ x3 ^ k1;
            x3 = (uint32_t)p;
            k0 += 0x9e3779b9u;
            k1 += 0xbb67ae85u;
        }
        out[4 * j] = x0;
        out[4 * j + 1] = x1;
        out[4 * j + 2] = x2;
        out[4 * j + 3] = x3;
    }
}

/* Number i: the upper 24 bits of word i % 4 of counter i / 4. */
static void uniform_f32(float *d, uint64_t seed, uint64_t stream, uint64_t first, size_t n)
{
    uint32_t word[4 * COUNTERS];
    for (size_t done = 0; done < n;) {
        uint64_t counter = (first + done) / 4;
        size_t skip = (size_t)(first + done) % 4;
        philox(word, seed, counter, stream);
        float number[4 * COUNTERS];
        for (size_t j = 0; j < 4 * COUNTERS; j++)
            number[j] = (float)(int32_t)(word[j] >> 8) * 0x1p-24f;
        size_t count = 4 * COUNTERS - skip < n - done ? 4 * COUNTERS - skip : n - done;
        memcpy(d + done, number + skip, count * sizeof *d);
        done += count;
    }
}

/* Number i: 53 bits of words 2*(i % 2) (the upper 27) and 2*(i % 2) + 1 (26 more) of counter i / 2. */
static void uniform_f64(double *d, uint64_t seed, uint64_t stream, uint64_t first, size_t n)
{
    uint32_t word[4 * COUNTERS];
    for (size_t done = 0; done < n;) {
        uint64_t counter = (first + done) / 2;
        size_t skip = (size_t)(first + done) % 2;
        philox(word, seed, counter, stream);
        double number[2 * COUNTERS];
        for (size_t j = 0; j < 2 * COUNTERS; j++)
            number[j] = ((int32_t)(word[2 * j] >> 5) * 0x1p26 + (int32_t)(word[2 * j + 1] >> 6)) * 0x1p-53;
        size_t count = 2 * COUNTERS - skip < n - done ? 2 * COUNTERS - skip : n - done;
        memcpy(d + done, number + skip, count * sizeof *d);
        done += count;
    }
}

#endif
