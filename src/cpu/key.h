/*
 * key.h - elements as unsigned integers of the same order: what sorting and searching compare.
 *
 * Signed integers are moved to begin at 0. A float's bits ascend with its size, so of negative ones all bits are turned, of others the sign:
 *
 *     -inf ... -1 ... -0 | 0 ... 1 ... inf   NaN
 *     turned: ~bits      | bits ^ sign       all ones
 */
#ifndef SSI_SRC_CPU_KEY_H
#define SSI_SRC_CPU_KEY_H

#include "ops/lanes.h"

/* Whether keys of the dtype need 64 bits. */
static inline bool ssi_key_is_wide(ssi_dtype dtype)
{
    return dtype == SSI_F64 || dtype == SSI_I64;
}

static inline uint32_t ssi_key_of_f32(uint32_t bits, uint32_t minus_zero)
{
    bits = bits == 0x80000000u ? minus_zero : bits;
    uint32_t key = bits ^ ((uint32_t)((int32_t)bits >> 31) | 0x80000000u);
    return (bits & 0x7fffffffu) > 0x7f800000u ? UINT32_MAX : key;
}

static inline uint64_t ssi_key_of_f64(uint64_t bits, uint64_t minus_zero)
{
    const uint64_t sign = (uint64_t)1 << 63;
    bits = bits == sign ? minus_zero : bits;
    uint64_t key = bits ^ ((0 - (bits >> 63)) | sign);
    double x;
    memcpy(&x, &bits, sizeof x);
    return x != x ? UINT64_MAX : key; /* asked of the double, as SSE2 compares no words of 64 bits */
}

/* The keys of n elements of a lane from `first` on. -0 has the key of 0, or (ordered_zeros) the one before it. Of dtypes of at most four
 * bytes; of any. */
void ssi_keys32(uint32_t *key, const ssi_lane *x, int64_t first, int64_t n, bool ordered_zeros);
void ssi_keys64(uint64_t *key, const ssi_lane *x, int64_t first, int64_t n, bool ordered_zeros);

/* And back, into the n elements of a lane. */
void ssi_elements32(const ssi_lane *y, const uint32_t *key);
void ssi_elements64(const ssi_lane *y, const uint64_t *key);

#endif
