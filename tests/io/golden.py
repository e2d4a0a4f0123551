#!/usr/bin/env python3
"""Writes tests/io/golden/: safetensors files made from the description of the format alone, with nothing but struct and json.

own.safetensors      as ssi writes it: the test saves the same tensors and compares byte for byte
foreign.safetensors  as others may write it: keys in another order, blanks, escapes, odd offsets, no padding, an empty tensor
"""
import json
import os
import struct

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden")


def bf16(values):
    return b"".join(struct.pack("<f", v)[2:] for v in values)


def pack(code):
    return lambda values: struct.pack(f"<{len(values)}{code}", *values)


def halves(count):
    return [0.5 * k - 1 for k in range(count)]


# name, dtype, shape, values, bytes
TENSORS = [
    ("f32", "F32", [2, 3], halves(6), pack("f")),
    ("f64", "F64", [6], halves(6), pack("d")),
    ("f16", "F16", [3, 2], halves(6), pack("e")),
    ("bf16", "BF16", [1, 6], halves(6), bf16),
    ("bool", "BOOL", [5], [k % 2 for k in range(5)], pack("B")),
    ("u8", "U8", [3], [0, 100, 200], pack("B")),
    ("i8", "I8", [3], [-100, 0, 100], pack("b")),
    ("i16", "I16", [3], [-30000, 0, 30000], pack("h")),
    ("i32", "I32", [3], [-2000000000, 0, 2000000000], pack("i")),
    ("i64", "I64", [3], [-2**62, 0, 2**62], pack("q")),
    ("scalar", "F32", [], [-1.0], pack("f")),
    ("empty", "F32", [0, 4], [], pack("f")),
    ("가중치", "F32", [1], [-1.0], pack("f")),
]


def entry(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def write(name, header, data):
    with open(os.path.join(FOLDER, name), "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header + data)


def own():
    header, data = {"__metadata__": {"producer": "golden", "quote": 'a "b" \\ c\n'}}, b""
    for name, dtype, shape, values, to_bytes in TENSORS:
        part = to_bytes(values)
        header[name] = entry(dtype, shape, len(data), len(data) + len(part))
        data += part
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    write("own.safetensors", text + b" " * (-len(text) % 8), data)


def foreign():
    header, data = {}, b""
    for name, dtype, shape, values, to_bytes in TENSORS[4:] + TENSORS[:4]:  # bool first: the offsets become odd
        part = to_bytes(values)
        about = entry(dtype, shape, len(data), len(data) + len(part))
        header[name] = dict(reversed(about.items()))
        data += part
    header["__metadata__"] = {"producer": "golden", "quote": 'a "b" \\ c\n'}
    text = json.dumps(dict(reversed(header.items())), indent=1).encode()
    write("foreign.safetensors", text, data)


os.makedirs(FOLDER, exist_ok=True)
own()
foreign()
