#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings take effect at once, and remain after a restart."""

import subprocess

import story
from confabd import wait_for


class Settings(story.Story):
    def open_page(self, window, page):
        from window import Atspi

        self.preferences(window)
        Atspi.Action.do_action(window.find("page tab", page).get_action_iface(), 0)

    def height(self, window, text):
        from window import Atspi, text_of

        node = window.find("paragraph", where=lambda found: text_of(found) == text)
        return Atspi.Component.get_extents(
            node.get_component_iface(), Atspi.CoordType.WINDOW
        ).height

    def darkness(self, window):
        """Return the brightness of the middle of the window, from 0 to 255."""
        picture = window.desktop.directory / "middle.txt"
        window.desktop.screenshot(picture.with_suffix(".png"))
        return float(
            subprocess.run(
                ["identify", "-format", "%[fx:255*mean]", str(picture.with_suffix(".png"))],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        )

    def choose_combo(self, window, row, number):
        """Choose an item of a combo row by the keyboard."""
        window.tab_to(row)
        window.key("space")
        window.key("Home", *["Down"] * (number - 1), "Return")

    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        conversation = bruno.direct(ada)
        bruno.send(conversation, "Hello")
        # Unlike the other stories, with settings that outlive the program.
        window = self.signed_in("ada", GSETTINGS_BACKEND="keyfile")
        self.open_conversation(window, "bruno")
        small = self.height(window, "Hello")
        bright = self.darkness(window)

        self.open_page(window, "General")
        self.shot("general")
        window.tab_to("Send Messages With Enter")
        window.key("space")
        self.choose_combo(window, "Style", 3)
        self.choose_combo(window, "Text Size of Messages", 5)
        wait_for(lambda: self.darkness(window) < bright - 80, "the dark appearance")
        self.shot("dark")
        window.key("Escape")
        window.gone("dialog", "Preferences")
        self.check(window, small)
        self.shot("large")

        window.quit()
        window.start()
        self.open_conversation(window, "bruno")
        self.check(window, small)
        assert self.darkness(window) < bright - 80

    def check(self, window, small):
        """Check that the text is larger, and that Enter starts a new line."""
        wait_for(lambda: self.height(window, "Hello") > small * 1.4, "the larger text")
        window.fill(self.composer(window), "one")
        window.key("Return")
        window.type("two")
        wait_for(lambda: window.text("Message") == "one\ntwo", "two lines")
        self.shot("two-lines")
        window.key("ctrl+Return")
        self.sent(window, "one")
        wait_for(lambda: window.text("Message") == "", "the sent text to go")


if __name__ == "__main__":
    story.main()
