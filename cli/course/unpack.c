/*
 * unpack.c - a gzip file as the plain file that lessons read: unpacked once, into the cache.
 */
#include "files.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>
#include <zlib.h>

#define MOST ((size_t)256 << 20) /* bytes */

static bool copy_unpacked(gzFile from, FILE *to)
{
    static char block[1 << 16];
    size_t total = 0;
    int got;
    while ((got = gzread(from, block, sizeof(block))) > 0 && total <= MOST) {
        total += (size_t)got;
        if (fwrite(block, 1, (size_t)got, to) != (size_t)got) {
            return false;
        }
    }
    return got == 0;
}

bool file_unpack(const char *from, const char *to)
{
    char temporary[PATH_MAX];
    snprintf(temporary, sizeof(temporary), "%.*s.%ld", PATH_MAX - 24, to, (long)getpid());
    gzFile packed = gzopen(from, "rb");
    FILE *plain = packed != NULL ? fopen(temporary, "wb") : NULL;
    bool good = plain != NULL && copy_unpacked(packed, plain);
    good = plain != NULL && fclose(plain) == 0 && good;
    if (packed != NULL) {
        gzclose(packed);
    }
    good = good && rename(temporary, to) == 0;
    if (!good && plain != NULL) {
        unlink(temporary);
    }
    return good;
}
