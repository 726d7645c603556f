# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every operation, requested by every kind of caller; matrix.py has the expected answers."""

import unittest

import matrix
from client import PASSWORD, Api, png
from confabd import Server
from contract import CONTRACT

ANY = tuple(range(200, 600))


class World:
    """A server with a caller of each kind, and objects to act on."""

    ADMIN, USER, MODERATOR = 1, 2, 3

    def __init__(self, server):
        self.server = server
        self.callers = {name: Api(server) for name in matrix.CALLERS}
        self.owner, self.target, self.chief = (Api(server).register() for _ in range(3))
        for name, caller in self.callers.items():
            if name != "nobody":
                caller.register()
        for person, role in (
            (self.chief, "admin"),
            (self.callers["admin"], "admin"),
            (self.callers["moderator"], "moderator"),
        ):
            self.server.cli("user", "set-role", person.name, role)
            person.administers = role == "admin"
        self.chief.verify()
        self.members = [
            self.callers[name] for name in ("user", "moderator", "suspended", "deleted")
        ]
        self.group()
        self.chief.change_state(self.callers["suspended"], "suspended", "active")
        self.delete(self.callers["deleted"])
        self.members.pop()

    def delete(self, caller):
        caller.call("deleteAccount", 204, json_body={"password": PASSWORD})

    def picture(self):
        return self.owner.call(
            "setPicture", body=png(), headers={"Content-Type": "image/png"}
        ).json["user"]["picture"]

    def close(self):
        for api in (*self.callers.values(), self.owner, self.target, self.chief):
            api.close()

    def group(self):
        """Create a group of the members, with a message."""
        group = self.owner.group(*self.members)
        self.owner.send(group, "first")
        return group

    def role_of(self, caller):
        if caller.user is None:
            return self.USER
        return self.chief.person(caller).json["user"]["role_id"]

    def moderating(self):
        """Make the target a moderator."""
        self.chief.change_role(self.target, self.MODERATOR, self.role_of(self.target))
        return self.target

    def demoted_by(self, caller):
        """Make the target a user, by caller or, if not permitted, by the chief. Return the audit
        entry.
        """
        by = caller if caller is self.callers["admin"] else self.chief
        return by.change_role(self.moderating(), self.USER, self.MODERATOR).json["undo"]["audit_id"]

    def invitation(self):
        return self.chief.call("invite", 201, json_body={"uses": 1, "expires_in": 3600}).json[
            "invitation"
        ]["id"]


class Matrix(unittest.TestCase):
    def test_every_operation_has_a_row(self):
        rows = {row for row, _ in matrix.expected()}
        self.assertEqual({row.partition(":")[0] for row in rows}, set(CONTRACT.operations))
        self.assertEqual(rows, set(matrix.REQUESTS))

    def test_everybody_gets_what_is_expected(self):
        with Server() as server:
            world = World(server)
            for (row, name), expected in matrix.expected().items():
                with self.subTest(row, caller=name):
                    caller = world.callers[name]
                    answer = self.ask(
                        caller, row.partition(":")[0], matrix.REQUESTS[row](world, caller)
                    )
                    self.assertEqual(
                        str(answer.status) if answer.status < 400 else answer.code, expected
                    )
            world.close()

    def ask(self, caller, operation, request):
        api = caller.clone()
        api.user = None  # an open operation may return the email of the account that it creates
        try:
            return api.call(operation, ANY, **request)
        finally:
            api.close()
