"""arguments.py - the kinds of arguments that the rows name: each makes C arguments, and the value that NumPy gets for them."""

import ctypes

import numpy as np

import library
import values


class Case:
    """One call: what ssi gets, what NumPy gets, and how to write it down."""

    def __init__(self, lib, r, row):
        self.lib, self.r, self.row = lib, r, row
        self.c, self.numpy, self.shown = [], [], []
        self.operands = []
        self.axis_of_none = False
        self.out, self.release = [], lambda: None
        self.shape = values.shape(r, row.low, row.high, row.empty)

    def add(self, c, value, shown=None):
        self.c += c
        self.numpy.append(value)
        self.shown.append(repr(value) if shown is None else shown)

    def tensor(self, shape, dtypes=None, domain=None):
        dtype = np.dtype(self.r.choice((dtypes or self.row.dtypes).split()))
        x = values.operand(self.lib, self.r, dtype, shape, domain or self.row.domain)
        self.operands.append(x)
        self.add([x.tensor], x.array, x.shown())
        return x

    def axis(self):
        """An axis of x, from either end; seldom one that is not there."""
        rank = len(self.shape)
        if rank == 0 or self.r.random() < 0.02:
            self.axis_of_none |= rank == 0
            return self.r.choice([rank, -rank - 1])
        return self.r.randrange(-rank, rank)


def x(case):
    case.tensor(case.shape)


def like(case):
    """Of x's shape."""
    case.tensor(case.shape)


def y(case):
    """One that broadcasts with x."""
    case.tensor(values.broadcast_to(case.r, case.shape))


def same(case):
    """y, of x's dtype."""
    case.tensor(values.broadcast_to(case.r, case.shape), case.operands[0].array.dtype.str[1:])


def condition(case):
    case.tensor(values.broadcast_to(case.r, case.shape), values.ANY)


def index(case):
    """Integers of any shape, for an axis of x (or the flattened x); the row's next argument is the axis."""
    rank = len(case.shape)
    flat = case.r.random() < 0.25
    axis = None if flat else case.axis()
    n = int(np.prod(case.shape)) if flat else case.shape[axis] if -rank <= axis < rank else 1
    g = np.random.Generator(np.random.PCG64(case.r.getrandbits(64)))
    chosen = g.integers(-n, max(n, 1 - n), values.shape(case.r, 0, 2)) if n else np.zeros(case.r.choice([0, 1]), int)
    if chosen.size and case.r.random() < 0.04:
        chosen.flat[0] = n
    made = values.Operand(case.lib, chosen.astype(case.r.choice(["i4", "i8"])))
    case.add([made.tensor], made.array, made.shown())
    case.add([ctypes.c_int(library.ALL_AXES if flat else axis)], axis)


def axis(case):
    chosen = case.axis()
    case.add([ctypes.c_int(chosen)], chosen)


def two_axes(case):
    """Two of x's axes, seldom the same."""
    rank = len(case.shape)
    for chosen in case.r.sample(range(rank), 2) if case.r.random() < 0.95 else [0, 0]:
        chosen -= rank if case.r.random() < 0.4 else 0
        case.add([ctypes.c_int(chosen)], chosen)


def axis_or_all(case):
    if case.r.random() < 0.25:
        case.add([ctypes.c_int(library.ALL_AXES)], None)
    else:
        axis(case)


def axes(case):
    """A list of axes: several, none (all), seldom one twice or one that is not there."""
    rank = len(case.shape)
    chosen = case.r.sample(range(rank), case.r.randint(0, rank)) if rank else []
    chosen = [a - rank if case.r.random() < 0.4 else a for a in chosen]
    if chosen and case.r.random() < 0.03:
        chosen.append(case.r.choice([chosen[0], rank, -rank - 1]))
    case.add([ctypes.c_int(len(chosen)), library.ints(chosen)], tuple(chosen) if chosen else None)


def integer(low, high):
    def make(case):
        n = case.r.randint(low, high)
        case.add([ctypes.c_int64(n)], n)
    return make


def count(low, high):
    """An int."""
    def make(case):
        n = case.r.randint(low, high)
        case.add([ctypes.c_int(n)], n)
    return make


flag = count(0, 1)


def shifts(case):
    """As many integers as axes, and the axes."""
    rank = len(case.shape)
    n = case.r.randint(1, 3) if rank else 0
    by, along = [case.r.randint(-9, 9) for _ in range(n)], [case.axis() for _ in range(n)]
    case.add([ctypes.c_int(n), library.int64s(by)], tuple(by))
    case.add([library.ints(along)], tuple(along))


def permutation(case):
    chosen = list(range(len(case.shape)))
    case.r.shuffle(chosen)
    if chosen and case.r.random() < 0.03:
        chosen[0] = chosen[-1] + case.r.choice([0, 9])
    case.add([ctypes.c_int(len(chosen)), library.int64s(chosen)], tuple(chosen))


def new_shape(case):
    """One of as many elements, perhaps with a -1; seldom of others."""
    left = int(np.prod(case.shape, dtype=np.int64))
    sizes = []
    while left > 1 and len(sizes) < 5 and case.r.random() < 0.8:
        n = case.r.choice([n for n in range(1, left + 1) if left % n == 0][:12])
        sizes.append(n)
        left //= n
    sizes.append(left)
    case.r.shuffle(sizes)
    if case.r.random() < 0.3:
        sizes[case.r.randrange(len(sizes))] = -1
    if case.r.random() < 0.03:
        sizes.append(3)
    case.add([ctypes.c_int(len(sizes)), library.int64s(sizes)], tuple(sizes))


def wider_shape(case):
    """One that x repeats to; seldom not."""
    sizes = [case.r.choice([1, 2, 3]) if n == 1 else n for n in case.shape]
    sizes = [case.r.choice([0, 1, 2, 3]) for _ in range(case.r.choice([0, 0, 1, 2]))] + sizes
    if sizes and case.r.random() < 0.04:
        sizes[-1] += 1
    case.add([ctypes.c_int(len(sizes)), library.int64s(sizes)], tuple(sizes))


def repetitions(case):
    chosen = [case.r.choice([0, 1, 2, 2, 3]) for _ in range(case.r.randint(0, min(5, len(case.shape) + 1)))]
    case.add([ctypes.c_int(len(chosen)), library.int64s(chosen)], tuple(chosen))


def ranges(case):
    """Slices of the first axes, with bounds of either sign, inside and outside."""
    parts, flat = [], []
    for n in case.shape[:case.r.randint(0, len(case.shape))]:
        start, stop, step = case.r.randint(-n - 2, n + 2), case.r.randint(-n - 2, n + 2), case.r.choice([1, 1, 2, 3, -1, -2, -5])
        stop = None if case.r.random() < 0.3 else stop
        parts.append(slice(start, stop, step))
        flat += [start, library.END if stop is None else stop, step]
    case.add([ctypes.c_int(len(parts)), library.int64s(flat)], tuple(parts))


def widths(case):
    before = [case.r.choice([0, 0, 1, 2, 5]) for _ in case.shape]
    after = [case.r.choice([0, 0, 1, 2, 5]) for _ in case.shape]
    case.add([library.int64s(before), library.int64s(after)], tuple(zip(before, after)))


def scalar(case):
    """A tensor of no axes, of x's dtype."""
    case.tensor((), case.operands[0].array.dtype.str[1:])


def tensors(case):
    """A list of tensors that are alike but along an axis that is not given here; dtypes differ."""
    n = case.r.randint(1, 4)
    place = case.r.randrange(len(case.shape)) if case.shape else 0
    made = []
    for _ in range(n):
        shape = list(case.shape)
        if shape and case.row.ragged and case.r.random() < 0.5:
            shape[place] = case.r.randint(0, 4)
        made.append(values.operand(case.lib, case.r, np.dtype(case.r.choice(case.row.dtypes.split())), tuple(shape)))
    case.operands += made
    pointers = (ctypes.c_void_p * n)(*[m.tensor.value for m in made])
    case.add([ctypes.c_int(n), pointers], [m.array for m in made], "[" + ", ".join(m.shown() for m in made) + "]")
    case.place = place


def place_or_axis(case):
    """The axis along which `tensors` may differ, mostly."""
    chosen = case.place if case.r.random() < 0.9 else case.axis()
    case.add([ctypes.c_int(chosen)], chosen)


def dtype(case):
    """Every one; bf16 is NumPy's stranger."""
    chosen = np.dtype(case.r.choice(values.ANY.split()))
    case.add([ctypes.c_int(library.CODES[chosen])], chosen)


def rows(case):
    """A matrix or vector that x can be multiplied by; seldom one that it cannot."""
    shape = case.shape
    inner = shape[-1] if shape else 1
    if case.r.random() < 0.04:
        inner += 1
    if case.r.random() < 0.2 or not shape:
        case.tensor((inner,))
    else:
        lead = values.broadcast_to(case.r, shape[:-2])
        case.tensor(tuple(lead) + (inner, case.r.choice([0, 1, 2, 3, 5, 17])))


def sorted_values(case):
    """A vector in ascending order, of x's dtype."""
    made = np.sort(values.values(case.r, case.operands[0].array.dtype if case.operands else np.dtype("f8"), case.r.randint(0, 20), "plain"))
    operand = values.Operand(case.lib, made)
    case.operands.append(operand)
    case.add([operand.tensor], made, operand.shown())


def points(case):
    """Places in ascending order, no two the same, and a value for each."""
    places = np.unique(values.values(case.r, np.dtype("f8"), case.r.randint(1, 9), "plain"))
    for made in (places, values.values(case.r, np.dtype("f8"), places.size, "plain")):
        operand = values.Operand(case.lib, made)
        case.operands.append(operand)
        case.add([operand.tensor], made, operand.shown())


def numerals(case):
    """A vector of integers from 0 on; seldom one below."""
    made = np.array([case.r.randint(0, 12) for _ in range(case.r.randint(0, 20))], case.r.choice(case.row.dtypes.split()))
    if made.size and case.r.random() < 0.05 and made.dtype.kind == "i":
        made[0] = -1
    operand = values.Operand(case.lib, made)
    case.add([operand.tensor], made, operand.shown())


def rank_and_axis(case):
    """A place along an axis, seldom outside; then the axis."""
    along = case.axis()
    n = case.shape[along] if -len(case.shape) <= along < len(case.shape) else 1
    k = case.r.choice([-n - 1, n + 1]) if n == 0 or case.r.random() < 0.04 else case.r.randrange(0, n)
    case.add([ctypes.c_int64(k)], k)
    case.add([ctypes.c_int(along)], along)


def single_axes(case):
    """Axes of size 1, several or none (all such); seldom another."""
    ones = [a for a, n in enumerate(case.shape) if n == 1]
    chosen = case.r.sample(ones, case.r.randint(0, len(ones)))
    if case.shape and case.r.random() < 0.04:
        chosen.append(case.axis())
    case.add([ctypes.c_int(len(chosen)), library.ints(chosen)], tuple(chosen) if chosen else None)


def triples(case):
    """Two of vectors of three or two elements, and the axis along which these lie."""
    shape = list(case.shape) or [3]
    along = case.r.randrange(len(shape))
    for _ in range(2):
        shape[along] = case.r.choice([2, 3, 3, 3]) if case.r.random() < 0.96 else 4
        case.tensor(tuple(shape))
    case.add([ctypes.c_int(along)], along)


def part(case):
    """Between 0 and 1, ends included."""
    q = float(case.r.choice([0, 0.25, 0.5, 0.9, 1, case.r.random()]))
    case.add([ctypes.c_double(q)], q)


def percent(case):
    q = float(case.r.choice([0, 25, 50, 90, 100, 100 * case.r.random()]))
    case.add([ctypes.c_double(q)], q)


def method(case):
    code = case.r.randrange(5)
    case.add([ctypes.c_int(code)], ("linear", "lower", "higher", "midpoint", "nearest")[code])


def overlap(case):
    code = case.r.randrange(3)
    case.add([ctypes.c_int(code)], ("full", "same", "valid")[code])


def few(case):
    """A vector of its own size."""
    case.tensor((case.r.randint(1, 12),))


def mask(case):
    """bool, of x's first axes."""
    shape = case.shape[:case.r.randint(0, len(case.shape))]
    if shape and case.r.random() < 0.03:
        shape = (shape[0] + 1,) + shape[1:]
    case.tensor(shape, "?")


def mask_row(case):
    """bool, of one axis that may be shorter than x's axis; then the axis."""
    rank = len(case.shape)
    flat = case.r.random() < 0.3
    axis = None if flat else case.axis()
    n = int(np.prod(case.shape)) if flat else case.shape[axis] if -rank <= axis < rank else 2
    case.tensor((max(0, n - case.r.choice([0, 0, 1])),), "?")
    case.add([ctypes.c_int(library.ALL_AXES if flat else axis)], axis)


def number(case):
    """A C number, weakly typed."""
    kind = case.r.choice(["bool", "int", "int", "float", "float"])
    if kind == "bool":
        value = case.r.random() < 0.5
        made = case.lib.call("ssi_number_bool", ctypes.c_int(value))
    elif kind == "int":
        value = case.r.choice([0, 1, 2, 3, 7, 100, case.r.randint(0, 127)])
        made = case.lib.call("ssi_number_int", ctypes.c_int64(value))
    else:
        value = case.r.choice([0.0, 0.5, 1.0, 2.5, 1e-3, 1e30, 0.1, -1.5])
        made = case.lib.call("ssi_number", ctypes.c_double(value))
    case.add([case.lib.checked(made)], value)


def out_each(n):
    """n results, each put behind a pointer of its own."""
    def make(case):
        case.out = (ctypes.c_void_p * n)()
        case.c += [ctypes.byref(case.out, i * ctypes.sizeof(ctypes.c_void_p)) for i in range(n)]
    return make


def parts_along(case):
    """How many parts, which mostly divide the size, the axis, and a place for each."""
    n, along = case.r.randint(1, 5), case.axis()
    if -len(case.shape) <= along < len(case.shape) and case.r.random() < 0.7:
        n = case.r.choice([i for i in range(1, 6) if case.shape[along] % i == 0])
    case.out = (ctypes.c_void_p * n)()
    case.add([ctypes.c_int(n)], n)
    case.add([ctypes.c_int(along), case.out], along)


def cuts_along(case):
    cuts, along = [case.r.randint(-4, 8) for _ in range(case.r.randint(0, 3))], case.axis()
    case.out = (ctypes.c_void_p * (len(cuts) + 1))()
    case.add([ctypes.c_int(len(cuts)), library.int64s(cuts)], cuts)
    case.add([ctypes.c_int(along), case.out], along)


def vectors(case):
    """A list of vectors, some of which have one element, or of which all differ."""
    n, size = case.r.randint(1, 4), case.r.randint(0, 4)
    differ = case.r.random() < (0.7 if case.row.ragged else 0.1)
    sizes = [case.r.randint(0, 4) if differ else case.r.choice([1, size]) for _ in range(n)]
    made = [values.operand(case.lib, case.r, np.dtype(case.r.choice(case.row.dtypes.split())), (m,)) for m in sizes]
    case.operands += made
    case.add([ctypes.c_int(n), (ctypes.c_void_p * n)(*[m.tensor.value for m in made])], [m.array for m in made],
             "[" + ", ".join(m.shown() for m in made) + "]")
    case.vectors = n


def outs_of_vectors(case):
    case.out = (ctypes.c_void_p * case.vectors)()
    case.c.append(case.out)


def along_axis(case):
    """An axis (of x), then indices of x's shape but for that axis's size."""
    chosen = case.axis()
    rank = len(case.shape)
    shape = list(case.shape)
    n = 1
    if rank and -rank <= chosen < rank:
        n = shape[chosen]
        shape[chosen] = case.r.randint(1, 4) if n else 0
    g = np.random.Generator(np.random.PCG64(case.r.getrandbits(64)))
    places = g.integers(-n, n, shape) if n else np.zeros(shape, int)
    made = values.Operand(case.lib, places.astype(case.r.choice(["i4", "i8"])))
    case.add([made.tensor, ctypes.c_int(chosen)], (made.array, chosen), made.shown() + f"; {chosen}")


def places_along(case):
    """An axis or all, and a few places along it; seldom one that is not there."""
    flat = case.r.random() < 0.25
    chosen = None if flat else case.axis()
    rank = len(case.shape)
    n = int(np.prod(case.shape)) if flat else case.shape[chosen] if -rank <= chosen < rank else 1
    places = [case.r.randrange(-n, n) for _ in range(case.r.randint(0, 3))] if n else []
    if case.r.random() < 0.03:
        places.append(n)
    case.add([ctypes.c_int(library.ALL_AXES if flat else chosen), ctypes.c_int(len(places)), library.int64s(places)], (places, chosen))


def small_dtype(case):
    chosen = np.dtype(case.r.choice("i4 i8 f4 f8".split()))
    case.add([ctypes.c_int(library.CODES[chosen])], chosen)


def double(*choices):
    def make(case):
        chosen = float(case.r.choice(choices)) if choices else case.r.choice([1, 0.1, 0.5, 3]) * case.r.randint(-20, 20)
        case.add([ctypes.c_double(chosen)], chosen)
    return make


def no_options(case):
    case.c.append(None)


def shape(case):
    case.add([ctypes.c_int(len(case.shape)), library.int64s(case.shape)], case.shape)


def state(case):
    """A generator of NumPy's old numbers, with its seed."""
    seed = case.r.getrandbits(32)
    generator = case.lib.call("ssi_legacy_new", ctypes.c_uint32(seed))
    case.release = lambda: case.lib.call("ssi_legacy_free", ctypes.c_void_p(generator))
    case.add([ctypes.c_void_p(generator)], np.random.RandomState(seed), f"seed {seed}")
