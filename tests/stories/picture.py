#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user chooses a picture from a file, which others see at once, and removes it again."""

import subprocess

import story
from confabd import wait_for

COLOUR = (0, 200, 120)  # a color that nothing else in the window has


class Picture(story.Story):
    SIZE = "2000x760"

    def photo(self):
        """Create a picture like a camera's: larger than the server accepts, and not square."""
        path = self.desktop.directory / "photo.jpg"
        subprocess.run(["convert", "-size", "1600x1200", f"xc:rgb{COLOUR}", str(path)], check=True)
        return path

    def choose(self, window, path):
        """Choose a file in GTK's dialog."""
        window.tab_to("Choose Picture")
        window.key("Return")
        window.find(("button", "push button"), "Open")
        window.key("ctrl+l")
        window.key("ctrl+a", "BackSpace")
        window.type(str(path))
        window.key("ctrl+shift+End", "Delete")  # delete the completion that the dialog added

        def opened():
            """The first Return may only close the completion list. One too many would open the
            dialog again.
            """
            window.key("Return")
            try:
                return wait_for(
                    lambda: window.look(("button", "push button"), "Open") is None,
                    "the dialog to go",
                    3,
                )
            except TimeoutError:
                return False

        wait_for(opened, "the file to be opened", interval=0.5)

    def is_seen(self, left):
        """Return whether the conversation list of the window at that x shows a picture of this
        color, which JPEG changes slightly.
        """
        pixels = subprocess.run(
            ["import", "-window", "root", "-crop", f"120x500+{left}+0", "-depth", "8", "rgb:-"],
            env=self.desktop.env,
            check=True,
            capture_output=True,
        ).stdout
        near = sum(
            all(abs(pixels[at + n] - COLOUR[n]) < 8 for n in range(3))
            for at in range(0, len(pixels), 3)
        )
        return near > 300

    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        ada.send(ada.direct(bruno), "Look at me")
        window, other = self.signed_in("ada"), self.signed_in("bruno")
        self.tile(other, "ada", "Look at me")
        self.assertFalse(self.is_seen(1000))

        # A file that is not an image is reported and changes nothing.
        text = self.desktop.directory / "photo.png"
        text.write_text("not an image")
        self.preferences(window)
        self.choose(window, text)
        window.find("label", lambda name: name.startswith("This file is not an image"))
        self.assertIsNone(ada.call("getMe").json["user"]["picture"])

        self.choose(window, self.photo())
        window.find("label", "Picture changed")
        wait_for(lambda: self.is_seen(1000), "the picture in the other window")
        self.shot("chosen")
        picture = ada.call("getMe").json["user"]["picture"]
        self.assertTrue(bruno.call("getPicture", hash=picture).body.startswith(b"\x89PNG"))

        window.tab_to("Remove Picture")
        window.key("Return")
        window.find("label", "Picture removed")
        wait_for(lambda: not self.is_seen(1000), "the picture to go from the other window")
        self.assertIsNone(ada.call("getMe").json["user"]["picture"])


if __name__ == "__main__":
    story.main()
