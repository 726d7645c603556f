# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sending messages, reading them back page by page, read positions."""

import concurrent.futures
import json
import random
import time

import shared
from client import new_id


class Sending(shared.ApiTest):
    def setUp(self):
        super().setUp()
        self.one, self.other = self.people(2)
        self.conversation = self.one.direct(self.other)

    def put(self, expect, code=None, client_id=None, **body):
        return self.one.call(
            "sendMessage",
            expect,
            code,
            json_body=body,
            id=self.conversation,
            client_id=client_id or new_id(),
        )

    def test_answers_with_the_row(self):
        client_id = new_id()
        now = int(time.time() * 1000)
        (row,) = self.put(
            201, content="\r\n  Hello,\r\n“world” 👋\t!  \n\n", client_id=client_id
        ).rows["messages"]
        self.assertEqual(
            (
                row["client_id"],
                row["conversation_id"],
                row["sender_id"],
                row["seq"],
                row["content"],
            ),
            (client_id, self.conversation, self.one.id, 1, "  Hello,\n“world” 👋\t!  "),
        )
        self.assertLess(abs(row["sent_at"] - now), 60_000)

    def test_twice_is_once(self):
        client_id = new_id()
        first = self.put(201, content="once", client_id=client_id).rows["messages"]
        self.one.send(self.conversation, "between")
        for _ in range(3):
            self.assertEqual(
                self.put(200, content="once", client_id=client_id).rows["messages"], first
            )
        self.assertEqual(
            [row["content"] for row in self.one.whole_history(self.conversation)],
            ["once", "between"],
        )

    def test_same_id_other_text(self):
        client_id = new_id()
        self.put(201, content="once", client_id=client_id)
        self.put(409, "client-id-reused", content="twice", client_id=client_id)
        # The stored form is compared.
        self.put(200, content="\n \nonce\n", client_id=client_id)

    def test_ids_belong_to_sender_and_conversation(self):
        client_id = new_id()
        self.put(201, content="mine", client_id=client_id)
        self.other.send(self.conversation, "theirs", client_id, expect=201)
        self.one.send(self.one.group(), "elsewhere", client_id, expect=201)

    def test_same_id_at_the_same_moment(self):
        client_id = new_id()
        clones = [self.one.clone() for _ in range(8)]
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(
                pool.map(
                    lambda api: api.call(
                        "sendMessage",
                        (200, 201),
                        json_body={"content": "race"},
                        id=self.conversation,
                        client_id=client_id,
                    ),
                    clones,
                )
            )
        for clone in clones:
            clone.close()
        self.assertEqual(sorted(answer.status for answer in answers), [200] * 7 + [201])
        self.assertEqual(len({json.dumps(answer.rows["messages"]) for answer in answers}), 1)
        self.assertEqual(len(self.one.whole_history(self.conversation)), 1)

    def test_many_senders_no_gap(self):
        clones = [api.clone() for api in (self.one, self.other) for _ in range(4)]

        def send(api):
            return [api.send(self.conversation, f"{id(api)} {n}")["seq"] for n in range(15)]

        with concurrent.futures.ThreadPoolExecutor(len(clones)) as pool:
            seqs = list(pool.map(send, clones))
        for clone in clones:
            clone.close()
        for own in seqs:
            self.assertEqual(own, sorted(own))
        self.assertEqual(sorted(sum(seqs, [])), list(range(1, 121)))
        history = self.one.whole_history(self.conversation)
        self.assertEqual([row["seq"] for row in history], list(range(1, 121)))
        self.assertEqual([row["rev"] for row in history], sorted(row["rev"] for row in history))
        self.assertEqual(
            self.other.mirror().tables["conversations"][self.conversation]["last_seq"], 120
        )

    def test_text_rules(self):
        for content, code in (
            ("", "message-empty"),
            (" \n\t\u2003 ", "message-empty"),
            ("\u2800", "message-empty"),
            ("\u200b\n\ufeff", "message-empty"),
            ("x" * 10_001, "message-too-long"),
            ("x" * 100_000, "message-too-long"),
            ("a\0b", "invalid-field"),
            ("\a", "invalid-text"),
            ("a\x1b[31mred", "invalid-text"),
            ("\x7f", "invalid-text"),
            ("a\u0085b", "invalid-text"),
        ):
            with self.subTest(content[:20]):
                self.assertEqual(self.put(422, code, content=content).json["field"], "content")
        for content in (..., None, 1, True, [], {}, ["x"]):
            with self.subTest(content):
                body = {} if content is ... else {"content": content}
                self.put(422, "invalid-field", **body)

    def test_text_may_be(self):
        for content in (
            "x" * 10_000,
            "😀" * 10_000,
            "שלום ‏עולם",
            "👩‍👩‍👧‍👦 e\u0301",
            "<b>&amp;</b>",
            "'; DROP TABLE messages; --",
            "\\u0000",
            "\ufeffbom",
            "\uffff",
            "  a\n\n\n b",
        ):
            with self.subTest(content[:20]):
                row = self.one.send(self.conversation, content)
                import unicodedata

                self.assertEqual(row["content"], unicodedata.normalize("NFC", content))

    def test_odd_client_ids(self):
        for odd in (
            "x",
            new_id().upper(),
            new_id() + "0",
            "00000000000040008000000000000000",
            "%ff",
        ):
            with self.subTest(odd):
                answer = self.one.call(
                    "sendMessage",
                    (404, 422),
                    json_body={"content": "x"},
                    id=self.conversation,
                    client_id=odd,
                )
                self.assertIn(answer.code, ("not-found", "invalid-field"))
        self.assertEqual(self.one.whole_history(self.conversation), [])


class History(shared.ApiTest):
    def setUp(self):
        super().setUp()
        self.one, self.other = self.people(2)
        self.conversation = self.one.direct(self.other)
        self.sent = [self.one.send(self.conversation, f"message {n}") for n in range(1, 26)]

    def seqs(self, *args):
        return [
            row["seq"]
            for row in self.other.history(self.conversation, *args).rows.get("messages", [])
        ]

    def test_pages(self):
        self.assertEqual(self.seqs(), list(range(25, 0, -1)))
        self.assertEqual(self.seqs(None, 10), list(range(25, 15, -1)))
        self.assertEqual(self.seqs(16, 10), list(range(15, 5, -1)))
        self.assertEqual(self.seqs(6, 10), list(range(5, 0, -1)))
        self.assertEqual(self.seqs(1, 10), [])
        self.assertEqual(self.seqs(2**62, 3), [25, 24, 23])
        for limit in (1, 7, 25, 200):
            self.assertEqual(self.other.whole_history(self.conversation, limit), self.sent)

    def test_limits(self):
        for limit in (0, -1, 201, "x", "", "1e1", 2**70):
            with self.subTest(limit):
                self.other.history(self.conversation, None, limit, expect=422, code="invalid-field")
        for before in (-1, 0, "x", 2**70):
            with self.subTest(before):
                self.other.history(self.conversation, before, expect=422, code="invalid-field")


class Reading(shared.ApiTest):
    def setUp(self):
        super().setUp()
        self.one, self.other = self.people(2)
        self.conversation = self.one.direct(self.other)
        for n in range(5):
            self.one.send(self.conversation, f"message {n}")

    def read(self, seq):
        self.other.read(self.conversation, seq)
        positions = self.other.mirror().tables["read_positions"]
        return positions[self.conversation]["last_read_seq"] if positions else 0

    def test_only_grows_and_ends_at_the_last(self):
        self.assertEqual(self.read(2), 2)
        self.assertEqual(self.read(1), 2)
        self.assertEqual(self.read(2), 2)
        self.assertEqual(self.read(2**50), 5)
        self.one.send(self.conversation, "one more")
        self.assertEqual(self.read(5), 5)
        self.assertEqual(self.read(6), 6)

    def test_answer_is_the_position(self):
        (row,) = self.other.read(self.conversation, 3).rows["read_positions"]
        self.assertEqual((row["conversation_id"], row["last_read_seq"]), (self.conversation, 3))

    def test_is_nobody_elses_matter(self):
        mirror = self.one.mirror()
        cursor = mirror.cursor
        self.other.read(self.conversation, 4)
        rows = self.one.sync(cursor).rows
        self.assertEqual({name: part for name, part in rows.items() if part}, {})

    def test_must_fit(self):
        for seq in (None, "1", -1, 1.5, True, [], 2**63, 2**70):
            with self.subTest(seq):
                self.other.read(self.conversation, seq, expect=422, code="invalid-field")

    def test_at_the_same_moment(self):
        clones = [self.other.clone() for _ in range(6)]
        seqs = [1, 2, 3, 4, 5, 5]
        random.shuffle(seqs)
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            list(pool.map(lambda pair: pair[0].read(self.conversation, pair[1]), zip(clones, seqs)))
        for clone in clones:
            clone.close()
        self.assertEqual(
            self.other.mirror().tables["read_positions"][self.conversation]["last_read_seq"], 5
        )
