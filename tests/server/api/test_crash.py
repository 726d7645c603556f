# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 while several users send: every acknowledged message is stored once, in order."""

import http.client
import os
import random
import sqlite3
import threading
import time
import unittest

from websockets.exceptions import WebSocketException

from client import Api, Mirror, new_id
from confabd import Server, wait_for

ROUNDS = int(os.environ.get("CONFAB_CRASHES", "12"))
GONE = (OSError, http.client.HTTPException, WebSocketException, TimeoutError)


class Sender(threading.Thread):
    """Sends messages endlessly; repeats each under its id until it is acknowledged."""

    def __init__(self, api, conversation, over):
        super().__init__()
        self.api = api.clone()
        self.conversation = conversation
        self.over = over
        self.acknowledged = {}
        self.failure = None

    def run(self):
        number = 0
        try:
            while not self.over.is_set():
                client_id = new_id()
                content = f"{self.name} {number}"
                self.acknowledged[client_id] = self.send(client_id, content)
                number += 1
        except BaseException as error:  # pylint: disable=broad-except  # reported to the test
            self.failure = error
        finally:
            self.api.close()

    def send(self, client_id, content):
        while True:
            try:
                answer = self.api.send(
                    self.conversation, content, client_id, expect=(200, 201, 503)
                )
                if isinstance(answer, dict):
                    return answer
            except GONE:
                self.api.close()
            time.sleep(0.01)


class Follower(threading.Thread):
    """Keeps a mirror by stream; after each crash it reconnects with its cursor."""

    def __init__(self, api, over):
        super().__init__()
        self.api = api.clone()
        self.mirror = Mirror(api.id)
        self.over = over
        self.opened = 0
        self.failure = None

    def run(self):
        try:
            while not self.over.is_set():
                try:
                    with self.api.stream(mirror=self.mirror) as stream:
                        self.opened += 1
                        while not self.over.is_set():
                            try:
                                stream.next(0.2)
                            except TimeoutError:
                                pass
                except GONE:
                    time.sleep(0.01)
        except BaseException as error:  # pylint: disable=broad-except  # reported to the test
            self.failure = error
        finally:
            self.api.close()


class Crash(unittest.TestCase):
    def test_kill_while_sending(self):
        seed = random.randrange(2**32)
        chance = random.Random(seed)
        with self.subTest(seed=seed), Server() as server:
            people = [Api(server).register() for _ in range(3)]
            conversation = people[0].group(*people[1:], title="Crash")
            over = threading.Event()
            senders = [Sender(person, conversation, over) for person in people]
            followers = [Follower(person, over) for person in people]
            # A fresh start brings the newest messages only, so begin before there are any.
            for follower in followers:
                follower.api.pull(follower.mirror)
            for thread in senders + followers:
                thread.start()
            try:
                self.crash(server, senders, chance)
            finally:
                over.set()
                for thread in senders + followers:
                    thread.join()
            for thread in senders + followers:
                self.assertIsNone(thread.failure)
            self.compare(server, people, conversation, senders, followers)
            for person in people:
                person.close()

    def crash(self, server, senders, chance):
        def acknowledged():
            return sum(len(sender.acknowledged) for sender in senders)

        for _ in range(ROUNDS):
            reached = acknowledged() + chance.randrange(5, 40)
            wait_for(
                lambda reached=reached: acknowledged() >= reached
                or any(sender.failure for sender in senders),
                "messages to be acknowledged",
                interval=0.002,
            )
            time.sleep(chance.random() * 0.03)
            server.kill()
            server.start()

    def compare(self, server, people, conversation, senders, followers):
        history = people[0].whole_history(conversation)
        self.assertEqual([row["seq"] for row in history], list(range(1, len(history) + 1)))
        self.assertEqual(len({row["client_id"] for row in history}), len(history))
        stored = {row["client_id"]: row for row in history}
        for sender in senders:
            for client_id, row in sender.acknowledged.items():
                self.assertEqual(stored[client_id], row)
            own = [row["content"] for row in history if row["client_id"] in sender.acknowledged]
            self.assertEqual(own, [f"{sender.name} {n}" for n in range(len(own))])
        self.assertEqual(len(stored), sum(len(sender.acknowledged) for sender in senders))
        for person, follower in zip(people, followers):
            self.assertGreater(follower.opened, 1)
            person.pull(follower.mirror)
            self.assertEqual(follower.mirror.seqs(conversation), list(range(1, len(history) + 1)))
            fresh = person.mirror()
            self.assertEqual(follower.mirror.tables, fresh.tables)
        server.cli("check")
        server.stop()
        database = sqlite3.connect(server.database)
        self.assertEqual(database.execute("PRAGMA integrity_check").fetchone(), ("ok",))
        database.close()


if __name__ == "__main__":
    unittest.main()
