# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registration, sign-in, sessions, finding people."""

import statistics
import time
import unicodedata

import shared
from client import PASSWORD, SECRETS, new_number
from confabd import Server


class Registration(shared.ApiTest):
    def attempt(self, expect, code, field=None, **members):
        number = new_number()
        body = {
            "username": f"person{number}",
            "email": f"person{number}@mail.example",
            "password": PASSWORD,
            "device_name": "test",
        } | members
        body = {name: value for name, value in body.items() if value is not ...}
        answer = self.stranger().call("register", expect, code, json_body=body)
        if field:
            self.assertEqual(answer.json["field"], field)
        return answer

    def test_signs_in(self):
        before = int(time.time() * 1000)
        person = self.person(username="Ada.Lovelace-1_x", email="Ada.L@Mail.example")
        self.assertEqual(person.user["username"], "Ada.Lovelace-1_x")
        self.assertEqual(person.user["email"], "Ada.L@Mail.example")
        self.assertLess(abs(person.user["created_at"] - before), 60_000)
        self.assertEqual(person.call("getMe").json["user"], person.user)

    def test_new_person_is_an_ordinary_member(self):
        person = self.person()
        roles = {row["id"]: row["rolename"] for row in person.sync().rows["roles"]}
        self.assertIn("admin", roles.values())
        self.assertEqual(roles[person.user["role_id"]], "user")

    def test_username_rules(self):
        for name in (
            "",
            " ",
            ".dot",
            "dot.",
            "-dash",
            "under_",
            "two words",
            "a@b",
            "a/b",
            "x" * 33,
            "a\tb",
            "line\nbreak",
            "‮right",
            "😀",
            "zero​width",
        ):
            with self.subTest(name):
                self.attempt(422, "invalid-username", "username", username=name)

    def test_username_may_be(self):
        for name in ("é", "Владимир", "太郎", "a", "a.b-c_d", "नमस्ते"):
            with self.subTest(name):
                number = str(new_number())
                self.assertEqual(
                    self.person(username=name + number).name,
                    unicodedata.normalize("NFC", name + number),
                )
        longest = ("x" * 32 + str(new_number()))[-32:]
        self.assertEqual(self.person(username=longest).name, longest)

    def test_username_is_stored_composed(self):
        number = new_number()
        self.assertEqual(self.person(username=f"e\u0301lan{number}").name, f"\u00e9lan{number}")

    def test_username_collides_by_key(self):
        number = new_number()
        self.person(username=f"Jos\u00e9\ufb01{number}")
        for same in (
            f"Jos\u00e9\ufb01{number}",
            f"jos\u00e9\ufb01{number}",
            f"JOSE\u0301FI{number}",
            f"jos\u00e9fi{number}",
            f"\uff2aos\u00e9fi{number}",
        ):
            with self.subTest(same):
                self.attempt(409, "username-taken", username=same)
        self.person(username=f"Josefi{number}")

    def test_email_collides_by_key(self):
        number = new_number()
        self.person(email=f"One{number}@Mail.example")
        for same in (f"one{number}@mail.example", f"ONE{number}@MAIL.EXAMPLE"):
            with self.subTest(same):
                self.attempt(409, "email-taken", email=same)

    def test_email_rules(self):
        for email in (
            "",
            "nobody",
            "@mail.example",
            "a@",
            "a@b@mail.example",
            "a b@mail.example",
            "a@mail..example",
            "a@-mail_.example",
            "a\n@mail.example",
            "x" * 250 + "@mail.example",
            "mailto:ada@mail.example",
            "ada..l@mail.example",
            ".ada@mail.example",
            "ada.@mail.example",
            "<ada@mail.example>",
            "ada@192.0.2.1",
            '"ada"@mail.example',
            "ada@mail",
            "ada,b@mail.example",
            "ada\u200b@mail.example",
        ):
            with self.subTest(email):
                self.attempt(422, "invalid-email", "email", email=email)

    def test_password_rules(self):
        self.attempt(422, "password-too-short", "password", password="x" * 14)
        self.attempt(422, "password-too-short", "password", password="")
        self.attempt(422, "password-too-long", "password", password="x" * 1025)
        self.attempt(422, "password-too-long", "password", password="é" * 513)
        for unseen in ("\t", "\u200b", "\ufeff", "\u2028", "\x1b", "\u202e"):
            with self.subTest(unseen):
                self.attempt(
                    422, "invalid-password", "password", password=f"correct {unseen} horse battery"
                )
        self.attempt(422, "invalid-password", "password", password="correct horse\nbattery staple")

    def test_what_a_paste_brings_along_is_no_part_of_it(self):
        number = new_number()
        password = f"correct horse battery {number}"
        person = self.person(
            username=f"\u200e paste{number}\r\n",
            email=f"\u202apaste{number}@mail.example\u202c\n",
            password=password + "\r\n",
        )
        self.assertEqual(person.user["username"], f"paste{number}")
        self.assertEqual(person.user["email"], f"paste{number}@mail.example")
        for login in (f"paste{number}", f" PASTE{number}\n", f"paste{number}@mail.example\u200b"):
            for typed in (password, password + "\n"):
                with self.subTest(login=login, typed=typed):
                    self.stranger().sign_in(login, typed)

    def test_common_passwords(self):
        for password in (
            "password12345678",
            "aaaaaaaaaaaaaaa",
            "123456789012345",
            "Confab Confab 1",
        ):
            with self.subTest(password):
                self.attempt(422, "password-too-common", password=password)
        self.attempt(422, "password-too-common", username="Wolfgangus", password="wolfgangus12345")
        self.attempt(
            422,
            "password-too-common",
            email="klaraschumann@mail.example",
            password="KlaraSchumann!!",
        )

    def test_password_is_neither_trimmed_nor_cut(self):
        for password in (
            "  spaces around it  ",
            "a word, another, " * 59 + "the end.",
            "пароль-пароль-п",
            "élan vital été né",
        ):
            with self.subTest(password[:20]):
                SECRETS.add(password)
                person = self.person(password=password)
                self.stranger().sign_in(person.name, password)
                for other in (password.strip() + "!", password[:-1], password.upper()):
                    if other != password:
                        self.stranger().call(
                            "signIn",
                            401,
                            "wrong-credentials",
                            json_body={
                                "login": person.name,
                                "password": other,
                                "device_name": "test",
                            },
                        )

    def test_password_is_compared_composed(self):
        person = self.person(password="re\u0301sume\u0301 of a re\u0301sume\u0301")
        self.stranger().sign_in(person.name, "r\u00e9sum\u00e9 of a r\u00e9sum\u00e9")

    def test_device_name_rules(self):
        for name in ("x" * 101, "two\nlines", "nul\0", "bell\a", "\u202eright"):
            with self.subTest(name):
                self.attempt(422, "invalid-field", "device_name", device_name=name)

    def test_endless_marks_in_a_password(self):
        self.attempt(422, "invalid-text", "password", password="x" * 15 + "\u0301" * 100)

    def test_members_must_be_there_and_strings(self):
        for member in ("username", "email", "password", "device_name"):
            for value in (..., None, 1, True, [], {}, ["x"], "a\0b"):
                with self.subTest(member=member, value=value):
                    self.attempt(422, "invalid-field", member, **{member: value})

    def test_unknown_members_are_ignored(self):
        number = new_number()
        self.stranger().call(
            "register",
            201,
            json_body={
                "username": f"person{number}",
                "email": f"p{number}@mail.example",
                "password": PASSWORD,
                "device_name": "test",
                "role_id": 1,
                "role": "admin",
                "future": {"x": [1]},
            },
        )

    def test_same_name_at_the_same_moment(self):
        import concurrent.futures

        number = new_number()
        bodies = [
            {
                "username": f"race{number}",
                "email": f"race{number}-{n}@mail.example",
                "password": PASSWORD,
                "device_name": "test",
            }
            for n in range(4)
        ]
        apis = [self.stranger() for _ in bodies]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            answers = list(
                pool.map(
                    lambda pair: pair[0].call("register", (201, 409), json_body=pair[1]),
                    zip(apis, bodies),
                )
            )
        self.assertEqual(sorted(answer.status for answer in answers), [201, 409, 409, 409])

    def test_closed(self):
        with Server(("registration", "policy", "closed")) as closed:
            api = shared.Api(closed)
            self.assertEqual(api.call("getServer").json["registration"], "closed")
            number = new_number()
            api.call(
                "register",
                403,
                "registration-closed",
                json_body={
                    "username": f"person{number}",
                    "email": f"p{number}@mail.example",
                    "password": PASSWORD,
                    "device_name": "test",
                },
            )
            api.close()


class SignIn(shared.ApiTest):
    def attempt(self, expect, code, **members):
        body = {"login": "nobody", "password": PASSWORD, "device_name": "test"} | members
        body = {name: value for name, value in body.items() if value is not ...}
        return self.stranger().call("signIn", expect, code, json_body=body)

    def test_by_username_or_email_in_any_case(self):
        person = self.person()
        for login in (
            person.name,
            person.name.upper(),
            person.user["email"],
            person.user["email"].upper(),
        ):
            with self.subTest(login):
                again = self.stranger().sign_in(login)
                self.assertEqual(again.user, person.user)
                self.assertNotEqual(again.token, person.token)
                self.assertNotEqual(again.session_id, person.session_id)

    def test_unknown_and_wrong_are_the_same(self):
        person = self.person()
        wrong = self.attempt(
            401, "wrong-credentials", login=person.name, password="wrong " + PASSWORD
        )
        SECRETS.add("wrong " + PASSWORD)
        unknown = self.attempt(401, "wrong-credentials", login=f"nobody{new_number()}")
        self.assertEqual(wrong.body, unknown.body)
        varying = {"date", "x-request-id"}
        self.assertEqual(
            {k: v for k, v in wrong.headers.items() if k not in varying},
            {k: v for k, v in unknown.headers.items() if k not in varying},
        )

    def test_short_password_is_merely_wrong(self):
        self.attempt(401, "wrong-credentials", login=self.person().name, password="x")

    def test_unknown_takes_as_long_as_wrong(self):
        """Compare medians of interleaved attempts; without a dummy hash they would differ tens of
        times.
        """
        people = self.people(7)
        wrong, unknown = [], []
        for person in people:
            for login, times in ((person.name, wrong), (f"nobody{new_number()}", unknown)):
                api = self.stranger()
                api.call("getServer")  # the connection is open
                began = time.monotonic()
                api.call(
                    "signIn",
                    401,
                    json_body={"login": login, "password": "wrong" * 4, "device_name": "t"},
                )
                times.append(time.monotonic() - began)
        ratio = statistics.median(unknown) / statistics.median(wrong)
        self.assertTrue(0.33 < ratio < 3, f"unknown {unknown} wrong {wrong}")

    def test_members_must_be_there_and_strings(self):
        for member in ("login", "password", "device_name"):
            for value in (..., None, 7, [], {}, "a\0b"):
                with self.subTest(member=member, value=value):
                    answer = self.attempt(422, "invalid-field", **{member: value})
                    self.assertEqual(answer.json["field"], member)

    def test_hostile_logins(self):
        for login in ("", "' OR 1=1 --", "x" * 100_000, "😀" * 1000, "%", "‮"):
            with self.subTest(login[:20]):
                self.attempt(401, "wrong-credentials", login=login)


class Sessions(shared.ApiTest):
    def test_list(self):
        first = self.person()
        second = self.stranger().sign_in(first.name, device_name="Laptop “ё”")
        sessions = {row["id"]: row for row in second.call("listSessions").json["sessions"]}
        self.assertEqual(sessions.keys(), {first.session_id, second.session_id})
        self.assertEqual(sessions[second.session_id]["device_name"], "Laptop “ё”")
        self.assertTrue(sessions[second.session_id]["current"])
        self.assertFalse(sessions[first.session_id]["current"])

    def test_end_by_id(self):
        first = self.person()
        second = self.stranger().sign_in(first.name)
        second.call("endSession", 204, id=first.session_id)
        first.call("getMe", 401, "not-signed-in")
        second.call("getMe")
        self.assertEqual(
            [row["id"] for row in second.call("listSessions").json["sessions"]], [second.session_id]
        )

    def test_end_current(self):
        person = self.person()
        person.call("endSession", 204, id="current")
        person.call("getMe", 401, "not-signed-in")
        person.call("endSession", 401, "not-signed-in", id="current")

    def test_end_others(self):
        first = self.person()
        others = [self.stranger().sign_in(first.name) for _ in range(3)]
        first.call("endSession", 204, id="others")
        for other in others:
            other.call("getMe", 401, "not-signed-in")
        first.call("getMe")

    def test_end_own_by_id(self):
        person = self.person()
        person.call("endSession", 204, id=person.session_id)
        person.call("getMe", 401)

    def test_other_peoples_sessions_are_unknown(self):
        one, other = self.people(2)
        foreign = one.call("endSession", 404, "not-found", id=other.session_id)
        unknown = one.call("endSession", 404, "not-found", id=2**53)
        self.assertEqual(foreign.body, unknown.body)
        other.call("getMe")

    def test_odd_ids(self):
        person = self.person()
        for odd in ("0", "-1", "x", "1x", "99999999999999999999", "CURRENT", "1.0", "+1", "01"):
            with self.subTest(odd):
                person.call("endSession", 404, "not-found", id=odd)
        person.call("getMe")


class People(shared.ApiTest):
    def find(self, api, query, limit=None, **expected):
        return api.call("findPeople", query={"query": query, "limit": limit}, **expected)

    def test_by_prefix_of_the_key(self):
        number = new_number()
        person = self.person(username=f"Zoë{number}")
        asker = self.person()
        for query in (
            f"zoë{number}",
            f"ZOË{number}",
            f"zoe\u0308{number}",
            f"Zoë{str(number)[:-1]}",
        ):
            with self.subTest(query):
                names = [row["username"] for row in self.find(asker, query).json["users"]]
                self.assertIn(person.name, names)
        self.assertEqual(self.find(asker, f"oë{number}").json["users"], [])

    def test_wildcards_are_letters(self):
        asker = self.person()
        for query in ("%", "_", "*", "[a-z]", "%' --", "\\"):
            with self.subTest(query):
                self.assertEqual(self.find(asker, query).json["users"], [])

    def test_not_by_email(self):
        asker, other = self.people(2)
        self.assertEqual(self.find(asker, other.user["email"]).json["users"], [])

    def test_limit(self):
        number = new_number()
        names = [self.person(username=f"many{number}-{n}").name for n in range(4)]
        asker = self.person()
        found = [row["username"] for row in self.find(asker, f"many{number}-", 3).json["users"]]
        self.assertEqual(len(found), 3)
        self.assertLess(set(found), set(names))
        for limit in (0, -1, 51, "x", 2**70):
            with self.subTest(limit):
                self.find(asker, "many", limit, expect=422, code="invalid-field")

    def test_query_is_needed(self):
        self.person().call("findPeople", 422, "invalid-field")

    def test_hostile_queries(self):
        asker = self.person()
        for query in ("x" * 2000, "‮", "😀"):
            with self.subTest(query[:10]):
                self.assertEqual(self.find(asker, query).json["users"], [])
        # A control character is refused in every target.
        asker.call("findPeople", 400, "malformed-request", query={"query": "\x01"})


class Tokens(shared.ApiTest):
    def test_every_closed_operation_wants_one(self):
        from contract import CONTRACT

        for operation in CONTRACT.operations.values():
            if operation.open:
                continue
            for headers in (
                {},
                {"Authorization": ""},
                {"Authorization": "Bearer"},
                {"Authorization": "Bearer "},
                {"Authorization": "Bearer " + "A" * 43},
                {"Authorization": "Basic QTpB"},
                {"Authorization": "Bearer " + "x" * 3000},
            ):
                with self.subTest(operation.id, headers=str(headers)[:60]):
                    self.stranger().call(operation.id, 401, "not-signed-in", headers=headers)

    def test_not_in_the_address(self):
        person = self.person()
        api = self.stranger()
        answer = api.request(
            "GET", f"/v1/users/me?token={person.token}&access_token={person.token}"
        )
        self.assertEqual(answer.status, 401)

    def test_scheme_is_caseless(self):
        person = self.person()
        api = self.stranger()
        api.user = person.user
        api.call("getMe", headers={"Authorization": f"bearer {person.token}"})
