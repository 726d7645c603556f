# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One's own account: what can be changed, who hears of it, and what needs the password again."""

import time

import shared
from client import PASSWORD, SECRETS

WRONG = "none of her passwords"


class OwnAccount(shared.ApiTest):
    """What the operations that ask for the password have in common."""

    def assert_throttled(self, attempt):
        """Wrong passwords are counted by account, also here; the right one then has to wait, too."""
        for _ in range(20):
            answer = attempt()
            if answer.status == 429:
                return
            self.assertEqual(answer.code, "wrong-credentials")
        self.fail("twenty wrong passwords, and never throttled")


class Verification(OwnAccount):
    def verify(self, person, password=PASSWORD, expect=200, code=None):
        return person.call("verifySession", expect, code, json_body={"password": password})

    def test_verifies(self):
        person = self.person()
        now = time.time() * 1000
        self.assertLess(abs(self.verify(person).json["verified_until"] - now - 300_000), 60_000)

    def test_wrong(self):
        person = self.person()
        self.verify(person, WRONG, 401, "wrong-credentials")
        self.verify(person, "short", 401, "wrong-credentials")
        self.verify(person, 7, 422, "invalid-field")
        self.verify(self.stranger(), PASSWORD, 401, "not-signed-in")

    def test_throttled(self):
        person = self.person()
        self.assert_throttled(lambda: self.verify(person, WRONG, (401, 429)))
        self.verify(person, PASSWORD, 429, "throttled")
