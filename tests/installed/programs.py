# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What confab and confabd say of themselves with --help."""

import os
import pathlib
import re
import subprocess
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]


def run(program, *words):
    with tempfile.TemporaryDirectory() as home:
        return subprocess.run(
            [program, *words],
            env={**os.environ, "HOME": home, "LANG": "C.UTF-8", "LANGUAGE": ""},
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        ).stdout


def options(text):
    """Return the options in the output of GLib's --help: {long name: (letter or None, argument or
    None)}.
    """
    found = re.findall(r"^ +(?:-(\w), )?--([\w-]+)(?:=(\S+))?  ", text, re.MULTILINE)
    return {f"--{name}": (letter or None, argument or None) for letter, name, argument in found}


def app_options():
    """Return confab's own options, without those of GApplication."""
    found = options(run(os.environ["CONFAB"], "--help"))
    return {name: more for name, more in found.items() if not name.startswith("--help-")}


def server_commands():
    """Return confabd's commands: {name: (arguments, options)}."""
    text = run(os.environ["CONFABD"], "--help")
    found = re.findall(r"^  ([a-z]+(?: [a-z-]+)?)((?: [A-Z]+)*)  ", text, re.MULTILINE)
    return {
        name: (words.split(), options(run(os.environ["CONFABD"], *name.split(), "--help")))
        for name, words in found
    }
