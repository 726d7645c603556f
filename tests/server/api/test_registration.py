# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may register: by policy, by invitation, and the first administrator by the set-up code."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import shared
from client import PASSWORD, Api, new_number
from confabd import Server, wait_for

SETUP = re.compile(r"event=setup-code code=(\S+)")


class Policy(shared.ApiTest):
    policy = "invitation"

    def setUp(self):
        self.server = Server(("registration", "policy", self.policy)).start()
        self.addCleanup(self.server.close)

    def add_admin(self):
        name = f"admin{new_number()}"
        self.server.cli(
            "user", "add", name, f"{name}@mail.example", "--role", "admin", stdin=PASSWORD + "\n"
        )
        admin = self.stranger().sign_in(name)
        admin.administers = True
        return admin

    def invite(self, admin, uses=1):
        answer = admin.call("invite", 201, json_body={"uses": uses, "expires_in": 3600}).json
        return answer["code"], answer["invitation"]["id"]

    def attempt(self, invitation=None, expect=201, code=None, **members):
        number = new_number()
        return self.stranger().call(
            "register",
            expect,
            code,
            json_body={
                "username": f"person{number}",
                "email": f"person{number}@mail.example",
                "password": PASSWORD,
                "device_name": "test",
                "invitation": invitation,
            }
            | members,
        )

    def setup_code(self):
        # A thread writes the log, so the line may come after the server is ready.
        return wait_for(lambda: SETUP.findall(self.server.log()), "the set-up code")[-1]

    def role(self, answer):
        api = Api(self.server)
        api.token, api.user = answer.json["token"], answer.json["user"]
        self.addCleanup(api.close)
        return {row["id"]: row["base"] for row in api.sync().rows["roles"]}[api.user["role_id"]]


class ByInvitation(Policy):
    def uses_left(self, invitation_id):
        with sqlite3.connect(self.server.database) as database:
            return database.execute(
                "SELECT uses_left FROM invitations WHERE id = ?", (invitation_id,)
            ).fetchone()[0]

    def test_needs_one(self):
        self.assertEqual(self.stranger().call("getServer").json["registration"], "invitation")
        self.attempt(None, 403, "invitation-required")
        for wrong in ("", "x", "ABCD-EFGH", "ABCD-EFGH-JKMN"):
            self.attempt(wrong, 403, "invitation-invalid")
        self.attempt(7, 422, "invalid-field")

    def test_used_up(self):
        code, id_ = self.invite(self.add_admin(), 2)
        self.assertEqual(self.role(self.attempt(code)), "user")
        # The spelling of the code does not matter.
        self.attempt(f" {code.lower().replace('-', ' ')} ")
        self.attempt(code, 403, "invitation-invalid")
        self.assertEqual(self.uses_left(id_), 0)

    def test_not_used_by_what_fails(self):
        admin = self.add_admin()
        code, id_ = self.invite(admin)
        self.attempt(code, 409, "username-taken", username=admin.name)
        self.attempt(code, 422, "invalid-email", email="nowhere")
        self.attempt(code, 422, "password-too-common", password="123456789012345")
        self.assertEqual(self.uses_left(id_), 1)
        self.attempt(code)

    def test_ended_or_expired(self):
        admin = self.add_admin()
        code, id_ = self.invite(admin)
        admin.call("endInvitation", 204, id=id_)
        self.attempt(code, 403, "invitation-invalid")
        code, id_ = self.invite(admin)
        with sqlite3.connect(self.server.database) as database:
            database.execute("UPDATE invitations SET expires_at = 1 WHERE id = ?", (id_,))
        self.attempt(code, 403, "invitation-invalid")

    def test_one_use_and_many_who_want_it(self):
        code, id_ = self.invite(self.add_admin())
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: self.attempt(code, (201, 403)), range(8)))
        self.assertEqual(sorted(answer.status for answer in answers), [201] + [403] * 7)
        self.assertEqual(self.uses_left(id_), 0)
        self.server.cli("check")


class Closed(Policy):
    policy = "closed"

    def test_closed(self):
        code, _ = self.invite(self.add_admin())
        self.attempt(None, 403, "registration-closed")
        self.attempt(code, 403, "registration-closed")

    def test_set_up(self):
        code = self.setup_code()
        self.attempt("ABCD-EFGH", 403, "registration-closed")
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: self.attempt(code, (201, 403)), range(4)))
        [made] = [answer for answer in answers if answer.status == 201]
        self.assertEqual(
            {answer.code for answer in answers if answer is not made}, {"invitation-invalid"}
        )
        self.assertEqual(self.role(made), "admin")
        # The code neither works nor is offered again.
        self.attempt(code, 403, "invitation-invalid")
        offers = len(SETUP.findall(self.server.log()))
        self.server.restart()
        self.assertEqual(len(SETUP.findall(self.server.log())), offers)
        self.attempt(code, 403, "registration-closed")

    def test_each_start_has_another(self):
        code = self.setup_code()
        self.server.restart()
        # The log is written beside the server: the line may come after the first answer.
        wait_for(lambda: self.setup_code() != code, "another code")
        self.attempt(code, 403, "registration-closed")
        # A first administrator made in another way invalidates it, too.
        self.add_admin()
        self.attempt(self.setup_code(), 403, "invitation-invalid")


class Open(Policy):
    policy = "open"

    def test_invitations_count_here_too(self):
        self.attempt(None)
        self.attempt("ABCD-EFGH", 403, "invitation-invalid")
        code, _ = self.invite(self.add_admin())
        self.attempt(code)
        self.attempt(code, 403, "invitation-invalid")
