#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check that "./dev format" would change nothing, and that lines have at most 100 columns."""

import concurrent.futures
import itertools
import os
import pathlib
import re
import subprocess
import sys
import unicodedata

TOP = pathlib.Path(__file__).resolve().parents[2]
COLUMNS = 100


def width(line):
    """Return the columns that a line takes; combining characters take none."""
    return sum(unicodedata.category(sign) not in ("Mn", "Me", "Cf") for sign in line)


def formatted(path):
    """Return the text as "./dev format" writes it."""
    text = subprocess.run(
        ["clang-format", str(path)], check=True, capture_output=True, text=True
    ).stdout
    return re.sub(r'(^|[^A-Za-z0-9])(N?C?_) \("', r'\1\2("', text, flags=re.MULTILINE)


def long_lines(path):
    name = path.relative_to(TOP)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if width(line) > COLUMNS:
            yield f"{name}:{number}: {width(line)} columns; {COLUMNS} are the limit"


def c_faults(path):
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(TOP)
    yield from long_lines(path)
    wanted = formatted(path)
    if wanted != text:
        lines = zip(text.splitlines(), wanted.splitlines())
        number = next((n for n, (is_, should) in enumerate(lines, 1) if is_ != should), 0)
        yield f"{name}:{number}: not laid out as “./dev format” does it"


def main():
    paths = sorted(path for top in ("src", "tests") for path in (TOP / top).rglob("*.[ch]"))
    scripts = sorted((TOP / "tests").rglob("*.py"))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(itertools.chain.from_iterable(pool.map(list, map(c_faults, paths))))
    found += [fault for path in scripts for fault in long_lines(path)]
    black = ["black", "--check", "--quiet", "--skip-magic-trailing-comma", "--line-length", "100"]
    if subprocess.run([*black, *map(str, scripts)], check=False).returncode != 0:
        found.append("a script of tests is not laid out as “./dev format” does it")
    print("\n".join(found) or f"{len(paths) + len(scripts)} files")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
