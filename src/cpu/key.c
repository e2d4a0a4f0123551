/*
 * key.c - lanes turned into keys and back.
 */
#include "cpu/key.h"

#include "cpu/isa.h"
#include "cpu/strided.h"
#include "run/backend.h"

/* Of a float of 16 bits, as key.h's; infinity's bits say which. */
static uint32_t key_of_16(uint32_t bits, uint32_t infinity, uint32_t minus_zero)
{
    bits = bits == 0x8000 ? minus_zero : bits;
    uint32_t key = bits & 0x8000 ? bits ^ 0xffff : bits ^ 0x8000;
    return (bits & 0x7fff) > infinity ? 0xffff : key;
}

static uint32_t bits_of_16(uint32_t key)
{
    return key & 0x8000 ? key ^ 0x8000 : key ^ 0xffff;
}

/* for every element e of n: key[i] = value */
#define KEYS(type, value)                                                                                              \
    SIMD for (int64_t i = 0; i < n; i++)                                                                               \
    {                                                                                                                  \
        type e = ((const type *)from)[i];                                                                              \
        key[i] = value;                                                                                                \
    }                                                                                                                  \
    break

static void keys32(uint32_t *restrict key, const void *from, ssi_dtype dtype, int64_t n, bool ordered_zeros)
{
    uint32_t minus_zero = ordered_zeros ? 0x80000000u : 0, minus_zero16 = ordered_zeros ? 0x8000 : 0;
    switch (dtype) {
    case SSI_F32:
        KEYS(uint32_t, ssi_key_of_f32(e, minus_zero));
    case SSI_F16:
        KEYS(uint16_t, key_of_16(e, 0x7c00, minus_zero16));
    case SSI_BF16:
        KEYS(uint16_t, key_of_16(e, 0x7f80, minus_zero16));
    case SSI_I32:
        KEYS(uint32_t, e ^ 0x80000000u);
    case SSI_I16:
        KEYS(uint16_t, e ^ 0x8000u);
    case SSI_I8:
        KEYS(uint8_t, e ^ 0x80u);
    default: /* u8 and bool */
        KEYS(uint8_t, e);
    }
}

static void keys64(uint64_t *restrict key, const void *from, ssi_dtype dtype, int64_t n, bool ordered_zeros)
{
    const uint64_t sign = (uint64_t)1 << 63;
    if (dtype == SSI_F64 && n > 1 && ssi_backend_cpu()->keys_f64) {
        ssi_backend_cpu()->keys_f64(key, from, n, ordered_zeros ? sign : 0);
        return;
    }
    switch (dtype) {
    case SSI_F64:
        KEYS(uint64_t, ssi_key_of_f64(e, ordered_zeros ? sign : 0));
    default:
        KEYS(uint64_t, e ^ sign);
    }
}

enum { AT_ONCE = 256 };

/* Where n elements of a lane are, one after another: in the lane itself, or in the block. */
static const void *elements_of(const ssi_lane *x, int64_t first, int64_t n, uint64_t *block)
{
    size_t size = ssi_dtype_size(x->dtype);
    const char *from = (const char *)x->data + (x->at + first * x->step) * (int64_t)size;
    if (x->step == 1 || n == 1)
        return from;
    ssi_cpu_move(block, 1, from, x->step, n, size);
    return block;
}

void ssi_keys32(uint32_t *key, const ssi_lane *x, int64_t first, int64_t n, bool ordered_zeros)
{
    uint64_t block[AT_ONCE];
    for (int64_t at = 0; at < n; at += AT_ONCE) {
        int64_t some = n - at < AT_ONCE ? n - at : AT_ONCE;
        keys32(key + at, elements_of(x, first + at, some, block), x->dtype, some, ordered_zeros);
    }
}

void ssi_keys64(uint64_t *key, const ssi_lane *x, int64_t first, int64_t n, bool ordered_zeros)
{
    uint64_t block[AT_ONCE];
    uint32_t narrow[AT_ONCE];
    for (int64_t at = 0; at < n; at += AT_ONCE) {
        int64_t some = n - at < AT_ONCE ? n - at : AT_ONCE;
        const void *from = elements_of(x, first + at, some, block);
        if (ssi_key_is_wide(x->dtype)) {
            keys64(key + at, from, x->dtype, some, ordered_zeros);
            continue;
        }
        keys32(narrow, from, x->dtype, some, ordered_zeros);
        SIMD for (int64_t i = 0; i < some; i++) key[at + i] = narrow[i];
    }
}

/* for every key k of n: the element = value */
#define ELEMENTS(type, value)                                                                                          \
    SIMD for (int64_t i = 0; i < n; i++)                                                                               \
    {                                                                                                                  \
        uint32_t k = key[i];                                                                                           \
        ((type *)to)[i] = (type)(value);                                                                               \
    }                                                                                                                  \
    break

static void elements32(void *to, const uint32_t *restrict key, ssi_dtype dtype, int64_t n)
{
    switch (dtype) {
    case SSI_F32:
        ELEMENTS(uint32_t, k ^ (((k >> 31) - 1) | 0x80000000u));
    case SSI_F16:
    case SSI_BF16:
        ELEMENTS(uint16_t, bits_of_16(k));
    case SSI_I32:
        ELEMENTS(uint32_t, k ^ 0x80000000u);
    case SSI_I16:
        ELEMENTS(uint16_t, k ^ 0x8000u);
    case SSI_I8:
        ELEMENTS(uint8_t, k ^ 0x80u);
    default:
        ELEMENTS(uint8_t, k);
    }
}

void ssi_elements32(const ssi_lane *y, const uint32_t *key)
{
    uint64_t block[AT_ONCE];
    size_t size = ssi_dtype_size(y->dtype);
    for (int64_t at = 0; at < y->n; at += AT_ONCE) {
        int64_t some = y->n - at < AT_ONCE ? y->n - at : AT_ONCE;
        char *to = (char *)y->data + (y->at + at * y->step) * (int64_t)size;
        elements32(y->step == 1 ? (void *)to : block, key + at, y->dtype, some);
        if (y->step != 1)
            ssi_cpu_move(to, y->step, block, 1, some, size);
    }
}

void ssi_elements64(const ssi_lane *y, const uint64_t *key)
{
    const uint64_t sign = (uint64_t)1 << 63;
    uint64_t *to = (uint64_t *)y->data + y->at;
    ROLLED for (int64_t i = 0; i < y->n; i++)
    {
        uint64_t k = key[i];
        to[i * y->step] = k ^ (y->dtype == SSI_F64 ? ((k >> 63) - 1) | sign : sign);
    }
}
