#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A new user registers, sees what is wrong with a first attempt, and is signed in."""

import story
from client import PASSWORD, Api


class Register(story.Story):
    def test(self):
        from window import has_state

        self.account("ada")
        window = self.open("bruno")
        self.shot("welcome")
        for address, reason in (
            ("http://example.org", "“http://” is not encrypted"),
            ("example.org/chat", "no path in its address"),
            ("ada@example.org", "before “@”"),
        ):
            window.fill(window.find("text", "Server address"), address)
            window.key("Return")
            window.find("label", lambda text, reason=reason: reason in text)
        self.find_server(window)
        window.press("Create an Account")
        window.fill(window.find("text", "Username"), "ada")
        window.fill(window.find("text", "Email address"), "bruno@mail.example")
        window.fill(window.find(("text", "password text"), "Password"), "too short")
        window.key("Tab")
        window.find("label", lambda text: "at least 15 characters" in text)
        self.shot("too-short")
        window.fill(window.find("text", "Username"), "bruno")
        window.fill(window.find(("text", "password text"), "Password"), "bruno.bruno.bruno")
        window.find("label", lambda text: text in ("Very weak", "Weak"))
        window.press("Create Account")
        window.find("label", lambda text: "too easy to guess" in text)
        window.find(
            ("text", "password text"), "Password", where=lambda node: has_state(node, "focused")
        )
        self.shot("too-common")
        window.fill(window.find("text", "Username"), "ada")
        window.fill(window.find(("text", "password text"), "Password"), PASSWORD)
        window.press("Create Account")
        window.find("label", "Someone else has this username. Please choose another.")
        self.shot("taken")
        window.fill(window.find("text", "Username"), "bruno")
        window.press("Create Account")
        window.find("button", "New Conversation")
        self.shot("in")
        Api(self.server).sign_in("bruno")


if __name__ == "__main__":
    story.main()
