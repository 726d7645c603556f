# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server that most tests share; each test creates its own users."""

import unittest

from client import Api
from confabd import Server

_server = None


def server():
    global _server
    if _server is None:
        _server = Server().start()
    return _server


def close():
    """Stop the server. Raise if its log shows a defect."""
    global _server
    if _server is not None:
        stopping, _server = _server, None
        stopping.close()


class ApiTest(unittest.TestCase):
    def setUp(self):
        self.server = server()

    def tearDown(self):
        self.assertTrue(self.server.alive(), f"the server is gone\n{self.server.log()[-4000:]}")

    def stranger(self):
        """Return a client without a session."""
        api = Api(self.server)
        self.addCleanup(api.close)
        return api

    def person(self, **account):
        return self.stranger().register(**account)

    def admin(self, **account):
        """Create an administrator by the command line."""
        person = self.person(**account)
        self.server.cli("user", "set-role", person.name, "admin")
        person.administers = True
        return person

    def people(self, number):
        return [self.person() for _ in range(number)]

    def assert_serves(self):
        """Check that the server still serves other clients."""
        if not hasattr(self, "bystanders"):
            self.bystanders = self.people(2)
            self.bystanders_conversation = self.bystanders[0].direct(self.bystanders[1])
        sent = self.bystanders[0].send(self.bystanders_conversation, "still here")
        got = self.bystanders[1].history(self.bystanders_conversation, limit=1).rows["messages"]
        self.assertEqual(got, [sent])
