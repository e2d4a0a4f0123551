"""compare.py - whether two arrays are equal: to the bit, or as near to the true value as a row allows."""

import numpy as np


def same_bits(found, wanted, signs=True):
    """NaN is NaN whatever its bits, and -0 is not 0."""
    if found.dtype.kind != "f":
        return bool(np.array_equal(found, wanted))
    equal = (found == wanted) | (np.isnan(found) & np.isnan(wanted))
    if signs:
        equal &= (np.signbit(found) == np.signbit(wanted)) | np.isnan(wanted)
    return bool(np.all(equal))


def wider(dtype):
    """The dtype in which NumPy's result serves as the truth."""
    return {2: np.dtype("f8"), 4: np.dtype("f8"), 8: np.dtype("g")}[dtype.itemsize]


def units(found, truth):
    """The largest distance in units of the last place of found's dtype; infinite where one of the two is not finite or NaN alone."""
    if found.size == 0:
        return 0.0
    rounded = truth.astype(found.dtype)
    settled = (found == rounded) | (np.isnan(found) & np.isnan(rounded))
    spacing = np.spacing(np.abs(np.where(np.isfinite(rounded), rounded, np.finfo(found.dtype).max))).astype(truth.dtype)
    if found.dtype.itemsize == 8:  # spacing of denormals
        spacing = np.maximum(spacing, np.finfo("f8").smallest_subnormal)
    both = np.isfinite(found) & np.isfinite(rounded)
    away = np.where(both, np.abs(found.astype(truth.dtype) - truth) / spacing, np.inf)
    # The largest number and infinity are neighbours.
    near = np.isinf(rounded) & (np.abs(found) == np.finfo(found.dtype).max) | np.isinf(found) & (np.abs(rounded) == np.finfo(found.dtype).max)
    return float(np.max(np.where(settled, 0, np.where(near, 1, away))))


def explain(found, wanted, ulp=None, bound=None, signs=True):
    """None if they are equal; else what differs. `wanted` is of the dtype of the result, or with `ulp` of a wider one; `bound` is an array of
    allowed distances."""
    if found.shape != wanted.shape:
        return f"shape {found.shape}, not {wanted.shape}"
    if bound is not None:
        with np.errstate(all="ignore"):
            near = np.abs(found.astype(wanted.dtype) - wanted) <= bound
            near |= (found == wanted) | (np.isnan(found) & np.isnan(wanted)) | ~np.isfinite(wanted.astype(found.dtype)) & ~np.isfinite(found)
        return None if bool(np.all(near)) else f"not near enough: {found!r}, not {wanted!r}"
    if ulp and found.dtype.kind == "f":
        distance = units(found, wanted)
        return None if distance <= ulp else f"{distance:.3g} units of the last place away: {found!r}, not {wanted!r}"
    if same_bits(found, wanted, signs):
        return None
    return f"{found!r}, not {wanted!r}"
