#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""On a server that takes people by invitation only, an administrator makes one, and it is used up."""

import re

import story
from administration import Administration
from client import PASSWORD, Api


class Invite(Administration):
    SIZE = "1000x760"

    def settings(self):
        return [("registration", "policy", "invitation")]

    def register(self, code, expect):
        return Api(self.server).call("register", expect, json_body={
            "username": "bruno", "email": "bruno@mail.example", "password": PASSWORD, "device_name": "test",
            "invitation": code})

    def test(self):
        self.server.cli("user", "add", "ada", "ada@mail.example", "--role", "admin", stdin=PASSWORD + "\n")
        ada = self.signed_in("ada")
        self.open_administration(ada)
        self.open_row(ada, "Invitations")
        ada.find("label", "There are none that can still be used.")
        self.push(ada, "Create Invitation")
        ada.find("dialog", "Invitation")
        code = ada.find("label", lambda text: re.fullmatch(r"[0-9A-Z-]{8,}", text)).get_name()
        self.shot("code")
        ada.key("Escape")
        ada.gone("dialog", "Invitation")
        ada.find("list item", "1 of 1 use left")

        self.register("WRONG-CODE", 403)
        self.register(code, 201)
        ada.key("Escape")
        self.open_row(ada, "Invitations")
        ada.find("label", "There are none that can still be used.")


if __name__ == "__main__":
    story.main()
