# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Managing one's account: what can be changed, who is informed, what requires the password."""

import hashlib
import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import shared
from client import PASSWORD, SECRETS, Api, new_id, new_number, png
from confabd import Server
from smtp import Post

WRONG = "none of her passwords"


class OwnAccount(shared.ApiTest):
    """Base class for the operations that require the password."""

    def assert_throttled(self, attempt):
        """Wrong passwords count per account here, too; then the right one also has to wait."""
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


class Profile(OwnAccount):
    def change(self, person, expect=200, code=None, **members):
        answer = person.call("changeProfile", expect, code, json_body=members)
        if expect == 200:
            person.user = answer.json["user"]
        return answer

    def test_name_and_about(self):
        person = self.person()
        before, email = person.name, person.user["email"]
        rev = person.user["rev"]
        self.change(person, username=f"{before}-anew", about="  Likes tea  ")
        self.assertEqual(
            (person.name, person.user["about"], person.user["email"]),
            (f"{before}-anew", "Likes tea", email),
        )
        self.assertGreater(person.user["rev"], rev)
        self.assertEqual(person.call("getMe").json["user"], person.user)
        self.stranger().sign_in(person.name)
        self.stranger().call(
            "signIn",
            401,
            "wrong-credentials",
            json_body={"login": before, "password": PASSWORD, "device_name": "test"},
        )
        # The old name is free.
        self.person(username=before)

    def test_about_can_be_none(self):
        person = self.person()
        for none in (None, "", "   "):
            self.change(person, about="something")
            self.change(person, about=none)
            self.assertIsNone(person.user["about"])

    def test_nothing_changes_nothing(self):
        person = self.person()
        rev = person.user["rev"]
        self.change(person)
        self.change(person, username=person.name, about=None)
        self.assertEqual(person.user["rev"], rev)
        self.assertNotIn(
            "username-changed", [row["action"] for row in person.sync().rows["notices"]]
        )

    def test_another_case_of_ones_own_name(self):
        person = self.person()
        self.change(person, username=person.name.upper())
        self.assertTrue(person.name.isupper())

    def test_rules(self):
        person, other = self.people(2)
        self.change(person, 409, "username-taken", username=other.name.upper())
        self.change(person, 422, "invalid-username", username="deleted:1")
        self.change(person, 422, "invalid-field", username=None)
        self.change(person, 422, "invalid-field", about=7)
        self.change(person, 422, "invalid-field", about="two\nlines")
        self.change(person, 422, "invalid-field", about="x" * 201)
        self.stranger().call("changeProfile", 401, "not-signed-in", json_body={})

    def test_who_hears_of_it(self):
        person, friend, stranger, former = self.people(4)
        person.direct(friend)
        group = person.group(friend, former)
        former.leave(group)
        mirrors = {one: one.mirror() for one in (person, friend, stranger, former)}
        with friend.stream(mirror=mirrors[friend]) as stream, person.stream(
            mirror=mirrors[person]
        ) as own:
            stream.until_ready(), own.until_ready()
            self.change(person, username=f"{person.name}-x", about="Hello")
            for one in (stream, own):
                row = one.until(
                    lambda frame: next(
                        (
                            row
                            for row in frame.get("rows", {}).get("users", ())
                            if row["id"] == person.id
                        ),
                        None,
                    )
                )
                self.assertEqual((row["username"], row["about"]), (person.name, "Hello"))
        for one in (stranger, former):
            self.assertNotIn("users", one.sync(mirrors[one].cursor).rows)
        for one, mirror in mirrors.items():
            one.pull(mirror)
            self.assertEqual(mirror.tables, one.mirror().tables)
        notice = [
            row
            for row in mirrors[person].tables["notices"].values()
            if row["action"] == "username-changed"
        ]
        self.assertEqual([(row["new"], row["by_self"]) for row in notice], [(person.name, True)])
        self.assertFalse(
            [
                row
                for row in mirrors[friend].tables["notices"].values()
                if row["action"] == "username-changed"
            ]
        )

    def test_one_name_for_many(self):
        people = self.people(6)
        wanted = f"wanted{people[0].id}"
        with ThreadPoolExecutor(len(people)) as pool:
            answers = list(
                pool.map(
                    lambda person: person.call(
                        "changeProfile", (200, 409), json_body={"username": wanted}
                    ),
                    people,
                )
            )
        self.assertEqual(sorted(answer.status for answer in answers), [200] + [409] * 5)

    def test_available(self):
        person, other = self.people(2)

        def available(name, **expected):
            return person.call("getUsername", username=name, **expected).json.get("available")

        self.assertTrue(available(f"{person.name}-free"))
        self.assertTrue(available(person.name.upper()))
        self.assertFalse(available(other.name.upper()))
        self.assertTrue(available("Влади.мир"))
        available("a b", expect=422, code="invalid-username")
        available("x" * 33, expect=422, code="invalid-username")
        self.stranger().call("getUsername", 401, "not-signed-in", username="x")


class Password(OwnAccount):
    NEW = "an entirely different sentence"

    def setUp(self):
        super().setUp()
        SECRETS.add(self.NEW)

    def change(self, person, password=NEW, current=PASSWORD, expect=204, code=None):
        return person.call(
            "changePassword",
            expect,
            code,
            json_body={"current_password": current, "password": password},
        )

    def test_changes(self):
        person = self.person()
        other = self.stranger().sign_in(person.name)
        with other.stream() as stream:
            stream.until_ready()
            self.change(person)
            self.assertEqual(stream.closed(), 1008)
        person.call("getMe")
        other.call("getMe", 401, "not-signed-in")
        self.stranger().sign_in(person.name, self.NEW)
        self.stranger().call(
            "signIn",
            401,
            "wrong-credentials",
            json_body={"login": person.name, "password": PASSWORD, "device_name": "test"},
        )
        self.assertIn("password-changed", [row["action"] for row in person.sync().rows["notices"]])

    def test_rules(self):
        person = self.person(username=f"Wolfgangus{new_number()}")
        self.change(person, "short", expect=422, code="password-too-short")
        self.change(person, "é" * 513, expect=422, code="password-too-long")
        self.change(person, "x" * 15 + "\u0301" * 100, expect=422, code="invalid-text")
        self.change(person, "123456789012345", expect=422, code="password-too-common")
        self.change(person, "correct\thorse battery", expect=422, code="invalid-password")
        self.change(person, f"{person.name}!!!!!!", expect=422, code="password-too-common")
        self.change(person, None, expect=422, code="invalid-field")
        self.change(person, current=None, expect=422, code="invalid-field")
        self.change(person, current=WRONG, expect=401, code="wrong-credentials")
        self.change(self.stranger(), expect=401, code="not-signed-in")
        self.stranger().sign_in(person.name)

    def test_throttled(self):
        person = self.person()
        self.assert_throttled(lambda: self.change(person, current=WRONG, expect=(401, 429)))
        self.change(person, expect=429, code="throttled")

    def test_twice_at_once(self):
        """Both requests give the old password, so the second one fails."""
        person = self.person()
        changes = ["the one and only sentence", "the other and lonely sentence"]
        SECRETS.update(changes)
        with ThreadPoolExecutor(2) as pool:
            answers = list(
                pool.map(lambda new: self.change(person.clone(), new, expect=(204, 401)), changes)
            )
        self.assertEqual(sorted(answer.status for answer in answers), [204, 401])
        winner = changes[[answer.status for answer in answers].index(204)]
        self.stranger().sign_in(person.name, winner)


class Picture(OwnAccount):
    def put(self, person, data, expect=200, code=None, kind="image/png"):
        answer = person.call("setPicture", expect, code, body=data, headers={"Content-Type": kind})
        if expect == 200:
            person.user = answer.json["user"]
        return answer

    def get(self, person, picture, **expected):
        return person.call("getPicture", hash=picture, **expected)

    def test_set_and_remove(self):
        person, friend = self.people(2)
        person.direct(friend)
        mirror = friend.mirror()
        file = png(512, 512, data=str(person.id).encode())
        self.put(person, file)
        self.assertEqual(person.user["picture"], hashlib.sha256(file).hexdigest())
        friend.pull(mirror)
        self.assertEqual(mirror.tables["users"][person.id]["picture"], person.user["picture"])
        answer = self.get(friend, person.user["picture"])
        self.assertEqual(answer.body, file)
        self.assertEqual(answer.headers["content-type"], "image/png")
        self.assertEqual(answer.headers["cache-control"], "private, max-age=31536000, immutable")
        hash_ = person.user["picture"]
        person.user = person.call("removePicture").json["user"]
        self.assertIsNone(person.user["picture"])
        self.get(friend, hash_, expect=404, code="not-found")
        friend.pull(mirror)
        self.assertEqual(mirror.tables, friend.mirror().tables)
        person.call("removePicture")

    def test_shared_by_hash(self):
        one, two = self.people(2)
        file = png(data=b"shared" + str(one.id).encode())
        self.put(one, file), self.put(two, file), self.put(two, file)
        self.put(one, png(data=b"other" + str(one.id).encode()))
        self.assertEqual(self.get(one, two.user["picture"]).body, file)
        two.call("removePicture")
        self.get(one, two.user["picture"], expect=404)

    def test_rules(self):
        person = self.person()
        for bad in (
            b"",
            b"GIF89a",
            png()[:-1],
            png(tail=b"<script>"),
            png(513, 8),
            png(8, 513),
            png(0, 8),
            png(2**31, 1),
            png(header="IDAT"),
            png(end="tEXt"),
            png(data=os.urandom(128 * 1024)),
            png()[:8] + b"\xff\xff\xff\xff" + png()[12:],
        ):
            with self.subTest(bad[:40]):
                self.put(person, bad, 422, "invalid-picture")
        self.put(person, b"x" * (256 * 1024 + 1), 413, "body-too-large")
        self.put(person, png(), 415, "unsupported-media-type", "image/gif")
        self.put(person, b"{}", 415, "unsupported-media-type", "application/json")
        self.put(self.stranger(), png(), 401, "not-signed-in")
        self.stranger().call("removePicture", 401, "not-signed-in")
        self.get(self.stranger(), "0" * 64, expect=401, code="not-signed-in")
        self.get(person, "0" * 64, expect=404, code="not-found")
        self.assertIsNone(person.call("getMe").json["user"]["picture"])


class Email(OwnAccount):
    """On a server without mail."""

    def change(self, person, email, password=PASSWORD, expect=200, code=None):
        before = person.user and person.user["email"]
        answer = person.call(
            "changeEmail", expect, code, json_body={"email": email, "password": password}
        )
        if answer.status == 200:
            person.former_emails.add(before)
            person.user = answer.json["user"]
        return answer

    def address(self):
        return f"new{new_number()}@mail.example"

    def test_at_once(self):
        person = self.person()
        before, after = person.user["email"], self.address()
        person.former_emails.add(after)
        self.change(person, after)
        self.assertEqual(person.call("getMe").json["user"]["email"], after)
        self.stranger().sign_in(after)
        self.stranger().call(
            "signIn", 401, json_body={"login": before, "password": PASSWORD, "device_name": "test"}
        )
        notice = [row for row in person.sync().rows["notices"] if row["action"] == "email-changed"]
        self.assertEqual([(row["old"], row["new"]) for row in notice], [(before, after)])

    def test_friends_do_not_see_it(self):
        person, friend = self.people(2)
        person.direct(friend)
        mirror = friend.mirror()
        after = self.address()
        person.former_emails.add(after)
        self.change(person, after)
        friend.pull(mirror)
        self.assertEqual(mirror.tables, friend.mirror().tables)
        self.assertNotIn("email", mirror.tables["users"][person.id])

    def test_rules(self):
        person, other = self.people(2)
        self.change(person, other.user["email"].upper(), expect=409, code="email-taken")
        self.change(person, "nobody", expect=422, code="invalid-email")
        self.change(person, 7, expect=422, code="invalid-field")
        self.change(person, self.address(), None, expect=422, code="invalid-field")
        self.change(person, self.address(), WRONG, expect=401, code="wrong-credentials")
        self.change(self.stranger(), self.address(), expect=401, code="not-signed-in")
        person.call("confirmEmail", 410, "code-invalid", json_body={"code": "ABCD-EFGH"})
        person.call("confirmEmail", 422, "invalid-field", json_body={})
        self.stranger().call("confirmEmail", 401, "not-signed-in", json_body={"code": "ABCD-EFGH"})

    def test_addresses_are_not_looked_for(self):
        """Knowing one's password does not allow testing many addresses."""
        person, other = self.people(2)
        for _ in range(20):
            if self.change(person, other.user["email"], expect=(409, 429)).status == 429:
                return
        self.fail("twenty addresses, and never throttled")

    def test_throttled(self):
        person = self.person()
        self.assert_throttled(lambda: self.change(person, self.address(), WRONG, (401, 429)))
        self.change(person, self.address(), expect=429, code="throttled")


class Deletion(OwnAccount):
    def delete(self, person, password=PASSWORD, expect=204, code=None):
        return person.call("deleteAccount", expect, code, json_body={"password": password})

    def test_deletes(self):
        person, friend = self.people(2)
        direct, group = person.direct(friend), person.group(friend)
        sent = person.send(group, "still to be read")
        client_id = new_id()
        before = friend.send(direct, "before", client_id)
        person.call("changeProfile", json_body={"about": "soon gone"})
        file = png(data=b"gone" + str(person.id).encode())
        person.call("setPicture", body=file, headers={"Content-Type": "image/png"})
        mirror = friend.mirror()
        picture = mirror.tables["users"][person.id]["picture"]
        with friend.stream(mirror=mirror) as theirs, person.stream() as own:
            theirs.until_ready(), own.until_ready()
            self.delete(person)
            code = own.closed()
            self.assertEqual(
                (code, own.frames[-1]["type"], own.frames[-1]["code"]),
                (1008, "error", "account-deleted"),
            )
            theirs.until(
                lambda frame: any(row["deleted"] for row in frame.get("rows", {}).get("users", ()))
            )
        row = mirror.tables["users"][person.id]
        self.assertEqual(
            (row["username"], row["about"], row["picture"], row["deleted"]),
            (f"deleted:{person.id}", None, None, True),
        )
        self.assertEqual(mirror.tables["messages"][sent["id"]]["content"], "still to be read")
        friend.pull(mirror)
        self.assertEqual(mirror.tables, friend.mirror().tables)
        left = {
            row["conversation_id"]: row["left_at"]
            for row in mirror.tables["conversation_users"].values()
            if row["user_id"] == person.id
        }
        self.assertIsNone(left[direct])
        self.assertIsNotNone(left[group])

        friend.call("getPicture", 404, hash=picture)
        person.call("getMe", 401, "not-signed-in")
        for login in (person.name, person.user["email"], f"deleted:{person.id}"):
            self.stranger().call(
                "signIn",
                401,
                "wrong-credentials",
                json_body={"login": login, "password": PASSWORD, "device_name": "test"},
            )
        self.assertEqual(friend.call("findPeople", query={"query": "deleted:"}).json["users"], [])
        # Deleted users cannot be added anywhere; groups continue, a direct conversation becomes
        # read-only.
        friend.add(group, person, expect=404, code="not-found")
        friend.send(group, "and on")
        self.assertEqual(friend.send(direct, "to nobody", expect=409).code, "recipient-deleted")
        self.assertEqual(friend.send(direct, "before", client_id)["id"], before["id"])
        other = self.person()
        other.call(
            "createConversation",
            404,
            "not-found",
            json_body={"client_id": new_id(), "kind": "direct", "user_ids": [person.id]},
        )
        # Name and address are free.
        self.person(username=person.name, email=person.user["email"])
        self.server.cli("check")

    def test_rules(self):
        person = self.person()
        self.delete(person, WRONG, 401, "wrong-credentials")
        self.delete(person, None, 422, "invalid-field")
        self.delete(self.stranger(), PASSWORD, 401, "not-signed-in")
        self.assert_throttled(lambda: self.delete(person, WRONG, (401, 429)))
        self.delete(person, PASSWORD, 429, "throttled")
        person.call("getMe")

    def test_last_admin(self):
        with Server() as server:
            server.cli(
                "user",
                "add",
                "admin",
                "admin@mail.example",
                "--role",
                "admin",
                stdin=PASSWORD + "\n",
            )
            admin = Api(server).sign_in("admin")
            admin.administers = True
            self.delete(admin, expect=409, code="last-admin")
            admin.call("getMe")
            other = Api(server).register()
            server.cli("user", "set-role", other.name, "admin")
            self.delete(admin)
            self.delete(other, expect=409, code="last-admin")
            server.cli("check")


class EmailByCode(Email):
    """On a server with mail, the new address must be confirmed."""

    @classmethod
    def setUpClass(cls):
        cls.post = Post()
        cls.with_mail = Server(*cls.post.settings).start()

    @classmethod
    def tearDownClass(cls):
        cls.with_mail.close()
        cls.post.close()

    def setUp(self):
        self.server = self.with_mail

    def start(self, person, expect=202, code=None):
        """Request a change. Return the new address."""
        after = self.address()
        person.former_emails.add(after)
        answer = self.change(person, after, expect=expect, code=code)
        if expect == 202:
            self.assertLess(abs(answer.json["expires_at"] / 1000 - time.time() - 1800), 60)
        return after

    def confirm(self, person, code, expect=200, problem=None):
        answer = person.call("confirmEmail", expect, problem, json_body={"code": code})
        if answer.status == 200:
            person.former_emails.add(person.user["email"])
            person.user = answer.json["user"]
        return answer

    def test_at_once(self):
        person = self.person()
        before = person.user["email"]
        after = self.start(person)
        letter = self.post.wait(after)
        self.assertEqual(person.call("getMe").json["user"]["email"], before)
        self.confirm(person, letter.code.lower().replace("-", " "))
        self.assertEqual(person.call("getMe").json["user"]["email"], after)
        self.assertIn("has been changed", self.post.wait(before).text)
        self.stranger().sign_in(after)
        self.confirm(person, letter.code, 410, "code-invalid")

    def test_friends_do_not_see_it(self):
        person, friend = self.people(2)
        person.direct(friend)
        mirror = friend.mirror()
        self.confirm(person, self.post.wait(self.start(person)).code)
        friend.pull(mirror)
        self.assertEqual(mirror.tables, friend.mirror().tables)

    def test_newest_wins(self):
        person = self.person()
        first, second = [self.post.wait(self.start(person)).code for _ in range(2)]
        self.confirm(person, first, 410, "code-invalid")
        self.confirm(person, second)

    def test_attempts(self):
        person = self.person()
        right = self.post.wait(self.start(person)).code
        wrong = "0000-0000" if right != "0000-0000" else "1111-1111"
        with ThreadPoolExecutor(5) as pool:
            list(
                pool.map(
                    lambda _: self.confirm(person.clone(), wrong, 410, "code-invalid"), range(5)
                )
            )
        self.confirm(person, right, 410, "code-invalid")

    def test_expires(self):
        person = self.person()
        code = self.post.wait(self.start(person)).code
        with sqlite3.connect(self.server.database) as database:
            database.execute(
                "UPDATE email_changes SET expires_at = 1 WHERE user_id = ?", (person.id,)
            )
        self.confirm(person, code, 410, "code-invalid")

    def test_taken_meanwhile(self):
        person = self.person()
        after = self.start(person)
        code = self.post.wait(after).code
        other = self.person(email=after)
        self.confirm(person, code, 409, "email-taken")
        other.call("getMe")

    def test_a_new_password_ends_it(self):
        person = self.person()
        code = self.post.wait(self.start(person)).code
        SECRETS.add(Password.NEW)
        person.call(
            "changePassword",
            204,
            json_body={"current_password": PASSWORD, "password": Password.NEW},
        )
        self.confirm(person, code, 410, "code-invalid")
        self.assertIn("password", self.post.wait(person.user["email"]).subject)

    def test_a_mailbox_is_not_filled(self):
        person = self.person()
        for _ in range(20):
            answer = self.change(person, self.address(), expect=(202, 429))
            if answer.status == 429:
                return
        self.fail("twenty codes, and never throttled")
