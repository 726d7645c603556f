#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check that translators get every text that users see: po/POTFILES names the files with marked
strings, and strings that look like text are marked. With --write: write po/POTFILES.
"""

import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
MARK = re.compile(r"(?<![A-Za-z0-9_])(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?) ?\(")
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
# Two words, a capitalised word, or a sign that only prose has.
TEXT = re.compile(r"[A-Za-z]{2,} [A-Za-z]|^[A-Z][a-z]|[“”]")
MARKS = {"_", "N_", "C_", "NC_", "ngettext", "g_dngettext"}
# Functions whose texts are for developers, and strings that look like text but are not.
FOR_DEVELOPERS = re.compile(
    r"g_(dbus\w*|debug|info|message|warning|critical|error|log|assert\w*|test\w*|set_error\w*"
    r"|error_new\w*|task_return_new_error\w*|param_spec\w*|object_new\w*|intern_static_string)$"
)
NO_TEXT = re.compile(r"©|Sans \d+$|messagetext, |Return$")
# Blueprint's properties with text.
PROPERTY = re.compile(
    r"\b(?:title|subtitle|description|label|text|heading|body|intro|hint|tooltip-text"
    r"|placeholder-text|submit-text|empty-title|button-label|accessible-name|group-name):"
    r'\s*("(?:[^"\\]|\\.)*")'
)


def without_comments(text):
    """Blank the comments, and keep the lines."""

    def blank(match):
        if match[0].startswith('"'):
            return match[0]
        return re.sub(r"[^\n]", " ", match[0])

    return re.sub(r'"(?:[^"\\\n]|\\.)*"|/\*.*?\*/|//[^\n]*', blank, text, flags=re.S)


def function_of(code, at):
    """Return the name of the function or macro of whose arguments the character at is one.

    code: the text with the insides of strings blanked
    """
    depth = 0
    for index in range(at - 1, -1, -1):
        char = code[index]
        if char == ")":
            depth += 1
        elif char == "(" and depth > 0:
            depth -= 1
        elif char == "(":
            return re.search(r"(\w*)\s*$", code[:index])[1]
        elif char == ";":
            return ""
    return ""


def unmarked_in_c(path):
    text = without_comments(path.read_text(encoding="utf-8"))
    code = STRING.sub(lambda match: '"' + "_" * (len(match[0]) - 2) + '"', text)
    for match in STRING.finditer(text):
        string = match[0][1:-1]
        if not TEXT.search(string) or NO_TEXT.match(string):
            continue
        function = function_of(code, match.start())
        if function not in MARKS and not FOR_DEVELOPERS.match(function):
            yield text.count("\n", 0, match.start()) + 1, string


def unmarked_in_blueprint(path):
    text = without_comments(path.read_text(encoding="utf-8"))
    for match in PROPERTY.finditer(text):
        if re.search("[A-Za-z]", match[1]):
            yield text.count("\n", 0, match.start()) + 1, match[1]


def is_marked(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ui":
        return "translatable=" in text
    return MARK.search(without_comments(text)) is not None


def all_sources():
    return [
        path
        for folder, suffixes in (("src", "c"), ("resources", "blp"), ("resources", "ui"))
        for path in sorted((TOP / folder).rglob(f"*.{suffixes}"))
    ]


def read_list():
    lines = (TOP / "po/POTFILES").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def write():
    """Put the files with marked strings into po/POTFILES; names in other folders stay."""
    others = [name for name in read_list() if not name.startswith(("src/", "resources/"))]
    marked = [path.relative_to(TOP).as_posix() for path in all_sources() if is_marked(path)]
    head = "# Files with text for users, sorted. ./dev po writes this list.\n"
    text = head + "".join(f"{name}\n" for name in sorted(others + marked))
    if text != (TOP / "po/POTFILES").read_text(encoding="utf-8"):
        (TOP / "po/POTFILES").write_text(text, encoding="utf-8")


def findings():
    listed = read_list()
    if listed != sorted(set(listed)):
        yield "po/POTFILES: not sorted, or with a name twice"

    sources = all_sources()
    marked = {path.relative_to(TOP).as_posix() for path in sources if is_marked(path)}
    for name in sorted(marked - set(listed)):
        yield f"po/POTFILES: {name} is missing"
    for name in listed:
        if not (TOP / name).exists():
            yield f"po/POTFILES: {name} does not exist"
        elif name.startswith(("src/", "resources/")) and name not in marked:
            yield f"po/POTFILES: {name} has no text"

    for path in sources:
        name = path.relative_to(TOP).as_posix()
        found = []
        if name.startswith(("src/app/", "resources/")):
            found = unmarked_in_c(path) if path.suffix == ".c" else unmarked_in_blueprint(path)
        for line, string in found:
            yield f"{name}:{line}: not marked for translation: {string}"


def main():
    if sys.argv[1:] == ["--write"]:
        write()
        return 0
    found = list(findings())
    print("\n".join(found) or "all texts are marked and listed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
