/*
 * keep.c - packed copies that stay: the weights of a network that predicts are packed once, not once a product; and one that learns packs them while it changes
 * them.
 *
 * A copy belongs to a buffer and its version, hangs on the buffer, and is freed with it. It is made when the same copy of the same version is asked for a second
 * time, or when a kernel overwrites a buffer of which a copy has been asked for: then it packs, tile by tile, what will be asked for next.
 *
 *      stamp = [version | state]       SEEN ---> PACKING ---> READY <--- NEXT       of another version: SEEN again
 *                                                   ^           |         ^
 *                                                   +-----------+         |         a kernel overwrites the buffer, whose version grows,
 *                                                        PACKING ---------+         and nobody has asked for the new one yet
 *
 * States change by comparing and swapping, so threads that read one model share its copies without a lock. Who swaps PACKING in packs; others who come
 * meanwhile pack for themselves. Nobody reads the copy of an older version, for nobody reads a buffer while it is written.
 */
#include <string.h>

#include "run/execute.h"

_Static_assert(sizeof(ssi_pack_key) == sizeof((ssi_copy *)0)->key, "a copy has room for its key");

enum { SEEN, PACKING, READY, NEXT, STATES };
enum { NOT_FINITE = 1, FINITE }; /* stamps of their own; 0: nobody has looked */

/* A device has no memory to keep things twice. */
#ifdef SSI_CORE
enum { KEEPS = 0 };
#else
enum { KEEPS = 1 };
#endif

static uint64_t stamp_of(const ssi_buffer *buffer, int state)
{
    return (uint64_t)buffer->version * STATES + (uint64_t)state;
}

static bool change(ssi_copy *copy, const ssi_buffer *buffer, int from, int to)
{
    uint64_t stamp = stamp_of(buffer, from);
    return atomic_compare_exchange_strong(&copy->stamp, &stamp, stamp_of(buffer, to));
}

static ssi_copy *find(ssi_copy *copy, const ssi_pack_key *key)
{
    while (copy && memcmp(copy->key, key, sizeof *key) != 0)
        copy = copy->next;
    return copy;
}

/* The first time: remembered as seen. Without memory nothing is remembered. */
static void note(ssi_buffer *buffer, const ssi_pack_key *key)
{
    ssi_copy *copy = KEEPS ? ssi_try_alloc(sizeof *copy) : NULL;
    if (!copy)
        return;
    memset(copy, 0, sizeof *copy);
    memcpy(copy->key, key, sizeof *key);
    atomic_init(&copy->stamp, stamp_of(buffer, SEEN));
    copy->next = atomic_load(&buffer->copies);
    while (!atomic_compare_exchange_weak(&buffer->copies, &copy->next, copy))
        ;
}

/* Has room for a copy in state PACKING, or is SEEN again. */
static bool has_room(ssi_copy *copy, const ssi_buffer *buffer, const ssi_packing *packing)
{
    copy->data = copy->data ? copy->data : ssi_try_alloc(ssi_packed_bytes(packing));
    if (!copy->data)
        atomic_store(&copy->stamp, stamp_of(buffer, SEEN));
    return copy->data != NULL;
}

ssi_kept ssi_kept_copy(ssi_buffer *buffer, const ssi_pack_key *key)
{
    ssi_copy *copy = find(atomic_load_explicit(&buffer->copies, memory_order_acquire), key);
    if (!copy) {
        note(buffer, key);
        return (ssi_kept){0};
    }
    uint64_t stamp = atomic_load_explicit(&copy->stamp, memory_order_acquire);
    if (stamp == stamp_of(buffer, NEXT)) {
        change(copy, buffer, NEXT, READY);
        return (ssi_kept){.data = copy->data, .ready = true, .copy = copy};
    }
    if (stamp == stamp_of(buffer, READY))
        return (ssi_kept){.data = copy->data, .ready = true, .again = true, .copy = copy};
    if (stamp / STATES != stamp_of(buffer, SEEN) / STATES)
        atomic_compare_exchange_strong(&copy->stamp, &stamp, stamp_of(buffer, SEEN));
    else if (change(copy, buffer, SEEN, PACKING) && has_room(copy, buffer, &key->packing))
        return (ssi_kept){.data = copy->data, .copy = copy};
    return (ssi_kept){0};
}

void ssi_kept_done(const ssi_kept *kept)
{
    if (kept->copy && !kept->ready) /* PACKING becomes READY */
        atomic_fetch_add_explicit(&kept->copy->stamp, READY - PACKING, memory_order_release);
}

/* Threads that look at the same time find the same. */
bool ssi_kept_is_finite(const ssi_kept *kept, const ssi_buffer *buffer, const ssi_packing *p)
{
    if (!kept->ready || !p->gemm->are_finite)
        return false;
    uint64_t known = atomic_load_explicit(&kept->copy->finite, memory_order_relaxed);
    if (known != stamp_of(buffer, NOT_FINITE) && known != stamp_of(buffer, FINITE)) {
        int64_t steps = ssi_packed_columns(p) / p->gemm->nr * ssi_panel_steps(p, p->k);
        ssi_panels all = ssi_packed(p->gemm, kept->data, steps);
        known = stamp_of(buffer, p->gemm->are_finite(&all, 1, steps) ? FINITE : NOT_FINITE);
        atomic_store_explicit(&kept->copy->finite, known, memory_order_relaxed);
    }
    return known == stamp_of(buffer, FINITE);
}

/* Whether it is of a whole matrix that lies row after row at the buffer's beginning, as it is or transposed. */
static bool is_of(const ssi_pack_key *key, int64_t rows, int64_t columns)
{
    const ssi_packing *p = &key->packing;
    bool lying = p->row == columns && p->column == 1 && p->k == rows && p->n == columns;
    bool turned = p->row == 1 && p->column == columns && p->k == columns && p->n == rows;
    return key->offset == 0 && (lying || turned);
}

int ssi_copies_to_renew(ssi_buffer *buffer, int64_t rows, int64_t columns, ssi_renewed *out, int most)
{
    int count = 0;
    ssi_copy *copy = atomic_load_explicit(&buffer->copies, memory_order_acquire);
    for (; copy && count < most; copy = copy->next) {
        ssi_pack_key key;
        memcpy(&key, copy->key, sizeof key);
        bool asked = is_of(&key, rows, columns) && ssi_packed_columns(&key.packing) > 0 &&
                     (change(copy, buffer, READY, PACKING) || change(copy, buffer, SEEN, PACKING));
        if (asked && has_room(copy, buffer, &key.packing))
            out[count++] = (ssi_renewed){.packing = key.packing, .data = copy->data};
    }
    return count;
}

void ssi_copies_renewed(ssi_buffer *buffer)
{
    ssi_copy *copy = atomic_load_explicit(&buffer->copies, memory_order_acquire);
    uint64_t packed = stamp_of(buffer, PACKING) - STATES; /* of the version before */
    for (; copy; copy = copy->next) {
        uint64_t stamp = packed;
        atomic_compare_exchange_strong(&copy->stamp, &stamp, stamp_of(buffer, NEXT));
    }
}
