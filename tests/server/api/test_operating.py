# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running a server: command line, stopping, checking, copying."""

import os
import pathlib
import stat
import subprocess
import threading

import shared
from client import PASSWORD, SECRETS, Api, Mirror
from confabd import Server, ServerError, binary

OTHER_PASSWORD = "another fine long password"
SECRETS.add(OTHER_PASSWORD)


class CommandLine(shared.ApiTest):
    def setUp(self):
        self.server = Server().start()
        self.addCleanup(self.server.close)

    def tearDown(self):
        self.assertTrue(self.server.alive())

    def add(self, name, password=PASSWORD, **options):
        return self.server.cli(
            "user", "add", name, f"{name}@mail.example", stdin=password + "\n", **options
        )

    def test_help_and_nonsense(self):
        done = subprocess.run([binary(), "--help"], capture_output=True, text=True, check=True)
        for word in ("serve", "user", "check", "backup"):
            self.assertIn(word, done.stdout)
        for words in (
            [],
            ["nonsense"],
            ["serve", "--nonsense"],
            ["user"],
            ["user", "nonsense"],
            ["backup"],
        ):
            with self.subTest(words):
                done = subprocess.run(
                    [binary(), *words], capture_output=True, text=True, check=False, timeout=60
                )
                self.assertNotEqual(done.returncode, 0)
                self.assertTrue(done.stderr)

    def test_bad_configuration(self):
        for text in (
            "nonsense",
            "[listen]\nport=x\n",
            "[listen]\nport=99999\n",
            "[listen]\naddress=nowhere\n",
            "\0",
        ):
            with self.subTest(text):
                config = self.server.directory / "bad.conf"
                config.write_text(text)
                done = subprocess.run(
                    [binary(), "serve", "--config", str(config)],
                    capture_output=True,
                    text=True,
                    check=False,
                    timeout=60,
                    cwd=self.server.directory,
                )
                self.assertNotEqual(done.returncode, 0)
                self.assertTrue(done.stderr)

    def test_add_while_running(self):
        self.add("ada")
        person = Api(self.server).sign_in("ada")
        self.assertEqual(person.user["email"], "ada@mail.example")
        self.assertEqual(
            person.call("findPeople", query={"query": "ada"}).json["users"][0]["id"], person.id
        )
        person.close()

    def test_add_keeps_the_rules(self):
        self.add("ada")
        for name in ("ada", "ADA", ".ada", "a da", ""):
            with self.subTest(name):
                self.assertTrue(self.add(name, status=1))
        self.add("bob", password="short", status=1)

    def test_list(self):
        self.add("ada")
        self.server.cli(
            "user", "add", "bob", "bob@mail.example", "--role", "admin", stdin=PASSWORD + "\n"
        )
        lines = {
            line.split()[1] if line.split()[0].isdigit() else line.split()[0]: line
            for line in self.server.cli("user", "list").splitlines()
            if line.strip()
        }
        self.assertIn("ada", lines)
        self.assertIn("admin", lines["bob"])
        self.assertNotIn("argon2", str(lines))

    def test_set_role_reaches_who_is_connected(self):
        self.add("ada")
        person = Api(self.server).sign_in("ada")
        mirror = Mirror(person.id)
        with person.stream(mirror=mirror) as stream:
            stream.until_ready()
            self.server.cli("user", "set-role", "ada", "admin")
            roles = {row["rolename"]: row["id"] for row in mirror.tables["roles"].values()}
            stream.until(
                lambda frame: mirror.tables["users"][person.id]["role_id"] == roles["admin"]
            )
        self.server.cli("user", "set-role", "ada", "nonsense", status=1)
        self.server.cli("user", "set-role", "nobody", "user", status=1)
        person.close()

    def test_set_password_ends_sessions(self):
        self.add("ada")
        person = Api(self.server).sign_in("ada")
        with person.stream() as stream:
            stream.until_ready()
            self.server.cli("user", "set-password", "ada", stdin=OTHER_PASSWORD + "\n")
            self.assertEqual(stream.closed(), 1008)
        person.call("getMe", 401, "not-signed-in")
        person.token = None
        person.call(
            "signIn", 401, json_body={"login": "ada", "password": PASSWORD, "device_name": "t"}
        )
        person.sign_in("ada", OTHER_PASSWORD)
        person.close()
        self.server.cli("user", "set-password", "nobody", stdin=OTHER_PASSWORD + "\n", status=1)

    def test_check(self):
        one, other = Api(self.server).register(), Api(self.server).register()
        one.send(one.direct(other), "x")
        self.server.cli("check")
        for api in (one, other):
            api.close()

    def test_check_finds_damage(self):
        import sqlite3

        one = Api(self.server).register()
        group = one.group()
        for n in range(3):
            one.send(group, str(n))
        one.close()
        self.server.stop()
        with sqlite3.connect(self.server.database) as database:
            database.execute("DELETE FROM messages WHERE seq = 2")
        database.close()
        self.assertTrue(self.server.cli("check", status=1))
        self.server.start()

    def test_database_is_ones_own(self):
        mode = stat.S_IMODE(os.stat(self.server.database).st_mode)
        self.assertEqual(mode & 0o077, 0, oct(mode))

    def test_no_secret_is_kept_or_logged(self):
        person = Api(self.server).register()
        person.send(person.group(), "a text nobody logs")
        person.call("getMe", headers={"Authorization": f"Bearer {person.token}"})
        try:
            person.call(
                "signIn",
                401,
                json_body={"login": person.name, "password": OTHER_PASSWORD, "device_name": "t"},
            )
        finally:
            token = person.token
            person.close()
        self.assertEqual(self.server.stop(), 0)
        kept = b"".join(path.read_bytes() for path in self.server.data.iterdir() if path.is_file())
        log = self.server.log()
        for secret in (token, PASSWORD, OTHER_PASSWORD):
            self.assertNotIn(secret.encode(), kept)
            self.assertNotIn(secret, log)
        self.assertNotIn("a text nobody logs", log)
        self.assertNotIn(person.user["email"], log)
        self.server.start()


class Health(shared.ApiTest):
    def test_well(self):
        self.assertEqual(self.stranger().call("getHealth").json, {"status": "ok"})

    def test_what_it_is(self):
        server = self.stranger().call("getServer").json
        self.assertEqual((server["name"], server["registration"]), ("Test", "open"))


class Stopping(shared.ApiTest):
    def setUp(self):
        pass

    tearDown = setUp

    def test_everything_is_kept(self):
        with Server() as server:
            one, other = Api(server).register(), Api(server).register()
            conversation = one.direct(other)
            sent = [one.send(conversation, str(n)) for n in range(20)]
            cursor = other.sync().json["to"]
            self.assertEqual(server.stop(), 0)
            server.start()
            self.assertEqual(other.whole_history(conversation), sent)
            self.assertEqual(other.sync(cursor).json["to"], cursor)
            self.assertEqual(one.send(conversation, "20")["seq"], 21)
            one.close()
            other.close()

    def test_while_messages_are_on_their_way(self):
        """After SIGTERM, acknowledged messages are stored and others can be repeated."""
        with Server() as server:
            one, other = Api(server).register(), Api(server).register()
            conversation = one.direct(other)
            acknowledged, stopped = [], threading.Event()

            def send():
                api = one.clone()
                number = 0
                while True:
                    try:
                        answer = api.send(conversation, f"text {number}", expect=(200, 201, 503))
                    except (
                        Exception
                    ):  # pylint: disable=broad-except  # expected when the server stops
                        break
                    if "content" not in (answer if isinstance(answer, dict) else {}):
                        break
                    acknowledged.append(answer)
                    number += 1
                stopped.set()
                api.close()

            thread = threading.Thread(target=send)
            thread.start()
            while len(acknowledged) < 30:
                self.assertFalse(stopped.is_set())
            self.assertEqual(server.stop(), 0)
            thread.join()
            server.start()
            history = one.whole_history(conversation)
            self.assertEqual(history[: len(acknowledged)], acknowledged)
            self.assertLessEqual(len(history), len(acknowledged) + 1)
            self.assertEqual([row["seq"] for row in history], list(range(1, len(history) + 1)))
            one.close()
            other.close()

    def test_port_in_use(self):
        with Server() as server:
            second = Server()
            second.port = server.port
            with self.assertRaises(ServerError):
                second.start()

    def test_directory_missing(self):
        server = Server(database="/nonexistent/confabd.db")
        with self.assertRaises(ServerError):
            server.start()


class Backup(shared.ApiTest):
    def setUp(self):
        pass

    tearDown = setUp

    def test_while_others_write_then_serve_from_it(self):
        with Server() as server:
            one, other = Api(server).register(), Api(server).register()
            conversation = one.direct(other)
            before = [one.send(conversation, f"text {n}") for n in range(200)]
            cursor = one.sync().json["to"]
            copying, count = threading.Event(), [0]

            def send():
                api = one.clone()
                while not copying.is_set():
                    api.send(conversation, f"more {count[0]}")
                    count[0] += 1
                api.close()

            thread = threading.Thread(target=send)
            thread.start()
            copy = server.directory / "copy.db"
            server.cli("backup", copy)
            copying.set()
            thread.join()
            self.assertEqual(stat.S_IMODE(copy.stat().st_mode) & 0o077, 0)
            self.serve_from(copy, one, conversation, before, cursor)
            # The original continues unchanged.
            self.assertEqual(len(one.whole_history(conversation)), 200 + count[0])
            self.assertEqual(one.sync(cursor).json["from"], cursor)
            one.close()
            other.close()

    def serve_from(self, copy, one, conversation, before, cursor):
        with Server(database=copy) as restored:
            restored.cli("check")
            again = Api(restored)
            again.sign_in(one.name)
            history = again.whole_history(conversation)
            self.assertEqual(history[:200], before)
            self.assertEqual([row["seq"] for row in history], list(range(1, len(history) + 1)))
            again.sync(cursor, expect=410, code="cursor-too-old")
            with again.stream(cursor) as stream:
                self.assertEqual(stream.next()["code"], "cursor-too-old")
            again.mirror()
            again.send(conversation, "after the restore")
            again.close()

    def test_never_over_something(self):
        with Server() as server:
            Api(server).register().close()
            target = pathlib.Path(server.directory / "there")
            target.write_text("mine")
            server.cli("backup", target, status=1)
            self.assertEqual(target.read_text(), "mine")
            server.cli("backup", server.directory / "no" / "where", status=1)
