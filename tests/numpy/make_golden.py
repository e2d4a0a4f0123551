#!/usr/bin/python3
"""make_golden.py > golden.txt - what NumPy makes of the functions of elements, reductions and scans of rows.py and rows_more.py, in every dtype, over every axis:
test_golden.c holds ssi to it where there is no NumPy, in several layouts.

    operand NAME DTYPE SHAPE BITS...          an element's bits in hexadecimal
    FUNCTION KIND OPERAND DTYPE RESULT HOW ARGUMENTS SHAPE BITS...
    FUNCTION dtypes RESULT...                 of each pair of dtypes, in the order of DTYPES

KIND: one; two (x and y); axes (ARGUMENTS: `0,2k` over axes 0 and 2, kept; `-` over all); ddof, the same with ddof 1; where, the same of those where the mask
holds, which is true at i of 12 where i % 5 < 3; axis (ARGUMENTS: one axis, or `-`: of the flattened x). RESULT: its dtype, or ! where both refuse. HOW: = to the bit;
~ but for the signs of zeros; 2.5, within so many units of the last place of a true value, whose bits as f8 are given; ^ as near to it as a second f8 behind each says.
"""

import sys
import warnings

import numpy as np

import arguments as kind_of
import compare
from rows import ROWS
from rows_more import MORE

warnings.simplefilter("ignore")
np.seterr(all="ignore")

DTYPES = "? u1 i1 i2 i4 i8 f2 f4 f8".split()
KINDS = {
    (kind_of.x,): "one",
    (kind_of.x, kind_of.y): "two",
    (kind_of.x, kind_of.same): "two",
    (kind_of.x, kind_of.axes, kind_of.flag): "axes",
    (kind_of.x, kind_of.condition, kind_of.axes, kind_of.flag): "where",
    (kind_of.x, kind_of.axis_or_all): "axis",
}
# Held to files in tests/math.
ELSEWHERE = {"transpose", "fliplr", "flipud", "ravel", "atleast_1d", "atleast_2d", "atleast_3d", "unique", "argwhere", "flatnonzero", "zeros_like",
             "ones_like", "outer"}
AXES = [None, (0,), (1,), (2,), (-1, 0), (0, 1, 2)]


def kind(row):
    shape = tuple(row.arguments)
    if shape[:-1] == (kind_of.x, kind_of.axes, kind_of.flag):
        return "ddof"
    return KINDS.get(shape)


def hexadecimal(a):
    a = np.ascontiguousarray(a)
    return [bytes(e)[::-1].hex() for e in a.reshape(-1).view(f"V{a.itemsize}")]


def special(dtype):
    d = np.dtype(dtype)
    if d.kind == "b":
        return np.array([False, True])
    if d.kind == "f":
        info = np.finfo(d)
        some = [0.0, -0.0, np.nan, np.inf, -np.inf, info.max, info.smallest_subnormal, -info.tiny, 1.0, -1.0, 0.5, -2.5, 3.7, 1e-3, 11.25, -0.9]
    else:
        info = np.iinfo(d)
        some = [0, 1, 2, 3, 7, info.max, info.min, info.max - 1] + ([-1, -2, -7] if d.kind == "i" else [200])
    return np.array(some).astype(d)


def operands(dtype):
    some = special(dtype)
    pairs = some if len(some) < 12 else some[:12]
    made = {"one": some, "x": np.repeat(pairs, len(pairs)), "y": np.tile(pairs, len(pairs))}  # every one beside every other
    return made | {domain: block(dtype, domain) for domain in ("plain", "unit", "nan")}


def block(dtype, domain):
    """(2,3,4): of moderate size, as sums and products want it; with NaN for `nan`."""
    g = np.random.Generator(np.random.PCG64(7))
    d = np.dtype(dtype)
    if d.kind == "b":
        return g.integers(0, 2, (2, 3, 4)).astype(d)
    if d.kind in "iu":
        return g.integers(0 if d.kind == "u" else -9, 10, (2, 3, 4)).astype(d)
    a = (g.random((2, 3, 4)) + 0.25 if domain == "unit" else g.standard_normal((2, 3, 4)) * 3).astype(d)
    if domain == "nan":
        a[g.random(a.shape) < 0.25] = np.nan
    return a


def axes_text(axes, keep):
    return ("-" if axes is None else ",".join(map(str, axes))) + ("k" if keep else "")


def line(row, which, operand, dtype, given, text, rest):
    """`rest`: what NumPy's function takes behind its operands."""
    before = f"{row.name[4:]} {which} {operand} {dtype}"
    try:
        value = np.asarray(row.numpy(*given, *rest))
    except (TypeError, ValueError, IndexError):
        return f"{before} ! = {text} ."
    how, bits = "=" if row.signs else "~", hexadecimal(value)
    if value.dtype.kind == "f" and (row.ulp or row.error):
        wide = [a if a.dtype.kind == "b" and dtype != "?" else a.astype(value.dtype).astype(compare.wider(value.dtype)) for a in given]
        truth = np.asarray(row.numpy(*wide, *rest)).astype("f8")
        how, bits = f"{row.ulp + 0.5:g}", hexadecimal(truth)
        if row.error:
            info = np.finfo(value.dtype)
            bound = info.eps * np.asarray(row.error(*wide, *rest)).astype("f8") + 1000 * float(info.smallest_subnormal)
            how, bits = "^", [b for both in zip(bits, hexadecimal(np.broadcast_to(bound, truth.shape))) for b in both]
    return " ".join([before, value.dtype.str[1:], how, text, ",".join(map(str, value.shape)) or ".", *bits])


def lines(row, which, dtype):
    made = operands(dtype)
    if which in ("one", "two"):
        given = ["one"] if which == "one" else ["x", "y"]
        yield line(row, which, given[0], dtype, [made[name] for name in given], ".", ())
        return
    operand = row.domain if row.domain in ("unit", "nan") else "plain"
    if which == "axis":
        for axis in (None, 0, 1, -1):
            yield line(row, which, operand, dtype, [made[operand]], axes_text(None if axis is None else (axis,), 0), (axis,))
        return
    mask = np.arange(12).reshape(3, 4) % 5 < 3
    for i, axes in enumerate(AXES):
        given = [made[operand], mask] if which == "where" else [made[operand]]
        yield line(row, which, operand, dtype, given, axes_text(axes, i % 2), (axes, i % 2, 1) if which == "ddof" else (axes, i % 2))


def result_dtypes(row):
    """Of all pairs; of those that the row leaves out, nothing."""
    for a in DTYPES:
        for b in DTYPES:
            if not {a, b} <= set(row.dtypes.split()):
                yield "."
                continue
            try:
                yield np.asarray(row.numpy(np.ones(2, a), np.ones(2, b))).dtype.str[1:]
            except (TypeError, ValueError):
                yield "!"


def main():
    print("# Made by make_golden.py with NumPy " + np.__version__)
    for dtype in DTYPES:
        for name, a in operands(dtype).items():
            print("operand", name, dtype, ",".join(map(str, a.shape)), *hexadecimal(a))
    for row in ROWS + MORE:
        which = kind(row)
        if which is None or row.name[4:] in ELSEWHERE:
            continue
        for dtype in row.dtypes.split():
            for text in lines(row, which, dtype):
                print(text)
        if which == "two" and row.arguments[1] is kind_of.y and row.promote:
            print(row.name[4:], "dtypes", *result_dtypes(row))


if __name__ == "__main__":
    sys.exit(main())
