#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Test the server as a black box, over real HTTP and websockets.

Usage: run.py [MODULE | MODULE.CLASS[.TEST]]…

Without arguments, run every module but test_crash, and then check that everything documented has
been seen.
"""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "support")]

import shared  # noqa: E402
import tap  # noqa: E402
from contract import CONTRACT  # noqa: E402


class Afterwards(unittest.TestCase):
    def test_server_ends_well(self):
        shared.close()

    def test_everything_documented_was_seen(self):
        unseen = CONTRACT.unseen()
        self.assertFalse(unseen, "never provoked:\n" + "\n".join(map(str, unseen)))


def main():
    loader = unittest.defaultTestLoader
    names = sys.argv[1:]
    afterwards = [Afterwards("test_server_ends_well")]
    if not names:
        names = sorted(path.stem for path in HERE.glob("test_*.py") if path.stem != "test_crash")
        afterwards.append(Afterwards("test_everything_documented_was_seen"))
    return tap.run(unittest.TestSuite([*loader.loadTestsFromNames(names), *afterwards]))


if __name__ == "__main__":
    sys.exit(main())
