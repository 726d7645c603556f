#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages written while the server is down wait, survive a kill of the app, and are sent once, in
order.

Another program at the server's address is distinguished from a missing network, is contacted
rarely, and loses no message.
"""

import story
from confabd import wait_for
from foreign import foreign_server

BROKEN = (500, "application/problem+json", b'{"code":"internal","status":500}')
PORTAL = (200, "text/html", b"<html><h1>Welcome to the hotel</h1></html>")


class OfflineMessage(story.Story):
    def uncovered(self, window):
        """Check that neither a toast nor the banner covers or moves the fields."""

        def top(node):
            return window.position(node)[1]

        menu = top(window.find("button", "Main Menu"))
        self.server.cli("user", "set-role", "ada", "moderator")
        toast = window.find("label", lambda text: text.endswith("made you a moderator."))
        window.key("shift+Return", "shift+Return", "shift+Return")  # the field grows
        wait_for(
            lambda: top(toast) + 30 < top(self.composer(window)) - 20,
            "the toast above the composer",
        )
        self.shot("toast")
        window.key("ctrl+a", "BackSpace")
        self.server.stop()
        window.find("button", "Try Again")
        self.assertEqual(top(window.find("button", "Main Menu")), menu)
        self.shot("banner")

    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        conversation = bruno.direct(ada)
        bruno.send(conversation, "Before")
        window = self.signed_in("ada")
        self.open_conversation(window, "bruno")
        self.message(window, "Before")
        self.uncovered(window)
        for n in (1, 2):
            self.write(window, f"Written offline {n}")
            self.message(window, f"Written offline {n}", "Waiting to be sent")
        self.shot("waiting")
        window.kill()

        again = self.open("ada")
        self.open_conversation(again, "bruno")
        self.message(again, "Written offline 2", "Waiting to be sent")
        self.shot("waiting-again")
        self.say_what_is_wrong(again, BROKEN, "wrong with the server")
        self.say_what_is_wrong(again, PORTAL, "answers in place of your server")
        self.message(again, "Written offline 2", "Waiting to be sent")
        self.server.start()
        again.press("Try Again")
        wait_for(lambda: len(bruno.whole_history(conversation)) == 3, "both messages at the server")
        for n in (1, 2):
            self.sent(again, f"Written offline {n}")
        self.shot("sent")
        self.assertEqual(
            [row["content"] for row in bruno.whole_history(conversation)],
            ["Before", "Written offline 1", "Written offline 2"],
        )

    def say_what_is_wrong(self, window, answer, words):
        window.find("label", lambda text: "Offline" in text or "server" in text)
        with foreign_server(self.server.port, *answer) as asked:
            window.press("Try Again")
            window.find("label", lambda text: words in text)
            self.shot(words.replace(" ", "-"))
            self.assertLess(len(asked), 10)


if __name__ == "__main__":
    story.main()
