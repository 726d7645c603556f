# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registration does not reveal which accounts exist, as far as the server can prevent it. See also
Timing in test_password_reset.py and test_unknown_takes_as_long_as_wrong in test_accounts.py.
"""

import time
import unittest

from client import PASSWORD, Api, new_number
from confabd import Server

SAMPLES = 20


class Registering(unittest.TestCase):
    def setUp(self):
        self.server = Server(
            ("registration", "policy", "invitation"), ("limits", "registrations_per_hour", 10000)
        ).start()
        self.addCleanup(self.server.close)
        self.server.cli(
            "user", "add", "ada", "ada@mail.example", "--role", "admin", stdin=PASSWORD + "\n"
        )

    def attempt(self, code, **members):
        """Try to register. Return the answer without its random parts, and the time taken."""
        number = new_number()
        body = {
            "username": f"new{number}",
            "email": f"new{number}@mail.example",
            "password": PASSWORD,
            "device_name": "test",
        } | members
        api = Api(self.server)
        try:
            api.call("getServer")  # opens the connection
            began = time.perf_counter()
            answer = api.call("register", 403, code, json_body=body)
            return answer.json, time.perf_counter() - began
        finally:
            api.close()

    def test_without_an_invitation_nothing_is_learnt(self):
        """Neither text nor time reveals anything. Attempts alternate, and the shortest times are
        compared because other load only adds time.
        """
        for code, invitation in (
            ("invitation-required", {}),
            ("invitation-invalid", {"invitation": "ABCD-EFGH"}),
        ):
            with self.subTest(code):
                answers, taken, free = [], [], []
                for _ in range(SAMPLES):
                    for members, times in (
                        ({"username": "ada"}, taken),
                        ({"email": "ada@mail.example"}, taken),
                        ({}, free),
                        ({}, free),
                    ):
                        answer, duration = self.attempt(code, **members, **invitation)
                        answers.append(answer)
                        times.append(duration)
                self.assertEqual([answer for answer in answers if answer != answers[0]], [])
                here, nobody = min(taken), min(free)
                self.assertLess(
                    abs(here - nobody),
                    0.02 + nobody / 3,
                    f"{here} s for a known name, {nobody} s otherwise",
                )


if __name__ == "__main__":
    unittest.main()
