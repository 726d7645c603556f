#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user is removed from a group with one message waiting and another half written: both remain,
and so does the history, until the user removes the conversation from the computer. After the user
is added again, the waiting message is sent.
"""

import os
import signal
import sqlite3

import story
from confabd import wait_for


class Closed(story.Story):
    SIZE = "2000x760"

    def expel(self, moderator, person, group):
        moderator.call("removeMember", id=group, user_id=person.id)

    def count(self, window, sql):
        """Count rows of the mirror, which is in use."""
        (path,) = window.home.glob("data/**/mirror.db")
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as mirror:
            return mirror.execute(sql).fetchone()[0]

    def assert_closed(self, window, text):
        window.find(name=lambda name: name.startswith(text))
        window.gone("text", "Message")

    def copy(self, window, button, text):
        """Press a button that copies, and check the clipboard by pasting it into a text field."""
        from window import text_of

        window.press(button)
        window.find("label", "Copied")
        window.key("ctrl+k")
        window.find("entry", "Find a conversation")
        window.key("ctrl+a", "ctrl+v")
        wait_for(
            lambda: text_of(window.find("entry", "Find a conversation")) == text,
            f"“{text}” to be pasted",
        )
        window.key("Escape")
        window.gone("label", "Copied")

    def remove(self, window):
        window.key("alt+Return")
        dialog = window.find("dialog", "Conversation Details")
        self.shot("details")
        window.activate("Remove From This Computer", "button", inside=dialog)
        window.gone("list item", lambda name: name.startswith("Plans,"))

    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        self.server.cli("user", "set-role", "ada", "moderator")
        group = ada.group(bruno, title="Plans")
        ada.send(group, "Welcome")
        left, window = self.signed_in("ada"), self.signed_in("bruno")
        self.open_conversation(left, "Plans")
        self.open_conversation(window, "Plans")
        self.message(window, "Welcome")

        with self.subTest("removed while the window is open"):
            self.server.stop()
            self.write(window, "Too late")
            self.message(window, "Too late", "Waiting to be sent")
            window.fill(self.composer(window), "half a thought")
            os.kill(window.pid, signal.SIGSTOP)  # so that the removal arrives first
            self.server.start()
            self.expel(ada, bruno, group)
            os.kill(window.pid, signal.SIGCONT)
            self.assert_closed(window, "You were removed by ada on ")
            self.message(window, "Welcome")
            self.message(window, "Too late", "This message was not sent.")
            window.find("label", "half a thought")
            self.assertIsNone(window.look("button", "Dismiss"), "the removal is told twice")
            self.tile(window, "Plans", ", closed", "half a thought")
            self.shot("removed")
            self.copy(window, "Copy Text", "half a thought")
            self.copy(window, "Copy", "Too late")

        with self.subTest("and after the next start, without the server"):
            window.stop()
            self.server.stop()
            window = self.open("bruno")
            window.press(lambda text: text.startswith("Plans,"), "list item")
            self.assert_closed(window, "You were removed by ada on ")
            self.message(window, "Welcome")
            self.message(window, "Too late", "This message was not sent.")
            window.find("label", "half a thought")
            self.shot("started")
            self.server.start()

        with self.subTest("removed from this computer, which can be undone"):
            self.remove(window)
            self.shot("undo")
            window.press("Undo")
            window.press(lambda text: text.startswith("Plans,"), "list item")
            self.message(window, "Welcome")
            window.press("Remove From This Computer")
            window.gone("list item", lambda name: name.startswith("Plans,"))
            window.press("Dismiss")
            wait_for(
                lambda: self.count(window, "SELECT count(*) FROM messages") == 0,
                "the messages to go",
            )
            self.assertEqual(
                self.count(
                    window, "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM drafts)"
                ),
                0,
            )

        with self.subTest("added again: as the server has it"):
            ada.add(group, bruno)
            self.open_conversation(window, "Plans")
            self.message(window, "Welcome")
            self.write(window, "Back")
            self.sent(window, "Back")
            self.message(left, "Back")

        with self.subTest("left, and kept"):
            window.key("alt+Return")
            window.activate("Leave Conversation…", "button")
            alert = window.find(("dialog", "alert"), "Leave Conversation?")
            window.find("check box", inside=alert)
            self.shot("leave")
            window.key("alt+l")
            self.assert_closed(window, "You left on ")
            self.message(window, "Back")
            self.shot("left")


if __name__ == "__main__":
    story.main()
