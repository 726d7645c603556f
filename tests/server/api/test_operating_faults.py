# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running a server under faults: a log that is not read, a full disk, too few descriptors, a second
server, a newer database.
"""

import contextlib
import os
import pathlib
import resource
import select
import signal
import socket
import sqlite3
import subprocess
import time
import unittest

from client import Api, raw, raw_answer
from confabd import PATIENCE, Server, ServerError, binary, wait_for


class Faults(unittest.TestCase):
    def serve(self, *settings, **options):
        server = Server(*settings, **options)
        self.addCleanup(server.close)
        return server.start()

    def person(self, server):
        api = Api(server).register()
        self.addCleanup(api.close)
        return api

    def test_hanging_up(self):
        server = self.serve()
        for _ in range(3):
            server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: "event=reloading" in server.log(), "the log to tell of it")
        self.assertTrue(server.alive())
        self.person(server).call("getMe")

    def test_log_that_nobody_reads(self):
        """When the pipe is full, the server continues, and stops when told to."""
        server = Server()
        self.addCleanup(server.close)
        server.write_config()
        reading, writing = os.pipe()
        server.process = subprocess.Popen(
            [binary(), "serve", "--config", str(server.config)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=writing,
            cwd=server.directory,
        )
        os.close(writing)
        self.addCleanup(os.close, reading)
        server.port = int(server._first_line().rsplit(":", 1)[1])
        api = self.person(server)
        for _ in range(1500):  # each is a line of over a hundred characters; a pipe holds 64 KiB
            api.call("getMe")
        self.assertEqual(server.stop(), 0)

    def test_disk_full(self):
        """The health check reports the full disk, and later that it has space again."""
        server = self.serve()
        api = self.person(server)
        group = api.group()
        self.assertEqual(api.call("getHealth").json, {"status": "ok"})
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        wait_for(lambda: api.call("getHealth", (200, 503)).status == 503, "health to fail")
        api.send(group, "does not fit", expect=503)
        self.assertEqual(api.history(group).rows.get("messages", []), [])
        resource.prlimit(
            server.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        )
        wait_for(lambda: api.call("getHealth", (200, 503)).status == 200, "health to come back")
        self.assertEqual(api.send(group, "fits")["seq"], 1)

    def test_many_health_checks(self):
        """Health checks during a write wait for it, and each gets its result."""
        server = self.serve()
        api = self.person(server)

        def ask():
            connections = [
                raw(server, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(30)
            ]
            for connection in connections:
                self.addCleanup(connection.close)
            return connections

        def statuses(connections):
            return [raw_answer(connection).status for connection in connections]

        with contextlib.closing(sqlite3.connect(server.database, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            waiting = ask()
            waiting[7].close()  # one that does not wait for its answer
            self.assertEqual(api.call("getServer").status, 200, "the others are served meanwhile")
            self.assertEqual(select.select(waiting[8:], [], [], 0.3)[0], [], "nothing is known yet")
            database.execute("ROLLBACK")
        self.assertEqual(set(statuses(waiting[:7] + waiting[8:])), {200})
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        wait_for(lambda: api.call("getHealth", (200, 503)).status == 503, "health to fail")
        self.assertEqual(set(statuses(ask())), {503})

    def test_few_descriptors(self):
        """The log has a warning at startup and one line when descriptors run out, and the loop does
        not spin.
        """
        server = Server(("limits", "connections_per_address", 60000))
        self.addCleanup(server.close)
        server.write_config()
        with open(server.log_path, "ab") as log:
            server.process = subprocess.Popen(
                ["prlimit", "--nofile=160:160", binary(), "serve", "--config", str(server.config)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=server.directory,
            )
        server.port = int(server._first_line().rsplit(":", 1)[1])
        wait_for(lambda: "RLIMIT_NOFILE is 160" in server.log(), "the warning")
        held = []
        for _ in range(300):
            connection = socket.create_connection(("127.0.0.1", server.port), PATIENCE)
            self.addCleanup(connection.close)
            held.append(connection)
        wait_for(lambda: "event=connections-refused" in server.log(), "the line")
        used = self.processor_time(server)
        time.sleep(2)
        self.assertLess(self.processor_time(server) - used, 1)
        self.assertLessEqual(
            server.log().count("event=connections-refused") + server.log().count("event=transport"),
            2,
        )
        for connection in held:
            connection.close()
        wait_for(lambda: self.answers(server), "room")

    def answers(self, server):
        api = Api(server)
        try:
            return api.call("getHealth").status == 200
        except OSError:
            return False
        finally:
            api.close()

    def processor_time(self, server):
        fields = pathlib.Path(f"/proc/{server.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def test_second_server(self):
        """A second server is refused under any name of the file; the command line still works."""
        server = self.serve()
        link = server.directory / "link.db"
        link.symlink_to(server.database)
        hard = server.data / "hard.db"
        os.link(server.database, hard)
        for path in (server.database, link, hard):
            second = Server(database=path)
            with self.assertRaises(ServerError) as refused:
                second.start()
            self.assertIn("another server uses this database", str(refused.exception))
        server.cli("user", "list")
        self.person(server).call("getMe")
        server.restart()

    def test_newer_database(self):
        """No command changes the database of a newer version."""
        server = self.serve()
        self.person(server)
        server.stop()
        with sqlite3.connect(server.database) as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            database.execute(f"PRAGMA user_version = {version + 1}")
        database.close()
        before = server.database.read_bytes()
        for words in (
            ("user", "list"),
            ("role", "list"),
            ("check",),
            ("backup", server.directory / "copy.db"),
            ("user", "suspend", "somebody"),
            ("user", "set-role", "somebody", "admin"),
            ("user", "reset-code", "somebody"),
            ("role", "add", "helper", "--like", "user"),
        ):
            with self.subTest(words):
                self.assertIn("newer", server.cli(*words, status=1))
        with self.assertRaises(ServerError) as refused:
            server.start()
        self.assertIn("newer", str(refused.exception))
        self.assertEqual(server.database.read_bytes(), before)
        self.assertFalse((server.directory / "copy.db").exists())
        server.process = None

    def test_suspended_from_the_command_line(self):
        """The stream gives the reason for closing although another process made the change."""
        server = self.serve()
        person, other = self.person(server), self.person(server)
        with person.stream() as stream, other.stream() as bystander:
            stream.until_ready()
            bystander.until_ready()
            server.cli("user", "suspend", person.name)
            frame = stream.next()
            while frame["type"] == "rows":
                frame = stream.next()
            self.assertEqual((frame["type"], frame["code"]), ("error", "account-suspended"))
            self.assertEqual(stream.closed(), 1008)
            other.send(other.group(), "goes on")
            bystander.message("goes on")
