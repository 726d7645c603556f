# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Base class of the stories about administration."""

import story
from client import PASSWORD


class Administration(story.Story):
    SIZE = "2000x800"

    def admin(self, username):
        """Return the API client of an administrator."""
        self.account(username)
        self.server.cli("user", "set-role", username, "admin")
        return self.signed_in(username)

    # ---- input: GTK reports wrong positions inside a preferences dialog, so use the keyboard ----

    def push(self, window, name, roles="button", **where):
        """Press a button or a tab."""
        from window import Atspi, has_state

        node = window.find(roles, name, where=lambda found: has_state(found, "sensitive"), **where)
        if Atspi.Action.get_n_actions(node.get_action_iface()) > 0:
            Atspi.Action.do_action(node.get_action_iface(), 0)
        else:  # a button row
            self.reach(window, roles, name)
            window.key("Return")

    def reach(self, window, roles, name, steps=40):
        """Move the focus to a node by keyboard, by which everything can be reached."""
        from window import has_state, role

        window.find(roles, name, where=lambda found: has_state(found, "sensitive"))
        last = None
        for _ in range(steps):
            if window.look(roles, name, where=lambda node: has_state(node, "focused")):
                return
            focused = window.look(where=lambda node: has_state(node, "focused"))
            here = (role(focused), focused.get_name()) if focused else None
            window.key("Down" if here and here[0] == "list item" and here != last else "Tab")
            last = here
        raise AssertionError(f"the keyboard does not reach {roles} {name}\n{window.tree()}")

    def type_into(self, window, roles, name, text):
        """Type into an entry, which must have the focus as soon as it appears."""
        from window import has_state, walk

        window.focus()
        window.find(
            roles, name, where=lambda node: any(has_state(part, "focused") for part in walk(node))
        )
        window.key("ctrl+a", "BackSpace")
        window.type(text)

    # ---- the pages ----

    def open_preferences(self, window):
        window.key("ctrl+comma")
        window.find("dialog", "Preferences")

    def open_administration(self, window):
        self.open_preferences(window)
        self.push(window, "Administration", "page tab")
        window.find("list item", "People")

    def open_row(self, window, title):
        self.reach(window, "list item", title)
        window.key("Return")

    def person(self, window, username, *parts):
        """Find a person in the list of people whose description contains all parts."""
        return window.find(
            "list item",
            lambda name: name.startswith(username + ",") and all(p in name for p in parts),
            within=("list", "People"),
        )

    def open_person(self, window, username):
        """Go from the administration page to a person's page."""
        self.open_row(window, "People")
        self.type_into(window, ("entry", "text"), "Find people", username)
        self.person(window, username)
        self.reach(window, "list item", lambda name: name.startswith(username + ","))
        window.key("Return")
        window.find("combo box", "Role")

    # ---- actions ----

    ROLES = ("Administrator", "Member", "Moderator")

    def choose_role(self, window, role):
        self.reach(window, "combo box", "Role")
        window.key("Return", "Home", *["Down"] * self.ROLES.index(role), "Return")

    def confirm(self, window, heading, answer):
        window.find(("alert", "dialog"), heading)
        self.push(window, answer)
        window.gone(("alert", "dialog"), heading)

    def give_password(self, window):
        window.find("dialog", "Confirm It’s You")
        self.type_into(window, ("text", "password text"), "Your password", PASSWORD)
        window.key("Return")
        window.gone("dialog", "Confirm It’s You")
