#!/usr/bin/python3
"""Writes linalg.txt and einsum.txt beside this file: what NumPy makes of the cases in test_linalg.c, and of random texts for test_einsum.c.

    apt-get install python3-numpy && python3 make_linalg.py

linalg.txt: lines as make_arrange.py explains them. einsum.txt: k.text holds the characters of the k-th text as numbers, k.x0, k.x1, ... its operands,
and k.f64, k.i8, k.bool the results for operands of that dtype; k.f64 is missing where NumPy refuses the text.
"""
import random

import numpy as np

from make_arrange import NAMES, line, typed, write, x



def trace(*arguments):
    """Of what has no sign NumPy has u64, which ssi has not."""
    y = np.trace(*arguments)
    return y.astype(np.int64) if y.dtype.kind == "u" else y


products = {
    "dot": (np.dot, x(4), x(4, step=4)), "dot_matrices": (np.dot, x(2, 3), x(3, 4, step=4)), "dot_scalar": (np.dot, x(2, 3), x() + 2),
    "dot_rows": (np.dot, x(2, 3, 4), x(4, step=4)), "dot_row": (np.dot, x(4), x(2, 4, 3)), "dot_many": (np.dot, x(2, 3, 4), x(5, 4, 2, step=4)),
    "dot_turned": (lambda a, b: np.dot(a.T, b.T), x(3, 2), x(4, 3, step=4)), "dot_none": (np.dot, x(2, 0), x(0, 3)), "dot_nothing": (np.dot, x(0), x(0)),
    "vdot": (np.vdot, x(2, 3), x(2, 3, step=4)), "vdot_shapes": (np.vdot, x(2, 3), x(3, 2, step=4)), "vdot_scalars": (np.vdot, x() + 2, x() + 3),
    "inner": (np.inner, x(4), x(4, step=4)), "inner_matrices": (np.inner, x(2, 3), x(4, 3, step=4)), "inner_many": (np.inner, x(2, 3, 4), x(3, 1, 4)),
    "inner_scalar": (np.inner, x() + 2, x(2, 3)), "inner_vector": (np.inner, x(2, 3), x(3)),
    "outer": (np.outer, x(3), x(4, step=4)), "outer_flat": (np.outer, x(2, 2), x(3, 1)), "outer_empty": (np.outer, x(0), x(3)), "outer_scalar": (np.outer, x() + 2, x(3)),
    "tensordot": (np.tensordot, x(2, 3, 4), x(3, 4, 5)), "tensordot_none": (lambda a, b: np.tensordot(a, b, 0), x(2, 3), x(4)),
    "tensordot_one": (lambda a, b: np.tensordot(a, b, 1), x(2, 3), x(3, 4)), "tensordot_all": (lambda a, b: np.tensordot(a, b, 2), x(3, 4), x(3, 4, step=4)),
    "tensordot_lists": (lambda a, b: np.tensordot(a, b, ((0, -1), (2, 0))), x(2, 3, 4), x(4, 5, 2)), "tensordot_empty": (lambda a, b: np.tensordot(a, b, 1), x(2, 0), x(0, 3)),
    "kron": (np.kron, x(2, 3), x(3, 2, step=4)), "kron_vectors": (np.kron, x(3), x(2, step=4)), "kron_ranks": (np.kron, x(2, 1, 3), x(2, 2)),
    "kron_scalar": (np.kron, x() + 2, x(2, 3)), "kron_wide": (np.kron, x(3), x(2, 1, 2)), "kron_empty": (np.kron, x(2, 0), x(3, 2)), "kron_deep": (np.kron, x(1, 2, 1, 2, 1, 3), x(2, 1, 2, 1, 2, 1)),
    "trace": (trace, x(3, 3)), "trace_up": (lambda a: trace(a, 1), x(3, 4)), "trace_down": (lambda a: trace(a, -2), x(3, 4)), "trace_past": (lambda a: trace(a, 9), x(3, 4)),
    "trace_axes": (lambda a: trace(a, 0, 2, 0), x(2, 3, 4)), "trace_many": (lambda a: trace(a, 1, -2, -1), x(2, 3, 4)),
    "multi_dot": (lambda a, b: np.linalg.multi_dot([a, b]), x(2, 3), x(3, 4)), "multi_dot_three": (lambda a, b, c: np.linalg.multi_dot([a, b, c]), x(2, 9), x(9, 3), x(3, 4)),
    "multi_dot_ends": (lambda a, b, c, d: np.linalg.multi_dot([a, b, c, d]), x(2), x(2, 5), x(5, 3), x(3)),
    "multi_dot_left": (lambda a, b, c: np.linalg.multi_dot([a, b, c]), x(2), x(2, 5), x(5, 3)),
}


def random_text(r):
    """Operands with their shapes, and the text; sometimes one that is refused."""
    letters = r.sample("abcdefghijkXYZ", r.randint(1, 6))
    size = {c: r.choice((0, 1, 2, 2, 3, 3, 4)) for c in letters}
    hidden = [r.choice((1, 2, 3)) for _ in range(r.randint(0, 2))]
    terms, shapes = [], []
    for _ in range(r.choice((1, 1, 2, 2, 2, 3, 4, 5))):
        term = [r.choice(letters) for _ in range(r.randint(0, 4))]
        shape = [size[c] for c in term]
        if len(set(term)) == len(term) and r.random() < 0.2 and term:
            shape[r.randrange(len(shape))] = 1
        if r.random() < 0.3:
            at = r.randint(0, len(term))
            some = [r.choice((n, n, 1)) for n in hidden[r.randint(0, len(hidden)):]]
            shape[at:at] = some
            term.insert(at, "...")
        terms.append(term)
        shapes.append(shape)
    text = ",".join("".join(t) for t in terms)
    if r.random() < 0.6:
        used = sorted({c for t in terms for c in t if c != "..."})
        out = r.sample(used, r.randint(0, min(4, len(used))))
        if any("..." in t for t in terms) and r.random() < 0.9:
            out.insert(r.randint(0, len(out)), "...")
        text += " ->" + "".join(out)
    if r.random() < 0.05:
        at = r.randrange(len(text) + 1)
        text = text[:at] + r.choice("-.,>1a ") + text[at:]
    return text, shapes


def texts(count):
    r = random.Random(3)
    for k in range(count):
        text, shapes = random_text(r)
        operands = [x(*s, step=r.choice((3, 5, 7)), modulus=4) for s in shapes]
        yield line(f"{k}.text", [ord(c) for c in text])
        for i, a in enumerate(operands):
            yield line(f"{k}.x{i}", a)
        for dtype in ("f64", "i8", "bool"):
            try:
                yield line(f"{k}.{dtype}", np.einsum(text, *(a.astype(NAMES[dtype]) for a in operands)))
            except ValueError:
                pass


if __name__ == "__main__":
    write("linalg.txt", typed(products, list(NAMES)))
    write("einsum.txt", texts(400))
