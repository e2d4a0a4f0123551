/*
 * golden.h - vectors that another program computed, read from a text file: each line NAME SHAPE NUMBER..., the shape as 3,4 or . for no axes.
 */
#ifndef SSI_TESTS_GOLDEN_H
#define SSI_TESTS_GOLDEN_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct golden {
    char name[48];
    int rank;
    int64_t shape[8];
    int64_t count;
    double *number;
} golden;

typedef struct golden_file {
    golden *vector;
    int vectors;
} golden_file;

/* One line; false at the end of the file. */
static bool golden_read_line(FILE *in, golden *g)
{
    char word[64];
    if (fscanf(in, "%47s %63s", g->name, word) != 2)
        return false;
    g->rank = 0;
    g->count = 1;
    for (char *at = word; *at >= '0' && *at <= '9'; at += *at == ',') {
        g->shape[g->rank] = strtoll(at, &at, 10);
        g->count *= g->shape[g->rank++];
    }
    g->number = malloc((size_t)g->count * sizeof(double) + 1);
    for (int64_t i = 0; i < g->count; i++) {
        if (fscanf(in, "%63s", word) != 1)
            return false;
        g->number[i] = strtod(word, NULL);
    }
    return true;
}

/* No vectors if there is no such file. */
static golden_file golden_open(const char *path)
{
    golden_file file = {0};
    golden g = {0};
    FILE *in = fopen(path, "r");
    while (in && golden_read_line(in, &g)) {
        file.vector = realloc(file.vector, (size_t)(file.vectors + 1) * sizeof g);
        file.vector[file.vectors++] = g;
    }
    if (in)
        fclose(in);
    return file;
}

/* NULL if there is none. */
static inline const golden *golden_find(const golden_file *file, const char *name)
{
    for (int i = 0; i < file->vectors; i++) {
        if (!strcmp(file->vector[i].name, name))
            return &file->vector[i];
    }
    return NULL;
}

static void golden_close(golden_file *file)
{
    for (int i = 0; i < file->vectors; i++)
        free(file->vector[i].number);
    free(file->vector);
}

#endif
