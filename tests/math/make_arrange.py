#!/usr/bin/python3
"""Writes create.txt, arrange.txt and signal.txt beside this file: what NumPy makes of the cases in test_create.c, test_arrange.c, test_signal.c.

    apt-get install python3-numpy && python3 make_arrange.py

A line is NAME SHAPE NUMBER... For a case, NAME.x0, NAME.x1, ... are its operands and NAME.y its value. Of cases whose arithmetic depends on the dtype, NAME.i8>f64
is the value for operands of i8, which NumPy gives as f64. NAME.y0, NAME.y1, ... are several results.
"""
import os
import warnings

import numpy as np

warnings.simplefilter("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = {"f32": np.float32, "f64": np.float64, "f16": np.float16, "bool": np.bool_, "u8": np.uint8, "i8": np.int8, "i16": np.int16,
         "i32": np.int32, "i64": np.int64}
REVERSE = {np.dtype(d): n for n, d in NAMES.items()}


def line(name, a):
    a = np.asarray(a)
    shape = ",".join(map(str, a.shape)) or "."
    if a.dtype.kind in "bui":
        numbers = " ".join(str(int(v)) for v in a.ravel())
    else:
        numbers = " ".join("%.17g" % float(v) for v in a.ravel())
    return f"{name} {shape} {numbers}".rstrip()


def x(*shape, step=7, modulus=11):
    """Small whole numbers, some of them 0, that every dtype holds."""
    return (np.arange(np.prod(shape, dtype=int)) * step % modulus).reshape(shape)


def v(*numbers):
    return np.array(numbers, dtype=np.float64)


def same(cases):
    """The dtype changes nothing but itself."""
    for name, (f, *operands) in cases.items():
        for i, operand in enumerate(operands):
            yield line(f"{name}.x{i}", operand)
        y = f(*operands)
        if isinstance(y, (list, tuple)):
            for i, part in enumerate(y):
                yield line(f"{name}.y{i}", part)
        else:
            yield line(f"{name}.y", y)


def typed(cases, dtypes):
    for name, (f, *operands) in cases.items():
        for i, operand in enumerate(operands):
            yield line(f"{name}.x{i}", operand)
        for dtype in dtypes:
            try:
                y = f(*(operand.astype(NAMES[dtype]) for operand in operands))
            except TypeError:  # NumPy has it not for this dtype
                continue
            yield line(f"{name}.{dtype}>{REVERSE[np.asarray(y).dtype]}", y)


def write(name, *parts):
    with open(os.path.join(HERE, name), "w") as out:
        for part in parts:
            out.writelines(text + "\n" for text in part)


# ---- create.txt -------------------------------------------------------------------------------------------------------------------

def sequences():
    for i, (start, stop, step) in enumerate([(0, 1, 0.1), (-3, 4, 0.7), (5, -5, -1.25), (1, 1.3, 0.05), (2, 2, 1), (3, 1, 1), (0.1, 0.2, 1),
                                             (-0.3, 1.7, 0.3), (0.5, 5, 1.5), (1e-8, 1e-7, 1e-8), (16777215.25, 16777225, 1.1), (7, 8, 3)]):
        for dtype in NAMES:
            n = len(np.arange(start, stop, step))
            if dtype == "bool" and n > 2:
                continue
            if dtype in ("u8", "i8", "i16") and (not -100 <= start <= 100 or dtype == "u8" and min(start, start + step) < 0):
                continue
            if dtype not in ("f32", "f64", "f16") and int(start) == int(start + step):
                continue
            if dtype == "f16" and abs(start) > 6e4:
                continue
            yield line(f"arange{i}.{dtype}", np.arange(start, stop, step, dtype=NAMES[dtype]))
    for dtype in ("i64", "i32", "u8", "f64", "f32", "f16"):
        yield line(f"count_down.{dtype}", np.arange(100, 3, -9, dtype=NAMES[dtype]))
        yield line(f"count_up.{dtype}", np.arange(3, 100, 9, dtype=NAMES[dtype]))
    yield line("wrapping.u8", (np.arange(300) % 256).astype(np.uint8))
    spaces = [(0, 1, 7), (-1, 1, 4), (3, -5, 6), (0.1, 0.7, 11), (2, 5, 1), (2, 5, 0), (1, 1, 5), (0, 5e-324, 3), (1e300, -1e300, 5), (0, 100, 17)]
    for i, (start, stop, count) in enumerate(spaces):
        for dtype in NAMES:
            if abs(start) > 100 and dtype not in ("f64", "f32") or (dtype in ("u8", "bool") and min(start, stop) < 0):
                continue
            yield line(f"linspace{i}.{dtype}", np.linspace(start, stop, count, dtype=NAMES[dtype]))
            yield line(f"linspace_open{i}.{dtype}", np.linspace(start, stop, count, endpoint=False, dtype=NAMES[dtype]))
    for i, (start, stop, count) in enumerate([(0, 2, 5), (-2, 1, 4), (2, 3, 1), (1, 2, 0), (0.3, 1.7, 6)]):
        for dtype in ("f64", "f32", "f16"):
            yield line(f"logspace{i}.{dtype}", np.logspace(start, stop, count, dtype=NAMES[dtype]))
            yield line(f"logspace_open{i}.{dtype}", np.logspace(start, stop, count, endpoint=False, base=2, dtype=NAMES[dtype]))
    for i, (start, stop, count) in enumerate([(1, 1000, 4), (1, 256, 9), (-1, -1000, 4), (1000, 1, 7), (3, 5, 1), (3, 5, 0), (0.3, 1.7, 6)]):
        for dtype in ("f64", "f32", "f16"):
            yield line(f"geomspace{i}.{dtype}", np.geomspace(start, stop, count, dtype=NAMES[dtype]))
            yield line(f"geomspace_open{i}.{dtype}", np.geomspace(start, stop, count, endpoint=False, dtype=NAMES[dtype]))


def matrices():
    for n, m in ((3, 3), (2, 5), (5, 2), (0, 3), (3, 0), (1, 1)):
        for k in (-7, -2, -1, 0, 1, 2, 4, 9):
            yield line(f"eye.{n}.{m}.{k}", np.eye(n, m, k))
            yield line(f"tri.{n}.{m}.{k}", np.tri(n, m, k))


created = {
    "diag_in": (lambda a: np.diag(a), x(4)), "diag_up": (lambda a: np.diag(a, 2), x(3)), "diag_down": (lambda a: np.diag(a, -1), x(3)),
    "diag_far_down": (lambda a: np.diag(a, -5), x(2)), "diag_of_none": (lambda a: np.diag(a), x(0)), "diag_of_none_up": (lambda a: np.diag(a, 2), x(0)),
    "diag_out": (lambda a: np.diag(a), x(3, 4)), "diag_out_up": (lambda a: np.diag(a, 2), x(3, 4)), "diag_out_down": (lambda a: np.diag(a, -1), x(4, 3)),
    "diag_out_past": (lambda a: np.diag(a, 9), x(3, 4)), "diag_out_empty": (lambda a: np.diag(a), x(0, 4)),
    "diag_turned": (lambda a: np.diag(a.T, 1), x(3, 4)), "diagflat": (lambda a: np.diagflat(a, 1), x(2, 2)), "diagflat_of_one": (lambda a: np.diagflat(a), x()),
    "diagonal": (lambda a: np.diagonal(a, 0, 0, 1), x(2, 3, 4)), "diagonal_ends": (lambda a: np.diagonal(a, 1, 0, 2), x(2, 3, 4)),
    "diagonal_back": (lambda a: np.diagonal(a, -1, -1, 0), x(4, 2, 3)), "diagonal_six": (lambda a: np.diagonal(a, 0, 2, 5), x(2, 1, 3, 2, 1, 3)),
    "tril": (lambda a: np.tril(a), x(3, 4)), "tril_up": (lambda a: np.tril(a, 1), x(4, 3)), "tril_row": (lambda a: np.tril(a), x(3)),
    "tril_many": (lambda a: np.tril(a, -1), x(2, 3, 3)), "tril_empty": (lambda a: np.tril(a), x(0, 3)),
    "triu": (lambda a: np.triu(a), x(3, 4)), "triu_down": (lambda a: np.triu(a, -1), x(4, 3)), "triu_row": (lambda a: np.triu(a, 1), x(3)),
    "triu_past": (lambda a: np.triu(a, 9), x(2, 3)), "tril_past": (lambda a: np.tril(a, 9), x(2, 3)),
    "meshgrid_xy": (lambda a, b, c: np.meshgrid(a, b, c), x(2), x(3), x(4)), "meshgrid_ij": (lambda a, b, c: np.meshgrid(a, b, c, indexing="ij"), x(2), x(3), x(4)),
    "meshgrid_one": (lambda a: np.meshgrid(a), x(3)), "meshgrid_flat": (lambda a, b: np.meshgrid(a, b), x(2, 2), x()),
    "meshgrid_empty": (lambda a, b: np.meshgrid(a, b), x(0), x(3)),
    "zeros_like": (lambda a: np.zeros_like(a), x(2, 3)), "ones_like": (lambda a: np.ones_like(a), x(2, 3)), "full_like": (lambda a: np.full_like(a, 3), x(0, 3)),
}
created_typed = {
    "vander": (lambda a: np.vander(a), x(4)), "vander_narrow": (lambda a: np.vander(a, 2), x(4)), "vander_up": (lambda a: np.vander(a, 5, increasing=True), x(3)),
    "vander_none": (lambda a: np.vander(a, 0), x(3)), "vander_one": (lambda a: np.vander(a, 1), x(3)), "vander_empty": (lambda a: np.vander(a, 3), x(0)),
}

# ---- arrange.txt -----------------------------------------------------------------------------------------------------------------

rank6 = x(2, 1, 3, 1, 2, 2)
arranged = {
    "ravel": (np.ravel, x(2, 3)), "ravel_turned": (lambda a: a.T.ravel(), x(2, 3)), "ravel_one": (np.ravel, x()), "ravel_empty": (np.ravel, x(0, 3)),
    "squeeze": (np.squeeze, rank6), "squeeze_one": (lambda a: np.squeeze(a, 1), rank6), "squeeze_two": (lambda a: np.squeeze(a, (-3, 1)), rank6),
    "squeeze_none": (np.squeeze, x()), "expand": (lambda a: np.expand_dims(a, 1), x(2, 3)), "expand_many": (lambda a: np.expand_dims(a, (0, -1, 2)), x(2, 3)),
    "expand_one": (lambda a: np.expand_dims(a, 0), x()),
    "moveaxis": (lambda a: np.moveaxis(a, 0, -1), rank6), "moveaxis_back": (lambda a: np.moveaxis(a, -2, 1), rank6),
    "moveaxis_many": (lambda a: np.moveaxis(a, (0, 2, -1), (-1, 0, 3)), rank6), "swapaxes": (lambda a: np.swapaxes(a, 0, -2), rank6),
    "swapaxes_same": (lambda a: np.swapaxes(a, 1, 1), x(2, 3)),
    "atleast_1d": (np.atleast_1d, x()), "atleast_2d": (np.atleast_2d, x(3)), "atleast_2d_one": (np.atleast_2d, x()), "atleast_3d": (np.atleast_3d, x(3)),
    "atleast_3d_two": (np.atleast_3d, x(2, 3)), "atleast_3d_four": (np.atleast_3d, x(1, 2, 1, 3)),
    "broadcast_arrays": (lambda a, b, c: np.broadcast_arrays(a, b, c), x(3, 1), x(4), x()), "broadcast_empty": (lambda a, b: np.broadcast_arrays(a, b), x(3, 1), x(0)),
    "concatenate_flat": (lambda a, b: np.concatenate((a, b), None), x(2, 3), x()),
    "stack": (lambda a, b: np.stack((a, b), 1), x(2, 3), x(2, 3, step=3)), "stack_last": (lambda a, b: np.stack((a, b), -1), x(2, 3), x(2, 3, step=3)),
    "stack_ones": (lambda a, b: np.stack((a, b)), x(), x()),
    "hstack": (lambda a, b: np.hstack((a, b)), x(2, 3), x(2, 2)), "hstack_rows": (lambda a, b: np.hstack((a, b)), x(3), x(2)), "hstack_ones": (lambda a, b: np.hstack((a, b)), x(), x()),
    "vstack": (lambda a, b: np.vstack((a, b)), x(2, 3), x(3)), "vstack_ones": (lambda a, b: np.vstack((a, b)), x(), x()),
    "dstack": (lambda a, b: np.dstack((a, b)), x(3), x(3, step=2)), "dstack_two": (lambda a, b: np.dstack((a, b)), x(2, 3), x(2, 3)),
    "column_stack": (lambda a, b: np.column_stack((a, b)), x(3), x(3, 2)),
    "append": (lambda a, b: np.append(a, b, 0), x(2, 3), x(1, 3)), "append_flat": (lambda a, b: np.append(a, b), x(2, 3), x(2)),
    "split": (lambda a: np.split(a, 3, 0), x(6, 2)), "split_last": (lambda a: np.split(a, 2, -1), x(2, 4)), "array_split": (lambda a: np.array_split(a, 3, 0), x(7)),
    "array_split_more": (lambda a: np.array_split(a, 4, 1), x(2, 2)), "split_at": (lambda a: np.split(a, (2, 5, 4, -1), 0), x(7)),
    "split_empty": (lambda a: np.split(a, 2, 0), x(0, 3)),
    "tile": (lambda a: np.tile(a, 3), x(2, 2)), "tile_two": (lambda a: np.tile(a, (2, 3)), x(2, 2)), "tile_more": (lambda a: np.tile(a, (2, 1, 2)), x(3)),
    "tile_fewer": (lambda a: np.tile(a, (2, 1)), x(2, 3, 2)), "tile_one": (lambda a: np.tile(a, 4), x()), "tile_none": (lambda a: np.tile(a, (0, 2)), x(2, 3)),
    "tile_not": (lambda a: np.tile(a, (1, 1)), x(2, 3)), "tile_six": (lambda a: np.tile(a, (2, 1, 1, 3, 2, 1)), rank6),
    "repeat": (lambda a: np.repeat(a, 2), x(2, 3)), "repeat_rows": (lambda a: np.repeat(a, 3, 0), x(2, 3)), "repeat_last": (lambda a: np.repeat(a, 2, -1), x(2, 1, 3)),
    "repeat_none": (lambda a: np.repeat(a, 0, 1), x(2, 3)), "repeat_one": (lambda a: np.repeat(a, 3), x()),
    "repeat_each": (lambda a: np.repeat(a, (2, 0, 3), 1), x(2, 3)), "repeat_each_flat": (lambda a: np.repeat(a, (1, 2, 0, 1)), x(2, 2)),
    "repeat_each_same": (lambda a: np.repeat(a, (2,), 0), x(2, 3)), "repeat_each_none": (lambda a: np.repeat(a, (0, 0), 0), x(2, 3)),
    "resize": (lambda a: np.resize(a, (3, 4)), x(5)), "resize_less": (lambda a: np.resize(a, 2), x(2, 3)), "resize_empty": (lambda a: np.resize(a, (2, 2)), x(0)),
    "resize_to_none": (lambda a: np.resize(a, (0, 2)), x(3)),
    "roll": (lambda a: np.roll(a, 2, 0), x(5)), "roll_back": (lambda a: np.roll(a, -1, 1), x(3, 4)), "roll_far": (lambda a: np.roll(a, 13, -1), x(3, 4)),
    "roll_flat": (lambda a: np.roll(a, 5), x(3, 4)), "roll_not": (lambda a: np.roll(a, 4, 1), x(3, 4)), "roll_empty": (lambda a: np.roll(a, 3, 0), x(0, 2)),
    "roll_one": (lambda a: np.roll(a, 3), x()), "roll_two": (lambda a: np.roll(a, (1, -2), (0, 1)), x(3, 4)), "roll_twice": (lambda a: np.roll(a, (1, 2, 3), (0, 1, 0)), x(3, 4)),
    "flip_all": (lambda a: np.flip(a), x(2, 3, 2)), "flip_two": (lambda a: np.flip(a, (0, -1)), x(2, 3, 2)), "flip_one": (lambda a: np.flip(a), x()),
    "fliplr": (np.fliplr, x(2, 3)), "flipud": (np.flipud, x(3)),
    "rot90": (lambda a: np.rot90(a), x(2, 3)), "rot90_twice": (lambda a: np.rot90(a, 2), x(2, 3)), "rot90_back": (lambda a: np.rot90(a, -1), x(2, 3)),
    "rot90_full": (lambda a: np.rot90(a, 4), x(2, 3)), "rot90_axes": (lambda a: np.rot90(a, 1, (2, 0)), x(2, 3, 4)), "rot90_axes_3": (lambda a: np.rot90(a, 3, (1, -1)), x(2, 3, 4)),
    "delete": (lambda a: np.delete(a, 1, 0), x(4)), "delete_many": (lambda a: np.delete(a, (0, -1, 2), 1), x(2, 5)), "delete_flat": (lambda a: np.delete(a, (1, 4, 1)), x(2, 3)),
    "delete_all": (lambda a: np.delete(a, (0, 1), 0), x(2, 3)), "delete_scattered": (lambda a: np.delete(a, tuple(range(0, 24, 2)), 0), x(25, 2)),
    "insert": (lambda a, b: np.insert(a, 1, b, 0), x(4), x()), "insert_column": (lambda a, b: np.insert(a, 1, b, 1), x(3, 2), x(3)),
    "insert_row": (lambda a, b: np.insert(a, -1, b, 0), x(3, 2), x(2)), "insert_rows": (lambda a, b: np.insert(a, 3, b, 0), x(3, 2), x(2, 2)),
    "insert_flat": (lambda a, b: np.insert(a, 4, b), x(2, 3), x(2)), "insert_columns": (lambda a, b: np.insert(a, 0, b, 1), x(3, 2), x(2, 3)),
    "insert_each": (lambda a, b: np.insert(a, (1, 3, 1, 0), b, 0), x(4), x(4)), "insert_each_columns": (lambda a, b: np.insert(a, (0, 2), b, 1), x(2, 3), x(2, 2)),
    "insert_each_same": (lambda a, b: np.insert(a, (2, -2, 4), b), x(2, 2), x()),
}
for manner in ("edge", "reflect", "symmetric", "wrap"):
    arranged[f"pad_{manner}"] = (lambda a, m=manner: np.pad(a, (2, 3), m), x(5))
    arranged[f"pad_{manner}_two"] = (lambda a, m=manner: np.pad(a, ((1, 2), (2, 0)), m), x(3, 4))
    arranged[f"pad_{manner}_six"] = (lambda a, m=manner: np.pad(a, ((1, 0), (0, 0), (0, 2), (2, 1), (0, 0), (1, 1)), m), rank6)
    arranged[f"pad_{manner}_one"] = (lambda a, m=manner: np.pad(a, (3, 2), m), x(1) + 3)
    arranged[f"pad_{manner}_none"] = (lambda a, m=manner: np.pad(a, ((0, 0), (1, 1)), m), x(0, 2))

# ---- signal.txt ------------------------------------------------------------------------------------------------------------------

uneven, even = v(0, 0.5, 2, 2.25, 4, 7), v(1, 3, 5, 7, 9, 11)
points, values = v(-1, 0, 0.5, 2, 3), v(3, 1, 4, 1, 5)
asked = v(-2, -1, -0.5, 0, 0.25, 0.5, 1.75, 2, 2.5, 3, 4, np.nan, np.inf, -np.inf)
signals = {
    "diff": (lambda a: np.diff(a), x(6)), "diff_first": (lambda a: np.diff(a, axis=0), x(3, 4)), "diff_twice": (lambda a: np.diff(a, 2, 1), x(3, 4)),
    "diff_not": (lambda a: np.diff(a, 0), x(3)), "diff_past": (lambda a: np.diff(a, 5), x(3)), "diff_empty": (lambda a: np.diff(a), x(2, 0)),
    "gradient": (lambda a: np.gradient(a), x(6)), "gradient_bent": (lambda a: np.gradient(a, edge_order=2), x(6)),
    "gradient_two": (lambda a: np.gradient(a, axis=0), x(2, 3)), "gradient_three": (lambda a: np.gradient(a, 0.5, axis=1, edge_order=2), x(2, 3)),
    "gradient_spaced": (lambda a: np.gradient(a, 0.3, axis=-1), x(3, 5)), "gradient_deep": (lambda a: np.gradient(a, axis=2), x(2, 1, 3, 1, 2, 2)),
    "trapezoid": (lambda a: np.trapz(a), x(6)), "trapezoid_first": (lambda a: np.trapz(a, dx=0.5, axis=0), x(3, 4)), "trapezoid_one": (lambda a: np.trapz(a), x(2, 1)),
    "trapezoid_empty": (lambda a: np.trapz(a), x(0)),
    "cross": (lambda a, b: np.cross(a, b), x(3), x(3, step=4)), "cross_many": (lambda a, b: np.cross(a, b), x(2, 4, 3), x(4, 3, step=4)),
    "cross_first": (lambda a, b: np.cross(a, b, axis=0), x(3, 4), x(3, 4, step=4)), "cross_flat": (lambda a, b: np.cross(a, b), x(5, 2), x(5, 2, step=4)),
    "cross_mixed": (lambda a, b: np.cross(a, b), x(2, 3), x(2, step=4)), "cross_mixed_back": (lambda a, b: np.cross(a, b, axis=0), x(2, 4), x(3, 4, step=4)),
}
long_signals = {}
for a, b in ((7, 3), (6, 4), (3, 7), (4, 6), (1, 5), (5, 5), (1, 1), (40, 2), (60, 24), (60, 25), (150, 33), (90, 90), (70, 300), (500, 257)):
    for mode in ("full", "same", "valid"):
        some = signals if a < 50 else long_signals
        some[f"convolve_{mode}_{a}_{b}"] = (lambda p, q, m=mode: np.convolve(p, q, m), x(a), x(b, step=4, modulus=7))
        some[f"correlate_{mode}_{a}_{b}"] = (lambda p, q, m=mode: np.correlate(p, q, m), x(a), x(b, step=4, modulus=7))
sampled = {
    "gradient_at": (lambda a, c: np.gradient(a, c), x(6) * 1.0, uneven), "gradient_at_bent": (lambda a, c: np.gradient(a, c, edge_order=2), x(6) * 1.0, uneven),
    "gradient_at_even": (lambda a, c: np.gradient(a, c, edge_order=2), x(6) * 1.0, even), "gradient_at_rows": (lambda a, c: np.gradient(a, c, axis=0), x(6, 2) * 1.0, uneven),
    "trapezoid_at": (lambda a, c: np.trapz(a, c), x(2, 6) * 1.0, uneven), "trapezoid_at_each": (lambda a, c: np.trapz(a, c, axis=0), x(3, 2) * 1.0, x(3, 2, step=5) * 0.5),
    "interp": (lambda q, p, f: np.interp(q, p, f), asked, points, values), "interp_ends": (lambda q, p, f: np.interp(q, p, f, -7, 9), asked, points, values),
    "interp_grid": (lambda q, p, f: np.interp(q, p, f), asked[:10].reshape(2, 5), points, values), "interp_one": (lambda q, p, f: np.interp(q, p, f, -7, 9), asked, v(2), v(5)),
    "interp_period": (lambda q, p, f: np.interp(q, p, f, period=4), asked[:11], v(3, -0.5, 1, 6), v(1, 2, 4, 3)),
    "interp_period_back": (lambda q, p, f: np.interp(q, p, f, period=-4), asked[:11], v(3, -0.5, 1, 6), v(1, 2, 4, 3)),
    "interp_infinite": (lambda q, p, f: np.interp(q, p, f), asked, points, v(3, np.inf, 4, 4, -np.inf)),
    "interp_infinite_ends": (lambda q, p, f: np.interp(q, p, f), asked, v(-np.inf, 0, 0.5, 2, np.inf), v(3, 3, 4, 1, 5)),
    "interp_steps": (lambda q, p, f: np.interp(q, p, f), asked, v(-1, 0, 0, 2, 2), values),
}

if __name__ == "__main__":
    everything = list(NAMES)
    write("create.txt", sequences(), matrices(), same(created), typed(created_typed, everything))
    write("arrange.txt", same(arranged))
    write("signal.txt", typed(signals, everything), typed(long_signals, ["f64", "i8", "bool"]), same(sampled))
