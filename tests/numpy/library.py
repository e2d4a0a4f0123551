"""library.py - libssi.so by ctypes: tensors from NumPy's arrays and back, and the error of the thread."""

import ctypes

import numpy as np

DTYPES = [np.dtype(n) for n in ("f4", "f8", "f2", "V2", "?", "u1", "i1", "i2", "i4", "i8")]  # ssi_dtype's order; V2: bf16
CODES = {d: i for i, d in enumerate(DTYPES)}
ALL_AXES = -(2**31)
END = 2**63 - 1


class Error(ctypes.Structure):
    _fields_ = [("code", ctypes.c_int), ("operation", ctypes.c_char * 32), ("message", ctypes.c_char * 448),
                ("hint", ctypes.c_char * 192), ("file", ctypes.c_char_p), ("line", ctypes.c_int)]


class Scope(ctypes.Structure):
    _fields_ = [("scope", ctypes.c_void_p)]


class PrintOptions(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("repr", ctypes.c_int), ("precision", ctypes.c_int), ("suppress", ctypes.c_int),
                ("floatmode", ctypes.c_int), ("sign", ctypes.c_char), ("linewidth", ctypes.c_int),
                ("edgeitems", ctypes.c_int), ("threshold", ctypes.c_int64)]


class Failed(Exception):
    """ssi refused; the text is its error's."""


def int64s(values):
    values = [int(v) for v in values]
    return (ctypes.c_int64 * max(1, len(values)))(*values)


def ints(values):
    values = [int(v) for v in values]
    return (ctypes.c_int * max(1, len(values)))(*values)


class Library:
    STATUS = {"ssi_eval", "ssi_rank", "ssi_dtype_of", "ssi_error_take", "ssi_scope_close", "ssi_meshgrid", "ssi_broadcast_arrays",
              "ssi_split", "ssi_array_split", "ssi_split_at", "ssi_nonzero", "ssi_assign_at", "ssi_read", "ssi_assign", "ssi_promote",
              "ssi_save_npy"}
    LONG = {"ssi_dim", "ssi_size", "ssi_format"}

    def __init__(self, path):
        self.c = ctypes.CDLL(path)
        self.c.ssi_scope_open.restype = Scope
        self.known = {}

    def call(self, name, *arguments):
        """The function's value; its arguments are ctypes' own objects."""
        function = self.known.get(name)
        if function is None:
            function = getattr(self.c, name)
            if name != "ssi_scope_open":
                function.restype = (ctypes.c_int if name in self.STATUS else
                                    ctypes.c_int64 if name in self.LONG else ctypes.c_void_p)
            self.known[name] = function
        return function(*arguments)

    def taken_error(self):
        error = Error()
        if not self.call("ssi_error_take", ctypes.byref(error)):
            return None
        return f"{error.operation.decode()}: {error.message.decode('utf8', 'replace')}; {error.hint.decode('utf8', 'replace')}"

    def checked(self, tensor):
        """The tensor as a C argument; raises what made it NULL."""
        if not tensor:
            raise Failed(self.taken_error() or "NULL without an error")
        return ctypes.c_void_p(tensor)

    def tensor(self, array):
        array = np.ascontiguousarray(array).reshape(array.shape)
        return self.checked(self.call("ssi_array", ctypes.c_int(CODES[array.dtype]), ctypes.c_int(array.ndim), int64s(array.shape),
                                      ctypes.c_void_p(array.ctypes.data)))

    def array(self, tensor):
        """A copy of the tensor's values; runs."""
        tensor = self.checked(getattr(tensor, "value", tensor))
        rank = self.call("ssi_rank", tensor)
        shape = [self.call("ssi_dim", tensor, ctypes.c_int(i)) for i in range(rank)]
        out = np.empty(shape, DTYPES[self.call("ssi_dtype_of", tensor)])
        if self.call("ssi_eval", tensor) < 0:
            raise Failed(self.taken_error() or "a failed run without an error")
        if out.size:
            data = self.call("ssi_data", tensor)
            if not data:
                raise Failed(self.taken_error() or "no data without an error")
            ctypes.memmove(out.ctypes.data, data, out.nbytes)
        return out

    def text(self, tensor, options):
        length = self.call("ssi_format", tensor, None, ctypes.c_size_t(0), ctypes.byref(options))
        if length < 0:
            raise Failed(self.taken_error() or "no text without an error")
        out = ctypes.create_string_buffer(length + 1)
        self.call("ssi_format", tensor, out, ctypes.c_size_t(length + 1), ctypes.byref(options))
        return out.value.decode()
