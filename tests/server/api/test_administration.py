# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What administrators can and cannot do, and what the audit records of it."""

import sqlite3
import threading
import time
import urllib.parse

import shared
from client import PASSWORD, Api, Mirror, new_number
from confabd import Server

ADMIN, USER, MODERATOR = 1, 2, 3
WRONG = PASSWORD + "!"


class Administration(shared.ApiTest):
    def setUp(self):
        super().setUp()
        self.chief = self.admin()

    def entries(self, person, *actions):
        """Return the audit entries about a person, oldest first."""
        return [
            entry
            for entry in self.chief.audit(query=person.name)[::-1]
            if entry["target_id"] == person.id and (not actions or entry["action"] in actions)
        ]


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


class Roles(Administration):
    def test_promotion_needs_the_password(self):
        person = self.person()
        self.chief.change_role(person, MODERATOR, USER, expect=403, code="password-needed")
        self.chief.change_role(person, ADMIN, USER, expect=403, code="password-needed")
        self.assertEqual(self.chief.change_role(person, USER, USER).json["user"]["role_id"], USER)
        changed = self.chief.verify().change_role(person, MODERATOR, USER).json
        self.assertEqual(changed["user"]["role_id"], MODERATOR)
        self.assertEqual(changed["undo"]["role_id"], USER)
        other_device = Api(self.server).sign_in(self.chief.name)
        self.addCleanup(other_device.close)
        other_device.administers = True
        other_device.change_role(person, ADMIN, MODERATOR, expect=403, code="password-needed")
        other_device.change_role(person, USER, MODERATOR)

    def test_reaches_all_windows_at_once(self):
        person, friend = self.people(2)
        person.direct(friend)
        mirror, friends = Mirror(person.id), Mirror(friend.id)
        with person.stream(mirror=mirror) as stream, friend.stream(mirror=friends) as other:
            stream.until_ready()
            other.until_ready()
            self.chief.verify().change_role(person, MODERATOR, USER)
            stream.until(lambda frame: mirror.tables["users"][person.id]["role_id"] == MODERATOR)
            other.until(lambda frame: friends.tables["users"][person.id]["role_id"] == MODERATOR)
            notice = list(mirror.tables["notices"].values())[-1]
        self.assertEqual(
            [notice[member] for member in ("action", "actor", "old", "new", "by_self")],
            ["role-changed", self.chief.name, "user", "moderator", False],
        )
        self.assertNotIn(
            "role-changed", {row["action"] for row in friends.tables["notices"].values()}
        )
        person.call("getMe")

    def test_audit(self):
        person = self.person()
        self.chief.verify().change_role(person, ADMIN, USER)
        self.chief.change_role(person, ADMIN, ADMIN)
        self.server.cli("user", "set-role", person.name, "user")
        added, by_chief, by_operator = self.entries(person)
        self.assertEqual(
            (added["action"], added["actor_id"], added["new"]),
            ("user-added", person.id, person.name),
        )
        self.assertEqual(
            {name: by_chief[name] for name in by_chief if name not in ("id", "at")},
            {
                "actor_id": self.chief.id,
                "actor": self.chief.name,
                "target_id": person.id,
                "target": person.name,
                "conversation_id": None,
                "action": "role-changed",
                "old": "user",
                "new": "admin",
                "address": self.chief.address,
            },
        )
        self.assertLess(abs(by_chief["at"] / 1000 - time.time()), 60)
        self.assertEqual(
            [
                by_operator[name]
                for name in ("actor_id", "actor", "action", "old", "new", "address")
            ],
            [None, None, "role-changed", "admin", "user", None],
        )

    def test_expects_what_it_replaces(self):
        person = self.person()
        self.chief.verify().change_role(person, ADMIN, MODERATOR, expect=409, code="conflict")
        self.chief.change_role(person, MODERATOR, USER)
        self.chief.change_role(person, MODERATOR, USER, expect=409, code="conflict")
        self.chief.change_role(person, 2**40, MODERATOR, expect=422, code="invalid-field")
        self.chief.call(
            "changeRole",
            404,
            "not-found",
            json_body={"role_id": USER, "expected_role_id": USER},
            id=2**40,
        )
        for body in (
            {"role_id": USER},
            {"expected_role_id": USER},
            {"role_id": "2", "expected_role_id": 2},
        ):
            self.chief.call("changeRole", 422, "invalid-field", json_body=body, id=person.id)

    def undo(self, who, person, audit_id, **expected):
        return who.call("undoRole", json_body={"audit_id": audit_id}, id=person.id, **expected)

    def test_undo(self):
        person = self.admin()
        undo = self.chief.change_role(person, USER, ADMIN).json["undo"]
        self.assertEqual(self.chief.person(person).json["undo"], undo)
        self.assertLess(abs(undo["expires_at"] / 1000 - time.time() - 600), 60)
        other = self.admin()
        self.assertIsNone(other.person(person).json["undo"])
        self.undo(other, person, undo["audit_id"], expect=410, code="undo-expired")
        self.undo(self.chief, person, undo["audit_id"] + 1000, expect=410, code="undo-expired")
        self.assertEqual(
            self.undo(self.chief, person, undo["audit_id"]).json["user"]["role_id"], ADMIN
        )
        self.undo(self.chief, person, undo["audit_id"], expect=410, code="undo-expired")
        self.assertIsNone(self.chief.person(person).json["undo"])
        entry = self.entries(person)[-1]
        self.assertEqual(
            [entry[name] for name in ("action", "old", "new")],
            ["role-change-undone", "user", "admin"],
        )
        self.undo(self.chief, self.chief, undo["audit_id"], expect=403, code="forbidden")
        self.chief.call("undoRole", 404, "not-found", json_body={"audit_id": 1}, id=2**40)
        self.chief.call("undoRole", 422, "invalid-field", json_body={}, id=person.id)

    def test_undo_is_for_the_newest_change(self):
        person = self.person()
        first = self.chief.verify().change_role(person, MODERATOR, USER).json["undo"]
        self.server.cli("user", "set-role", person.name, "user")
        self.server.cli("user", "set-role", person.name, "moderator")
        self.undo(self.chief, person, first["audit_id"], expect=410, code="undo-expired")

    def test_undo_for_ten_minutes(self):
        with Server() as server:
            chief, person = Api(server).register(), Api(server).register()
            server.cli("user", "set-role", chief.name, "admin")
            chief.administers = True
            undo = chief.verify().change_role(person, MODERATOR, USER).json["undo"]
            server.stop()
            with sqlite3.connect(server.database) as database:
                database.execute("DROP TRIGGER audit_is_not_changed")
                database.execute("UPDATE audit SET at = at - 600001")
            database.close()
            server.start()
            self.assertIsNone(chief.person(person).json["undo"])
            self.undo(chief, person, undo["audit_id"], expect=410, code="undo-expired")
            chief.close()
            person.close()

    def test_label(self):
        person = self.person()
        mirror = Mirror(person.id)

        def label(value, **expected):
            return self.chief.call(
                "labelRole", json_body={"label": value}, id=MODERATOR, **expected
            )

        self.addCleanup(lambda: label(None))
        with person.stream(mirror=mirror) as stream:
            stream.until_ready()
            self.assertEqual(label(" Stewards ").rows["roles"][0]["label"], "Stewards")
            stream.until(lambda frame: mirror.tables["roles"][MODERATOR]["label"] == "Stewards")
        entry = self.chief.audit(query="Stewards")[0]
        self.assertEqual(
            [entry[name] for name in ("action", "old", "new", "target")],
            ["role-labelled", "moderator", "Stewards", None],
        )
        self.assertEqual(label("Stewards").rows["roles"][0]["rolename"], "moderator")
        self.assertEqual(len(self.chief.audit(query="Stewards")), 1)
        self.assertIsNone(label("").rows["roles"][0]["label"])
        for value in ("x" * 101, "two\nlines", 7):
            label(value, expect=422, code="invalid-field")
        self.chief.call("labelRole", 422, "invalid-field", json_body={}, id=MODERATOR)
        self.chief.call("labelRole", 404, "not-found", json_body={"label": None}, id=2**40)


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


class LastAdmin(shared.ApiTest):
    """Bugs of Rocket.Chat's, by their numbers, and related cases. Each test has its own server."""

    def setUp(self):
        self.server = Server().start()
        self.addCleanup(self.server.close)

    def two_admins(self):
        one, other = self.admin(), self.admin()
        return one.verify(), other.verify()

    def count(self, api):
        return api.call("listPeople", query={"role_id": ADMIN, "state": "active"}).json["total"]

    def test_16821_last_admin_stays(self):
        chief = self.admin()
        chief.change_role(chief, USER, ADMIN, expect=409, code="last-admin")
        chief.change_role(chief, MODERATOR, ADMIN, expect=409, code="last-admin")
        chief.change_state(chief, "suspended", "active", expect=409, code="last-admin")
        chief.call("deleteAccount", 409, "last-admin", json_body={"password": PASSWORD})
        self.assertIn(
            "only administrator", self.server.cli("user", "set-role", chief.name, "user", status=1)
        )
        self.assertIn(
            "only administrator", self.server.cli("user", "suspend", chief.name, status=1)
        )
        self.assertEqual(self.count(chief), 1)
        chief.call("getMe")

    def test_16821_undoing_the_only_other_ones_promotion(self):
        one, other = self.admin().verify(), self.person()
        undo = one.change_role(other, ADMIN, USER).json["undo"]
        other.administers = True
        other.change_state(one, "suspended", "active")
        other.change_state(one, "active", "suspended")
        one.sign_in(one.name)
        other.change_role(one, USER, ADMIN)
        one.call(
            "undoRole", 403, "forbidden", json_body={"audit_id": undo["audit_id"]}, id=other.id
        )

    def test_4131_unrelated_edits_are_free(self):
        chief, person = self.admin(), self.person()
        self.assertEqual(chief.change_role(chief, ADMIN, ADMIN).status, 200)
        self.assertEqual(chief.change_state(chief, "active", "active").status, 200)
        chief.verify().change_role(person, MODERATOR, USER)
        chief.call("labelRole", json_body={"label": "Chiefs"}, id=ADMIN)

    def test_23622_others_can_be_suspended_while_one_admin_exists(self):
        chief, person = self.admin(), self.person()
        chief.change_state(person, "suspended", "active")
        chief.change_role(person, USER, USER)
        chief.change_state(person, "active", "suspended")

    def test_23622_without_any_admin(self):
        person = self.person()
        self.server.cli("user", "set-role", person.name, "moderator")
        self.server.cli("user", "set-role", person.name, "user")
        self.server.cli("user", "suspend", person.name)
        self.server.cli("user", "restore", person.name)

    def test_3971_nobody_becomes_admin_by_registering(self):
        first, second = self.people(2)
        for person in (first, second):
            self.assertEqual(person.user["role_id"], USER)
            person.call("listPeople", 403, "forbidden")

    def test_a_suspended_admin_does_not_count(self):
        one, other = self.two_admins()
        one.change_state(other, "suspended", "active")
        one.change_role(one, USER, ADMIN, expect=409, code="last-admin")
        one.change_role(other, USER, ADMIN)

    def test_stepping_down(self):
        one, other = self.two_admins()
        down = one.change_role(one, USER, ADMIN).json
        self.assertEqual((down["user"]["role_id"], down["undo"]), (USER, None))
        one.call("listPeople", 403, "forbidden")
        one.call("getMe")
        self.assertEqual(self.count(other), 1)

    def test_deleting_oneself(self):
        one, other = self.two_admins()
        one.call("deleteAccount", 204, json_body={"password": PASSWORD})
        other.call("deleteAccount", 409, "last-admin", json_body={"password": PASSWORD})
        gone = other.person(one).json["user"]
        self.assertEqual((gone["state"], gone["sessions"]), ("deleted", 0))
        other.change_state(one, "active", "suspended", expect=409, code="conflict")
        other.change_role(one, USER, ADMIN, expect=409, code="conflict")
        self.assertEqual(other.call("listPeople", query={"state": "deleted"}).json["users"], [gone])
        self.assertNotIn(one.id, [row["id"] for row in other.call("listPeople").json["users"]])

    def test_suspending_oneself(self):
        one, other = self.two_admins()
        self.assertEqual(
            one.change_state(one, "suspended", "active").json["user"]["state"], "suspended"
        )
        one.call("getMe", 401, "not-signed-in")
        other.change_state(one, "active", "suspended")

    def test_two_demote_each_other_at_once(self):
        left = None
        for change in ("role", "state") * 3:
            one, other = self.two_admins()
            if left is not None:
                self.server.cli("user", "set-role", left.name, "user")
            with self.subTest(change):
                answers = self.race(change, one, other)
                self.assertIn(sorted(answers), ([200, 401], [200, 403], [200, 409]))
                left = one if one.call("listPeople", (200, 401, 403)).status == 200 else other
                self.assertEqual(self.count(left), 1)

    def race(self, change, one, other):
        barrier, answers = threading.Barrier(2), []

        def attempt(who, whom):
            barrier.wait()
            if change == "role":
                answer = who.change_role(whom, USER, ADMIN, expect=(200, 403, 409))
            else:
                answer = who.change_state(whom, "suspended", "active", expect=(200, 401, 403, 409))
            answers.append(answer.status)

        threads = [
            threading.Thread(target=attempt, args=pair) for pair in ((one, other), (other, one))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers


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
