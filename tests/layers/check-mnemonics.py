#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check that no two buttons of one template or one alert have the same access key: with two, the
key only moves the focus from one to the other.
"""

import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
TEXT = re.compile(r'(?<![A-Za-z0-9])(?:C_ ?\("[^"]*", |_ ?\()"((?:[^"\\]|\\.)*)"\)')
KEY = re.compile(r"_(\w)")


def repeated(texts):
    """Return pairs of different texts with the same key. One text may stand on several pages."""
    first = {}
    for text in texts:
        key = KEY.search(text)
        if key and first.setdefault(key[1].lower(), text) != text:
            yield first[key[1].lower()], text


def pieces(path):
    """Yield the parts of a file whose texts are shown at the same time."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".blp":
        # A menu is open by itself.
        yield from re.split(r"^(?=menu )", text, flags=re.MULTILINE)
    else:
        yield from re.findall(r"adw_alert_dialog_add_responses \(.*?\);", text, re.DOTALL)


def main():
    paths = [*(TOP / "src/app").rglob("*.c"), *(TOP / "resources").rglob("*.blp")]
    faults = [
        f"{path.relative_to(TOP)}: “{one}” and “{other}” have the same access key"
        for path in sorted(paths)
        for piece in pieces(path)
        for one, other in repeated(TEXT.findall(piece))
    ]
    print("\n".join(faults) or f"{len(paths)} files")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
