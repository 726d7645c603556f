#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""With a keyring that does not answer or stays locked, the user can sign in with the password."""

import signal

import story
from client import PASSWORD


class KeyringSilent(story.Story):
    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        both = bruno.direct(ada)
        bruno.send(both, "Before")
        window = self.signed_in("ada")
        self.tile(window, "bruno", "Before")
        self.assertEqual(window.quit(), 0)

        keyring = self.desktop.keyring_process
        keyring.send_signal(signal.SIGSTOP)
        self.addCleanup(keyring.send_signal, signal.SIGCONT)
        again = self.open("ada")
        again.find("label", lambda text: "keyring cannot be used" in text)
        self.tile(again, "bruno", "Before")
        self.shot("silent")
        again.press("Sign In Again")
        again.fill(again.find(("text", "password text"), "Password"), PASSWORD)
        again.press("Sign In", inside=again.find("dialog", "Sign In Again"))
        bruno.send(both, "After")
        self.tile(again, "bruno", "After")
        self.shot("with-password")


if __name__ == "__main__":
    story.main()
