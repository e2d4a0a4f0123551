"""rows_more.py - the second half of the table: functions that are composed of those in rows.py, of some elements only, by place, and linear algebra."""

import numpy as np

from arguments import *
from rows import FLOATS, INTEGERS, NUMBERS, Row, nancumprod_error, nanprod_error, quantile_error, reduced, signed, sum_error
from values import ANY


def both(x, mask):
    """Each repeated to the shape of the two; NumPy takes only masks that repeat to x's."""  # differs: masks-that-repeat
    return np.broadcast_arrays(x, mask.astype(bool))


def where(f):
    def of(x, mask, axes, keep):
        x, mask = both(x, mask)
        return f(x, axis=axes, keepdims=bool(keep), where=mask)
    return of


def with_ddof(f):
    return lambda x, a, k, d: f(x, axis=a, keepdims=bool(k), ddof=d)


def where_sum_error(x, mask, axes, keep):
    x, mask = both(x, mask)
    return sum_error(np.where(mask, x, 0), axes, keep)


def where_mean_error(x, mask, axes, keep):
    x, mask = both(x, mask)
    return (8 + np.log2(x.size + 1)) * np.mean(np.abs(x), axis=axes, keepdims=bool(keep), where=mask)


def without_nan(error):
    return lambda x, *rest: error(np.where(np.isnan(x), 0, x), *rest)


def nan_mean_error(x, a, k):
    return (8 + np.log2(x.size + 1)) * np.nanmean(np.abs(x), axis=a, keepdims=bool(k))


def nan_var_error(x, a, k, d):
    spread = np.nanvar(x, axis=a, keepdims=bool(k), ddof=d)
    return (16 + np.log2(x.size + 1)) * (spread + np.nanmean(np.abs(x), axis=a, keepdims=bool(k)) ** 2)


def put(x, index, v):
    x = x.copy()
    np.put(x, index, v)
    return x


def put_along(x, given, v):
    """The arguments of C are x, index, v, axis."""
    x = x.copy()
    np.put_along_axis(x, given[0], v, given[1])
    return x


def value_before_axis(case):
    scalar(case)
    case.c[-2], case.c[-1] = case.c[-1], case.c[-2]


def set_ranges(x, ranges, v):
    x = x.copy()
    x[ranges] = v
    return x


def partition_of(x, kth, axis):
    """The k-th place alone is NumPy's as well: the rest has an order of ssi's own, which is checked to be a partition by sorting."""
    n = x.shape[axis]
    if not -n <= kth < n:
        raise ValueError("no such place")
    pivot = np.take(np.sort(x, axis), [kth], axis)
    rows = np.moveaxis(x, axis, -1).reshape(-1, n)
    out = []
    for row, p in zip(rows, np.moveaxis(pivot, axis, -1).reshape(-1)):
        order = np.argsort(row, kind="stable")
        k = kth % n
        low, high = sorted(order[:k]), sorted(order[k + 1:])
        out.append(row[[*low, order[k], *high]])
    moved = np.moveaxis(x, axis, -1).shape
    return np.moveaxis(np.array(out, x.dtype).reshape(moved), -1, axis)


def largest(x, k, axis, most):
    n = x.shape[axis]
    if not 0 <= k <= n:
        raise ValueError("so many there are not")
    # Backwards, so that of equals the first stays first.
    order = np.argsort(x, axis, kind="stable")
    if most:
        back = np.flip(x, axis)
        order = n - 1 - np.flip(np.argsort(back, axis, kind="stable"), axis)
    order = np.take(order, np.arange(k), axis)
    return np.take_along_axis(x, order, axis), order


def one_axis(case):
    """A list of one."""
    chosen = case.axis()
    case.add([ctypes.c_int(1), library.ints([chosen])], chosen)


def vector_pair(case):
    """Two vectors of one size, mostly."""
    n = case.r.randint(0, 12)
    case.tensor((n,))
    case.tensor((n + (case.r.random() < 0.04),))


def chained(case):
    """b for numpy.dot(x, b): its last axis but one is as long as x's last."""
    inner = case.shape[-1] if case.shape else 1
    if case.r.random() < 0.05:
        inner += 1
    shape = (inner,) if case.r.random() < 0.4 or not case.shape else tuple(case.r.choice([(inner, 3), (2, inner, 3), (2, inner, 1)]))
    case.tensor(shape if case.r.random() < 0.9 else ())


def same_last(case):
    inner = case.shape[-1] if case.shape else 1
    case.tensor(tuple(case.r.choice([(inner,), (2, inner), (3, 2, inner)])))


def einsum_case(case):
    """A text over operands whose letters have sizes of their own; now and then with an ellipsis, or one operand's axis of 1."""
    r = case.r
    size = {letter: r.randint(0 if r.random() < 0.05 else 1, 4) for letter in "ijklm"}
    count_of = r.randint(1, 3)
    dots = r.random() < 0.2
    whole = tuple(r.randint(1, 3) for _ in range(r.randint(0, 2)))
    texts, made = [], []
    dtype = r.choice(case.row.dtypes.split())
    for _ in range(count_of):
        letters = [r.choice("ijklm") for _ in range(r.randint(0, 3))]
        shape = [size[letter] for letter in letters]
        text = "".join(letters)
        if dots:
            text, shape = "..." + text, list(whole) + shape
        if shape and r.random() < 0.02:
            shape[-1] += 1
        x = values.operand(case.lib, r, np.dtype(dtype), tuple(shape), case.row.domain)
        made.append(x)
        texts.append(text)
    used = sorted(set("".join(texts)) - {"."})
    out = [letter for letter in used if r.random() < 0.5]
    r.shuffle(out)
    text = ",".join(texts)
    if r.random() < 0.8:
        text += "->" + ("..." if dots else "") + "".join(out)
    case.operands += made
    case.add([ctypes.c_char_p(text.encode()), ctypes.c_int(count_of), (ctypes.c_void_p * count_of)(*[m.tensor.value for m in made])],
             [text, *[m.array for m in made]], repr(text) + "; " + "; ".join(m.shown() for m in made))


def axis_pairs(case):
    """y with some of x's sizes, and the axes that are summed over together."""
    rank = len(case.shape)
    n = case.r.randint(0, min(2, rank))
    of_x = case.r.sample(range(rank), n)
    shape = [case.shape[a] for a in of_x] + [case.r.randint(1, 3) for _ in range(case.r.randint(0, 2))]
    places = list(range(len(shape)))
    case.r.shuffle(places)
    case.tensor(tuple(shape[p] for p in places))
    of_y = [places.index(i) for i in range(n)]
    case.add([ctypes.c_int(n), library.ints(of_x), library.ints(of_y)], (of_x, of_y))


def weights(case):
    """Of x's shape, floats above 0."""
    case.tensor(case.shape, "f8", "unit")


def average(x, w, axes, keep):
    """Of x's dtype."""  # differs: dtype-of-average
    y = np.sum(x * w, axis=axes, keepdims=bool(keep)) / np.sum(w, axis=axes, keepdims=bool(keep))
    return y.astype(x.dtype) if x.dtype.kind == "f" else y


def row_places(case):
    """Integers for x's first axis; seldom one that is not there."""
    n = case.shape[0]
    g = np.random.Generator(np.random.PCG64(case.r.getrandbits(64)))
    chosen = g.integers(-n, n, values.shape(case.r, 0, 2)) if n else np.zeros(0, int)
    if chosen.size and case.r.random() < 0.04:
        chosen.flat[0] = n
    made = values.Operand(case.lib, chosen.astype(case.r.choice(["i2", "i4", "i8"])))
    case.add([made.tensor], made.array, made.shown())


def two_places(case):
    """Places along x's first two axes, which broadcast."""
    made = []
    for axis, shape in enumerate([(3, 1), (4,)]):
        n = case.shape[axis]
        g = np.random.Generator(np.random.PCG64(case.r.getrandbits(64)))
        made.append(values.Operand(case.lib, g.integers(-n, n, shape)))
    case.operands += made
    case.add([ctypes.c_int(2), (ctypes.c_void_p * 2)(*[m.tensor.value for m in made])], tuple(m.array for m in made),
             "; ".join(m.shown() for m in made))


def out_each_axis(case):
    case.out = (ctypes.c_void_p * max(1, len(case.shape)))()
    case.c.append(case.out)


def set_at(x, places, v):
    x = x.copy()
    x[places] = v
    return x


def add_rows(x, places, rows):
    x = x.copy()
    if x.size:  # differs: indices-of-nothing
        np.add.at(x, places, rows)
    return x


def scalar_rows(case):
    """Rows of x's for the places before."""
    places = case.numpy[-1]
    case.tensor(places.shape + case.shape[1:], case.operands[0].array.dtype.str[1:])


def times(case):
    """How often each of the first axis's elements is repeated."""
    made = values.Operand(case.lib, np.array([case.r.randint(0, 3) for _ in range(case.shape[0])], "i8"))
    case.add([made.tensor, ctypes.c_int(0)], made.array, made.shown())


def permuted_places(x, kth, axis):
    """The places of partition_of's elements, of which equals keep their order."""
    n = x.shape[axis]
    if not -n <= kth < n:
        raise ValueError("no such place")
    rows = np.moveaxis(x, axis, -1)
    out = np.empty(rows.shape, "i8")
    for at in np.ndindex(rows.shape[:-1]):
        order = np.argsort(rows[at], kind="stable")
        k = kth % n
        out[at] = [*sorted(order[:k]), order[k], *sorted(order[k + 1:])]
    return np.moveaxis(out, -1, axis)


def where_ddof(f):
    def of(x, mask, axes, keep, ddof):
        x, mask = both(x, mask)
        return f(x, axis=axes, keepdims=bool(keep), ddof=ddof, where=mask)
    return of


def where_var_error(x, mask, axes, keep, ddof):
    """As var_error, of those where the mask holds."""
    x, mask = both(x, mask)
    spread = np.var(x, axis=axes, keepdims=bool(keep), ddof=ddof, where=mask)
    return (16 + np.log2(x.size + 1)) * (2 * np.abs(spread) + np.mean(np.abs(x), axis=axes, keepdims=bool(keep), where=mask) ** 2)


def where_from(f):
    def of(x, mask, initial, axes, keep):
        x, mask = both(x, mask)
        return f(x, axis=axes, keepdims=bool(keep), where=mask, initial=initial)
    return of


def nan_place(f):
    """Of NaN alone: 0."""  # differs: places-of-nan
    def of(x, axis):
        none = np.all(np.isnan(x), axis, keepdims=True)
        return f(np.where(none, 0, x), axis)
    return of


def parts(case):
    """Several quantiles."""
    q = [float(case.r.choice([0, 0.25, 0.5, 1, case.r.random()])) for _ in range(case.r.randint(1, 3))]
    case.add([ctypes.c_int(len(q)), (ctypes.c_double * len(q))(*q)], q)


def new_axes(case):
    """Places of new axes in the result; seldom one twice or outside."""
    n = case.r.randint(0, 2)
    rank = len(case.shape) + n
    chosen = [a - rank if case.r.random() < 0.4 else a for a in case.r.sample(range(rank), n)]
    if chosen and case.r.random() < 0.05:
        chosen[0] = case.r.choice([chosen[-1], rank])
    case.add([ctypes.c_int(n), library.ints(chosen)], tuple(chosen))


def counted(case):
    """Small integers, and a weight for each."""
    n = case.r.randint(0, 20)
    for made in (np.array([case.r.randint(0, 12) for _ in range(n)], case.r.choice(case.row.dtypes.split())),
                 values.values(case.r, np.dtype("f8"), n, "whole")):
        operand = values.Operand(case.lib, made)
        case.add([operand.tensor], made, operand.shown())


MORE = [
    Row("ssi_isinf", [x], np.isinf),
    Row("ssi_signbit", [x], lambda x: np.signbit(x) if x.dtype.kind == "f" else x < np.zeros((), x.dtype), ANY),
    Row("ssi_reciprocal", [x], np.reciprocal, "f4 f8"),
    Row("ssi_fmod", [x, y], np.fmod, ANY),
    Row("ssi_logaddexp", [x, y], np.logaddexp, "? " + INTEGERS + " f4 f8", "plain", each=True, error=lambda a, b: 4 * (1 + np.maximum(np.abs(a), np.abs(b)))),
    Row("ssi_deg2rad", [x], np.deg2rad, ANY, ulp=2),
    Row("ssi_rad2deg", [x], np.rad2deg, ANY, ulp=2),
    Row("ssi_heaviside", [x, y], np.heaviside, ANY, each=True),
    Row("ssi_round", [x, count(-2, 4)], np.round, "f4 f8", "plain"),
    Row("ssi_round", [x, count(-2, 4)], np.round, "i2 i4 i8", "plain"),
    Row("ssi_nan_to_num", [x], np.nan_to_num),
    Row("ssi_isclose", [x, y, double(1e-5, 0.1), double(1e-8, 1)], np.isclose, "f4 f8 i4", "mild"),
    Row("ssi_array_equal", [x, like], np.array_equal, "? u1"),
    # Of some elements only.
    Row("ssi_sum_where_axes", [x, condition, axes, flag], where(np.sum), "i2 i4 i8", promote=False),
    Row("ssi_sum_where_axes", [x, condition, axes, flag], where(np.sum), "f4 f8", "plain", error=where_sum_error, promote=False),
    Row("ssi_mean_where_axes", [x, condition, axes, flag], where(np.mean), "f4 f8 i4", "plain", error=where_mean_error, promote=False),
    Row("ssi_all_where_axes", [x, condition, axes, flag], where(np.all), promote=False),
    Row("ssi_any_where_axes", [x, condition, axes, flag], where(np.any), promote=False),
    Row("ssi_nansum_axes", [x, axes, flag], reduced(np.nansum), "f4 f8", "nan", error=without_nan(sum_error)),
    Row("ssi_nanmean_axes", [x, axes, flag], reduced(np.nanmean), "f4 f8", "nan", error=nan_mean_error),
    Row("ssi_nanvar_axes", [x, axes, flag, count(0, 1)], with_ddof(np.nanvar), "f4 f8", "nan", error=nan_var_error),
    Row("ssi_nanmedian_axes", [x, axes, flag], reduced(np.nanmedian), "f4 f8", "nan", ulp=2, empty=False),
    Row("ssi_nancumprod", [x, axis_or_all], np.nancumprod, "f8", "nan", error=nancumprod_error),
    Row("ssi_nancumsum", [x, axis_or_all], np.nancumsum, "f8", "nan", error=lambda x, a: x.size * np.nancumsum(np.abs(x), a)),
    Row("ssi_ptp_axes", [x, axes, flag], reduced(np.ptp), "f4 f8 i4 i8", "plain"),
    Row("ssi_count_nonzero_axes", [x, axes, flag], lambda x, a, k: np.count_nonzero(x, axis=a, keepdims=bool(k))),
    Row("ssi_norm_p_axes", [x, double(1, 2, 3, 0, np.inf, -np.inf), one_axis, flag],
        lambda x, p, a, k: np.linalg.norm(x, p, axis=a, keepdims=bool(k)), "f4 f8", "plain", ulp=40, low=1, empty=False),
    # By place.
    Row("ssi_partition", [x, rank_and_axis], partition_of, NUMBERS, "plain", low=1),
    Row("ssi_topk", [x, rank_and_axis, flag, out_each(1)], largest, NUMBERS, "plain", low=1, signs=False),
    Row("ssi_insert", [x, integer(-4, 4), scalar, axis], lambda x, i, v, a: np.insert(x, i, v, a), low=1),
    Row("ssi_put_along_axis", [x, along_axis, value_before_axis], put_along, "i4 f8", promote=False, low=1),
    Row("ssi_set_slice", [x, ranges, scalar], set_ranges),
    Row("ssi_squeeze_axes", [x, single_axes], np.squeeze),
    Row("ssi_full_like", [x, scalar], lambda x, v: np.full_like(x, v)),
    # Linear algebra.
    Row("ssi_dot", [x, chained], np.dot, "? " + INTEGERS, high=3),
    Row("ssi_inner", [x, same_last], np.inner, INTEGERS, high=3),
    Row("ssi_outer", [x, y], lambda a, b: np.outer(a, b), "? " + NUMBERS, high=3),
    Row("ssi_vdot", [vector_pair], np.vdot, INTEGERS),
    Row("ssi_kron", [x, few], np.kron, INTEGERS, high=3),
    Row("ssi_trace", [x, integer(-3, 3), two_axes], lambda x, k, a, b: signed(np.trace)(x, k, a, b), "? " + INTEGERS, low=2),
    Row("ssi_tensordot_axes", [x, axis_pairs], lambda x, y, pairs: np.tensordot(x, y, pairs), INTEGERS, high=4),
    Row("ssi_cross", [triples], lambda a, b, axis: np.cross(a, b, axis=axis), INTEGERS, low=1),
    Row("ssi_einsum", [einsum_case], lambda given: np.einsum(*given), "i4 i8", "plain"),
    Row("ssi_argpartition", [x, rank_and_axis], permuted_places, NUMBERS, "plain", low=1),
    Row("ssi_average_axes", [x, weights, axes, flag], average, "f4 f8 i4", "plain", low=1, empty=False, promote=False,
        error=lambda x, w, a, k: 40 * np.sum(np.abs(x) * w, axis=a, keepdims=bool(k)) / np.sum(w, axis=a, keepdims=bool(k))),
    Row("ssi_gather", [x, row_places], lambda x, i: x[i], low=1, promote=False),
    Row("ssi_scatter_add", [x, row_places, scalar_rows], add_rows, "i4 i8", low=1, promote=False),
    Row("ssi_index", [x, two_places], lambda x, places: x[places], low=2, empty=False, promote=False),
    Row("ssi_set_rows", [x, row_places, scalar], set_at, low=1, empty=False, promote=False),
    Row("ssi_put", [x, row_places, few], put, "i4", low=1, promote=False, high=1),
    Row("ssi_nonzero", [x, out_each_axis], lambda x: np.nonzero(x), low=1),
    Row("ssi_repeat_each", [x, times], lambda x, n: np.repeat(x, n, 0), low=1, promote=False),
    Row("ssi_tensordot", [x, like, count(0, 2)], lambda a, b, n: np.tensordot(a, b, n), INTEGERS, high=3),
    Row("ssi_var_where_axes", [x, condition, axes, flag, count(0, 1)], where_ddof(np.var), "f4 f8 i4", "plain", error=where_var_error, promote=False),
    Row("ssi_std_where_axes", [x, condition, axes, flag, count(0, 1)], where_ddof(np.std), "f4 f8", "plain", promote=False,
        error=lambda x, *rest: 1e3 * (1 + np.max(np.abs(x), initial=0)) + 0 * where_ddof(np.std)(x, *rest)),
    Row("ssi_min_where_axes", [x, condition, scalar, axes, flag], where_from(np.min), promote=False, signs=False),
    Row("ssi_max_where_axes", [x, condition, scalar, axes, flag], where_from(np.max), promote=False, signs=False),
    Row("ssi_nanargmin", [x, axis], nan_place(np.nanargmin), "f4 f8 i4", "nan", low=1, empty=False),
    Row("ssi_nanargmax", [x, axis], nan_place(np.nanargmax), "f4 f8 i4", "nan", low=1, empty=False),
    Row("ssi_nanpercentile_axes", [x, percent, method, axes, flag],
        lambda x, q, m, a, k: np.nanpercentile(x, q, method=m, axis=a, keepdims=bool(k)), "f8", "nan", empty=False,
        error=lambda x, *rest: 8 * np.nanmax(np.abs(x), initial=0)),
    Row("ssi_quantiles_axes", [x, parts, method, axes, flag],
        lambda x, q, m, a, k: np.quantile(x, q, method=m, axis=a, keepdims=bool(k)), "f8 i4", "plain", error=quantile_error, empty=False),
    Row("ssi_allclose", [x, y, double(1e-5, 0.1), double(1e-8, 1)], np.allclose, "f4 f8 i4", "mild"),
    Row("ssi_expand_dims_axes", [x, new_axes], np.expand_dims, high=4),
    Row("ssi_bincount_weights", [counted, integer(0, 12)], lambda x, w, n: np.bincount(x, w, n).astype("f8"), "i4 i8 u1", promote=False, differs="sums-of-no-weights"),
    Row("ssi_nanprod_axes", [x, axes, flag], reduced(np.nanprod), "f8", "nan", error=nanprod_error, high=2),
    Row("ssi_nanmin_axes", [x, axes, flag], reduced(np.nanmin), "f4 f8", "nan", signs=False, empty=False),
    Row("ssi_nanmax_axes", [x, axes, flag], reduced(np.nanmax), "f4 f8", "nan", signs=False, empty=False),
    Row("ssi_nanstd_axes", [x, axes, flag, count(0, 1)], with_ddof(np.nanstd), "f4 f8", "nan",
        error=lambda x, *rest: 1e3 * (1 + np.nanmax(np.abs(x), initial=0)) + 0 * np.nanstd(x, axis=rest[0], keepdims=bool(rest[1]))),
    Row("ssi_nanquantile_axes", [x, part, method, axes, flag],
        lambda x, q, m, a, k: np.nanquantile(x, q, method=m, axis=a, keepdims=bool(k)), "f8", "nan", empty=False,
        error=lambda x, *rest: 8 * np.nanmax(np.abs(x), initial=0)),
    Row("ssi_prod_where_axes", [x, condition, axes, flag], where(np.prod), "i4 i8", promote=False),
    Row("ssi_leaky_relu", [x, double(0.01, 0.5)], lambda x, s: np.where(x > 0, x, x * x.dtype.type(s)).astype(x.dtype), "f4 f8", signs=False),
]
