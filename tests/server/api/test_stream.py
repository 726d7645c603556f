# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stream: a pull over a websocket that does not end."""

import json
import socket
import threading
import time

import websockets.sync.client
from websockets.exceptions import ConnectionClosed, InvalidStatus

import shared
from client import Answer, Api, Mirror, new_number, raw, raw_answer
from confabd import Server, wait_for
from contract import CONTRACT


class Following(shared.ApiTest):
    def setUp(self):
        super().setUp()
        self.one, self.other = self.people(2)
        self.conversation = self.one.direct(self.other)

    def follow(self, person, mirror=None):
        stream = person.stream(mirror=mirror or person.mirror())
        self.addCleanup(stream.close)
        stream.until_ready()
        return stream

    def test_from_the_beginning(self):
        self.one.send(self.conversation, "before")
        mirror = Mirror(self.other.id)
        self.follow(self.other, mirror)
        self.assertEqual(mirror.tables, self.other.mirror().tables)

    def test_catches_up_then_follows(self):
        mirror = self.other.mirror()
        for n in range(5):
            self.one.send(self.conversation, f"missed {n}")
        stream = self.follow(self.other, mirror)
        self.assertEqual(mirror.seqs(self.conversation), [1, 2, 3, 4, 5])
        self.one.send(self.conversation, "live")
        self.assertEqual(stream.message("live")["seq"], 6)
        self.assertEqual(mirror.tables, self.other.mirror().tables)

    def test_nothing_to_catch_up(self):
        mirror = self.other.mirror()
        with self.other.stream(mirror=mirror) as stream:
            for frame in stream.until_ready():
                self.assertEqual({name: part for name, part in frame["rows"].items() if part}, {})

    def test_sender_hears_it_too(self):
        stream = self.follow(self.one)
        self.one.send(self.conversation, "to myself as well")
        stream.message("to myself as well")

    def test_a_stream_and_pulls_agree(self):
        stream = self.follow(self.other)
        pulled = self.other.mirror()
        for n in range(30):
            self.one.send(self.conversation, f"text {n}")
        stream.message("text 29")
        self.other.pull(pulled)
        stream.mirror.apply({"messages": self.other.whole_history(self.conversation)})
        self.assertEqual(stream.mirror.tables, pulled.tables)
        # A pull from the position that the stream reports brings nothing.
        rows = self.other.sync(stream.cursor).rows
        self.assertEqual({name: part for name, part in rows.items() if part}, {})

    def test_conversation_gained_and_lost_live(self):
        third = self.person()
        group = self.one.group(title="Live")
        for n in range(35):
            self.one.send(group, f"message {n}")
        stream = self.follow(third)
        self.one.add(group, third)
        stream.message("message 34")
        self.assertEqual(stream.mirror.seqs(group), list(range(6, 36)))
        self.assertIn(self.one.id, stream.mirror.tables["users"])
        self.one.send(group, "welcome")
        stream.message("welcome")
        third.leave(group)
        stream.until(
            lambda frame: any(row["left_at"] for row in frame["rows"].get("conversation_users", ()))
        )
        self.assertNotIn(group, stream.mirror.tables["conversations"])
        self.one.send(group, "among us again")
        direct = self.one.direct(third)
        self.one.send(direct, "just us two")
        stream.message("just us two")
        self.assertNotIn("among us again", json.dumps(stream.frames))
        self.assertEqual(stream.mirror.tables, third.mirror().tables)

    def test_read_positions_go_to_ones_own_streams(self):
        self.one.send(self.conversation, "x")
        elsewhere = Api(self.server).sign_in(self.other.name)
        self.addCleanup(elsewhere.close)
        stream, foreign = self.follow(elsewhere), self.follow(self.one)
        self.other.read(self.conversation, 1)
        stream.until(lambda frame: frame["rows"].get("read_positions"))
        self.one.send(self.conversation, "y")
        foreign.message("y")
        self.assertFalse(
            any(frame.get("rows", {}).get("read_positions") for frame in foreign.frames)
        )

    def test_two_streams_of_one_session(self):
        first, second = self.follow(self.other), self.follow(self.other)
        self.one.send(self.conversation, "twice heard")
        first.message("twice heard")
        second.message("twice heard")

    def test_outsider_hears_nothing(self):
        outsider = self.person()
        stream = self.follow(outsider)
        self.one.send(self.conversation, "not for outsiders")
        direct = self.one.direct(outsider)
        self.one.send(direct, "for you")
        stream.message("for you")
        self.assertNotIn("not for outsiders", json.dumps(stream.frames))

    def test_under_load_nothing_is_missed(self):
        """Two senders, three streams opened at any time: all get the same mirror."""
        streams = [self.follow(self.other)]
        senders = [self.one.clone(), self.other.clone()]

        def send(api):
            for n in range(60):
                api.send(self.conversation, f"{api.id} {n}")
            api.close()

        threads = [threading.Thread(target=send, args=(api,)) for api in senders]
        for thread in threads:
            thread.start()
        streams.append(self.follow(self.one, Mirror(self.one.id)))
        streams.append(self.follow(self.other, Mirror(self.other.id)))
        for thread in threads:
            thread.join()
        self.one.send(self.conversation, "the end")
        for stream in streams:
            stream.message("the end")
            stream.mirror.apply({"messages": stream.api.whole_history(self.conversation)})
            self.assertEqual(stream.mirror.seqs(self.conversation), list(range(1, 122)))
            self.assertEqual(stream.mirror.tables, stream.api.mirror().tables)

    def test_random_commands(self):
        """Like DeltaEqualsFresh, with a stream."""
        import random
        import test_sync

        seed = random.randrange(2**32)
        chance = random.Random(seed)
        people = self.people(3)
        chief = self.admin().verify()
        self.addCleanup(chief.call, "labelRole", json_body={"label": None}, id=3)
        streams = [self.follow(person) for person in people]
        groups = []
        for _ in range(120):
            test_sync.DeltaEqualsFresh.act(self, chance, people, groups, chief)
        for person, stream in zip(people, streams):
            with self.subTest(seed=seed, person=person.name):
                last = person.group(title=f"last {new_number()}")
                stream.until(lambda frame: last in stream.mirror.tables["conversations"])
                for conversation in list(stream.mirror.tables["conversations"]):
                    stream.mirror.apply({"messages": person.whole_history(conversation)})
                self.assertEqual(stream.mirror.tables, person.mirror().tables)


class Ending(shared.ApiTest):
    def open(self, api):
        stream = api.stream(mirror=api.mirror())
        self.addCleanup(stream.close)
        stream.until_ready()
        return stream

    def test_signing_out_closes_it(self):
        person = self.person()
        stream = self.open(person)
        person.clone().call("endSession", 204, id="current")
        self.assertEqual(stream.closed(), 1008)

    def test_ended_from_another_device(self):
        person = self.person()
        elsewhere = self.stranger().sign_in(person.name)
        stream, stays = self.open(elsewhere), self.open(person)
        person.call("endSession", 204, id=elsewhere.session_id)
        self.assertEqual(stream.closed(), 1008)
        group = person.group(title="Still here")
        stays.until(lambda frame: group in stays.mirror.tables["conversations"])

    def test_others_ended(self):
        person = self.person()
        streams = [self.open(self.stranger().sign_in(person.name)) for _ in range(2)]
        stays = self.open(person)
        person.call("endSession", 204, id="others")
        for stream in streams:
            self.assertEqual(stream.closed(), 1008)
        group = person.group()
        stays.until(lambda frame: group in stays.mirror.tables["conversations"])

    def test_stopping(self):
        with Server() as server:
            person = Api(server).register()
            streams = [person.stream(mirror=person.mirror()) for _ in range(3)]
            for stream in streams[1:]:
                stream.until_ready()
            self.assertEqual(server.stop(), 0)
            for stream in streams:
                self.assertEqual(stream.closed(), 1001)
            person.close()

    def test_client_goes(self):
        person = self.person()
        stream = self.open(person)
        stream.socket.close(1000)
        self.assertEqual(stream.socket.close_code, 1000)


class Misuse(shared.ApiTest):
    """Mistakes of clients, after which the server still serves others."""

    def setUp(self):
        super().setUp()
        self.api = self.person()

    def tearDown(self):
        self.assert_serves()
        super().tearDown()

    def refused(self, headers, subprotocols=("confab.v1",)):
        try:
            socket_ = websockets.sync.client.connect(
                f"ws://127.0.0.1:{self.server.port}/v1/stream",
                compression=None,
                additional_headers=headers,
                subprotocols=list(subprotocols) or None,
            )
        except InvalidStatus as error:
            response = error.response
            return Answer(
                response.status_code,
                {k.lower(): v for k, v in response.headers.raw_items()},
                bytes(response.body),
            )
        socket_.close()
        self.fail("the upgrade was accepted")

    def test_no_token(self):
        for headers in (
            {},
            {"Authorization": "Bearer x"},
            {"Authorization": "Bearer " + "A" * 43},
            {"Authorization": self.api.token},
            {"Cookie": f"token={self.api.token}"},
        ):
            with self.subTest(str(headers)[:40]):
                answer = self.refused(headers)
                CONTRACT.check_answer("openStream", answer)
                self.assertEqual(answer.code, "not-signed-in")

    def test_ended_session(self):
        self.api.clone().call("endSession", 204, id="current")
        self.assertEqual(self.refused({"Authorization": f"Bearer {self.api.token}"}).status, 401)

    def test_cursor_too_old(self):
        cursor = self.api.sync().json["to"]
        epoch, rev = cursor.split(":")
        for odd in ("x", f"{epoch}:{int(rev) + 10**9}", f"0000000000000000:{rev}", f"{epoch}:-1"):
            with self.subTest(odd):
                with self.api.stream(odd) as stream:
                    frame = stream.next()
                    self.assertEqual((frame["type"], frame["code"]), ("error", "cursor-too-old"))
                    self.assertIsNotNone(stream.closed())

    def send_instead_of_hello(self, message):
        with self.api.stream(hello=False) as stream:
            try:
                stream.socket.send(message)
            except ConnectionClosed:
                pass
            return stream.closed()

    def test_not_understood(self):
        deep = '{"type":"hello","cursor":' + "[" * 1000 + "]" * 1000 + "}"
        for message in (
            "",
            "x",
            "{",
            "[]",
            "null",
            "{}",
            '{"type":"hallo"}',
            '{"type":1}',
            deep,
            '{"type":"hello","cursor":1}',
            '{"type":"hello","cursor":{}}',
            b"\x00\xff",
            b'{"type":"hello"}',
        ):
            with self.subTest(str(message)[:40]):
                self.assertEqual(self.send_instead_of_hello(message), 1003)

    def test_too_large(self):
        for size in (4097, 70_000, 2_000_000):
            with self.subTest(size):
                message = json.dumps({"type": "hello", "cursor": None, "x": "x" * size})
                self.assertEqual(self.send_instead_of_hello(message), 1009)

    def test_invalid_utf8(self):
        connection = self.upgraded()
        payload = b'{"type":"\xff\xfe"}'
        connection.sendall(bytes([0x81, 0x80 | len(payload), 0, 0, 0, 0]) + payload)
        self.assertTrue(self.ends(connection))

    def test_unmasked_and_reserved_frames(self):
        for frame in (
            b"\x81\x02{}",
            b"\x83\x80\0\0\0\0",
            b"\xf1\x80\0\0\0\0",
            b"\x8f\xff" + b"\xff" * 12,
            b"\x81\xff\x7f" + b"\xff" * 11,
            b"\x80\x80\0\0\0\0",
            b"\x09\xfe\xff\xff" + b"\0" * 4,
        ):
            with self.subTest(frame):
                connection = self.upgraded()
                connection.sendall(frame)
                self.assertTrue(self.ends(connection))

    def test_talks_on_after_hello(self):
        with self.api.stream(mirror=self.api.mirror()) as stream:
            stream.until_ready()
            stream.socket.send('{"type":"hello","cursor":null}')
            self.assertEqual(stream.closed(), 1003)

    def test_no_hello(self):
        began = time.monotonic()
        with self.api.stream(hello=False) as stream:
            self.assertIsNotNone(stream.closed())
        self.assertTrue(5 < time.monotonic() - began < 40)

    def test_goes_without_a_word(self):
        for _ in range(10):
            connection = self.upgraded()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            connection.close()

    def test_half_an_upgrade(self):
        connection = raw(
            self.server,
            b"GET /v1/stream HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upg",
        )
        connection.close()

    def test_not_an_upgrade(self):
        self.api.call("openStream", 422, "invalid-field")

    def test_another_subprotocol(self):
        for names in ((), ("confab.v2",), ("x", "y")):
            with self.subTest(names):
                answer = self.refused({"Authorization": f"Bearer {self.api.token}"}, names)
                CONTRACT.check_answer("openStream", answer)
                self.assertEqual(answer.code, "invalid-field")
        with self.assertRaises(AssertionError):  # accepted streams, ours among them
            self.refused({"Authorization": f"Bearer {self.api.token}"}, ("x", "confab.v1"))

    def test_from_a_page_of_another_site(self):
        for origin in (
            "https://evil.example",
            "null",
            f"https://127.0.0.1:{self.server.port}.evil.example",
            "x",
        ):
            with self.subTest(origin):
                answer = self.refused(
                    {"Authorization": f"Bearer {self.api.token}", "Origin": origin}
                )
                CONTRACT.check_answer("openStream", answer)
                self.assertEqual(answer.code, "forbidden")

    def test_websocket_elsewhere(self):
        for path in ("/v1/sync", "/healthz", "/", "/v1/streams"):
            with self.subTest(path):
                connection = raw(self.server, self.upgrade_request(path))
                self.assertNotEqual(raw_answer(connection).status, 101)
                connection.close()

    def test_at_most_twenty(self):
        streams = [self.api.stream(mirror=self.api.mirror()) for _ in range(20)]
        for stream in streams:
            stream.until_ready()
        answer = self.refused({"Authorization": f"Bearer {self.api.token}"})
        CONTRACT.check_answer("openStream", answer)
        self.assertEqual(answer.code, "throttled")
        streams.pop().close()
        wait_for(self.one_more, "a place for another stream")
        group = self.api.group()
        for stream in streams:
            stream.until(
                lambda frame, stream=stream: group in stream.mirror.tables["conversations"]
            )
            stream.close()

    def one_more(self):
        try:
            self.api.stream(None).close()
            return True
        except InvalidStatus:
            return False

    # ---- plain sockets ----

    def upgrade_request(self, path="/v1/stream"):
        return (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Protocol: confab.v1\r\nAuthorization: Bearer {self.api.token}\r\n\r\n"
        ).encode()

    def upgraded(self):
        connection = raw(self.server, self.upgrade_request())
        head = b""
        while b"\r\n\r\n" not in head:
            part = connection.recv(4096)
            self.assertTrue(part, head)
            head += part
        self.assertIn(b" 101 ", head.split(b"\r\n")[0])
        return connection

    def ends(self, connection):
        """Return whether the server soon closes a connection that it cannot parse."""
        connection.settimeout(30)
        try:
            while connection.recv(65536):
                pass
        except ConnectionResetError:
            pass
        connection.close()
        return True


class NeverReads(shared.ApiTest):
    def test_memory_stays_bounded_and_it_may_catch_up(self):
        """A client leaves its stream unread while 40 MB pass: the server buffers almost nothing for
        it.
        """
        with Server(("limits", "text_per_hour", 1000)) as server:
            one, other = Api(server).register(), Api(server).register()
            conversation = one.direct(other)
            mirror = other.mirror()
            lazy = self.lazy(server, other, mirror.cursor)
            with other.stream(mirror=mirror) as stream:
                stream.until_ready()
                for n in range(40):
                    one.send(conversation, f"{n} " + "語" * 9_990)
                before = server.memory()
                for n in range(40, 1400):
                    one.send(conversation, f"{n} " + "語" * 9_990)
                    if n % 50 == 0:
                        stream.message(f"{n} " + "語" * 9_990)
                growth = server.memory() - before
                self.assertLess(
                    growth, 24 << 20, f"{growth >> 20} MiB for a client that does not read"
                )
                one.send(conversation, "the end")
                stream.message("the end")
            lazy.close()
            for api in (one, other):
                api.close()

    def lazy(self, server, api, cursor):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", server.port))
        connection.sendall(
            (
                "GET /v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                f"Sec-WebSocket-Protocol: confab.v1\r\nAuthorization: Bearer {api.token}\r\n\r\n"
            ).encode()
        )
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += connection.recv(1)
        hello = json.dumps({"type": "hello", "cursor": cursor}).encode()
        connection.sendall(bytes([0x81, 0x80 | len(hello), 0, 0, 0, 0]) + hello)
        return connection

    def test_slow_reader_catches_up(self):
        one, other = self.people(2)
        conversation = one.direct(other)
        with other.stream(mirror=other.mirror()) as stream:
            stream.until_ready()
            for n in range(300):
                one.send(conversation, f"{n} " + "x" * 5000)
            # Frames that waited contain many messages each.
            stream.message("299 " + "x" * 5000)
        self.assertEqual(stream.mirror.seqs(conversation), list(range(1, 301)))
