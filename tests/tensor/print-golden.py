"""Writes print-golden.txt: random arrays and what NumPy prints for them. Run with Debian's python3-numpy: print-golden.py [CASES FILE].

A case is a line `s` (str) or `r` (repr) with the printoptions that are not the usual ones, a line `= dtype shape data HEX...` (the elements' bits) or `= dtype shape fill SCALE` (element i is
((i * 7919) % 10007 - 5000) * SCALE), then NumPy's text, each of its lines behind a `|`.
"""
import sys

import numpy as np

rng = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
FLOATS = {"f16": np.float16, "f32": np.float32, "f64": np.float64}
INTEGERS = {"u8": np.uint8, "i8": np.int8, "i16": np.int16, "i32": np.int32, "i64": np.int64}
ALL = {**FLOATS, **INTEGERS, "bool": np.bool_}
BITS = {1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64}


def random_shape():
    rank = rng.choice([0, 1, 1, 1, 1, 2, 2, 2, 3, 4])
    if rank == 1 and rng.random() < 0.15:
        return (int(rng.integers(20, 70)),)
    return tuple(int(n) for n in rng.integers(0 if rng.random() < 0.05 else 1, [8, 24, 7, 4, 3][rank] + 1, rank))


def random_floats(shape, dtype):
    kind = rng.integers(0, 11)
    x = rng.standard_normal(shape)
    if kind == 0:
        x = x * 10.0 ** rng.integers(-12, 12)
    elif kind == 1:
        x = x * 10.0 ** rng.integers(-5, 6, shape)
    elif kind == 2:
        x = np.round(x * 100) / 2.0 ** rng.integers(0, 7)
    elif kind == 3:
        x = np.round(x, int(rng.integers(0, 9)))
    elif kind == 4:
        x = np.abs(x) * 10.0 ** rng.integers(-320, 300)
    elif kind == 5:
        x = np.round(x * 3)
    elif kind == 6:
        x = 2.0 ** rng.integers(-60, 60, shape) * rng.choice([-1, 1, 1], shape)
    elif kind == 7:
        x = rng.choice([0.0, -0.0, 1.0, 0.1, 0.5, 1e-4, 999.5, 9.9999999999, 99999999.0, 1e8], shape)
    elif kind == 8:
        width = BITS[np.dtype(dtype).itemsize]
        x = np.asarray(rng.integers(0, np.iinfo(width).max, shape, width, endpoint=True)).view(dtype)
    elif kind == 9:
        x = x * 10.0 ** int(rng.integers(-5, 16))
    with np.errstate(over="ignore", invalid="ignore"):
        x = np.array(x).astype(dtype)
    if rng.random() < 0.25 and x.size:
        hit = rng.random(x.shape) < rng.choice([0.1, 0.5, 1.0])
        x[hit] = rng.choice([np.nan, np.inf, -np.inf, 0.0], int(hit.sum()))
    return x


def random_integers(shape, dtype):
    info = np.iinfo(dtype)
    bits = int(rng.integers(1, info.bits))
    low = 0 if info.min == 0 or rng.random() < 0.5 else max(-2**bits, info.min)
    return np.asarray(rng.integers(low, min(2**bits, info.max), shape, dtype, endpoint=True))


def random_array():
    shape, name = random_shape(), str(rng.choice(list(ALL) + ["f32", "f64"] * 3))
    if name in FLOATS:
        return name, random_floats(shape, FLOATS[name])
    if name == "bool":
        return name, np.asarray(rng.random(shape) < 0.5)
    return name, random_integers(shape, INTEGERS[name])


def random_options():
    if rng.random() < 0.3:
        return {}
    choice = {
        "precision": lambda: int(rng.choice([0, 1, 2, 3, 4, 5, 6, 8, 12, 17, 30])),
        "suppress": lambda: True,
        "floatmode": lambda: str(rng.choice(["fixed", "unique", "maxprec_equal"])),
        "sign": lambda: str(rng.choice(["+", " "])),
        "linewidth": lambda: int(rng.choice([1, 5, 20, 40, 74, 76, 120])),
        "edgeitems": lambda: int(rng.integers(1, 5)),
        "threshold": lambda: int(rng.choice([1, 2, 5, 20])),
    }
    return {name: pick() for name, pick in choice.items() if rng.random() < 0.3}


def write(out, head, x, options):
    representation = rng.random() < 0.5
    words = "".join(" %s=%s" % (name, "_" if value == " " else int(value) if value is True else value) for name, value in options.items())
    with np.printoptions(**options):
        text = repr(x) if representation else str(x)
    out.write("%s%s\n" % ("r" if representation else "s", words))
    out.write("= " + head + "\n" + "".join("|" + line + "\n" for line in text.split("\n")))


cases, path = int(sys.argv[1]) if len(sys.argv) > 1 else 2500, sys.argv[2] if len(sys.argv) > 2 else "print-golden.txt"
with open(path, "w") as out:
    for _ in range(cases):
        name, x = random_array()
        data = "".join(" %x" % bits for bits in np.ascontiguousarray(x).reshape(-1).view(BITS[x.itemsize]))
        write(out, "%s %s data%s" % (name, ",".join(map(str, x.shape)) or "-", data), x, random_options())
    for shape in [(1000,), (1001,), (5000,), (40, 50), (7, 200), (200, 6), (6, 6, 6, 6), (3, 500), (2, 3, 400), (11, 12, 13),
                  (1, 1, 1, 1001), (1001, 1), (4, 5, 6, 10)]:
        for name, scales in [("f32", (0.125, 2.0**-20)), ("f64", (0.1,)), ("f16", (0.25,)), ("i32", (300,)), ("i64", (10**12,))]:
            for scale in scales:
                i = np.arange(np.prod(shape), dtype=np.int64)
                write(out, "%s %s fill %r" % (name, ",".join(map(str, shape)), scale),
                      ((i * 7919 % 10007 - 5000) * scale).astype(ALL[name]).reshape(shape), {})
