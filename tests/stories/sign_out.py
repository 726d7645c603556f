#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing out ends the session on the server; with “remove messages” it leaves nothing on the
computer, also when the window is closed meanwhile. If it cannot be recorded, the account stays,
signed out. A sign-out that a crash interrupts is finished by the next start.
"""

import os
import signal
import subprocess

import story
from client import PASSWORD
from confabd import PATIENCE, wait_for

TEXT = "Removed with the rest"


class SignOut(story.Story):
    def ask(self, window):
        """Choose Sign Out, and that messages are removed."""
        from window import has_state

        window.press("Main Menu")
        window.choose("Sign Out…")
        wipe = window.find("check box", lambda name: "messages from this computer" in name)
        window.key("shift+Tab")
        wait_for(lambda: has_state(wipe, "focused"), "the focus on what is to be ticked")
        window.key("space")
        wait_for(lambda: has_state(wipe, "checked"), "the check mark")

    def confirm(self, window):
        window.press("Sign Out", inside=window.find("alert", "Sign Out?"))

    def holds_text(self, window):
        kept = b"".join(
            path.read_bytes() for path in (window.home / "data").rglob("*") if path.is_file()
        )
        return TEXT.encode() in kept

    def n_sessions(self, person):
        return len(person.call("listSessions").json["sessions"])

    def signed_out(self, ada, bruno):
        bruno.send(bruno.direct(ada), TEXT)
        window = self.signed_in("ada")
        self.tile(window, "bruno", TEXT)
        self.assertEqual(self.n_sessions(ada), 2)
        self.ask(window)
        self.shot("asked")
        self.confirm(window)
        window.find("text", "Server address")
        self.shot("out")
        self.assertEqual(self.n_sessions(ada), 1)
        self.assertFalse(self.holds_text(window), "messages are still there")
        self.assertEqual(window.quit(), 0)

    def not_recorded(self, window, clara):
        """The list of accounts cannot be written."""
        listed = window.home / "data/confab/accounts.ini"
        content = listed.read_bytes()
        listed.unlink()
        listed.mkdir()
        window.press("Main Menu")
        window.choose("Sign Out…")
        self.confirm(window)
        window.find("button", "Sign In Again")
        self.shot("not-recorded")
        self.assertEqual(self.n_sessions(clara), 1)
        self.tile(window, "bruno", TEXT)

        listed.rmdir()
        listed.write_bytes(content)
        window.press("Sign In Again")
        window.fill(window.find(("text", "password text"), "Password"), PASSWORD)
        window.press("Sign In", inside=window.find("dialog", "Sign In Again"))
        window.gone("dialog", "Sign In Again")
        wait_for(lambda: self.n_sessions(clara) == 2, "the new session")

    def closed_meanwhile(self, window, clara):
        """The window is closed while the server does not answer yet."""
        self.ask(window)
        os.kill(self.server.pid, signal.SIGSTOP)
        self.confirm(window)
        window.find("label", "Signing out…")
        window.press("Close")
        wait_for(lambda: window.frame() is None, "the window to close")
        os.kill(self.server.pid, signal.SIGCONT)
        self.assertEqual(window.process.wait(PATIENCE), 0)
        self.assertEqual(self.n_sessions(clara), 1)
        self.assertFalse(self.holds_text(window), "messages are still there")

    def n_tokens(self):
        """Count the sessions in the keyring."""
        service = "org.freedesktop.secrets"
        found = subprocess.run(
            ["gdbus", "call", "--session", "--dest", service, "--object-path"]
            + ["/org/freedesktop/secrets", "--method", "org.freedesktop.Secret.Service.SearchItems"]
            + ["{'kind': 'session'}"],
            env=self.desktop.env,
            capture_output=True,
            text=True,
            check=True,
        )
        return found.stdout.count("/collection/")

    def killed_meanwhile(self, person, wipe):
        """Confab is killed while the server does not answer yet."""
        window = self.signed_in(person.name)
        self.tile(window, "bruno", TEXT)
        self.assertEqual((self.n_sessions(person), self.n_tokens()), (2, 1))
        if wipe:
            self.ask(window)
        else:
            window.press("Main Menu")
            window.choose("Sign Out…")
        os.kill(self.server.pid, signal.SIGSTOP)
        self.confirm(window)
        window.find("label", "Signing out…")
        window.kill()
        os.kill(self.server.pid, signal.SIGCONT)

        window.start()
        if wipe:
            window.find("text", "Server address")
            self.assertFalse(self.holds_text(window), "messages are still there")
        else:
            self.tile(window, "bruno", TEXT)
            window.find("button", "Sign In Again")
        wait_for(lambda: self.n_sessions(person) == 1, "the session to end")
        wait_for(lambda: self.n_tokens() == 0, "the token to leave the keyring")
        self.assertEqual(window.quit(), 0)

    def test(self):
        ada, bruno, clara = self.account("ada"), self.account("bruno"), self.account("clara")
        self.signed_out(ada, bruno)

        bruno.send(bruno.direct(clara), TEXT)
        self.windows = []
        window = self.signed_in("clara")
        self.tile(window, "bruno", TEXT)
        self.not_recorded(window, clara)
        self.closed_meanwhile(window, clara)

        for name, wipe in (("dora", True), ("emil", False)):
            person = self.account(name)
            bruno.send(bruno.direct(person), TEXT)
            self.windows = []
            self.killed_meanwhile(person, wipe)


if __name__ == "__main__":
    story.main()
