# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cost of requests on the loop thread, counted in instructions: no request may cost more than 5
ms.

The real server runs under callgrind, which counts the loop's instructions from the arrival of bytes
until it waits again, and writes the sum each time.
"""

import itertools
import random
import re
import shutil
import subprocess
import time
import unittest

from client import Api, new_id
from confabd import Server, binary, wait_for

# 5 ms of a processor that runs 5 instructions a nanosecond. For such code today's run 7 to 11: a
# string of 256 KiB takes 9 million instructions, and 0.8 ms.
MOST = 25_000_000
LIMIT = 256 * 1024
ENTRY = "confab_connection_receive"


def colliding_names(number):
    """Return names with one value of g_str_hash(): h = 33 h + c, so that "Bb" and "CA" collide."""
    length = number.bit_length()
    return [
        "".join(part)
        for part in itertools.islice(itertools.product(("Bb", "CA"), repeat=length), number)
    ]


def body(member, text):
    """Return a body with one member."""
    return f'{{"{member}":"{text}"}}'.encode()


def string(member, text):
    """Return a body in which @text is repeated up to the maximum length of a body."""
    room = LIMIT - len(body(member, ""))
    return body(member, text * (room // len(text.encode())))


def hostile_bodies(member):
    """Return bodies by name; in those about text, @member has it."""
    names = colliding_names(13_000)
    return {
        "colliding names": ("{" + ",".join(f'"{name}":1' for name in names) + "}").encode()[
            : LIMIT - 1
        ]
        + b"}",
        "colliding names, few": (
            "{" + ",".join(f'"{name}":1' for name in names[:64]) + "}"
        ).encode(),
        "many values": b'{"a":[' + b"1," * 100_000 + b"1]}",
        "as many values as may be": b'{"a":[' + b"1," * 2045 + b"1]}",
        "many objects": b'{"a":[' + b'{"a":1},' * 900 + b"1]}",
        "deep": b'{"a":' * 31 + b"1" + b"}" * 31,
        "too deep": b"[" * LIMIT,
        "white space": b'{"a":1' + b" " * (LIMIT - 8) + b"}",
        "white space between": b'{"a":[' + b"1, \n\t" * 1000 + b"1]" + b"\n" * 200_000 + b"}",
        "long number": b'{"a":' + b"1" * (LIMIT - 10) + b"}",
        "long name": b'{"' + b"a" * (LIMIT - 10) + b'":1}',
        "escapes": string(member, "\\ud83d\\ude00"),
        "escaped NULs": string(member, "\\u0000"),
        "quotes": string(member, '\\"'),
        "letters": string(member, "x"),
        "marks in the worst order": string(member, "a" + "\u0315\u0300" * 15),
        "marks after a composed letter": string(member, "\u01d6" + "\u0323" * 29),
        "one run of marks": string(member, "\u0323\u0301"),
        "Hangul": string(member, "\u1112\u1161\u11ab"),
        "what grows when composed": string(member, "\U0001d160"),
        "as long as may be, marks": body(member, "a\u0315\u0300" * 3_300),
        "as long as may be, composed": body(member, "\u01d6" * 10_000),
        "as long as may be, Hangul": body(member, "\u1112\u1161\u11ab" * 10_000),
        "white space at the end": body(member, "x" + " " * 80_000),
        "ligatures": body(member, "\ufdfa" * 5_000),
    }


def generated_bodies(number):
    """Return bodies of random tokens, some with far more of one kind than others."""
    chance = random.Random(5)
    tokens = [
        '"Bb"',
        '"CA"',
        ":",
        ",",
        "{",
        "}",
        "[",
        "]",
        " ",
        "\n",
        "1",
        "-1.5e9",
        "null",
        '"' + "x" * 100 + '"',
        '"\\u0041\\u0000"',
        '"' + "a\u0315\u0300" * 9 + '"',
        "\\",
        '"',
    ]
    for _ in range(number):
        weights = [chance.random() ** 4 for _ in tokens]
        yield ('{"content":[' + "".join(chance.choices(tokens, weights, k=20_000)) + "]}").encode()[
            :LIMIT
        ]
        depth = chance.randrange(1, 20)
        item = chance.choice(
            ['"x"', "{}", '{"a":"b","c":1}', '"' + "\u0315\u0300" * 5 + '"', "[[]]"]
        )
        count = chance.randrange(100, 4000)
        yield ('{"a":' + "[" * depth + ",".join([item] * count) + "]" * depth + "}").encode()[
            :LIMIT
        ]


class Cost(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(("limits", "text_per_hour", 1000))
        cls.addClassCleanup(shutil.rmtree, cls.server.directory)
        cls.counts = cls.server.directory / "counts"
        cls.counts.mkdir()
        cls.server.write_config()
        cls.log = open(cls.server.log_path, "ab")
        cls.addClassCleanup(cls.log.close)
        cls.server.process = subprocess.Popen(
            [
                "valgrind",
                "--tool=callgrind",
                "--collect-atstart=no",
                f"--toggle-collect={ENTRY}",
                f"--dump-after={ENTRY}",
                "--compress-strings=yes",
                "--compress-pos=yes",
                f"--callgrind-out-file={cls.counts}/out",
                binary(),
                "serve",
                "--config",
                str(cls.server.config),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=cls.log,
            cwd=cls.server.directory,
        )
        cls.addClassCleanup(cls.server.kill)
        cls.server.port = int(cls.server._first_line().rsplit(":", 1)[1])
        cls.api = Api(cls.server).register()
        cls.addClassCleanup(cls.api.close)
        cls.group = cls.api.group()

    def taken(self):
        """Return the costs since the last call. A sum is written after the answer, so one more
        request is sent: when its sum exists, the earlier ones do.
        """
        self.api.request("GET", "/nowhere")
        wait_for(lambda: time.sleep(0.05) or self.sums() and self.sums() == self.sums(), "the sums")
        sums = self.sums()
        for path in sums:
            path.unlink()
        return list(sums.values())

    def sums(self):
        """Return the complete sums by path."""
        found = {
            path: re.search(r"^totals: (\d+)", path.read_text(errors="replace"), re.MULTILINE)
            for path in self.counts.iterdir()
        }
        return {path: int(match[1]) for path, match in found.items() if match}

    def cost(self, name, call):
        self.taken()
        call()
        costs = self.taken()
        self.assertTrue(costs, name)
        print(f"# {max(costs):>10,} {name}")
        with self.subTest(name):
            self.assertLess(max(costs), MOST)

    def request(self, verb, path, body=None, token=True):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token:
            headers["Authorization"] = f"Bearer {self.api.token}"
        answer = self.api.request(verb, path, body=body, headers=headers)
        self.assertLess(answer.status, 500, answer.body)
        return answer

    def test_it_counts(self):
        """Check the measurement: a long request costs more than a short one."""
        self.taken()
        self.request(
            "PUT", f"/v1/conversations/{self.group}/messages/{new_id()}", b'{"content":"short"}'
        )
        short = max(self.taken())
        self.request(
            "PUT", f"/v1/conversations/{self.group}/messages/{new_id()}", string("content", "x")
        )
        long = max(self.taken())
        self.assertGreater(short, 5_000)
        self.assertGreater(long, 2_000_000)

    def test_given(self):
        for name, body in hostile_bodies("content").items():
            self.cost(
                f"message: {name}",
                lambda body=body: self.request(
                    "PUT", f"/v1/conversations/{self.group}/messages/{new_id()}", body
                ),
            )

    def test_fields(self):
        """Text members of other operations: their length is checked before any other work."""
        hostile = ("marks in the worst order", "Hangul", "white space at the end", "ligatures")
        for member, verb, path, token in (
            ("title", "PATCH", f"/v1/conversations/{self.group}", True),
            ("about", "PATCH", "/v1/users/me", True),
            ("username", "PATCH", "/v1/users/me", True),
            ("email", "POST", "/v1/password-resets", False),
        ):
            bodies = hostile_bodies(member)
            for name in hostile:
                self.cost(
                    f"{member}: {name}", lambda: self.request(verb, path, bodies[name], token)
                )

    def test_heads(self):
        for name, text in (
            ("marks", "%CC%95%CC%80" * 600),
            ("ligatures", "%EF%B7%BA" * 800),
            ("letters", "x" * 7000),
        ):
            self.cost(f"query: {name}", lambda: self.request("GET", f"/v1/users?query={text}"))
            self.cost(f"path: {name}", lambda: self.request("GET", f"/v1/usernames/{text}"))

    def test_generated(self):
        for number, body in enumerate(generated_bodies(8)):
            self.cost(
                f"generated {number}",
                lambda body=body: self.request(
                    "PUT", f"/v1/conversations/{self.group}/messages/{new_id()}", body
                ),
            )
