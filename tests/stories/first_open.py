#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every conversation of the sample data shows its messages when it is the first opened in a window,
after signing in on a new computer and after a restart. Opening marks its messages as read.
"""

import configparser
import contextlib
import shutil

import story
from client import Api
from confabd import wait_for

LOGIN = "ada"


class FirstOpen(story.Story):
    def prepare(self):
        self.server.cli("sample")

    def is_tile(self, title):
        """Match the description of this conversation, but not of one whose title begins with it."""
        longer = [other for other in self.titles if other.startswith(title + ", ")]
        return lambda text: text.startswith(title + ",") and not any(
            text.startswith(other) for other in longer
        )

    # ---- checks ----

    def assert_painted(self, window, name):
        """Check that rows are accessible and painted. The button at the lower right is not a
        message.
        """
        window.find("list item", within=("list", "Messages"))
        wait_for(
            lambda: window.colours(window.find("list", "Messages"), without_right=100) > 20,
            f"pixels of the messages of {name}",
        )

    def assert_read(self, window, name):
        window.find(
            "list item",
            lambda text: self.is_tile(name)(text) and "unread" not in text,
            within=("list", "Conversations"),
        )

    # ---- profiles ----

    def profile(self, name):
        return self.desktop.directory / f"person-{name}"

    def sign_in_only(self, name):
        """Prepare a computer that knows the account and its conversations, none of them opened."""
        with self.window(name) as window:
            self.sign_in(window, LOGIN)
            self.tile(window, "Lunch", "2 unread")

    def remember(self, name, conversation):
        """Let the next window open this conversation, as if it had been open when the window
        closed.
        """
        path = self.profile(name) / "state/confab/window.ini"
        state = configparser.ConfigParser()
        state.optionxform = str
        state.read(path)
        state["conversations"] = {state["window"]["account"]: str(conversation)}
        with open(path, "w", encoding="utf-8") as file:
            state.write(file, space_around_delimiters=False)

    def conversations(self):
        """Return names and ids. A conversation without title is named by its members, as in the
        window.
        """
        api = Api(self.server).sign_in(LOGIN)
        mirror = api.mirror().tables
        api.close()
        names = {}
        for conversation in mirror["conversations"].values():
            others = sorted(
                (
                    mirror["users"][row["user_id"]]["username"]
                    for row in mirror["conversation_users"].values()
                    if row["conversation_id"] == conversation["id"]
                    and mirror["users"][row["user_id"]]["username"] != LOGIN
                )
            )
            names[conversation["id"]] = conversation.get("title") or ", ".join(others)
        return names

    # ---- the story ----

    @contextlib.contextmanager
    def window(self, name):
        window = self.open(name)
        try:
            yield window
            window.check_log()
        finally:
            window.stop()

    def restart(self, conversation, title):
        shutil.rmtree(self.profile("restart"), ignore_errors=True)
        shutil.copytree(self.profile("origin"), self.profile("restart"))
        self.remember("restart", conversation)
        with self.window("restart") as window:
            self.assert_painted(window, title)
            self.assert_read(window, title)

    def choose(self, window, title):
        """Search for the conversation, so that it is in view, and click it."""
        window.find("list item", within=("list", "Conversations"))
        window.key("ctrl+f")
        window.type(title)
        window.press(self.is_tile(title), "list item")

    def sign_in_and_open(self, title):
        shutil.rmtree(self.profile("fresh"), ignore_errors=True)
        with self.window("fresh") as window:
            self.sign_in(window, LOGIN)
            self.choose(window, title)
            self.assert_painted(window, title)
            self.assert_read(window, title)

    def test(self):
        self.sign_in_only("origin")
        names = self.conversations()
        self.titles = names.values()
        self.assertGreater(len(names), 20)
        self.server.stop()
        saved = self.server.directory / "saved.db"
        shutil.copy(self.server.database, saved)
        self.server.start()
        for conversation, title in names.items():
            with self.subTest(restart=title):
                self.restart(conversation, title)

        self.server.stop()
        shutil.copy(saved, self.server.database)
        self.server.start()
        for title in names.values():
            with self.subTest(fresh=title):
                self.sign_in_and_open(title)


if __name__ == "__main__":
    story.main()
