"""whole.py - cases that do not fit a row: matrices with an answer to check by multiplying, histograms, and files there and back."""

import ctypes
import io
import os
import tempfile

import numpy as np

import library
import values


class HistogramOptions(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("bins", ctypes.c_int64), ("range", ctypes.c_double * 2), ("edges", ctypes.c_void_p),
                ("weights", ctypes.c_void_p), ("density", ctypes.c_int)]


class CsvOptions(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("path", ctypes.c_char_p), ("dtype", ctypes.c_int), ("delimiter", ctypes.c_char),
                ("comment", ctypes.c_char), ("header", ctypes.c_int), ("decimal_comma", ctypes.c_int), ("skip", ctypes.c_int64),
                ("rows", ctypes.c_int64), ("columns", ctypes.c_int), ("column", ctypes.c_void_p), ("named", ctypes.c_void_p),
                ("missing", ctypes.c_void_p)]


def equal(found, wanted):
    if found.dtype != wanted.dtype or found.shape != wanted.shape:
        return f"{found.dtype}{found.shape}, not {wanted.dtype}{wanted.shape}"
    return None if found.tobytes() == np.ascontiguousarray(wanted).tobytes() else f"{found!r}, not {wanted!r}"


def close(found, wanted, allowed=1000):
    """Both by LAPACK, perhaps not the same one: `allowed` is in units of epsilon of the largest element."""
    if found.dtype != wanted.dtype or found.shape != wanted.shape:
        return f"{found.dtype}{found.shape}, not {wanted.dtype}{wanted.shape}"
    bound = allowed * np.finfo(wanted.dtype).eps * max(1.0, float(np.max(np.abs(wanted), initial=0)))
    with np.errstate(all="ignore"):
        near = (found == wanted) | (np.abs(found - wanted) <= bound)
    return None if bool(np.all(near)) else f"not near enough: {found!r}, not {wanted!r}"


def matrix(lib, r):
    """Well conditioned: a random one with its diagonal raised."""
    n, lead = r.choice([0, 1, 1, 2, 2, 3, 4, 7, 20]), tuple(r.randint(1, 3) for _ in range(r.choice([0, 0, 1, 2])))
    dtype = np.dtype(r.choice(["f4", "f8", "f8", "i4"]))
    x = values.operand(lib, r, dtype, (*lead, n, n), "whole")
    raised = (x.array + (9 * n + 1) * np.eye(n)).astype(dtype)
    if r.random() < 0.5:
        raised = raised + np.swapaxes(raised, -1, -2)
    return raised, lib.tensor(raised)


def decomposed(lib, r):
    x, tensor = matrix(lib, r)
    kind = r.choice(["inv", "det", "solve", "cholesky", "eigvalsh", "svdvals", "matrix_power", "pinv"])
    shown = f"ssi_{kind}({x!r})"
    symmetric = np.tril(x) + np.swapaxes(np.tril(x, -1), -1, -2)
    if kind == "solve":
        b = values.operand(lib, r, np.dtype(x.dtype), (*x.shape[:-1], r.randint(1, 3)), "whole")
        return close(lib.array(lib.call("ssi_solve", tensor, b.tensor)), np.linalg.solve(x, b.array)), shown
    if kind == "matrix_power":
        power = r.randint(0, 3)
        found = lib.array(lib.call("ssi_matrix_power", tensor, ctypes.c_int64(power)))
        return (equal if x.dtype == "i4" else close)(found, np.linalg.matrix_power(x, power)), shown
    if kind == "pinv":  # NumPy leaves integers without elements as they are
        wanted = np.linalg.pinv(x).astype("f4" if x.dtype == "f4" else "f8")
        return close(lib.array(lib.call("ssi_pinv", tensor, ctypes.c_double(0))), wanted), shown
    wanted = {"inv": np.linalg.inv, "det": lambda x: np.asarray(np.linalg.det(x)), "svdvals": lambda x: np.linalg.svd(x, compute_uv=False),
              "cholesky": lambda x: np.linalg.cholesky(symmetric), "eigvalsh": lambda x: np.linalg.eigvalsh(symmetric)}[kind](x)
    return close(lib.array(lib.call("ssi_" + kind, tensor)), wanted), shown


def histogram(lib, r):
    x = values.operand(lib, r, np.dtype(r.choice(["f4", "f8", "i2", "i8", "u1"])), values.shape(r, 0, 3), "plain")
    o, given = HistogramOptions(size=ctypes.sizeof(HistogramOptions)), {}
    if r.random() < 0.5:
        edges = np.unique(np.array([r.randint(-12, 12) for _ in range(r.randint(2, 9))], x.array.dtype if x.array.dtype.kind == "f" else "f8"))
        if len(edges) > 1:
            given["bins"] = edges
            o.edges = lib.tensor(edges).value
    else:
        given["bins"] = o.bins = r.randint(1, 20)
        if r.random() < 0.5 or x.array.dtype == np.float32:
            given["range"] = o.range[0], o.range[1] = -4.0, 4.0
    if r.random() < 0.3:
        w = values.operand(lib, r, np.dtype("i8"), x.array.shape, "whole")
        given["weights"], o.weights = w.array, w.tensor.value
    shown = f"ssi_histogram({x.shown()}, {given})"
    edges = ctypes.c_void_p()
    found = lib.array(lib.call("ssi_histogram", x.tensor, ctypes.byref(edges), ctypes.byref(o)))
    wanted, wanted_edges = np.histogram(x.array, **given)
    problem = equal(found, wanted.astype("i8"))
    return problem or close(lib.array(edges).astype("f8"), wanted_edges.astype("f8"), 1e9 if x.array.dtype == np.float32 else 4), shown


def npy_read(lib, r):
    """What NumPy writes: in C or Fortran order, either byte order, versions 1.0 to 3.0; seldom cut short."""
    x = values.operand(lib, r, np.dtype(r.choice(values.ANY.split())), values.shape(r))
    a = np.asarray(x.array, order=r.choice("CF")).astype(x.array.dtype.newbyteorder(r.choice("<>")), copy=False)
    version, file = r.choice([(1, 0), (2, 0), (3, 0)]), io.BytesIO()
    np.lib.format.write_array(file, a, version)
    data = file.getvalue()
    cut = data[:r.randrange(len(data))] if r.random() < 0.1 and a.size else None
    shown = f"ssi_load_npy_memory(version {version}, {a.dtype.str}{a.shape}, {'Fortran' if a.flags.fnc else 'C'}, {'cut' if cut else 'whole'})"
    try:
        found = lib.array(lib.call("ssi_load_npy_memory", cut or data, ctypes.c_size_t(len(cut or data)), b"case"))
    except library.Failed as e:
        return None if cut else f"ssi fails: {e}", shown
    return "what is cut short is read" if cut else equal(found, x.array), shown


def npy_written(lib, r):
    x = values.operand(lib, r, np.dtype(r.choice(values.ANY.split())), values.shape(r))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x.npy")
        if lib.call("ssi_save_npy", path.encode(), x.tensor) != 0:
            return f"ssi fails: {lib.taken_error()}", x.shown()
        return equal(np.load(path), x.array), f"ssi_save_npy({x.shown()})"


def csv_read(lib, r):
    """What savetxt writes, to 17 digits."""
    x = values.operand(lib, r, np.dtype("f8"), (r.randint(1, 9), r.randint(1, 5)), "nan")
    o, text = CsvOptions(size=ctypes.sizeof(CsvOptions), dtype=library.CODES[np.dtype("f8")]), io.StringIO()
    delimiter, header = r.choice(",;\t "), r.random() < 0.3
    names = delimiter.join(f"c{i}" for i in range(x.array.shape[1]))
    np.savetxt(text, x.array, "%.17g", delimiter, header=names if header else "", comments="", newline=r.choice(["\n", "\r\n"]))
    o.delimiter, o.header = delimiter.encode(), header
    shown, data = f"ssi_load_csv_memory({text.getvalue()!r})", text.getvalue().encode()
    found = lib.array(lib.call("ssi_load_csv_memory", data, ctypes.c_size_t(len(data)), ctypes.byref(o)))
    return None if np.array_equal(found, x.array, equal_nan=True) else f"{found!r}, not {x.array!r}", shown


WHOLE = [decomposed, histogram, npy_read, npy_written, csv_read]
