#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check the files of all languages: formats, plural forms, and that each translation keeps what its
text has. The languages named as arguments must also be complete, by the texts that the sources have
now.

Usage: check-languages.py [LANGUAGE…]
"""

import gettext
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
PO = TOP / "po"
ENV = {**os.environ, "LC_ALL": "C.UTF-8"}
PLURALS = {"ar": 6, "de": 2, "es": 2, "fr": 2, "pt_BR": 2, "zh_CN": 1}
PLACEHOLDER = re.compile(r"\{\w+\}")
# "_" before a letter, also inside a word ("C_ontinue").
MNEMONIC = re.compile(r"(?<!_)_(?=[^\W_])")


def run(*command):
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, env=ENV)


def make_template(path):
    """Extract the texts of the sources, with the options that po/meson.build gives."""
    options = re.findall(r"'(--[^']+)'", (PO / "meson.build").read_text(encoding="utf-8"))
    done = run(
        "xgettext",
        f"--files-from={PO / 'POTFILES'}",
        f"--directory={TOP}",
        *options,
        f"--output={path}",
    )
    if done.returncode != 0:
        sys.exit(done.stderr)


def languages():
    lines = (PO / "LINGUAS").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def lost(text, translation):
    """Yield what the translation has lost of the text, or has more of."""
    if sorted(set(PLACEHOLDER.findall(text))) != sorted(set(PLACEHOLDER.findall(translation))):
        yield "placeholders"
    if len(MNEMONIC.findall(text)) != len(MNEMONIC.findall(translation)):
        yield "the mnemonic"
    if ("…" in text) != ("…" in translation):
        yield "the ellipsis"
    if "..." in translation:
        yield "“…” as one character"
    if text.count("\n") != translation.count("\n"):
        yield "line breaks"
    if (
        (text[:1].isspace(), text[-1:].isspace())
        != (translation[:1].isspace(), translation[-1:].isspace())
        and not text.isspace()
        and text != ", "
    ):
        yield "a space at an end"


def faults_of(language, template, folder, complete):
    merged = folder / f"{language}.po"
    compiled = folder / f"{language}.mo"
    done = run(
        "msgmerge",
        "--quiet",
        "--no-fuzzy-matching",
        f"--output-file={merged}",
        PO / f"{language}.po",
        template,
    )
    if done.returncode != 0:
        yield done.stderr.strip()
        return
    done = run("msgfmt", "--check", "--statistics", f"--output-file={compiled}", merged)
    if done.returncode != 0:
        yield done.stderr.strip()
        return
    counts = re.findall(r"(\d+) (fuzzy|untranslated)", done.stderr)
    if complete and counts:
        missing = run("msgattrib", "--untranslated", "--no-wrap", merged).stdout
        missing += run("msgattrib", "--only-fuzzy", "--no-wrap", merged).stdout
        texts = re.findall(r'^msgid ("(?:[^"\\]|\\.)+")$', missing, re.M)
        yield f"{done.stderr.strip()} {', '.join(texts[:20])}"

    with compiled.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    plurals = re.search(r"nplurals\s*=\s*(\d+)", catalogue.info().get("plural-forms", ""))
    if not plurals or int(plurals[1]) != PLURALS.get(language, int(plurals[1])):
        yield f"{PLURALS[language]} plural forms are needed"
    for key, translation in catalogue._catalog.items():
        text = key[0] if isinstance(key, tuple) else key
        text = text.split("\x04")[-1]
        if not text or not translation:
            continue
        for what in lost(text, translation):
            yield f"“{translation}” does not keep {what} of “{text}”"


def main():
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        template = folder / "confab.pot"
        make_template(template)
        for language in languages():
            complete = language in sys.argv[1:]
            found += [
                f"po/{language}.po: {fault}"
                for fault in faults_of(language, template, folder, complete)
            ]
    print("\n".join(found) or f"{len(languages())} languages are right")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
