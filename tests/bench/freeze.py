#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the window's main loop is held by the longest messages of what takes longest to lay
out: pasted into the composer, and received. Prints one JSON object a line: {"name", "ms"}.

Usage: freeze.py DIRECTORY-OF-THE-BUILD [TEXT…]
"""

import json
import os
import pathlib
import re
import signal
import sys
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests/support"))

from client import PASSWORD, Api, new_number  # noqa: E402
from confabd import Server, wait_for  # noqa: E402
from desktop import Desktop  # noqa: E402

LENGTH = 10000
UNITS = {
    "letters in one line": "word ",
    "one long word": "W",
    "U+FDFA": "\ufdfa",
    "families of emoji": "👨‍👩‍👧‍👦",
    "emoji": "😀",
    "line ends": "\n",
    "short lines": "x\n",
    "letters with marks": "a\u0301\u0302\u0303",
    "two directions": "a א ",
    "links": "https://a.example/ ",
}
AT_ONCE = 30


def hostile(unit, length=LENGTH):
    return (unit * (length // len(unit) + 1))[:length]


class Timed:
    """A window that knows how long its main loop was held."""

    def __init__(self, window, clipboard):
        self.window = window
        self.clipboard = clipboard

    def time_used(self):
        fields = pathlib.Path(f"/proc/{self.window.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def settle(self):
        """Until it does no more than let the caret blink."""
        before = -100
        while (used := self.time_used()) - before > 2:
            before = used
            time.sleep(0.5)

    def reports(self):
        return re.findall(r"^longest turn: (\d+)$", self.window.log(), re.M)

    def take(self):
        """Milliseconds of the longest turn since it was last asked."""
        self.settle()
        n = len(self.reports())
        os.kill(self.window.pid, signal.SIGUSR1)
        wait_for(lambda: len(self.reports()) > n, "the window to tell", 60)
        return int(self.reports()[n]) / 1000

    def copy(self, text):
        self.clipboard.write_text(text, encoding="utf-8")
        os.kill(self.window.pid, signal.SIGUSR2)
        self.settle()


def tell(name, ms):
    print(json.dumps({"name": name, "ms": round(ms, 1)}, ensure_ascii=False), flush=True)


def paste(timed, name, text):
    window = timed.window
    timed.copy(text)
    timed.take()
    window.key("ctrl+v")
    tell(f"{name}: pasted", timed.take())
    window.key("x", "y")
    tell(f"{name}: typed after it", timed.take())
    window.key("ctrl+Home")
    window.key("x", "y")
    tell(f"{name}: typed before it", timed.take())
    for _ in range(3):
        window.key("ctrl+Down")
    tell(f"{name}: gone through", timed.take())
    window.key("ctrl+a")
    tell(f"{name}: selected", timed.take())
    window.key("BackSpace")
    tell(f"{name}: deleted", timed.take())


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    wanted = sys.argv[2:] or list(UNITS)
    os.environ["CONFABD"] = str(build / "src/server/confabd")
    os.environ["GSETTINGS_SCHEMA_DIR"] = str(build / "data")
    generous = [
        ("limits", n, 10**6) for n in ("messages_per_hour", "text_per_hour", "text_per_person")
    ]
    with Desktop(keyring="unlocked", size="1000x760") as desktop, Server(*generous) as server:
        os.environ.update(desktop.env)
        from window import Window

        ada, bruno = (
            Api(server).register(name, f"{name}{new_number()}@mail.example")
            for name in ("ada", "bruno")
        )
        for number, name in enumerate(wanted):
            group = bruno.group(ada, title=f"group {number}")
            for n in range(AT_ONCE):
                bruno.send(group, f"{n}{hostile(UNITS[name], LENGTH - 4)}.")
        bruno.send(bruno.direct(ada), "Hello")  # last, so that it is on top of the list
        window = Window(desktop, "ada", binary=str(build / "tests/bench/confab-timed-window"))
        clipboard = desktop.directory / "clipboard"
        window.more = {"CONFAB_BENCH_CLIPBOARD": str(clipboard)}
        window.start()
        timed = Timed(window, clipboard)
        window.fill(window.find("text", "Server address"), server.url)
        window.press("Continue")
        window.fill(window.find("text", "Username or email"), "ada")
        window.fill(window.find(("text", "password text"), "Password"), PASSWORD)
        timed.take()
        window.press("Sign In")
        window.find("list item", lambda text: text.startswith("bruno,"))
        tell("signing in", timed.take())
        window.press(lambda text: text.startswith("bruno,"), "list item")
        window.find("text", "Message")
        timed.take()
        for name in wanted:
            paste(timed, name, hostile(UNITS[name]))
        for number, name in enumerate(wanted):
            window.key("ctrl+k")
            window.key("ctrl+a")
            window.type(f"group {number}")
            timed.take()
            window.key("Return")
            tell(f"{name}: {AT_ONCE} messages opened", timed.take())
            window.key("Prior", "Prior", "Prior")
            tell(f"{name}: scrolled through", timed.take())
            if window.look("button", "Show More"):
                window.press("Show More")
                tell(f"{name}: unfolded", timed.take())
        window.stop()


if __name__ == "__main__":
    main()
