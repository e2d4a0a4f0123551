/*
 * select.c - elements of given ranks, and lanes parted at one, without sorting.
 *
 * The key of a rank is found from the highest digit down of what it is above the least: how many keys have each value of the digit says in which the
 * rank lies, and only those keys are looked at again. Of some hundreds of keys a sorted sample says between which two the rank most likely lies.
 */
#include "cpu/call.h"
#include "cpu/isa.h"
#include "cpu/sort.h"
#include "run/backend.h"

enum {
    DIGIT = 11,
    SMALL_DIGIT = 8, /* of fewer than SMALL keys */
    SMALL = 4096,
    TABLES = 4,
    FEW = 32,       /* are put in order */
    AT_ONCE = 256,  /* are, where there is a sorting network */
    SAMPLE = 128,   /* keys: what the network sorts fastest */
    SPREAD = 9,     /* so far from its expected place in the sample a key is once in ten times */
    SORTED = 512,   /* so many elements are sorted as fast as one is found among them */
    BLOCK = 512,    /* keys that are made together */
    KEPT = 1 << 15, /* of fewer elements the keys stay in the caches */
};

/* ---- the key of a rank ---- */

/* The keys of a lane, each turned by `flip`: kept, or, where they are not (NULL), made block by block whenever they are looked at, which costs less
 * than to fetch so many from beyond the caches. */
typedef struct keys {
    const uint64_t *kept;
    int64_t n;
    const ssi_lane *x;
    uint64_t flip;
} keys;

/* Some keys from place `at` on, and how many: in `block` unless they are kept. */
NOINLINE const uint64_t *some_keys(const keys *all, int64_t at, int64_t *n, uint64_t block[BLOCK])
{
    *n = all->n - at;
    if (all->kept)
        return all->kept + at;
    *n = *n < BLOCK ? *n : BLOCK;
    ssi_keys64(block, all->x, at, *n, false);
    for (int64_t i = 0; i < *n && all->flip; i++)
        block[i] ^= all->flip;
    return block;
}

#define EACH_SOME(all)                                                                                                 \
    uint64_t block[BLOCK];                                                                                             \
    const uint64_t *key;                                                                                               \
    for (int64_t at = 0, n; at < (all)->n && (key = some_keys((all), at, &n, block)); at += n)

static void extremes(const keys *all, uint64_t *least, uint64_t *largest)
{
    uint64_t low = UINT64_MAX, high = 0;
    EACH_SOME(all)
    {
        for (int64_t i = 0; i < n; i++) {
            low = key[i] < low ? key[i] : low;
            high = key[i] > high ? key[i] : high;
        }
    }
    *least = low;
    *largest = high;
}

/* The digit in which rank `*rank` lies; *rank becomes its rank among the keys that have it. Neighbours count in different tables, so that equal ones do
 * not wait for each other. */
static uint64_t digit_of_rank(const keys *all, uint64_t least, int shift, int width, int64_t *rank)
{
    uint32_t count[TABLES][1 << DIGIT];
    for (int table = 0; table < TABLES; table++)
        memset(count[table], 0, sizeof(uint32_t) << width);
    EACH_SOME(all)
    {
        for (int64_t i = 0; i < n; i++)
            count[i % TABLES][(key[i] - least) >> shift]++;
    }
    for (uint64_t digit = 0;; digit++) {
        int64_t here = 0;
        for (int table = 0; table < TABLES; table++)
            here += count[table][digit];
        if (*rank < here)
            return digit;
        *rank -= here;
    }
}

/* Those that have the digit, to `near`, which may be where they are kept; returns how many. */
static int64_t with_digit(uint64_t *near, const keys *all, uint64_t least, int shift, uint64_t digit)
{
    int64_t left = 0;
    EACH_SOME(all)
    {
        for (int64_t i = 0; i < n; i++) {
            uint64_t k = key[i];
            near[left] = k;
            left += (k - least) >> shift == digit;
        }
    }
    return left;
}

/* A key, and its rank among those that are the same. */
typedef struct found {
    uint64_t key;
    int64_t which;
} found;

static found found_in_order(const uint64_t *key, int64_t rank)
{
    found f = {key[rank], 0};
    while (f.which < rank && key[rank - f.which - 1] == f.key)
        f.which++;
    return f;
}

static found by_insertion(uint64_t *key, int64_t n, int64_t rank)
{
    for (int64_t i = 1; i < n; i++) {
        uint64_t x = key[i];
        int64_t j = i;
        for (; j > 0 && key[j - 1] > x; j--)
            key[j] = key[j - 1];
        key[j] = x;
    }
    return found_in_order(key, rank);
}

static found among_few(uint64_t *key, int64_t n, int64_t rank)
{
    void (*network)(uint64_t *, size_t) = ssi_backend_cpu()->sort_few_u64;
    if (n <= FEW || !network)
        return by_insertion(key, n, rank);
    network(key, (size_t)n);
    return found_in_order(key, rank);
}

/* Of SAMPLE keys in order two, between which the key of the rank most likely is. The keys between, these two among them, go to `near`; returns how many,
 * or 0 if it is not one of them. *rank becomes its rank among them. */
static int64_t near_rank(uint64_t *near, const uint64_t *key, int64_t n, int64_t *rank)
{
    uint64_t sample[SAMPLE];
    for (int64_t i = 0; i < SAMPLE; i++)
        sample[i] = key[i * n / SAMPLE];
    ssi_backend_cpu()->sort_few_u64(sample, SAMPLE);
    int64_t middle = *rank * SAMPLE / n, before = middle - SPREAD, after = middle + SPREAD;
    uint64_t low = before < 0 ? 0 : sample[before], high = after >= SAMPLE ? UINT64_MAX : sample[after];
    int64_t less, between = ssi_backend_cpu()->keys_between(near, key, n, low, high, &less);
    if (*rank < less || *rank >= less + between)
        return 0;
    *rank -= less;
    return between;
}

/* What has that rank; `near` is memory for as many keys. */
static found find_rank(keys all, int64_t rank, uint64_t *near)
{
    bool sampled = all.kept && all.n < SMALL && ssi_backend_cpu()->sort_few_u64;
    int64_t few = sampled ? AT_ONCE : FEW, left = sampled && all.n > few ? near_rank(near, all.kept, all.n, &rank) : 0;
    if (left)
        all = (keys){.kept = near, .n = left};
    while (all.n > few) {
        uint64_t least, largest;
        extremes(&all, &least, &largest);
        if (least == largest)
            return (found){least, rank};
        int bits = 64 - __builtin_clzll(largest - least), width = all.n < SMALL ? SMALL_DIGIT : DIGIT;
        int shift = bits > width ? bits - width : 0;
        uint64_t digit = digit_of_rank(&all, least, shift, width, &rank);
        all = (keys){.kept = near, .n = with_digit(near, &all, least, shift, digit)};
    }
    if (all.kept != near)
        memcpy(near, all.kept, (size_t)all.n * sizeof *near);
    return among_few(near, all.n, rank);
}

/* The lane's keys; kept in `room`, if there is one. */
static keys keys_of(const ssi_lane *x, uint64_t flip, uint64_t *room)
{
    keys all = {.n = x->n, .x = x, .flip = flip};
    for (int64_t at = 0, n; room && at < x->n; at += n)
        some_keys(&all, at, &n, room + at);
    all.kept = room;
    return all;
}

/* ---- places ---- */

/* Where the element stands, and the one of the next rank: an equal one later, or else the first of the least that are greater. Of most blocks is only
 * asked whether there is such a one, without a branch that hangs on a key. */
static void places_of(const keys *all, found f, int64_t place[2])
{
    uint64_t next = UINT64_MAX;
    int64_t same = 0, greater = -1;
    place[0] = place[1] = -1;
    EACH_SOME(all)
    {
        int64_t equal = 0, above = 0, i = 0;
        uint64_t least = UINT64_MAX;
        for (int64_t k = 0; k < n; k++) {
            uint64_t other = key[k] > f.key ? key[k] : UINT64_MAX;
            equal += key[k] == f.key;
            above += key[k] > f.key;
            least = other < least ? other : least;
        }
        for (int64_t k = 0; k < n && equal && same <= f.which + 1; k++) {
            if (key[k] == f.key && same++ >= f.which)
                place[same - 1 - f.which] = at + k;
        }
        if (!above || (greater >= 0 && least >= next))
            continue;
        while (key[i] != least)
            i++;
        next = least;
        greater = at + i;
    }
    place[1] = place[1] < 0 ? greater : place[1];
}

/* The places, in order, of the keys between two: to `place`, which may be where they are kept. */
static int64_t places_between(uint64_t *place, const keys *all, uint64_t low, uint64_t high)
{
    int64_t count = 0;
    EACH_SOME(all)
    {
        for (int64_t i = 0; i < n; i++) {
            uint64_t k = key[i];
            place[count] = (uint64_t)(at + i);
            count += k - low <= high - low;
        }
    }
    return count;
}

/* ---- argranks ---- */

/* What of the sorted places is asked for, from `at` on. */
static void put_sorted(const ssi_lane *y, const ssi_lane *x, const uint64_t *sorted, int64_t at)
{
    uint64_t place_bits = ssi_place_bits(x);
    for (int64_t i = 0; i < y->n; i++)
        ssi_lane_put_i64(y, i, (int64_t)(sorted[at + i] & place_bits));
}

/* Of a few ranks more than two, what lies between the keys of the first and the last is sorted. */
static int argranks_lane(const ssi_call *call, const ssi_lane *y, const ssi_lane *x, void *work)
{
    uint64_t *a = work, *b = a + x->n, flip = call->attribute[1] ? UINT64_MAX : 0;
    int64_t first = ssi_first_rank(call, y, x), place[2];
    if (y->n == 0)
        return SSI_OK;
    if (x->n <= SORTED || y->n > x->n / 4) {
        put_sorted(y, x, ssi_sort_places(x, flip, a, b, x->n), first);
        return SSI_OK;
    }
    keys all = keys_of(x, flip, x->n < KEPT ? a : NULL);
    found low = find_rank(all, first, b);
    if (y->n <= 2) {
        places_of(&all, low, place);
        for (int64_t i = 0; i < y->n; i++)
            ssi_lane_put_i64(y, i, place[i]);
        return SSI_OK;
    }
    found high = find_rank(all, first + y->n - 1, b);
    put_sorted(y, x, ssi_sort_places(x, flip, a, b, places_between(a, &all, low.key, high.key)), low.which);
    return SSI_OK;
}

int ssi_cpu_argranks(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    return ssi_over_lanes(call, first, last, work, argranks_lane);
}

/* ---- partitions ---- */

/* Where the elements in their new order stood. */
static void part_places(int64_t *to, int64_t step, const uint64_t *key, int64_t n, int64_t kth, found f)
{
    int64_t low = 0, high = kth + 1, same = 0;
    if (step == 1 && ssi_backend_cpu()->part) {
        ssi_backend_cpu()->part(to, NULL, sizeof *to, key, n, kth, f.key, f.which);
        return;
    }
    for (int64_t i = 0; i < n; i++) {
        bool left = key[i] < f.key;
        if (key[i] == f.key && same++ <= f.which) {
            to[(same <= f.which ? low++ : kth) * step] = i;
            continue;
        }
        to[(left ? low : high) * step] = i;
        low += left;
        high += !left;
    }
}

/* The elements themselves; `place` is memory for as many places. */
static void part_elements(const ssi_lane *y, const ssi_lane *x, const uint64_t *key, int64_t kth, found f,
                          int64_t *place)
{
    size_t size = ssi_dtype_size(x->dtype);
    if (y->step == 1 && x->step == 1 && size >= 4 && ssi_backend_cpu()->part) {
        const char *from = (const char *)x->data + x->at * (int64_t)size;
        ssi_backend_cpu()->part((char *)y->data + y->at * (int64_t)size, from, size, key, x->n, kth, f.key, f.which);
        return;
    }
    part_places(place, 1, key, x->n, kth, f);
    for (int64_t i = 0; i < x->n; i++)
        ssi_lane_copy(y, i, x, place[i]);
}

static int partition_lane(const ssi_call *call, const ssi_lane *y, const ssi_lane *x, void *work)
{
    int64_t kth = call->attribute[0];
    uint64_t *key = work, *near = key + x->n;
    found f = find_rank(keys_of(x, 0, key), kth, near);
    if (call->op->code == SSI_CALL_PARTITION)
        part_elements(y, x, key, kth, f, (int64_t *)near);
    else
        part_places((int64_t *)y->data + y->at, y->step, key, x->n, kth, f);
    return SSI_OK;
}

int ssi_cpu_partition(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    return ssi_over_lanes(call, first, last, work, partition_lane);
}
