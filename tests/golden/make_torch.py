#!/usr/bin/python3
"""Writes torch.txt: values and gradients of PyTorch, in f64, that test_torch.c holds ssi to.

    apt-get install python3-torch && python3 make_torch.py > torch.txt

Each line is NAME SHAPE NUMBER... For a case, case.x0, case.x1, ... are its operands (few bits, so that f32 holds them exactly), case.y its
value, case.d0, case.d1, ... the gradients of sum(y * w) with w = 1/2, 5/8, 6/8, ... 10/8, 1/2, ... and case.s0, ... the
gradient of sum(d0 * w) by x0, ..., where it depends on it.
"""
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
generator = torch.Generator().manual_seed(20)


def u(*shape, low=-2.0, high=2.0):
    """Uniform numbers with five bits behind the point, none of them 0."""
    x = low + (high - low) * torch.rand(shape, generator=generator)
    x = torch.round(x * 32) / 32
    return torch.where(x == 0, torch.full_like(x, 1 / 32), x)


def p(*shape):
    return u(*shape, low=0.5, high=2.5)


def v(*numbers):
    return torch.tensor(numbers, dtype=torch.float64)


def edges():
    return v(-3, -1, -0.5, 0, 0.5, 1, 3)


index = torch.tensor([[3, 0], [0, -1]])
labels = torch.tensor([2, 0, 1])
condition = torch.tensor([[True, False, True, True], [False, False, True, False], [True, True, False, True]])


def scatter(x, rows):
    return x.index_add(0, torch.tensor([3, 0, 0]), rows)


def flipped_slice(x):
    return torch.flip(x, [0])[0:5:2, 1:3]


cases = {
    # operations of the table
    "add": (torch.add, u(3, 4), u(4)),
    "sub": (torch.sub, u(3, 1), u(2, 1, 4)),
    "mul": (torch.mul, u(3, 4), u(3, 1)),
    "div": (torch.div, u(3, 4), p(4)),
    "pow": (torch.pow, p(3, 4), u(4)),
    "pow_edges": (torch.pow, v(0, 0, 0, 2, 2, -2, -2, 1), v(0, 2, 1, 0, 1, 2, 3, 0)),
    "maximum": (torch.maximum, v(1, 2, 3, -1, 0), v(1, 3, 2, -1, 0)),
    "minimum": (torch.minimum, v(1, 2, 3, -1, 0), v(1, 3, 2, -1, 0)),
    "neg": (torch.neg, u(5)),
    "abs": (torch.abs, edges()),
    "sign": (torch.sign, edges()),
    "floor": (torch.floor, edges()),
    "exp": (torch.exp, u(3, 4)),
    "log": (torch.log, p(3, 4)),
    "sqrt": (torch.sqrt, p(3, 4)),
    "sin": (torch.sin, u(3, 4, low=-9, high=9)),
    "cos": (torch.cos, u(3, 4, low=-9, high=9)),
    "tanh": (torch.tanh, u(3, 4)),
    "erf": (torch.erf, u(3, 4)),
    "sigmoid": (torch.sigmoid, u(3, 4, low=-8, high=8)),
    "relu": (torch.relu, edges()),
    "where": (lambda a, b: torch.where(condition, a, b), u(3, 4), u(4)),
    "reshape": (lambda x: x.reshape(2, 6), u(3, 4)),
    "permute": (lambda x: x.permute(2, 0, 1), u(2, 3, 4)),
    "expand": (lambda x: x.expand(2, 3, 4), u(3, 1)),
    "slice": (flipped_slice, u(5, 4)),
    "pad": (lambda x: F.pad(x, (1, 0, 2, 1), value=1.5), u(2, 3)),
    "concatenate": (lambda a, b: torch.cat([a, b, a], 1), u(3, 2), u(3, 1)),
    "sum": (lambda x: x.sum((0, 2)), u(2, 3, 4)),
    "prod": (lambda x: x.prod(1), u(3, 4)),
    "prod_zeros": (lambda x: x.prod(1), v(1, 2, 3, 0, 2, 3, 0, 2, 0, 0, 0, 0).reshape(4, 3)),
    "prod_all": (torch.prod, u(2, 3)),
    "max": (lambda x: x.amax(1), v(1, 3, 3, 2, 2, 2, 5, 4, 3).reshape(3, 3)),
    "min": (lambda x: x.amin((0, 1)), v(1, 3, 3, 2, 1, 2).reshape(2, 3)),
    "matmul": (torch.matmul, u(3, 4), u(4, 2)),
    "matmul_vector": (torch.matmul, u(4), u(2, 4, 3)),
    "matmul_dot": (torch.matmul, u(6), u(6)),
    "matmul_stack": (torch.matmul, u(2, 3, 4), u(4, 2)),
    "matmul_broadcast": (torch.matmul, u(2, 1, 3, 2), u(3, 2, 2)),
    "gather": (lambda x: x[index], u(4, 3)),
    "scatter_add": (scatter, u(4, 2), u(3, 2)),
    # compositions
    "softmax": (lambda x: torch.softmax(x, -1), u(3, 4)),
    "log_softmax": (lambda x: torch.log_softmax(x, 0), u(3, 4)),
    "logsumexp": (lambda x: torch.logsumexp(x, 1), u(3, 4)),
    "mean": (lambda x: x.mean(0), u(3, 4)),
    "var": (lambda x: x.var(1, unbiased=True), u(3, 4)),
    "std": (lambda x: x.std((0, 1), unbiased=False), u(3, 4)),
    "norm": (lambda x: torch.linalg.vector_norm(x, dim=1), u(3, 4)),
    "norm_zero": (torch.linalg.vector_norm, v(0, 0, 0)),
    "clip": (lambda x: torch.clamp(x, -1, 1), edges()),
    "log1p": (torch.log1p, v(-0.5, 0.03125, 1e-7, 0.25, 3)),
    "expm1": (torch.expm1, v(-2, -0.03125, 1e-7, 0.25, 3)),
    "gelu": (F.gelu, edges()),
    "silu": (F.silu, edges()),
    "elu": (F.elu, edges()),
    "leaky_relu": (lambda x: F.leaky_relu(x, 0.125), edges()),
    "softplus": (F.softplus, edges()),
    "square": (torch.square, u(5)),
    "reciprocal": (torch.reciprocal, p(5)),
    "stack": (lambda a, b: torch.stack([a, b], 1), u(3), u(3)),
    # networks' parts
    "cross_entropy": (lambda x: F.cross_entropy(x, labels), u(3, 4)),
    "binary_cross_entropy": (lambda x: F.binary_cross_entropy_with_logits(x, v(1, 0, 0.5, 1, 0, 0, 1)), edges() * 4),
    "mse": (F.mse_loss, u(3, 4), u(3, 4)),
    "mae": (F.l1_loss, v(1, 2, 3), v(1, 3, 1)),
    "huber": (lambda a, b: F.huber_loss(a, b, delta=1.5), v(1, 2, 9, -4, 0.5), v(1, 3.5, 1, 0, 2)),
    "dense": (lambda x, w, b: torch.tanh(x @ w + b), u(3, 4), u(4, 2), u(2)),
}


# Here operands lie on kinks, where PyTorch's second gradient takes another side than the first.
kinks = {"elu", "huber", "binary_cross_entropy"}


def weights(y):
    return (torch.arange(y.numel()) % 7 * 0.125 + 0.5).reshape(y.shape)


def line(name, x):
    x = x.detach() + torch.zeros(x.shape)
    shape = ",".join(str(n) for n in x.shape) or "."
    print(name, shape, *[f"{n:.17g}" for n in x.flatten().tolist()])


for name, (f, *x) in cases.items():
    x = [t.clone().requires_grad_() for t in x]
    y = f(*x)
    gradients = torch.autograd.grad((y * weights(y)).sum(), x, create_graph=True)
    for i, t in enumerate(x):
        line(f"{name}.x{i}", t)
    line(f"{name}.y", y)
    for i, d in enumerate(gradients):
        line(f"{name}.d{i}", d)
        if d.requires_grad and name not in kinks:
            (s,) = torch.autograd.grad((d * weights(d)).sum(), x[i], allow_unused=True, retain_graph=True)
            if s is not None and torch.isfinite(s).all():  # at edges PyTorch's second gradients are NaN
                line(f"{name}.s{i}", s)
