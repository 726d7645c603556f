# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs unittest tests and reports in the Test Anything Protocol."""

import sys
import time
import unittest


class Result(unittest.TestResult):
    def __init__(self, total):
        super().__init__()
        self.number = 0
        self.began = 0.0
        print(f"1..{total}", flush=True)

    def startTest(self, test):
        super().startTest(test)
        self.began = time.monotonic()

    def _line(self, verdict, test, detail="", directive=""):
        self.number += 1
        print(f"{verdict} {self.number} {test.id()}{directive}")
        print(f"# {time.monotonic() - self.began:.2f} s")
        for line in detail.splitlines():
            print(f"# {line}")
        sys.stdout.flush()

    def addSuccess(self, test):
        super().addSuccess(test)
        self._line("ok", test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._line("not ok", test, self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        if isinstance(test, unittest.TestCase):
            self._line("not ok", test, self.errors[-1][1])
        else:  # setUpClass or tearDownClass failed, so its tests did not report
            print(f"Bail out! {test}\n{self.errors[-1][1]}", flush=True)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            print(f"# in {subtest.id()}")
            kept = self.failures if issubclass(err[0], test.failureException) else self.errors
            self._line("not ok", test, kept[-1][1])


def run(suite):
    """Run the suite. Return an exit status."""
    result = Result(suite.countTestCases())
    suite.run(result)
    return 0 if result.wasSuccessful() and result.number > 0 else 1
