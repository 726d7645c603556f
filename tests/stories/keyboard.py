#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text typed outside entries goes to the composer, and closing a dialog or popover restores the
focus.
"""

import story
from confabd import wait_for


class Keyboard(story.Story):
    def setUp(self):
        super().setUp()
        self.ada, self.bruno, self.chiara = (
            self.account(name) for name in ("ada", "bruno", "chiara")
        )
        self.group = self.bruno.group(self.ada, self.chiara, title="Family")
        self.direct = self.bruno.direct(self.ada)
        self.chiara.send(self.chiara.direct(self.ada), "From chiara")
        self.bruno.send(self.group, "See https://example.org")
        self.bruno.send(self.group, "Second")

    # ---- steps ----

    def types(self, window, *keys):
        """Type keys wherever the focus is, and check that all arrive in the composer."""
        before = window.text("Message")
        window.key(*keys)
        wanted = before + "".join({"space": " "}.get(key, key) for key in keys)
        wait_for(lambda: window.text("Message") == wanted, f"“{wanted}”")
        self.focused(window, "text", "Message")

    def focused(self, window, roles, name=None):
        from window import has_state

        # Without a window manager, closing a popover may leave the display without a focus.
        window.focus()
        return window.find(roles, name, where=lambda node: has_state(node, "focused"))

    def closes(self, window):
        """Press Escape, which closes the open popover or dialog."""
        from window import role, shown, walk

        window.key("Escape")
        wait_for(
            lambda: not window.menu_items()
            and not [
                node
                for node in walk(window.application())
                if role(node) in ("dialog", "alert") and shown(node)
            ],
            "what was open to close",
        )

    def paragraph(self, window, text):
        from window import text_of

        return window.find("paragraph", where=lambda node: text_of(node) == text)

    # ---- parts of the story ----

    def type_astray(self, window):
        """Type one letter after each way to lose the focus."""
        for what, way in {
            "the main menu": lambda: window.key("F10"),
            "the conversation's menu": lambda: window.press("Conversation Menu"),
            "the emoji": lambda: window.press("Insert Emoji"),
            "a message's menu": lambda: self.open_menu(window, "Second"),
            "the search": lambda: window.key("ctrl+k"),
            "the details": lambda: window.press(lambda name: name.startswith("Family")),
            "the preferences": lambda: self.choose(window, "Preferences"),
        }.items():
            way()
            self.away(window, what)
            self.closes(window)
            self.focused(window, "text", "Message")
            self.types(window, "x")
        window.key("ctrl+a", "BackSpace")

    def tab_around(self, window, key):
        """Tab leads through both panes with their header bars, and back to the composer."""
        from window import has_state

        names = []
        for _ in range(20):
            window.key(key)
            node = window.find(where=lambda node: has_state(node, "focused"))
            names.append(node.get_name())
            if names[-1] == "Message":
                break
        for name in ("Main Menu", "New Conversation", "Conversation Menu", "Insert Emoji"):
            self.assertIn(name, names, key)
        for part in ("bruno, ", "Family, "):  # a message and a conversation
            self.assertTrue([name for name in names if name.startswith(part)], names)
        self.assertEqual(names[-1], "Message", key)

    def open_menu(self, window, text):
        x, y = window.position(self.paragraph(window, text))
        window.xdotool("mousemove", str(x), str(y), "click", "3")

    def choose(self, window, item):
        window.press("Main Menu")
        window.choose(item)
        window.find("dialog", item)

    def away(self, window, what):
        """Check that the focus has left the composer."""
        from window import has_state

        window.gone("text", "Message", where=lambda node: has_state(node, "focused"))

    def narrow_dialog(self, window):
        """The field with the focus keeps it when the dialog becomes a bottom sheet and back."""
        self.choose(window, "Preferences")
        window.activate("About")
        window.find("text", "About")
        for width, height in ((370, 650), (370, 304), (900, 700)):
            window.xdotool("windowsize", "--sync", window.xid(), str(width), str(height))
            self.focused(window, "text", "About")
        window.type("a")
        wait_for(lambda: window.text("About") == "a", "typed text")
        window.key("Escape")  # leaves the page
        window.gone("text", "About")
        self.closes(window)

    def test(self):
        from window import text_of

        window = self.signed_in("ada")
        # No conversation is open: the list has the focus, and letters search for a conversation.
        self.focused(window, "list item")
        window.key("f", "a", "m")
        wait_for(
            lambda: text_of(window.find("entry", "Find a conversation")) == "fam", "the search"
        )
        window.key("Escape")
        self.focused(window, "list item")

        self.open_conversation(window, "Family")
        self.message(window, "Second")
        self.type_astray(window)
        self.tab_around(window, "Tab")
        self.tab_around(window, "shift+Tab")

        # On a message: letters, a space, and a character composed of two keys.
        window.click(self.paragraph(window, "Second"))
        self.away(window, "a message")
        self.types(window, "h", "i", "space", "x")
        window.key("ctrl+a", "BackSpace")
        window.click(self.paragraph(window, "Second"))
        window.key("dead_acute", "e")
        wait_for(lambda: window.text("Message") == "é", "the sign made of two keys")

        # Move to the next conversation in the list: it opens and receives what is typed.
        window.key("F6")
        self.focused(window, "list item")
        window.key("alt+Down")
        window.find(("button", "push button"), lambda name: name.startswith("chiara"))
        self.focused(window, "text", "Message")
        self.types(window, "x")

        self.narrow_dialog(window)


if __name__ == "__main__":
    story.main()
