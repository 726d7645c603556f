#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""With text of twice the size in the narrowest window, every page fits the window's width."""

import story
from administration import Administration
from client import PASSWORD
from confabd import wait_for

WIDTH, HEIGHT = 360, 640
BORDER = 5  # added by GDK around the window on a display without a compositor
LONG_NAME = "bartholomaeus.von.hohenstein"


class LargeText(Administration):
    SIZE = "1000x760"
    SETTINGS = "gtk-font-name=Sans 22\n"

    def fits(self, window, name):
        """GTK widens a window whose content does not fit; libadwaita clips a dialog and warns."""
        place = window.geometry()
        if place["WIDTH"] > WIDTH + 2 * BORDER:
            self.faults.append(f"{name} is {place['WIDTH'] - 2 * BORDER} pixels wide")
            window.xdotool("windowsize", window.xid(), str(WIDTH + 2 * BORDER), str(HEIGHT))
        warnings = [line for line in window.log().splitlines() if "exceeds" in line]
        self.faults += [f"{name}: {line}" for line in warnings[self.n_warnings :]]
        self.n_warnings = len(warnings)
        self.focus_in_sight(window, name)
        window.screenshot(f"LargeText-{name}")

    def focus_in_sight(self, window, name):
        """For pages of the window only: GTK reports wrong positions in dialogs."""
        from window import has_state

        def find_focus():
            return window.look("text", where=lambda node: has_state(node, "focused"))

        if find_focus() is None or window.look(("dialog", "alert")):
            return
        top, height = (window.geometry()[key] for key in ("Y", "HEIGHT"))
        try:
            story.wait_for(  # the focus may still be moving to a field that has just appeared
                lambda: (focused := find_focus()) is None
                or top < window.position(focused)[1] < top + height,
                "the focus in sight",
                5,
            )
        except TimeoutError:
            self.faults.append(f"the focus is out of sight on {name}")

    def scrolled_to(self, window, label):
        """Wait until a label is fully above the window's bottom."""
        from window import Atspi

        def bottom():
            label.clear_cache()
            place = Atspi.Component.get_extents(label.get_component_iface(), Atspi.CoordType.WINDOW)
            return place.y + place.height

        wait_for(lambda: bottom() <= HEIGHT, f"“{label.get_name()}” to be scrolled to")

    def first_run(self, window):
        self.fits(window, "Welcome")
        window.type("not a server")
        window.key("Return")
        self.scrolled_to(
            window, window.find("label", lambda text: text.startswith("This is not a server"))
        )
        self.fits(window, "Wrong address")
        window.key("ctrl+a", "BackSpace")
        window.type(self.server.url)
        window.key("Return")
        window.find("heading", "Sign In")
        self.fits(window, "Sign In")
        self.push(window, "Create an Account")
        window.find("heading", "Create an Account")
        self.fits(window, "Create an Account")
        self.push(window, "I Have an Invitation or Set-up Code")
        self.fits(window, "Create an Account with a code")
        window.key("Escape")
        window.find("heading", "Sign In")
        self.push(window, "Forgot Password?")
        window.find("heading", "Enter Code")
        self.fits(window, "Enter Code")
        window.key("Escape")
        window.find("heading", "Sign In")
        self.type_into(window, "text", "Username or email", "ada")
        window.key("Tab")
        window.type(PASSWORD)
        window.key("Return")

    def conversations(self, window, title):
        window.find("list", "Conversations")
        self.fits(window, "Conversations")
        self.open_conversation(window, title)
        self.fits(window, "Conversation")
        for key, dialog in (
            ("alt+Return", "Conversation Details"),
            ("ctrl+n", "New Conversation"),
            ("ctrl+question", "Keyboard Shortcuts"),
        ):
            window.key(key)
            window.find("dialog", dialog)
            self.fits(window, dialog)
            window.key("Escape")
            window.gone("dialog")

    def closed_conversation(self, window, ada, group):
        ada.leave(group)
        window.find("button", "Remove From This Computer")
        self.fits(window, "Closed conversation")
        window.key("alt+Return")
        window.find("dialog", "Conversation Details")
        self.fits(window, "Details of a closed conversation")
        window.key("Escape")
        window.gone("dialog")

    def own_account(self, window):
        self.open_preferences(window)
        self.fits(window, "Preferences")
        for row in ("Username", "About", "Email Address", "Password", "Signed-In Devices"):
            self.open_row(window, row)
            window.gone("spinner")
            self.fits(window, row)
            window.key("Escape")

    def administration(self, window):
        self.push(window, "Administration", "page tab")
        window.find("list item", "People")
        self.fits(window, "Administration")
        for row in ("Invitations", "Roles", "Audit"):
            self.open_row(window, row)
            window.find("grouping", row)
            self.fits(window, row)
            if row == "Invitations":
                self.push(window, "Create Invitation")
                window.find("dialog", "Invitation")
                self.fits(window, "Invitation")
                window.key("Escape")
                window.gone("dialog", "Invitation")
            window.key("Escape")
            window.find("list item", "People")
        self.open_row(window, "People")
        self.person(window, LONG_NAME)
        self.fits(window, "People")
        window.key("Escape")
        window.find("list item", "Invitations")
        self.open_person(window, LONG_NAME)
        self.fits(window, "Person")
        self.push(window, "Issue Reset Code")
        window.find("dialog", "Confirm It’s You")
        self.fits(window, "Confirm It’s You")
        self.give_password(window)
        window.find("dialog", "Reset Code")
        self.fits(window, "Reset Code")

    def test(self):
        self.faults, self.n_warnings = [], 0
        ada, bartholomaeus = self.account("ada"), self.account(LONG_NAME)
        self.server.cli("user", "set-role", "ada", "admin")
        title = "The whole neighbourhood’s gardening group"
        group = bartholomaeus.group(ada, title=title)
        bartholomaeus.send(group, "Hello")
        window = self.open("ada")
        window.xdotool("windowsize", "--sync", window.xid(), str(WIDTH + 2 * BORDER), str(HEIGHT))
        self.first_run(window)
        self.conversations(window, title)
        self.closed_conversation(window, ada, group)
        self.own_account(window)
        self.administration(window)
        self.assertEqual(self.faults, [])


if __name__ == "__main__":
    story.main()
