/*
 * pool.c - blocks of memory for nodes.
 *
 * Three sizes of block, each with a free list per thread; a list that is empty takes over the shared list, or cuts up a new slab. A thread
 * that ends hands its lists to the shared ones. Slabs go back to the system in ssi_shutdown(), when no node is left.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "base/poison.h" /* a tensor used after its scope closed is reported as what it is */
#include "tensor/pool.h"

enum { SIZES = 3, SLAB_BYTES = 64 * 1024, ID_RUN = 1 << 20 };
static const size_t block_bytes[SIZES] = {256, 512, 1600};

typedef struct free_block {
    struct free_block *next;
} free_block;

typedef struct slab {
    struct slab *next;
    char pad[56]; /* blocks start at a cache line */
} slab;

static struct {
    pthread_mutex_t lock;
    free_block *free[SIZES];
    slab *slabs;
    atomic_long live;       /* nodes in use, over all threads */
    atomic_uint generation; /* grows when the slabs are given back: free lists of older generations are void */
    _Atomic uint64_t id;
} shared = {.lock = PTHREAD_MUTEX_INITIALIZER};

typedef struct local_pool {
    free_block *free[SIZES];
    uint64_t id, id_end;
    long taken; /* blocks taken minus given by this thread since its count was added to the shared one */
    unsigned generation;
    bool registered;
} local_pool;

static _Thread_local local_pool local;
static pthread_key_t exit_key;
static pthread_once_t exit_once = PTHREAD_ONCE_INIT;

static void hand_over(void *unused)
{
    (void)unused;
    ssi_scope_thread_exit();
    pthread_mutex_lock(&shared.lock);
    atomic_fetch_add(&shared.live, local.taken);
    local.taken = 0;
    for (int size = 0; size < SIZES && local.generation == atomic_load(&shared.generation); size++) {
        while (local.free[size]) {
            free_block *block = local.free[size];
            SSI_UNPOISON(block, sizeof *block);
            local.free[size] = block->next;
            block->next = shared.free[size];
            shared.free[size] = block;
        }
    }
    pthread_mutex_unlock(&shared.lock);
    local.registered = false;
}

/* Gives the slabs back when no node is left anywhere. */
static void trim(void)
{
    pthread_mutex_lock(&shared.lock);
    atomic_fetch_add(&shared.live, local.taken);
    local.taken = 0;
    if (atomic_load(&shared.live) == 0) {
        while (shared.slabs) {
            slab *next = shared.slabs->next;
            SSI_UNPOISON(shared.slabs, SLAB_BYTES);
            ssi_free(shared.slabs);
            shared.slabs = next;
        }
        for (int size = 0; size < SIZES; size++)
            shared.free[size] = NULL;
        atomic_fetch_add(&shared.generation, 1);
    }
    pthread_mutex_unlock(&shared.lock);
}

/* ssi_shutdown(): this thread's scopes close, and when no node is left anywhere the slabs go back. */
static void shut_down(void)
{
    ssi_scope_thread_exit();
    trim();
}

static void make_key(void)
{
    pthread_key_create(&exit_key, hand_over);
    ssi_at_shutdown(shut_down);
}

/* Fills the thread's list of one size; false when memory runs out. */
static bool refill(int size)
{
    pthread_once(&exit_once, make_key);
    if (!local.registered)
        local.registered = pthread_setspecific(exit_key, &local) == 0;
    pthread_mutex_lock(&shared.lock);
    unsigned generation = atomic_load(&shared.generation);
    if (local.generation != generation) {
        for (int i = 0; i < SIZES; i++)
            local.free[i] = NULL;
        local.generation = generation;
    }
    if (!local.free[size] && shared.free[size]) {
        local.free[size] = shared.free[size];
        shared.free[size] = NULL;
    }
    if (!local.free[size]) {
        slab *fresh = ssi_alloc(SLAB_BYTES);
        if (fresh) {
            fresh->next = shared.slabs;
            shared.slabs = fresh;
            char *at = (char *)(fresh + 1), *end = (char *)fresh + SLAB_BYTES;
            for (; at + block_bytes[size] <= end; at += block_bytes[size]) {
                free_block *block = (free_block *)at;
                block->next = local.free[size];
                local.free[size] = block;
                SSI_POISON(block, block_bytes[size]);
            }
        }
    }
    pthread_mutex_unlock(&shared.lock);
    return local.free[size] != NULL;
}

static int size_of(size_t bytes)
{
    int size = 0;
    while (bytes > block_bytes[size])
        size++;
    return size;
}

ssi_tensor *ssi_pool_take(size_t bytes)
{
    int size = size_of(bytes);
    bool stale = local.generation != atomic_load_explicit(&shared.generation, memory_order_relaxed);
    if ((stale || !local.free[size]) && !refill(size))
        return NULL;
    free_block *block = local.free[size];
    SSI_UNPOISON(block, block_bytes[size]);
    local.free[size] = block->next;
    local.taken++;
    if (local.id == local.id_end)
        ssi_pool_renumber();
    ssi_tensor *x = (ssi_tensor *)block;
    x->block = (uint8_t)size;
    x->id = local.id++;
    return x;
}

void ssi_pool_give(ssi_tensor *x)
{
    int size = x->block;
    ssi_buffer_release(x->buffer);
    free_block *block = (free_block *)x;
    block->next = local.free[size];
    local.free[size] = block;
    SSI_POISON(block, block_bytes[size]);
    local.taken--;
}

void ssi_pool_renumber(void)
{
    local.id = atomic_fetch_add(&shared.id, ID_RUN);
    local.id_end = local.id + ID_RUN;
}
