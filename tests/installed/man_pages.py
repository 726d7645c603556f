#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The man pages name exactly the commands and options that --help names."""

import re
import sys
import unittest

from programs import TOP, app_options, server_commands

COMMON = {"--config", "--help"}


def plain(text):
    """Return the text of a man page without its markup."""
    text = re.sub(r'^\.\\".*\n', "", text, flags=re.MULTILINE)
    text = re.sub(r"\\f[RIBP]", "", text).replace("\\-", "-")
    lines = []
    for line in text.splitlines():
        macro = re.match(r"\.(BR|BI|B|RI|I|RB|IR|SH|TH|TP|PP|RS|RE|br)\b ?(.*)", line)
        assert macro or not line.startswith("."), f"not a known macro: {line}"
        if not macro:
            lines.append(line)
            continue
        words = re.findall(r'"([^"]*)"|(\S+)', macro[2])
        joined = [quoted or bare for quoted, bare in words]
        text = ("" if len(macro[1]) == 2 else " ").join(joined)
        lines.append(f".{macro[1]} {text}" if macro[1] in ("SH", "TP", "RS", "RE") else text)
    return "\n".join(lines)


def tags(text):
    """Return the lines that follow .TP: what the page describes."""
    return re.findall(r"^\.TP *\n(.*)$", text, re.MULTILINE)


def tagged_options(text):
    return {
        found[2]: (found[1], found[3])
        for found in (
            re.fullmatch(r"(?:-(\w), )?(--[\w-]+)(?:=(\S+))?", tag.strip()) for tag in tags(text)
        )
        if found
    }


class Pages(unittest.TestCase):
    def page(self, name):
        return plain((TOP / "data/man" / name).read_text(encoding="utf-8"))

    def test_app(self):
        self.assertEqual(tagged_options(self.page("confab.1")), app_options())

    def test_server(self):
        page = self.page("confabd.8")
        commands = server_commands()
        self.assertGreater(len(commands), 10)
        part = page.split(".SH COMMANDS", 1)[1].split(".SH ", 1)[0]
        described, rest = {}, part
        for name in commands:
            found = re.search(rf"^\.TP *\n{name}((?: [A-Z]+)*)$", rest, re.MULTILINE)
            self.assertTrue(found, f"confabd.8 does not describe “{name}”, in the order of --help")
            rest = rest[found.end() :]
            own = re.match(r"(?:(?!\.TP|\.RS).*\n)*\.RS *\n((?:.*\n)*?)\.RE", rest)
            described[name] = (found[1].split(), tagged_options(own[1]) if own else {})
        expected = {
            name: (words, {key: more for key, more in known.items() if key not in COMMON})
            for name, (words, known) in commands.items()
        }
        self.assertEqual(described, expected)
        entries = re.findall(r"^\.TP *\n([a-z].*)$", part, re.MULTILINE)
        self.assertEqual(len(entries), len(commands), entries)

    def test_server_options(self):
        options = self.page("confabd.8").split(".SH OPTIONS", 1)[1].split(".SH ", 1)[0]
        self.assertEqual(
            tagged_options(options),
            {"--config": ("c", "FILE"), "--help": ("h", None), "--version": (None, None)},
        )


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
