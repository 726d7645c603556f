# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS, IPv6, and error messages when the server cannot listen."""

import concurrent.futures
import hashlib
import http.client
import json
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import unittest
import uuid

import websockets.sync.client
from websockets.exceptions import ConnectionClosed

from certificate import certificate, trust
from client import PASSWORD, new_number
from confabd import PATIENCE, wait_for
from listening import Listener, tls_server

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"


# The object identifier 1.2.840.113549.1.1.1, as it stands in a certificate.
RSA_ENCRYPTION = bytes.fromhex("06092a864886f70d010101")


class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = tls_server().start()
        cls.addClassCleanup(cls.server.close)

    def connect(self, *protocols, context=None):
        plain = socket.create_connection(("127.0.0.1", self.server.port), PATIENCE)
        self.addCleanup(plain.close)
        connection = (context or trust(*protocols)).wrap_socket(plain, server_hostname="localhost")
        self.addCleanup(connection.close)
        return connection

    def https(self):
        connection = http.client.HTTPSConnection(
            "localhost", self.server.port, timeout=PATIENCE, context=trust()
        )
        self.addCleanup(connection.close)
        return connection

    def request(self, connection, method, path, token=None, body=None):
        """Send a request. Return the answer's status, headers and body."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection.request(
            method, path, body if body is None else json.dumps(body).encode(), headers
        )
        answer = connection.getresponse()
        data = answer.read()
        return answer.status, answer.headers, json.loads(data) if data else None

    def register(self):
        name = f"tls{new_number()}"
        status, _, body = self.request(
            self.https(),
            "POST",
            "/v1/users",
            body={
                "username": name,
                "email": f"{name}@mail.example",
                "password": PASSWORD,
                "device_name": "test",
            },
        )
        self.assertEqual(status, 201, body)
        return body

    def conversation(self, sender, receiver):
        status, _, body = self.request(
            self.https(),
            "POST",
            "/v1/conversations",
            sender["token"],
            {
                "client_id": str(uuid.uuid4()),
                "kind": "direct",
                "user_ids": [receiver["user"]["id"]],
            },
        )
        self.assertEqual(status, 201, body)
        return f"/v1/conversations/{body['conversation_id']}/messages"

    def send(self, connection, sender, messages, content):
        status, _, body = self.request(
            connection, "PUT", f"{messages}/{uuid.uuid4()}", sender["token"], {"content": content}
        )
        self.assertEqual(status, 201, body)

    def serves(self):
        return self.request(self.https(), "GET", "/healthz")[0] == 200


class Handshakes(Tls):
    def test_says_where(self):
        self.assertEqual(self.server.origin, f"https://127.0.0.1:{self.server.port}")

    def test_protocol_is_negotiated(self):
        self.assertEqual(self.connect("h2", "http/1.1").selected_alpn_protocol(), "http/1.1")
        self.assertEqual(self.connect("http/1.1").selected_alpn_protocol(), "http/1.1")
        self.assertIsNone(self.connect().selected_alpn_protocol())

    def test_old_versions_are_refused(self):
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            context = trust()
            context.set_ciphers("DEFAULT@SECLEVEL=0")
            context.minimum_version = context.maximum_version = version
            with self.subTest(version.name), self.assertRaises((ssl.SSLError, OSError)):
                self.connect(context=context)

    def test_http2_is_not_spoken(self):
        """HTTP/2 requests are refused, and others are served."""
        post = PREFACE + b"\0\0\4\1\4\0\0\0\1\x83\x87\x84\x41" + b"\0\0\1\0\1\0\0\0\1{"
        upgrade = (
            b"GET /v1/server HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
            b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"
        )
        with Listener() as plain:
            for data in (PREFACE, post, upgrade):
                for connection in (
                    self.connect(),
                    self.connect("h2"),
                    self.connect("http/1.1"),
                    socket.create_connection(("127.0.0.1", plain.port), PATIENCE),
                ):
                    with self.subTest(data[:30], to=type(connection).__name__), connection:
                        connection.sendall(data)
                        self.assertRegex(self.whole(connection), rb"^(HTTP/1\.[01] [245]\d\d .*)?$")
        self.assertTrue(self.serves())

    def whole(self, connection):
        """Read until the server closes. Return the first line."""
        data = b""
        try:
            while piece := connection.recv(4096):
                data += piece
        except (ConnectionError, ssl.SSLError):
            pass
        return data.split(b"\r\n")[0]

    def test_plain_http_at_the_port(self):
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", self.server.port), PATIENCE) as connection:
                connection.sendall(b"GET /v1/server HTTP/1.1\r\nHost: localhost\r\n\r\n")
                self.assertNotIn(b"HTTP/1.1 200", self.whole(connection))
        self.assertTrue(self.serves())

    def test_silent_and_broken_handshakes(self):
        for number in range(40):
            connection = socket.create_connection(("127.0.0.1", self.server.port), PATIENCE)
            self.addCleanup(connection.close)
            connection.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[: number % 12])
            if number % 2:
                connection.close()
        self.assertTrue(self.serves())
        silent = socket.create_connection(("127.0.0.1", self.server.port), PATIENCE)
        self.addCleanup(silent.close)
        self.assertEqual(silent.recv(100), b"", "it is not waited for, for ever")


class Requests(Tls):
    def test_one_connection_for_many(self):
        token, connection = self.register()["token"], self.https()
        for _ in range(50):
            status, headers, body = self.request(connection, "GET", "/v1/users/me", token)
            self.assertEqual((status, headers["Content-Type"]), (200, "application/json"), body)

    def test_many_connections(self):
        def visit(_):
            return self.request(self.https(), "GET", "/v1/server")[0]

        with concurrent.futures.ThreadPoolExecutor(20) as pool:
            self.assertEqual(set(pool.map(visit, range(60))), {200})

    def test_pipelined(self):
        connection = self.connect()
        connection.sendall(
            b"GET /v1/server HTTP/1.1\r\nHost: localhost\r\n\r\n" * 9
            + b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        data = b""
        while piece := connection.recv(65536):
            data += piece
        self.assertEqual(data.count(b"HTTP/1.1 200 OK"), 10)

    def test_body_in_pieces(self):
        """Small TLS records: bytes that one read leaves over are read later."""
        body = json.dumps(
            {"login": "nobody", "password": "x" * 900, "device_name": "test"}
        ).encode()
        head = (
            f"POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode()
        for size in (7, 100, 5000):
            connection, data = self.connect(), head + body
            for at in range(0, len(data), size):
                connection.sendall(data[at : at + size])
            self.assertTrue(connection.recv(4096).startswith(b"HTTP/1.1 401"))

    def test_too_large(self):
        connection = self.https()
        connection.request(
            "POST", "/v1/users", b"[" * 600_000, {"Content-Type": "application/json"}
        )
        self.assertEqual(connection.getresponse().status, 413)

    def test_long_answers(self):
        """An answer larger than the socket's buffers, read slowly."""
        sender, receiver = self.register(), self.register()
        messages, connection = self.conversation(sender, receiver), self.https()
        for _ in range(60):
            self.send(connection, sender, messages, "ø" * 9900)
        slow = self.connect()
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 100_000)
        slow.sendall(
            f"GET {messages} HTTP/1.1\r\nHost: localhost\r\n"
            f"Authorization: Bearer {receiver['token']}\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        data = b""
        while piece := slow.recv(30_000):
            data += piece
            time.sleep(0.005)
        head, _, body = data.partition(b"\r\n\r\n")
        self.assertTrue(head.startswith(b"HTTP/1.1 200"))
        self.assertGreater(len(body), 1_000_000)
        self.assertEqual(len(json.loads(body)["rows"]["messages"]), 60)
        for _ in range(5):  # and to clients that disconnect in the middle of it
            gone = self.connect()
            gone.sendall(
                f"GET {messages} HTTP/1.1\r\nHost: localhost\r\n"
                f"Authorization: Bearer {receiver['token']}\r\n\r\n".encode()
            )
            gone.recv(1000)
            gone.close()
        self.assertTrue(self.serves())


class Streams(Tls):
    """Streams over TLS."""

    def connect_stream(self, token):
        connection = websockets.sync.client.connect(
            f"wss://localhost:{self.server.port}/v1/stream",
            subprotocols=["confab.v1"],
            compression=None,
            sock=socket.create_connection(("127.0.0.1", self.server.port), PATIENCE),
            ssl=trust("http/1.1"),
            additional_headers={"Authorization": f"Bearer {token}"},
            close_timeout=PATIENCE,
            max_size=8 << 20,
        )
        self.addCleanup(connection.close)
        return connection

    def next(self, stream):
        return json.loads(stream.recv(PATIENCE))

    def test_messages_arrive(self):
        sender, receiver = self.register(), self.register()
        messages, connection = self.conversation(sender, receiver), self.https()
        for _ in range(30):
            self.send(connection, sender, messages, "before " * 1400)
        stream = self.connect_stream(receiver["token"])
        self.assertEqual(stream.subprotocol, "confab.v1")
        stream.send(json.dumps({"type": "hello", "cursor": None}))
        before = 0
        while (frame := self.next(stream))["type"] != "ready":
            before += len(frame["rows"].get("messages", ()))
        self.assertEqual(before, 30)
        for text in ["one", "two", "many " * 1990]:
            self.send(connection, sender, messages, text)
            frame = self.next(stream)
            self.assertEqual([row["content"] for row in frame["rows"]["messages"]], [text])

        self.assertEqual(
            self.request(connection, "DELETE", "/v1/sessions/current", receiver["token"])[0], 204
        )
        with self.assertRaises(ConnectionClosed) as closed:
            self.next(stream)
        self.assertEqual(closed.exception.rcvd.code, 1008)

    def test_needs_a_session(self):
        with self.assertRaises(websockets.exceptions.InvalidStatus) as refused:
            self.connect_stream("nonsense")
        self.assertEqual(refused.exception.response.status_code, 401)


class Addresses(unittest.TestCase):
    def test_ipv6(self):
        with Listener(("listen", "address", "::1")) as server:
            self.assertEqual(server.origin, f"http://[::1]:{server.port}")
            connection = http.client.HTTPConnection("::1", server.port, timeout=PATIENCE)
            connection.request("GET", "/healthz")
            self.assertEqual(connection.getresponse().status, 200)
            connection.close()
            with self.assertRaises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", server.port), PATIENCE)

    def test_every_address(self):
        """:: accepts both address families; plain HTTP beyond this machine must be allowed
        explicitly.
        """
        for address, reached in (("::", ("::1", "127.0.0.1")), ("0.0.0.0", ("127.0.0.1",))):
            with self.subTest(address), Listener(
                ("listen", "address", address), ("listen", "insecure", "true")
            ) as server:
                for host in reached:
                    connection = http.client.HTTPConnection(host, server.port, timeout=PATIENCE)
                    connection.request("GET", "/healthz")
                    self.assertEqual(connection.getresponse().status, 200)
                    connection.close()

    def test_plain_for_others_is_refused(self):
        for address in ("0.0.0.0", "::", "192.0.2.1"):
            with self.subTest(address):
                self.assertIn("certificate", Listener(("listen", "address", address)).refuse())

    def test_port_in_use(self):
        with Listener() as server:
            second = Listener()
            second.port = server.port
            self.assertRegex(second.refuse(), rf"confabd: .*127\.0\.0\.1.*{server.port}")
            with self.assertRaises(FileNotFoundError):
                second.database.stat()
        with socket.create_server(("::1", 0), family=socket.AF_INET6) as taken:
            second = Listener(("listen", "address", "::1"))
            second.port = taken.getsockname()[1]
            self.assertIn("confabd: ", second.refuse())

    def test_address_of_another_machine(self):
        self.assertRegex(
            Listener(("listen", "address", "192.0.2.1"), ("listen", "insecure", "true")).refuse(),
            r"confabd: .*192\.0\.2\.1",
        )


class Certificates(unittest.TestCase):
    def refused(self, pem, key):
        return Listener(("listen", "certificate", pem), ("listen", "key", key)).refuse()

    def test_missing(self):
        pem, key = certificate()
        self.assertRegex(self.refused("/nonexistent/c.pem", key), r"confabd: .*/nonexistent/c\.pem")
        self.assertRegex(self.refused(pem, "/nonexistent/k.pem"), r"confabd: .*/nonexistent/k\.pem")

    def test_not_certificates(self):
        pem, key = certificate()
        junk = pem.with_name("junk.pem")
        for text in (
            "",
            "junk\n",
            "-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----\n",
        ):
            with self.subTest(text):
                junk.write_text(text)
                self.assertRegex(self.refused(junk, key), rf"confabd: .*{junk}")
                self.assertRegex(self.refused(pem, junk), rf"confabd: .*{junk}")
        self.assertRegex(self.refused(pem.parent, key), rf"confabd: .*{pem.parent}")
        self.assertRegex(self.refused(key, pem), "confabd: ")

    def test_key_of_another_certificate(self):
        pem, _ = certificate()
        other = pem.with_name("other.pem")
        subprocess.run(
            [
                "openssl",
                "genpkey",
                "-algorithm",
                "EC",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-out",
                other,
            ],
            check=True,
            capture_output=True,
        )
        self.assertRegex(self.refused(pem, other), rf"confabd: .*{other}")

    def test_one_without_the_other(self):
        pem, key = certificate()
        self.assertIn("belong together", Listener(("listen", "certificate", pem)).refuse())
        self.assertIn("belong together", Listener(("listen", "key", key)).refuse())


class Renewing(Tls):
    """A server with a certificate of its own."""

    EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")

    @classmethod
    def setUpClass(cls):
        pem, key = certificate()
        cls.directory = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.directory)
        cls.pem, cls.key = cls.directory / "c.pem", cls.directory / "k.pem"
        cls.pem.write_bytes(pem.read_bytes())
        cls.key.write_bytes(key.read_bytes())
        cls.server = Listener(
            ("listen", "certificate", cls.pem), ("listen", "key", cls.key)
        ).start()
        cls.addClassCleanup(cls.server.close)

    def serial(self):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return hashlib.sha256(self.connect(context=context).getpeercert(True)).hexdigest()

    def renew(self, *kind, key=True):
        subprocess.run(
            [
                "openssl",
                "req",
                "-x509",
                *(kind or self.EC),
                "-nodes",
                "-subj",
                "/CN=localhost",
                "-days",
                "2",
                "-keyout",
                self.directory / "new.key",
                "-out",
                self.directory / "new.pem",
            ],
            check=True,
            capture_output=True,
        )
        (self.directory / "new.pem").replace(self.pem)
        if key:
            (self.directory / "new.key").replace(self.key)


class OtherKeys(Renewing):
    def handshake(self, cipher):
        """Return the key type of the certificate that a client with only @cipher gets, or None."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers(cipher)
        try:
            pem = self.connect(context=context).getpeercert(True)
        except (ssl.SSLError, OSError):
            return None
        return "rsa" if RSA_ENCRYPTION in pem else "ec"

    def test_another_type_of_key(self):
        """No client gets the former certificate, whichever key type it prefers."""
        ciphers = {"rsa": "ECDHE-RSA-AES128-GCM-SHA256", "ec": "ECDHE-ECDSA-AES128-GCM-SHA256"}
        for kind, options in (("rsa", ("-newkey", "rsa:2048")), ("ec", self.EC)) * 2:
            before = self.serial()
            self.renew(*options)
            self.server.process.send_signal(signal.SIGHUP)
            wait_for(lambda: self.serial() != before, "the new certificate", timeout=20)
            for other, cipher in ciphers.items():
                with self.subTest(kind=kind, cipher=cipher):
                    self.assertEqual(self.handshake(cipher), kind if other == kind else None)


class Renewal(Renewing):
    """A certificate renewed while the server runs is loaded, on SIGHUP and automatically."""

    def test_by_signal_and_by_itself(self):
        first, kept = self.serial(), self.https()
        self.assertEqual(self.request(kept, "GET", "/healthz")[0], 200)
        self.renew()
        wait_for(lambda: self.serial() != first, "the new certificate, without being told")
        self.assertEqual(self.request(kept, "GET", "/healthz")[0], 200, "who is connected stays so")
        second = self.serial()
        self.renew()
        self.server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: self.serial() != second, "the next one", timeout=20)
        third = self.serial()
        self.renew(key=False)
        self.server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: "event=certificate-refused" in self.server.log(), "the log to tell of it")
        self.assertEqual(self.serial(), third, "one that cannot be used changes nothing")

    def test_forward_secrecy(self):
        for cipher in (
            "AES128-GCM-SHA256",
            "AES256-SHA",
            "DHE-RSA-AES128-SHA",
            "ECDHE-RSA-AES128-SHA",
            "ECDHE-ECDSA-AES256-SHA384",
        ):
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            context.maximum_version = ssl.TLSVersion.TLSv1_2
            context.set_ciphers(cipher + ":@SECLEVEL=0")
            with self.subTest(cipher), self.assertRaises((ssl.SSLError, OSError)):
                self.connect(context=context)
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        self.assertRegex(self.connect(context=context).cipher()[0], "^ECDHE-.*(GCM|POLY1305)")
