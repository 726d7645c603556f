#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing out warns about unsent messages; cancelling loses nothing."""

import story
from confabd import wait_for


class SignOutUnsent(story.Story):
    def test(self):
        from window import has_state

        ada, bruno = self.account("ada"), self.account("bruno")
        conversation = bruno.direct(ada)
        window = self.signed_in("ada")
        self.open_conversation(window, "bruno")
        self.server.stop()
        self.write(window, "Not sent yet")
        self.message(window, "Not sent yet", "Waiting to be sent")

        window.press("Main Menu")
        window.choose("Sign Out…")
        window.find(
            "label", lambda text: text.startswith("1 message has not been sent yet. It waits")
        )
        wipe = window.find("check box", lambda name: "messages from this computer" in name)
        window.key("shift+Tab")
        wait_for(lambda: has_state(wipe, "focused"), "the focus on what is to be ticked")
        window.key("space")
        window.find("label", "1 message has not been sent yet and would be lost.")
        self.shot("asked")
        window.key("Escape")
        window.gone("alert", "Sign Out?")

        self.message(window, "Not sent yet", "Waiting to be sent")
        self.server.start()
        self.sent(window, "Not sent yet")
        self.assertEqual(
            [row["content"] for row in bruno.whole_history(conversation)], ["Not sent yet"]
        )


if __name__ == "__main__":
    story.main()
