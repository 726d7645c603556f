#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session is ended from another device: the window says so, keeps its data, and asks for the
password to sign in again.
"""

import story
from client import PASSWORD
from confabd import wait_for


class SessionEnded(story.Story):
    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        both = bruno.direct(ada)
        bruno.send(both, "Before")
        window = self.signed_in("ada")
        self.open_conversation(window, "bruno")
        self.message(window, "Before")

        # End this session from the other device.
        here = [s for s in ada.call("listSessions").json["sessions"] if not s["current"]]
        self.assertEqual(len(here), 1)
        ada.call("endSession", 204, id=here[0]["id"])
        window.press("Sign In Again")
        self.message(window, "Before")
        self.shot("ended")
        window.fill(window.find(("text", "password text"), "Password"), PASSWORD)
        window.press("Sign In", inside=window.find("dialog", "Sign In Again"))
        bruno.send(both, "After")
        self.message(window, "After")

        # Then end the other one from this window.
        self.preferences(window, "Signed-In Devices")
        first = window.find("list item", inside=window.find("list", "Signed-in devices"))
        window.find(
            "label", lambda text: text.startswith("This device\nSigned in: Today"), inside=first
        )
        window.find(
            "label",
            lambda text: text.startswith("Last active: Today") and "\nSigned in: Today" in text,
        )
        self.shot("devices")
        window.press(lambda name: name.startswith("Sign out "))
        wait_for(
            lambda: ada.call("listSessions", (200, 401)).status == 401, "the other session's end"
        )
        window.gone("button", lambda name: name.startswith("Sign out "))


if __name__ == "__main__":
    story.main()
