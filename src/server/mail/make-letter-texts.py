#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the translations of the server's mails as a table in C.

Usage: make-letter-texts.py LETTERS.c OUTPUT.c LANGUAGE.po…

A server answers people of many languages at once, often on a machine without their locales, so the
mails do not use gettext's catalogue of the process.
"""

import gettext
import io
import json
import pathlib
import re
import subprocess
import sys

LITERALS = re.compile(r'N_ ?\(((?:\s*"(?:[^"\\]|\\.)*")+)\)')


def texts(source):
    """Return the English texts, with escapes resolved."""
    found = []
    for literals in LITERALS.findall(source.read_text()):
        parts = re.findall(r'"((?:[^"\\]|\\.)*)"', literals)
        found.append("".join(json.loads(f'"{part}"') for part in parts))
    return found


def catalogue(path):
    compiled = subprocess.run(
        ["msgfmt", "--check-format", "-o", "-", str(path)], check=True, stdout=subprocess.PIPE
    ).stdout
    return gettext.GNUTranslations(io.BytesIO(compiled))


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def main():
    source, output, *languages = map(pathlib.Path, sys.argv[1:])
    lines = [
        '#include "confab-letter-texts.h"',
        "",
        "const ConfabLetterText confab_letter_texts[] = {",
    ]
    names = []
    for path in sorted(languages):
        translations = catalogue(path)
        translated = [(text, translations.gettext(text)) for text in texts(source)]
        # A letter half in another language is worse than one in English.
        missing = [text for text, translation in translated if text == translation]
        if missing:
            print(f"{path.name}: mails are in English, for lack of: {missing[0]}", file=sys.stderr)
            continue
        names.append(path.stem)
        lines += [
            f"  {{ {quoted(path.stem)}, {quoted(text)}, {quoted(translation)} }},"
            for text, translation in translated
        ]
    lines += [
        "  { NULL, NULL, NULL },",
        "};",
        "",
        "const char *const confab_letter_languages[] = {",
    ]
    lines += [f"  {quoted(name)}," for name in ["en", *names]] + ["  NULL,", "};"]
    output.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
