#!/usr/bin/python3
"""Writes statistics.txt: NumPy's values of the elementwise compositions and statistics, for tests/math/test_statistics.c.

A line is: name, operands, axis ('all' or a number), result. Arrays are written row by row, (3,4).
"""
import warnings

import numpy as np

warnings.simplefilter("ignore")
nan, inf = np.nan, np.inf
X = np.array([[1.5, -2, nan, 4], [0, -0.0, inf, 3], [nan, nan, nan, nan]])
Y = np.array([[1, -2, 3.25, 0.5], [7, 0, -1, 2], [5, 5, -6, 0]])
M = np.array([[1, 0, 1, 1], [0, 0, 0, 0], [1, 1, 0, 1]], bool)
W = np.array([[1, 2, 3, 4], [0.5, 0, 1, 1], [2, 2, 2, 2]])


def put(name, axis, value):
    text = " ".join(repr(float(v)) for v in np.ravel(value))
    print(name, "all" if axis is None else axis, text)


for axis in (None, 0, 1):
    put("ptp", axis, np.ptp(Y, axis))
    put("count_nonzero", axis, np.count_nonzero(Y, axis))
    put("average", axis, np.average(Y, axis, W))
    put("norm_1", axis, np.abs(Y).sum(axis))
    put("norm_3", axis, (np.abs(Y) ** 3).sum(axis) ** (1 / 3))
    put("norm_inf", axis, np.abs(Y).max(axis))
    put("norm_ninf", axis, np.abs(Y).min(axis))
    put("norm_0", axis, (Y != 0).sum(axis))
    for name in ("nansum", "nanprod", "nanmean", "nanvar", "nanstd", "nanmin", "nanmax"):
        put(name, axis, getattr(np, name)(X, axis))
    put("nanvar_1", axis, np.nanvar(X, axis, ddof=1))
    put("sum_where", axis, Y.sum(axis, where=M))
    put("prod_where", axis, Y.prod(axis, where=M))
    put("mean_where", axis, Y.mean(axis, where=M))
    put("var_where", axis, Y.var(axis, where=M))
    put("std_where_1", axis, Y.std(axis, where=M, ddof=1))
    put("min_where", axis, Y.min(axis, where=M, initial=2))
    put("max_where", axis, Y.max(axis, where=M, initial=2))
    put("all_where", axis, Y.all(axis, where=M))
    put("any_where", axis, Y.any(axis, where=M))
put("isinf", None, np.isinf(X))
put("signbit", None, np.signbit(X))
put("heaviside", None, np.heaviside(X, 0.5))
put("logaddexp", None, np.logaddexp(Y, W))
put("deg2rad", None, np.deg2rad(Y))
put("rad2deg", None, np.rad2deg(Y))
put("fmod", None, np.fmod(Y, -W))
put("round_1", None, np.round(Y * 1.23456, 1))
put("round_n1", None, np.round(Y * 12.5, -1))
put("nan_to_num", None, np.nan_to_num(X))
put("isclose", None, np.isclose(Y, Y + np.array([1e-9, 1e-3, 0, 1e-5])))
put("clip", None, np.clip(Y, -1, 2))
