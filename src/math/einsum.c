/*
 * einsum.c - Einstein's notation, "ij,jk->ik": the text gives each axis of each operand a letter, and ssi_contract does the rest.
 *
 *     operands '->' result      an operand: letters, one an axis, and at most one "..." for axes without letters
 *     operands                  the result has the "..." and then, in ASCII's order, the letters that occur once
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "math/contract.h"
#include "math/subscript.h"
#include "ssi/linalg.h"

enum { LETTERS = 52 };

/* The text, how far it has been read, and what is known of the labels so far. */
typedef struct reader {
    const char *text, *at;
    int occurs[LETTERS];      /* how often */
    int ellipsis;             /* the most axes that a "..." stands for */
    int64_t size[SSI_LABELS]; /* 1 until an axis of another size is seen */
    int first[SSI_LABELS];    /* the operand that had it */
} reader;

__attribute__((format(printf, 3, 4))) static bool fail_at(const reader *r, const char *at, const char *format, ...)
{
    char what[320];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    const ssi_subscript shown = {.operation = "einsum", .text = r->text};
    return ssi_fail_subscript(&shown, SSI_INVALID, (int)(at - r->text), "%s", what);
}

/* ASCII's order: A to Z, a to z. Negative: no letter. */
static int label_of(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' + 26 : -1;
}

static char letter_of(int label)
{
    return (char)(label < 26 ? 'A' + label : 'a' + label - 26);
}

static void skip_spaces(reader *r)
{
    r->at += strspn(r->at, " \t\r\n");
}

/* ---- one list of labels ---- */

typedef struct list {
    const char *begin;
    int count, ellipsis; /* letters; how many come before the "...", -1: there is none */
    int label[SSI_MAX_RANK];
    const char *place[SSI_MAX_RANK];
} list;

static bool read_ellipsis(reader *r, list *l)
{
    if (strncmp(r->at, "...", 3) != 0)
        return fail_at(r, r->at, "an ellipsis is three points");
    if (l->ellipsis >= 0)
        return fail_at(r, r->at, "a second ellipsis: only one can be filled in");
    l->ellipsis = l->count;
    r->at += 3;
    return true;
}

/* Up to a comma, an arrow or the end. */
static bool read_list(reader *r, list *l)
{
    skip_spaces(r);
    *l = (list){.begin = r->at, .ellipsis = -1};
    for (; *r->at && *r->at != ',' && strncmp(r->at, "->", 2) != 0; skip_spaces(r)) {
        int label = label_of(*r->at);
        if (*r->at == '.') {
            if (!read_ellipsis(r, l))
                return false;
            continue;
        }
        if (label < 0)
            return fail_at(r, r->at,
                           *r->at == '-' || *r->at == '>' ? "an arrow is written ->"
                                                          : "labels are letters, A to Z and a to z");
        if (l->count == SSI_MAX_RANK)
            return fail_at(r, r->at, "more labels than a tensor can have axes");
        l->place[l->count] = r->at++;
        l->label[l->count++] = label;
    }
    return true;
}

/* ---- operands ---- */

/* Whether an axis of n elements fits those of its label so far. */
static bool size_fits(reader *r, int label, int64_t n, int operand)
{
    if (n != 1 && r->size[label] == 1) {
        r->size[label] = n;
        r->first[label] = operand;
    }
    return n == 1 || r->size[label] == n;
}

/* Of an operand, axes of one letter are of one size exactly. */
static bool letter_fits(reader *r, const list *l, int i, const ssi_term *term, int axis, int operand)
{
    char text[SSI_SHAPE_TEXT];
    const ssi_tensor *x = term->x;
    int label = l->label[i];
    long long n = x->shape[axis];
    ssi_shape_text(x->rank, x->shape, text);
    for (int j = 0; j < axis; j++) {
        if (term->label[j] == label && x->shape[j] != n)
            return fail_at(r, l->place[i], "label '%c' names axes of %lld and %lld elements of operand %d %s",
                           letter_of(label), (long long)x->shape[j], n, operand, text);
    }
    return size_fits(r, label, n, operand) ||
           fail_at(r, l->place[i], "label '%c' has %lld elements in operand %d, %lld in operand %d %s",
                   letter_of(label), (long long)r->size[label], r->first[label], n, operand, text);
}

/* Axes of an ellipsis are labelled from the last one on, which is LETTERS. */
static bool label_ellipsis(reader *r, const list *l, ssi_term *term, int first, int hidden, int operand)
{
    char text[SSI_SHAPE_TEXT];
    const ssi_tensor *x = term->x;
    for (int axis = first; axis < first + hidden; axis++) {
        int label = LETTERS + first + hidden - 1 - axis;
        term->label[axis] = (uint8_t)label;
        if (!size_fits(r, label, x->shape[axis], operand))
            return fail_at(r, l->begin, "ellipses do not broadcast: %lld elements in operand %d, %lld in operand %d %s",
                           (long long)r->size[label], r->first[label], (long long)x->shape[axis], operand,
                           ssi_shape_text(x->rank, x->shape, text));
    }
    r->ellipsis = hidden > r->ellipsis ? hidden : r->ellipsis;
    return true;
}

/* Gives the axes of operand x their labels. */
static bool label_operand(reader *r, const list *l, int operand, ssi_tensor *x, ssi_term *term)
{
    char text[SSI_SHAPE_TEXT];
    int hidden = x->rank - l->count, at = l->ellipsis < 0 ? l->count : l->ellipsis;
    if (hidden < 0 || (hidden > 0 && l->ellipsis < 0))
        return fail_at(r, l->begin, "%d labels for the %d axes of operand %d %s", l->count, x->rank, operand,
                       ssi_shape_text(x->rank, x->shape, text));
    *term = (ssi_term){.x = x};
    if (!label_ellipsis(r, l, term, at, hidden, operand))
        return false;
    for (int i = 0; i < l->count; i++) {
        int axis = i < at ? i : i + hidden;
        r->occurs[l->label[i]]++;
        if (!letter_fits(r, l, i, term, axis, operand))
            return false;
        term->label[axis] = (uint8_t)l->label[i];
    }
    return true;
}

static bool read_operands(reader *r, int count, ssi_tensor *const *x, ssi_term *term)
{
    for (int i = 0; i < count; i++) {
        list l;
        if (!read_list(r, &l) || !label_operand(r, &l, i, x[i], &term[i]))
            return false;
        if (i + 1 < count && *r->at != ',')
            return fail_at(r, r->at, "%d operands were given, the text has %d", count, i + 1);
        if (i + 1 < count)
            r->at++;
    }
    return *r->at != ',' || fail_at(r, r->at, "the text has more operands than the %d given", count);
}

/* ---- the result ---- */

typedef struct result {
    int rank;
    uint8_t label[SSI_LABELS];
} result;

static void add_ellipsis(const reader *r, result *out)
{
    for (int i = r->ellipsis - 1; i >= 0; i--)
        out->label[out->rank++] = (uint8_t)(LETTERS + i);
}

static bool write_result(reader *r, const list *l, result *out)
{
    if (l->ellipsis < 0 && r->ellipsis)
        return fail_at(r, l->begin, "the axes of the ellipsis are missing in the result: write ... there too");
    for (int i = 0; i <= l->count; i++) {
        if (i == l->ellipsis)
            add_ellipsis(r, out);
        if (i == l->count)
            break;
        if (!r->occurs[l->label[i]])
            return fail_at(r, l->place[i], "label '%c' is in no operand", letter_of(l->label[i]));
        for (int j = 0; j < i; j++) {
            if (l->label[j] == l->label[i])
                return fail_at(r, l->place[i], "label '%c' is twice in the result", letter_of(l->label[i]));
        }
        out->label[out->rank++] = (uint8_t)l->label[i];
    }
    return true;
}

static bool read_result(reader *r, result *out)
{
    list l;
    out->rank = 0;
    if (!*r->at) {
        add_ellipsis(r, out);
        for (int i = 0; i < LETTERS; i++) {
            if (r->occurs[i] == 1)
                out->label[out->rank++] = (uint8_t)i;
        }
    } else {
        r->at += 2;
        if (!read_list(r, &l))
            return false;
        if (*r->at)
            return fail_at(r, r->at, "the text goes on after the result");
        if (!write_result(r, &l, out))
            return false;
    }
    return out->rank <= SSI_MAX_RANK ||
           fail_at(r, r->text, "a result of %d axes: %d are the most there can be", out->rank, SSI_MAX_RANK);
}

ssi_tensor *(ssi_einsum)(const char *text, int count, ssi_tensor *const *x)
{
    reader r = {.text = text ? text : "", .at = text ? text : ""};
    result out;
    if (count < 1)
        return SSI_FAIL_NULL(SSI_INVALID, "einsum", "no operands");
    for (int i = 0; i < count; i++) {
        if (!x[i])
            return NULL;
    }
    for (int i = 0; i < SSI_LABELS; i++)
        r.size[i] = 1;
    ssi_term *term = ssi_calloc((size_t)count, sizeof *term);
    ssi_tensor *y = term && read_operands(&r, count, x, term) && read_result(&r, &out)
                        ? ssi_contract("einsum", count, term, out.rank, out.label)
                        : NULL;
    ssi_free(term);
    return y;
}
