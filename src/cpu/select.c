/*
 * select.c - elements of given ranks, and lanes parted at one, without sorting.
 *
 * The key of a rank is found from the highest digit down of what it is above the least: how many keys have each value of the digit says in which the
 * rank lies, and only those keys are looked at again.
 */
#include "cpu/call.h"
#include "cpu/sort.h"

enum {
    DIGIT = 11,
    SMALL_DIGIT = 8, /* of fewer than SMALL keys */
    SMALL = 4096,
    TABLES = 4,
    FEW = 32,     /* are put in order */
    SORTED = 512, /* so many elements are sorted as fast as one is found among them */
};

/* ---- the key of a rank ---- */

/* The digit in which rank `*rank` lies; *rank becomes its rank among the keys that have it. Neighbours count in different tables, so that equal ones do
 * not wait for each other. */
static uint64_t digit_of_rank(const uint64_t *key, int64_t n, uint64_t least, int shift, int width, int64_t *rank)
{
    uint32_t count[TABLES][1 << DIGIT];
    for (int table = 0; table < TABLES; table++)
        memset(count[table], 0, sizeof(uint32_t) << width);
    for (int64_t i = 0; i < n; i++)
        count[i % TABLES][(key[i] - least) >> shift]++;
    for (uint64_t digit = 0;; digit++) {
        int64_t here = 0;
        for (int table = 0; table < TABLES; table++)
            here += count[table][digit];
        if (*rank < here)
            return digit;
        *rank -= here;
    }
}

/* A key, and its rank among those that are the same. */
typedef struct found {
    uint64_t key;
    int64_t which;
} found;

static found by_insertion(uint64_t *key, int64_t n, int64_t rank)
{
    for (int64_t i = 1; i < n; i++) {
        uint64_t x = key[i];
        int64_t j = i;
        for (; j > 0 && key[j - 1] > x; j--)
            key[j] = key[j - 1];
        key[j] = x;
    }
    found f = {key[rank], 0};
    while (f.which < rank && key[rank - f.which - 1] == f.key)
        f.which++;
    return f;
}

/* What has that rank among n keys, which are lost. */
static found find_rank(uint64_t *key, int64_t n, int64_t rank)
{
    while (n > FEW) {
        uint64_t least = UINT64_MAX, largest = 0;
        for (int64_t i = 0; i < n; i++) {
            least = key[i] < least ? key[i] : least;
            largest = key[i] > largest ? key[i] : largest;
        }
        if (least == largest)
            return (found){least, rank};
        int bits = 64 - __builtin_clzll(largest - least), width = n < SMALL ? SMALL_DIGIT : DIGIT;
        int shift = bits > width ? bits - width : 0;
        uint64_t digit = digit_of_rank(key, n, least, shift, width, &rank);
        int64_t left = 0;
        for (int64_t i = 0; i < n; i++) {
            uint64_t k = key[i];
            key[left] = k;
            left += (k - least) >> shift == digit;
        }
        n = left;
    }
    return by_insertion(key, n, rank);
}

static found find_in(const ssi_lane *x, uint64_t flip, int64_t rank, uint64_t *work)
{
    ssi_keys64(work, x, 0, x->n, false);
    for (int64_t i = 0; i < x->n && flip; i++)
        work[i] ^= flip;
    return find_rank(work, x->n, rank);
}

/* ---- a walk over a lane's keys, some at a time ---- */

enum { KEYS_AT_ONCE = 256 };

static int64_t some_keys(uint64_t *key, const ssi_lane *x, uint64_t flip, int64_t at)
{
    int64_t some = x->n - at < KEYS_AT_ONCE ? x->n - at : KEYS_AT_ONCE;
    ssi_keys64(key, x, at, some, false);
    for (int64_t i = 0; i < some && flip; i++)
        key[i] ^= flip;
    return some;
}

/* Where the element stands, and the one of the next rank: an equal one later, or else the first of the least that are greater. */
static void places_of(const ssi_lane *x, uint64_t flip, found f, int64_t place[2])
{
    uint64_t block[KEYS_AT_ONCE], next = UINT64_MAX;
    int64_t same = 0, greater = -1;
    place[0] = place[1] = -1;
    for (int64_t at = 0, some; at < x->n; at += some) {
        some = some_keys(block, x, flip, at);
        for (int64_t i = 0; i < some; i++) {
            if (block[i] == f.key) {
                place[0] = same == f.which ? at + i : place[0];
                place[1] = same == f.which + 1 ? at + i : place[1];
                same++;
            } else if (block[i] > f.key && (block[i] < next || greater < 0)) {
                next = block[i];
                greater = at + i;
            }
        }
    }
    place[1] = place[1] < 0 ? greater : place[1];
}

/* The places, in order, of keys between two. */
static int64_t places_between(const ssi_lane *x, uint64_t flip, uint64_t low, uint64_t high, uint64_t *place)
{
    uint64_t block[KEYS_AT_ONCE];
    int64_t count = 0;
    for (int64_t at = 0, some; at < x->n; at += some) {
        some = some_keys(block, x, flip, at);
        for (int64_t i = 0; i < some; i++) {
            place[count] = (uint64_t)(at + i);
            count += block[i] - low <= high - low;
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
    int64_t first = call->attribute[0], place[2];
    if (y->n == 0)
        return SSI_OK;
    if (x->n <= SORTED || y->n > x->n / 4) {
        put_sorted(y, x, ssi_sort_places(x, flip, a, b, x->n), first);
        return SSI_OK;
    }
    found low = find_in(x, flip, first, a);
    if (y->n <= 2) {
        places_of(x, flip, low, place);
        for (int64_t i = 0; i < y->n; i++)
            ssi_lane_put_i64(y, i, place[i]);
        return SSI_OK;
    }
    found high = find_in(x, flip, first + y->n - 1, a);
    put_sorted(y, x, ssi_sort_places(x, flip, a, b, places_between(x, flip, low.key, high.key, a)), low.which);
    return SSI_OK;
}

int ssi_cpu_argranks(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    return ssi_over_lanes(call, first, last, work, argranks_lane);
}

/* ---- argpartition ---- */

static int argpartition_lane(const ssi_call *call, const ssi_lane *y, const ssi_lane *x, void *work)
{
    int64_t kth = call->attribute[0], low = 0, high = kth + 1, same = 0, *to = (int64_t *)y->data + y->at;
    found f = find_in(x, 0, kth, work);
    uint64_t block[KEYS_AT_ONCE];
    for (int64_t at = 0, some; at < x->n; at += some) {
        some = some_keys(block, x, 0, at);
        for (int64_t i = 0; i < some; i++) {
            bool left = block[i] < f.key;
            if (block[i] == f.key && same++ <= f.which) {
                to[(same <= f.which ? low++ : kth) * y->step] = at + i;
                continue;
            }
            to[(left ? low : high) * y->step] = at + i;
            low += left;
            high += !left;
        }
    }
    return SSI_OK;
}

int ssi_cpu_argpartition(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    return ssi_over_lanes(call, first, last, work, argpartition_lane);
}
