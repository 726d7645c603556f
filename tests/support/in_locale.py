#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a program in a locale, with the catalogues of the build folder.

Usage: in_locale.py BUILD LOCALE COMMAND [ARGUMENT…]
"""

import os
import sys

from locales import locale_env


def main():
    build, name, *command = sys.argv[1:]
    for key in [key for key in os.environ if key.startswith("LC_") or key == "LANGUAGE"]:
        del os.environ[key]
    os.environ.update(locale_env(build, LANG=name))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
