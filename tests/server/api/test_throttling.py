# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Guessing passwords and registering in bulk are slowed down, per account and per address, but
never blocked forever.
"""

import shared
from client import PASSWORD, Api, new_address, new_number
from confabd import Server, wait_for


class Throttling(shared.ApiTest):
    MANY = 100
    AT_ONCE = 5

    def setUp(self):
        self.server = Server(
            ("limits", "registrations_per_hour", self.AT_ONCE),
            ("limits", "sign_ins_per_minute", self.AT_ONCE),
        ).start()
        self.addCleanup(self.server.close)

    def attempt(self, api, login, password="wrong" * 4):
        return api.call(
            "signIn",
            (201, 401, 429),
            json_body={"login": login, "password": password, "device_name": "t"},
        )

    def until_throttled(self, attempt):
        """Repeat the attempt until it is refused. Return the answer and the number of attempts
        before.
        """
        for number in range(self.MANY):
            answer = attempt()
            if answer.status == 429:
                self.assertEqual(int(answer.headers["retry-after"]), answer.json["retry_after"])
                return answer, number
        return self.fail(f"{self.MANY} attempts and never throttled")

    def test_one_account_from_everywhere(self):
        person = self.person()
        self.until_throttled(lambda: self.attempt(self.stranger(), person.name))
        # The email names the same account.
        self.assertEqual(self.attempt(self.stranger(), person.user["email"]).status, 429)
        # Other users are not affected, and existing sessions stay valid.
        other = self.person()
        self.stranger().sign_in(other.name)
        person.call("getMe")

    def test_unknown_account_looks_the_same(self):
        login = f"nobody{new_number()}"
        answer, unknown = self.until_throttled(lambda: self.attempt(self.stranger(), login))
        person = self.person()
        other, known = self.until_throttled(lambda: self.attempt(self.stranger(), person.name))
        self.assertEqual(answer.code, other.code)
        # If an attempt takes longer than the first waits, one or two more are permitted.
        self.assertLessEqual(abs(unknown - known), 3)

    def test_one_address_at_everybody(self):
        address = new_address()
        _, number = self.until_throttled(
            lambda: self.attempt(Api(self.server, address), f"nobody{new_number()}")
        )
        self.assertIn(number, (self.AT_ONCE, self.AT_ONCE + 1))
        person = self.person()
        self.stranger().sign_in(person.name)

    def test_it_ends(self):
        person = self.person()
        answer, _ = self.until_throttled(lambda: self.attempt(self.stranger(), person.name))
        self.assertLess(answer.json["retry_after"], 120)
        wait_for(
            lambda: self.attempt(self.stranger(), person.name, PASSWORD).status == 201,
            "the bucket to leak",
            timeout=180,
            interval=1,
        )

    def test_registering(self):
        address = new_address()

        def register():
            number = new_number()
            return Api(self.server, address).call(
                "register",
                (201, 429),
                json_body={
                    "username": f"person{number}",
                    "email": f"p{number}@mail.example",
                    "password": PASSWORD,
                    "device_name": "t",
                },
            )

        _, number = self.until_throttled(register)
        self.assertIn(number, (self.AT_ONCE, self.AT_ONCE + 1))
        self.person()

    def test_forwarded_address_is_not_believed(self):
        address = new_address()
        count = iter(range(10**6))

        def attempt():
            return Api(self.server, address).call(
                "signIn",
                (401, 429),
                json_body={
                    "login": f"nobody{new_number()}",
                    "password": "wrong" * 4,
                    "device_name": "t",
                },
                headers={
                    "X-Forwarded-For": f"10.0.0.{next(count)}",
                    "Forwarded": f"for=10.1.0.{next(count)}",
                },
            )

        self.until_throttled(attempt)
