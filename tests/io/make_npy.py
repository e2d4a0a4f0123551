#!/usr/bin/python3
"""Writes the .npy files of tests/io/golden, by NumPy, and the first inputs of its fuzzer; for tests/io/test_npy.c."""
import os
import sys

import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
golden, fuzz = os.path.join(here, "golden"), os.path.join(here, "..", "fuzz", "npy")
x = np.arange(24).reshape(2, 3, 4) - 5


def put(name, array, version=None):
    with open(os.path.join(golden, name + ".npy"), "wb") as file:
        np.lib.format.write_array(file, array, version=version)
    if array.size < 30:
        with open(os.path.join(fuzz, name), "wb") as file:
            np.lib.format.write_array(file, array, version=version)


for code in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "?"):
    put("c_" + code.replace("?", "b1"), x.astype(code))
for code in ("f4", "f8", "i2", "i8", "u2", "u4", "f2"):
    put("swapped_" + code, x.astype(">" + code))
put("fortran", np.asfortranarray(x.astype("f8")))
put("fortran_swapped", np.asfortranarray(x.astype(">i4")))
put("v2", x.astype("f4"), (2, 0))
put("v3", x.astype("f4"), (3, 0))
put("scalar", np.array(2.5))
put("empty", np.zeros((0, 3), "i4"))
put("one", np.array([7], "i8"))
put("long", np.arange(1000, dtype="i4"))
put("complex", np.zeros(3, "c16"))
put("u8", np.zeros(3, "u8"))
put("text", np.array(["a", "bc"]))
put("records", np.zeros(2, [("a", "f4"), ("b", "i4")]))
np.save(os.path.join(golden, "objects.npy"), np.array([{}, None], object), allow_pickle=True)
np.savez(os.path.join(golden, "stored.npz"), a=x.astype("f4"), b=np.arange(5), 한글=np.array(2.5))
np.savez_compressed(os.path.join(golden, "deflated.npz"), a=x.astype("f4"), zeros=np.zeros(100000, "i4"))
