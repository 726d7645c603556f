# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests that no correct client sends. After each the server still serves others."""

import concurrent.futures
import http.client
import json
import re
import socket
import time

import shared
from client import PASSWORD, new_id, new_number, raw, raw_answer
from confabd import wait_for
from contract import CONTRACT

LIMIT = 256 * 1024


class BadInput(shared.ApiTest):
    def setUp(self):
        super().setUp()
        self.api = self.person()
        self.group = self.api.group()

    def tearDown(self):
        self.assert_serves()
        super().tearDown()

    def operations_with_body(self):
        """Yield operations with a client that may call them and a target."""
        for operation in CONTRACT.operations.values():
            if operation.takes_body:
                yield operation.id, self.stranger() if operation.open else self.api, {
                    "id": self.group,
                    "client_id": new_id(),
                }


class Bodies(BadInput):
    def test_not_json(self):
        bodies = {
            "empty": b"",
            "white": b" \n",
            "word": b"x",
            "truncated": b'{"content":"x',
            "half": b'{"content":',
            "comma": b'{"content":"x",}',
            "single": b"{'content':'x'}",
            "comment": b'{"content":"x"/**/}',
            "two": b'{"content":"x"}{}',
            "array": b"[]",
            "string": b'"x"',
            "null": b"null",
            "number": b"1",
            "latin1": '{"content":"é"}'.encode("latin-1"),
            "overlong": b'{"content":"\xc0\xaf"}',
            "surrogate": b'{"content":"\xed\xa0\x80"}',
            "escaped half": b'{"content":"\\ud800"}',
            "cut utf8": b'{"content":"\xe2\x82"}',
            "raw nul": b'{"content":"a\0b"}',
            "nul": b"\0",
            "raw newline": b'{"content":"a\nb"}',
            "bom16": '{"content":"x"}'.encode("utf-16"),
            "deep arrays": b"[" * 100_000,
            "deep objects": b'{"a":' * 30_000,
            "33 deep": b'{"a":' * 33 + b"1" + b"}" * 33,
            "deep and closed": b'{"content":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
            "infinity": b'{"content":Infinity}',
            "leading zero": b'{"content":01}',
            "plus": b'{"content":+1}',
            "hex": b'{"content":0x1}',
            "tail": b'{"a":1}x',
        }
        for operation, api, path in self.operations_with_body():
            for name, body in bodies.items():
                with self.subTest(operation, body=name):
                    api.call(operation, 400, "malformed-json", body=body, **path)

    def test_32_deep_is_not_too_deep(self):
        deep = b'{"x":' * 31 + b"1" + b"}" * 31
        self.api.call(
            "sendMessage",
            201,
            body=b'{"content":"x","y":' + deep + b"}",
            id=self.group,
            client_id=new_id(),
        )

    def test_repeated_member(self):
        body = b'{"content":"first","content":"second"}'
        answer = self.api.call(
            "sendMessage", (201, 400, 422), body=body, id=self.group, client_id=new_id()
        )
        self.assertIn(answer.status, (201, 400))

    def test_huge_numbers(self):
        for number in (b"1e400", b"-1e400", b"9" * 1000, b"1." + b"0" * 1000, b"1e-400", b"-0"):
            with self.subTest(number[:20]):
                answer = self.api.call(
                    "readConversation",
                    (200, 400, 422),
                    id=self.group,
                    body=b'{"last_read_seq":' + number + b"}",
                )
                self.assertEqual(answer.status == 200, number == b"-0", answer.body)

    def test_media_type(self):
        kinds = (
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/jsonp",
            "application/xml",
            "json",
            "",
            "application/json-patch+json",
            "a" * 1000,
        )
        for operation, api, path in self.operations_with_body():
            for kind in kinds:
                with self.subTest(operation, kind=kind[:40]):
                    api.call(
                        operation,
                        415,
                        "unsupported-media-type",
                        body=b'{"content":"x"}',
                        headers={"Content-Type": kind},
                        **path,
                    )

    def test_media_type_may_have_parameters(self):
        for kind in (
            "application/json; charset=utf-8",
            "Application/JSON",
            "application/json;charset=UTF-8",
        ):
            self.api.call(
                "sendMessage",
                201,
                body=b'{"content":"x"}',
                id=self.group,
                client_id=new_id(),
                headers={"Content-Type": kind},
            )

    def test_no_body_where_one_belongs(self):
        for operation, api, path in self.operations_with_body():
            with self.subTest(operation):
                api.call(operation, (400, 415), **path)

    def test_largest(self):
        filler = "x" * (LIMIT - len('{"content":"x","y":""}'))
        body = json.dumps({"content": "x", "y": filler}, separators=(",", ":")).encode()
        self.assertEqual(len(body), LIMIT)
        self.api.call("sendMessage", 201, body=body, id=self.group, client_id=new_id())

    def test_too_large(self):
        for operation, api, path in self.operations_with_body():
            for size in (LIMIT + 1, 3_000_000):
                with self.subTest(operation, size=size):
                    body = b'{"content":"' + b"x" * (size - 14) + b'"}'
                    self.assertEqual(len(body), size)
                    api.call(operation, 413, "body-too-large", body=body, **path)

    def test_too_large_in_chunks(self):
        def chunks():
            for _ in range(100):
                yield b"x" * 10_000

        for operation, api, path in self.operations_with_body():
            with self.subTest(operation):
                api.call(operation, 413, "body-too-large", body=chunks(), **path)

    def test_chunks(self):
        body = json.dumps({"content": "in pieces"}).encode()
        answer = self.api.call(
            "sendMessage",
            201,
            body=(body[n : n + 1] for n in range(len(body))),
            id=self.group,
            client_id=new_id(),
        )
        self.assertEqual(answer.rows["messages"][0]["content"], "in pieces")

    def test_too_large_is_refused_before_it_arrives(self):
        head = self.head(
            "PUT",
            f"/v1/conversations/{self.group}/messages/{new_id()}",
            **{"Content-Length": 10**12},
        )
        connection = raw(self.server, head)
        self.assertEqual(raw_answer(connection).status, 413)
        connection.close()

    def head(self, method, path, version="1.1", **headers):
        lines = {
            "Host": "127.0.0.1",
            "Authorization": f"Bearer {self.api.token}",
            "Content-Type": "application/json",
        } | {k.replace("_", "-"): v for k, v in headers.items()}
        return (
            f"{method} {path} HTTP/{version}\r\n"
            + "".join(f"{k}: {v}\r\n" for k, v in lines.items())
            + "\r\n"
        ).encode()


class Connections(BadInput):
    def head(self, *args, **headers):
        return Bodies.head(self, *args, **headers)

    def send_path(self):
        return f"/v1/conversations/{self.group}/messages/{new_id()}"

    def contents(self):
        return [row["content"] for row in self.api.whole_history(self.group)]

    def test_body_shorter_than_promised(self):
        """The rest of the body never arrives: nothing is stored when the client disconnects."""
        connection = raw(
            self.server,
            self.head("PUT", self.send_path(), Content_Length=100) + b'{"content":"short"}',
        )
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(30)
        try:
            connection.recv(4096)
        except ConnectionResetError:
            pass
        connection.close()
        self.assertEqual(self.contents(), [])

    def test_body_longer_than_promised(self):
        body = b'{"content":"x"}'
        connection = raw(
            self.server,
            self.head("PUT", self.send_path(), Content_Length=len(body)) + body + b"garbage" * 9,
        )
        self.answered_or_closed(connection)
        self.assertLessEqual(len(self.contents()), 1)

    def test_content_lengths_that_are_none(self):
        for length in ("-1", "x", "1e3", "99999999999999999999999", "15, 15", "0x10", ""):
            with self.subTest(length):
                connection = raw(
                    self.server,
                    self.head("PUT", self.send_path(), Content_Length=length) + b'{"content":"x"}',
                )
                self.answered_or_closed(connection)
        self.assertEqual(self.contents(), [])

    def test_both_length_and_chunks(self):
        """Request smuggling: a second request hidden in the first one's body is never run."""
        hidden = self.head("PUT", self.send_path(), Content_Length=20) + b'{"content":"hidden"}'
        chunked = b'f\r\n{"content":"x"}\r\n0\r\n\r\n'
        connection = raw(
            self.server,
            self.head(
                "PUT",
                self.send_path(),
                Content_Length=len(chunked + hidden),
                Transfer_Encoding="chunked",
            )
            + chunked
            + hidden,
        )
        self.answered_or_closed(connection)
        self.assertNotIn("hidden", self.contents())

    def test_bad_chunks(self):
        for chunks in (
            b"x\r\n",
            b"-1\r\n",
            b"ffffffffffffffff\r\n",
            b"5\r\nabc",
            b"1" * 100_000,
            b"0;" + b"x" * 100_000,
            b'f\r\n{"content":"x"}X',
        ):
            with self.subTest(chunks[:20]):
                connection = raw(
                    self.server, self.head("PUT", self.send_path(), Transfer_Encoding="chunked")
                )
                try:
                    connection.sendall(chunks)
                    connection.shutdown(socket.SHUT_WR)
                except OSError:
                    pass
                self.answered_or_closed(connection)
        self.assertEqual(self.contents(), [])

    def test_not_http(self):
        for data in (
            b"\0" * 100,
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
            b"\r\n\r\n\r\n",
            b"GET\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\n\r\n",
            b"\xff\xfe\xfd\r\n\r\n",
            b"GET / HTTP/1.1\r\n" + b"X: " + b"x" * 100_000 + b"\r\n\r\n",
            b"SSH-2.0-OpenSSH_9\r\n",
            b"GET / HTTP/1.1\r\n" + b"".join(b"X%d: 1\r\n" % n for n in range(5000)) + b"\r\n",
            b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
            b"GET / HTTP/1.1\r\n folded\r\n\r\n",
            b"GET / HTTP/1.1\r\n: x\r\n\r\n",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\xff" * 200,
        ):
            with self.subTest(data[:30]):
                connection = raw(self.server)
                try:
                    connection.sendall(data)
                    connection.shutdown(socket.SHUT_WR)
                except OSError:
                    pass
                self.answered_or_closed(connection)

    def test_pipelined(self):
        data = b"".join(
            self.head("PUT", self.send_path(), Content_Length=17) + b'{"content":"p-%d"}' % n
            for n in range(3)
        )
        connection = raw(self.server, data)
        self.answered_or_closed(connection)
        self.assertLessEqual(set(self.contents()), {"p-0", "p-1", "p-2"})

    def test_http_1_0(self):
        connection = raw(self.server, b"GET /healthz HTTP/1.0\r\n\r\n")
        self.assertEqual(raw_answer(connection).status, 200)
        connection.close()

    def test_empty_host(self):
        for version in ("1.0", "1.1"):
            for host in ("", " ", "\t"):
                with self.subTest(version=version, host=host):
                    head = f"GET /healthz HTTP/{version}\r\nHost:{host}\r\n\r\n"
                    connection = raw(self.server, head.encode())
                    answer = raw_answer(connection)
                    self.assertEqual(answer.status, 400)
                    self.assertEqual(answer.json["code"], "malformed-request")
                    connection.close()

    def test_keeps_the_connection(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        connection.connect()
        own_port = connection.sock.getsockname()[1]
        for path in ("/healthz", "/nowhere", "/v1/users/me", "/v1/server"):
            connection.request("GET", path)
            connection.getresponse().read()
            self.assertEqual(connection.sock.getsockname()[1], own_port)
        connection.close()

    def test_half_requests_are_closed_in_time(self):
        """Many unfinished request lines, heads and bodies: each is closed in time and delays no
        other client.
        """
        whole = self.head("PUT", self.send_path(), Content_Length=100)
        halves = [
            b"",
            b"G",
            b"GET /v1/server HT",
            whole[:40],
            whole[:-2],
            whole,
            whole + b'{"content":',
        ]
        connections = [raw(self.server, half) for half in halves for _ in range(5)]
        began = time.monotonic()
        self.assert_serves()
        with concurrent.futures.ThreadPoolExecutor(len(connections)) as pool:
            ended = list(
                pool.map(lambda connection: self.answered_or_closed(connection), connections)
            )
        self.assertTrue(all(ended))
        self.assertGreater(time.monotonic() - began, 3, "a slow network deserves some patience")
        self.assertEqual(self.contents(), [])

    def test_drip(self):
        """A byte now and then does not keep a request alive forever."""
        connection = raw(self.server, b"GET /healthz HTTP/1.1\r\nX-Slow: ")
        began = time.monotonic()
        connection.settimeout(0.5)
        while time.monotonic() - began < 120:
            try:
                connection.sendall(b"x")
                if connection.recv(4096) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        else:
            self.fail("still open after two minutes")
        connection.close()

    def test_goes_before_the_answer(self):
        """A client that disconnects during a slow sign-in affects no other client."""
        body = json.dumps(
            {"login": self.api.name, "password": PASSWORD, "device_name": "x"}
        ).encode()
        for _ in range(8):
            connection = raw(
                self.server, self.head("POST", "/v1/sessions", Content_Length=len(body)) + body
            )
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            connection.close()

    def test_many_connections(self):
        connections = [raw(self.server) for _ in range(300)]
        self.assert_serves()
        for connection in connections:
            connection.close()

    def test_answer_not_read(self):
        """A client that requests pages and does not read them is suspended."""
        for n in range(30):
            self.api.send(self.group, f"{n} " + "語" * 9_990)
        request = self.head("GET", f"/v1/conversations/{self.group}/messages")
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", self.server.port))
        connection.settimeout(1)
        before = self.server.memory()
        try:
            for _ in range(200):
                connection.sendall(request)
        except OSError:
            pass
        self.assert_serves()
        self.assertLess(self.server.memory() - before, 32 << 20)
        connection.close()

    def answered_or_closed(self, connection, statuses=range(100, 600), timeout=90):
        """Check that the server answers with an HTTP error or closes, and that any answer is well
        formed.
        """
        connection.settimeout(timeout)
        data = b""
        try:
            while part := connection.recv(65536):
                data += part
                if b"\r\n\r\n" in data:
                    break
        except ConnectionResetError:
            pass
        finally:
            connection.close()
        if data:
            self.assertRegex(data, rb"^HTTP/1\.[01] \d\d\d ")
            self.assertIn(int(data[9:12]), statuses)
        return True


class Addresses(BadInput):
    def test_unknown_paths(self):
        for path in (
            "/",
            "/v1",
            "/v1/",
            "/v2/users/me",
            "/v1/users/1",
            "/v1/users/me/",
            "/V1/users/me",
            "/v1/conversations/1/messages/x/y",
            "/../etc/passwd",
            "/v1/%2e%2e/x",
            "/index.html",
            "/favicon.ico",
            "/v1/sync%3F",
            "/x" * 300,
        ):
            for api in (self.api, self.stranger()):
                with self.subTest(path[:40], signed_in=api is self.api):
                    answer = api.request("GET", path)
                    self.assertEqual(answer.status, 404, answer.body)
                    CONTRACT.check_problem(answer)
                    self.assertEqual(answer.code, "not-found")

    def test_methods(self):
        paths = {
            CONTRACT.sample_path(operation, id=self.group)
            for operation in CONTRACT.operations.values()
        }
        for path in sorted(paths):
            # Two operations may use different names for one part of the path.
            verbs = {
                operation.verb
                for operation in CONTRACT.operations.values()
                if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", operation.path), path)
            }
            for verb in ("GET", "PUT", "POST", "PATCH", "DELETE"):
                if verb in verbs:
                    continue
                with self.subTest(f"{verb} {path}"):
                    answer = self.api.request(
                        verb, path, body=b"{}" if verb in ("PUT", "POST", "PATCH") else None
                    )
                    self.assertEqual(answer.status, 405, answer.body)
                    CONTRACT.check_problem(answer)
                    self.assertEqual(answer.code, "method-not-allowed")

    def test_queries(self):
        for query in (
            "?",
            "?&&&",
            "?limit",
            "?limit=",
            "?=1",
            "?limit=1&limit=2",
            "?since=%ff%fe",
            "?" + "x" * 3000,
        ):
            with self.subTest(query[:30]):
                answer = self.api.request("GET", f"/v1/sync{query}")
                self.assertIn(answer.status, (200, 410, 422), answer.body)
                if answer.status >= 400:
                    CONTRACT.check_problem(answer)

    def test_addresses_and_methods_that_are_none(self):
        """The HTTP parser refuses these before they become a request."""
        for line in (
            "BREW /healthz",
            "TRACE /healthz",
            "PROPFIND /healthz",
            "CONNECT x:1",
            "GET /%",
            "GET /%zz",
            "GET /%00",
            "GET /v1/users/m%65%00",
            "GET /v1/sync?limit=1%",
            "GET /v1/sync?limit=%zz",
            "GET *",
            "GET healthz",
            "GET /v1/sync?limit=%31%00",
            "GET /v1/sync?a=" + "&a=" * 900,
            "GET /v1//users/me",
        ):
            with self.subTest(line[:30]):
                connection = raw(self.server, f"{line} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                Connections.answered_or_closed(self, connection, range(400, 500))

    def test_request_ids_are_the_servers(self):
        ids = {
            self.api.call("getMe", headers={"X-Request-Id": "mine"}).headers["x-request-id"]
            for _ in range(5)
        }
        self.assertEqual(len(ids), 5)
        self.assertNotIn("mine", ids)

    def test_answers_are_not_for_browsers_to_keep_or_guess(self):
        headers = self.api.call("getMe").headers
        self.assertEqual(headers.get("cache-control"), "no-store")
        self.assertEqual(headers.get("x-content-type-options"), "nosniff")


class Unavailable(BadInput):
    def test_flood_of_sign_ins_leaves_room_for_others(self):
        """Hashing is expensive: a queue of sign-ins must not delay signed-in users."""

        def attempt(_):
            api = self.stranger()
            return api.call(
                "signIn",
                (401, 429, 503),
                json_body={
                    "login": f"nobody{new_number()}",
                    "password": "wrong" * 4,
                    "device_name": "t",
                },
            ).status

        self.assert_serves()  # registering bystanders needs hashing, too
        with concurrent.futures.ThreadPoolExecutor(24) as pool:
            flood = [pool.submit(attempt, n) for n in range(24)]
            served = 0
            while not all(future.done() for future in flood):
                self.assert_serves()
                served += 1
            self.assertLessEqual({future.result() for future in flood}, {401, 429, 503})
        # A client that waits for the whole flood is served; how long that takes depends on the
        # machine.
        self.assertGreater(served, 2)
        wait_for(self.server.alive, "the server")
