# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Client addresses behind a proxy, and limits on connections."""

import http.client
import json
import socket
import unittest

from client import Api
from confabd import PATIENCE, Server, wait_for

PEER = "127.9.0.1"


class Proxies(unittest.TestCase):
    """Sign-in is limited by address, which shows the address that the server assumes."""

    ALLOWED = 3

    def serve(self, trusted):
        server = Server(
            ("listen", "trusted_proxies", trusted), ("limits", "sign_ins_per_minute", self.ALLOWED)
        ).start()
        self.addCleanup(server.close)
        return server

    def attempt(self, server, login, forwarded=None, peer=PEER):
        api = Api(server, peer)
        try:
            return api.call(
                "signIn",
                (401, 429),
                headers={"X-Forwarded-For": forwarded} if forwarded else {},
                json_body={
                    "login": login,
                    "password": "a wrong but long password",
                    "device_name": "test",
                },
            ).status
        finally:
            api.close()

    def exhaust(self, server, forwarded, peer=PEER):
        """Attempt to sign in to ever new accounts until this address must wait."""
        for number in range(self.ALLOWED + 3):
            if self.attempt(server, f"nobody{number}", forwarded, peer) == 429:
                self.assertGreaterEqual(number, self.ALLOWED)
                return
        self.fail(f"{forwarded} is never throttled")

    def full(self, server, forwarded, peer=PEER):
        """Return whether this address has used up its attempts, though a wait of 2 s may be over by
        now.
        """
        return 429 in (self.attempt(server, f"x{number}", forwarded, peer) for number in range(2))

    def test_trusted(self):
        server = self.serve(f"192.0.2.7 {PEER}")
        self.exhaust(server, "198.51.100.1")
        self.assertFalse(self.full(server, "198.51.100.2"))
        for same in (
            "198.51.100.1",
            "198.51.100.9, 198.51.100.1",
            "::ffff:198.51.100.1",
            "198.51.100.1:4711",
            "[::ffff:198.51.100.1]:80",
            f"198.51.100.1, {PEER}",
        ):
            self.assertTrue(self.full(server, same), same)
        self.assertFalse(
            self.full(server, "198.51.100.1,198.51.100.9"), "the last one is the proxy's word"
        )
        self.exhaust(server, "2001:db8::1")
        self.assertFalse(self.full(server, "2001:db8:1::1"))
        for neighbour in ("2001:DB8::2", "[2001:db8:0:0:ffff:ffff:ffff:ffff]:443"):
            self.assertTrue(self.full(server, neighbour), "they have the same network")
        self.assertFalse(self.full(server, "::ffff:198.51.100.77"))

    def test_network_of_proxies(self):
        server = self.serve("127.8.0.0/16 fd00::/8 127.9.0.0/24")
        self.exhaust(server, "198.51.100.1", "127.8.1.1")
        self.assertTrue(self.full(server, "198.51.100.1", "127.9.0.77"))
        self.assertTrue(
            self.full(server, "203.0.113.1, 198.51.100.1, fd00::1, 127.8.3.4", "127.9.0.77")
        )
        self.assertFalse(self.full(server, "198.51.100.1", "127.9.1.1"), "that one is no proxy")

    def test_trusted_but_no_address(self):
        """The request counts as the proxy's own."""
        server = self.serve(PEER)
        self.exhaust(server, None)
        for forwarded in ("unknown", "198.51.100.1, nonsense", ",", "x" * 3000):
            with self.subTest(forwarded[:20]):
                self.assertTrue(self.full(server, forwarded))
        self.assertEqual(self.attempt(server, "x", "198.51.100.1"), 401)

    def test_not_trusted(self):
        server = self.serve("192.0.2.7")
        for number in range(self.ALLOWED + 2):
            status = self.attempt(server, f"nobody{number}", f"198.51.100.{number}")
        self.assertEqual(status, 429)
        self.assertEqual(self.attempt(server, "x", peer="127.9.0.2"), 401)


class Connections(unittest.TestCase):
    def serve(self, *settings):
        server = Server(*settings).start()
        self.addCleanup(server.close)
        return server

    def connect(self, server, peer):
        """Return a connection that is served, or None if it is closed instead."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", server.port, timeout=PATIENCE, source_address=(peer, 0)
        )
        self.addCleanup(connection.close)
        try:
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            self.assertEqual(json.loads(answer.read()), {"status": "ok"})
        except (ConnectionError, http.client.BadStatusLine):
            return None
        return connection

    def test_from_one_address(self):
        server = self.serve(("limits", "connections_per_address", 5))
        held = [self.connect(server, PEER) for _ in range(5)]
        self.assertNotIn(None, held)
        self.assertIsNone(self.connect(server, PEER))
        self.assertIsNotNone(self.connect(server, "127.9.0.2"))
        held[0].close()
        wait_for(lambda: self.connect(server, PEER), "the room that a closed connection leaves")
        self.assertIsNone(self.connect(server, PEER))

    def test_in_all(self):
        server = self.serve(("limits", "connections", 6))
        held = [self.connect(server, f"127.9.1.{number}") for number in range(1, 7)]
        self.assertNotIn(None, held)
        self.assertIsNone(self.connect(server, "127.9.1.100"))
        for connection in held:
            connection.request("GET", "/healthz")
            self.assertEqual(connection.getresponse().read(), b'{"status":"ok"}')
        held[3].close()
        wait_for(
            lambda: self.connect(server, "127.9.1.100"), "the room that a closed connection leaves"
        )

    def test_behind_a_proxy(self):
        """Each connection counts for its forwarded address; the proxy itself is not limited."""
        server = self.serve(
            ("limits", "connections_per_address", 3), ("listen", "trusted_proxies", "127.9.0.0/24")
        )
        api = Api(server, "127.9.5.5").register()
        self.addCleanup(api.close)

        def stream(forwarded):
            connection = socket.create_connection(
                ("127.0.0.1", server.port), PATIENCE, source_address=(PEER, 0)
            )
            self.addCleanup(connection.close)
            connection.sendall(
                (
                    "GET /v1/stream HTTP/1.1\r\nHost: x\r\n"
                    "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                    f"Sec-WebSocket-Protocol: confab.v1\r\nAuthorization: Bearer {api.token}\r\n"
                    f"X-Forwarded-For: {forwarded}\r\n\r\n"
                ).encode()
            )
            return connection, int(connection.recv(4096)[9:12])

        held = [stream("198.51.100.1:1000") for _ in range(3)]
        self.assertEqual([status for _, status in held], [101] * 3)
        self.assertEqual(stream("198.51.100.1:2000")[1], 429)
        self.assertEqual([stream(f"198.51.100.{n}")[1] for n in range(2, 9)], [101] * 7)
        held[0][0].close()
        wait_for(lambda: stream("198.51.100.1")[1] == 101, "the room that a closed stream leaves")

    def test_silent_ones_make_room(self):
        """Silent connections do not keep out others for long."""
        server = self.serve(("limits", "connections", 6))
        silent = [socket.create_connection(("127.0.0.1", server.port), PATIENCE) for _ in range(6)]
        for connection in silent:
            self.addCleanup(connection.close)
        self.assertIsNone(self.connect(server, PEER))
        wait_for(lambda: self.connect(server, PEER), "the silent to be closed", interval=0.5)
        for connection in silent:
            self.assertEqual(connection.recv(100), b"")
