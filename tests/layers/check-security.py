#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check that every test named in docs/security.md exists where the document says."""

import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]


def findings():
    page = (TOP / "docs/security.md").read_text(encoding="utf-8")
    named = 0
    for row in page.splitlines():
        path = None
        for name in re.findall(r"`([^`]+)`", row) if row.startswith("|") else ():
            if name.startswith("tests/"):
                path = TOP / name
                if not path.exists():
                    yield f"{name} does not exist"
            elif name.startswith("test_"):
                named += 1
                if (
                    path is None
                    or not path.exists()
                    or not re.search(rf"\b{name} ?\(", path.read_text(encoding="utf-8"))
                ):
                    yield f"there is no {name} in {path}"
    if named < 50:
        yield "docs/security.md names hardly any tests"


def main():
    found = list(findings())
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
