/*
 * contract.c - sums of products, two terms at a time.
 *
 * Of two terms a and b, a label is
 *
 *     batch    in both, and wanted later          mine     in a alone
 *     inner    in both, and wanted by nobody      yours    in b alone
 *
 * and their contraction is the matrix product (batch, mine, inner) (batch, inner, yours), by views where the axes lie so. Where nothing is summed
 * it is an elementwise product; where one side of the matrix product is a vector, a sum of elementwise products, which reads the matrix once. The
 * order of the pairs is greedy: the one whose result is smallest beside what it replaces (as opt_einsum's; Smith and Gray 2018).
 */
#include "math/contract.h"
#include "ssi/create.h"
#include "ssi/math.h"

typedef struct label_set {
    bool has[SSI_LABELS];
} label_set;

static void add_labels(label_set *set, int count, const uint8_t *label)
{
    for (int i = 0; i < count; i++)
        set->has[label[i]] = true;
}

static label_set labels_of(const ssi_term *t)
{
    label_set set = {{false}};
    add_labels(&set, t->x->rank, t->label);
    return set;
}

/* Sums stay in the dtype; of bool, a sum is whether any is true. */
static ssi_tensor *sum_in_dtype(ssi_tensor *x, int count, const int *axes)
{
    if (!x || count == 0)
        return x;
    ssi_dtype dtype = ssi_dtype_of(x);
    return dtype == SSI_BOOL ? ssi_any_axes(x, count, axes, 0) : ssi_cast(ssi_sum_axes(x, count, axes, 0), dtype);
}

/* ---- one term ---- */

/* Equal labels become one axis, the last. */
static void take_diagonals(ssi_term *t)
{
    for (int i = 0; t->x && i < t->x->rank; i++) {
        for (int j = i + 1; t->x && j < t->x->rank; j++) {
            if (t->label[i] != t->label[j])
                continue;
            int rank = 0, before = t->x->rank;
            uint8_t label = t->label[i];
            t->x = (ssi_diagonal)(t->x, 0, i, j);
            for (int k = 0; k < before; k++) {
                if (k != i && k != j)
                    t->label[rank++] = t->label[k];
            }
            t->label[rank] = label;
            i = -1;
            break;
        }
    }
}

/* Drops the axes marked: those of one element by a view, the others by a sum. */
static void drop_axes(ssi_term *t, const bool *drop)
{
    int axes[SSI_MAX_RANK], count = 0, rank = 0;
    for (int i = 0; i < t->x->rank; i++) {
        if (drop[i])
            axes[count++] = i;
        else
            t->label[rank++] = t->label[i];
    }
    t->x = sum_in_dtype(t->x, count, axes);
}

/* Leaves axes of one element to the terms in which their label has more. */
static void drop_repeated(ssi_term *t, const int64_t *size)
{
    bool drop[SSI_MAX_RANK];
    for (int i = 0; i < t->x->rank; i++)
        drop[i] = t->x->shape[i] != size[t->label[i]];
    drop_axes(t, drop);
}

/* Sums what nobody else wants. */
static void sum_own_labels(ssi_term *t, const label_set *wanted)
{
    bool drop[SSI_MAX_RANK];
    for (int i = 0; i < t->x->rank; i++)
        drop[i] = !wanted->has[t->label[i]];
    drop_axes(t, drop);
}

/* The term's axes in the order of `labels`; those that it has not are of one element. */
static ssi_tensor *align(const ssi_term *t, int rank, const uint8_t *labels)
{
    int64_t order[SSI_MAX_RANK], shape[SSI_MAX_RANK];
    int axes = 0;
    for (int i = 0; i < rank; i++) {
        shape[i] = 1;
        for (int j = 0; j < t->x->rank; j++) {
            if (t->label[j] == labels[i]) {
                shape[i] = t->x->shape[j];
                order[axes++] = j;
            }
        }
    }
    return (ssi_reshape)((ssi_permute)(t->x, axes, order), rank, shape);
}

/* ---- two terms ---- */

/* The labels of a pair, parted; a's order within each part but `yours`, which is in b's. */
typedef struct parts {
    uint8_t batch[SSI_MAX_RANK], mine[SSI_MAX_RANK], inner[SSI_MAX_RANK], yours[SSI_MAX_RANK];
    int batches, mines, inners, yourses;
} parts;

static void part_labels(parts *p, const ssi_term *a, const ssi_term *b, const label_set *wanted)
{
    label_set in_a = labels_of(a), in_b = labels_of(b);
    *p = (parts){.batches = 0};
    for (int i = 0; i < a->x->rank; i++) {
        uint8_t l = a->label[i];
        if (!in_b.has[l])
            p->mine[p->mines++] = l;
        else if (wanted->has[l])
            p->batch[p->batches++] = l;
        else
            p->inner[p->inners++] = l;
    }
    for (int i = 0; i < b->x->rank; i++) {
        if (!in_a.has[b->label[i]])
            p->yours[p->yourses++] = b->label[i];
    }
}

/* Elementwise, in the order of the axes `label`, and then summed over the inner ones. */
static ssi_tensor *multiply_and_sum(const ssi_term *a, const ssi_term *b, const parts *p, int rank,
                                    const uint8_t *label, uint8_t *left)
{
    int axes[SSI_MAX_RANK], count = 0, kept = 0;
    label_set inner = {{false}};
    add_labels(&inner, p->inners, p->inner);
    for (int i = 0; i < rank; i++) {
        if (inner.has[label[i]])
            axes[count++] = i;
        else
            left[kept++] = label[i];
    }
    return sum_in_dtype(ssi_mul(align(a, rank, label), align(b, rank, label)), count, axes);
}

/* (batch..., product of rows, product of columns) */
static ssi_tensor *as_matrices(const ssi_term *t, const parts *p, int rows, const uint8_t *row, int columns,
                               const uint8_t *column)
{
    uint8_t label[SSI_MAX_RANK];
    int64_t shape[SSI_MAX_RANK];
    memcpy(label, p->batch, (size_t)p->batches);
    memcpy(label + p->batches, row, (size_t)rows);
    memcpy(label + p->batches + rows, column, (size_t)columns);
    ssi_tensor *x = align(t, t->x->rank, label);
    if (!x)
        return NULL;
    memcpy(shape, x->shape, (size_t)p->batches * sizeof *shape);
    shape[p->batches] = shape[p->batches + 1] = 1;
    for (int i = p->batches; i < x->rank; i++)
        shape[p->batches + (i >= p->batches + rows)] *= x->shape[i];
    return (ssi_reshape)(x, p->batches + 2, shape);
}

static int64_t size_in(const ssi_term *a, const ssi_term *b, uint8_t label)
{
    for (int i = 0; i < a->x->rank; i++) {
        if (a->label[i] == label)
            return a->x->shape[i];
    }
    for (int i = 0; i < b->x->rank; i++) {
        if (b->label[i] == label)
            return b->x->shape[i];
    }
    return 1;
}

/* label: batch, mine, yours. The shared axes are taken in a's order, so a, which is the larger, is a view more often. */
static ssi_tensor *multiply_matrices(const ssi_term *a, const ssi_term *b, const parts *p, int rank,
                                     const uint8_t *label)
{
    int64_t shape[SSI_MAX_RANK];
    ssi_tensor *y = ssi_matmul(as_matrices(a, p, p->mines, p->mine, p->inners, p->inner),
                               as_matrices(b, p, p->inners, p->inner, p->yourses, p->yours));
    for (int i = 0; i < rank; i++)
        shape[i] = size_in(a, b, label[i]);
    return (ssi_reshape)(y, rank, shape);
}

static int copy_labels(uint8_t *to, int at, int count, const uint8_t *from)
{
    memcpy(to + at, from, (size_t)count);
    return at + count;
}

static bool too_many_axes(const char *operation, int rank)
{
    return rank > SSI_MAX_RANK &&
           ssi_fail(SSI_INVALID, operation, "a product of two operands has %d axes\n%d are the most there can be", rank,
                    SSI_MAX_RANK) != 0;
}

/* a, where its own labels come before b's in the result, so that the matrix product lies as the result does. */
static bool in_order(const parts *p, int rank, const uint8_t *out)
{
    for (int i = 0; i < rank; i++) {
        if (p->mines && out[i] == p->mine[0])
            return true;
        if (p->yourses && out[i] == p->yours[0])
            return false;
    }
    return true;
}

/* The contraction of two terms, of which `wanted` labels stay. `out`: in which order they are wanted in the end. */
static ssi_term contract_pair(const char *operation, const ssi_term *a, const ssi_term *b, const label_set *wanted,
                              int rank, const uint8_t *out)
{
    ssi_term y = {.x = NULL};
    uint8_t label[2 * SSI_MAX_RANK];
    parts p;
    part_labels(&p, a, b, wanted);
    if (!in_order(&p, rank, out)) {
        const ssi_term *other = a;
        a = b;
        b = other;
        part_labels(&p, a, b, wanted);
    }
    if (p.inners && p.mines && p.yourses) {
        int n = copy_labels(y.label, 0, p.batches, p.batch);
        n = copy_labels(y.label, n, p.mines, p.mine);
        if (too_many_axes(operation, n + p.yourses))
            return y;
        n = copy_labels(y.label, n, p.yourses, p.yours);
        y.x = multiply_matrices(a, b, &p, n, y.label);
        return y;
    }
    /* The axes as the term with labels of its own has them. */
    const ssi_term *larger = p.mines || !p.yourses ? a : b;
    int n = copy_labels(label, 0, larger->x->rank, larger->label);
    n = larger == a ? copy_labels(label, n, p.yourses, p.yours) : n;
    if (!too_many_axes(operation, n))
        y.x = multiply_and_sum(a, b, &p, n, label, y.label);
    return y;
}

/* ---- many terms ---- */

/* Labels of the result, and of all terms but two. */
static label_set wanted_beside(int count, const ssi_term *term, int i, int j, int rank, const uint8_t *out)
{
    label_set wanted = {{false}};
    add_labels(&wanted, rank, out);
    for (int k = 0; k < count; k++) {
        if (k != i && k != j)
            add_labels(&wanted, term[k].x->rank, term[k].label);
    }
    return wanted;
}

/* How many elements contracting a pair adds to those that there are. */
static double growth(const ssi_term *a, const ssi_term *b, const label_set *wanted)
{
    double result = 1;
    label_set in_a = labels_of(a);
    for (int i = 0; i < a->x->rank; i++)
        result *= wanted->has[a->label[i]] ? (double)a->x->shape[i] : 1;
    for (int i = 0; i < b->x->rank; i++)
        result *= wanted->has[b->label[i]] && !in_a.has[b->label[i]] ? (double)b->x->shape[i] : 1;
    return result - (double)ssi_count(a->x) - (double)ssi_count(b->x);
}

static void choose_pair(int count, const ssi_term *term, int rank, const uint8_t *out, int *first, int *second)
{
    double least = 0;
    *first = *second = 0;
    for (int i = 0; i < count; i++) {
        for (int j = i + 1; j < count; j++) {
            label_set wanted = wanted_beside(count, term, i, j, rank, out);
            double more = growth(&term[i], &term[j], &wanted);
            if (*second == 0 || more < least) {
                least = more;
                *first = i;
                *second = j;
            }
        }
    }
}

/* The size of every label, that of its axes which have not one element. */
static void find_sizes(int count, const ssi_term *term, int64_t *size)
{
    for (int i = 0; i < SSI_LABELS; i++)
        size[i] = 1;
    for (int i = 0; i < count; i++) {
        for (int j = 0; j < term[i].x->rank; j++) {
            int64_t n = term[i].x->shape[j];
            size[term[i].label[j]] = n != 1 ? n : size[term[i].label[j]];
        }
    }
}

/* Each term by itself: in the dtype of the work, without diagonals and labels of its own. */
static bool prepare(int count, ssi_term *term, int rank, const uint8_t *out, ssi_dtype dtype)
{
    int64_t size[SSI_LABELS];
    for (int i = 0; i < count; i++) {
        term[i].x = ssi_cast(term[i].x, dtype);
        take_diagonals(&term[i]);
        if (!term[i].x)
            return false;
    }
    find_sizes(count, term, size);
    for (int i = 0; i < count; i++) {
        drop_repeated(&term[i], size);
        if (!term[i].x)
            return false;
    }
    for (int i = 0; i < count; i++) {
        label_set wanted = wanted_beside(count, term, i, i, rank, out);
        sum_own_labels(&term[i], &wanted);
        if (!term[i].x)
            return false;
    }
    return true;
}

ssi_tensor *ssi_contract(const char *operation, int count, ssi_term *term, int rank, const uint8_t *out)
{
    ssi_dtype dtype = ssi_dtype_of(term[0].x);
    for (int i = 1; i < count; i++)
        dtype = ssi_promote(dtype, ssi_dtype_of(term[i].x));
    ssi_dtype work =
        count > 1 && ssi_is_narrow(dtype) ? SSI_F32 : dtype; /* narrow floats are rounded once, at the end */
    if (!prepare(count, term, rank, out, work))
        return NULL;
    for (; count > 1; count--) {
        int i, j;
        choose_pair(count, term, rank, out, &i, &j);
        label_set wanted = wanted_beside(count, term, i, j, rank, out);
        term[i] = contract_pair(operation, &term[i], &term[j], &wanted, rank, out);
        if (!term[i].x)
            return NULL;
        memmove(term + j, term + j + 1, (size_t)(count - 1 - j) * sizeof *term);
    }
    return ssi_cast(align(&term[0], rank, out), dtype);
}
