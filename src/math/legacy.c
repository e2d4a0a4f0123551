/*
 * legacy.c - the numbers of numpy.random's old interface, to the bit: the Mersenne twister MT19937 (Matsumoto and Nishimura 1998) with the
 * seeding of 2002, doubles of 53 bits made of two words, normal numbers by Marsaglia's polar method, integers by masking and rejecting.
 */
#include <math.h>

#include "ssi/random.h"
#include "tensor/tensor.h"

enum { WORDS = 624, MIDDLE = 397 };

struct ssi_legacy {
    uint32_t word[WORDS];  /* the state */
    uint32_t ready[WORDS]; /* what it gives, made all at once: so it is vector code */
    int next;
    bool has_normal; /* the polar method makes two at a time */
    double normal;
};

/* ---- the twister ---- */

void ssi_legacy_seed(ssi_legacy *g, uint32_t seed)
{
    if (!g)
        return;
    for (uint32_t i = 0; i < WORDS; i++) {
        g->word[i] = seed;
        seed = 1812433253u * (seed ^ seed >> 30) + i + 1;
    }
    g->next = WORDS;
    g->has_normal = false;
}

static uint32_t twist(uint32_t high, uint32_t low, uint32_t far)
{
    uint32_t mixed = (high & 0x80000000u) | (low & 0x7fffffffu);
    return far ^ mixed >> 1 ^ ((0 - (mixed & 1)) & 0x9908b0dfu);
}

static uint32_t tempered(uint32_t y)
{
    y ^= y >> 11;
    y ^= y << 7 & 0x9d2c5680u;
    y ^= y << 15 & 0xefc60000u;
    return y ^ y >> 18;
}

static void refill(ssi_legacy *g)
{
    uint32_t *w = g->word;
    for (int i = 0; i < WORDS - MIDDLE; i++)
        w[i] = twist(w[i], w[i + 1], w[i + MIDDLE]);
    for (int i = WORDS - MIDDLE; i < WORDS - 1; i++)
        w[i] = twist(w[i], w[i + 1], w[i + MIDDLE - WORDS]);
    w[WORDS - 1] = twist(w[WORDS - 1], w[0], w[MIDDLE - 1]);
    for (int i = 0; i < WORDS; i++)
        g->ready[i] = tempered(w[i]);
    g->next = 0;
}

static uint32_t next_word(ssi_legacy *g)
{
    if (g->next == WORDS)
        refill(g);
    return g->ready[g->next++];
}

static double next_double(ssi_legacy *g)
{
    uint32_t high = next_word(g) >> 5, low = next_word(g) >> 6;
    return ((int32_t)high * 67108864.0 + (int32_t)low) / 9007199254740992.0;
}

static double next_normal(ssi_legacy *g)
{
    double x, y, square;
    if (g->has_normal) {
        g->has_normal = false;
        return g->normal;
    }
    do {
        x = 2 * next_double(g) - 1;
        y = 2 * next_double(g) - 1;
        square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double scale = sqrt(-2 * log(square) / square);
    g->normal = scale * x;
    g->has_normal = true;
    return scale * y;
}

/* In [0, most]: as many low bits as `most` has, until they are no larger. */
static uint64_t next_up_to(ssi_legacy *g, uint64_t most)
{
    uint64_t mask = most, value;
    for (int shift = 1; shift < 64; shift *= 2)
        mask |= mask >> shift;
    do {
        value = next_word(g);
        if (most > UINT32_MAX)
            value = value << 32 | next_word(g);
        value &= mask;
    } while (value > most);
    return value;
}

ssi_legacy *ssi_legacy_new(uint32_t seed)
{
    ssi_legacy *g = ssi_alloc(sizeof *g);
    ssi_legacy_seed(g, seed);
    return g;
}

void ssi_legacy_free(ssi_legacy *g)
{
    ssi_free(g);
}

/* ---- arrays of them ---- */

/* A leaf of that shape, to be filled: its elements, or NULL with an error. */
static void *fresh(const char *operation, const ssi_legacy *g, ssi_dtype dtype, int rank, const int64_t *shape,
                   int64_t *count, ssi_tensor **leaf)
{
    char text[SSI_SHAPE_TEXT];
    if (!g)
        return NULL;
    if (rank < 0 || rank > SSI_MAX_RANK || !ssi_shape_count(rank, shape, sizeof(int64_t), count))
        return SSI_FAIL_NULL(SSI_INVALID, operation, "shape %s has a negative size or is larger than memory can be",
                             rank < 0 || rank > SSI_MAX_RANK ? "?" : ssi_shape_text(rank, shape, text));
    ssi_buffer *buffer = ssi_buffer_new((size_t)*count * sizeof(int64_t));
    *leaf = buffer ? ssi_leaf(dtype, rank, shape, buffer, 0, NULL) : NULL;
    return *leaf ? buffer->data : NULL;
}

ssi_tensor *(ssi_legacy_rand)(ssi_legacy *g, int rank, const int64_t *shape)
{
    int64_t count;
    ssi_tensor *x;
    double *to = fresh("legacy_rand", g, SSI_F64, rank, shape, &count, &x);
    for (int64_t i = 0; to && i < count; i++)
        to[i] = next_double(g);
    return to ? x : NULL;
}

ssi_tensor *(ssi_legacy_randn)(ssi_legacy *g, int rank, const int64_t *shape)
{
    int64_t count;
    ssi_tensor *x;
    double *to = fresh("legacy_randn", g, SSI_F64, rank, shape, &count, &x);
    for (int64_t i = 0; to && i < count; i++)
        to[i] = next_normal(g);
    return to ? x : NULL;
}

ssi_tensor *(ssi_legacy_randint)(ssi_legacy *g, int64_t low, int64_t high, int rank, const int64_t *shape)
{
    int64_t count;
    ssi_tensor *x;
    if (low >= high)
        return SSI_FAIL_NULL(SSI_INVALID, "legacy_randint", "from %lld to %lld\nhigh must be above low", (long long)low,
                             (long long)high);
    int64_t *to = fresh("legacy_randint", g, SSI_I64, rank, shape, &count, &x);
    uint64_t most = (uint64_t)high - (uint64_t)low - 1;
    for (int64_t i = 0; to && i < count; i++)
        to[i] = (int64_t)((uint64_t)low + (most ? next_up_to(g, most) : 0));
    return to ? x : NULL;
}

ssi_tensor *ssi_legacy_permutation(ssi_legacy *g, int64_t n)
{
    int64_t count;
    ssi_tensor *x;
    int64_t *to = fresh("legacy_permutation", g, SSI_I64, 1, &n, &count, &x);
    for (int64_t i = 0; to && i < n; i++)
        to[i] = i;
    for (int64_t i = n - 1; to && i > 0; i--) {
        int64_t other = (int64_t)next_up_to(g, (uint64_t)i), swap = to[i];
        to[i] = to[other];
        to[other] = swap;
    }
    return to ? x : NULL;
}
