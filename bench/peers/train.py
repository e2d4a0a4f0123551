"""The lecture's network, 784-256-256-256-256-10 on MNIST with Adam at a batch of 128, trained by peers in Python: bench/compare runs this beside ssi.

    OMP_NUM_THREADS=N python3 train.py torch|sklearn FOLDER THREADS EPOCHS [VARIANT]

One line of JSON for each epoch. What makes PyTorch fast here: the whole epoch is put in order at once and its batches are slices (gathering rows for
each batch costs more); denormal numbers are flushed (Adam's moments of pixels that are always black become denormal); VARIANT is the way its
optimiser and its graph run: "plain", "foreach" (updates of all parameters together), "traced" (the forward pass as a TorchScript graph) or "bf16"
(products in bf16, by autocast).
"""
import gzip
import json
import sys
import time
import warnings

import numpy

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
    return images.astype(numpy.float32) / 255, idx(f"{folder}/{part}-labels-idx1-ubyte.gz").astype(numpy.int64)


def say(peer, version, precision, seconds, accuracy):
    print(json.dumps({"group": "train", "name": "network", "peer": peer, "version": version, "precision": precision, "seconds": seconds, "accuracy": accuracy}), flush=True)


# ---- PyTorch ----

def torch_network():
    import torch
    layers = []
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def torch_epoch(forward, optimizer, images, labels, steps, bf16):
    import torch
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


def train_torch(folder, threads, epochs, variant):
    import torch
    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(0)
    images, labels = map(torch.tensor, load(folder, "train"))
    test_images, test_labels = map(torch.tensor, load(folder, "t10k"))
    net = torch_network()
    forward = torch.jit.trace(net, images[:BATCH]) if variant == "traced" else net
    optimizer = torch.optim.Adam(net.parameters(), 1e-3, foreach=variant == "foreach")
    steps = -(-len(images) // BATCH)
    for _ in range(epochs):
        start = time.perf_counter()
        torch_epoch(forward, optimizer, images, labels, steps, variant == "bf16")
        seconds = time.perf_counter() - start
        with torch.no_grad():
            right = (net(test_images).argmax(1) == test_labels).float().mean().item()
        say("PyTorch", torch.__version__, "medium" if variant == "bf16" else "highest", seconds, right)


# ---- scikit-learn ----

def train_sklearn(folder, threads, epochs, variant):
    import sklearn
    from sklearn.neural_network import MLPClassifier
    warnings.filterwarnings("ignore")  # that an epoch is no convergence
    images, labels = load(folder, "train")
    test = load(folder, "t10k")
    net = MLPClassifier(WIDTHS[1:-1], batch_size=BATCH, learning_rate_init=1e-3, alpha=0, max_iter=1, warm_start=True, random_state=0)
    for _ in range(epochs):
        start = time.perf_counter()
        net.fit(images, labels)
        seconds = time.perf_counter() - start
        say("scikit-learn", sklearn.__version__, "highest", seconds, net.score(*test))


def main():
    peer, folder, threads, epochs = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    variant = sys.argv[5] if len(sys.argv) > 5 else "plain"
    {"torch": train_torch, "sklearn": train_sklearn}[peer](folder, threads, epochs, variant)


main()
