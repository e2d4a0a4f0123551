/*
 * arena.c - memory of a document: taken piece by piece, freed at once.
 */
#include "text.h"

#include <stdlib.h>
#include <string.h>

typedef struct piece {
    struct piece *next;
    max_align_t data[];
} piece;

struct arena {
    piece *piece;
    bool failed;
};

arena *arena_new(void)
{
    return calloc(1, sizeof(arena));
}

void arena_free(arena *pool)
{
    while (pool != NULL && pool->piece != NULL) {
        piece *next = pool->piece->next;
        free(pool->piece);
        pool->piece = next;
    }
    free(pool);
}

void *arena_take(arena *pool, size_t size)
{
    piece *taken = pool->failed || size > (size_t)1 << 30 ? NULL : calloc(1, sizeof(piece) + size);
    if (taken == NULL) {
        pool->failed = true;
        return NULL;
    }
    taken->next = pool->piece;
    pool->piece = taken;
    return taken->data;
}

const char *arena_text(arena *pool, const char *from, size_t length)
{
    char *text = arena_take(pool, length + 1);
    return text != NULL ? memcpy(text, from, length) : "";
}

bool arena_failed(const arena *pool)
{
    return pool->failed;
}
