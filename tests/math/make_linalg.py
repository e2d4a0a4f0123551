#!/usr/bin/python3
"""Writes linalg.txt, decompose.txt and einsum.txt beside this file: what NumPy makes of the cases in test_linalg.c and test_decompose.c, and of random
texts for test_einsum.c.

    apt-get install python3-numpy && python3 make_linalg.py

linalg.txt, decompose.txt: lines as make_arrange.py explains them. einsum.txt: k.text holds the characters of the k-th text as numbers, k.x0, k.x1, ... its operands,
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

three = np.array([[7, 2, 1], [3, 9, 4], [1, 5, 8]])
pairs = np.array([[[6, 1], [2, 7]], [[5, 3], [1, 4]]])
symmetric = np.array([[7, 2, 1], [2, 9, 4], [1, 4, 8]])
tall = np.array([[7, 2], [3, 9], [1, 5], [4, 6]])
flat_rank = np.array([[1, 2, 3], [2, 4, 6], [1, 1, 2], [3, 5, 8]])  # rank 2
none, no_rows, no_columns = np.zeros((0, 0)), np.zeros((0, 3)), np.zeros((3, 0))
decompositions = {
    "det": (np.linalg.det, three), "det_many": (np.linalg.det, pairs), "det_none": (np.linalg.det, none),
    "slog": (lambda a: np.linalg.slogdet(a)[1], three), "slog_many": (lambda a: np.linalg.slogdet(a)[1], pairs),
    "inv": (np.linalg.inv, three), "inv_many": (np.linalg.inv, pairs), "inv_none": (np.linalg.inv, none),
    "power_back": (lambda a: np.linalg.matrix_power(a, -3), three),
    "solve": (np.linalg.solve, three, x(3) + 1), "solve_matrix": (np.linalg.solve, three, x(3, 2) + 1), "solve_many": (np.linalg.solve, pairs, x(1, 2, 3) + 1),
    "solve_no_sides": (np.linalg.solve, three, no_columns), "solve_none": (np.linalg.solve, none, no_rows),
    "cholesky": (np.linalg.cholesky, symmetric), "cholesky_none": (np.linalg.cholesky, none),
    "svdvals": (lambda a: np.linalg.svd(a, compute_uv=False), three), "svdvals_many": (lambda a: np.linalg.svd(a, compute_uv=False), pairs),
    "svdvals_tall": (lambda a: np.linalg.svd(a, compute_uv=False), tall), "svdvals_none": (lambda a: np.linalg.svd(a, compute_uv=False), no_rows),
    "eigvalsh": (np.linalg.eigvalsh, symmetric), "eigvalsh_none": (np.linalg.eigvalsh, none),
    "lstsq": (lambda a, b: np.linalg.lstsq(a, b, rcond=None)[0], tall, x(4) + 1), "lstsq_matrix": (lambda a, b: np.linalg.lstsq(a, b, rcond=None)[0], tall, x(4, 3) + 1),
    "lstsq_wide": (lambda a, b: np.linalg.lstsq(a, b, rcond=None)[0], tall.T.copy(), x(2) + 1), "lstsq_none": (lambda a, b: np.linalg.lstsq(a, b, rcond=None)[0], no_rows, np.zeros((0, 2))),
    "lstsq_flat": (lambda a, b: np.linalg.lstsq(a, b, rcond=1e-4)[0], flat_rank, x(4) + 1),
    "pinv": (np.linalg.pinv, three), "pinv_tall": (np.linalg.pinv, tall), "pinv_wide": (np.linalg.pinv, tall.T.copy()), "pinv_many": (np.linalg.pinv, pairs),
    "pinv_flat": (lambda a: np.linalg.pinv(a, rcond=1e-4), flat_rank), "pinv_none": (lambda a: np.linalg.pinv(a * 1.0), no_columns),
    "rank": (np.linalg.matrix_rank, three), "rank_flat": (np.linalg.matrix_rank, flat_rank), "rank_many": (np.linalg.matrix_rank, pairs), "rank_vector": (np.linalg.matrix_rank, x(3)),
    "rank_zero": (np.linalg.matrix_rank, np.zeros((2, 3))),
}
powers = {
    "power": (lambda a: np.linalg.matrix_power(a, 5), x(3, 3)), "power_one": (lambda a: np.linalg.matrix_power(a, 1), x(3, 3)), "power_none": (lambda a: np.linalg.matrix_power(a, 0), x(2, 3, 3)),
    "power_many": (lambda a: np.linalg.matrix_power(a, 6), pairs),
}
for name, kind in (("fro", "fro"), ("nuc", "nuc"), ("1", 1), ("minus_1", -1), ("inf", np.inf), ("minus_inf", -np.inf), ("2", 2), ("minus_2", -2)):
    decompositions[f"norm_{name}"] = (lambda a, k=kind: np.linalg.norm(a, k, axis=(-2, -1)), tall)
    decompositions[f"norm_{name}_many"] = (lambda a, k=kind: np.linalg.norm(a, k, axis=(-2, -1)), pairs)
    decompositions[f"cond_{name}"] = (lambda a, k=kind: np.linalg.cond(a, k), three)


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
    write("decompose.txt", typed(decompositions, ["f64", "f32", "i16"]),
          typed(powers, ["f64", "f32", "bool", "u8", "i8", "i16", "i32", "i64"]))
    write("einsum.txt", texts(400))
