#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bash, fish and zsh complete exactly the commands and options that --help names.

Bash's completion is run. The files of fish and zsh are read, because these shells may be missing.
"""

import re
import subprocess
import sys
import unittest

from programs import TOP, app_options, server_commands

FOLDER = TOP / "data/completions"


def both(options):
    """Return the long and the short forms of options."""
    letters = {f"-{letter}" for letter, _ in options.values() if letter}
    return set(options) | letters


def bash(program, *words):
    """Return what bash offers for the last of the words."""
    script = (
        'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _"$1"; '
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-ec", script, "bash", FOLDER / f"{program}.bash", program, *words],
        check=True,
        capture_output=True,
        text=True,
        cwd=FOLDER,
        timeout=60,
    )
    return set(done.stdout.split())


class Bash(unittest.TestCase):
    def test_app(self):
        self.assertEqual(bash("confab", ""), both(app_options()))
        self.assertEqual(bash("confab", "--ve"), {"--version"})

    def test_app_folder(self):
        self.assertEqual(bash("confab", "--export", "/us"), {"/usr"})
        self.assertEqual(bash("confab", "--export", "=", "/us"), {"/usr"})

    def test_server_commands(self):
        names = [name.split() for name in server_commands()]
        first = {words[0] for words in names}
        self.assertEqual(bash("confabd", ""), first | {"--help", "--version"})
        for word in first:
            second = {words[1] for words in names if words[0] == word and len(words) > 1}
            if second:
                self.assertEqual(bash("confabd", word, ""), second)

    def test_server_options(self):
        for name, (_, options) in server_commands().items():
            with self.subTest(name):
                self.assertEqual(bash("confabd", *name.split(), "-"), both(options))

    def test_server_arguments(self):
        self.assertEqual(
            bash("confabd", "user", "add", "--role", ""), {"user", "moderator", "admin"}
        )
        self.assertEqual(bash("confabd", "role", "add", "--like", "=", "mo"), {"moderator"})
        self.assertEqual(bash("confabd", "backup", "confabd.b"), {"confabd.bash"})
        self.assertEqual(bash("confabd", "serve", "--config", "confabd.f"), {"confabd.fish"})
        self.assertEqual(bash("confabd", "user", "add", "--", "ada"), set())


class Fish(unittest.TestCase):
    def lines(self, program):
        """Return (condition, what is completed) for each line that completes something."""
        text = (FOLDER / f"{program}.fish").read_text(encoding="utf-8")
        for line in re.findall(rf"^complete -c {program} (.*)$", text, re.MULTILINE):
            condition = re.search(r"-n (?:'([^']*)'|(\S+))", line)
            place = (condition[1] or condition[2]) if condition else ""
            letter, name = re.search(r"-s (\w)\b", line), re.search(r"-l ([\w-]+)", line)
            if name:
                yield place, f"--{name[1]}", letter[1] if letter else None
            elif word := re.search(r"-a ([\w-]+)", line):
                yield place, word[1], None

    def test_app(self):
        found = {name: letter for _, name, letter in self.lines("confab")}
        self.assertEqual(found, {name: letter for name, (letter, _) in app_options().items()})

    def test_server(self):
        expected = {("__fish_use_subcommand", "--version", None)}
        expected |= {("", "--config", "c"), ("", "--help", "h")}
        for name, (_, options) in server_commands().items():
            first, _, second = name.partition(" ")
            expected.add(("__fish_use_subcommand", first, None))
            if second:
                expected.add((f"__confabd_lacks_second {first}", second, None))
            for option, (letter, _) in options.items():
                if option not in ("--config", "--help"):
                    expected.add((f"__confabd_is {name}", option, letter))
        self.assertEqual(set(self.lines("confabd")), expected)


class Zsh(unittest.TestCase):
    def text(self, name):
        text = (FOLDER / name).read_text(encoding="utf-8")
        # {-v,--version} is a letter and a name
        return re.sub(r"\{(-\w),(--[\w-]+=?)\}", r"\1 \2", text)

    def options(self, text):
        """Return the options that the calls of _arguments describe."""
        text = re.sub(r"\(-[^)]*\)", "", text)  # what an option excludes
        return set(re.findall(r"(?<![\w-])(--\w[\w-]*|-\w)(?==?(?:[ \[']|$))", text))

    def test_app(self):
        self.assertEqual(self.options(self.text("_confab")), both(app_options()))

    def test_server(self):
        text = self.text("_confabd")
        commands = server_commands()
        described = re.findall(r"^        '([\w-]+):", text, re.MULTILINE)
        expected = {"user": [], "role": []}
        for first, _, second in (name.partition(" ") for name in commands):
            expected.setdefault(first, [])
            if second:
                expected[first].append(second)
        self.assertEqual(
            sorted(described), sorted([*expected, *expected["user"], *expected["role"]])
        )
        options = {"--version"}.union(*(both(known) for _, known in commands.values()))
        self.assertEqual(self.options(re.sub(r"local -a", "", text)), options)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
