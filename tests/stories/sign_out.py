#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing out ends the session on the server; with “remove messages” it leaves nothing on the
computer.
"""

import story
from confabd import wait_for


class SignOut(story.Story):
    def test(self):
        from window import has_state

        ada, bruno = self.account("ada"), self.account("bruno")
        bruno.send(bruno.direct(ada), "Removed with the rest")
        window = self.signed_in("ada")
        self.tile(window, "bruno", "Removed with the rest")
        self.assertEqual(len(ada.call("listSessions").json["sessions"]), 2)
        window.press("Main Menu")
        window.choose("Sign Out…")
        wipe = window.find("check box", lambda name: "messages from this computer" in name)
        window.key("shift+Tab")
        wait_for(lambda: has_state(wipe, "focused"), "the focus on what is to be ticked")
        window.key("space")
        wait_for(lambda: has_state(wipe, "checked"), "the check mark")
        self.shot("asked")
        window.press("Sign Out", inside=window.find("alert", "Sign Out?"))
        window.find("text", "Server address")
        self.shot("out")
        self.assertEqual(len(ada.call("listSessions").json["sessions"]), 1)
        kept = b"".join(
            path.read_bytes() for path in (window.home / "data").rglob("*") if path.is_file()
        )
        self.assertFalse(b"Removed with the rest" in kept, "messages are still there")


if __name__ == "__main__":
    story.main()
