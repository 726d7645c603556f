# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Leads one window through the pages of the table: a real server, people and messages, a window
that changes from one world to the next, and the steps between pages.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import time

from gi.repository import GLib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from client import PASSWORD, Api  # noqa: E402
from confabd import TOP, Server, wait_for  # noqa: E402
from desktop import Desktop  # noqa: E402
from smtp import Post  # noqa: E402
from steps import keys  # noqa: E402
from table import BY_NAME, PAGES, WORLDS  # noqa: E402
from tongue import Tongue  # noqa: E402

SIZE = (1180, 760)  # of the window while it is led
SCREEN = "1280x860"
STEP_SECONDS = 20
TABS = 25  # after so many, a list that Tab leaves at once is entered by Down
LONG = (
    "Shall we meet at the allotment on Saturday? The beans need sticks, the shed needs paint, and"
    " the neighbours’ hedge has come over the fence again. I bring coffee."
)


class Lost(AssertionError):
    """A step did not lead where the table says."""


FAULTS = (AssertionError, OSError, subprocess.SubprocessError, GLib.Error)


class Tour:
    """settings: lines of GTK's settings.ini. more: environment variables of the window."""

    def __init__(self, settings="", more=None, language=None):
        self.settings = settings
        self.more = dict(more or {})
        self.tongue = Tongue()
        if language:
            from locales import locale_env

            folder = pathlib.Path(os.environ["CONFAB"]).parents[2]
            self.more |= locale_env(folder, LANG=language, LC_ALL=language)
            self.tongue = Tongue(folder / "po", language.split(".")[0])
        self.window = None
        self.xid = None  # of the main window; menus and GTK's dialogs are windows of their own
        self.tree = None
        self.lost = []  # what went wrong on the way

    # ---- begin and end ----

    def __enter__(self):
        self.desktop = Desktop(keyring="unlocked", size=SCREEN)
        self.desktop.__enter__()
        os.environ.update(self.desktop.env)
        # The desktop's notifications would cover the window.
        subprocess.run(["dunstctl", "set-paused", "true"], env=self.desktop.env, check=False)
        self.post = Post()
        self.server = Server(*self.post.settings)
        self.server.start()
        self._people()
        return self

    def __exit__(self, *exc):
        if self.window is not None and self.window.process.poll() is None:
            self.window.stop()
        if exc[0] is None:
            self.server.close()
        else:
            self.server.kill()
            shutil.rmtree(self.server.directory, ignore_errors=True)
        self.post.close()
        self.desktop.__exit__()

    def _people(self):
        def account(name):
            return Api(self.server).register(name, f"{name}@mail.example")

        self.ada, self.bruno, self.chiara, self.dora = map(
            account, ("ada", "bruno", "chiara", "dora")
        )
        self.server.cli("user", "set-role", "ada", "admin")
        self.ada.administers = True
        self.bruno.call("changeProfile", json_body={"about": "Beekeeper in Bergamo"})

    def _conversations(self):
        ada, bruno, chiara, dora = self.ada, self.bruno, self.chiara, self.dora
        self.family = bruno.group(ada, chiara, title="Family")
        for sender, text in (
            (bruno, LONG),
            (chiara, "Yes! https://garden.example/plan shows where the beans go"),
            (ada, "I am in"),
            (bruno, "🌻🌻"),
        ):
            sender.send(self.family, text)
        wrong = chiara.send(self.family, "A message that is removed")
        ada.call("removeMessage", id=self.family, message=wrong["seq"])
        ada.direct(dora)
        chiara.send(chiara.direct(ada), "Are you there?")
        self.walks = bruno.group(ada, dora, title="Walks")
        bruno.send(self.walks, "On Sunday to the lake?")

    # ---- worlds ----

    def enter(self, world):
        # The server ends connections that are idle, as these are while pages are visited.
        for person in (self.ada, self.bruno, self.chiara, self.dora):
            person.close()
        getattr(self, "_enter_" + world.replace("-", "_"))()

    def start(self):
        from tree import Tree
        from window import Window

        self.window = Window(self.desktop, "ada")
        self.window.settings = "gtk-cursor-blink=false\n" + self.settings
        self.window.more = self.more
        self.window.start()
        self.xid = self.window.xid()
        self.resize(*SIZE)
        self.tree = Tree(self.window.pid)

    def resize(self, width, height):
        """Give the window this size, to which GDK adds a border without a compositor."""
        self.window.xdotool("windowsize", "--sync", self.xid, str(width + 10), str(height + 10))

    def settle(self):
        """Wait until the layout no longer changes."""
        seen = []

        def still():
            seen.append([(n.role, n.name, n.index) for n in self.nodes()])
            return len(seen) > 2 and seen[-1] == seen[-2]

        time.sleep(0.25)
        wait_for(still, "the window to settle", STEP_SECONDS, 0.1)

    def _enter_first_run(self):
        self.start()

    def _enter_signed_in(self):
        self.visit_path("sign-in")
        self.type("ada")
        self.key("Tab")
        self.type(PASSWORD)
        self.key("Return")

    def _enter_listed(self):
        self._conversations()
        self.find("list item", lambda name: name.startswith("Family"))

    def _enter_reading(self):
        BY_NAME["conversation-empty"].back[0](self)

    def _enter_left(self):
        from table import conversation

        conversation("Walks")(self)
        self.find("button", lambda name: name.startswith("Walks"))
        self.ada.leave(self.walks)

    def _enter_server_gone(self):
        self._enter_reading()
        self.find("text", "Message")
        self.server.stop()
        self.find("button", "Try Again")
        self.reach("text", "Message")
        self.type("Written without a connection")
        self.key("Return")

    def _enter_ended(self):
        self.server.start()
        self.find("button", "Try Again", gone=True)
        here = [s for s in self.ada.call("listSessions").json["sessions"] if not s["current"]]
        self.ada.call("endSession", 204, id=here[0]["id"])

    def _accounts(self):
        return pathlib.Path(self.window.directories["XDG_DATA_HOME"]) / "confab" / "accounts"

    def _enter_no_folder(self):
        self.server.stop()
        self.reach("text", "Message")
        self.type("Half a thought")
        time.sleep(1)
        self.quit()
        (folder,) = (path for path in self._accounts().iterdir() if path.is_dir())
        self.aside = folder.rename(self._accounts().parent / folder.name)
        folder.write_text("no folder can be made here")
        self.start()

    def _enter_list_damaged(self):
        self.quit()
        folder = self._accounts() / self.aside.name
        folder.unlink()
        self.aside.rename(folder)
        accounts = self._accounts().parent / "accounts.ini"
        accounts.write_text("(no list of accounts]")
        (folder / "account.ini").write_text("(nor this]")
        self.start()

    def quit(self):
        self.key("ctrl+q")
        try:
            self.window.process.wait(STEP_SECONDS)
        except subprocess.TimeoutExpired:
            raise Lost(f"Confab does not quit\n{self.describe()}") from None

    # ---- looking ----

    def nodes(self):
        """Read the tree and return all shown nodes in order."""
        return list(self.tree.read().walk())

    def match(self, nodes, roles, name=None):
        wanted = (roles,) if isinstance(roles, str) else roles
        return [
            node
            for node in nodes
            if (wanted is None or node.role in wanted) and self.tongue.matches(node.name, name)
        ]

    def find(self, roles, name=None, gone=False, where=None):
        """Wait for an object, or until it has gone. Return it."""

        def look():
            found = [n for n in self.match(self.nodes(), roles, name) if not where or where(n)]
            return not found if gone else found and found[-1]

        try:
            return wait_for(look, "", STEP_SECONDS, 0.05)
        except TimeoutError:
            name = getattr(name, "description", name)
            raise Lost(
                f"{roles} “{name}” {'stays' if gone else 'is not there'}\n{self.describe()}"
            ) from None

    def is_open(self, page, nodes=None):
        return bool(self.match(nodes if nodes is not None else self.nodes(), *page.sign))

    def focused(self, nodes=None):
        """Return the node with the focus, the innermost one, or None."""
        found = [n for n in nodes or self.nodes() if n.has("focused")]
        return found[-1] if found else None

    def is_focus_within(self, role, name):
        focused = self.focused()
        return focused is not None and any(
            self.match([node], role, name) for node in focused.ancestors()
        )

    def describe(self):
        lines = []

        def add(node, depth):
            if node.name or node.role not in ("panel", "grouping"):
                lines.append("  " * depth + repr(node) + (" ←" if node.has("focused") else ""))
                depth += 1
            for child in node.children:
                if child.shown:
                    add(child, depth)

        add(self.tree.read(), 0)
        return "\n".join(lines) + "\n" + self.window.trouble()

    # ---- input ----

    def key(self, *names):
        self.window.xdotool("windowfocus", self.window.xid(), "key", "--delay", "4", *names)

    def type(self, text):
        self.window.xdotool("windowfocus", self.window.xid(), "type", "--delay", "6", text)

    def reach(self, roles, name, key="Tab", first=None, steps=80):
        """Move the focus to an object. first: what Tab leads to before the other keys do."""
        self.find(roles, name)
        last, path = None, []
        for n in range(steps):
            nodes = self.nodes()
            focused = self.focused(nodes)
            if focused is not None and self.match([focused], roles, name):
                return
            if first and (focused is None or not self.match([focused], *first)):
                self.key("Tab")
            elif key == "Tab" and n > TABS and focused and focused.role == "list item":
                same = last is not None and last == focused.path
                self.key("Tab" if same else "Down")
            else:
                self.key(key)
            last = focused.path if focused is not None else None
            path.append(repr(focused))
        name = getattr(name, "description", name)
        raise Lost(f"the keyboard does not reach {roles} “{name}” but {path}\n{self.describe()}")

    def open_link(self, text):
        """Open a link as the desktop does: by a second Confab, which hands it to the first."""
        subprocess.run(
            [self.window.binary, f"--gapplication-app-id={self.window.app_id}", text],
            env=self.window.environment(),
            check=True,
            timeout=STEP_SECONDS,
        )

    def reset_code(self):
        return self.post.wait(self.chiara.user["email"], subject="new password").code

    # ---- walking ----

    def visit_path(self, name):
        """Go to a page from the root of its world."""
        page = BY_NAME[name]
        if page.parent in BY_NAME:
            self.visit_path(page.parent)
        self.open(page)

    def open(self, page):
        try:
            for step in page.steps:
                step(self)
            self.find(*page.sign)
        except Lost as error:
            raise Lost(f"on the way to {page.name}: {error}") from None

    def close(self, page):
        """Leave a page. Return the page to which this leads, or None from a root."""
        if page.parent in WORLDS:
            return None
        target = BY_NAME[page.to or page.parent]
        for step in page.back or (keys("Escape"),):
            step(self)
        try:
            self.find(*page.sign, gone=True)
            self.find(*target.sign)
        except Lost as error:
            raise Lost(f"on the way back from {page.name}: {error}") from None
        return target

    def walk(self, visit, names=None):
        """Call visit(page) on each page, or on the named ones. Pages are left again, the last one
        opened first.
        """
        wanted = set(names or BY_NAME)
        needed = set()
        for name in wanted:
            while name in BY_NAME:
                needed.add(name)
                name = BY_NAME[name].parent
            needed.add(name)
        last = max(WORLDS.index(name) for name in needed if name in WORLDS)
        for world in WORLDS[: last + 1]:
            try:
                self.enter(world)
            except FAULTS as error:
                self.lose(error)
            for root in [page for page in PAGES if page.parent == world]:
                try:
                    if root.name in needed or world != WORLDS[last]:
                        self.find(*root.sign)
                    self._walk(root, visit, wanted, needed)
                except FAULTS as error:
                    self.lose(error)

    def lose(self, error):
        """Record what went wrong, and show it at once: a walk takes minutes."""
        self.lost.append(str(error))
        print(f"LOST: {error}", flush=True)

    def _walk(self, page, visit, wanted, needed):
        """Visit an open page and the ones behind it. Return the page that is open afterwards."""
        if page.name in wanted:
            visit(page)
        for child in [p for p in PAGES if p.parent == page.name and p.name in needed]:
            try:
                self.open(child)
                here = self._walk(child, visit, wanted, needed)
            except FAULTS as error:
                self.lose(error)
                here = self.recover(page)
            if here is not page:
                return here
        return self.close(page)

    def recover(self, page):
        """Return to a page that is behind dialogs and menus."""
        for _ in range(6):
            nodes = self.nodes()
            if self.is_open(page, nodes) and not self.is_covered(page, nodes):
                return page
            self.key("Escape")
            time.sleep(0.5)
        raise Lost(f"there is no way back to {page.name}\n{self.describe()}")

    def is_covered(self, page, nodes):
        """Return whether a page behind this one is open."""
        return any(self.is_open(child, nodes) for child in PAGES if child.parent == page.name)
