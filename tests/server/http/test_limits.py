# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose address counts behind a proxy, and how many connections there may be."""

import http.client
import json
import socket
import unittest

from client import Api
from confabd import PATIENCE, Server, wait_for

PEER = "127.9.0.1"


class Proxies(unittest.TestCase):
    """Sign-in is throttled by address: that tells which one the server takes a request to come from."""

    ALLOWED = 3

    def serve(self, trusted):
        server = Server(("listen", "trusted_proxies", trusted), ("limits", "sign_ins_per_minute", self.ALLOWED)).start()
        self.addCleanup(server.close)
        return server

    def attempt(self, server, login, forwarded=None, peer=PEER):
        api = Api(server, peer)
        try:
            return api.call("signIn", (401, 429), headers={"X-Forwarded-For": forwarded} if forwarded else {}, json_body={
                "login": login, "password": "a wrong but long password", "device_name": "test"}).status
        finally:
            api.close()

    def exhaust(self, server, forwarded, peer=PEER):
        """Attempts on ever new accounts until this address must wait."""
        for number in range(self.ALLOWED + 3):
            if self.attempt(server, f"nobody{number}", forwarded, peer) == 429:
                self.assertGreaterEqual(number, self.ALLOWED)
                return
        self.fail(f"{forwarded} is never throttled")

    def test_trusted(self):
        server = self.serve(f"192.0.2.7 {PEER}")
        self.exhaust(server, "198.51.100.1")
        self.assertEqual(self.attempt(server, "x", "198.51.100.2"), 401)
        self.assertEqual(self.attempt(server, "x", "198.51.100.1"), 429)
        self.assertEqual(self.attempt(server, "x", "198.51.100.9, 198.51.100.1"), 429, "the last one is the proxy's word")
        self.assertEqual(self.attempt(server, "x", "198.51.100.1,198.51.100.9"), 401)
        self.exhaust(server, "2001:db8::1")
        self.assertEqual(self.attempt(server, "x", "2001:db8:1::1"), 401)
        for neighbour in ("2001:DB8::2", "2001:db8:0:0:ffff:ffff:ffff:ffff"):
            self.assertEqual(self.attempt(server, "x", neighbour), 429, "they have the same network")
        self.assertEqual(self.attempt(server, "x", "::ffff:198.51.100.1"), 429, "the same address, written otherwise")
        self.assertEqual(self.attempt(server, "x", "::ffff:198.51.100.77"), 401)

    def test_trusted_but_no_address(self):
        """Then it is the proxy's own."""
        server = self.serve(PEER)
        self.exhaust(server, None)
        for forwarded in ("unknown", "198.51.100.1, nonsense", ",", "x" * 3000):
            with self.subTest(forwarded[:20]):
                self.assertEqual(self.attempt(server, "x", forwarded), 429)
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
        """A connection that has been served, or None if it was closed instead."""
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE, source_address=(peer, 0))
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
        wait_for(lambda: self.connect(server, "127.9.1.100"), "the room that a closed connection leaves")

    def test_silent_ones_make_room(self):
        """Who connects and says nothing keeps nobody out for long."""
        server = self.serve(("limits", "connections", 6))
        silent = [socket.create_connection(("127.0.0.1", server.port), PATIENCE) for _ in range(6)]
        for connection in silent:
            self.addCleanup(connection.close)
        self.assertIsNone(self.connect(server, PEER))
        wait_for(lambda: self.connect(server, PEER), "the silent to be closed", interval=0.5)
        for connection in silent:
            self.assertEqual(connection.recv(100), b"")
