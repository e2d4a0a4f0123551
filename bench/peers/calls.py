"""What peers in Python need for the products and predictions of `ssi bench`: one line of JSON for each row. bench/compare runs it beside ssi.

    OMP_NUM_THREADS=N python3 calls.py PEER THREADS products|predict          PEER: numpy, torch or sklearn
    python3 calls.py torch 1 export MODEL.onnx                                the network, for onnxruntime

PyTorch at its best is the fastest of the plain network, the frozen graph and the graph prepared for oneDNN; in bf16, of the network under autocast and the
network turned into bf16; its bf16 products get operands that are bf16 already.

Predictions are of the first of MNIST's test digits, and, in the rows "dense", of random numbers.
"""
import copy
import gzip
import json
import os
import sys
import time

import numpy

SHAPES = [(128, 256, 784, False), (128, 256, 256, False), (128, 10, 256, False), (784, 256, 128, True), (1024, 1024, 1024, False)]
WIDTHS = [784, 256, 256, 256, 256, 10]
BATCHES = (1, 128, 1024)


def times(work):
    """Median and 99th percentile of the runs of 0.2 s, as ssi bench takes them."""
    for _ in range(3):
        work()
    spent, end = [], time.perf_counter() + 0.2
    while len(spent) < 5 or time.perf_counter() < end:
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    spent.sort()
    return spent[len(spent) // 2], spent[len(spent) * 99 // 100]


def say(group, name, peer, version, precision, spent):
    print(json.dumps({"group": group, "name": name, "peer": peer, "version": version, "precision": precision, "seconds": spent[0], "p99": spent[1]}), flush=True)


def operands():
    """name, a, b; where the first operand is turned, a view of it."""
    for m, n, k, turned in SHAPES:
        a, b = (numpy.random.default_rng(0).random(shape, numpy.float32) for shape in ((k, m) if turned else (m, k), (k, n)))
        yield f"({a.shape[0]},{a.shape[1]}){'.T' if turned else ''} @ ({k},{n})", a.T if turned else a, b


def numpy_products():
    for name, a, b in operands():
        c = numpy.empty((len(a), b.shape[1]), numpy.float32)
        say("products", name, "OpenBLAS", f"by NumPy {numpy.__version__}", "highest", times(lambda: numpy.matmul(a, b, out=c)))


def torch_products():
    import torch
    for name, a, b in operands():
        x, y = torch.from_numpy(a), torch.from_numpy(b)
        say("products", name, "PyTorch", torch.__version__, "highest", times(lambda: x @ y))
        halves = x.bfloat16(), y.bfloat16()
        spent = times(lambda: halves[0] @ halves[1])  # the result is bf16, too: so in both rows of bench/compare
        for row in (name, f"{name}, kept in bf16"):
            say("products", row, "PyTorch", torch.__version__, "medium", spent)


def inputs():
    """name, x: digits, then random numbers."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "mnist", "t10k-images-idx3-ubyte.gz")
    with gzip.open(path) as file:
        digits = numpy.frombuffer(file.read(), numpy.uint8, offset=16).reshape(-1, WIDTHS[0]).astype(numpy.float32) / 255
    for batch in BATCHES:
        yield f"network, batch {batch}", digits[:batch].copy()
    for batch in BATCHES:
        yield f"network, batch {batch}, dense", numpy.random.default_rng(0).random((batch, WIDTHS[0]), numpy.float32)


def torch_network():
    import torch
    layers = []
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1]).eval()


def torch_predictions():
    import torch
    net = torch_network()
    half = copy.deepcopy(net).bfloat16()
    for name, numbers in inputs():
        x = torch.from_numpy(numbers)
        narrow = x.bfloat16()
        frozen = torch.jit.freeze(torch.jit.trace(net, x))
        prepared = torch.jit.optimize_for_inference(torch.jit.trace(net, x))
        say("predict", name, "PyTorch", torch.__version__, "highest", min(times(lambda: f(x)) for f in (net, frozen, prepared)))
        with torch.autocast("cpu", torch.bfloat16):
            cast = times(lambda: net(x))
        say("predict", name, "PyTorch", torch.__version__, "medium", min(cast, times(lambda: half(narrow))))


def sklearn_predictions():
    import sklearn
    from sklearn.neural_network import MLPClassifier
    net = MLPClassifier(WIDTHS[1:-1], max_iter=1)
    random = numpy.random.default_rng(0)
    net.fit(random.random((100, WIDTHS[0]), numpy.float32), numpy.arange(100) % WIDTHS[-1])
    for name, x in inputs():
        say("predict", name, "scikit-learn", sklearn.__version__, "highest", times(lambda: net.predict_proba(x)))


def export(path):
    import torch
    torch.onnx.export(torch_network(), torch.rand(1, WIDTHS[0]), path, input_names=["x"], dynamic_axes={"x": {0: "n"}})


def main():
    peer, threads, job = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    if peer == "torch":
        import torch
        torch.set_num_threads(threads)
        torch.set_flush_denormal(True)
        torch.set_grad_enabled(False)
    jobs = {("numpy", "products"): numpy_products, ("torch", "products"): torch_products, ("torch", "predict"): torch_predictions,
            ("sklearn", "predict"): sklearn_predictions, ("torch", "export"): lambda: export(sys.argv[4])}
    jobs[peer, job]()


main()
