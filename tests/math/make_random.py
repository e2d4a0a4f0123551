#!/usr/bin/python3
"""Writes random_numpy.h: what numpy.random gives after seed(s), for tests/math/test_random.c."""
import numpy as np


def row(kind, name, values):
    text = ", ".join(repr(v) for v in np.ravel(values).tolist())
    print(f"static const {kind} {name}[] = {{{text}}};")


print("/* Made by make_random.py: numpy.random.RandomState. */")
for seed in (0, 42, 4294967295):
    r = np.random.RandomState(seed)
    row("double", f"rand_{seed}", r.rand(5))
    row("double", f"randn_{seed}", r.randn(7))
    row("int64_t", f"randint_{seed}", r.randint(-3, 10, 12))
    row("int64_t", f"permutation_{seed}", r.permutation(9))
    row("double", f"again_{seed}", r.randn(2))
    row("int64_t", f"wide_{seed}", r.randint(0, 2**40, 4))
r = np.random.RandomState(1)
r.rand(1000)
row("double", "late", r.rand(3))
