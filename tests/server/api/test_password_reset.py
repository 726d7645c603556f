# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resetting a forgotten password by mail, with the link or the code in it."""

import concurrent.futures
import contextlib
import itertools
import sqlite3
import time
import urllib.parse

import shared
from client import PASSWORD, SECRETS, Api, Mirror, new_number
from confabd import Server, wait_for
from smtp import Post


NEW = "six quiet herons crossing"


OTHER = "four purple lanterns adrift"


SECRETS |= {NEW, OTHER}


NO_TOKEN = "A" * 43


NO_CODE = "0000-0000"


ATTEMPTS = 5


_post = None


_server = None


def setUpModule():
    global _post, _server
    _post = Post()
    _server = Server(*_post.settings).start()


def tearDownModule():
    _server.close()
    _post.close()


# Networks, as the server distinguishes them (/24), that no other client comes from.
_networks = itertools.count()


class Resets(shared.ApiTest):
    """Base class for tests of resets, which share one server with mail."""

    def setUp(self):
        self.server = _server
        self.post = _post

    def at(self, address):
        api = Api(self.server, address)
        self.addCleanup(api.close)
        return api

    def stranger(self):
        """Return a client from a network of its own."""
        number = next(_networks)
        return self.at(f"127.{220 + number // 250}.{number % 250}.1")

    def neighbour(self, api):
        """Return a client from the same network as another."""
        return self.at(f"{api.address.rpartition('.')[0]}.77")

    def ask(self, email, expect=202, problem=None):
        return self.stranger().call("askForReset", expect, problem, json_body={"email": email})

    def asked(self, person, number=1):
        """Request a reset. Return the letter that the person receives."""
        self.ask(person.user["email"])
        return self.post.wait(person.user["email"], number, "new password")

    def check(self, expect=200, problem=None, **proof):
        return self.stranger().call("checkReset", expect, problem, json_body=proof)

    def complete(self, password=NEW, expect=204, problem=None, **proof):
        return self.stranger().call(
            "completeReset", expect, problem, json_body={"password": password, **proof}
        )

    def assert_invalid(self, **proof):
        self.check(410, "reset-invalid", **proof)
        self.complete(OTHER, 410, "reset-invalid", **proof)

    def assert_password(self, person, password):
        self.stranger().sign_in(person.name, password)

    def sql(self, statement, *values, database=None):
        """Run SQL directly on the server's database. Return the rows."""
        path = database or self.server.database
        with contextlib.closing(sqlite3.connect(path, timeout=30)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    def let_a_minute_pass(self, person):
        self.sql(
            "UPDATE password_resets SET issued_at = issued_at - 60000 WHERE user_id = ?", person.id
        )

    def let_it_expire(self, person):
        self.sql("UPDATE users SET reset_password_token_expires = 1 WHERE id = ?", person.id)

    def columns(self, person):
        [row] = self.sql(
            "SELECT reset_password_token, reset_password_token_expires,"
            " (SELECT count(*) FROM password_resets WHERE user_id = users.id)"
            " FROM users WHERE id = ?",
            person.id,
        )
        return row


class ByLink(Resets):
    def test_all_the_way(self):
        person = self.person()
        elsewhere = self.stranger().sign_in(person.name)
        mirror = Mirror(person.id)
        elsewhere.pull(mirror)
        with elsewhere.stream(mirror=mirror) as stream:
            stream.until_ready()
            now = time.time() * 1000
            answer = self.ask(person.user["email"]).json
            self.assertLess(abs(answer["expires_at"] - now - 30 * 60_000), 60_000)
            letter = self.post.wait(person.user["email"])
            link = urllib.parse.urlsplit(letter.link)
            query = urllib.parse.parse_qs(link.query, strict_parsing=True)
            self.assertEqual((link.scheme, link.netloc, link.path), ("confab", "reset", ""))
            self.assertEqual(query, {"server": [self.server.url], "token": [letter.token]})
            self.assertIn(person.name, letter.text)
            self.assertIn("30 minutes", letter.text)

            found = self.check(token=letter.token).json
            self.assertEqual(found["username"], person.name)
            self.assertLess(abs(found["expires_at"] - answer["expires_at"]), 5)
            self.complete(token=letter.token)
            self.assertEqual(stream.closed(), 1008)
        for session in (person, elsewhere):
            session.call("getMe", 401, "not-signed-in")
        self.stranger().call(
            "signIn",
            401,
            json_body={"login": person.name, "password": PASSWORD, "device_name": "t"},
        )
        again = self.stranger().sign_in(person.name, NEW)

        # The user is informed in the app and by mail.
        [notice] = [
            row for row in again.sync().rows["notices"] if row["action"] == "password-reset"
        ]
        self.assertTrue(notice["by_self"])
        told = self.post.wait(person.user["email"], subject="was changed")
        self.assertIn("password", told.text)
        # A reset works once, and leaves nothing behind.
        self.assert_invalid(token=letter.token)
        self.assert_invalid(login=person.user["email"], code=letter.code)
        self.assertEqual(self.columns(person), (None, None, 0))
        self.server.cli("check")

    def test_nonsense(self):
        for token in (NO_TOKEN, "", "x", "A" * 44, "é"):
            self.assert_invalid(token=token)

    def test_newest_wins(self):
        person = self.person()
        first = self.asked(person)
        self.let_a_minute_pass(person)
        second = self.asked(person, 2)
        self.assertNotEqual((first.token, first.code), (second.token, second.code))
        self.assert_invalid(token=first.token)
        self.assert_invalid(login=person.user["email"], code=first.code)
        self.complete(token=second.token)
        self.assert_password(person, NEW)

    def test_within_a_minute_nothing_is_sent(self):
        person = self.person()
        letter = self.asked(person)
        for _ in range(2):
            self.ask(person.user["email"])
        bystander = self.person()
        self.asked(bystander)  # by now any other mail would have been sent
        self.assertEqual(len(self.post.to(person.user["email"])), 1)
        self.check(token=letter.token)

    def test_the_minute_begins_with_the_request(self):
        """A client counts from the answer, which comes before the code is made and stored."""
        person = self.person()
        self.ask(person.user["email"])
        answered_at = time.time() * 1000
        self.post.wait(person.user["email"], 1, "new password")
        rows = self.sql("SELECT issued_at FROM password_resets WHERE user_id = ?", person.id)
        self.assertLessEqual(rows[0][0], answered_at)

    def test_expired(self):
        person = self.person()
        letter = self.asked(person)
        self.let_it_expire(person)
        self.assert_invalid(token=letter.token)
        self.assert_invalid(login=person.user["email"], code=letter.code)
        self.assert_password(person, PASSWORD)

    def test_two_at_once(self):
        person = self.person()
        letter = self.asked(person)
        passwords = [f"{NEW} {number}" for number in range(4)]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            answers = list(
                pool.map(
                    lambda password: self.complete(password, (204, 410), token=letter.token).status,
                    passwords,
                )
            )
        self.assertEqual(sorted(answers), [204, 410, 410, 410])
        self.assert_password(person, passwords[answers.index(204)])

    def test_password_rules(self):
        person = self.person()
        letter = self.asked(person)
        for password, code in (
            ("short", "password-too-short"),
            ("x" * 1025, "password-too-long"),
            ("passwordpassword", "password-too-common"),
            ("correct horse\nbattery", "invalid-password"),
            (3 * person.name, "password-too-common"),
        ):
            answer = self.complete(password, 422, code, token=letter.token)
            self.assertEqual(answer.json["field"], "password")
        self.complete("many marks on e" + "\u0301" * 40, 422, "invalid-text", token=letter.token)
        # The attempt did not use up the token.
        self.complete(token=letter.token)
        self.assert_password(person, NEW)

    def test_another_new_password_ends_it(self):
        person = self.person()
        letter = self.asked(person)
        self.server.cli("user", "set-password", person.name, stdin=OTHER + "\n")
        self.assertEqual(self.columns(person), (None, None, 0))
        self.assert_invalid(token=letter.token)

    def test_suspended(self):
        person = self.person()
        letter = self.asked(person)
        self.sql("DELETE FROM sessions WHERE user_id = ?", person.id)
        self.sql("UPDATE users SET state = 'suspended' WHERE id = ?", person.id)
        self.assert_invalid(token=letter.token)
        self.assert_invalid(login=person.user["email"], code=letter.code)
        self.let_a_minute_pass(person)
        self.ask(person.user["email"])
        self.asked(self.person())
        self.assertEqual(len(self.post.to(person.user["email"])), 1)


class ByCode(Resets):
    def test_all_the_way(self):
        person = self.person()
        letter = self.asked(person)
        email = person.user["email"]
        for typed in (
            letter.code,
            letter.code.lower(),
            letter.code.replace("-", ""),
            f" {letter.code[:3]} {letter.code[3:]}",
            letter.code.replace("0", "o").replace("1", "l"),
        ):
            self.assertEqual(
                self.check(login=email.upper(), code=typed).json["username"], person.name
            )
        # Everyone knows the username; the code was mailed to the address.
        self.assert_invalid(login=person.name, code=letter.code)
        self.assertEqual(self.attempts_left(person), ATTEMPTS)
        self.complete(login=email, code=letter.code)
        self.assert_password(person, NEW)
        self.assert_invalid(login=email, code=letter.code)

    def test_nobodys(self):
        for email in ("nobody@mail.example", "no email", "x" * 2000, ""):
            self.assert_invalid(login=email, code=NO_CODE)
        # A token of another user does not work.
        one, two = self.people(2)
        letter = self.asked(one)
        self.asked(two)
        self.assert_invalid(login=two.user["email"], code=letter.code)
        self.assert_invalid(login=two.name, code=letter.code)

    def test_no_code(self):
        person = self.person()
        letter = self.asked(person)
        for code in ("", "1234", "UUUU-UUUU", letter.code + "0"):
            self.check(410, "reset-invalid", login=person.user["email"], code=code)
        # Malformed codes do not count as attempts.
        self.assertEqual(self.attempts_left(person), ATTEMPTS)

    def attempts_left(self, person):
        [[left]] = self.sql(
            "SELECT attempts_left FROM password_resets WHERE user_id = ?", person.id
        )
        return left

    def test_attempts(self):
        person = self.person()
        letter = self.asked(person)
        email = person.user["email"]
        for number in range(1, ATTEMPTS):
            self.check(410, "reset-invalid", login=email, code=NO_CODE)
            self.assertEqual(self.attempts_left(person), ATTEMPTS - number)
        # The right code does not count, nor does a refused password.
        self.check(login=email, code=letter.code)
        self.complete("passwordpassword", 422, "password-too-common", login=email, code=letter.code)
        self.check(login=email, code=letter.code)
        self.assertEqual(self.attempts_left(person), 1)
        self.complete(OTHER, 410, "reset-invalid", login=email, code=NO_CODE)
        self.assert_invalid(login=email, code=letter.code)
        # Guessing codes does not invalidate the link.
        self.check(token=letter.token)
        # A new code has the full number of attempts.
        self.let_a_minute_pass(person)
        letter = self.asked(person, 2)
        self.complete(login=email, code=letter.code)

    def test_strangers_do_not_end_it(self):
        """Without attempts left, a code still works where its owner has used the account."""
        person = self.person()
        letter = self.asked(person)
        email = person.user["email"]
        for _ in range(ATTEMPTS):
            self.check(410, "reset-invalid", login=email, code=NO_CODE)
        self.assertEqual(self.attempts_left(person), 0)
        self.assert_invalid(login=email, code=letter.code)

        # Wrong codes from there are not counted as attempts, but limited.
        home = self.neighbour(person)
        for _ in range(3):
            home.call(
                "checkReset", 410, "reset-invalid", json_body={"login": email, "code": NO_CODE}
            )
        home.call("checkReset", json_body={"login": email, "code": letter.code})
        self.assertEqual(self.attempts_left(person), 0)
        home.call(
            "completeReset", 204, json_body={"login": email, "code": letter.code, "password": NEW}
        )
        self.assert_password(person, NEW)

    def test_guessing_at_home_is_limited(self):
        person = self.person()
        self.asked(person)
        home = self.neighbour(person)
        body = {"login": person.user["email"], "code": NO_CODE}
        statuses = [home.call("checkReset", (410, 429), json_body=body).status for _ in range(12)]
        self.assertEqual(statuses[:10], [410] * 10)
        self.assertEqual(statuses[10:], [429] * 2)
        self.assertEqual(self.attempts_left(person), ATTEMPTS)

    def test_a_busy_writer_tells_nothing(self):
        """While the writer can't count attempts, each code gets the same answer: of a reset, of no
        reset, and from the owner's network, where attempts are not counted."""
        person = self.person()
        self.asked(person)
        email, home = person.user["email"], self.neighbour(person)
        nobody = f"nobody{new_number()}@mail.example"
        database = sqlite3.connect(self.server.database, isolation_level=None)
        self.addCleanup(database.close)
        database.execute("BEGIN IMMEDIATE")
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            bodies = [{"login": login, "code": NO_CODE} for login in (email, nobody, email)]
            answers = list(
                pool.map(
                    lambda api, body: api.call("checkReset", (410, 503), json_body=body).status,
                    (self.stranger(), self.stranger(), home),
                    bodies,
                )
            )
        database.execute("ROLLBACK")
        self.assertEqual(answers, [503] * 3)
        self.assertEqual(self.attempts_left(person), ATTEMPTS)

    def test_names_share_a_limit(self):
        """Wrong codes for the username and for the email of one account count together."""
        person = self.person()
        self.server.cli("user", "reset-code", person.name)
        statuses = [
            self.check((410, 429), login=login, code=NO_CODE).status
            for login in [person.name, person.user["email"]] * 6
        ]
        self.assertEqual(statuses, [410] * 10 + [429] * 2)

    def test_attempts_at_once(self):
        """Of many simultaneous guesses, only five are checked."""
        person = self.person()
        letter = self.asked(person)
        email = person.user["email"]
        guesses = [NO_CODE] * 7
        with concurrent.futures.ThreadPoolExecutor(len(guesses)) as pool:
            list(
                pool.map(
                    lambda code: self.check(410, "reset-invalid", login=email, code=code), guesses
                )
            )
        self.assertEqual(self.attempts_left(person), 0)
        self.assert_invalid(login=email, code=letter.code)

    def test_throttled(self):
        person = self.person()
        email = person.user["email"]
        for who in (email, f"nobody{new_number()}@mail.example"):
            for _ in range(15):
                answer = self.check((410, 429), login=who, code=NO_CODE)
                if answer.status == 429:
                    break
            self.assertEqual(answer.code, "throttled")
            self.complete(NEW, 429, "throttled", login=who, code=NO_CODE)
        # The link still works.
        self.complete(token=self.asked(person).token)

    def test_throttled_by_address(self):
        api = self.stranger()
        for operation, body in (
            ("checkReset", {"token": NO_TOKEN}),
            ("completeReset", {"token": NO_TOKEN, "password": NEW}),
        ):
            for _ in range(40):
                answer = api.call(operation, (410, 429), json_body=body)
                if answer.status == 429:
                    break
            self.assertEqual(answer.code, "throttled")
            self.assertGreater(answer.json["retry_after"], 0)
        self.check(410, "reset-invalid", token=NO_TOKEN)


class Asking(Resets):
    def test_the_mail_is_in_the_language_asked_for(self):
        person = self.person()
        for number, (accepted, subject) in enumerate(
            {
                "de-AT, de;q=0.9, en;q=0.5": "Ein neues Passwort für ",
                "tlh, zh-CN;q=0.5": "选择新密码",
                "tlh": "Choose a new password for ",
            }.items(),
            1,
        ):
            self.stranger().call(
                "askForReset",
                202,
                json_body={"email": person.user["email"]},
                headers={"Accept-Language": accepted},
            )
            letter = self.post.wait(person.user["email"], number)
            self.assertIn(subject, letter.subject)
            self.check(token=letter.token)
            self.let_a_minute_pass(person)

    def test_the_same_for_everybody(self):
        known, suspended = self.people(2)
        self.sql("DELETE FROM sessions WHERE user_id = ?", suspended.id)
        self.sql("UPDATE users SET state = 'suspended' WHERE id = ?", suspended.id)
        nobody = f"nobody{new_number()}@mail.example"
        now = time.time() * 1000
        answers = [
            self.ask(email) for email in (known.user["email"], suspended.user["email"], nobody)
        ]
        for answer in answers:
            self.assertEqual(set(answer.json), {"expires_at", "retry_after"})
            self.assertLess(abs(answer.json["expires_at"] - now - 30 * 60_000), 60_000)
            self.assertEqual(set(answer.headers), set(answers[0].headers))
            self.assertEqual(len(answer.body), len(answers[0].body))
        self.post.wait(known.user["email"])
        self.assertEqual(self.post.to(suspended.user["email"]) + self.post.to(nobody), [])

    def test_not_an_email(self):
        for email in (
            "",
            "ada",
            "ada@",
            "ada@localhost",
            "a b@mail.example",
            "a@mail.example\r\nBcc: b@mail.example",
        ):
            self.assertEqual(self.ask(email, 422, "invalid-email").json["field"], "email")

    def test_bad_requests(self):
        for operation, body in (
            ("askForReset", {"email": 5}),
            ("checkReset", {"login": "a@b.example"}),
            ("checkReset", {"token": 5}),
            ("completeReset", {"token": NO_TOKEN}),
            ("completeReset", {"code": NO_CODE, "password": NEW}),
        ):
            self.stranger().call(operation, 422, "invalid-field", json_body=body)
        for operation in ("askForReset", "checkReset", "completeReset"):
            self.stranger().call(operation, 400, "malformed-json", body=b"{")
            self.stranger().call(operation, 413, "body-too-large", body=b" " * (300 << 10))
            self.stranger().call(
                operation,
                415,
                "unsupported-media-type",
                body=b"{}",
                headers={"Content-Type": "text/plain"},
            )

    def test_throttled(self):
        """Limits count by email, whether or not it has an account, and by address."""
        for email in (self.person().user["email"], f"nobody{new_number()}@mail.example"):
            answers = [self.ask(email, (202, 429)).status for _ in range(7)]
            self.assertEqual(answers, [202] * 5 + [429] * 2)
        api = self.stranger()
        for number in range(25):
            answer = api.call(
                "askForReset", (202, 429), json_body={"email": f"n{new_number()}@mail.example"}
            )
        self.assertEqual(answer.code, "throttled")

    def test_nothing_secret_is_logged_or_kept(self):
        person = self.person()
        letter = self.asked(person)
        email = person.user["email"]
        self.check(410, "reset-invalid", login=email, code=NO_CODE)
        kept = b"".join(path.read_bytes() for path in self.server.data.iterdir())
        self.complete(login=email, code=letter.code)
        self.post.wait(email, subject="was changed")
        log = self.server.log()
        self.assertIn(f"event=mail-sent kind=password-reset user={person.id}", log)
        self.assertIn(f"event=password-reset user={person.id}", log)
        for secret in (letter.token, letter.code, letter.code.replace("-", "")):
            self.assertNotIn(secret, log)
            self.assertNotIn(secret.encode(), kept)
        for secret in (email, NEW, person.name, "argon2"):
            self.assertNotIn(secret, log)

    def test_expired_ones_are_forgotten(self):
        self.server = Server(*self.post.settings).start()
        self.addCleanup(self.server.close)
        gone, tried, kept = self.people(3)
        for person in (gone, tried, kept):
            self.asked(person)
        self.let_it_expire(gone)
        self.sql("UPDATE password_resets SET attempts_left = 0 WHERE user_id = ?", tried.id)
        self.server.restart()
        wait_for(lambda: self.columns(gone) == (None, None, 0), "it to be forgotten")
        # After too many wrong codes, the link still works.
        self.assertEqual(self.columns(tried)[2], 1)
        self.assertEqual(self.columns(kept)[2], 1)
        self.server.cli("check")


class Timing(Resets):
    """The time of an answer does not reveal which accounts exist."""

    SAMPLES = 20

    def shortest(self, measure, known, unknown):
        """Measure both kinds alternately and return the shortest times, because other load only
        adds time.
        """
        times = [], []
        for pair in zip(known, unknown, strict=True):
            for kind, email in enumerate(pair):
                times[kind].append(measure(email))
        return [min(kind) for kind in times]

    def measured(self, operation, expect, body):
        api = self.stranger()
        api.call("getServer")  # opens the connection
        began = time.perf_counter()
        api.call(operation, expect, json_body=body)
        return time.perf_counter() - began

    def test_asking(self):
        known = [person.user["email"] for person in self.people(self.SAMPLES)]
        unknown = [f"nobody{new_number()}@mail.example" for _ in known]

        def ask(email):
            result = self.measured("askForReset", 202, {"email": email})
            time.sleep(0.4)  # wait for the hashing in the background
            return result

        here, nobody = self.shortest(ask, known, unknown)
        # The work in the background takes at least 0.1 s, of which the answer must show nothing.
        self.assertLess(
            abs(here - nobody), 0.02 + nobody / 2, f"{here} s for somebody, {nobody} s for nobody"
        )
        for email in known:
            self.post.wait(email)

    def test_guessing(self):
        known, unknown = [], []
        for person in self.people(4):
            self.asked(person)
            known += [person.user["email"]] * (ATTEMPTS - 1)
            unknown += [f"nobody{new_number()}@mail.example"] * (ATTEMPTS - 1)
        here, nobody = self.shortest(
            lambda email: self.measured("checkReset", 410, {"login": email, "code": NO_CODE}),
            known,
            unknown,
        )
        self.assertLess(
            abs(here - nobody), 0.02 + nobody / 3, f"{here} s for somebody, {nobody} s for nobody"
        )
