/*
 * nearest.c - "did you mean": the known name nearest to an unknown one.
 */
#include <ctype.h>
#include <string.h>

#include "base/base.h"

enum { LONGEST = 63 }; /* longer names are compared as far as this */

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static int length_of(const char *name)
{
    size_t length = strlen(name);
    return length < LONGEST ? (int)length : LONGEST;
}

/* Insertions, deletions, substitutions and exchanges of neighbours that turn a into b; case does not count. */
static int distance(const char *a, const char *b)
{
    int la = length_of(a), lb = length_of(b);
    int table[3][LONGEST + 1]; /* rows i-2, i-1, i of the usual table */
    int *before = table[0], *above = table[1], *row = table[2];
    for (int j = 0; j <= lb; j++)
        above[j] = j;
    for (int i = 1; i <= la; i++) {
        row[0] = i;
        for (int j = 1; j <= lb; j++) {
            int ca = tolower((unsigned char)a[i - 1]), cb = tolower((unsigned char)b[j - 1]);
            row[j] = smaller(smaller(above[j], row[j - 1]) + 1, above[j - 1] + (ca != cb));
            if (i > 1 && j > 1 && ca == tolower((unsigned char)b[j - 2]) && cb == tolower((unsigned char)a[i - 2]))
                row[j] = smaller(row[j], before[j - 2] + 1);
        }
        int *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[lb];
}

const char *ssi_nearest_name(const char *name, const char *const *names)
{
    const char *nearest = NULL;
    int best = 1 + smaller(length_of(name) / 2, 3); /* farther than this is another word */
    for (; *names; names++) {
        int d = distance(name, *names);
        if (d < best) {
            best = d;
            nearest = *names;
        }
    }
    return nearest;
}
