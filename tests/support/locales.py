# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compiles locales into build/locales, without the rights of root."""

import os
import pathlib
import re
import subprocess
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
FOLDER = TOP / "build" / "locales"
SOURCES = pathlib.Path("/usr/share/i18n/locales")
BUILT_IN = ("C", "POSIX", "C.UTF-8")
NAME = re.compile(r"([A-Za-z]{2,3}(?:_[A-Z]{2})?)(?:\.(?:UTF-8|utf8))?(@\w+)?")


def compile_locale(name):
    """Make the locale, such as de_DE.UTF-8, in FOLDER. Return False if there is no source of it."""
    parts = NAME.fullmatch(name)
    source = parts and parts[1] + (parts[2] or "")
    if not source or not (SOURCES / source).exists():
        return False
    FOLDER.mkdir(parents=True, exist_ok=True)
    if (FOLDER / name).exists():
        return True
    # Tests run side by side: rename a finished locale into its place.
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        made = pathlib.Path(folder) / name
        done = subprocess.run(
            ["localedef", "--no-archive", "-i", source, "-f", "UTF-8", str(made)],
            stdout=subprocess.DEVNULL,
        )
        if not (made / "LC_MESSAGES").exists():
            raise RuntimeError(f"localedef failed on {name}, status {done.returncode}")
        try:
            made.rename(FOLDER / name)
        except OSError:
            if not (FOLDER / name).exists():
                raise
    return True


def locale_env(build, **values):
    """Return the environment for a program of the build folder. values: of LANG, LC_TIME…"""
    env = {"TEXTDOMAINDIR": str(pathlib.Path(build) / "po"), "LOCPATH": str(FOLDER)}
    for key, value in values.items():
        if key == "LANGUAGE" or value in BUILT_IN or compile_locale(value):
            env[key] = value
    return env


def caller_env(build):
    """Return the environment for a program in the language of the caller of ./dev, which passes it
    into the root, where only the locale C.UTF-8 is installed.
    """
    lines = os.environ.get("CONFAB_LOCALE")
    if lines is None:
        return {"TEXTDOMAINDIR": str(pathlib.Path(build) / "po")}
    return locale_env(build, **dict(line.split("=", 1) for line in lines.splitlines()))
