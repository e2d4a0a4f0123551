/*
 * index.c - parts of tensors by NumPy's notation. What the notation says is resolved against a shape into one slice, at most one take, and a reshape
 * that drops and adds axes; put in the opposite order the same three put a value back.
 */
#include "ssi/index.h"
#include "math/subscript.h"
#include "ops/build.h"

/* What a text selects of a tensor. */
typedef struct selection {
    ssi_subscript text;
    ssi_range range[SSI_MAX_RANK]; /* of each axis of the tensor */
    int list;                      /* the axis with the list; -1: none */
    int64_t index[SSI_SUBSCRIPT_NUMBERS];
    int64_t indices;
    int axis[SSI_SUBSCRIPT_ITEMS + SSI_MAX_RANK]; /* of each axis of the result: the tensor's, or -1: a new one */
    int rank;
    bool list_first; /* the list's axis comes first, whatever `axis` says */
} selection;

/* ---- from text to selection ---- */

static bool takes_axis(const ssi_subscript_item *item)
{
    return item->kind == SSI_AN_INTEGER || item->kind == SSI_A_SLICE || item->kind == SSI_A_LIST;
}

/* The index, from the front; false with an error where the axis has no such element. */
static bool in_axis(const selection *s, const ssi_tensor *x, int axis, int at, int64_t *index)
{
    int64_t asked = *index, n = x->shape[axis];
    *index += asked < 0 ? n : 0;
    if (*index >= 0 && *index < n)
        return true;
    return ssi_fail_subscript(&s->text, SSI_RANGE, at, "index %lld is out of bounds for axis %d with size %lld",
                              (long long)asked, axis, (long long)n);
}

static bool select_list(selection *s, const ssi_tensor *x, const ssi_subscript_item *item, int axis)
{
    if (s->list >= 0)
        return ssi_fail_subscript(&s->text, SSI_INVALID, item->at, "a second list: use ssi_index");
    s->list = axis;
    s->indices = item->count;
    for (int i = 0; i < item->count; i++) {
        s->index[i] = s->text.number[item->first + i];
        if (!in_axis(s, x, axis, s->text.number_at[item->first + i], &s->index[i]))
            return false;
    }
    s->axis[s->rank++] = axis;
    return true;
}

static bool select_item(selection *s, const ssi_tensor *x, const ssi_subscript_item *item, int axis)
{
    if (item->kind == SSI_A_LIST)
        return select_list(s, x, item, axis);
    if (item->kind == SSI_AN_INTEGER) {
        int64_t index = item->range.start;
        if (!in_axis(s, x, axis, item->at, &index))
            return false;
        s->range[axis] = (ssi_range){index, index + 1, 1};
        return true;
    }
    s->range[axis] = item->range;
    s->axis[s->rank++] = axis;
    return true;
}

static void select_whole(selection *s, int *axis, int count)
{
    for (; count > 0; count--)
        s->axis[s->rank++] = (*axis)++;
}

/* NumPy takes integers beside a list for lists too; where a slice, an ellipsis or a new axis parts them, nobody can say where the list's axis
 * belongs. */
static bool is_parted(const ssi_subscript *text)
{
    int first = -1, last = -1, count = 0;
    for (int i = 0; i < text->items; i++) {
        if (text->item[i].kind != SSI_AN_INTEGER && text->item[i].kind != SSI_A_LIST)
            continue;
        first = first < 0 ? i : first;
        last = i;
        count++;
    }
    return count && last - first + 1 != count;
}

static bool select_part(selection *s, const char *operation, const ssi_tensor *x, const char *text, int count,
                        const int64_t *numbers)
{
    if (!ssi_read_subscript(&s->text, operation, text, count, numbers))
        return false;
    int taken = 0, axis = 0;
    bool ellipsis = false;
    for (int i = 0; i < s->text.items; i++) {
        taken += takes_axis(&s->text.item[i]);
        ellipsis = ellipsis || s->text.item[i].kind == SSI_AN_ELLIPSIS;
        if (taken > x->rank)
            return ssi_fail_subscript(&s->text, SSI_INVALID, s->text.item[i].at,
                                      "too many indices: the tensor has %d ax%s", x->rank, x->rank == 1 ? "is" : "es");
    }
    s->list = -1;
    s->rank = 0;
    for (int i = 0; i < x->rank; i++)
        s->range[i] = (ssi_range){0, SSI_END, 1};
    for (int i = 0; i < s->text.items; i++) {
        const ssi_subscript_item *item = &s->text.item[i];
        if (item->kind == SSI_AN_ELLIPSIS)
            select_whole(s, &axis, x->rank - taken);
        else if (item->kind == SSI_A_NEW_AXIS)
            s->axis[s->rank++] = -1;
        else if (!select_item(s, x, item, axis++))
            return false;
    }
    select_whole(s, &axis, ellipsis ? 0 : x->rank - taken);
    if (s->rank > SSI_MAX_RANK)
        return ssi_fail_subscript(&s->text, SSI_INVALID, 0, "the result would have %d axes; a tensor has 0 to %d",
                                  s->rank, SSI_MAX_RANK);
    s->list_first = s->list >= 0 && is_parted(&s->text);
    return true;
}

/* ---- axes of the result ---- */

/* The result's shape before its list's axis is brought to the front, from that of the part of the tensor. */
static void shape_of(const selection *s, const ssi_tensor *part, int64_t *shape)
{
    for (int i = 0; i < s->rank; i++)
        shape[i] = s->axis[i] < 0 ? 1 : part->shape[s->axis[i]];
}

/* order[i]: which axis of it becomes axis i of the result. */
static void order_of(const selection *s, int64_t *order)
{
    int at = 1;
    for (int i = 0; i < s->rank; i++)
        order[s->axis[i] == s->list ? 0 : at++] = i;
}

static ssi_tensor *index_of(const selection *s)
{
    return (ssi_array)(SSI_I64, 1, &s->indices, s->index);
}

ssi_tensor *(ssi_at)(ssi_tensor *x, const char *text, int count, const int64_t *numbers)
{
    selection s;
    int64_t shape[SSI_MAX_RANK], order[SSI_MAX_RANK];
    x = ssi_strong(x);
    if (!x || !select_part(&s, "at", x, text, count, numbers))
        return NULL;
    ssi_tensor *part = ssi_slice(x, x->rank, s.range);
    if (s.list >= 0)
        part = ssi_take(part, index_of(&s), s.list);
    if (!part)
        return NULL;
    shape_of(&s, part, shape);
    part = (ssi_reshape)(part, s.rank, shape);
    if (!s.list_first)
        return part;
    order_of(&s, order);
    return (ssi_permute)(part, s.rank, order);
}

/* ---- putting a value back ---- */

/* v, spread over the result's shape; NULL with an error where it does not fit. Axes of one element in front of those are let go, as in NumPy. */
static ssi_tensor *spread(const selection *s, ssi_tensor *v, const int64_t *shape)
{
    char tv[SSI_SHAPE_TEXT], ts[SSI_SHAPE_TEXT];
    if (!v)
        return NULL;
    int extra = v->rank > s->rank ? v->rank - s->rank : 0;
    bool fits = true;
    for (int i = 0; i < v->rank && fits; i++)
        fits = v->shape[i] == 1 || (i >= extra && v->shape[i] == shape[s->rank - v->rank + i]);
    if (!fits)
        return SSI_FAIL_NULL(SSI_INVALID, s->text.operation,
                             "a value %s does not broadcast to the part %s\nfrom the last axis on, its sizes must be "
                             "equal or 1",
                             ssi_shape_text(v->rank, v->shape, tv), ssi_shape_text(s->rank, shape, ts));
    if (extra)
        v = (ssi_reshape)(v, s->rank, v->shape + extra);
    return v ? (ssi_expand)(v, s->rank, shape) : NULL;
}

/* The result of ssi_at undone: v with the axes of the part it was taken from. */
static ssi_tensor *turn_back(const selection *s, ssi_tensor *v, const int64_t *shape, const ssi_tensor *part)
{
    int64_t order[SSI_MAX_RANK], inverse[SSI_MAX_RANK], turned[SSI_MAX_RANK];
    if (s->list_first) {
        order_of(s, order);
        for (int i = 0; i < s->rank; i++) {
            turned[i] = shape[order[i]];
            inverse[order[i]] = i;
        }
    }
    v = spread(s, v, s->list_first ? turned : shape);
    if (v && s->list_first)
        v = (ssi_permute)(v, s->rank, inverse);
    return v ? (ssi_reshape)(v, part->rank, part->shape) : NULL;
}

/* The part with v at the elements of its list. */
static ssi_tensor *put_list(const selection *s, ssi_tensor *part, ssi_tensor *v)
{
    int64_t along[SSI_MAX_RANK];
    for (int i = 0; i < part->rank; i++)
        along[i] = i == s->list ? s->indices : 1;
    ssi_tensor *taken = ssi_take(part, index_of(s), s->list);
    if (!taken)
        return NULL;
    int64_t shape[SSI_MAX_RANK];
    shape_of(s, taken, shape);
    return ssi_put_along_axis(part, (ssi_reshape)(index_of(s), part->rank, along), turn_back(s, v, shape, taken),
                              s->list);
}

static ssi_tensor *set_part(const char *operation, ssi_tensor *x, const char *text, ssi_tensor *v, int count,
                            const int64_t *numbers)
{
    selection s;
    int64_t shape[SSI_MAX_RANK];
    x = ssi_strong(x);
    if (!x || !v || !select_part(&s, operation, x, text, count, numbers))
        return NULL;
    if (v->rank == 0 && s.list < 0)
        return ssi_set_slice(x, x->rank, s.range, v);
    if (!(v = ssi_operand(&ssi_op_set_slice, v, (ssi_dtype)x->dtype)))
        return NULL;
    ssi_tensor *part = ssi_slice(x, x->rank, s.range);
    if (!part)
        return NULL;
    if (s.list >= 0)
        return ssi_set_slice(x, x->rank, s.range, put_list(&s, part, ssi_cast(v, (ssi_dtype)x->dtype)));
    shape_of(&s, part, shape);
    return ssi_set_slice(x, x->rank, s.range, turn_back(&s, v, shape, part));
}

ssi_tensor *(ssi_set)(ssi_tensor *x, const char *text, ssi_tensor *v, int count, const int64_t *numbers)
{
    return set_part("set", x, text, v, count, numbers);
}

int(ssi_assign_at)(ssi_tensor *x, const char *text, ssi_tensor *v, int count, const int64_t *numbers)
{
    return ssi_assign(x, set_part("assign_at", x, text, v, count, numbers));
}
