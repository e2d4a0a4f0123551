/*
 * pad.c - padding with x's own elements.
 *
 * Along an axis, x and its mirror images lie side by side for ever, every other one flipped (but for wrap), those of reflect sharing their
 * outermost element:
 *
 *     wrap            ... [a b c][a b c][a b c] ...          period n,     segment k begins at k n
 *     symmetric       ... [c b a][a b c][c b a] ...          period 2n,    likewise
 *     reflect         ...  c b  [a b c] b  a ...             period 2(n-1), segment k begins at k (n-1)
 *
 * The result is what lies of it in [-before, n + after). Few segments are joined as slices; many are taken element by element.
 */
#include "math/part.h"
#include "ssi/index.h"

typedef struct manner {
    bool flips;   /* every other segment */
    int64_t less; /* elements that a segment shares with the one before */
} manner;

static const manner reflect = {true, 1}, symmetric = {true, 0}, wrap = {false, 0};

/* The segment in which a place lies: floor(place / step). */
static int64_t segment_of(int64_t place, int64_t step)
{
    return place >= 0 ? place / step : -((-place - 1) / step) - 1;
}

/* The element of [0, n) that lies at a place. */
static int64_t element_at(const manner *m, int64_t place, int64_t n)
{
    int64_t segment = segment_of(place, n - m->less), in = place - segment * (n - m->less);
    return m->flips && segment % 2 ? n - 1 - in : in;
}

/* Elements [from, to) of the endless row, which lie in one segment. */
static ssi_tensor *stretch(const manner *m, ssi_tensor *x, int axis, int64_t from, int64_t to)
{
    int64_t n = x->shape[axis], first = element_at(m, from, n);
    if (!m->flips || segment_of(from, n - m->less) % 2 == 0)
        return ssi_part(x, axis, first, first + (to - from));
    return ssi_flip(ssi_part(x, axis, first - (to - from) + 1, first + 1), axis);
}

static ssi_tensor *take_row(const manner *m, ssi_tensor *x, int axis, int64_t from, int64_t to)
{
    int64_t *place;
    ssi_tensor *places = ssi_places(to - from, &place);
    for (int64_t at = from; places && at < to; at++)
        place[at - from] = element_at(m, at, x->shape[axis]);
    return ssi_take(x, places, axis);
}

enum { FEW = 3 };

/* What lies in [-before, n + after) of x's endless row, side by side; how many parts. */
static int mirror(const manner *m, ssi_tensor *x, int axis, int64_t before, int64_t after, ssi_tensor *part[FEW])
{
    int64_t n = x->shape[axis], step = n - m->less, from = -before, to = n + after;
    if (segment_of(to - 1, step) - segment_of(from, step) >= FEW) {
        part[0] = take_row(m, x, axis, from, to);
        return 1;
    }
    int parts = 0;
    while (from < to) {
        int64_t end = (segment_of(from, step) + 1) * step;
        if (from == 0) /* x itself whole: with the element that it shares with the next */
            end = n;
        end = end < to ? end : to;
        part[parts++] = stretch(m, x, axis, from, end);
        from = end;
    }
    return parts;
}

/* The same with the outermost elements repeated. */
static int repeat_edges(ssi_tensor *x, int axis, int64_t before, int64_t after, ssi_tensor *part[FEW])
{
    int64_t n = x->shape[axis], shape[SSI_MAX_RANK];
    int parts = 0;
    memcpy(shape, x->shape, x->rank * sizeof *shape);
    shape[axis] = before;
    if (before)
        part[parts++] = (ssi_expand)(ssi_part(x, axis, 0, 1), x->rank, shape);
    part[parts++] = x;
    shape[axis] = after;
    if (after)
        part[parts++] = (ssi_expand)(ssi_part(x, axis, n - 1, n), x->rank, shape);
    return parts;
}

/* Along the axes [axis, end). Each part is padded by itself, so that it consists of views of x and all of them are copied once. */
static ssi_tensor *pad_axes(const manner *m, ssi_tensor *x, int axis, int end, const int64_t *before,
                            const int64_t *after)
{
    ssi_tensor *part[FEW] = {x};
    int parts = 1;
    if (!x || axis == end)
        return x;
    if (before[axis] || after[axis])
        parts = m && x->shape[axis] > 1 ? mirror(m, x, axis, before[axis], after[axis], part)
                                        : repeat_edges(x, axis, before[axis], after[axis], part);
    for (int i = 0; i < parts; i++)
        part[i] = pad_axes(m, part[i], axis + 1, end, before, after);
    return parts == 1 ? part[0] : ssi_concatenate(parts, part, axis);
}

/* m NULL: by edges. An axis of one element is mirrored, and wrapped, as by edges. */
static ssi_tensor *pad(const char *name, const manner *m, ssi_tensor *x, const int64_t *before, const int64_t *after)
{
    int64_t shape[SSI_MAX_RANK];
    if (!x)
        return NULL;
    for (int i = 0; i < x->rank; i++) {
        if (before[i] < 0 || after[i] < 0 || before[i] > INT64_MAX / 4 || after[i] > INT64_MAX / 4 ||
            x->shape[i] > INT64_MAX / 4)
            return SSI_FAIL_NULL(SSI_INVALID, name,
                                 "%lld before and %lld after axis %d\nuse ssi_slice to take elements away",
                                 (long long)before[i], (long long)after[i], i);
        if (x->shape[i] == 0 && (before[i] || after[i]))
            return SSI_FAIL_NULL(SSI_INVALID, name, "axis %d is empty: there is nothing to pad with\nuse ssi_pad", i);
        shape[i] = x->shape[i] + before[i] + after[i];
    }
    if (!ssi_shape_is_possible(name, ssi_dtype_of(x), x->rank, shape))
        return NULL;
    enum { TOGETHER = 3 }; /* axes, of which each multiplies the parts: all eight would be 6561 */
    for (int end = x->rank; end > 0; end -= TOGETHER)
        x = pad_axes(m, x, end > TOGETHER ? end - TOGETHER : 0, end, before, after);
    return x;
}

ssi_tensor *ssi_pad_edge(ssi_tensor *x, const int64_t *before, const int64_t *after)
{
    return pad("pad_edge", NULL, x, before, after);
}

ssi_tensor *ssi_pad_reflect(ssi_tensor *x, const int64_t *before, const int64_t *after)
{
    return pad("pad_reflect", &reflect, x, before, after);
}

ssi_tensor *ssi_pad_symmetric(ssi_tensor *x, const int64_t *before, const int64_t *after)
{
    return pad("pad_symmetric", &symmetric, x, before, after);
}

ssi_tensor *ssi_pad_wrap(ssi_tensor *x, const int64_t *before, const int64_t *after)
{
    return pad("pad_wrap", &wrap, x, before, after);
}
