#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check that the files named by docs/decisions/015-where-a-feature-goes.md exist.

A file that a feature would add is marked "(new)" and must not exist, or the list is out of date.
"""

import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = TOP / "docs/decisions/015-where-a-feature-goes.md"
# A path of the tree in backticks, and whether it is new.
PATH = re.compile(r"`((?:data|docs|resources|src|tests)/[^`]+)`(?P<new> \(new\))?")


def spell_out(path):
    """Return the paths that "name.[ch]" stands for."""
    return [path[:-4] + c for c in "ch"] if path.endswith(".[ch]") else [path]


def main():
    found = list(PATH.finditer(DOCUMENT.read_text()))
    failures = [] if found else ["no file is named"]
    for match in found:
        for path in spell_out(match.group(1)):
            if (TOP / path).exists() == bool(match.group("new")):
                failures.append(path + (" exists" if match.group("new") else " does not exist"))
    for failure in failures:
        print(f"{DOCUMENT.name}: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
