"""values.py - random shapes, values with everything that is special among them, and layouts: views of larger arrays."""

import ctypes

import numpy as np

import library

NUMBERS = "u1 i1 i2 i4 i8 f2 f4 f8"
FLOATS = "f2 f4 f8"
INTEGERS = "u1 i1 i2 i4 i8"
ANY = "? " + NUMBERS

SIZES = [0, 1, 1, 2, 2, 3, 3, 4, 5, 7]


def shape(r, low=0, high=6, empty=True):
    """Of small sizes, and now and then one that takes several vectors or blocks."""
    rank = r.choice([n for n in (0, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6) if low <= n <= high])
    sizes = [r.choice(SIZES if empty and r.random() < 0.15 else SIZES[1:]) for _ in range(rank)]
    if rank and r.random() < 0.1:
        sizes[r.randrange(rank)] = r.choice([15, 16, 17, 33, 64, 130, 513, 1030])
    while np.prod(sizes, dtype=np.int64) > 6000:
        sizes[sizes.index(max(sizes))] = 2
    return tuple(sizes)


def broadcast_to(r, whole):
    """A shape that repeats to this one; seldom one that does not."""
    sizes = [1 if r.random() < 0.25 else n for n in whole]
    if sizes and r.random() < 0.04:
        sizes[r.randrange(len(sizes))] += r.choice([1, 2])
    return tuple(sizes[r.randrange(len(sizes) + 1):] if r.random() < 0.3 else sizes)


def specials(dtype):
    if dtype.kind == "f":
        info = np.finfo(dtype)
        return [0.0, -0.0, np.nan, np.inf, -np.inf, info.max, info.min, info.tiny, -info.tiny, info.smallest_subnormal,
                -info.smallest_subnormal, info.eps, 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, -2.5]
    if dtype.kind == "b":
        return [False, True]
    info = np.iinfo(dtype)
    return [0, 1, info.min, info.max, info.max - 1]


def values(r, dtype, size, domain="any"):
    """`domain`: any (specials too), wide (large and small exponents), plain (of moderate size), mild (with NaN and infinities), nan (with NaN), unit [0, 1), whole (small integers)."""
    g = np.random.Generator(np.random.PCG64(r.getrandbits(64)))
    if dtype.kind == "b":
        return g.integers(0, 2, size).astype(dtype)
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        if domain in ("any", "wide") and r.random() < 0.5:
            out = g.integers(info.min, info.max, size, dtype=dtype, endpoint=True)
        else:
            out = g.integers(0 if dtype.kind == "u" else -9, 10, size).astype(dtype)
    elif domain == "unit":
        out = g.random(size).astype(dtype)
    elif domain == "whole":
        out = g.integers(-5, 6, size).astype(dtype)
    elif domain in ("any", "wide") and r.random() < 0.4:
        most = {2: 4, 4: 37, 8: 300}[dtype.itemsize]
        out = (g.standard_normal(size) * 10.0 ** g.uniform(-most, most, size)).astype(dtype)
    elif r.random() < 0.3:
        out = (g.integers(-20, 21, size) / 2).astype(dtype)
    else:
        out = (g.standard_normal(size) * r.choice([1, 1, 3, 10])).astype(dtype)
    if domain == "nan" and dtype.kind == "f" and r.random() < 0.7:
        out[g.random(size) < 0.2] = np.nan
    if domain == "mild" and dtype.kind == "f" and r.random() < 0.3:
        chosen = g.random(size) < 0.1
        out[chosen] = g.choice(np.array([0.0, -0.0, np.nan, np.inf, -np.inf, np.finfo(dtype).smallest_subnormal], dtype), int(chosen.sum()))
    if domain == "any" and r.random() < 0.4:
        chosen = g.random(size) < 0.3
        pool = np.array(specials(dtype), dtype)
        out[chosen] = pool[g.integers(0, len(pool), int(chosen.sum()))]
    return out


class Operand:
    """An array, the tensor that is equal to it, and how both were made."""

    def __init__(self, lib, array):
        self.lib, self.array, self.tensor = lib, array, lib.tensor(array)
        self.made = f"{array.dtype}{array.shape}"

    def step(self, array, name, *arguments):
        self.array = array
        self.tensor = self.lib.checked(self.lib.call(name, self.tensor, *arguments))

    def permute(self, axes):
        self.step(self.array.transpose(axes), "ssi_permute", ctypes.c_int(len(axes)), library.int64s(axes))
        self.made += f" permute{tuple(axes)}"

    def slice(self, ranges):
        flat = []
        for start, stop, step in ranges:
            flat += [start, library.END if stop is None else stop, step]
        index = tuple(slice(*part) for part in ranges)
        self.step(self.array[index], "ssi_slice", ctypes.c_int(len(ranges)), library.int64s(flat))
        self.made += f" slice{ranges}"

    def expand(self, shape):
        self.step(np.broadcast_to(self.array, shape), "ssi_expand", ctypes.c_int(len(shape)), library.int64s(shape))
        self.made += f" expand{shape}"

    def shown(self):
        small = np.array2string(self.array, threshold=40, floatmode="unique", separator=",").replace("\n", "")
        return f"{self.made} = {small}"


def operand(lib, r, dtype, shape, domain="any", steps=None):
    """Of this shape, reached by up to three views."""
    steps = r.choice([0, 0, 1, 1, 2, 3]) if steps is None else steps
    kind = r.choice(["permute", "slice", "expand"]) if steps and shape else None
    if kind == "permute":
        axes = list(range(len(shape)))
        r.shuffle(axes)
        base = [0] * len(shape)
        for place, axis in enumerate(axes):
            base[axis] = shape[place]
        x = operand(lib, r, dtype, tuple(base), domain, steps - 1)
        x.permute(axes)
    elif kind == "slice":
        base, ranges = [], []
        for n in shape:
            step = r.choice([1, 1, 2, 3, -1, -2]) if n < 300 else r.choice([1, -1, 2])
            before, after = r.choice([0, 0, 1, 2]), r.choice([0, 0, 1])
            reach = max(0, (n - 1) * abs(step) + 1) if n else 0
            base.append(before + reach + after)
            if n == 0:
                ranges.append((before, before, 1))
            elif step > 0:
                ranges.append((before, before + reach, step))
            else:
                stop = before - 1
                ranges.append((before + reach - 1, None if stop < 0 else stop, step))
        x = operand(lib, r, dtype, tuple(base), domain, 0)
        x.slice(ranges)
    elif kind == "expand":
        base = tuple(1 if r.random() < 0.3 else n for n in shape)
        x = operand(lib, r, dtype, base, domain, steps - 1)
        x.expand(shape)
    else:
        size = int(np.prod(shape, dtype=np.int64))
        x = Operand(lib, values(r, dtype, size, domain).reshape(shape))
    return x
