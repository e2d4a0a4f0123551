/*
 * sort.c - sort and argsort of lanes, by digits of their elements' keys (radix.h).
 *
 * argsort packs the place into one word with as many bits of the key as there is room for above it, the highest that differ, and looks at the rest only
 * where these are equal.
 */
#include "cpu/sort.h"
#include "cpu/call.h"
#include "run/backend.h"

enum {
    DIGIT = 11,      /* bits: the counters of three digits stay in the first cache */
    PASSES = 4,      /* at most */
    EXPONENT = 6,    /* more bits than log2 n: of floats the upper ones differ little */
    LARGE = 1 << 12, /* for so many words all bits of three digits cost nothing more */
    HUGE = 3 << 19,  /* so many lie outside the caches, where four digits with fewer places to write to are faster */
    HUGE_DIGIT = 9,
    FEW = 24, /* are sorted by insertion */
};
#define BITS_OF(x) ((x) ? 64 - __builtin_clzll(x) : 0)

/* clang-format off */
#define T uint32_t
#define NAME(name) name##32
#define NETWORK(backend) (backend)->sort_few_u32
#include "cpu/radix.h"
#undef T
#undef NAME
#undef NETWORK

#define T uint64_t
#define NAME(name) name##64
#define NETWORK(backend) (backend)->sort_few_u64
#include "cpu/radix.h"
#undef T
#undef NAME
#undef NETWORK
/* clang-format on */

/* ---- sort ---- */

/* Integers, in keys; few of which none is 2^32 above the least, which is usual, as words of half the size. */
static const uint64_t *sort_integers(const ssi_lane *x, uint64_t *a, uint64_t *b)
{
    uint64_t least = 0;
    size_t n = (size_t)x->n;
    ssi_keys64(a, x, 0, x->n, false);
    uint64_t spread = n <= FEW || n > SSI_SORT_FEW ? UINT64_MAX : spread64(a, n, 0, &least);
    if (spread == 0) /* sorted */
        return a;
    if (spread > UINT32_MAX)
        return sort64(a, b, n, 0);
    uint32_t *half = (uint32_t *)b;
    for (size_t i = 0; i < n; i++)
        half[i] = (uint32_t)(a[i] - least);
    const uint32_t *sorted = sort32(half, half + n, n, 0);
    for (size_t i = 0; i < n; i++)
        a[i] = sorted[i] + least;
    return a;
}

static int sort_lane(const ssi_call *call, const ssi_lane *y, const ssi_lane *x, void *work)
{
    (void)call;
    if (ssi_key_is_wide(x->dtype)) {
        uint64_t *a = work;
        ssi_elements64(y, x->dtype == SSI_I64 ? sort_integers(x, a, a + x->n)
                                              : sort_lane64(x, a, a + x->n, ((uint64_t)1 << 63) - 1));
    } else {
        uint32_t *a = work;
        ssi_elements32(y, sort_lane32(x, a, a + x->n, x->dtype == SSI_F32 ? 0x7fffffff : 0x7fff));
    }
    return SSI_OK;
}

int ssi_cpu_sort(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    return ssi_over_lanes(call, first, last, work, sort_lane);
}

/* ---- argsort ---- */

enum { KEYS_AT_ONCE = 256 };

/* The keys of `some` places from the `first` on; of a whole lane place i is i. */
static void keys_at(uint64_t *key, const ssi_lane *x, const uint64_t *place, int64_t first, int64_t some, bool whole)
{
    if (whole) {
        ssi_keys64(key, x, first, some, false);
        return;
    }
    for (int64_t i = 0; i < some; i++)
        ssi_keys64(&key[i], x, (int64_t)place[first + i], 1, false);
}

/* Least and largest key, and the bits in which keys differ. */
typedef struct extent {
    uint64_t least, largest, varying;
} extent;

static extent extent_of(const ssi_lane *x, uint64_t flip, const uint64_t *place, int64_t n)
{
    uint64_t key[KEYS_AT_ONCE], one = 0;
    extent e = {UINT64_MAX, 0, 0};
    for (int64_t at = 0; at < n; at += KEYS_AT_ONCE) {
        int64_t some = n - at < KEYS_AT_ONCE ? n - at : KEYS_AT_ONCE;
        keys_at(key, x, place, at, some, n == x->n);
        one = at ? one : key[0];
        for (int64_t i = 0; i < some; i++) {
            uint64_t k = key[i] ^ flip;
            e.varying |= key[i] ^ one;
            e.least = k < e.least ? k : e.least;
            e.largest = k > e.largest ? k : e.largest;
        }
    }
    return e;
}

/* What the keys are above the least, from the bit `shift` on, above `room` bits for the place. */
static void pack(const ssi_lane *x, uint64_t flip, uint64_t least, uint64_t *place, int64_t n, int shift, int room)
{
    uint64_t key[KEYS_AT_ONCE];
    bool whole = n == x->n;
    for (int64_t at = 0; at < n; at += KEYS_AT_ONCE) {
        int64_t some = n - at < KEYS_AT_ONCE ? n - at : KEYS_AT_ONCE;
        keys_at(key, x, place, at, some, whole);
        for (int64_t i = 0; i < some; i++)
            place[at + i] = ((key[i] ^ flip) - least) >> shift << room | (whole ? (uint64_t)(at + i) : place[at + i]);
    }
}

/* Places whose keys agree from `shift` on, sorted by what is below. */
static void sort_agreeing(const ssi_lane *x, uint64_t flip, uint64_t least, uint64_t *a, uint64_t *b, int64_t n,
                          int shift, int room)
{
    uint64_t place_bits = ssi_place_bits(x);
    for (int64_t begin = 0, end; begin < n; begin = end) {
        for (end = begin + 1; end < n && a[end] >> room == a[begin] >> room; end++)
            ;
        if (end - begin < 2)
            continue;
        for (int64_t i = begin; i < end; i++) {
            uint64_t key, place = a[i] & place_bits;
            ssi_keys64(&key, x, (int64_t)place, 1, false);
            a[i] = (((key ^ flip) - least) & (((uint64_t)1 << shift) - 1)) << room | place;
        }
        const uint64_t *run = sort64(a + begin, b + begin, (size_t)(end - begin), room);
        if (run != a + begin)
            memcpy(a + begin, run, (size_t)(end - begin) * sizeof *a);
    }
}

uint64_t *ssi_sort_places(const ssi_lane *x, uint64_t flip, uint64_t *a, uint64_t *b, int64_t n)
{
    int room = BITS_OF(ssi_place_bits(x));
    if (!ssi_key_is_wide(x->dtype)) {
        pack(x, flip, 0, a, n, 0, room);
        return (ssi_dtype_size(x->dtype) == 1 ? sort_by_digits64 : sort64)(a, b, (size_t)n, room);
    }
    bool few_floats = n <= SSI_SORT_FEW && x->dtype == SSI_F64; /* their upper bits seldom agree */
    extent e = few_floats ? (extent){0, UINT64_MAX, UINT64_MAX} : extent_of(x, flip, a, n);
    int bits = n ? BITS_OF(e.largest - e.least) : 0, shift = bits > 64 - room ? bits - (64 - room) : 0;
    pack(x, flip, e.least, a, n, shift, room);
    uint64_t *sorted = bits <= 8 && n > FEW ? sort_digits64(a, b, (size_t)n, room, 0, (e.largest - e.least) << room)
                                            : sort64(a, b, (size_t)n, room);
    if (e.varying & (((uint64_t)1 << shift) - 1))
        sort_agreeing(x, flip, e.least, sorted, sorted == a ? b : a, n, shift, room);
    return sorted;
}

static int argsort_lane(const ssi_call *call, const ssi_lane *y, const ssi_lane *x, void *work)
{
    (void)call;
    uint64_t *a = work;
    const uint64_t *place = ssi_sort_places(x, 0, a, a + x->n, x->n);
    uint64_t *to = (uint64_t *)y->data + y->at, place_bits = ssi_place_bits(x);
    for (int64_t i = 0; i < y->n; i++)
        to[i * y->step] = place[i] & place_bits;
    return SSI_OK;
}

int ssi_cpu_argsort(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    return ssi_over_lanes(call, first, last, work, argsort_lane);
}
