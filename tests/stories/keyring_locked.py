#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""With a locked keyring, Confab shows its local data and says what is missing; once unlocked, it
connects.
"""

import subprocess

import story
from confabd import wait_for
from desktop import KEYRING_PASSWORD


class KeyringLocked(story.Story):
    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        conversation = bruno.direct(ada)
        bruno.send(conversation, "Read without a keyring")
        window = self.signed_in("ada")
        self.tile(window, "bruno", "Read without a keyring")
        self.assertEqual(window.quit(), 0)
        self.lock_keyring()

        again = self.open("ada")
        again.find("label", lambda text: "keyring is locked" in text)
        self.open_conversation(again, "bruno")
        self.message(again, "Read without a keyring")
        self.shot("locked")
        bruno.send(conversation, "While it was locked")
        again.press("Unlock")
        self.answer_prompt(again)
        self.message(again, "While it was locked")
        self.shot("unlocked")

    def lock_keyring(self):
        import gi

        gi.require_version("Secret", "1")
        from gi.repository import Secret

        service = Secret.Service.get_sync(Secret.ServiceFlags.LOAD_COLLECTIONS, None)
        locked, objects = service.lock_sync(service.get_collections(), None)
        self.assertGreater(locked, 0, objects)

    def answer_prompt(self, window):
        """Answer the system's own prompt."""

        def prompts():
            found = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--class", "gcr-prompter"],
                env=self.desktop.env,
                capture_output=True,
                text=True,
                check=False,
            )
            return found.stdout.split()

        prompt = wait_for(prompts, "the prompt of the keyring")[-1]
        self.shot("prompt")
        window.xdotool("windowfocus", "--sync", prompt, "type", "--delay", "12", KEYRING_PASSWORD)
        window.xdotool("key", "Return")
        wait_for(lambda: not prompts(), "the prompt to go")


if __name__ == "__main__":
    story.main()
