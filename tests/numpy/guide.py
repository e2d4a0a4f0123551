#!/usr/bin/python3
"""guide.py PROJECT BUILD - the tables of docs/numpy.md are true: what ssi prints for the right of each row is what NumPy prints for its left.

A row is `NumPy` and `C`, each one piece of code. Python's ends with an expression, which is printed, or an assignment, after which the name is printed. C's is statements
and an expression, which is printed (its last part, behind the last semicolon); assigned is the same name. The first table's names are there for all rows that
follow. The Korean guide has the same rows.

Without NumPy the test is skipped (77).
"""

import ast
import math
import os
import re
import subprocess
import sys
import tempfile

try:
    import numpy as np
except ImportError:
    print("skipped: there is no NumPy here (Debian: python3-numpy)")
    sys.exit(77)

MARK = "=== row ==="
FLAGS = "-std=c11 -Wall -Wextra -Wpedantic -Wno-unused-variable -Werror".split()


def tables(path):
    """For each table its rows: line, Python, C."""
    found, rows = [], []
    with open(path, encoding="utf8") as file:
        for number, line in enumerate(file, 1):
            cells = re.match(r"^\| `(.*)` \| `(.*)` \|$", line)
            if cells:
                rows.append((number, *[cell.replace("\\|", "|") for cell in cells.groups()]))
            elif not line.startswith("|") and rows:
                found.append(rows)
                rows = []
    return found + ([rows] if rows else [])


def python_prints(code, names):
    """What the row prints, and the name that it assigns."""
    out = []
    tree = ast.parse(code)
    node = tree.body[-1]
    if isinstance(node, ast.Expr):
        names["print"] = lambda x: out.append(str(x))
        exec(compile(ast.Module(tree.body[:-1], []), "row", "exec"), names)
        value = eval(compile(ast.Expression(node.value), "row", "eval"), names)
        return (out or [str(value)])[0], None
    exec(code, names)
    target = (node.targets[0] if isinstance(node, ast.Assign) else node.target)
    while not isinstance(target, ast.Name):
        target = target.value
    return str(names[target.id]), target.id


def c_row(code, assigned, first):
    statements, _, value = code.rpartition(";")
    value = value.strip() or assigned
    if assigned and assigned != value and not first:
        statements, value = code.rstrip(";"), assigned
    shown = value if value.startswith(("ssi_print(", "puts(")) else f"ssi_print(SSI_TENSOR({value}))"
    body = f"{statements + ';' if statements else ''} {shown};"
    return body if first else f"{{ {body} }}"


def main():
    project, build = map(os.path.abspath, sys.argv[1:3])
    guide = os.path.join(project, "docs/numpy.md")
    found = tables(guide)
    english = [row[1:] for table in found for row in table]
    korean = [row[1:] for table in tables(os.path.join(project, "docs/numpy.ko.md")) for row in table]
    if english != korean:
        print("docs/numpy.ko.md has other rows: " + "; ".join(c[0] for c in set(english) ^ set(korean)))
        return 1
    names, wanted, program = {"np": np, "math": math}, [], []
    before = os.getcwd()
    scratch = tempfile.TemporaryDirectory()
    os.chdir(scratch.name)
    for number, table in enumerate(found):
        for line, python, c in table:
            text, assigned = python_prints(python, names)
            wanted.append((line, python, c, text))
            program.append(f'#line {line} "numpy.md"\n{c_row(c, assigned, number == 0)}\nputs("{MARK}");')
    os.chdir(before)
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "guide.c")
        with open(source, "w", encoding="utf8") as file:
            file.write("#include <math.h>\n#include <stdio.h>\n#include <ssi/ssi.h>\nint main(void)\n{\nssi_scope whole = ssi_scope_open();\n"
                       + "\n".join(program) + "\nssi_scope_close(whole);\nreturn ssi_report();\n}\n")
        binary = os.path.join(folder, "guide")
        subprocess.run([os.environ.get("CC", "cc"), *FLAGS, "-I" + os.path.join(project, "include"), source, "-o", binary, "-L" + build,
                        "-Wl,-rpath," + build, "-lssi", "-lm"], check=True)
        done = subprocess.run([binary], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder)
    sys.stdout.write(done.stderr.decode())
    printed = done.stdout.decode().split(MARK + "\n")
    lacking = "this build has no LAPACK" in done.stderr.decode()
    failed = done.returncode != 0 and not lacking
    for (line, python, c, text), ours in zip(wanted, printed):
        if not ours and lacking:
            print(f"skipped: docs/numpy.md:{line}: {c}")
        elif ours != text + "\n":
            failed = True
            print(f"docs/numpy.md:{line}: {python}\n{text}\n  but {c}\n{ours}")
    print(f"{len(wanted)} rows" + (", not all of them true" if failed else ", NumPy and ssi print the same"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
