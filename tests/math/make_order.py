#!/usr/bin/python3
"""Writes order.txt: what NumPy gives for scans, sorts, quantiles, distinct values and counts, that test_order.c holds ssi to.

    python3 make_order.py > order.txt

Each line is NAME SHAPE NUMBER... A line x:DTYPE is an operand; the lines after it are results of it, FUNCTION:DTYPE:AXIS:ARGUMENT, where axis 99 is
None. Lines a:DTYPE and b:DTYPE are second and third operands of what follows. Narrow floats: sums and interpolations are made in wider ones and rounded
once, as ssi does.
"""
import numpy as np

rng = np.random.default_rng(7)
names = {"float32": "f32", "float64": "f64", "float16": "f16", "bool": "bool", "uint8": "u8", "int8": "i8", "int16": "i16",
         "int32": "i32", "int64": "i64", "uint64": "i64"}
QS = (0.1, 0.5, 1.0)
METHODS = ("linear", "lower", "higher", "midpoint", "nearest")


def number(v):
    v = float(v)
    return "%d" % v if v == int(v) and (v or not np.signbit(v)) else repr(v)


def write(name, x):
    x = np.asarray(x)
    flat = x.ravel()
    flat = flat.astype(np.int64) if x.dtype.kind == "u" else flat
    exact = x.dtype.kind in "iub"
    words = [str(int(v)) if exact else "nan" if np.isnan(v) else "inf" if v == np.inf else "-inf" if v == -np.inf
             else number(v) for v in flat]
    print(" ".join([name, ",".join(map(str, x.shape)) or "."] + words))


def result(function, y, axis=99, argument=0):
    write("%s:%s:%d:%r" % (function, names[np.asarray(y).dtype.name], 99 if axis is None else axis, argument), y)


def operand(kind, x):
    write("%s:%s" % (kind, names[x.dtype.name]), x)


def drawn(dtype, shape):
    n = int(np.prod(shape))
    if dtype == np.bool_:
        return rng.random(shape) < 0.5
    if np.dtype(dtype).kind in "iu":
        low = 0 if np.dtype(dtype).kind == "u" else -9
        return rng.integers(low, 10, shape).astype(dtype)
    x = np.round(rng.normal(0, 3, n) * 8) / 8
    return x.reshape(shape).astype(dtype)


def scans(x, axis):
    floating = x.dtype.kind == "f"
    wide = x.astype(np.float32) if x.dtype == np.float16 else x
    for name in ("cumsum", "cumprod") + (("nancumsum", "nancumprod") if floating else ()):
        y = getattr(np, name)(wide, axis=axis)
        result(name, y.astype(x.dtype) if floating else y, axis)


def sorts(x, axis):
    result("sort", np.sort(x, axis=axis, kind="stable"), axis)
    result("argsort", np.argsort(x, axis=axis, kind="stable"), axis)


def quantiles(x, axis):
    floating = x.dtype.kind == "f"
    result("median", np.median(x, axis=axis), axis)
    if floating:
        result("nanmedian", np.nanmedian(x, axis=axis), axis)
    if x.dtype == np.bool_:
        return
    for method in range(5):
        for q in QS:
            y = np.quantile(x.astype(np.float64) if floating or method in (0, 3) else x, q, axis=axis, method=METHODS[method])
            y = y.astype(x.dtype) if floating else y
            result("quantile%d" % method, y, axis, q)
            if floating:
                y = np.nanquantile(x.astype(np.float64), q, axis=axis, method=METHODS[method]).astype(x.dtype)
                result("nanquantile%d" % method, y, axis, q)


def uniques(x):
    values, index, inverse, counts = np.unique(x, return_index=True, return_inverse=True, return_counts=True)
    result("unique", values)
    result("unique_index", index)
    result("unique_inverse", inverse.reshape(x.shape))
    result("unique_counts", counts)


def along(dtype):
    for shape in ((7,), (3, 4), (2, 3, 4), (70,)):
        x = drawn(dtype, shape)
        if np.dtype(dtype).kind == "f" and x.size > 4:
            x.flat[1] = 0.0
            x.flat[3] = -0.0
        operand("x", x)
        for axis in list(range(len(shape))) + [None]:
            scans(x, axis)
            sorts(x, axis)
            if len(shape) < 3 or axis == 1:
                quantiles(x, axis)
        uniques(x)
    if np.dtype(dtype).kind == "f":
        x = drawn(dtype, (4, 5))
        x[0, 1] = x[2, 2] = x[2, 4] = np.nan
        x[3] = np.nan
        operand("x", x)
        for axis in (0, 1, None):
            scans(x, axis)
            sorts(x, axis)
            with np.errstate(all="ignore"):
                quantiles(x, axis)
        uniques(x)
        x = np.array([np.inf, 2, -np.inf, np.nan, -0.0, 0.0, np.inf, np.nan, -1], dtype)
        operand("x", x)
        sorts(x, 0)
        uniques(x)


def searches(dtype):
    for n in (0, 1, 6, 33):
        x = np.sort(drawn(dtype, (n,)))
        if np.dtype(dtype).kind == "f" and n > 3:
            x[-1] = np.nan
            x[-2] = np.inf
        values = np.concatenate([x[::2], drawn(dtype, (11,)), np.array([127], dtype)])
        if np.dtype(dtype).kind == "f":
            values[:2] = np.nan, -np.inf
        operand("x", x)
        operand("a", values)
        for side in (0, 1):
            result("searchsorted", np.searchsorted(x, values, ("left", "right")[side]), 0, side)
            clean = x[~np.isnan(x)] if x.dtype.kind == "f" else x
            if len(clean) == len(x):
                result("digitize", np.digitize(values, x, right=bool(side)), 0, side)


def indices(dtype):
    x = drawn(dtype, (3, 4, 2))
    operand("x", x)
    for axis in range(3):
        shape = list(x.shape)
        shape[axis] = 5
        index = rng.integers(-x.shape[axis], x.shape[axis], shape)
        values = drawn(dtype, shape)
        operand("a", index)
        operand("b", values)
        result("take_along_axis", np.take_along_axis(x, index, axis), axis)
        y = x.copy()
        for place in np.ndindex(*shape):
            target = list(place)
            target[axis] = index[place]
            y[tuple(target)] = values[place]
        result("put_along_axis", y, axis)
    index = rng.integers(-24, 24, 9)
    operand("a", index)
    result("take_along_axis", np.take_along_axis(x, index, None), None)


def counts(dtype):
    x = np.abs(drawn(dtype, (40,)))
    operand("x", x)
    weights = np.round(rng.normal(0, 1, 40) * 16) / 16
    operand("a", weights)
    for minlength in (0, 3, 20):
        result("bincount", np.bincount(x.astype(np.int64), minlength=minlength), 0, minlength)
        result("bincount_weights", np.bincount(x.astype(np.int64), weights, minlength), 0, minlength)


def histogram(x, bins, **options):
    """With edges rounded to x's dtype, and all else in f64."""
    wide = x.astype(np.float64)
    edges = np.histogram(wide, bins, options.pop("range", None))[1]
    edges = edges.astype(x.dtype if x.dtype.kind == "f" else np.float64)
    return np.histogram(wide, edges.astype(np.float64), **options)[0], edges


def histograms(dtype):
    for n in (0, 1, 50, 700):
        x = drawn(dtype, (n,))
        operand("x", x)
        for bins in (1, 3, 10):
            count, edges = histogram(x, bins)
            result("histogram", count, 0, bins)
            result("histogram_edges", edges, 0, bins)
        result("histogram_range", histogram(x, 8, range=(-2, 2))[0], 0, 8)
        if n > 1:
            result("histogram_density", histogram(x, 5, density=True)[0], 0, 5)
        operand("a", np.array([-3, -1, -1, 0, 0.5, 2], np.float64))
        result("histogram_given", np.histogram(x.astype(np.float64), np.array([-3, -1, -1, 0, 0.5, 2]))[0], 0, 0)
        weights = np.round(rng.normal(0, 1, n) * 16) / 16
        operand("b", weights)
        result("histogram_weights", histogram(x, 6, weights=weights)[0], 0, 6)


for dtype in (np.bool_, np.uint8, np.int8, np.int16, np.int32, np.int64, np.float16, np.float32, np.float64):
    along(dtype)
    indices(dtype)
    if dtype != np.bool_:
        searches(dtype)
        if np.dtype(dtype).kind != "f":
            counts(dtype)
        histograms(dtype)
