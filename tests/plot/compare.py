#!/usr/bin/env python3
"""compare.py - how near ssi's figures are to matplotlib's of the same data.

    compare.py PROJECT --draw             draws the references by matplotlib (Debian's python3-matplotlib 3.6, fonts-nanum) into docs/images/plots
    compare.py PROJECT example_plots      draws examples/plots.c's four figures by ssi and compares; needs numpy and gnuplot
    compare.py PROJECT example_plots --keep    the same, and keeps ssi's pictures beside the references, for docs/plots.md

What must hold, at 640 x 480: the axes' box within 2 pixels; the same tick labels in the same order; the same colors (within 1 of 255); SSIM (Wang 2004, with
windows of 7 x 7, of the grey pictures) at least 0.9.
"""
import gzip
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib

FIGURES = ["sine", "digits", "regions", "bars"]
BOX_PIXELS, LEAST_SSIM = 2, 0.9


# ---- the references ----


def digits_of(project):
    import numpy as np

    def idx(name, skip):
        with gzip.open(os.path.join(project, "data/mnist", name + ".gz")) as file:
            return np.frombuffer(file.read()[skip:], np.uint8)

    return idx("t10k-images-idx3-ubyte", 16)[: 10 * 784].reshape(10, 28, 28), idx("t10k-labels-idx1-ubyte", 8)[:10]


def draw_references(project):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import numpy as np
    from matplotlib.colors import ListedColormap

    plt.rcParams["font.family"] = ["DejaVu Sans", "NanumGothic"]
    folder = os.path.join(project, "docs/images/plots")
    facts = {"matplotlib": matplotlib.__version__}

    def finish(name):
        figure = plt.gcf()
        figure.savefig(os.path.join(folder, name + ".matplotlib.png"))
        boxes, labels = [], []
        for axes in figure.axes:
            box = axes.get_window_extent()
            boxes.append([box.x0, box.x1, box.y0, box.y1])
            if axes.axison:
                for axis, limits in ((axes.xaxis, sorted(axes.get_xlim())), (axes.yaxis, sorted(axes.get_ylim()))):
                    slack = 1e-9 * (limits[1] - limits[0])
                    labels += [
                        text.get_text()
                        for at, text in zip(axis.get_majorticklocs(), axis.get_ticklabels())
                        if limits[0] - slack <= at <= limits[1] + slack
                    ]
        facts[name] = {"boxes": boxes, "labels": labels}
        plt.close()

    plt.figure()
    x = np.arange(0, 6, 0.1)
    plt.plot(x, np.sin(x), label="sin")
    plt.plot(x, np.cos(x), "--", label="cos")
    plt.title("sine and cosine")
    plt.xlabel("x")
    plt.ylabel("y")
    plt.legend()
    finish("sine")

    images, labels = digits_of(project)
    figure, panels = plt.subplots(2, 5)
    for axes, image, label in zip(panels.flat, images, labels):
        axes.imshow(image, cmap="Greys")
        axes.set_title(str(label))
        axes.axis("off")
    plt.tight_layout()
    finish("digits")

    edges_x, edges_y = np.linspace(-3, 3, 201), np.linspace(-2, 2, 201)
    across, up = (edges_x[1:] + edges_x[:-1]) / 2, (edges_y[1:] + edges_y[:-1]) / 2
    region = up[:, None] > np.sin(across)[None, :]
    i = np.arange(30)
    px = -2.5 + 5 * (i // 2) / 14.0
    py = np.sin(px) + np.where(i % 2, 0.6, -0.6)
    plt.figure()
    plt.imshow(region, origin="lower", extent=(-3, 3, -2, 2), cmap=ListedColormap(["C0", "C1"]), alpha=0.3, aspect="auto")
    for k, name in enumerate(["below", "above"]):
        plt.scatter(px[i % 2 == k], py[i % 2 == k], c=f"C{k}", label=name, edgecolors="black")
    plt.title("a decision")
    plt.xlabel("x1")
    plt.ylabel("x2")
    plt.legend()
    finish("regions")

    scores = np.array([82, 91, 76, 88, 70, 78, 85, 90, 64, 81]).reshape(2, 5)
    plt.figure()
    plt.bar(np.arange(5) - 0.2, scores[0], 0.4, label="1반")
    plt.bar(np.arange(5) + 0.2, scores[1], 0.4, label="2반")
    plt.xticks(np.arange(5), ["국어", "수학", "영어", "과학", "사회"])
    plt.title("과목별 평균 점수")
    plt.xlabel("과목")
    plt.ylabel("점수")
    plt.ylim(0, 120)
    plt.legend()
    finish("bars")

    with open(os.path.join(folder, "matplotlib.json"), "w", encoding="utf-8") as file:
        json.dump(facts, file, ensure_ascii=False, indent=1)
        file.write("\n")


# ---- comparing ----


def read_png(path):
    """The picture's red, green and blue, (H,W,3) u8; of the kinds of PNG that matplotlib and gnuplot write (8 bits, not interlaced)."""
    import numpy as np

    data = open(path, "rb").read()
    at, packed = 8, b""
    while at < len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, color, _, _, interlaced = struct.unpack(">IIBBBBB", body)
            assert depth == 8 and color in (2, 6) and not interlaced, (depth, color, interlaced)
        elif kind == b"IDAT":
            packed += body
        at += 12 + length
    channels = 3 if color == 2 else 4
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + width * channels)
    image = np.zeros((height + 1, width + 1, channels), int)  # a row and a column of zeros before the picture
    for y in range(height):
        kind, line, above = rows[y, 0], rows[y, 1:].astype(int).reshape(width, channels), image[y]
        row = image[y + 1]
        if kind == 0:
            row[1:] = line
        elif kind == 1:
            row[1:] = np.cumsum(line, 0) & 255
        elif kind == 2:
            row[1:] = (line + above[1:]) & 255
        else:
            for x in range(width):
                a, b, c = row[x], above[x + 1], above[x]
                if kind == 3:
                    guess = (a + b) // 2
                else:
                    pa, pb, pc = abs(b - c), abs(a - c), abs(a + b - 2 * c)
                    guess = np.where((pa <= pb) & (pa <= pc), a, np.where(pb <= pc, b, c))
                row[x + 1] = (line[x] + guess) & 255
    return image[1:, 1:, :3].astype(np.uint8)


def ssim(a, b, size=7):
    import numpy as np

    def mean(z):
        sums = np.cumsum(np.cumsum(np.pad(z, ((1, 0), (1, 0))), 0), 1)
        return (sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size] + sums[:-size, :-size]) / size**2

    a, b = a @ [0.299, 0.587, 0.114] / 255, b @ [0.299, 0.587, 0.114] / 255
    ma, mb, unbiased = mean(a), mean(b), size**2 / (size**2 - 1)
    va, vb, cov = ((mean(x * y) - mx * my) * unbiased for x, y, mx, my in ((a, a, ma, ma), (b, b, mb, mb), (a, b, ma, mb)))
    c1, c2 = 0.01**2, 0.03**2
    return (((2 * ma * mb + c1) * (2 * cov + c2)) / ((ma**2 + mb**2 + c1) * (va + vb + c2))).mean()


def colors_of(image):
    """The colors that cover at least a hundredth of what is not white, but for grey ones: those of edges and letters are mixed anyhow."""
    import numpy as np

    packed = image.astype(int) @ [65536, 256, 1]
    kinds, counts = np.unique(packed[packed != 0xFFFFFF], return_counts=True)
    kept = kinds[counts * 100 >= counts.sum()]
    return {f"#{k:06x}" for k in kept if not (k >> 16 == k >> 8 & 255 == k & 255)}


def same_colors(a, b):
    """Each has its like in the other; what shines through may be rounded otherwise, by 1 of 255."""

    def near(x, y):
        return all(abs(int(x[i : i + 2], 16) - int(y[i : i + 2], 16)) <= 1 for i in (1, 3, 5))

    return all(any(near(x, y) for y in b) for x in a) and all(any(near(x, y) for x in a) for y in b)


def boxes_of(script, width=640, height=480):
    found = []
    for margins in re.findall(r"set lmargin at screen (\S+)\nset rmargin at screen (\S+)\nset bmargin at screen (\S+)\nset tmargin at screen (\S+)", script):
        left, right, bottom, top = map(float, margins)
        found.append([left * width, right * width, bottom * height, top * height])
    return found


def labels_of(script):
    """The texts at the ticks: between the comments that the script has there."""
    parts = re.findall(r"^# tick labels$(.*?)^#", script, re.M | re.S)
    return [label for part in parts for label in re.findall(r"^set label '([^']*)'", part, re.M)]


def compare(project, program, keep):
    folder = os.path.join(project, "docs/images/plots")
    facts = json.load(open(os.path.join(folder, "matplotlib.json"), encoding="utf-8"))
    good = True
    with tempfile.TemporaryDirectory() as drawn:
        subprocess.run([os.path.abspath(program), drawn], check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SSI_SHOW": "text"})
        for name in FIGURES:
            ours, theirs = read_png(f"{drawn}/{name}.png"), read_png(f"{folder}/{name}.matplotlib.png")
            script = open(f"{drawn}/{name}.gp", encoding="utf-8").read()
            boxes, labels = boxes_of(script), labels_of(script)
            wanted = facts[name]
            apart = max((abs(a - b) for x, y in zip(boxes, wanted["boxes"]) for a, b in zip(x, y)), default=99)
            likeness = ssim(ours, theirs)
            complaints = []
            if len(boxes) != len(wanted["boxes"]) or apart > BOX_PIXELS:
                complaints.append(f"the axes are {boxes}, matplotlib's {wanted['boxes']}")
            if labels != wanted["labels"]:
                complaints.append(f"the tick labels are {labels}, matplotlib's {wanted['labels']}")
            if not same_colors(colors_of(ours), colors_of(theirs)):
                complaints.append(f"the colors are {colors_of(ours)}, matplotlib's {colors_of(theirs)}")
            if likeness < LEAST_SSIM:
                complaints.append("SSIM is too low")
            print(f"{name:8} SSIM {likeness:.4f}   axes within {apart:.2f} px   {len(labels)} tick labels   colors {' '.join(sorted(colors_of(ours))) or 'grey'}")
            for complaint in complaints:
                print(f"         {complaint}")
            good = good and not complaints
            if keep:
                with open(f"{drawn}/{name}.png", "rb") as source, open(f"{folder}/{name}.ssi.png", "wb") as kept:
                    kept.write(source.read())
    return good


def main():
    if len(sys.argv) == 3 and sys.argv[2] == "--draw":
        draw_references(sys.argv[1])
        return 0
    if len(sys.argv) < 3:
        print(__doc__)
        return 2
    try:
        import numpy  # noqa: F401
    except ImportError:
        print("compare: skipped: no numpy (apt-get install python3-numpy)")
        return 77
    return 0 if compare(sys.argv[1], sys.argv[2], "--keep" in sys.argv[3:]) else 1


if __name__ == "__main__":
    sys.exit(main())
