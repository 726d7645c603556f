# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing the role of a person, the label of a role, and the last administrator."""

import sqlite3
import threading
import time

import shared
from administration import ADMIN, USER, MODERATOR, Administration
from client import PASSWORD, Api, Mirror
from confabd import Server


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
