/*
 * masked.c - the elements that a mask selects. No branch hangs on the mask: a random one would be guessed wrong every other time.
 */
#include "cpu/call.h"
#include "ops/lanes.h"
#include "run/backend.h"

/* Every element is written to the place of the next one selected; and over it, if it was not. Eight places are written at most, and one more. */
#define MASKED(bits)                                                                                                   \
    static int64_t masked_##bits(char *d, int64_t room, const char *x, const uint8_t *mask, int64_t n)                 \
    {                                                                                                                  \
        const int64_t size = bits / 8;                                                                                 \
        int64_t found = 0, i = 0;                                                                                      \
        for (; i + 8 <= n && found + 8 < room; i += 8) {                                                               \
            uint64_t sum = ssi_eight_true(mask + i) * 0x0101010101010101,                                              \
                     before = sum << 8; /* running sums, a byte each */                                                \
            char *to = d + found * size;                                                                               \
            for (int k = 0; k < 8; k++)                                                                                \
                memcpy(to + (int64_t)(before >> 8 * k & 15) * size, x + (i + k) * size, size);                         \
            found += (int64_t)(sum >> 56);                                                                             \
        }                                                                                                              \
        for (; i < n; i++) {                                                                                           \
            if (mask[i] && found < room)                                                                               \
                memcpy(d + found * size, x + i * size, size);                                                          \
            found += mask[i] != 0;                                                                                     \
        }                                                                                                              \
        return found;                                                                                                  \
    }

MASKED(8)
MASKED(16)
MASKED(32)
MASKED(64)

int64_t ssi_masked_plain(void *d, int64_t room, const void *x, const uint8_t *mask, int64_t n, size_t size)
{
    return (size == 1 ? masked_8 : size == 2 ? masked_16 : size == 4 ? masked_32 : masked_64)(d, room, x, mask, n);
}

/* Some at a time, laid side by side where they are not. */
int ssi_cpu_masked(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    enum { SOME = 512 };
    (void)first, (void)last, (void)work;
    const ssi_view *x = &call->in[0], *mask = &call->in[1], *out = call->out;
    const ssi_backend *backend = ssi_backend_cpu();
    size_t size = ssi_dtype_size(x->dtype);
    int64_t n = x->shape[0], found = 0, some = x->stride[0] == 1 && mask->stride[0] == 1 ? n : SOME;
    uint64_t elements[SOME];
    uint8_t truth[SOME];
    for (int64_t i = 0; i < n; i += some) {
        int64_t now = n - i < some ? n - i : some;
        const void *from = (const char *)x->data + i * x->stride[0] * (int64_t)size;
        const uint8_t *selects = (const uint8_t *)mask->data + i * mask->stride[0];
        if (some == SOME) {
            backend->copy(elements, 1, from, x->stride[0], now, size);
            backend->copy(truth, 1, selects, mask->stride[0], now, 1);
            from = elements, selects = truth;
        }
        int64_t room = out->shape[0] > found ? out->shape[0] - found : 0;
        found += (backend->masked ? backend->masked : ssi_masked_plain)((char *)out->data + found * (int64_t)size, room,
                                                                        from, selects, now, size);
    }
    return found == out->shape[0] ? SSI_OK : SSI_INVALID;
}
