"""What peers need for the products and predictions of `ssi bench`, one line of JSON for each row: bench/compare runs it beside ssi.

    OMP_NUM_THREADS=N python3 bench/peers.py THREADS products|predict...

Products: NumPy's (OpenBLAS, f32) and PyTorch's (oneDNN; in bf16 its operands are bf16 already). Predictions: PyTorch at its best, which is the fastest of
the plain network, the frozen graph, and the graph prepared for oneDNN; in bf16 the network under autocast and the network turned into bf16.
"""
import copy
import json
import sys
import time

import numpy
import torch

SHAPES = [(128, 256, 784), (128, 256, 256), (128, 10, 256), (1024, 1024, 1024)]
WIDTHS = [784, 256, 256, 256, 256, 10]


def seconds(work):
    """The median of the runs of 0.2 s, as ssi bench takes it."""
    for _ in range(3):
        work()
    spent, end = [], time.perf_counter() + 0.2
    while len(spent) < 5 or time.perf_counter() < end:
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return sorted(spent)[len(spent) // 2]


def say(group, name, peer, precision, spent):
    print(json.dumps({"group": group, "name": name, "peer": peer, "precision": precision, "seconds": spent}), flush=True)


def products():
    for m, n, k in SHAPES:
        name = f"({m},{k}) @ ({k},{n})"
        a, b = (numpy.random.default_rng(0).random(shape, numpy.float32) for shape in ((m, k), (k, n)))
        c = numpy.empty((m, n), numpy.float32)
        say("products", name, "OpenBLAS", "highest", seconds(lambda: numpy.matmul(a, b, out=c)))
        x, y = torch.from_numpy(a), torch.from_numpy(b)
        say("products", name, "PyTorch", "highest", seconds(lambda: x @ y))
        halves = x.bfloat16(), y.bfloat16()
        say("products", name, "PyTorch", "medium", seconds(lambda: halves[0] @ halves[1]))


def network():
    layers = []
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1]).eval()


def predictions():
    net = network()
    half = copy.deepcopy(net).bfloat16()
    for batch in (1, 128, 1024):
        x = torch.rand(batch, WIDTHS[0])
        narrow = x.bfloat16()
        frozen = torch.jit.freeze(torch.jit.trace(net, x))
        prepared = torch.jit.optimize_for_inference(torch.jit.trace(net, x))
        name = f"network, batch {batch}"
        say("predict", name, "PyTorch", "highest", min(seconds(lambda: f(x)) for f in (net, frozen, prepared)))
        with torch.autocast("cpu", torch.bfloat16):
            cast = seconds(lambda: net(x))
        say("predict", name, "PyTorch", "medium", min(cast, seconds(lambda: half(narrow))))


def main():
    torch.set_num_threads(int(sys.argv[1]))
    torch.set_flush_denormal(True)
    with torch.inference_mode():
        for group in sys.argv[2:]:
            {"products": products, "predict": predictions}[group]()


main()
