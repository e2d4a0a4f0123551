/*
 * key.c - lanes turned into keys and back.
 */
#include "cpu/key.h"

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

/* for every element i, e of its type: key[i] = value */
#define KEYS(type, value)                                                                                              \
    do {                                                                                                               \
        const type *from = (const type *)x->data + x->at + first * x->step;                                            \
        if (x->step == 1)                                                                                              \
            for (int64_t i = 0; i < n; i++) {                                                                          \
                type e = from[i];                                                                                      \
                key[i] = value;                                                                                        \
            }                                                                                                          \
        else                                                                                                           \
            for (int64_t i = 0; i < n; i++) {                                                                          \
                type e = from[i * x->step];                                                                            \
                key[i] = value;                                                                                        \
            }                                                                                                          \
    } while (0)

void ssi_keys32(uint32_t *restrict key, const ssi_lane *x, int64_t first, int64_t n, bool ordered_zeros)
{
    uint32_t minus_zero = ordered_zeros ? 0x80000000u : 0, minus_zero16 = ordered_zeros ? 0x8000 : 0;
    switch (x->dtype) {
    case SSI_F32:
        KEYS(uint32_t, ssi_key_of_f32(e, minus_zero));
        break;
    case SSI_F16:
        KEYS(uint16_t, key_of_16(e, 0x7c00, minus_zero16));
        break;
    case SSI_BF16:
        KEYS(uint16_t, key_of_16(e, 0x7f80, minus_zero16));
        break;
    case SSI_I32:
        KEYS(uint32_t, e ^ 0x80000000u);
        break;
    case SSI_I16:
        KEYS(uint16_t, e ^ 0x8000u);
        break;
    case SSI_I8:
        KEYS(uint8_t, e ^ 0x80u);
        break;
    default: /* u8 and bool */
        KEYS(uint8_t, e);
    }
}

void ssi_keys64(uint64_t *restrict key, const ssi_lane *x, int64_t first, int64_t n, bool ordered_zeros)
{
    const uint64_t sign = (uint64_t)1 << 63;
    if (x->dtype == SSI_F64) {
        KEYS(uint64_t, ssi_key_of_f64(e, ordered_zeros ? sign : 0));
    } else if (x->dtype == SSI_I64) {
        KEYS(uint64_t, e ^ sign);
    } else {
        uint32_t narrow[256];
        for (int64_t at = 0; at < n; at += 256) {
            int64_t some = n - at < 256 ? n - at : 256;
            ssi_keys32(narrow, x, first + at, some, ordered_zeros);
            for (int64_t i = 0; i < some; i++)
                key[at + i] = narrow[i];
        }
    }
}

/* for every element i, k its key: the element = value */
#define ELEMENTS(type, value)                                                                                          \
    do {                                                                                                               \
        type *to = (type *)y->data + y->at;                                                                            \
        if (y->step == 1)                                                                                              \
            for (int64_t i = 0; i < y->n; i++) {                                                                       \
                uint32_t k = key[i];                                                                                   \
                to[i] = (type)(value);                                                                                 \
            }                                                                                                          \
        else                                                                                                           \
            for (int64_t i = 0; i < y->n; i++) {                                                                       \
                uint32_t k = key[i];                                                                                   \
                to[i * y->step] = (type)(value);                                                                       \
            }                                                                                                          \
    } while (0)

void ssi_elements32(const ssi_lane *y, const uint32_t *restrict key)
{
    switch (y->dtype) {
    case SSI_F32:
        ELEMENTS(uint32_t, k ^ (((k >> 31) - 1) | 0x80000000u));
        break;
    case SSI_F16:
    case SSI_BF16:
        ELEMENTS(uint16_t, bits_of_16(k));
        break;
    case SSI_I32:
        ELEMENTS(uint32_t, k ^ 0x80000000u);
        break;
    case SSI_I16:
        ELEMENTS(uint16_t, k ^ 0x8000u);
        break;
    case SSI_I8:
        ELEMENTS(uint8_t, k ^ 0x80u);
        break;
    default:
        ELEMENTS(uint8_t, k);
    }
}

void ssi_elements64(const ssi_lane *y, const uint64_t *restrict key)
{
    const uint64_t sign = (uint64_t)1 << 63;
    uint64_t *to = (uint64_t *)y->data + y->at;
    for (int64_t i = 0; i < y->n; i++) {
        uint64_t k = key[i];
        to[i * y->step] = k ^ (y->dtype == SSI_F64 ? ((k >> 63) - 1) | sign : sign);
    }
}
