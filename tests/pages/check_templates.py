#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of pages reaches every template in resources/ui, and names no other."""

import pathlib
import sys

from table import BY_NAME, PAGES, WORLDS

TOP = pathlib.Path(__file__).resolve().parents[2]


def main():
    faults = []
    files = {path.stem.removeprefix("confab-") for path in (TOP / "resources/ui").rglob("*.blp")}
    reached = {name for page in PAGES for name in page.templates}
    faults += [f"no page of the table shows {name}" for name in sorted(files - reached)]
    faults += [f"the table names {name}, which is no template" for name in sorted(reached - files)]
    faults += [f"{page.name} is in no world" for page in PAGES if not rooted(page)]
    if len(BY_NAME) != len(PAGES):
        faults.append("two pages have one name")
    print("\n".join(faults))
    return 1 if faults else 0


def rooted(page):
    seen = set()
    while page.parent in BY_NAME and page.name not in seen:
        seen.add(page.name)
        page = BY_NAME[page.parent]
    return page.parent in WORLDS


if __name__ == "__main__":
    sys.exit(main())
