"""Writes the book of some lessons (all of them when asked) and follows every link in it.

    python3 book.py BUILD [all]

Every page must be well-formed, be there in both languages, and lead only to pages, anchors and pictures that exist; a folder with anything else in it must be left alone.
"""
import html.parser
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOME = ("00-", "06-", "25-", "32-")
VOID = {"meta", "link", "img", "br", "input"}
faults = []


class Page(html.parser.HTMLParser):
    """A page's links, anchors, and elements that are not closed as they were opened."""

    def __init__(self, path):
        super().__init__()
        self.path, self.links, self.anchors, self.open, self.text = path, [], set(), [], path.read_text()
        self.feed(self.text)
        if self.open:
            faults.append(f"{path}: not closed: {self.open}")

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.links += [attributes[name] for name in ("href", "src") if name in attributes]
        self.anchors |= {attributes["id"]} if "id" in attributes else set()
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            faults.append(f"{self.path}: </{tag}> closes nothing")


def lessons_folder(into, everything):
    """A copy of the lessons' folder with some of the lessons."""
    for entry in (ROOT / "lessons").iterdir():
        if everything or not re.match(r"\d\d-", entry.name) or entry.name.startswith(SOME):
            (shutil.copytree if entry.is_dir() else shutil.copy)(entry, into / entry.name)


def follow(book, pages):
    for path, page in pages.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            if re.match(r"[a-z]+:", target):
                faults.append(f"{path}: leads out of the book: {link}")
                continue
            found = (path.parent / target).resolve() if target else path
            if not found.exists():
                faults.append(f"{path.relative_to(book)}: no {link}")
            elif anchor and found in pages and anchor not in pages[found].anchors:
                faults.append(f"{path.relative_to(book)}: no anchor {link}")


def write(ssi, book, lessons):
    return subprocess.run([ssi, "book", book, "--lessons", lessons, "--lang", "en"], capture_output=True, text=True)


def main():
    ssi = pathlib.Path(sys.argv[1]).resolve() / "ssi"
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder).resolve()
        book, lessons = folder / "book", folder / "lessons"
        lessons.mkdir()
        lessons_folder(lessons, "all" in sys.argv[2:])
        (folder / "mine").mkdir()
        (folder / "mine" / "thesis.txt").write_text("mine")
        if write(ssi, folder / "mine", lessons).returncode != 1 or os.listdir(folder / "mine") != ["thesis.txt"]:
            faults.append("a folder with other things in it was not left alone")
        for again in (1, 2):  # the second time over the first
            said = write(ssi, book, lessons)
            if said.returncode != 0:
                faults.append(f"ssi book: {said.stderr}")
        pages = {path: Page(path) for path in book.rglob("*.html")}
        names = [{path.name for path in pages if path.parent.name == language} for language in ("ko", "en")]
        if names[0] != names[1] or len(names[0]) < 8:
            faults.append(f"the languages have different pages: {names[0] ^ names[1]}")
        for path, page in pages.items():
            for missing in re.findall(r"\{\{\w+\}\}", page.text):
                faults.append(f"{path.relative_to(book)}: no value {missing}")
        follow(book, pages)
        print(f"{len(pages)} pages, {sum(len(page.links) for page in pages.values())} links, {len(list(book.rglob('*.svg')))} pictures")
    print("\n".join(faults))
    return 1 if faults else 0


sys.exit(main())
