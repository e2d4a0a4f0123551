#!/usr/bin/python3
"""differential.py LIBSSI [CASES [SEED]] - random calls of ssi and of NumPy, which must agree.

    SSI_CASES=100000 SSI_SEED=2 ./differential.py build/libssi.so        more of them, others
    SSI_CASE=1234 ./differential.py build/libssi.so                      one again, alone

The rows are in rows.py; what differs on purpose is in docs/numpy-differences.md. A failed case is shown as NumPy's call and ssi's, with
its operands. Without NumPy the test is skipped (77).
"""

import collections
import os
import random
import re
import sys
import time
import warnings

try:
    import numpy as np
except ImportError:
    print("skipped: there is no NumPy here (Debian: python3-numpy)")
    sys.exit(77)

import compare
import library
import texts
from arguments import Case
from rows import ROWS as FIRST
from rows_more import MORE
from whole import WHOLE

ROWS = FIRST + MORE
KINDS = texts.KINDS * 8 + WHOLE

warnings.simplefilter("ignore")
warnings.filterwarnings("error", "Out of bound index found", DeprecationWarning)  # differs: indices-of-nothing
np.seterr(all="ignore")
np.set_printoptions(threshold=40)


def promoted(row, operands):
    """NumPy 2's rule is that of dtypes alone; NumPy 1 also looked at values where there are no axes. So all get the common dtype first."""
    arrays = [a for a in operands if isinstance(a, np.ndarray)]
    if len(arrays) < 2 or not row.promote:
        return operands
    if row.each:
        float_of = {1: "f2", 2: "f4", 4: "f8", 8: "f8"}
        arrays = [a if a.dtype.kind == "f" else a.astype(float_of[a.dtype.itemsize]) for a in arrays]
        operands = arrays + operands[len(arrays):]
    common = np.result_type(*[a.dtype for a in arrays])
    return [a.astype(common) if isinstance(a, np.ndarray) else a for a in operands]


def wanted(row, operands):
    """NumPy's values: for each its dtype, the value, and the distance from it that is allowed."""
    made = row.numpy(*operands)
    if isinstance(made, (list, tuple)):
        return [(np.asarray(value).dtype, np.asarray(value), None) for value in made]
    value = np.asarray(made)
    if value.dtype.kind != "f" or not (row.ulp or row.error):
        return [(value.dtype, value, None)]
    wide = compare.wider(value.dtype)
    widened = [a.astype(value.dtype).astype(wide) if isinstance(a, np.ndarray) else wide if isinstance(a, np.dtype) else a for a in operands]
    truth, bound = np.asarray(row.numpy(*widened)), None
    if row.error:
        # Each term below the smallest number is rounded to a multiple of it.
        bound = np.finfo(value.dtype).eps * row.error(*widened) + 1000 * np.finfo(value.dtype).smallest_subnormal
    return [(value.dtype, truth, bound)]


def results(lib, row, case):
    """What ssi's function returns, and what it puts where its arguments say."""
    value = lib.call(row.name, *case.c)
    if row.name in library.Library.STATUS:
        if value < 0:
            raise library.Failed(lib.taken_error() or "a status without an error")
        return [lib.array(out) for out in case.out]
    return [lib.array(value)] + [lib.array(out) for out in case.out]


def numbers(lib, r, row):
    """One case of a row: what is wrong, if something is, how to write it down, and whether both refused it."""
    case = Case(lib, r, row)
    for kind in row.arguments:
        kind(case)
    shown = f"{row.name}({'; '.join(case.shown)})"
    refused = None
    try:
        # A condition keeps its dtype: it is not of the operands that promote.
        first = 1 if row.name == "ssi_where" else 0
        right = wanted(row, case.numpy[:first] + promoted(row, case.numpy[first:]))
    except (TypeError, ValueError, IndexError, OverflowError, ZeroDivisionError, DeprecationWarning) as e:
        refused = e
    if not refused and case.axis_of_none:  # differs: axes-of-a-number
        refused = "a number has no axes"
    try:
        found = results(lib, row, case)
    except library.Failed as e:
        return (None if refused else f"ssi fails, NumPy does not: {e}"), shown, bool(refused)
    finally:
        case.release()
    if refused:
        return f"NumPy fails, ssi does not: {refused!r}", shown, False
    if len(found) != len(right):
        return f"{len(found)} results, not {len(right)}", shown, False
    for one, (dtype, value, bound) in zip(found, right):
        if one.dtype != dtype:
            return f"dtype {one.dtype}, not {dtype}", shown, False
        problem = compare.explain(one, value, row.ulp, bound, row.signs)
        if problem:
            return problem, shown, False
    return None, shown, False


def run(lib, seed, case):
    r = random.Random(seed * 1_000_003 + case)
    chosen = r.randrange(len(ROWS) + len(KINDS))
    row = ROWS[chosen] if chosen < len(ROWS) else KINDS[chosen - len(ROWS)]
    scope = lib.call("ssi_scope_open")
    lib.taken_error()
    try:
        problem, shown, refused = numbers(lib, r, row) if chosen < len(ROWS) else (*row(lib, r), False)
    except library.Failed as e:
        problem, shown, refused = f"an operand failed: {e}", getattr(row, "name", ""), False
    left = lib.taken_error()
    if left and not problem:
        problem = f"an error is left behind: {left}"
    if lib.call("ssi_scope_close", scope) < 0 and not problem:
        problem = f"the scope does not close: {lib.taken_error()}"
    name = row.name if chosen < len(ROWS) else row.__name__
    if problem and "this build has no LAPACK" in problem:
        return f"{name}, skipped: no LAPACK", None, shown, False
    return name, problem, shown, refused


def undocumented():
    """The names of differences that the sources here use and docs/numpy-differences.md does not explain."""
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "../../docs/numpy-differences.md"), encoding="utf8") as file:
        explained = set(re.findall(r"^- \*\*`([a-z0-9-]+)`", file.read(), re.M))
    used = set()
    for name in ("rows.py", "rows_more.py", "texts.py", "whole.py", "differential.py"):
        with open(os.path.join(here, name), encoding="utf8") as file:
            used |= set(re.findall(r'differs(?:="|: )([a-z0-9-]+)', file.read()))
    return sorted(used - explained)


def wrong_promotions(lib):
    """Pairs of dtypes of which ssi and NumPy make different ones. (Of two dtypes alone, NumPy 1 makes what NumPy 2 does.)"""
    known = [d for d in library.DTYPES if d.kind != "V"]
    return [f"{a} and {b}" for a in known for b in known
            if library.DTYPES[lib.call("ssi_promote", library.CODES[a], library.CODES[b])] != np.promote_types(a, b)]


def main():
    if undocumented():
        print("docs/numpy-differences.md does not explain: " + ", ".join(undocumented()))
        return 1
    path = sys.argv[1]
    cases = int(os.environ.get("SSI_CASES") or (sys.argv[2] if len(sys.argv) > 2 else 5000))
    seed = int(os.environ.get("SSI_SEED") or (sys.argv[3] if len(sys.argv) > 3 else 1))
    only = os.environ.get("SSI_CASE")
    lib = library.Library(os.path.abspath(path))
    wrong = wrong_promotions(lib)
    if wrong:
        print("promotion: " + "; ".join(wrong))
        return 1
    counts, failed, both_refuse = collections.Counter(), collections.Counter(), collections.Counter()
    began = time.time()
    for case in [int(only)] if only else range(cases):
        name, problem, shown, refused = run(lib, seed, case)
        counts[name] += 1
        both_refuse[name] += refused
        if problem:
            failed[name] += 1
            if failed[name] <= 3:
                print(f"SSI_SEED={seed} SSI_CASE={case}: {shown}\n    {problem}\n", flush=True)
    for name in sorted(counts):
        line = f"{name[4:] if name.startswith('ssi_') else name:20} {counts[name]:6} cases"
        line += f", {both_refuse[name]} refused by both" if both_refuse[name] else ""
        print(line + (f", {failed[name]} failed" if failed[name] else ""))
        if counts[name] > 20 and both_refuse[name] > 0.7 * counts[name]:  # such a row would compare nothing
            failed[name] += 1
            print(f"{name}: most of the cases are errors")
    print(f"{sum(counts.values())} cases with seed {seed}, {sum(failed.values())} failed, {time.time() - began:.0f} s, NumPy {np.__version__}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
