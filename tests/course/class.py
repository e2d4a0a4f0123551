#!/usr/bin/env python3
"""class.py BUILD [STUDENTS [LESSONS]]

A class of 30 students hands in every lesson: solutions, unfinished and wrong ones, and among them a fork bomb, endless output, a program that deletes and one that opens a
socket. All is graded by `ssi check --all`, twice, the second time as an exam, and must come out as it should: within ten minutes, with nothing changed outside. Prints what it took.
"""
import csv
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv[1]).resolve()
STUDENTS = int(sys.argv[2]) if len(sys.argv) > 2 else 30
LESSONS = pathlib.Path(sys.argv[3]).resolve() if len(sys.argv) > 3 else ROOT / "lessons"
LIMIT = 600  # seconds for 30 students
HOSTILE = {
    "fork": "#include <unistd.h>\n__attribute__((constructor)) static void bomb(void) { for (;;) fork(); }\n",
    "output": "#include <stdio.h>\n__attribute__((constructor)) static void flood(void) { for (;;) puts(\"again\"); }\n",
    "delete": "#include <stdio.h>\n#include <unistd.h>\n__attribute__((constructor)) static void wipe(void) { FILE *f = fopen(\"CANARY\", \"w\"); if (f) fclose(f); unlink(\"CANARY\"); }\n",
    "socket": "#include <sys/socket.h>\n__attribute__((constructor)) static void call(void) { socket(AF_INET, SOCK_STREAM, 0); }\n",
}
WANTED = {"fork": "forbidden", "output": "output", "delete": "forbidden", "socket": "forbidden"}


def hand_in(folder, lessons, canary):
    """The submissions, and what `ssi check` must make of each: passed, failed or a word."""
    expected = {}
    for number in range(STUDENTS):
        student = f"2026{number:03d}"
        for index, lesson in enumerate(lessons):
            turn = number + index
            wrong = sorted((lesson / "wrong").glob("*.c"))
            source, result = (lesson / "solution.c").read_text(), "passed"
            if turn % 3 == 1 and wrong:
                source, result = wrong[turn % len(wrong)].read_text(), "failed"
            elif turn % 7 == 2 or turn % 3 == 1:
                source, result = (lesson / "start.c").read_text(), "failed"
            if number < len(HOSTILE) and index % 13 == number:
                name = list(HOSTILE)[number]
                source, result = HOSTILE[name].replace("CANARY", str(canary)) + (lesson / "solution.c").read_text(), WANTED[name]
            name = lesson.name if number % 2 else lesson.name.split("-")[0]
            (folder / student / name).mkdir(parents=True)
            (folder / student / name / "start.c").write_text(source)
            expected[student, int(lesson.name.split("-")[0])] = result
    return expected


def fingerprint(folder):
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


def grade(folder, work, options):
    begin = time.monotonic()
    run = subprocess.run([BUILD / "ssi", "check", "--all", folder, "--json", "--csv", work / "marks.csv", "--lessons", LESSONS, *options], capture_output=True, text=True)
    seconds = time.monotonic() - begin
    if run.returncode != 0:
        sys.exit(f"ssi check --all: {run.returncode}: {run.stderr}")
    return [json.loads(line) for line in run.stdout.splitlines()], seconds


def hold(told, expected, exam):
    faults = []
    for verdict in told:
        wanted = expected[verdict["student"], verdict["lesson"]]
        right = verdict["result"] == wanted if wanted in ("passed", "forbidden", "output") else not verdict["passed"]
        if not right:
            faults.append(f"{verdict['student']}, lesson {verdict['lesson']}: {wanted} expected: {verdict}")
        if exam and "hint" in verdict:
            faults.append("an exam gives a hint away")
    if len(told) != len(expected):
        faults.append(f"{len(told)} results of {len(expected)} submissions")
    return faults


def main():
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        folder, canary = work / "submissions", work / "canary"
        lessons = sorted(path.parent for path in LESSONS.glob("[0-9]*-*/check.json"))
        canary.write_text("alive")
        os.environ["XDG_CACHE_HOME"] = str(work / "cache")
        expected = hand_in(folder, lessons, canary)
        before = fingerprint(folder)
        (work / "tmp").mkdir()
        os.environ["TMPDIR"] = str(work / "tmp")
        faults = []
        for options in ([], ["--exam"]):
            told, seconds = grade(folder, work, options)
            faults += hold(told, expected, "--exam" in options)
            print(f"{STUDENTS} students, {len(lessons)} lessons, {len(told)} submissions{' as an exam' if options else ''}: {seconds:.0f} s, {seconds / len(told):.2f} s each", flush=True)
            if seconds > LIMIT * STUDENTS / 30 + 60:
                faults.append(f"{seconds:.0f} s")
            with open(work / "marks.csv") as table:
                rows = list(csv.DictReader(table))
            passed = sum(int(row["passed"]) for row in rows)
            if len(rows) != STUDENTS or passed != sum(verdict["passed"] for verdict in told):
                faults.append(f"the table has {len(rows)} rows and {passed} passes")
        if fingerprint(folder) != before or canary.read_text() != "alive":
            faults.append("something outside the sandbox was changed")
        if list((work / "tmp").iterdir()):
            faults.append("something was left behind")
        for fault in faults:
            print(fault)
        return 1 if faults else 0


sys.exit(main())
