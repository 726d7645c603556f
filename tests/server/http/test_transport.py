# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes that no correct client sends: each is refused with a clear answer, or the connection is
closed; nothing is truncated, repaired or ignored.
"""

import json
import socket
import threading
import time
import unittest

import shared
from client import Api, new_id, raw, raw_answer
from confabd import Server, wait_for
from contract import CONTRACT

CHUNKED = b"Transfer-Encoding: chunked\r\n"


class Heads(shared.ApiTest):
    def answer(self, data):
        connection = raw(self.server, data)
        self.addCleanup(connection.close)
        answer = raw_answer(connection)
        if answer.status >= 400:
            CONTRACT.check_problem(answer)
        return connection, answer

    def refused(self, data, status, code, name=None):
        with self.subTest(name or data[:60]):
            connection, answer = self.answer(data)
            self.assertEqual((answer.status, answer.json["code"]), (status, code))
            self.assertEqual(answer.headers.get("connection"), "close")
            self.assertEqual(connection.recv(100), b"", "what follows cannot be told from it")

    def test_control_characters_in_addresses(self):
        for target in (
            "/%00",
            "/healthz%00",
            "/healthz%0a",
            "/healthz%0d%0aHost:%20x",
            "/healthz%0aHTTP/1.1",
            "/%7f",
            "/v1/users?query=a%00b",
            "/v1/users?query=a%0ab",
            "/%",
            "/%zz",
            "/healthz#x",
        ):
            self.refused(
                f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), 400, "malformed-request"
            )

    def test_too_long(self):
        for name, head in {
            "address": b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
            "query": b"GET /v1/users?query=" + b"x" * 50_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
            "header": b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 9000 + b"\r\n\r\n",
            "headers": b"GET / HTTP/1.1\r\nHost: x\r\n"
            + b"X: yyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n" * 300
            + b"\r\n",
            "no end": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 500_000,
        }.items():
            self.refused(head, 431, "head-too-large", name)

    def test_lines(self):
        for head in (
            b"GET /healthz HTTP/1.1\nHost: x\n\n",
            b"GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n",
            b"GET /healthz HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
            b"GET /healthz HTTP/1.1\r\n\r\n",
            b"GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
            b"GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n",
            b"GET /healthz HTTP/1.1\r\nHost: a/b\r\n\r\n",
            b"GET /healthz HTTP/1.1\r\nHost: u@a\r\n\r\n",
            b"GET /healthz HTTP/1.1\r\nHost: a:b\r\n\r\n",
            b"GET http://a,b@c/healthz HTTP/1.1\r\nHost: a\r\n\r\n",
            b"GET /healthz RTSP/1.0\r\nHost: x\r\n\r\n",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"GET /healthz HTTP/3.0\r\nHost: x\r\n\r\n",
            b"GET /healthz\r\n\r\n",
            b"GET  /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
            b"\0",
            b"\x16\x03\x01\x02",
            b"GET /healthz HTTP/1.1\r\nHost: x\r\nNo colon\r\n\r\n",
        ):
            self.refused(head, 400, "malformed-request")

    def test_headers_that_are_not_understood(self):
        """A header that changes the request's meaning is refused by name, not ignored."""
        person = self.person()
        group = person.group()
        start = (
            f"PUT /v1/conversations/{group}/messages/{new_id()} HTTP/1.1\r\nHost: x\r\n"
            f"Authorization: Bearer {person.token}\r\nContent-Type: application/json\r\n"
        ).encode()
        body = b'{"content":"x"}'
        length = b"Content-Length: 15\r\n"
        for header, status, code in (
            (b"Transfer-Encoding: gzip, chunked\r\n", 501, "not-implemented"),
            (b"Transfer-Encoding: identity\r\n", 501, "not-implemented"),
            (b"Transfer-Encoding: chunked" + b" " * 3000 + b"x\r\n", 501, "not-implemented"),
            (b"Transfer-Encoding:\r\n", 501, "not-implemented"),
            (CHUNKED + CHUNKED, 400, "malformed-request"),
            (CHUNKED + length, 400, "malformed-request"),
            (length + b"Content-Encoding: gzip\r\n", 415, "unsupported-media-type"),
            (length + b"Expect: 200-ok\r\n", 417, "expectation-failed"),
            (length + length, 400, "malformed-request"),
            (b"Content-Length: 15, 15\r\n", 400, "malformed-request"),
            (b"Content-Length:\r\n", 400, "malformed-request"),
            (b"Content-Length: +15\r\n", 400, "malformed-request"),
        ):
            self.refused(start + header + b"\r\n" + body, status, code, header[:50])
        self.assertEqual(person.whole_history(group), [])
        self.refused(
            b"GET /healthz HTTP/1.0\r\n" + CHUNKED + b"\r\n0\r\n\r\n", 400, "malformed-request"
        )

    def test_expecting_to_be_told_to_go_on(self):
        person = self.person()
        group = person.group()
        body = json.dumps({"content": "expected"}).encode()
        head = (
            f"PUT /v1/conversations/{group}/messages/{new_id()} HTTP/1.1\r\n"
            "Host: x\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\nAuthorization: Bearer "
        ).encode()
        connection = raw(self.server, head + person.token.encode() + b"\r\n\r\n")
        self.addCleanup(connection.close)
        self.assertEqual(connection.recv(4096), b"HTTP/1.1 100 Continue\r\n\r\n")
        connection.sendall(body)
        self.assertEqual(raw_answer(connection).status, 201)
        self.assertEqual([row["content"] for row in person.whole_history(group)], ["expected"])
        self.refused(head + b"nonsense\r\n\r\n", 401, "not-signed-in")

    def test_unknown_methods(self):
        for line, status in (
            ("BREW /healthz", 405),
            ("TRACE /healthz", 405),
            ("get /healthz", 405),
            ("BREW /x", 404),
        ):
            _, answer = self.answer(f"{line} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            self.assertEqual(answer.status, status, line)

    def test_upgrades_that_are_not_known(self):
        """A server may ignore the upgrade to another protocol (RFC 9110 §7.8), and answers."""
        person = self.person()
        for upgrade in ("h2c", "TLS/1.2", "websockets", "h2c, x/1", ""):
            for path in ("/healthz", "/v1/users/me"):
                with self.subTest(upgrade=upgrade, path=path):
                    connection, answer = self.answer(
                        (
                            f"GET {path} HTTP/1.1\r\nHost: x\r\n"
                            "Connection: Upgrade, HTTP2-Settings\r\n"
                            f"Upgrade: {upgrade}\r\nHTTP2-Settings: AAMAAABk\r\n"
                            f"Authorization: Bearer {person.token}\r\n\r\n"
                        ).encode()
                    )
                    self.assertEqual(answer.status, 200)
                    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
                    self.assertEqual(raw_answer(connection).status, 200, "HTTP/1.1 goes on")

    def test_websockets_where_there_are_none(self):
        _, answer = self.answer(
            b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        self.assertEqual(answer.status, 200)

    def test_pipelined_after_a_body(self):
        """In any encoding, the next request begins where the body ends."""
        person = self.person()
        group = person.group()

        def send(text, coding):
            body = json.dumps({"content": text}).encode()
            head = (
                f"PUT /v1/conversations/{group}/messages/{new_id()} HTTP/1.1\r\nHost: x\r\n"
                f"Authorization: Bearer {person.token}\r\nContent-Type: application/json\r\n"
            ).encode()
            if coding:
                return (
                    head
                    + CHUNKED
                    + b"\r\n"
                    + b"%x\r\n%s\r\n0\r\nTrailer: x\r\n\r\n" % (len(body), body)
                )
            return head + b"Content-Length: %d\r\n\r\n" % len(body) + body

        data = (
            b"".join(send(f"{n}", n % 2) for n in range(6))
            + b"\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        )
        connection = raw(self.server, data)
        self.addCleanup(connection.close)
        received = b""
        while not received.endswith(b'{"status":"ok"}'):
            part = connection.recv(65536)
            self.assertTrue(part, received)
            received += part
        self.assertEqual(received.count(b"HTTP/1.1 201 Created"), 6)
        self.assertEqual([row["content"] for row in person.whole_history(group)], list("012345"))

    def test_many_pipelined(self):
        """Far more requests than the server buffers: each is answered, in order."""
        n = 2000
        data = (b"GET /nowhere HTTP/1.1\r\nHost: x\r\nPadding: " + b"x" * 100 + b"\r\n\r\n") * n
        connection = raw(self.server)
        self.addCleanup(connection.close)
        writer = threading.Thread(target=connection.sendall, args=(data,))
        writer.start()
        self.addCleanup(writer.join)
        n_answers = 0
        with connection.makefile("rb") as received:
            while n_answers < n and (line := received.readline()):
                n_answers += line.startswith(b"HTTP/1.1 404 ")
                if b'"code"' in line:
                    n_answers += line.count(b"HTTP/1.1 404 ")
        self.assertEqual(n_answers, n)

    def test_an_empty_line_before_a_request(self):
        for pieces in ((b"\r\n", b"GET"), (b"\r", b"\nGET")):
            connection = raw(self.server, pieces[0])
            self.addCleanup(connection.close)
            time.sleep(0.1)
            connection.sendall(pieces[1] + b" /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertEqual(raw_answer(connection).status, 200, pieces)

    def test_what_goes_on_after_the_last_answer(self):
        """The server reads on briefly, so that the answer arrives, and then closes."""
        connection, answer = self.answer(b"GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        self.assertEqual(answer.status, 404)

        def dropped():
            try:
                connection.sendall(b"x")
            except OSError:
                return True
            return False

        wait_for(dropped, "the connection to be dropped", timeout=30, interval=0.2)


class Handshakes(shared.ApiTest):
    HEADERS = {
        "Host": "x",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol": "confab.v1",
    }

    def connect(self, api, method="GET", version="1.1", **headers):
        lines = (
            self.HEADERS
            | {"Authorization": f"Bearer {api.token}"}
            | {k.replace("_", "-"): v for k, v in headers.items()}
        )
        connection = raw(
            self.server,
            (
                f"{method} /v1/stream HTTP/{version}\r\n"
                + "".join(
                    f"{name}: {value}\r\n" for name, value in lines.items() if value is not None
                )
                + "\r\n"
            ).encode(),
        )
        self.addCleanup(connection.close)
        return connection

    def test_what_is_none(self):
        api = self.person()
        for status, code, options in (
            (426, "upgrade-required", {"Sec_WebSocket_Version": "8"}),
            (426, "upgrade-required", {"Sec_WebSocket_Version": None}),
            (400, "malformed-request", {"Sec_WebSocket_Key": None}),
            (400, "malformed-request", {"Sec_WebSocket_Key": "short"}),
            (400, "malformed-request", {"Connection": "keep-alive"}),
            (400, "malformed-request", {"Connection": None}),
            (400, "malformed-request", {"method": "POST"}),
        ):
            with self.subTest(options):
                answer = raw_answer(self.connect(api, **options))
                CONTRACT.check_problem(answer)
                self.assertEqual((answer.status, answer.json["code"]), (status, code))
                if status == 426:
                    self.assertEqual(answer.headers["sec-websocket-version"], "13")

    def test_first_frames_may_come_with_it(self):
        api = self.person()
        hello = json.dumps({"type": "hello", "cursor": None}).encode()
        connection = raw(
            self.server,
            (
                "GET /v1/stream HTTP/1.1\r\n"
                + "".join(
                    f"{name}: {value}\r\n"
                    for name, value in (
                        self.HEADERS | {"Authorization": f"Bearer {api.token}"}
                    ).items()
                )
                + "\r\n"
            ).encode()
            + bytes([0x81, 0x80 | len(hello), 0, 0, 0, 0])
            + hello,
        )
        self.addCleanup(connection.close)
        data = b""
        while b'{"type":"ready"}' not in data:
            part = connection.recv(65536)
            self.assertTrue(part, data)
            data += part

    def frames_after(self, *frames):
        """Return what the server sends after @frames until it closes: close codes, and opcodes of
        others.
        """
        connection = self.connect(self.person())
        data = b""
        while b"\r\n\r\n" not in data:
            data += connection.recv(4096)
        for frame in frames:
            connection.sendall(frame)
        data = data.split(b"\r\n\r\n", 1)[1]
        while part := connection.recv(4096):
            data += part
        seen = []
        while data:
            length = data[1]
            seen.append(int.from_bytes(data[2:4]) if data[0] == 0x88 else data[0] & 0x0F)
            data = data[2 + length :]
        return seen

    def test_frames_no_client_may_send(self):
        """Without knowing where the next frame begins, the stream closes with a reason."""
        for name, frame, code in (
            ("unmasked", b'\x81\x04{"a"', 1002),
            ("unmasked ping", b"\x89\x00", 1002),
            ("reserved bits", b"\xf1\x80\0\0\0\0", 1002),
            ("reserved opcode", b"\x83\x80\0\0\0\0", 1002),
            ("continuation", b"\x80\x80\0\0\0\0", 1002),
            ("long ping", b"\x89\xfe\0\x7e\0\0\0\0", 1002),
            ("long form", b"\x81\xfe\0\x01\0\0\0\0x", 1002),
            ("bit 63", b"\x81\xff" + b"\xff" * 8 + b"\0\0\0\0", 1002),
            ("2^63 - 1", b"\x81\xff\x7f" + b"\xff" * 7 + b"\0\0\0\0", 1009),
            ("too long", b"\x81\xfe\x10\x01\0\0\0\0", 1009),
            ("not UTF-8", b"\x81\x81\0\0\0\0\xff", 1007),
        ):
            with self.subTest(name):
                self.assertEqual(self.frames_after(frame), [code])
                self.assertEqual(self.frames_after(frame + b"x" * 20_000), [code])

    def test_pings_are_answered(self):
        self.assertEqual(
            self.frames_after(b"\x89\x82\0\0\0\0hi", b"\x88\x82\0\0\0\0\x03\xe8"), [10, 1000]
        )

    def test_a_close_frame_behind_what_ended_the_stream(self):
        """The peer's close frame arrives with the frame that ends the stream: no end waits."""
        close = b"\x88\x82\0\0\0\0\x03\xe8"
        for first in (b"\x82\x80\0\0\0\0", b"\x81\x82\0\0\0\0[]"):
            for behind in (close, b"\x81\x80\0\0\0\0" + close, b"\x89\x80\0\0\0\0" + close):
                started = time.monotonic()
                seen = self.frames_after(first + behind)
                self.assertEqual(seen[-1] // 10, 100, seen)
                self.assertLess(time.monotonic() - started, 4, "an answer is waited for 5 s")


class SlowReaders(unittest.TestCase):
    """Pages of 2 MB that are not read: they are limited, and memory is released."""

    def setUp(self):
        self.server = Server().start()
        self.addCleanup(self.server.close)
        self.api = Api(self.server).register()
        self.addCleanup(self.api.close)
        self.group = self.api.group()
        for number in range(100):
            self.api.send(self.group, f"{number} " + "語" * 9_900)

    def ask(self, number):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.bind((f"127.7.{number // 200}.{number % 200 + 1}", 0))
        connection.connect(("127.0.0.1", self.server.port))
        connection.sendall(
            (
                f"GET /v1/conversations/{self.group}/messages HTTP/1.1\r\nHost: x\r\n"
                f"Authorization: Bearer {self.api.token}\r\n\r\n"
            ).encode()
        )
        connection.settimeout(60)
        self.addCleanup(connection.close)
        return connection

    def test_many_of_one_person(self):
        before = self.server.memory()
        connections = [self.ask(number) for number in range(300)]
        statuses = [int(connection.recv(12)[9:12]) for connection in connections]
        self.assertEqual(set(statuses), {200, 429})
        self.assertLessEqual(statuses.count(200), 4, "8 MiB of pages of 3 MB")
        growth = self.server.memory() - before
        self.assertLess(growth, 80 << 20, f"{growth >> 20} MiB")
        other = Api(self.server).register()
        self.addCleanup(other.close)
        self.assertEqual(other.send(other.group(), "others are served")["seq"], 1)
        for connection in connections:
            connection.close()
        wait_for(
            lambda: self.api.history(self.group, expect=(200, 429)).status == 200,
            "the room to come back",
        )
        if not self.server.is_sanitized():
            wait_for(
                lambda: self.server.memory() - before < 24 << 20, "the memory to be given back"
            )

    def test_a_least_rate(self):
        """A client below the minimum rate is dropped; a slow one above it gets everything."""
        dripping, slow = self.ask(1), self.ask(2)
        received = 0
        while received < 2_900_000:
            part = slow.recv(60_000)
            self.assertTrue(part)
            received += len(part)
            time.sleep(0.05)
        dripping.settimeout(1)

        def dropped():
            try:
                dripping.recv(1)
            except OSError:
                pass
            return "event=answer-dropped" in self.server.log()

        wait_for(dropped, "the one that drips to be dropped", timeout=120, interval=0.5)
