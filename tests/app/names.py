#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check that every widget that the keyboard reaches has an accessible name, and that the first run
needs only the keyboard.
"""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "stories"))

import story  # noqa: E402
from administration import Administration  # noqa: E402
from client import PASSWORD  # noqa: E402
from confabd import wait_for  # noqa: E402


class Names(story.Story):
    def check(self, window, minimum):
        """Check the page. minimum: the least number of focusable widgets on it, to be sure that it
        is shown. A page that changes meanwhile is looked at again.
        """
        from gi.repository import GLib

        for _ in range(5):
            try:
                return self.check_once(window, minimum)
            except GLib.Error as error:
                gone = error
                time.sleep(0.3)
        raise gone

    def check_once(self, window, minimum):
        from window import has_state, role, shown, text_of, walk

        def focusable(top):
            return [node for node in walk(top) if shown(node) and has_state(node, "focusable")]

        def in_combo_box(node):
            while node is not None and role(node) not in ("combo box", "frame"):
                node = node.get_parent()
            return node is not None and role(node) == "combo box"

        def passed(node):
            """Return whether the focus passes over a node.

            GTK reports containers as focusable, but focuses a widget inside. Only a scrolled text
            keeps the focus, to be scrolled; its page has the name. The chosen item shown by a combo
            box is only its label.
            """
            return (
                role(node) == "scroll pane"
                or role(node) == "list item"
                and in_combo_box(node)
                or role(node) in ("list", "panel")
                and len(focusable(node)) > 1
            )

        reached = focusable(window.application())
        nameless = [
            role(node)
            for node in reached
            if not (node.get_name() or text_of(node)).strip() and not passed(node)
        ]
        self.assertGreaterEqual(len(reached), minimum, window.tree())
        self.assertEqual(nameless, [], window.tree())
        twice = [
            node.get_name()
            for node in reached
            if len(words := node.get_name().split()) > 1
            and len(words) % 2 == 0
            and words[: len(words) // 2] == words[len(words) // 2 :]
        ]
        self.assertEqual(twice, [], window.tree())

    def hidden_texts(self, window):
        """Return texts that a screen reader would read but that are invisible."""
        from window import role, shown, text_of, walk
        from gi.repository import Atspi

        def has_place(node):
            extents = Atspi.Component.get_extents(
                node.get_component_iface(), Atspi.CoordType.WINDOW
            )
            return extents.width > 0 and extents.height > 0

        return [
            text_of(node)
            for node in walk(window.application())
            if role(node) in ("label", "paragraph", "heading")
            and shown(node)
            and text_of(node).strip()
            and not has_place(node)
        ]

    def go_round(self, window):
        """F6 cycles through the panes; Tab stops once at the conversation list."""
        from window import has_state

        window.key("F6")
        tile = self.focused(window, "list item", lambda name: name.startswith("Family,"))
        window.key("Tab")
        wait_for(lambda: not has_state(tile, "focused"), "the focus to move on")
        self.assertIsNone(
            window.look(
                "list item",
                where=lambda node: has_state(node, "focused"),
                inside=window.find("list", "Conversations"),
            )
        )
        for _ in range(3):
            if window.look("text", "Message", where=lambda node: has_state(node, "focused")):
                break
            window.key("F6")
        self.focused(window, "text", "Message")

    def focused(self, window, roles, name):
        from window import has_state

        return window.find(roles, name, where=lambda node: has_state(node, "focused"))

    def first_run(self, window):
        """Use only the keyboard: the first field must have the focus when its page appears."""
        self.focused(window, "text", "Server address")
        self.check(window, 2)
        window.type(self.server.url)
        window.key("Return")
        self.focused(window, "text", "Username or email")
        self.check(window, 5)
        window.key("shift+Tab", "Return")
        self.focused(window, "text", "Server address")
        window.key("Return")
        self.focused(window, "text", "Username or email")
        window.type("ada")
        window.key("Tab")
        self.focused(window, ("text", "password text"), "Password")
        window.type(PASSWORD)
        window.key("Return")
        window.find("list", "Conversations")

    def open_dialog(self, window, key, title, minimum):
        window.key(*key)
        window.find(("dialog", "alert"), title)
        self.check(window, minimum)

    def test(self):
        ada, bruno, chiara = self.account("ada"), self.account("bruno"), self.account("chiara")
        for person in (bruno, chiara):
            person.send(person.direct(ada), f"Hello from {person.name}")
        bruno.send(bruno.group(ada, chiara, title="Family"), "See https://example.org")
        window = self.open("ada")
        self.first_run(window)
        self.tile(window, "Family")
        self.check(window, 8)

        self.open_conversation(window, "Family")
        self.focused(window, "text", "Message")
        self.message(window, "See https://example.org", "First unread, bruno, ")
        window.find("link", "https://example.org", within=("list", "Messages"))
        self.assertEqual(self.hidden_texts(window), [])
        self.check(window, 12)
        self.go_round(window)
        self.open_dialog(window, ["alt+Return"], "Conversation Details", 5)
        window.activate("chiara")
        window.find("button", "Message")
        self.check(window, 3)
        window.press("Back")
        window.press("Add People")
        window.find(("entry", "text"), "Find people")
        self.check(window, 2)
        window.key("Escape", "Escape")
        window.gone("dialog", "Conversation Details")

        self.open_dialog(window, ["ctrl+n"], "New Conversation", 3)
        wait_for(lambda: window.look("list item", "bruno"), "people")
        self.check(window, 5)
        window.activate("New Group")
        self.focused(window, "text", "Group name (optional)")
        wait_for(lambda: window.look("check box", "bruno"), "people")
        self.check(window, 6)
        window.key("Escape")
        self.focused(window, "list item", "New Group")
        window.key("Escape")
        window.gone("dialog", "New Conversation")

        for item, title in (
            ("Preferences", "Preferences"),
            ("Sign Out…", "Sign Out?"),
            ("About Confab", None),
        ):
            window.press("Main Menu")
            window.choose(item)
            window.find(("dialog", "alert"), title)
            self.check(window, 1)
            window.key("Escape")
            window.gone(("dialog", "alert"))

        # In a narrow window dialogs are bottom sheets, which handle the focus differently.
        window.xdotool("windowsize", "--sync", window.xid(), "360", "640")
        window.key("alt+Return")
        self.focused(window, "button", "Add People")
        window.key("Escape")
        window.gone("dialog", "Conversation Details")
        window.key("ctrl+n")
        self.focused(window, ("entry", "text"), "Find people")
        window.key("Escape")
        window.gone("dialog", "New Conversation")

        # A direct conversation offers neither adding people nor renaming.
        window.key("alt+Left")
        self.open_conversation(window, "bruno")
        self.open_dialog(window, ["alt+Return"], "Conversation Details", 1)
        self.focused(window, None, None)
        window.key("Escape")
        window.gone("dialog", "Conversation Details")


class NamesOfAdministration(Names, Administration):
    SIZE = "1000x760"

    def test(self):
        self.account("bruno")
        window = self.admin("ada")
        self.open_administration(window)
        self.check(window, 6)
        for title, minimum in (("Invitations", 4), ("Roles", 4), ("Audit", 4)):
            self.open_row(window, title)
            window.find("grouping", title)
            if title == "Invitations":
                window.find("spin button", "Number of People")
            if title == "Roles":  # the page opens at the first name
                self.focused(window, "text", "Administrator")
            self.check(window, minimum)
            window.key("Escape")
            window.find("list item", "People")
        self.open_row(window, "People")
        for name in ("Role", "State"):
            window.find("combo box", name)
        window.key("Escape")
        window.find("list item", "Invitations")
        self.open_person(window, "bruno")
        self.check(window, 6)
        self.push(window, "Issue Reset Code")
        self.give_password(window)
        window.find("dialog", "Reset Code")
        self.check(window, 4)


if __name__ == "__main__":
    story.main()
