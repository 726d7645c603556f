#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wait until every Confab on this display shows a conversation with its messages, then take a
screenshot.

Usage: show.py FILE.png
"""

import gettext
import os
import pathlib
import re
import subprocess
import sys

from confabd import wait_for
from window import View, windows_of

# The names of widgets in the language of the window.
_ = gettext.translation("confab", os.environ.get("TEXTDOMAINDIR"), fallback=True).gettext


def is_message(name):
    """A message's name has sender, time and text, with the commas of the language."""
    return len(re.findall("[,،，、]", name)) >= 2


def show_conversation(view):
    """Open the first conversation unless one is open, and wait for its messages."""
    tiles = view.find("list", _("Conversations"))
    view.find("list item", inside=tiles)
    if view.look("list", _("Messages")) is None:
        view.click(view.find("list item", inside=tiles))
    messages = view.find("list", _("Messages"))
    view.find("list item", is_message, inside=messages)
    wait_for(lambda: view.look(name=_("Loading…"), inside=messages) is None, "the messages")


def main():
    if len(sys.argv) != 2:
        print(__doc__.strip().splitlines()[-1], file=sys.stderr)
        return 2
    for pid in wait_for(lambda: windows_of("confab"), "Confab’s window"):
        show_conversation(View(pid, os.environ))
    path = pathlib.Path(sys.argv[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["import", "-window", "root", str(path)], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
