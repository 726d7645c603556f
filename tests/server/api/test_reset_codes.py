# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reset codes issued by an administrator or the operator, also on a server without mail."""

import json
import time
import urllib.parse

import shared
from client import PASSWORD, SECRETS

NEW = "six quiet herons crossing"
SECRETS.add(NEW)


def _code(output):
    return next(
        line.removeprefix("Code: ") for line in output.splitlines() if line.startswith("Code: ")
    )


class WithoutMail(shared.ApiTest):
    def test_says_so(self):
        self.assertFalse(self.stranger().call("getServer").json["mail"])

    def test_asking_does_nothing(self):
        """In particular it does not replace a code issued by an administrator."""
        person = self.person()
        email = person.user["email"]
        code = _code(self.server.cli("user", "reset-code", person.name))
        self.assertEqual(
            set(self.stranger().call("askForReset", 202, json_body={"email": email}).json),
            {"expires_at", "retry_after"},
        )
        self.stranger().call("checkReset", json_body={"login": email, "code": code})


class FromAnAdministrator(shared.ApiTest):
    """Codes issued by an administrator, on a server without mail."""

    def setUp(self):
        super().setUp()
        self.operator = self.admin()

    def verify(self):
        self.operator.call("verifySession", json_body={"password": PASSWORD})

    def issue(self, person, expect=201, problem=None, by=None):
        return (by or self.operator).call(
            "issueResetCode", expect, problem, json_body={}, id=person.id
        )

    def test_all_the_way(self):
        person = self.person()
        self.verify()
        issued = self.issue(person).json
        self.assertLess(abs(issued["expires_at"] - time.time() * 1000 - 24 * 3_600_000), 60_000)
        link = urllib.parse.urlsplit(issued["link"])
        query = urllib.parse.parse_qs(link.query)
        self.assertEqual(query["server"], [self.server.url])
        found = self.stranger().call("checkReset", json_body={"token": query["token"][0]}).json
        self.assertEqual(found, {"username": person.name, "expires_at": issued["expires_at"]})
        # The user is informed at once, without the code.
        [notice] = [
            row for row in person.sync().rows["notices"] if row["action"] == "reset-code-issued"
        ]
        self.assertEqual((notice["actor"], notice["by_self"]), (self.operator.name, False))
        self.assertNotIn(issued["code"], json.dumps(notice))
        self.stranger().call(
            "completeReset",
            204,
            json_body={"login": person.user["email"], "code": issued["code"], "password": NEW},
        )
        self.stranger().sign_in(person.name, NEW)
        self.assertNotIn(issued["code"], self.server.log())
        self.assertNotIn(query["token"][0], self.server.log())

    def test_needs_the_password_again(self):
        person = self.person()
        self.issue(person, 403, "password-needed")
        # Verification counts for this session only.
        elsewhere = self.stranger().sign_in(self.operator.name)
        elsewhere.call("verifySession", json_body={"password": PASSWORD})
        self.issue(person, 403, "password-needed")
        self.issue(person, by=elsewhere)

    def test_is_not_for_everybody(self):
        person, other = self.people(2)
        other.call("verifySession", json_body={"password": PASSWORD})
        self.issue(person, 403, "forbidden", by=other)
        self.issue(person, 401, "not-signed-in", by=self.stranger())
        self.server.cli("user", "set-role", other.name, "moderator")
        self.issue(person, 403, "forbidden", by=other)

    def test_refusals(self):
        person = self.person()
        self.verify()
        self.operator.call("issueResetCode", 404, "not-found", json_body={}, id=10**9)
        self.operator.call(
            "changeState",
            json_body={"state": "suspended", "expected_state": "active"},
            id=person.id,
        )
        self.issue(person, 409, "conflict")
        self.operator.call("issueResetCode", 400, "malformed-json", body=b"[]", id=person.id)
        self.operator.call(
            "issueResetCode", 413, "body-too-large", body=b" " * (300 << 10), id=person.id
        )
        self.operator.call(
            "issueResetCode",
            415,
            "unsupported-media-type",
            body=b"{}",
            id=person.id,
            headers={"Content-Type": "text/plain"},
        )


class FromTheCommandLine(shared.ApiTest):
    def test_recovers_an_account(self):
        person = self.person()
        self.server.write_config()  # with the port in use
        output = self.server.cli("user", "reset-code", person.user["email"])
        link = next(
            line.removeprefix("Link: ") for line in output.splitlines() if line.startswith("Link: ")
        )
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(link).query)
        self.assertEqual(query["server"], [self.server.url])
        found = self.stranger().call("checkReset", json_body={"token": query["token"][0]}).json
        self.assertLess(abs(found["expires_at"] - time.time() * 1000 - 24 * 3_600_000), 60_000)
        self.stranger().call(
            "completeReset",
            204,
            json_body={"login": person.name, "code": _code(output), "password": NEW},
        )
        again = self.stranger().sign_in(person.name, NEW)
        notices = {row["action"]: row for row in again.sync().rows["notices"]}
        self.assertFalse(notices["reset-code-issued"]["by_self"])
        self.assertNotIn(_code(output), json.dumps(notices))

    def test_refusals(self):
        self.assertIn(
            "nobody by that name", self.server.cli("user", "reset-code", "nobody-at-all", status=1)
        )
