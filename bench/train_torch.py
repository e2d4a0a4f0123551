"""The lecture's network, 784-256-256-256-256-10 on MNIST with Adam, trained by PyTorch: the peer that bench/train runs beside ssi.

    OMP_NUM_THREADS=N python3 bench/train_torch.py FOLDER THREADS EPOCHS [VARIANT]

One line of JSON for each epoch. What makes PyTorch fast here: the whole epoch is put in order at once and its batches are slices (gathering rows for
each batch costs more); denormal numbers are flushed (Adam's moments of pixels that are always black become denormal); VARIANT is the way its
optimiser and its graph run: "plain", "foreach" (updates of all parameters together), "traced" (the forward pass as a TorchScript graph) or "bf16"
(products in bf16, by autocast).
"""
import gzip
import json
import sys
import time

import numpy
import torch

BATCH = 128
WIDTHS = [784, 256, 256, 256, 256, 10]


def idx(path):
    """The array of an idx file: 4 bytes of magic (the last is the number of axes), the sizes, the elements."""
    with gzip.open(path) as file:
        data = file.read()
    axes = data[3]
    shape = [int.from_bytes(data[4 + 4 * i:8 + 4 * i], "big") for i in range(axes)]
    return numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * axes).reshape(shape)


def load(folder, part):
    images = idx(f"{folder}/{part}-images-idx3-ubyte.gz").reshape(-1, WIDTHS[0])
    labels = idx(f"{folder}/{part}-labels-idx1-ubyte.gz")
    return torch.tensor(images.astype(numpy.float32) / 255), torch.tensor(labels.astype(numpy.int64))


def network():
    layers = []
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def train_epoch(forward, optimizer, images, labels, steps, bf16):
    loss_of = torch.nn.CrossEntropyLoss()
    order = torch.randperm(len(images))
    images, labels = images[order], labels[order]
    for step in range(steps):
        batch = slice(step * BATCH, (step + 1) * BATCH)
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            logits = forward(images[batch])
        loss = loss_of(logits.float(), labels[batch])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()


def accuracy(net, images, labels):
    with torch.no_grad():
        return (net(images).argmax(1) == labels).float().mean().item()


def main():
    folder, threads, epochs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    variant = sys.argv[4] if len(sys.argv) > 4 else "plain"
    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(0)
    images, labels = load(folder, "train")
    test = load(folder, "t10k")
    net = network()
    forward = torch.jit.trace(net, images[:BATCH]) if variant == "traced" else net
    optimizer = torch.optim.Adam(net.parameters(), 1e-3, foreach=variant == "foreach")
    steps = -(-len(images) // BATCH)
    for _ in range(epochs):
        start = time.perf_counter()
        train_epoch(forward, optimizer, images, labels, steps, variant == "bf16")
        seconds = time.perf_counter() - start
        print(json.dumps({"seconds": seconds, "accuracy": accuracy(net, *test)}), flush=True)


main()
