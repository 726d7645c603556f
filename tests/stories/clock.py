#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wall clock advances while the monotonic clock stops, as during a suspend: within a minute,
all relative days are updated.
"""

import pathlib
import sys

import story
from confabd import wait_for

LIBRARY = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
A_MINUTE = 60


class Clock(story.Story):
    def set_clock(self, offset):
        """Replace the file, which libfaketime reads each time a program asks for the time."""
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(offset + "\n")
        fresh.replace(self.clock)

    def signed_in_with_clock(self, login):
        self.clock = self.desktop.directory / "clock"
        self.set_clock("+0")
        return self.signed_in(
            login,
            LD_PRELOAD=str(LIBRARY),
            FAKETIME_TIMESTAMP_FILE=str(self.clock),
            FAKETIME_NO_CACHE="1",
            FAKETIME_DONT_FAKE_MONOTONIC="1",
            FAKETIME_DONT_RESET="1",
        )

    def assert_day(self, window, day):
        """Check the day above the messages, and the time in the conversation list."""
        window.find("label", day, within=("list", "Messages"), timeout=A_MINUTE)
        if day == "Today":
            window.gone(
                "list item",
                lambda name: name.startswith("bruno,") and name.endswith("day"),
                timeout=A_MINUTE,
            )
        else:
            window.find(
                "list item",
                lambda name: name.startswith("bruno,") and name.endswith(", " + day),
                timeout=A_MINUTE,
            )

    def assert_seen(self, window, day):
        """Check when the other device was last active."""
        window.find(
            "label",
            lambda name: day + "," in name,
            within=("list", "Signed-in devices"),
            timeout=A_MINUTE,
        )

    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        bruno.send(bruno.direct(ada), "Good evening")
        window = self.signed_in_with_clock("ada")
        self.open_conversation(window, "bruno")
        self.assert_day(window, "Today")

        self.set_clock("+1d")
        self.assert_day(window, "Yesterday")
        self.shot("yesterday")

        # A clock that was wrong is set back.
        self.set_clock("+0")
        self.assert_day(window, "Today")
        self.preferences(window, "Signed-In Devices")
        self.assert_seen(window, "Today")
        self.set_clock("+1d")
        self.assert_seen(window, "Yesterday")
        self.shot("devices")


if __name__ == "__main__":
    if LIBRARY is None:
        sys.exit(77)
    story.main()
