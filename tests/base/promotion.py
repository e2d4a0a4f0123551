"""Writes promotion.inc: numpy.promote_types of every pair of dtypes; pairs with bf16 as torch.promote_types gives them."""
import numpy as np

NAMES = {"f32": "float32", "f64": "float64", "f16": "float16", "bool": "bool", "u8": "uint8",
         "i8": "int8", "i16": "int16", "i32": "int32", "i64": "int64"}
BACK = {np.dtype(v): k for k, v in NAMES.items()}
WITH_BF16 = {"f32": "f32", "f64": "f64", "f16": "f32"}  # bf16 with bool or integers stays bf16

with open("promotion.inc", "w") as out:
    out.write("/* Written by promotion.py; numpy %s. */\n" % np.__version__)
    for a in NAMES:
        for b in NAMES:
            both = BACK[np.promote_types(NAMES[a], NAMES[b])]
            out.write("{SSI_%s, SSI_%s, SSI_%s},\n" % (a.upper(), b.upper(), both.upper()))
        both = WITH_BF16.get(a, "bf16").upper()
        out.write("{SSI_%s, SSI_BF16, SSI_%s},\n{SSI_BF16, SSI_%s, SSI_%s},\n" % (a.upper(), both, a.upper(), both))
    out.write("{SSI_BF16, SSI_BF16, SSI_BF16},\n")
