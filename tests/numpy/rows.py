"""rows.py - the table: for each function of ssi its arguments, what NumPy computes, and how near the two must be.

A result is equal to the bit where nothing else is said. `ulp` is the distance from the value computed in a wider dtype, `error` the distance allowed as a function of the
arguments, in units of the dtype's epsilon. `each`: of integers, each operand is a float of its own width first. `differs` names the section of docs/numpy-differences.md by which NumPy's value or error is changed to ssi's.
"""

import numpy as np

from arguments import *
from values import ANY, FLOATS, INTEGERS, NUMBERS


class Row:
    def __init__(self, name, arguments, numpy, dtypes=ANY, domain="any", ulp=0, error=None, low=0, high=6, empty=True, ragged=False,
                 signs=True, promote=True, each=False, differs=None):
        self.name, self.arguments, self.numpy, self.dtypes, self.domain = name, arguments, numpy, dtypes, domain
        self.ulp, self.error, self.low, self.high, self.empty, self.ragged = ulp, error, low, high, empty, ragged
        self.signs, self.promote, self.each, self.differs = signs, promote, each, differs


def epsilons(n):
    """Of a sum of n numbers, added in any order that is not worse than pairs of blocks."""
    return 4 + np.log2(max(1, n))


def sum_error(x, axes, keep=0):
    """In units of epsilon."""
    n = x.size if axes is None else int(np.prod([x.shape[a] for a in np.atleast_1d(axes)], dtype=int))
    return epsilons(n) * np.sum(np.abs(x), axis=axes, keepdims=bool(keep))


def mean_error(x, axes, keep=0):
    n = x.size if axes is None else int(np.prod([x.shape[a] for a in np.atleast_1d(axes)], dtype=int))
    return (epsilons(n) + 2) * np.mean(np.abs(x), axis=axes, keepdims=bool(keep))


def var_error(x, axes, keep, ddof):
    """The distances from the mean have the error of the mean."""
    n = x.size if axes is None else int(np.prod([x.shape[a] for a in np.atleast_1d(axes)], dtype=int))
    return (epsilons(n) + 4) * (np.var(x, axis=axes, keepdims=bool(keep), ddof=ddof) * 2 + np.mean(np.abs(x), axis=axes, keepdims=bool(keep)) ** 2)


def std_error(x, axes, keep, ddof):
    whole = np.std(x, axis=axes, keepdims=bool(keep), ddof=ddof)
    return np.minimum(var_error(x, axes, keep, ddof) / whole, np.sqrt(var_error(x, axes, keep, ddof))) + 2 * whole + np.mean(np.abs(x), axis=axes, keepdims=bool(keep)) * 16


def prod_error(x, axes, keep=0):
    n = x.size if axes is None else int(np.prod([x.shape[a] for a in np.atleast_1d(axes)], dtype=int))
    return (n + 1) * np.abs(np.prod(x, axis=axes, keepdims=bool(keep)))


def swing(x):
    """The factors by their distance from 1: where their product is huge, some order of them passes out of a dtype's range on the way."""
    size = np.abs(np.where((x == 0) | np.isnan(x), 1, x))
    return np.maximum(size, 1 / size)


def nanprod_error(x, axes, keep=0):
    far = np.prod(swing(x), axis=axes, keepdims=bool(keep)) > 1e300
    return np.where(far, np.inf, (x.size + 1) * np.abs(np.nanprod(x, axis=axes, keepdims=bool(keep))))


def nancumprod_error(x, axis):
    return np.where(np.cumprod(swing(x), axis) > 1e300, np.inf, (x.size + 1) * np.abs(np.nancumprod(x, axis)))


def matmul_error(a, b):
    return (a.shape[-1] + 2) * np.matmul(np.abs(a), np.abs(b))


def reduced(f):
    return lambda x, axes, keep: f(x, axis=axes, keepdims=bool(keep))


def signed(f):
    """NumPy sums u8 as u64, which ssi has not."""
    def of(x, *rest):
        y = np.asarray(f(x, *rest))
        return y.astype("i8") if y.dtype == np.dtype("u8") else y
    return of


def integer_power(a, b):
    """Where NumPy refuses an exponent below 0, ssi cuts the fraction off."""
    if a.dtype.kind not in "iu" or b.dtype.kind not in "iu":
        return np.power(a, b)
    whole = np.power(a, np.maximum(b, b.dtype.type(0)))
    with np.errstate(all="ignore"):
        cut = np.where(a == 1, 1, np.where(a == -1, np.where(b % 2, -1, 1), 0))
    return np.where(b < 0, cut, whole).astype(whole.dtype)


def clip(x, low, high):
    """A bound that is NaN is none; dtypes promote in turn."""
    dtype = np.promote_types(np.promote_types(x.dtype, low.dtype), high.dtype)
    x, low, high = (a.astype(dtype) for a in (x, low, high))
    y = np.where(x < low, low, x)
    return np.where(y > high, high, y)


def whole(f):
    """Integers stay what they are, as in NumPy 2.1."""
    return lambda x: f(x) if x.dtype.kind == "f" else x  # differs: whole-numbers


def erf(x):
    import math
    if x.dtype.itemsize > 8:
        x = x.astype("f8")
    return np.vectorize(math.erf, otypes=["f8"])(x).astype(np.sqrt(x).dtype) if x.size else np.sqrt(x)


def sigmoid(x):
    one = x.dtype.type(1)
    return np.asarray(one / (one + np.exp(-x)), x.dtype)


def set_mask(x, mask, v):
    if mask.shape != x.shape[:mask.ndim]:
        raise IndexError("the mask does not fit")
    x = x.copy()
    full = np.broadcast_to(mask.reshape(mask.shape + (1,) * (x.ndim - mask.ndim)), x.shape)
    np.copyto(x, v, where=full, casting="unsafe")
    return x


def padded(mode):
    return lambda x, widths: np.pad(x, widths or 0, mode=mode)


def wrapped(x, widths):
    """As NumPy since 1.25: element i of the result is element i - before, modulo the size."""
    for axis, (before, after) in enumerate(widths):
        if x.shape[axis] == 0 and before + after:
            raise ValueError("nothing to wrap")
        if before + after:
            x = np.take(x, np.arange(-before, x.shape[axis] + after) % x.shape[axis], axis)
    return x


def quantile_error(x, *rest):
    return 8 * np.max(np.abs(x))


def roll_axes(x, by, along):
    return np.roll(x, by, along)


def weak(f):
    """NumPy 2: a number takes the array's dtype, or if its kind is higher i64 or f64."""
    def of(x, number):
        order = {"b": 0, "i": 1, "u": 1, "f": 2}
        kind = 0 if isinstance(number, bool) else 1 if isinstance(number, int) else 2
        dtype = x.dtype if kind <= order[x.dtype.kind] else np.dtype("i8" if kind == 1 else "f8")
        return f(x.astype(dtype), np.full(x.shape, number).astype(dtype))
    return of


def take_along(x, given):
    return np.take_along_axis(x, *given)


def partitioned(x, kth, axis):
    return np.sort(x, axis)


def interp(x, xp, fp):
    return np.asarray(np.interp(*(a.astype("f8") for a in (x, xp, fp))))


def softmax(x, axis):
    e = np.exp(x - np.max(x, axis, keepdims=True))
    return e / np.sum(e, axis, keepdims=True)


def softmax_error(x, axis):
    """The difference from the largest is rounded before its exponential is taken."""
    return softmax(x, axis) * (8 + np.max(x, axis, keepdims=True) - x)


def logsumexp(x, axis):
    m = np.max(x, axis, keepdims=True)
    return np.squeeze(m + np.log(np.sum(np.exp(x - m), axis, keepdims=True)), axis)


def unique_all(x):
    y, index, inverse, counts = np.unique(x, True, True, True)
    return y, index, inverse.reshape(x.shape), counts  # differs: inverse-shape


def arange(dtype, start, stop, step):
    if dtype.kind in "iu" and step and len(np.arange(start, stop, step)) and not all(
            np.iinfo(dtype).min <= int(v) <= np.iinfo(dtype).max for v in (start, start + step)):
        raise OverflowError("the first two do not fit")
    return np.arange(start, stop, step, dtype)


ROWS = [
    # Elementwise, of two.
    Row("ssi_add", [x, y], np.add, ANY),
    Row("ssi_sub", [x, y], np.subtract, ANY),
    Row("ssi_mul", [x, y], np.multiply, ANY),
    Row("ssi_div", [x, y], np.true_divide, ANY),
    Row("ssi_pow", [x, y], integer_power, INTEGERS, "plain", differs="negative-integer-powers"),
    Row("ssi_pow", [x, y], np.power, FLOATS, "any", ulp=4),
    Row("ssi_maximum", [x, y], np.maximum, ANY, signs=False),
    Row("ssi_minimum", [x, y], np.minimum, ANY, signs=False),
    Row("ssi_equal", [x, y], np.equal),
    Row("ssi_not_equal", [x, y], np.not_equal),
    Row("ssi_less", [x, y], np.less),
    Row("ssi_less_equal", [x, y], np.less_equal),
    Row("ssi_greater", [x, y], np.greater),
    Row("ssi_greater_equal", [x, y], np.greater_equal),
    Row("ssi_logical_and", [x, y], np.logical_and),
    Row("ssi_logical_or", [x, y], np.logical_or),
    Row("ssi_logical_xor", [x, y], np.logical_xor),
    Row("ssi_floor_divide", [x, y], np.floor_divide, ANY),
    Row("ssi_remainder", [x, y], np.remainder, ANY),
    Row("ssi_copysign", [x, y], np.copysign, ANY, each=True),
    Row("ssi_fmax", [x, y], np.fmax, ANY, signs=False),
    Row("ssi_fmin", [x, y], np.fmin, ANY, signs=False),
    Row("ssi_bitwise_and", [x, y], np.bitwise_and, "? " + INTEGERS),
    Row("ssi_bitwise_or", [x, y], np.bitwise_or, "? " + INTEGERS),
    Row("ssi_bitwise_xor", [x, y], np.bitwise_xor, "? " + INTEGERS),
    Row("ssi_left_shift", [x, y], np.left_shift, "? " + INTEGERS),
    Row("ssi_right_shift", [x, y], np.right_shift, "? " + INTEGERS),
    Row("ssi_atan2", [x, y], np.arctan2, ANY, ulp=3, each=True),
    Row("ssi_hypot", [x, y], np.hypot, ANY, ulp=3, each=True),
    # Of one.
    Row("ssi_logical_not", [x], np.logical_not),
    Row("ssi_neg", [x], np.negative, ANY),
    Row("ssi_abs", [x], np.abs, ANY),
    Row("ssi_sign", [x], np.sign, ANY, signs=False),
    Row("ssi_floor", [x], whole(np.floor), ANY),
    Row("ssi_square", [x], np.square, ANY),
    Row("ssi_sqrt", [x], np.sqrt, ANY),
    Row("ssi_exp", [x], np.exp, ANY, ulp=2),
    Row("ssi_log", [x], np.log, ANY, ulp=2),
    Row("ssi_sin", [x], np.sin, ANY, ulp=2),
    Row("ssi_cos", [x], np.cos, ANY, ulp=2),
    Row("ssi_tanh", [x], np.tanh, ANY, ulp=2),
    Row("ssi_log1p", [x], np.log1p, ANY, ulp=3),
    Row("ssi_expm1", [x], np.expm1, ANY, ulp=3),
    Row("ssi_exp2", [x], np.exp2, ANY, ulp=3),
    Row("ssi_log2", [x], np.log2, ANY, ulp=3),
    Row("ssi_log10", [x], np.log10, ANY, ulp=3),
    Row("ssi_cbrt", [x], np.cbrt, ANY, ulp=3),
    Row("ssi_tan", [x], np.tan, ANY, ulp=3),
    Row("ssi_asin", [x], np.arcsin, ANY, ulp=3),
    Row("ssi_acos", [x], np.arccos, ANY, ulp=3),
    Row("ssi_atan", [x], np.arctan, ANY, ulp=3),
    Row("ssi_sinh", [x], np.sinh, ANY, ulp=3),
    Row("ssi_cosh", [x], np.cosh, ANY, ulp=3),
    Row("ssi_asinh", [x], np.arcsinh, ANY, ulp=3),
    Row("ssi_acosh", [x], np.arccosh, ANY, ulp=3),
    Row("ssi_atanh", [x], np.arctanh, ANY, ulp=3),
    Row("ssi_ceil", [x], whole(np.ceil), ANY),
    Row("ssi_trunc", [x], whole(np.trunc), ANY),
    Row("ssi_rint", [x], np.rint, ANY),
    Row("ssi_invert", [x], np.invert, "? " + INTEGERS),
    Row("ssi_erf", [x], erf, FLOATS, ulp=3),
    Row("ssi_sigmoid", [x], sigmoid, FLOATS, ulp=4),
    Row("ssi_relu", [x], lambda x: np.maximum(x, x.dtype.type(0)), NUMBERS, signs=False),
    Row("ssi_isnan", [x], np.isnan, ANY),
    Row("ssi_isfinite", [x], np.isfinite, ANY),
    # Of three.
    Row("ssi_where", [condition, x, y], lambda c, a, b: np.where(c.astype(bool), a, b), ANY),
    Row("ssi_clip", [x, y, y], clip, NUMBERS, signs=False, promote=False, differs="bounds"),
    # Conversion.
    Row("ssi_cast", [x, dtype], lambda x, d: x.astype(d), ANY, "whole"),
    # Movement.
    Row("ssi_reshape", [x, new_shape], np.reshape),
    Row("ssi_permute", [x, permutation], np.transpose),
    Row("ssi_transpose", [x], lambda x: np.swapaxes(x, -1, -2), low=2),
    Row("ssi_expand", [x, wider_shape], np.broadcast_to),
    Row("ssi_slice", [x, ranges], lambda x, s: x[s]),
    Row("ssi_flip", [x, axis], np.flip),
    Row("ssi_pad", [x, widths, scalar], lambda x, w, v: np.pad(x, w or 0, constant_values=v)),
    Row("ssi_pad_edge", [x, widths], padded("edge")),
    Row("ssi_pad_reflect", [x, widths], padded("reflect")),
    Row("ssi_pad_symmetric", [x, widths], padded("symmetric")),
    Row("ssi_pad_wrap", [x, widths], wrapped, differs="wrap-multiples"),
    Row("ssi_concatenate", [tensors, place_or_axis], lambda a, axis: np.concatenate(a, axis), ragged=True, low=1),
    Row("ssi_stack", [tensors, axis], lambda a, axis: np.stack(a, axis), low=1),
    Row("ssi_hstack", [tensors], np.hstack),
    Row("ssi_vstack", [tensors], np.vstack),
    Row("ssi_dstack", [tensors], np.dstack),
    Row("ssi_column_stack", [tensors], np.column_stack, high=3),
    Row("ssi_ravel", [x], np.ravel),
    Row("ssi_moveaxis", [x, axis, axis], np.moveaxis),
    Row("ssi_swapaxes", [x, axis, axis], np.swapaxes),
    Row("ssi_atleast_1d", [x], np.atleast_1d),
    Row("ssi_atleast_2d", [x], np.atleast_2d),
    Row("ssi_atleast_3d", [x], np.atleast_3d),
    Row("ssi_tile", [x, repetitions], np.tile, high=4),
    Row("ssi_repeat", [x, integer(0, 3), axis_or_all], np.repeat),
    Row("ssi_resize", [x, wider_shape], np.resize),
    Row("ssi_roll", [x, integer(-20, 20), axis_or_all], np.roll),
    Row("ssi_roll_axes", [x, shifts], roll_axes, low=1),
    Row("ssi_flip_axes", [x, axes], lambda x, a: np.flip(x, a)),
    Row("ssi_fliplr", [x], np.fliplr),
    Row("ssi_flipud", [x], np.flipud),
    Row("ssi_rot90", [x, count(-5, 5), two_axes], lambda x, k, a, b: np.rot90(x, k, (a, b)), low=2),
    Row("ssi_diff", [x, count(0, 3), axis], lambda x, n, a: np.diff(np.moveaxis(x, a, a), n, a), differs="unused-axes"),
    Row("ssi_convolve", [few, few, overlap], np.convolve, INTEGERS),
    Row("ssi_correlate", [few, few, overlap], lambda a, v, o: np.correlate(a, v, o), INTEGERS),
    # Diagonals and triangles.
    Row("ssi_diag", [x, integer(-4, 4)], np.diag, low=1, high=2),
    Row("ssi_diagflat", [x, integer(-3, 3)], np.diagflat, high=3),
    Row("ssi_diagonal", [x, integer(-3, 3), two_axes], np.diagonal, low=2),
    Row("ssi_tril", [x, integer(-4, 4)], np.tril, low=1),
    Row("ssi_triu", [x, integer(-4, 4)], np.triu, low=1),
    # Reductions.
    Row("ssi_sum_axes", [x, axes, flag], signed(reduced(np.sum)), "? " + INTEGERS, differs="unsigned-sums"),
    Row("ssi_sum_axes", [x, axes, flag], reduced(np.sum), FLOATS, "mild", error=sum_error),
    Row("ssi_prod_axes", [x, axes, flag], signed(reduced(np.prod)), "? " + INTEGERS, differs="unsigned-sums"),
    Row("ssi_prod_axes", [x, axes, flag], reduced(np.prod), "f4 f8", "unit", error=prod_error),
    Row("ssi_min_axes", [x, axes, flag], reduced(np.min), signs=False),
    Row("ssi_max_axes", [x, axes, flag], reduced(np.max), signs=False),
    Row("ssi_all_axes", [x, axes, flag], reduced(np.all)),
    Row("ssi_any_axes", [x, axes, flag], reduced(np.any)),
    Row("ssi_mean_axes", [x, axes, flag], reduced(np.mean), "f2 f4 f8 i4 u1", "mild", error=mean_error),
    Row("ssi_var_axes", [x, axes, flag, count(0, 1)], lambda x, a, k, d: np.var(x, axis=a, keepdims=bool(k), ddof=d), "f4 f8 i2", "plain", error=var_error),
    Row("ssi_std_axes", [x, axes, flag, count(0, 1)], lambda x, a, k, d: np.std(x, axis=a, keepdims=bool(k), ddof=d), "f4 f8", "plain", error=std_error),
    Row("ssi_median_axes", [x, axes, flag], reduced(np.median), "f4 f8 i4", "mild", ulp=2, empty=False, differs="quantiles-of-nothing"),
    Row("ssi_quantile_axes", [x, part, method, axes, flag],
        lambda x, q, m, a, k: np.quantile(x, q, method=m, axis=a, keepdims=bool(k)), "f8 i4", "plain", error=quantile_error, empty=False),
    Row("ssi_percentile_axes", [x, percent, method, axes, flag],
        lambda x, q, m, a, k: np.percentile(x, q, method=m, axis=a, keepdims=bool(k)), "f8 i4", "plain", error=quantile_error, empty=False),
    Row("ssi_argmax", [x, axis_or_all], lambda x, a: np.argmax(x, a), signs=False),
    Row("ssi_argmin", [x, axis_or_all], lambda x, a: np.argmin(x, a), signs=False),
    # Along an axis.
    Row("ssi_cumsum", [x, axis_or_all], signed(np.cumsum), "? " + INTEGERS, differs="unsigned-sums"),
    Row("ssi_cumprod", [x, axis_or_all], signed(np.cumprod), "? " + INTEGERS, differs="unsigned-sums"),
    Row("ssi_cumsum", [x, axis_or_all], np.cumsum, "f4 f8", "mild", error=lambda x, a: x.size * np.cumsum(np.abs(x), a)),
    Row("ssi_sort", [x, axis_or_all], lambda x, a: np.sort(x, a, kind="stable"), ANY),
    Row("ssi_argsort", [x, axis_or_all], lambda x, a: np.argsort(x, a, kind="stable"), ANY),
    Row("ssi_searchsorted", [sorted_values, x, flag], lambda s, x, r: np.searchsorted(s, x, "right" if r else "left"), "f8"),
    Row("ssi_digitize", [x, sorted_values, flag], lambda x, s, r: np.digitize(x, s, bool(r)), FLOATS + " i4"),
    Row("ssi_unique", [x], np.unique, signs=False),
    Row("ssi_bincount", [numerals, integer(0, 12)], lambda x, n: np.bincount(x, minlength=n), "i4 i8 u1 i1", "whole"),
    # Products, indices, masks.
    Row("ssi_matmul", [x, rows], np.matmul, FLOATS, "mild", error=matmul_error),
    Row("ssi_matmul", [x, rows], np.matmul, "? " + INTEGERS),
    Row("ssi_take", [x, index], lambda x, i, a: np.take(x, i, a), promote=False),
    Row("ssi_mask", [x, mask], lambda x, m: x[m], promote=False),
    Row("ssi_compress", [x, mask_row], lambda x, m, a: np.compress(m, x, a), promote=False),
    Row("ssi_set_mask", [x, mask, scalar], set_mask, promote=False),
    Row("ssi_argwhere", [x], np.argwhere),
    Row("ssi_flatnonzero", [x], np.flatnonzero),
    Row("ssi_take_along_axis", [x, along_axis], take_along, promote=False, low=1),
    Row("ssi_delete", [x, places_along], lambda x, given: np.delete(x, *given), promote=False),
    Row("ssi_append", [x, like, axis], np.append, low=1),
    # Beside a C number.
    Row("ssi_add", [x, number], weak(np.add)),
    Row("ssi_mul", [x, number], weak(np.multiply)),
    Row("ssi_div", [x, number], weak(np.true_divide)),
    Row("ssi_maximum", [x, number], weak(np.maximum), signs=False),
    Row("ssi_less", [x, number], weak(np.less)),
    # Several results.
    Row("ssi_unique_all", [x, out_each(3)], unique_all, signs=False),
    Row("ssi_split", [x, parts_along], np.split, low=1),
    Row("ssi_array_split", [x, parts_along], np.array_split, low=1),
    Row("ssi_split_at", [x, cuts_along], np.split, low=1),
    Row("ssi_meshgrid", [vectors, count(0, 1), outs_of_vectors], lambda v, i: np.meshgrid(*v, indexing="ij" if i else "xy"), ragged=True),
    Row("ssi_broadcast_arrays", [vectors, outs_of_vectors], lambda v: np.broadcast_arrays(*v)),
    # From nothing.
    Row("ssi_arange", [dtype, double(), double(), double(1, 2, 0.1, -1, -0.5, 0.3, 0)], arange, differs="arange-beyond"),
    Row("ssi_linspace", [dtype, double(), double(), integer(0, 40), no_options], lambda d, a, b, n: np.linspace(a, b, n, dtype=d)),
    Row("ssi_logspace", [small_dtype, double(0, 1, -1, 2), double(0, 3, 2.5), integer(0, 20), no_options],
        lambda d, a, b, n: np.logspace(a, b, n, dtype=d), ulp=2),
    Row("ssi_geomspace", [small_dtype, double(1, 2, 0.5, 1e-3), double(8, 1000, 256, 3), integer(0, 20), no_options],
        lambda d, a, b, n: np.geomspace(a, b, n, dtype=d), ulp=16),
    Row("ssi_eye", [dtype, integer(0, 5), integer(0, 5), integer(-4, 4)], lambda d, n, m, k: np.eye(n, m, k, d)),
    Row("ssi_identity", [dtype, integer(0, 5)], lambda d, n: np.identity(n, d)),
    Row("ssi_tri", [dtype, integer(0, 5), integer(0, 5), integer(-4, 4)], lambda d, n, m, k: np.tri(n, m, k, d)),
    Row("ssi_zeros", [dtype, shape], lambda d, s: np.zeros(s, d)),
    Row("ssi_ones", [dtype, shape], lambda d, s: np.ones(s, d)),
    Row("ssi_full", [dtype, shape, number], lambda d, s, v: np.full(s, np.asarray(v).astype(d))),
    Row("ssi_zeros_like", [x], np.zeros_like),
    Row("ssi_ones_like", [x], np.ones_like),
    Row("ssi_vander", [few, integer(0, 5), flag], lambda x, n, i: np.vander(x, n, bool(i)), INTEGERS),
    # Signals, and functions of an axis.
    Row("ssi_convolve", [few, few, overlap], np.convolve, "f4 f8", "whole", signs=False, differs="signs-of-zero"),
    Row("ssi_gradient", [x, axis, no_options], lambda x, a: np.gradient(x, axis=a), "f4 f8 i4", "plain", ulp=2),
    Row("ssi_interp", [x, points, no_options], interp, "f4 f8 i4", "plain", error=lambda x, xp, fp: 16 * np.max(np.abs(fp)) + 0 * x),
    Row("ssi_trapezoid", [x, axis, no_options], lambda x, a: np.trapz(x, axis=a), "f4 f8", "plain", error=lambda x, a: (8 + x.size) * np.trapz(np.abs(x), axis=a)),
    Row("ssi_softmax", [x, axis], softmax, "f4 f8", "plain", error=softmax_error, low=1),
    Row("ssi_logsumexp", [x, axis], logsumexp, "f4 f8", "plain", error=lambda x, a: 8 + 4 * np.max(np.abs(x), a), low=1, empty=False),
    Row("ssi_norm_axes", [x, axes, flag], lambda x, a, k: np.sqrt(np.sum(x * x, axis=a, keepdims=bool(k))), "f4 f8", "plain", ulp=12),
    # NumPy's old random numbers.
    Row("ssi_legacy_rand", [state, shape], lambda s, n: s.random_sample(n)),
    Row("ssi_legacy_randn", [state, shape], lambda s, n: s.standard_normal(n)),
    Row("ssi_legacy_randint", [state, integer(-100, 100), integer(101, 5000), shape], lambda s, a, b, n: s.randint(a, b, n, dtype="i8")),
    Row("ssi_legacy_permutation", [state, integer(0, 50)], lambda s, n: s.permutation(n)),
]
