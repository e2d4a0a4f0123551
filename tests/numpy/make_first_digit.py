#!/usr/bin/python3
"""make_first_digit.py - writes first_digit.txt beside itself: what NumPy prints for the first of MNIST's pictures, print(x_train[0])."""

import gzip
import hashlib
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
with gzip.open(os.path.join(HERE, "../../data/mnist/train-images-idx3-ubyte.gz")) as file:
    x = np.frombuffer(file.read(16 + 784)[16:], np.uint8).reshape(28, 28)
text = str(x) + "\n"
print(hashlib.sha256(text.encode()).hexdigest())
with open(os.path.join(HERE, "first_digit.txt"), "w") as file:
    file.write(text)
