#!/usr/bin/python3
"""Writes tests/nn/torch_vectors.h: what PyTorch computes where ssi should compute the same.

    apt-get install python3-torch && /usr/bin/python3 tests/nn/make_torch.py

Inputs and first weights are not written out: both sides make them by the same congruential generator (see numbers.h), exactly
representable in f32.
"""
import os
import torch
import torch.nn.functional as F

torch.set_num_threads(1)


class Numbers:
    """x <- 1103515245 x + 12345 mod 2^31; bits 15 to 30 as a fraction of 65536, less 1/2."""

    def __init__(self, seed):
        self.x = seed

    def take(self, *shape, scale=1.0, dtype=torch.float64):
        count = 1
        for size in shape:
            count *= size
        values = []
        for _ in range(count):
            self.x = (self.x * 1103515245 + 12345) & 0x7FFFFFFF
            values.append(((self.x >> 15) / 65536 - 0.5) * scale)
        return torch.tensor(values, dtype=dtype).reshape(shape)


out = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "torch_vectors.h"), "w")


def line(text):
    out.write(text + "\n")


def array(name, tensor):
    numbers = [repr(float(v)) for v in tensor.detach().double().flatten()]
    line("static const double %s[] = {" % name)
    text = "   "
    for n in numbers:
        if len(text) + len(n) > 115:
            line(text)
            text = "   "
        text += " " + n + ","
    line(text)
    line("};")


line("/* torch_vectors.h - written by make_torch.py with PyTorch %s: do not edit. */" % torch.__version__.split("+")[0])
line("/* clang-format off */")

# ---- activations: value and gradient of sum(y * k), k from the generator ----

GRID = [-30.0, -5.0, -2.0, -1.0, -0.5, -0.001, 0.0, 0.001, 0.25, 1.0, 1.5, 3.0, 8.0, 30.0]
ACTIVATIONS = {
    "linear": lambda x: x,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": F.relu,
    "leaky_relu": F.leaky_relu,
    "elu": F.elu,
    "gelu": F.gelu,
    "silu": F.silu,
    "softplus": lambda x: torch.logaddexp(x, torch.zeros_like(x)),  # F.softplus is linear from 20 on
    "softmax": lambda x: F.softmax(x, -1),
}
array("torch_grid", torch.tensor(GRID, dtype=torch.float64))
for name, f in ACTIVATIONS.items():
    x = torch.tensor(GRID, dtype=torch.float64).reshape(2, 7).requires_grad_()
    k = Numbers(3).take(2, 7)
    y = f(x)
    (y * k).sum().backward()
    array("torch_%s" % name, y)
    array("torch_%s_gradient" % name, x.grad)

# ---- losses: value and gradient, prediction (6, 5) from seed 11, target from seed 12 ----


def labels_of(n, classes):
    return torch.tensor([(7 * i + i // 3) % classes for i in range(n)])


LOSSES = {
    "mse": lambda p, t: F.mse_loss(p, t),
    "mae": lambda p, t: F.l1_loss(p, t),
    "huber": lambda p, t: F.huber_loss(p, t, delta=0.5),
    "binary_cross_entropy": lambda p, t: F.binary_cross_entropy_with_logits(p, t + 0.5),
    "cross_entropy": lambda p, t: F.cross_entropy(p, labels_of(6, 5)),
}
for name, f in LOSSES.items():
    p = Numbers(11).take(6, 5, scale=8.0).requires_grad_()
    loss = f(p, Numbers(12).take(6, 5))
    loss.backward()
    array("torch_%s" % name, loss)
    array("torch_%s_gradient" % name, p.grad)

# ---- a network: outputs and gradients of 12-9-7-4, tanh and gelu, 8 examples; weights in the order of its parameters ----


def network(dtype, sizes, seed):
    numbers = Numbers(seed)
    weights = []
    for d, k in zip(sizes, sizes[1:]):
        weights.append(numbers.take(d, k, scale=1.0, dtype=dtype).requires_grad_())
        weights.append(numbers.take(k, scale=0.25, dtype=dtype).requires_grad_())
    return weights


def forward(weights, x, activations):
    for i, f in enumerate(activations):
        x = f(x @ weights[2 * i] + weights[2 * i + 1])
    return x


w = network(torch.float64, [12, 9, 7, 4], 21)
y = forward(w, Numbers(22).take(8, 12, scale=2.0), [torch.tanh, F.gelu, lambda x: x])
F.cross_entropy(y, labels_of(8, 4)).backward()
array("torch_network", y)
array("torch_network_gradients", torch.cat([p.grad.flatten() for p in w]))

# ---- optimisers: the losses of the first ten steps of 20-32-32-5 with ReLU, 24 examples ----

OPTIMIZERS = {
    "sgd": lambda w: torch.optim.SGD(w, lr=0.1),
    "sgd_decay": lambda w: torch.optim.SGD(w, lr=0.1, momentum=0.9, dampening=0.3, weight_decay=0.01),
    "momentum": lambda w: torch.optim.SGD(w, lr=0.05, momentum=0.9),
    "nesterov": lambda w: torch.optim.SGD(w, lr=0.05, momentum=0.9, nesterov=True),
    "adagrad": lambda w: torch.optim.Adagrad(w, lr=0.01),
    "adagrad_decay": lambda w: torch.optim.Adagrad(w, lr=0.02, lr_decay=0.1, weight_decay=0.01,
                                                   initial_accumulator_value=0.1),
    "rmsprop": lambda w: torch.optim.RMSprop(w, lr=0.01),
    "rmsprop_centered": lambda w: torch.optim.RMSprop(w, lr=0.001, momentum=0.9, centered=True, weight_decay=0.01),
    "adam": lambda w: torch.optim.Adam(w, lr=1e-3),
    "adam_decay": lambda w: torch.optim.Adam(w, lr=1e-2, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.01),
    "adamw": lambda w: torch.optim.AdamW(w, lr=1e-3),
}


def ten_losses(make, dtype):
    w = network(dtype, [20, 32, 32, 5], 31)
    x, labels = Numbers(32).take(24, 20, scale=2.0, dtype=dtype), labels_of(24, 5)
    optimizer = make(w)
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = F.cross_entropy(forward(w, x, [F.relu, F.relu, lambda x: x]), labels)
        loss.backward()
        optimizer.step()
        losses.append(float(loss))
    return torch.tensor(losses, dtype=torch.float64)


for name, make in OPTIMIZERS.items():
    array("torch_%s_f64" % name, ten_losses(make, torch.float64))
    array("torch_%s_f32" % name, ten_losses(make, torch.float32))
