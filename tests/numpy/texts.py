"""texts.py - cases that are texts: the index notation, in reading and in assigning, and prints."""

import ctypes
import re

import numpy as np

import library
import values

REFUSALS = (IndexError, ValueError, SyntaxError, SyntaxWarning, TypeError, NameError, AttributeError, DeprecationWarning)


def index_text(r, shape):
    """What may stand between NumPy's brackets for this shape, and the numbers for each ?."""
    items, given, listed = [], [], False
    axes = list(shape)[:r.randint(0, len(shape))] if r.random() < 0.6 else list(shape)

    def number(n):
        text = str(n)
        if r.random() < 0.1:
            given.append(n)
            return "?"
        return text

    def bound(n):
        return "" if r.random() < 0.4 else number(r.randint(-n - 2, n + 2))

    for n in axes:
        kind = r.random()
        if kind < 0.3:
            over = r.random() < 0.03 or n == 0
            items.append(number(n + 1 if over else r.randint(-n, n - 1)))
        elif kind < 0.4 and not listed and n:
            listed = True
            items.append("[" + ", ".join(number(r.randint(-n, n - 1)) for _ in range(r.randint(1, 4))) + "]")
        else:
            step = "" if r.random() < 0.6 else ":" + ("" if r.random() < 0.2 else number(r.choice([1, 2, 3, -1, -2])))
            items.append(bound(n) + ":" + bound(n) + step)
    if items and r.random() < 0.02:
        items.append("0")
    for extra in ["None"] * r.choice([0, 0, 0, 1, 2]) + ["..."] * r.choice([0, 0, 1]):
        items.insert(r.randint(0, len(items)), extra)
    # A number's place moves with its item only when nothing was inserted among the items with one; so count them from the text.
    space = r.choice(["", " ", " "])
    text = ("," + space).join(items)
    return (text or "..."), given


def evaluated(text, given):
    for n in given:
        text = text.replace("?", str(n), 1)
    return eval(f"np.s_[{text}]", {"np": np, "newaxis": None})


def damaged(r, text):
    """With a character too few or too many; not where that would make arithmetic, which the notation has not, another `?`, or 01, which it takes for 1."""
    place = r.randrange(len(text) + 1)
    other = text[:place] + ("" if r.random() < 0.5 else r.choice(",:]x;.")) + text[place + (r.random() < 0.5):]
    return text if "?" in text or re.search(r"[0-9a-z]\s*-|\b0[0-9]", other) else other


def operand(lib, r):
    return values.operand(lib, r, np.dtype(r.choice(values.ANY.split())), values.shape(r))


def at(lib, r):
    x = operand(lib, r)
    text, given = index_text(r, x.array.shape)
    if r.random() < 0.2:
        text = damaged(r, text)
    shown = f"ssi_at({x.shown()}, {text!r}, {given})"
    try:
        wanted = x.array[evaluated(text, given)]
    except REFUSALS:
        wanted = None
    return outcome(lib, lambda: lib.call("ssi_at", x.tensor, text.encode(), ctypes.c_int(len(given)), library.int64s(given)), wanted), shown


def assign_at(lib, r):
    """The pure form, and the one in place."""
    x = operand(lib, r)
    text, given = index_text(r, x.array.shape)
    try:
        part = x.array[evaluated(text, given)]
        shape = values.broadcast_to(r, part.shape)
    except REFUSALS:
        shape = ()
    v = values.operand(lib, r, x.array.dtype, shape)
    shown = f"ssi_set({x.shown()}, {text!r}, {v.shown()}, {given})"
    wanted = np.array(x.array)
    try:
        wanted[evaluated(text, given)] = v.array
    except REFUSALS:
        wanted = None
    numbers = [ctypes.c_int(len(given)), library.int64s(given)]
    problem = outcome(lib, lambda: lib.call("ssi_set", x.tensor, text.encode(), v.tensor, *numbers), wanted)
    if problem:
        return problem, shown
    old = np.array(x.array)

    def in_place():
        return x.tensor if lib.call("ssi_assign_at", x.tensor, text.encode(), v.tensor, *numbers) == 0 else None
    problem = outcome(lib, in_place, wanted)
    if not problem and wanted is None:
        problem = outcome(lib, lambda: x.tensor, old)
    return problem and "assigned: " + problem, shown


def outcome(lib, f, wanted):
    try:
        found = lib.array(f())
    except library.Failed as e:
        return None if wanted is None else f"ssi fails, NumPy does not: {e}"
    if wanted is None:
        return "NumPy fails, ssi does not"
    if found.dtype != wanted.dtype or found.shape != wanted.shape:
        return f"{found.dtype}{found.shape}, not {wanted.dtype}{wanted.shape}"
    return None if found.tobytes() == np.ascontiguousarray(wanted).tobytes() else f"{found!r}, not {wanted!r}"


def printed(lib, r):
    x = values.operand(lib, r, np.dtype(r.choice(values.ANY.split())), values.shape(r))
    if r.random() < 0.1:
        x = values.operand(lib, r, np.dtype(r.choice(values.ANY.split())), r.choice([(1001,), (40, 30), (12, 12, 12)]))
    o = library.PrintOptions(size=ctypes.sizeof(library.PrintOptions), repr=r.choice([0, 0, 1]))
    given = {}
    if r.random() < 0.3:
        given["precision"] = r.choice([0, 1, 2, 3, 4, 12, 17])
        o.precision = given["precision"] or -1
    if r.random() < 0.2:
        given["suppress"] = True
        o.suppress = 1
    if r.random() < 0.2:
        o.floatmode = r.randrange(4)
        given["floatmode"] = ("maxprec", "maxprec_equal", "fixed", "unique")[o.floatmode]
    if r.random() < 0.2:
        given["sign"] = r.choice("+- ")
        o.sign = given["sign"].encode()
    if r.random() < 0.2:
        given["linewidth"] = o.linewidth = r.choice([10, 20, 40, 79, 120, 200])
    if r.random() < 0.3:
        given["threshold"] = o.threshold = r.choice([1, 5, 20, 100])
        given["edgeitems"] = o.edgeitems = r.choice([1, 2, 3, 5])
    shown = f"{'repr' if o.repr else 'str'} of {x.shown()} with {given}"
    with np.printoptions(**({"threshold": 1000} | given)):
        wanted = (repr if o.repr else str)(x.array)
    try:
        found = lib.text(x.tensor, o)
    except library.Failed as e:
        return f"ssi fails: {e}", shown
    return None if found == wanted else f"prints\n{found}\nnot\n{wanted}", shown


KINDS = [at, assign_at, printed]
