/*
 * choose.h - picking an operation and operands that fit from what is alive.
 */
#ifndef SSI_TESTS_PROGRAMS_CHOOSE_H
#define SSI_TESTS_PROGRAMS_CHOOSE_H

#include "base/base.h"
#include "choice.h"

enum { MOST_ALIVE = 48, MOST_ELEMENTS = 20000, MOST_MULTIPLIES = 1000000 };

typedef struct living {
    ssi_tensor *x;
    int depth; /* of its scope; 0: a handle of none */
    int number;
} living;

typedef struct population {
    living of[MOST_ALIVE];
    int count;
    int64_t size[3]; /* the program's favourite axis lengths, so that shapes meet often */
    ssi_dtype favourite;
} population;

static int shape_of(const ssi_tensor *x, int64_t shape[SSI_MAX_RANK])
{
    int rank = ssi_rank(x);
    for (int i = 0; i < rank; i++)
        shape[i] = ssi_dim(x, i);
    return rank;
}

static bool small_enough(int rank, const int64_t *shape)
{
    int64_t count;
    return rank <= 5 && ssi_shape_count(rank, shape, 1, &count) && count <= MOST_ELEMENTS;
}

static int random_shape(dice *d, const population *p, int64_t shape[SSI_MAX_RANK])
{
    int rank = (const int[]){0, 1, 1, 2, 2, 2, 2, 2, 3, 3}[below(d, 10)];
    do {
        for (int i = 0; i < rank; i++)
            shape[i] = chance(d, 8) ? 1 : chance(d, 2) ? 0 : p->size[(i + 3 - rank + (chance(d, 30) ? 1 : 0)) % 3];
    } while (!small_enough(rank, shape) && rank-- > 0);
    return rank;
}

static ssi_dtype random_dtype(dice *d, const population *p)
{
    return chance(d, 75) ? p->favourite : (ssi_dtype)below(d, SSI_DTYPES);
}

static ssi_tensor *someone(dice *d, const population *p)
{
    return p->of[below(d, p->count)].x;
}

/* A living tensor for which fits(with, it) holds, from a random place on; NULL if there is none. */
static ssi_tensor *fitting(dice *d, const population *p, const ssi_tensor *with,
                           bool (*fits)(const ssi_tensor *, const ssi_tensor *))
{
    for (int i = 0, at = below(d, p->count); i < p->count; i++, at = (at + 1) % p->count) {
        if (fits(with, p->of[at].x))
            return p->of[at].x;
    }
    return NULL;
}

static bool broadcasts(const ssi_tensor *a, const ssi_tensor *b)
{
    int64_t of_a[SSI_MAX_RANK], of_b[SSI_MAX_RANK], both[SSI_MAX_RANK];
    int rank = ssi_shape_broadcast(shape_of(a, of_a), of_a, shape_of(b, of_b), of_b, both);
    return rank >= 0 && small_enough(rank, both);
}

static bool same_shape(const ssi_tensor *a, const ssi_tensor *b)
{
    int64_t of_a[SSI_MAX_RANK] = {0}, of_b[SSI_MAX_RANK] = {0};
    return a != b && shape_of(a, of_a) == shape_of(b, of_b) && memcmp(of_a, of_b, sizeof of_a) == 0;
}

static bool joins(const ssi_tensor *a, const ssi_tensor *b)
{
    return ssi_rank(a) > 0 && ssi_rank(a) == ssi_rank(b) && ssi_size(a) + ssi_size(b) <= MOST_ELEMENTS;
}

static bool multiplies_with(const ssi_tensor *a, const ssi_tensor *b, int axis)
{
    if (ssi_rank(a) < 1 || ssi_rank(b) < 1 || ssi_rank(a) > 3 || ssi_rank(b) > 2)
        return false;
    int64_t k = ssi_dim(a, -1);
    return ssi_dim(b, ssi_rank(b) == 1 ? 0 : axis) == k && k > 0 && ssi_size(a) / k * ssi_size(b) <= MOST_MULTIPLIES &&
           ssi_size(a) / k * (ssi_size(b) / k) <= MOST_ELEMENTS;
}

static bool multiplies(const ssi_tensor *a, const ssi_tensor *b)
{
    return multiplies_with(a, b, 0);
}

static bool multiplies_transposed(const ssi_tensor *a, const ssi_tensor *b)
{
    return ssi_rank(b) == 2 && multiplies_with(a, b, 1);
}

/* ---- leaves ---- */

static double random_value(dice *d)
{
    int kind = below(d, 20);
    if (kind == 0)
        return 0;
    if (kind < 5)
        return below(d, 9) - 4; /* ties */
    return (double)(int64_t)(roll(d) >> 40) / 0x1p22 - 2;
}

static ssi_tensor *random_leaf(dice *d, ssi_dtype dtype, int rank, const int64_t *shape)
{
    static _Thread_local int64_t data[MOST_ELEMENTS];
    int64_t count = 1;
    for (int i = 0; i < rank; i++)
        count *= shape[i];
    for (int64_t i = 0; i < count; i++)
        ssi_put_f64(data, dtype, i, random_value(d));
    return (ssi_array)(dtype, rank, shape, data);
}

static ssi_tensor *random_index(dice *d, int64_t limit)
{
    int64_t data[64], count = 1 + below(d, 40);
    for (int64_t i = 0; i < count; i++)
        data[i] = below(d, (int)limit);
    if (chance(d, 50))
        return (ssi_array)(SSI_I64, 1, &count, data);
    int32_t narrow[64];
    for (int64_t i = 0; i < count; i++)
        narrow[i] = (int32_t)data[i];
    return (ssi_array)(SSI_I32, 1, &count, narrow);
}

/* ---- choosing: each fills c and x[0..2]; false when nothing fits ---- */

static bool choose_create(dice *d, const population *p, choice *c)
{
    c->code = below(d, 5);
    c->dtype = random_dtype(d, p);
    c->number = random_value(d);
    c->b[0] = below(d, 1000);
    c->rank = random_shape(d, p, c->a);
    return c->code != 3 || c->rank > 0;
}

static bool choose_reshape(dice *d, choice *c, const ssi_tensor *x)
{
    int64_t shape[SSI_MAX_RANK];
    int rank = shape_of(x, shape), way = below(d, 3);
    if (way == 0) {
        c->rank = 1;
        c->a[0] = ssi_size(x) ? -1 : 0;
    } else if (way == 1 && rank >= 2) { /* the first two as one */
        c->rank = rank - 1;
        c->a[0] = shape[0] * shape[1];
        memcpy(c->a + 1, shape + 2, (size_t)(rank - 2) * sizeof *shape);
    } else { /* an axis of size 1 more */
        int at = below(d, rank + 1);
        c->rank = rank + 1;
        memcpy(c->a, shape, (size_t)at * sizeof *shape);
        c->a[at] = 1;
        memcpy(c->a + at + 1, shape + at, (size_t)(rank - at) * sizeof *shape);
    }
    return c->rank <= 5;
}

static void choose_permutation(dice *d, choice *c, const ssi_tensor *x)
{
    c->rank = ssi_rank(x);
    for (int i = 0; i < c->rank; i++) {
        int j = below(d, i + 1);
        c->a[i] = c->a[j];
        c->a[j] = i;
    }
}

static bool choose_expand(dice *d, const population *p, choice *c, const ssi_tensor *x)
{
    int64_t shape[SSI_MAX_RANK];
    int rank = shape_of(x, shape), grow = chance(d, 40);
    c->rank = rank + grow;
    c->a[0] = p->size[below(d, 3)];
    for (int i = 0; i < rank; i++)
        c->a[i + grow] = shape[i] == 1 && chance(d, 70) ? p->size[below(d, 3)] : shape[i];
    return small_enough(c->rank, c->a);
}

static bool choose_slice(dice *d, choice *c, const ssi_tensor *x)
{
    c->rank = ssi_rank(x);
    for (int i = 0; i < c->rank; i++) {
        int64_t size = ssi_dim(x, i);
        if (size == 0)
            return false;
        c->range[i] = (ssi_range){below(d, (int)size), SSI_END, chance(d, 70) ? 1 : below(d, 5) - 2};
        if (chance(d, 50) && c->range[i].step > 0)
            c->range[i] = (ssi_range){0, 1 + below(d, (int)size), c->range[i].step};
    }
    return c->rank > 0;
}

static bool choose_pad(dice *d, choice *c, const ssi_tensor *x)
{
    int64_t shape[SSI_MAX_RANK];
    int rank = shape_of(x, shape);
    for (int i = 0; i < rank; i++) {
        c->a[i] = below(d, 3);
        c->b[i] = below(d, 3);
        shape[i] += c->a[i] + c->b[i];
    }
    c->number = chance(d, 50) ? 0 : random_value(d);
    return rank > 0 && small_enough(rank, shape);
}

static bool choose_concatenate(dice *d, const population *p, choice *c, ssi_tensor *x[3])
{
    if (!(x[1] = chance(d, 15) ? x[0] : fitting(d, p, x[0], joins)) || ssi_rank(x[0]) == 0)
        return false;
    int axis = below(d, ssi_rank(x[0]));
    for (int i = 0; i < ssi_rank(x[0]); i++) {
        if (i != axis && ssi_dim(x[0], i) != ssi_dim(x[1], i))
            return false;
    }
    c->a[0] = axis;
    return 2 * ssi_size(x[0]) <= MOST_ELEMENTS;
}

static bool choose_index(dice *d, choice *c, ssi_tensor *x[3])
{
    int64_t shape[SSI_MAX_RANK];
    int rank = shape_of(x[0], shape);
    if (rank == 0 || shape[0] == 0)
        return false;
    x[1] = random_index(d, shape[0]);
    shape[0] = ssi_dim(x[1], 0);
    if (!small_enough(rank, shape))
        return false;
    if (c->family == SCATTER)
        x[2] = random_leaf(d, ssi_dtype_of(x[0]), rank, shape);
    return true;
}

static bool choose_phrase(dice *d, const population *p, choice *c, ssi_tensor *x[3])
{
    c->code = below(d, 5);
    c->a[0] = p->size[below(d, 3)];
    c->number = random_value(d);
    bool whole = ssi_rank(x[0]) >= 1 && ssi_size(x[0]) > 0;
    if (c->code <= 1)
        return whole && ssi_dtype_of(x[0]) <= SSI_F64;
    if (c->code == 2)
        return whole && ssi_rank(x[0]) >= 2 && ssi_dtype_of(x[0]) <= SSI_F64 &&
               ssi_size(x[0]) * c->a[0] <= MOST_MULTIPLIES &&
               ssi_size(x[0]) / ssi_dim(x[0], -1) * c->a[0] <= MOST_ELEMENTS;
    return (x[1] = fitting(d, p, x[0], broadcasts)) != NULL;
}

static family random_family(dice *d)
{
    int kind = below(d, 100);
    return kind < 22   ? UNARY
           : kind < 44 ? BINARY
           : kind < 54 ? WITH_NUMBER
           : kind < 64 ? REDUCE
           : kind < 72 ? PHRASE
                       : (family)below(d, FAMILIES);
}

static bool choose_of_family(dice *d, const population *p, choice *c, ssi_tensor *x[3])
{
    switch (c->family) {
    case CREATE:
        return choose_create(d, p, c);
    case UNARY:
        c->code = below(d, UNARIES);
        return true;
    case BINARY:
        c->code = below(d, BINARIES);
        return (x[1] = fitting(d, p, x[0], broadcasts)) != NULL;
    case WITH_NUMBER:
        c->code = below(d, BINARIES);
        return true;
    case WHERE:
        return (x[1] = fitting(d, p, x[0], broadcasts)) && (x[2] = fitting(d, p, x[1], broadcasts)) &&
               broadcasts(x[0], x[2]);
    case CAST:
        c->dtype = (ssi_dtype)below(d, SSI_DTYPES);
        return true;
    case RESHAPE:
        return choose_reshape(d, c, x[0]);
    case PERMUTE:
        choose_permutation(d, c, x[0]);
        return true;
    case EXPAND:
        return choose_expand(d, p, c, x[0]);
    case SLICE:
        return choose_slice(d, c, x[0]);
    case SET:
        c->tame = chance(d, 50) && (x[1] = fitting(d, p, x[0], same_shape));
        return choose_slice(d, c, x[0]);
    case FLIP:
        c->a[0] = ssi_rank(x[0]) - 1;
        return ssi_rank(x[0]) > 0;
    case PAD:
        return choose_pad(d, c, x[0]);
    case CONCATENATE:
        return choose_concatenate(d, p, c, x);
    case REDUCE:
        c->code = below(d, REDUCTIONS);
        c->a[0] = chance(d, 30) ? 0 : below(d, 1 << ssi_rank(x[0]));
        c->b[0] = chance(d, 60);
        return true;
    case POSITION:
        c->code = below(d, 2);
        c->a[0] = ssi_rank(x[0]) && chance(d, 80) ? below(d, ssi_rank(x[0])) : SSI_ALL_AXES;
        return true;
    case MATMUL:
        return (x[1] = fitting(d, p, x[0], c->tame ? multiplies_transposed : multiplies)) != NULL;
    case GATHER:
    case SCATTER:
        return choose_index(d, c, x);
    case PHRASE:
        return choose_phrase(d, p, c, x);
    default:
        return false;
    }
}

static bool choose(dice *d, const population *p, choice *c, ssi_tensor *x[3])
{
    *c = (choice){.family = random_family(d), .tame = chance(d, 90), .number = random_value(d)};
    x[0] = someone(d, p);
    x[1] = x[2] = NULL;
    if (c->family == MATMUL)
        c->tame = chance(d, 50);
    c->medium = chance(d, 40);
    return choose_of_family(d, p, c, x);
}

#endif
