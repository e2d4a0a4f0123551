/*
 * buffer.c - blocks of element memory, counted by reference, and the cache of released ones.
 *
 * A loop takes the same sizes again and again; fresh memory would cost it a page fault for every 4 KiB. So released blocks are
 * kept, by size class (eight to each doubling: at most an eighth is wasted), and the longest unused go back to the system when
 * more is kept than KEEP_AT_LEAST and than was ever in use at once.
 *
 * A block is [ssi_buffer, links | data ... | TAIL readable bytes].
 */
#include <pthread.h>

#include "base/base.h"
#include "base/poison.h"

enum {
    TAIL = 64,      /* vector code may load (not use) this much past the end */
    SMALLEST = 256, /* data bytes of the first class */
    CLASSES = 8 * 40
};
static const size_t KEEP_AT_LEAST = (size_t)64 << 20;

typedef struct block {
    ssi_buffer buffer;
    struct block *above, *below;   /* in its class, the last released on top */
    struct block *younger, *older; /* in the whole cache */
    size_t class;
} block;

enum { HEAD = 128 };
_Static_assert(sizeof(block) <= HEAD, "the data stay aligned to 64 bytes");

static struct {
    pthread_mutex_t lock;
    block *top[CLASSES];
    block *youngest, *oldest;
    size_t kept, live, most_live; /* bytes of blocks */
} cache = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* The small blocks that this thread released last stay in its hand, linked by `below`: a small array costs no lock. */
enum { HAND = 8, HAND_CLASSES = 8 * 6 + 1 /* up to 16 KiB */ };
static _Thread_local struct {
    block *top;
    int count;
    bool registered; /* to be emptied when the thread ends */
} hand;
static pthread_key_t hand_key;

/* ---- size classes ---- */

/* Class c holds (8 + c % 8) * (SMALLEST / 8) * 2^(c / 8) data bytes. */
static size_t class_bytes(size_t class)
{
    return (8 + class % 8) * (SMALLEST / 8) << class / 8;
}

static size_t class_of(size_t bytes)
{
    if (bytes <= SMALLEST)
        return 0;
    size_t last = bytes - 1; /* with its highest bit at 8 + doubling */
    size_t doubling = 63 - (size_t)__builtin_clzll(last) - 8;
    return 8 * doubling + (last >> (doubling + 5)) - 7;
}

/* ---- the cache; each of these with the lock held ---- */

static void take_out(block *b)
{
    *(b->above ? &b->above->below : &cache.top[b->class]) = b->below;
    if (b->below)
        b->below->above = b->above;
    *(b->younger ? &b->younger->older : &cache.youngest) = b->older;
    *(b->older ? &b->older->younger : &cache.oldest) = b->younger;
    cache.kept -= b->buffer.capacity;
}

static void put_in(block *b)
{
    b->above = NULL;
    b->below = cache.top[b->class];
    if (b->below)
        b->below->above = b;
    cache.top[b->class] = b;
    b->younger = NULL;
    b->older = cache.youngest;
    *(b->older ? &b->older->younger : &cache.oldest) = b;
    cache.youngest = b;
    cache.kept += b->buffer.capacity;
}

static void count_live(size_t bytes)
{
    cache.live += bytes;
    if (cache.live > cache.most_live)
        cache.most_live = cache.live;
}

static block *find(size_t class)
{
    block *b = cache.top[class];
    if (b)
        take_out(b);
    return b;
}

/* Takes out the longest unused while more than `most` bytes are kept; returns them linked by `below`. */
static block *surplus(size_t most)
{
    block *out = NULL;
    while (cache.kept > most) {
        block *b = cache.oldest;
        take_out(b);
        b->below = out;
        out = b;
    }
    return out;
}

/* ---- blocks; without the lock ---- */

static void free_blocks(block *b)
{
    while (b) {
        block *next = b->below;
        SSI_UNPOISON((char *)b + HEAD, b->buffer.capacity);
        ssi_free(b);
        b = next;
    }
}

/* A version to begin with. A packed copy may be known by its buffer's address and version, so a fresh block does not begin where a
 * freed one at the same address began. */
static uint32_t fresh_version(void)
{
    static uint32_t blocks;
    return __atomic_fetch_add(&blocks, 1, __ATOMIC_RELAXED) * 0x9E3779B9u;
}

static block *new_block(size_t class)
{
    size_t bytes;
    if (class >= CLASSES || !ssi_size_add(class_bytes(class), HEAD + TAIL, &bytes))
        return SSI_FAIL_NULL(SSI_NO_MEMORY, "memory", "the array is larger than memory can be");
    block *b = ssi_alloc(bytes);
    if (!b)
        return NULL;
    *b = (block){.class = class,
                 .buffer = {.data = (char *)b + HEAD, .capacity = class_bytes(class), .version = fresh_version()}};
    return b;
}

/* A released block goes to the cache, and what is too much there back to the system. */
static void give_back(block *b)
{
    pthread_mutex_lock(&cache.lock);
    cache.live -= b->buffer.capacity;
    put_in(b);
    block *out = surplus(cache.most_live > KEEP_AT_LEAST ? cache.most_live : KEEP_AT_LEAST);
    pthread_mutex_unlock(&cache.lock);
    free_blocks(out);
}

/* Takes a block out of the hand. */
static block *take_from_hand(block **at)
{
    block *b = *at;
    *at = b->below;
    hand.count--;
    return b;
}

static void empty_hand(void *unused)
{
    (void)unused;
    while (hand.top)
        give_back(take_from_hand(&hand.top));
    hand.registered = false;
}

static void recycle(block *b)
{
    SSI_POISON(b->buffer.data, b->buffer.capacity);
    if (b->class < HAND_CLASSES && !hand.registered)
        hand.registered = pthread_setspecific(hand_key, &hand) == 0;
    if (b->class >= HAND_CLASSES || !hand.registered) {
        give_back(b);
        return;
    }
    b->below = hand.top;
    hand.top = b;
    if (++hand.count <= HAND)
        return;
    block **last = &hand.top;
    while ((*last)->below)
        last = &(*last)->below;
    give_back(take_from_hand(last));
}

/* ---- the buffer ---- */

static block *take_block(size_t class)
{
    for (block **at = &hand.top; *at; at = &(*at)->below) {
        if ((*at)->class == class)
            return take_from_hand(at);
    }
    pthread_mutex_lock(&cache.lock);
    block *b = class < CLASSES ? find(class) : NULL;
    if (b)
        count_live(b->buffer.capacity);
    pthread_mutex_unlock(&cache.lock);
    if (b || !(b = new_block(class)))
        return b;
    pthread_mutex_lock(&cache.lock);
    count_live(b->buffer.capacity);
    pthread_mutex_unlock(&cache.lock);
    return b;
}

ssi_buffer *ssi_buffer_new(size_t bytes)
{
    if (bytes > (size_t)PTRDIFF_MAX)
        return SSI_FAIL_NULL(SSI_NO_MEMORY, "memory", "the array is larger than memory can be");
    block *b = take_block(class_of(bytes));
    if (!b)
        return NULL;
    SSI_UNPOISON(b->buffer.data, b->buffer.capacity);
    b->buffer.bytes = bytes;
    b->buffer.version++; /* a copy packed from the block's former contents must not pass for one of these */
    b->buffer.references = 1;
    return &b->buffer;
}

ssi_buffer *ssi_buffer_borrow(void *data, size_t bytes, void (*release)(void *, void *), void *context)
{
    ssi_buffer *buffer = ssi_alloc(sizeof *buffer);
    if (!buffer)
        return NULL;
    *buffer = (ssi_buffer){.data = data, .bytes = bytes, .references = 1, .release = release, .context = context};
    return buffer;
}

ssi_buffer *ssi_buffer_retain(ssi_buffer *buffer)
{
    __atomic_fetch_add(&buffer->references, 1, __ATOMIC_RELAXED);
    return buffer;
}

int ssi_buffer_references(const ssi_buffer *buffer)
{
    return __atomic_load_n(&buffer->references, __ATOMIC_ACQUIRE);
}

static void free_copies(ssi_buffer *buffer)
{
    for (ssi_copy *copy = atomic_exchange(&buffer->copies, NULL), *next; copy; copy = next) {
        next = copy->next;
        ssi_free(copy->data);
        ssi_free(copy);
    }
}

void ssi_buffer_release(ssi_buffer *buffer)
{
    if (!buffer) /* who holds the only reference needs no atomic subtraction to know it */
        return;
    if (ssi_buffer_references(buffer) != 1 && __atomic_fetch_sub(&buffer->references, 1, __ATOMIC_ACQ_REL) > 1)
        return;
    if (atomic_load_explicit(&buffer->copies, memory_order_relaxed))
        free_copies(buffer);
    if (buffer->capacity) {
        recycle((block *)buffer);
        return;
    }
    if (buffer->release)
        buffer->release(buffer->data, buffer->context);
    ssi_free(buffer);
}

void ssi_buffer_trim(void)
{
    empty_hand(NULL);
    pthread_mutex_lock(&cache.lock);
    block *out = surplus(0);
    cache.most_live = cache.live;
    pthread_mutex_unlock(&cache.lock);
    free_blocks(out);
}

/* ---- fork: the child must not find the lock taken by a thread it does not have ---- */

static void lock_cache(void)
{
    pthread_mutex_lock(&cache.lock);
}

static void unlock_cache(void)
{
    pthread_mutex_unlock(&cache.lock);
}

__attribute__((constructor)) static void prepare(void)
{
    pthread_atfork(lock_cache, unlock_cache, unlock_cache);
    pthread_key_create(&hand_key, empty_hand);
}
