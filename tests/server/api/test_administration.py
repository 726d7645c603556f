# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What administrators can and cannot do, and what the audit records of it."""

import time

import shared
from administration import ADMIN, USER, MODERATOR, WRONG, Administration
from client import PASSWORD, Api, new_number
from confabd import Server


class People(Administration):
    def test_person(self):
        person = self.person()
        found = self.chief.person(person).json
        self.assertEqual(found["undo"], None)
        self.assertEqual(
            found["user"],
            {
                "id": person.id,
                "username": person.name,
                "email": person.user["email"],
                "picture": None,
                "created_at": person.user["created_at"],
                "role_id": USER,
                "state": "active",
                "sessions": 1,
                "last_seen_at": found["user"]["last_seen_at"],
                "rev": person.user["rev"],
            },
        )
        self.assertLess(abs(found["user"]["last_seen_at"] / 1000 - time.time()), 60)
        Api(self.server).sign_in(person.name).close()
        self.assertEqual(self.chief.person(person).json["user"]["sessions"], 2)
        person.call("endSession", 204, id="others")
        person.call("endSession", 204, id="current")
        alone = self.chief.person(person).json["user"]
        self.assertEqual((alone["sessions"], alone["last_seen_at"]), (0, None))
        self.chief.call("getPerson", 404, "not-found", id=2**40)

    def test_search_and_pages(self):
        mark = f"q{new_number()}q"
        people = [self.person(username=f"{letter}{mark}") for letter in "cab"]
        people.append(self.person(email=f"z{mark}@mail.example"))

        def find(**query):
            return self.chief.call("listPeople", query={"query": mark, **query}).json

        everybody = find()
        self.assertEqual([row["username"][0] for row in everybody["users"]], ["a", "b", "c", "p"])
        self.assertEqual((everybody["total"], everybody["next"]), (4, None))
        self.assertEqual(
            self.chief.call("listPeople", query={"query": mark.upper()}).json, everybody
        )

        pages, after = [], None
        while True:
            page = find(limit=1, after=after)
            self.assertEqual(page["total"], 4)
            pages += page["users"]
            after = page["next"]
            if after is None:
                break
        self.assertEqual(pages, everybody["users"])

        self.server.cli("user", "set-role", people[0].name, "moderator")
        self.chief.change_state(people[1], "suspended", "active")
        self.assertEqual([row["id"] for row in find(role_id=MODERATOR)["users"]], [people[0].id])
        self.assertEqual([row["id"] for row in find(state="suspended")["users"]], [people[1].id])
        self.assertEqual(find(state="active")["total"], 3)
        self.assertEqual(find(state="deleted"), {"users": [], "next": None, "total": 0})
        self.assertEqual(find(role_id=ADMIN)["total"], 0)
        self.assertEqual(
            self.chief.call("listPeople", query={"query": mark + "x"}).json["total"], 0
        )

    def test_queries_that_are_none(self):
        for name, value in (
            ("limit", 0),
            ("limit", 101),
            ("role_id", 0),
            ("role_id", "x"),
            ("state", "gone"),
        ):
            with self.subTest(name, value=value):
                answer = self.chief.call("listPeople", 422, "invalid-field", query={name: value})
                self.assertEqual(answer.json["field"], name)
        self.chief.call("readAudit", 422, "invalid-field", query={"limit": 201})
        self.chief.call("readAudit", 422, "invalid-field", query={"before": 0})
        self.chief.call("previewRole", 422, "invalid-field", id=self.chief.id)

    def test_preview(self):
        person = self.person()

        def preview(other, role_id):
            return self.chief.call("previewRole", query={"role_id": role_id}, id=other.id).json

        now = preview(person, USER)
        self.assertEqual((now["sessions"], now["admins_after"] - now["admins_now"]), (1, 0))
        up = preview(person, ADMIN)
        self.assertEqual(up["admins_after"] - up["admins_now"], 1)
        down = preview(self.chief, MODERATOR)
        self.assertEqual(down["admins_after"] - down["admins_now"], -1)
        self.chief.change_state(person, "suspended", "active")
        self.assertEqual(preview(person, ADMIN)["sessions"], 0)
        self.assertEqual(preview(person, ADMIN)["admins_after"], up["admins_now"])
        self.chief.call("previewRole", 404, "not-found", query={"role_id": USER}, id=2**40)
        self.chief.call("previewRole", 422, "invalid-field", query={"role_id": 2**40}, id=person.id)


class Permission(Administration):
    def attempts(self, api, other, expect, code):
        for operation, body in (
            ("listPeople", None),
            ("getPerson", None),
            ("previewRole", None),
            ("endSessionsOf", None),
            ("changeRole", {"role_id": ADMIN, "expected_role_id": USER}),
            ("undoRole", {"audit_id": 1}),
            ("changeState", {"state": "suspended", "expected_state": "active"}),
            ("labelRole", {"label": "x"}),
            ("listInvitations", None),
            ("invite", {"uses": 1, "expires_in": 3600}),
            ("endInvitation", None),
            ("readAudit", None),
        ):
            with self.subTest(operation):
                query = {"role_id": USER} if operation == "previewRole" else None
                api.call(operation, expect, code, query=query, json_body=body, id=other.id)

    def test_not_for_others(self):
        person, moderator, other = self.people(3)
        self.server.cli("user", "set-role", moderator.name, "moderator")
        self.attempts(self.stranger(), other, 401, "not-signed-in")
        self.attempts(person, other, 403, "forbidden")
        self.attempts(moderator, other, 403, "forbidden")
        self.assertEqual(self.chief.person(other).json["user"]["role_id"], USER)
        self.assertEqual(self.entries(other), self.entries(other, "user-added"))

    def test_9122_nobody_promotes_themselves(self):  # a bug of Rocket.Chat's, as in LastAdmin
        person = self.person()
        person.call(
            "changeRole",
            403,
            "forbidden",
            json_body={"role_id": ADMIN, "expected_role_id": USER},
            id=person.id,
        )
        self.assertEqual(person.call("getMe").json["user"]["role_id"], USER)

    def test_role_is_read_with_each_request(self):
        """Neither token nor session contains the permissions."""
        other = self.admin()
        other.call("readAudit")
        self.chief.change_role(other, USER, ADMIN)
        self.attempts(other, self.chief, 403, "forbidden")
        self.chief.verify().change_role(other, ADMIN, USER)
        other.call("readAudit")

    def test_roles_may_do_what_their_base_may(self):
        self.server.cli("role", "add", "owners", "--like", "admin", "--label", "Owners")
        roles = {row["rolename"]: row for row in self.chief.sync().rows["roles"]}
        self.assertEqual((roles["owners"]["label"], roles["owners"]["base"]), ("Owners", "admin"))
        person = self.person()
        self.chief.verify().change_role(person, roles["owners"]["id"], USER)
        person.administers = True
        person.call("listPeople")


class States(Administration):
    def test_suspended(self):
        person = self.person()
        with person.stream() as stream:
            stream.until_ready()
            suspended = self.chief.change_state(person, "suspended", "active").json["user"]
            frames = []
            with self.assertRaises(Exception) as closed:
                while True:
                    frames.append(stream.next())
        self.assertEqual((suspended["state"], suspended["sessions"]), ("suspended", 0))
        self.assertEqual(frames[-1]["code"], "account-suspended")
        self.assertEqual(closed.exception.rcvd.code, 1008)
        person.call("getMe", 401, "not-signed-in")

        again = self.stranger()
        members = {"login": person.name, "password": PASSWORD, "device_name": "test"}
        again.call("signIn", 403, "account-suspended", json_body=members)
        again.call("signIn", 401, "wrong-credentials", json_body=members | {"password": WRONG})
        again.call(
            "signIn", 401, "wrong-credentials", json_body=members | {"login": person.name + "x"}
        )
        self.chief.change_state(person, "active", "suspended")
        again.sign_in(person.name)
        self.assertEqual(
            [(entry["action"], entry["old"], entry["new"]) for entry in self.entries(person)][1:],
            [("suspended", "active", "suspended"), ("restored", "suspended", "active")],
        )
        self.assertEqual(
            [row["action"] for row in again.sync().rows["notices"]],
            ["user-added", "suspended", "restored"],
        )

    def test_wrong_password_takes_as_long(self):
        """Only with the right password does the answer show that an account is suspended; its time
        never does.
        """
        suspended, active = self.people(4), self.people(4)
        for person in suspended:
            self.chief.change_state(person, "suspended", "active")

        def measure(name):
            with_address = self.stranger()
            start = time.perf_counter()
            with_address.call(
                "signIn",
                401,
                "wrong-credentials",
                json_body={"login": name, "password": WRONG, "device_name": "test"},
            )
            return time.perf_counter() - start

        times = [], []
        for _ in range(4):
            for pair in zip(suspended, active):
                for measured, person in zip(times, pair):
                    measured.append(measure(person.name))
        # Other load only adds time, so compare the shortest times.
        one, other = map(min, times)
        self.assertLess(max(one, other) / min(one, other), 2.0, times)

    def test_expects_what_it_replaces(self):
        person = self.person()
        self.chief.change_state(person, "active", "suspended", expect=409, code="conflict")
        self.chief.change_state(person, "suspended", "suspended", expect=409, code="conflict")
        self.assertEqual(
            self.chief.change_state(person, "active", "active").json["user"]["state"], "active"
        )
        self.assertEqual(self.entries(person, "restored", "suspended"), [])
        for body in (
            {"state": "deleted", "expected_state": "active"},
            {"state": "active"},
            {"state": "active", "expected_state": "deleted"},
            {"state": 1, "expected_state": "active"},
        ):
            self.chief.call("changeState", 422, "invalid-field", json_body=body, id=person.id)
        self.chief.call(
            "changeState",
            404,
            "not-found",
            id=2**40,
            json_body={"state": "active", "expected_state": "active"},
        )

    def test_sessions_end(self):
        person = self.person()
        other = Api(self.server).sign_in(person.name)
        self.addCleanup(other.close)
        with person.stream() as stream:
            stream.until_ready()
            self.assertEqual(self.chief.call("endSessionsOf", id=person.id).json, {"ended": 2})
            self.assertEqual(stream.closed(), 1008)
        for api in (person, other):
            api.call("getMe", 401, "not-signed-in")
        self.assertEqual(self.chief.call("endSessionsOf", id=person.id).json, {"ended": 0})
        self.assertEqual([entry["new"] for entry in self.entries(person, "sessions-ended")], ["2"])
        self.chief.call("endSessionsOf", 404, "not-found", id=2**40)
        person.token = None
        person.sign_in(person.name)


class Invitations(Administration):
    def test_invitations(self):
        made = self.chief.call("invite", 201, json_body={"uses": 3, "expires_in": 3600}).json
        invitation = made["invitation"]
        self.assertEqual(
            [invitation[name] for name in ("created_by", "uses", "uses_left")],
            [self.chief.name, 3, 3],
        )
        self.assertEqual(invitation["expires_at"] - invitation["created_at"], 3_600_000)
        self.assertIn(invitation, self.chief.call("listInvitations").json["invitations"])
        self.assertNotIn(made["code"], str(self.chief.audit()))
        self.chief.call("endInvitation", 204, id=invitation["id"])
        self.assertNotIn(
            invitation["id"],
            [row["id"] for row in self.chief.call("listInvitations").json["invitations"]],
        )
        self.chief.call("endInvitation", 404, "not-found", id=invitation["id"])
        self.assertEqual(
            [entry["action"] for entry in self.chief.audit(query=self.chief.name, limit=2)],
            ["invitation-ended", "invitation-created"],
        )
        for uses, seconds in ((0, 3600), (1001, 3600), (1, 3599), (1, 2592001), ("1", 3600)):
            self.chief.call(
                "invite", 422, "invalid-field", json_body={"uses": uses, "expires_in": seconds}
            )


class Audit(Administration):
    def test_pages(self):
        person = self.person()
        for state in ("suspended", "active", "suspended", "active"):
            self.chief.change_state(
                person, state, "active" if state == "suspended" else "suspended"
            )
        whole = self.chief.audit(query=person.name)
        self.assertEqual(len(whole), 5)
        pages, before = [], None
        while True:
            page = self.chief.call(
                "readAudit", query={"query": person.name, "before": before, "limit": 2}
            ).json
            pages += page["entries"]
            before = page["next"]
            if before is None:
                break
        self.assertEqual(pages, whole)
        self.assertEqual(self.chief.audit(query="restored")[0]["action"], "restored")
        self.assertEqual(self.chief.audit(query="no such thing"), [])

    def test_signing_in_is_not_written_down(self):
        person = self.person()
        Api(self.server).sign_in(person.name).close()
        person.call("endSession", 204, id="others")
        person.call("endSession", 204, id="current")
        self.assertEqual([entry["action"] for entry in self.entries(person)], ["user-added"])


class CommandLine(shared.ApiTest):
    def setUp(self):
        self.server = Server().start()
        self.addCleanup(self.server.close)

    def test_suspend_and_restore(self):
        person = self.person()
        with person.stream() as stream:
            stream.until_ready()
            self.server.cli("user", "suspend", person.name)
            self.assertEqual(stream.closed(), 1008)
        self.assertIn("\tsuspended\t", self.server.cli("user", "list"))
        person.token = None
        person.call(
            "signIn",
            403,
            "account-suspended",
            json_body={"login": person.name, "password": PASSWORD, "device_name": "test"},
        )
        self.server.cli("user", "restore", person.name)
        person.sign_in(person.name)
        self.server.cli("user", "suspend", "nobody", status=1)
        chief = self.admin()
        actions = [(entry["action"], entry["actor"]) for entry in chief.audit(query=person.name)]
        self.assertEqual(
            actions, [("restored", None), ("suspended", None), ("user-added", person.name)]
        )

    def test_roles(self):
        self.server.cli("role", "add", "Helpers", "--like", "moderator")
        self.assertIn(
            "already", self.server.cli("role", "add", "helpers", "--like", "user", status=1)
        )
        self.server.cli("role", "add", "x", "--like", "king", status=1)
        self.server.cli("role", "add", "two words", "--like", "user", status=1)
        self.server.cli("role", "add", "x", "--like", "user", "--label", "y" * 101, status=1)
        self.server.cli("role", "add", "x", status=2)
        self.assertEqual(
            self.server.cli("role", "list").splitlines(),
            ["admin\tadmin\t", "user\tuser\t", "moderator\tmoderator\t", "helpers\tmoderator\t"],
        )
        person = self.person()
        self.server.cli("user", "set-role", person.name, "helpers")
        self.assertIn("\thelpers\t", self.server.cli("user", "list"))
        chief = self.admin()
        self.assertEqual(chief.audit(query="role-added")[0]["new"], "helpers")
