/*
 * pack.c - packed copies that stay: the weights of a network that predicts are packed once, not once a product.
 *
 * A copy belongs to a buffer and its version, hangs on the buffer, and is freed with it. It is made when the same copy of the same version is asked for a second
 * time: a step of training, which changes its weights, never makes one. Threads that read one model share its copies without a lock:
 *
 *      stamp = [version | state]      SEEN ----> PACKING ----> READY      each step by comparing and swapping; of another version: SEEN again
 *
 * Who swaps PACKING in packs; others who come meanwhile pack for themselves. Nobody reads the copy of an older version, for nobody reads a buffer while it
 * is written.
 */
#include <string.h>

#include "run/execute.h"

_Static_assert(sizeof(ssi_pack_key) == sizeof((ssi_copy *)0)->key, "a copy has room for its key");

enum { SEEN, PACKING, READY, STATES = 4 };

static uint64_t stamp_of(const ssi_buffer *buffer, int state)
{
    return (uint64_t)buffer->version * STATES + (uint64_t)state;
}

/* A device has no memory to keep things twice. */
#ifdef SSI_CORE
enum { KEEPS = 0 };
#else
enum { KEEPS = 1 };
#endif

static ssi_copy *find(ssi_copy *copy, const ssi_pack_key *key)
{
    while (copy && memcmp(copy->key, key, sizeof *key) != 0)
        copy = copy->next;
    return copy;
}

/* The first time: remembered as seen. Without memory nothing is remembered. */
static void note(ssi_buffer *buffer, const ssi_pack_key *key)
{
    ssi_copy *copy = ssi_try_alloc(sizeof *copy);
    if (!copy)
        return;
    memset(copy, 0, sizeof *copy);
    memcpy(copy->key, key, sizeof *key);
    atomic_init(&copy->stamp, stamp_of(buffer, SEEN));
    copy->next = atomic_load(&buffer->copies);
    while (!atomic_compare_exchange_weak(&buffer->copies, &copy->next, copy))
        ;
}

ssi_pack ssi_pack_of(ssi_buffer *buffer, const ssi_pack_key *key, size_t bytes)
{
    ssi_copy *copy = find(atomic_load_explicit(&buffer->copies, memory_order_acquire), key);
    if (!copy && KEEPS)
        note(buffer, key);
    if (!copy)
        return (ssi_pack){0};
    uint64_t stamp = atomic_load_explicit(&copy->stamp, memory_order_acquire), seen = stamp_of(buffer, SEEN);
    if (stamp == stamp_of(buffer, READY))
        return (ssi_pack){.data = copy->data, .ready = true};
    if (stamp / STATES != seen / STATES)
        atomic_compare_exchange_strong(&copy->stamp, &stamp, seen);
    else if (stamp == seen && atomic_compare_exchange_strong(&copy->stamp, &stamp, stamp_of(buffer, PACKING))) {
        copy->data = copy->data ? copy->data : ssi_try_alloc(bytes);
        if (copy->data)
            return (ssi_pack){.data = copy->data, .copy = copy};
        atomic_store(&copy->stamp, seen);
    }
    return (ssi_pack){0};
}

void ssi_pack_done(const ssi_pack *pack)
{
    if (pack->copy) /* PACKING becomes READY */
        atomic_fetch_add_explicit(&pack->copy->stamp, READY - PACKING, memory_order_release);
}
