/*
 * select.c - elements of given ranks, and lanes parted at one, without sorting.
 *
 * The key of a rank is found from its highest digit down: how many keys have each value of the digit says in which the rank lies, and only those
 * keys are looked at again.
 */
#include "cpu/call.h"
#include "cpu/sort.h"

enum { DIGIT = 11, TABLES = 4, FEW = 32 };

/* ---- the key of a rank ---- */

/* The digit in which rank `*rank` lies; *rank becomes its rank among the keys that have it. Neighbours count in different tables, so that equal ones do
 * not wait for each other. */
static uint64_t digit_of_rank(const uint64_t *key, int64_t n, int shift, int64_t *rank)
{
    uint32_t count[TABLES][1 << DIGIT] = {{0}};
    const uint64_t mask = (1 << DIGIT) - 1;
    for (int64_t i = 0; i < n; i++)
        count[i % TABLES][key[i] >> shift & mask]++;
    for (uint64_t digit = 0;; digit++) {
        int64_t here = 0;
        for (int table = 0; table < TABLES; table++)
            here += count[table][digit];
        if (*rank < here)
            return digit;
        *rank -= here;
    }
}

static uint64_t by_insertion(uint64_t *key, int64_t n, int64_t rank)
{
    for (int64_t i = 1; i < n; i++) {
        uint64_t x = key[i];
        int64_t j = i;
        for (; j > 0 && key[j - 1] > x; j--)
            key[j] = key[j - 1];
        key[j] = x;
    }
    return key[rank];
}

/* The key of that rank among n; the keys are lost. */
static uint64_t key_of_rank(uint64_t *key, int64_t n, int64_t rank)
{
    while (n > FEW) {
        uint64_t varying = 0;
        for (int64_t i = 1; i < n; i++)
            varying |= key[i] ^ key[0];
        if (!varying)
            return key[0];
        int bits = 64 - __builtin_clzll(varying), shift = bits > DIGIT ? bits - DIGIT : 0;
        uint64_t digit = digit_of_rank(key, n, shift, &rank);
        int64_t left = 0;
        for (int64_t i = 0; i < n; i++) {
            uint64_t k = key[i];
            key[left] = k;
            left += (k >> shift & ((1 << DIGIT) - 1)) == digit;
        }
        n = left;
    }
    return by_insertion(key, n, rank);
}

static uint64_t find_key(const ssi_lane *x, uint64_t flip, int64_t rank, uint64_t *work)
{
    ssi_keys64(work, x, 0, x->n, false);
    for (int64_t i = 0; i < x->n && flip; i++)
        work[i] ^= flip;
    return key_of_rank(work, x->n, rank);
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

/* How many keys are less than `key`, how many are the same, and the least of those that are greater. */
static void count_around(const ssi_lane *x, uint64_t flip, uint64_t key, int64_t *less, int64_t *same, uint64_t *next)
{
    uint64_t block[KEYS_AT_ONCE];
    *less = *same = 0;
    *next = UINT64_MAX;
    for (int64_t at = 0, some; at < x->n; at += some) {
        some = some_keys(block, x, flip, at);
        for (int64_t i = 0; i < some; i++) {
            *less += block[i] < key;
            *same += block[i] == key;
            *next = block[i] > key && block[i] < *next ? block[i] : *next;
        }
    }
}

/* Where the `which`-th element with that key stands. */
static int64_t place_of(const ssi_lane *x, uint64_t flip, uint64_t key, int64_t which)
{
    uint64_t block[KEYS_AT_ONCE];
    for (int64_t at = 0, some; at < x->n; at += some) {
        some = some_keys(block, x, flip, at);
        int64_t here = 0;
        for (int64_t i = 0; i < some; i++)
            here += block[i] == key;
        for (int64_t i = 0; which < here; i++)
            if (block[i] == key && which-- == 0)
                return at + i;
        which -= here;
    }
    return -1; /* there is one */
}

/* The places, in order, of keys between two. */
static int64_t places_between(const ssi_lane *x, uint64_t flip, uint64_t low, uint64_t high, uint64_t *place)
{
    uint64_t block[KEYS_AT_ONCE];
    int64_t found = 0;
    for (int64_t at = 0, some; at < x->n; at += some) {
        some = some_keys(block, x, flip, at);
        for (int64_t i = 0; i < some; i++) {
            place[found] = (uint64_t)(at + i);
            found += block[i] - low <= high - low;
        }
    }
    return found;
}

/* ---- argranks ---- */

/* Two ranks and more: what lies between their keys is sorted. */
static int argranks_lane(const ssi_call *call, const ssi_lane *y, const ssi_lane *x, void *work)
{
    uint64_t *a = work, *b = a + x->n, flip = call->attribute[1] ? UINT64_MAX : 0, next;
    int64_t first = call->attribute[0], less, same;
    if (y->n == 0)
        return SSI_OK;
    uint64_t low = find_key(x, flip, first, a);
    count_around(x, flip, low, &less, &same, &next);
    if (y->n <= 2) {
        ssi_lane_put_i64(y, 0, place_of(x, flip, low, first - less));
        if (y->n == 2 && first + 1 < less + same)
            ssi_lane_put_i64(y, 1, place_of(x, flip, low, first + 1 - less));
        else if (y->n == 2)
            ssi_lane_put_i64(y, 1, place_of(x, flip, next, 0));
        return SSI_OK;
    }
    uint64_t high = find_key(x, flip, first + y->n - 1, a);
    const uint64_t *place = ssi_sort_places(x, flip, a, b, places_between(x, flip, low, high, a));
    for (int64_t i = 0; i < y->n; i++)
        ssi_lane_put_i64(y, i, (uint32_t)place[first - less + i]);
    return SSI_OK;
}

int ssi_cpu_argranks(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    return ssi_over_lanes(call, first, last, work, argranks_lane);
}

/* ---- argpartition ---- */

static int argpartition_lane(const ssi_call *call, const ssi_lane *y, const ssi_lane *x, void *work)
{
    int64_t kth = call->attribute[0], less, same, low = 0, high = kth + 1;
    uint64_t key = find_key(x, 0, kth, work), next, block[KEYS_AT_ONCE];
    count_around(x, 0, key, &less, &same, &next);
    int64_t rank = less; /* of the next that is the same */
    int64_t *to = (int64_t *)y->data + y->at;
    for (int64_t at = 0, some; at < x->n; at += some) {
        some = some_keys(block, x, 0, at);
        for (int64_t i = 0; i < some; i++) {
            bool left = block[i] < key;
            if (block[i] == key && rank++ <= kth) {
                to[(rank <= kth ? low++ : kth) * y->step] = at + i;
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
