#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two accounts on two servers: each shows its own conversations, keeps its drafts, and the next
start restores the last one.
"""

import story
from client import PASSWORD, Api, new_number
from confabd import Server, wait_for


class TwoAccounts(story.Story):
    def setUp(self):
        super().setUp()
        self.other = Server().start()
        self.addCleanup(self.other.close)

    def there(self, username):
        """Create an account on the other server."""
        return Api(self.other).register(username, f"{username}{new_number()}@mail.example")

    def label(self, username, server):
        return f"{username} — {server.url.split('://')[1]}"

    def go_to(self, window, username, server):
        """Choose the account in the menu by keyboard."""
        window.key("F10")
        window.find("menu item", lambda name: name.startswith(self.label(username, server)))
        names = [item.get_name() for item in window.menu_items()]
        place = [name.startswith(self.label(username, server)) for name in names].index(True)
        window.key(*["Down"] * place, "Return")

    def in_menu(self, window, label):
        """Return whether the main menu, opened for a moment, has the label."""
        window.key("F10")
        window.find("menu item", "Preferences")
        found = label in [item.get_name() for item in window.menu_items()]
        window.key("Escape")
        window.gone("menu item", "Preferences")
        return found

    def test(self):
        from window import has_state

        ada, bruno = self.account("ada"), self.account("bruno")
        work, dora = self.there("ada_work"), self.there("dora")
        home, office = bruno.direct(ada), dora.direct(work)
        bruno.send(home, "From home")
        dora.send(office, "From work")
        window = self.signed_in("ada")
        self.tile(window, "bruno", "From home")

        # Looking at the page does not add an account.
        window.press("Main Menu")
        window.choose("Add Account…")
        window.find("text", "Server address")
        window.press("Back to Your Conversations")
        self.open_conversation(window, "bruno")
        window.fill(self.composer(window), "Not yet finished")

        window.press("Main Menu")
        window.choose("Add Account…")
        self.shot("adding")
        window.fill(window.find("text", "Server address"), self.other.url)
        window.press("Continue")
        window.fill(window.find("text", "Username or email"), "ada_work")
        window.fill(window.find(("text", "password text"), "Password"), PASSWORD)
        window.press("Sign In")
        self.tile(window, "dora", "From work")
        window.gone("list item", lambda name: name.startswith("bruno,"))
        self.open_conversation(window, "dora")
        self.write(window, "On my way")
        self.sent(window, "On my way")
        window.press("Main Menu")
        window.find(
            "menu item",
            self.label("ada_work", self.other),
            where=lambda node: has_state(node, "checked"),
        )
        self.shot("menu")
        window.key("Escape")

        # What comes for the other account is counted in the menu.
        bruno.send(home, "For you at home")
        wait_for(
            lambda: self.in_menu(window, self.label("ada", self.server) + " (1 new)"), "the count"
        )

        # Switch back offline: local data, the open conversation and its draft are shown.
        self.server.stop()
        self.go_to(window, "ada", self.server)
        self.tile(window, "bruno")
        wait_for(lambda: window.text("Message") == "Not yet finished", "the draft")
        window.key("exclam")  # the composer has the focus
        wait_for(
            lambda: "!" in window.text("Message"), "what was typed after going to another account"
        )
        window.gone("list item", lambda name: name.startswith("dora,"))
        self.server.start()
        bruno.send(home, "Are you there?")
        self.message(window, "Are you there?")

        # The next start opens the last account; the other one needs no password.
        window.key("ctrl+q")
        self.assertEqual(window.process.wait(60), 0)
        window = self.open("ada")
        self.message(window, "From home")
        self.go_to(window, "ada_work", self.other)
        self.sent(window, "On my way")
        dora.send(office, "Still there?")
        self.message(window, "Still there?")

        # After signing out of one account, the other opens.
        window.key("F10")
        window.choose("Sign Out…")
        window.press("Sign Out", inside=window.find("alert", "Sign Out?"))
        self.tile(window, "bruno")
        bruno.send(home, "Still here")
        self.message(window, "Still here")


if __name__ == "__main__":
    story.main()
