"""Writes index.txt: random indices in NumPy's notation, and what NumPy selects and sets by them. Run with Debian's python3-numpy:
make_index.py [CASES FILE].

The tensor of a case is 0, 1, 2, ... (i64). A line is `at SHAPE TEXT -> SHAPE elements`, or `set SHAPE VALUE-SHAPE TEXT -> SHAPE elements`, where the
value is 100, 101, ..., or ends in `-> error`. The text's spaces are written as _, a shape of no axes as -. Behind them
stand cases of functions (see function()).
"""
import sys
import warnings

import numpy as np

warnings.simplefilter("error")  # an index outside of an axis, where nothing is selected: an error in NumPy 2

rng = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 3)


def integer(n):
    return int(rng.integers(-n, n)) if n and rng.random() < 0.97 else int(rng.integers(-n - 2, n + 3))


def bound(n):
    return "" if rng.random() < 0.35 else str(int(rng.integers(-n - 2, n + 3)))


def a_slice(n):
    step = str(rng.choice(["", ":", ":1", ":2", ":-1", ":-2", ":3", ":-7"]))
    return bound(n) + ":" + bound(n) + step


def a_list(n):
    return "[" + ",".join(str(integer(n)) for _ in range(rng.integers(0 if rng.random() < 0.05 else 1, 4))) + "]"


def random_text(shape):
    count = int(rng.integers(0, len(shape) + 1)) if rng.random() < 0.98 else len(shape) + 1
    ellipsis = int(rng.integers(0, count + 1)) if rng.random() < 0.4 or not count else -1
    has_list, items = rng.random() < 0.25, []
    for i in range(count):
        axis = i if ellipsis < 0 or i < ellipsis else len(shape) - count + i
        n = shape[axis] if 0 <= axis < len(shape) else 1
        kind = rng.random()
        if has_list and kind < 0.5:
            items.append(a_list(n))
            has_list = False
        else:
            items.append(str(integer(n)) if kind < 0.7 else a_slice(n))
    if ellipsis >= 0:
        items.insert(ellipsis, "...")
    while rng.random() < 0.2:
        items.insert(int(rng.integers(0, len(items) + 1)), str(rng.choice(["None", "np.newaxis"])))
    space = str(rng.choice(["", "", "_"]))
    return (space + "," + space).join(items) + ("," if rng.random() < 0.05 else "")


def words(shape):
    return ",".join(map(str, shape)) or "-"


def value_shape(shape):
    shape = [1 if rng.random() < 0.2 else n for n in shape]
    shape = shape[int(rng.integers(0, len(shape) + 1)) if rng.random() < 0.4 else 0:]
    if rng.random() < 0.1:
        shape = [1] + shape
    if rng.random() < 0.05:
        shape = shape + [int(rng.integers(1, 4))]
    return tuple(shape)


def result(x):
    return words(x.shape) + "".join(" %d" % i for i in x.reshape(-1))


def notation(out, case):
    rank = int(rng.choice([0, 1, 1, 2, 2, 2, 3, 3, 4]))
    shape = tuple(int(n) for n in rng.integers(0 if rng.random() < 0.05 else 1, [0, 9, 6, 5, 4][rank] + 1, rank))
    a, text = np.arange(np.prod(shape, dtype=int)).reshape(shape), random_text(shape)
    index = eval("np.index_exp[%s]" % text.replace("_", " "))
    index = tuple(np.array(i, dtype=int) if isinstance(i, list) else i for i in index)
    head = ("at %s" % words(shape)) if case % 2 == 0 else None
    try:
        part = np.asarray(a[index])
        if head is None:
            v = value_shape(part.shape)
            head = "set %s %s" % (words(shape), words(v))
            a[index] = 100 + np.arange(np.prod(v, dtype=int)).reshape(v)
            part = a
        out.write("%s %s -> %s\n" % (head, text, result(part)))
    except (IndexError, ValueError, DeprecationWarning):
        out.write("%s %s -> error\n" % (head or "at %s" % words(shape), text))


def an_index(n, shape):
    return rng.integers(-n, n, shape) if n else np.zeros((0,), int)


def function(out):
    """`NAME SHAPE AXIS INDEX VALUE-SHAPE -> ...`: AXIS or count of indices, an index as SHAPE:element,... each behind the other parted by /."""
    rank = int(rng.integers(1, 4))
    shape = tuple(int(n) for n in rng.integers(1, 5, rank))
    a, axis, name = np.arange(np.prod(shape)).reshape(shape), int(rng.integers(-rank, rank)), str(rng.choice(FUNCTIONS))
    of = tuple(int(n) for n in rng.integers(0 if rng.random() < 0.05 else 1, 4, int(rng.integers(0, 3))))
    v, values = None, lambda: 100 + np.arange(np.prod(v, dtype=int)).reshape(v)
    if name == "take":
        axis = None if rng.random() < 0.2 else axis
        index = [an_index(a.size if axis is None else shape[axis], of)]
        y = np.take(a, index[0], axis)
    elif name == "compress":
        axis = None if rng.random() < 0.2 else axis
        index = [rng.integers(0, 2, int(rng.integers(0, (a.size if axis is None else shape[axis]) + 1)))]
        y = np.compress(index[0].astype(bool), a, axis)
    elif name in ("mask", "set_mask"):
        index = [rng.integers(0, 2, shape[: int(rng.integers(0, rank + 1))])]
        y = a[index[0].astype(bool)] if name == "mask" else a.copy()
        if name == "set_mask":
            v = value_shape(shape)[-rank:]
            v = v if all(n in (1, m) for n, m in zip(v[::-1], shape[::-1])) else ()
            np.copyto(y, values(), where=index[0].astype(bool).reshape(index[0].shape + (1,) * (rank - index[0].ndim)))
    elif name == "argwhere":
        index = [rng.integers(0, 2, shape)]
        y = np.argwhere(index[0])
    elif name == "put":
        index, v = [an_index(a.size, of)], (int(rng.integers(1, 6)),)
        y = a.copy()
        np.put(y, index[0], values())
    else:
        count = 1 if name == "set_rows" else int(rng.integers(1, rank + 1))
        index = [an_index(shape[i], of if rng.random() < 0.7 else of[1:]) for i in range(count)]
        y = a[tuple(index)]
        if name != "index":
            v = tuple(1 if rng.random() < 0.2 else n for n in y.shape)
            y = a.copy()
            y[tuple(index)] = values()
    where = "/".join(words(i.shape) + ":" + ",".join(map(str, i.reshape(-1))) for i in map(np.asarray, index))
    out.write("%s %s %s %s %s -> %s\n" % (name, words(shape), "all" if axis is None else axis, where, "-" if v is None else words(v), result(y)))


FUNCTIONS = ["take", "compress", "mask", "set_mask", "argwhere", "put", "index", "set_index", "set_rows"]
cases, path = int(sys.argv[1]) if len(sys.argv) > 1 else 4000, sys.argv[2] if len(sys.argv) > 2 else "index.txt"
with open(path, "w") as out:
    for case in range(cases):
        notation(out, case)
    for _ in range(cases // 4):
        function(out)
