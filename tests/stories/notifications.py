#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages notify unless they are on screen. A click opens the conversation, and what is read
anywhere is withdrawn. The desktop's notifications are shown by dunst.
"""

import json
import pathlib
import re
import subprocess
import time

import story
from confabd import wait_for

NEWS_INTERVAL = 3  # seconds


class Provider:
    """The search provider, called as the shell does."""

    NAME = "chat.confab.Confab.SearchProvider"

    def __init__(self, desktop, window, more):
        program = pathlib.Path(window.binary).parents[1] / "search-provider/confab-search-provider"
        self.process = desktop.spawn([program], window.environment() | more)
        subprocess.run(
            ["gdbus", "wait", "--session", "--timeout", "30", self.NAME],
            env=desktop.env,
            check=True,
        )
        from gi.repository import Gio

        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)

    def __call__(self, method, types, *values):
        from gi.repository import Gio, GLib

        return self.bus.call_sync(
            self.NAME,
            "/" + self.NAME.replace(".", "/"),
            "org.gnome.Shell.SearchProvider2",
            method,
            GLib.Variant(types, values),
            None,
            Gio.DBusCallFlags.NONE,
            30000,
        ).unpack()

    def metas(self, ids):
        return self("GetResultMetas", "(as)", ids)[0]


class Notifications(story.Story):
    def setUp(self):
        super().setUp()
        rules = self.desktop.directory / "dunstrc"
        chooser = self.desktop.directory / "chooser"
        chooser.write_text("#!/bin/sh\ngrep Reply\n")
        chooser.chmod(0o700)
        rules.write_text(f"[global]\nidle_threshold = 0\nhistory_length = 50\ndmenu = {chooser}\n")
        self.desktop.spawn(
            ["dunst", "-config", rules], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        subprocess.run(
            ["gdbus", "wait", "--session", "--timeout", "30", "org.freedesktop.Notifications"],
            env=self.desktop.env,
            check=True,
        )

    def dunstctl(self, *words):
        return subprocess.run(
            ["dunstctl", *words], env=self.desktop.env, check=True, capture_output=True, text=True
        ).stdout

    def displayed(self):
        return int(self.dunstctl("count", "displayed"))

    def take(self):
        """Wait for a notification, close it as a user does, and return what it said."""
        wait_for(lambda: self.displayed() == 1, "a notification")
        self.dunstctl("close")
        wait_for(lambda: self.displayed() == 0, "the notification to close")
        newest = json.loads(self.dunstctl("history"))["data"][0][0]
        return newest["summary"]["data"], newest["body"]["data"]

    def withdrawn(self):
        wait_for(lambda: self.displayed() == 0, "the notification to be withdrawn")

    def leave(self, window):
        """Take the focus from the window, as another window does."""
        window.xdotool("windowfocus", "--sync", self.elsewhere)
        from window import has_state

        wait_for(lambda: not has_state(window.frame(), "active"), "the window to be left")

    def test(self):
        ada, bruno, carla = self.account("ada"), self.account("bruno"), self.account("carla")
        direct = bruno.direct(ada)
        group = carla.group(ada, bruno, title="Climbing")
        window = self.signed_in("ada")
        self.tile(window, "Climbing")
        self.desktop.spawn(["xmessage", "-geometry", "60x60-0-0", "elsewhere"])
        self.elsewhere = window.xdotool("search", "--sync", "--name", "xmessage").split()[-1]

        # What is on screen does not notify; the same conversation does once the user is away.
        self.open_conversation(window, "bruno")
        bruno.send(direct, "Seen")
        self.message(window, "Seen")
        wait_for(
            lambda: ada.mirror().tables["read_positions"].get(direct, {}).get("last_read_seq") == 1,
            "the message to be read",
        )
        self.leave(window)
        bruno.send(direct, "Are you there?")
        wait_for(lambda: self.displayed() == 1, "a notification")
        self.shot("direct")
        self.assertEqual(self.take(), ("bruno", "Are you there?"))

        # A group's tells who wrote, and grows.
        carla.send(group, "Tomorrow?")
        wait_for(lambda: self.displayed() == 1, "a notification")
        bruno.send(group, "At nine")
        time.sleep(NEWS_INTERVAL + 1)
        self.shot("group")
        self.assertEqual(self.take(), ("Climbing", "carla: Tomorrow?\nbruno: At nine"))

        # What is read, or answered, on another device is withdrawn.
        carla.send(group, "Or at ten?")
        wait_for(lambda: self.displayed() == 1, "a notification")
        ada.read(group, 3)
        self.withdrawn()
        carla.send(group, "Please answer")
        wait_for(lambda: self.displayed() == 1, "a notification")
        ada.send(group, "At ten")
        self.withdrawn()

        # A click opens the conversation and its message.
        carla.send(group, "Fine")
        wait_for(lambda: self.displayed() == 1, "a notification")
        self.dunstctl("action")
        self.message(window, "Fine")
        window.focus()
        self.withdrawn()

        self.goes_to_the_message(window, ada, bruno, carla, group)

        # A muted conversation does not notify.
        ada.change_settings(direct, "none")
        self.tile(window, "bruno", ", muted")
        self.leave(window)
        bruno.send(direct, "Quietly")
        self.tile(window, "bruno", "Quietly")
        carla.send(group, "Loudly")
        self.assertEqual(self.take(), ("Climbing", "carla: Loudly"))

        # Nothing is announced twice: not even by a start.
        self.open_conversation(window, "bruno")
        window.quit()
        carla.send(group, "While you slept")
        window.start()
        self.leave(window)
        self.assertEqual(self.take(), ("Climbing", "carla: Loudly\ncarla: While you slept"))

        # The preferences' test notification.
        self.preferences(window)
        self.tab(window, "General")
        window.activate("Notifications")
        window.find(None, "Notify of New Messages")
        self.shot("preferences")
        window.tab_to("Send a Test Notification")
        window.key("Return")
        self.assertEqual(self.take()[0], "Confab")
        window.key("Escape", "Escape")
        self.background(window, carla, group)

    def goes_to_the_message(self, window, ada, bruno, carla, group):
        """Reply goes to the message, also if the conversation is open at another place."""
        for number in range(40):
            bruno.send(group, f"Line {number}\nof a story")
        window.focus()
        self.message(window, "Line 39")
        wait_for(
            lambda: ada.mirror().tables["read_positions"][group]["last_read_seq"] == 46,
            "the story to be read",
        )
        window.key("F6", "F6", "Home")
        wait_for(lambda: self.in_view(window, "Tomorrow?"), "the first message")
        wait_for(lambda: not self.in_view(window, "Line 39"), "the last message to leave the view")
        self.leave(window)
        carla.send(group, "What do you say?")
        wait_for(lambda: self.displayed() == 1, "a notification")
        self.dunstctl("context")  # chooses Reply
        wait_for(lambda: self.in_view(window, "What do you say?"), "the message")
        window.focus()
        self.withdrawn()
        window.type("Well told")
        wait_for(lambda: window.text("Message") == "Well told", "the focus in the composer")
        window.key("Return")
        self.sent(window, "Well told")

    def in_view(self, window, text):
        messages = window.look("list", "Messages")
        node = window.look("list item", lambda name: text in name, inside=messages)
        return node is not None and 60 < window.position(node)[1] < 680

    def background(self, window, carla, group):
        """With the window closed, messages notify, and a click opens it again. Quit ends all."""
        self.open_conversation(window, "bruno")
        before = self.memory(window)

        # The user is asked once, and may change their mind.
        window.press("Close")
        window.find("alert", "Keep Receiving Messages?")
        self.shot("background-question")
        window.key("Escape")
        window.gone("alert", "Keep Receiving Messages?")
        window.press("Close")
        window.press("Run in Background")
        wait_for(lambda: window.frame() is None, "the window to close")

        carla.send(group, "Who is awake?")
        wait_for(lambda: self.displayed() == 1, "a notification")
        after = self.memory(window)
        print(f"PSS with the window: {before} kB; in the background: {after} kB")
        self.dunstctl("action")
        self.message(window, "Who is awake?")

        # Closed again without a question; a link opens its message in the window that runs.
        window.press("Close")
        wait_for(lambda: window.frame() is None, "the window to close")
        link = f"confab://message?server={self.server.url}&id={group}.1"
        self.assertEqual(self.again(window, link), 0)
        wait_for(window.frame, "the window")
        wait_for(lambda: self.in_view(window, "Tomorrow?"), "the message of the link")
        window.press("Close")
        wait_for(lambda: window.frame() is None, "the window to close")

        # A text for someone opens the conversation, and waits in the field.
        self.assertEqual(self.again(window, "--send-to", "Bruno", "See", "you"), 0)
        wait_for(window.frame, "the window")
        wait_for(lambda: window.text("Message") == "See you", "the text to send")
        self.assertEqual(self.again(window, "--send-to=climbing", "All of you"), 0)
        wait_for(lambda: window.text("Message") == "All of you", "the text to send")
        # One to whom there is no conversation yet is searched for.
        self.assertEqual(self.again(window, "--new-conversation", "carl"), 0)
        window.find("dialog", "New Conversation")
        window.find("list item", lambda text: text.startswith("carla"))
        window.key("Escape")
        window.gone("dialog", "New Conversation")
        window.press("Close")
        wait_for(lambda: window.frame() is None, "the window to close")
        self.assertIsNone(window.process.poll())

        # The desktop's search finds it all, and opens the message in the window.
        with self.provider(window) as search:
            (story,) = search("GetInitialResultSet", "(as)", ["WHO", "awake"])
            self.assertEqual(
                [(meta["name"], meta["description"]) for meta in search.metas(story)],
                [("Climbing", "carla: Who is awake?")],
            )
            search("ActivateResult", "(sasu)", story[0], ["awake"], 0)
            wait_for(window.frame, "the window")
            wait_for(lambda: self.in_view(window, "Who is awake?"), "the message that was found")

        self.assertEqual(self.again(window, "--quit"), 0)
        self.assertEqual(window.process.wait(5), 0)
        with self.provider(window) as search:  # also while Confab is closed
            names = lambda *terms: [
                meta["name"] for meta in search.metas(*search("GetInitialResultSet", "(as)", terms))
            ]
            self.assertEqual(names("climb"), ["Climbing"])
            self.assertEqual(names("bruno"), ["bruno"])
            self.assertEqual(names("carla"), ["carla"])  # no conversation with her yet
            self.assertEqual(names("awake", "nobody says this"), [])
            self.assertEqual(names(""), [])
        keyfile = window.home / "config/glib-2.0/settings/keyfile"
        keyfile.parent.mkdir(parents=True)
        keyfile.write_text("[chat/confab/Confab]\nsearch-messages=false\n")
        with self.provider(window, GSETTINGS_BACKEND="keyfile") as search:
            self.assertEqual(search("GetInitialResultSet", "(as)", ["awake"]), ([],))
            self.assertEqual(search.metas(story), [])
        self.assertEqual(self.again(window, "--quit"), 0)  # none runs

    def provider(self, window, **more):
        return Provider(self.desktop, window, more)

    def memory(self, window):
        """Return the proportional set size in kB, once it no longer falls."""
        sizes = []

        def settled():
            text = pathlib.Path(f"/proc/{window.pid}/smaps_rollup").read_text()
            sizes.append(int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]))
            return len(sizes) > 5 and sizes[-1] >= min(sizes[-6:-1]) - 100

        wait_for(settled, "the memory to settle", interval=1)
        return sizes[-1]

    def again(self, window, *options):
        """Start Confab again beside the one that runs. Return its exit status."""
        return subprocess.run(
            [window.binary, f"--gapplication-app-id={window.app_id}", *options],
            env=window.environment(),
            timeout=60,
            check=False,
        ).returncode

    def tab(self, window, name):
        from window import Atspi

        Atspi.Action.do_action(window.find("page tab", name).get_action_iface(), 0)


if __name__ == "__main__":
    story.main()
