"""Holds the texts of lessons to their programs and to each other.

    python3 text.py [--write] BUILD LESSON...

BUILD is a build folder with libssi.so, LESSON a lesson's folder. Both languages must have the same headings, blocks, pictures, tables and values in the same order; a block
`output` must be what the solution prints (`output probe TEST`: its probe; words behind it that begin with `<`: the file that is its standard input; others: arguments);
values.txt must be what the probe's test `values` prints; no number with a decimal point may stand in the prose. --write writes values.txt and the output blocks anew.
"""
import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(.*)\n((?:.*\n)*?)```$", re.M)
SECTIONS = {"en": ["What you learn", "Your turn", "Think further"], "ko": ["배울 것", "해 보기", "더 생각하기"]}


def compiler(build):
    return ["-I", str(ROOT / "include"), "-I", str(ROOT / "lessons"), "-L", str(build), f"-Wl,-rpath,{build}", "-lssi", "-lm"]


def compile_programs(lesson, build, folder):
    """The solution, and its probe, as programs in the folder."""
    programs = {"solution": ["-x", "c", str(lesson / "solution.c")]}
    if (lesson / "probe.c").exists():
        renamed = folder / "solution.o"
        subprocess.run(["cc", "-std=c11", "-Dmain=program_main", "-c", str(lesson / "solution.c"), "-o", str(renamed), *compiler(build)[:4]], check=True)
        programs["probe"] = [str(lesson / "probe.c"), str(renamed)]
    for name, sources in programs.items():
        subprocess.run(["cc", "-std=c11", *sources, "-x", "none", "-o", str(folder / name), *compiler(build)], check=True)
    return programs


def put_files(lesson, folder):
    """The files that check.json puts beside the program: the lesson's own, or one of data/mnist/, unpacked."""
    for name in json.loads((lesson / "check.json").read_text()).get("files", []):
        own, shared = lesson / name, ROOT / name
        packed = shared.with_name(shared.name + ".gz")
        content = own.read_bytes() if own.exists() else shared.read_bytes() if shared.exists() else gzip.decompress(packed.read_bytes())
        (folder / own.name).write_bytes(content)


def run(lesson, folder, info):
    """What a block `output WORDS...` must hold."""
    words = info.split()[1:]
    program, stdin = "solution", ""
    if words[:1] == ["probe"]:
        program, words = "probe", [words[1], "1"]
    if words and words[-1].startswith("<"):
        stdin = (lesson / words.pop()[1:]).read_text()
    return subprocess.run([str(folder / program), *words], input=stdin, capture_output=True, text=True, cwd=folder).stdout


def tidy(text):
    return [line.rstrip() for line in text.rstrip().splitlines()]


def shape(text):
    """The text's bones: what must be the same in both languages."""
    bones = []
    blocks = FENCE.findall(text)
    for info, body in blocks:
        bones.append(f"block {info}")
    bare = FENCE.sub("", text)
    for line in bare.splitlines():
        heading = re.match(r"#+", line)
        if heading:
            bones.append("heading " + heading.group())
        bones += ["picture " + name for name in re.findall(r"!\[[^\]]*\]\(([^)]*)\)", line)]
        bones += ["table row"] if line.startswith("|") else []
    values = sorted(re.findall(r"\{\{(\w+)\}\}", bare))
    return bones + ["value " + value for value in values]


def bare_decimals(text):
    prose = re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))
    return re.findall(r"[^\n]*\d\.\d[^\n]*", prose)


def check_text(lesson, language, values, folder, write, complain):
    path = lesson / f"lesson.{language}.md"
    if not path.exists():
        complain(f"{path.name} is missing")
        return None
    text = path.read_text()
    title = re.match(r"# (\d\d)\. \S", text)
    if not title or title.group(1) != lesson.name[:2]:
        complain(f"{path.name}: the first line must be '# {lesson.name[:2]}. Title'")
    for section in SECTIONS[language]:
        if f"\n## {section}\n" not in text:
            complain(f"{path.name}: no section '## {section}'")
    for line in bare_decimals(text):
        complain(f"{path.name}: a bare decimal: {line.strip()[:100]}")
    for name in re.findall(r"\{\{(\w+)\}\}", text):
        if name not in values:
            complain(f"{path.name}: no value {{{{{name}}}}} (the probe's test values has: {', '.join(values)})")
    def renew(match):
        info, body = match.groups()
        if info.split()[:1] != ["output"]:
            return match.group()
        wanted = run(lesson, folder, info)
        if tidy(body) != tidy(wanted):
            if not write:
                complain(f"{path.name}: a block '{info}' is not what the program prints:\n{wanted}")
            return f"```{info}\n" + "".join(line + "\n" for line in tidy(wanted)) + "```"
        return match.group()
    renewed = FENCE.sub(renew, text)
    if write and renewed != text:
        path.write_text(renewed)
    return shape(text)


def check(lesson, build, write):
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        programs = compile_programs(lesson, build, folder)
        (folder / "data").symlink_to(ROOT / "data")
        put_files(lesson, folder)
        printed = subprocess.run([str(folder / "probe"), "values", "1"], capture_output=True, text=True, cwd=folder).stdout if "probe" in programs else ""
        values = dict(line.split(" = ", 1) for line in printed.splitlines())
        kept = lesson / "values.txt"
        if write and printed:
            kept.write_text(printed)
        if (kept.read_text() if kept.exists() else "") != printed:
            faults.append("values.txt is not what the probe prints (write it with --write)")
        bones = [check_text(lesson, language, values, folder, write, faults.append) for language in ("en", "ko")]
        if None not in bones and bones[0] != bones[1]:
            faults.append("the two languages differ: " + "; ".join(f"{a} / {b}" for a, b in zip(bones[0], bones[1]) if a != b) + f" ({len(bones[0])} and {len(bones[1])})")
    for fault in faults:
        print(f"{lesson.name}: {fault}")
    return not faults


def main():
    words = sys.argv[1:]
    write = "--write" in words
    words = [word for word in words if word != "--write"]
    build = pathlib.Path(words[0]).resolve()
    return 0 if all([check(pathlib.Path(name).resolve(), build, write) for name in words[1:]]) else 1


sys.exit(main())
