# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives Confab's window as a user does: finds widgets by their accessible names (AT-SPI), clicks
and types.

Import this only when os.environ is that of a desktop: libatspi looks for its bus once, when loaded.
"""

import os
import pathlib
import signal
import subprocess

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from confabd import PATIENCE, TOP, wait_for  # noqa: E402

APP_ID = "chat.confab.Confab"
DEFECT = (
    "CRITICAL",
    "AddressSanitizer",
    "LeakSanitizer",
    "runtime error:",
    "Gtk-WARNING",
    "Gdk-WARNING",
    "Gsk-WARNING",
    "Pango-WARNING",
    "GLib-GObject-WARNING",
    "Adwaita-WARNING",
)


def walk(node, depth=0):
    """Yield node and its descendants in order, skipping those that disappear meanwhile."""
    yield node
    try:
        children = (
            [node.get_child_at_index(n) for n in range(node.get_child_count())]
            if depth < 60
            else []
        )
    except GLib.Error:
        return
    for child in children:
        if child is not None:
            yield from walk(child, depth + 1)


def role(node):
    return Atspi.Accessible.get_role_name(node)


def has_state(node, state):
    return node.get_state_set().contains(getattr(Atspi.StateType, state.upper()))


def shown(node):
    return has_state(node, "showing") and has_state(node, "visible")


def text_of(node):
    """Return the text of an entry, a text view or a label."""
    text = node.get_text_iface()
    return (
        Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))
        if text
        else node.get_name()
    )


def windows_of(name):
    """Return the process ids of all programs of this name that show a window."""
    root = Atspi.get_desktop(0)
    root.clear_cache()
    children = [root.get_child_at_index(index) for index in range(root.get_child_count())]
    return [
        child.get_process_id()
        for child in children
        if child is not None and child.get_name() == name and child.get_child_count() > 0
    ]


class View:
    """The window of a running program."""

    def __init__(self, pid, env):
        self.pid = pid
        self.env = env

    def trouble(self):
        """Return details to add to a failure message. Raise if the program has ended."""
        os.kill(self.pid, 0)
        return ""

    # ---- finding ----

    def application(self):
        self.trouble()
        root = Atspi.get_desktop(0)
        root.clear_cache()
        for index in range(root.get_child_count()):
            try:
                child = root.get_child_at_index(index)
                if child is not None and child.get_process_id() == self.pid:
                    return child
            except GLib.Error:
                continue
        return None

    def frame(self):
        application = self.application()
        try:
            if application is not None and application.get_child_count() > 0:
                return application.get_child_at_index(0)
        except GLib.Error:
            pass
        return None

    def look(self, roles=None, name=None, where=None, inside=None):
        """Return the first visible node that matches, or None. name: equal, or a predicate."""
        top = inside or self.application()
        if top is None:
            return None
        top.clear_cache()
        wanted = (roles,) if isinstance(roles, str) else roles
        for node in walk(top):
            try:
                if wanted and role(node) not in wanted:
                    continue
                if callable(name) and not name(node.get_name()):
                    continue
                if isinstance(name, str) and node.get_name() != name:
                    continue
                if shown(node) and (where is None or where(node)):
                    return node
            except GLib.Error:
                continue
        return None

    def find(self, roles=None, name=None, where=None, inside=None, within=None, timeout=PATIENCE):
        """Wait for look() to succeed. within: the role and name of an ancestor, looked up each
        time.
        """

        def look():
            outer = self.look(*within) if within else inside
            return self.look(roles, name, where, outer) if outer or not within else None

        try:
            return wait_for(look, f"{roles} {name if isinstance(name, str) else '…'}", timeout, 0.1)
        except TimeoutError as error:
            raise AssertionError(f"{error}\n{self.tree()}\n{self.trouble()}") from None

    def gone(self, roles=None, name=None, where=None, timeout=PATIENCE):
        try:
            wait_for(
                lambda: self.look(roles, name, where) is None, f"{roles} {name} to go", timeout, 0.1
            )
        except TimeoutError as error:
            raise AssertionError(f"{error}\n{self.tree()}") from None

    def tree(self):
        """Describe everything visible, to explain why something was not found."""
        lines = []

        def describe(node, depth):
            try:
                if depth and not shown(node):
                    return
                text = text_of(node) if node.get_text_iface() else ""
                lines.append(
                    "  " * depth
                    + f"{role(node)} “{node.get_name()}”"
                    + (f" = {text!r}" if text else "")
                )
                for index in range(node.get_child_count()):
                    describe(node.get_child_at_index(index), depth + 1)
            except (GLib.Error, AttributeError):
                pass

        application = self.application()
        if application is not None:
            application.clear_cache()
            describe(application, 0)
        return "\n".join(lines)

    # ---- input ----

    def xdotool(self, *words):
        return subprocess.run(
            ["xdotool", *words],
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        ).stdout

    def xid(self):
        # GDK also creates helper windows; only the app's window is visible.
        found = wait_for(
            lambda: subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--pid", str(self.pid)],
                env=self.env,
                capture_output=True,
                text=True,
                check=False,
            ).stdout.split(),
            "the X window",
        )
        return found[-1]

    def geometry(self, xid=None):
        """Return X, Y, WIDTH and HEIGHT of the window."""
        return {
            key: int(value)
            for key, value in (
                line.split("=")
                for line in self.xdotool(
                    "getwindowgeometry", "--shell", xid or self.xid()
                ).splitlines()
                if "=" in line
            )
        }

    def position(self, node):
        """Return the middle of a node on the screen.

        GTK subtracts the shadow's width from WINDOW extents where it should add it; the frame's own
        extents tell that width (-5, -5 on X11). GTK also ignores the padding of an alert dialog:
        use the keyboard there.
        """
        node.clear_cache()
        extents = Atspi.Component.get_extents(node.get_component_iface(), Atspi.CoordType.WINDOW)
        frame = Atspi.Component.get_extents(
            self.frame().get_component_iface(), Atspi.CoordType.WINDOW
        )
        geometry = self.geometry()
        return (
            geometry["X"] + extents.x - 2 * frame.x + extents.width // 2,
            geometry["Y"] + extents.y - 2 * frame.y + extents.height // 2,
        )

    def colours(self, node, without_right=0):
        """Count the colors on the screen in the area of a node: an empty area has one or two."""
        x, y = self.position(node)
        extents = Atspi.Component.get_extents(node.get_component_iface(), Atspi.CoordType.WINDOW)
        width = extents.width - without_right
        crop = f"{width}x{extents.height}+{x - extents.width // 2}+{y - extents.height // 2}"
        picture = subprocess.run(
            ["import", "-window", "root", "-crop", crop, "miff:-"],
            env=self.env,
            check=True,
            capture_output=True,
            timeout=PATIENCE,
        ).stdout
        return int(
            subprocess.run(
                ["identify", "-format", "%k", "miff:-"],
                input=picture,
                env=self.env,
                check=True,
                capture_output=True,
                timeout=PATIENCE,
            ).stdout
        )

    def click(self, node, count=1):
        """Click the middle of a node once it stops moving. node: a node, or a function that finds
        it.
        """
        places = []

        def still():
            try:
                places.append(self.position(node() if callable(node) else node))
            except (GLib.Error, TypeError, AttributeError):  # the node has disappeared meanwhile
                places.append(None)
            return len(places) > 2 and places[-1] == places[-2] == places[-3] is not None

        wait_for(still, "a place to click at", interval=0.05)
        x, y = places[-1]
        self.xdotool(
            "windowfocus",
            "--sync",
            self.xid(),
            "mousemove",
            str(x),
            str(y),
            "click",
            "--repeat",
            str(count),
            "--delay",
            "60",
            "1",
        )

    def focus(self):
        self.xdotool("windowfocus", "--sync", self.xid())

    def type(self, text, patience=1):
        """Type into the focused widget."""
        self.focus()
        # xdotool adds a letter missing in the keymap for one key press, before which GTK must have
        # read the new keymap.
        self.xdotool("type", "--delay", str((12 if text.isascii() else 60) * patience), text)

    def key(self, *keys):
        self.focus()
        self.xdotool("key", "--clearmodifiers", *keys)

    def tab_to(self, name, limit=60):
        """Move the focus to the node with this name, which scrolls it into view."""
        for _ in range(limit):
            if self.look(name=name, where=lambda node: has_state(node, "focused")):
                return
            self.key("Tab")
        raise AssertionError(f"Tab never comes to {name}\n{self.tree()}")

    def fill(self, node, text):
        """Click an entry and type; return once it contains the text."""
        self.click(node)
        wait_for(
            lambda: has_state(node, "focused")
            or self.look(where=lambda n: has_state(n, "focused"), inside=node),
            f"the focus in {node.get_name()}",
        )
        tells = "password" not in node.get_name().lower()
        for patience in (1, 4, 8):  # see type(): a busy machine reads the new keymap late
            self.key("ctrl+a", "BackSpace")
            self.type(text, patience)
            try:
                if tells:
                    wait_for(
                        lambda: text_of(node) == text,
                        f"“{text}” in {node.get_name()}",
                        PATIENCE if text.isascii() or patience == 8 else 5,
                    )
                return
            except TimeoutError:
                if text.isascii() or patience == 8:
                    raise

    def press(self, name, roles=("button", "push button", "toggle button"), inside=None):
        """Click the button or other widget with this name once it is sensitive."""
        self.find(roles, name, where=lambda node: has_state(node, "sensitive"), inside=inside)
        self.click(lambda: self.look(roles, name, inside=inside))

    def activate(self, name, roles="list item", inside=None):
        """Click a list item, scrolling down to it if needed."""
        node = self.find(
            roles, name, where=lambda found: has_state(found, "sensitive"), inside=inside
        )
        place = self.geometry()
        left, top, width, height = (place[key] for key in ("X", "Y", "WIDTH", "HEIGHT"))

        def reached():
            if self.position(node)[1] < top + height - 65:
                return True
            self.xdotool(
                "mousemove",
                str(left + width // 2),
                str(top + height // 2),
                "click",
                "--repeat",
                "3",
                "5",
            )
            return False

        wait_for(reached, f"{name} to come into sight", interval=0.2)
        self.click(node)

    def toasts_gone(self):
        """Wait until all toasts have closed, which none does while the pointer is over it."""
        self.xdotool("mousemove", "1", "1")
        self.gone("button", "Dismiss")

    def choose(self, which):
        """Choose an item of the open menu by name or, where GTK gives items no names, by number
        from 1. The items have no positions to click.
        """
        if isinstance(which, str):
            item = self.find("menu item", which)
        else:
            item = wait_for(
                lambda: len(self.menu_items()) >= which and self.menu_items(), "the menu"
            )[which - 1]
        Atspi.Action.do_action(item.get_action_iface(), 0)

    def menu_items(self):
        return [
            node for node in walk(self.application()) if role(node) == "menu item" and shown(node)
        ]

    def text(self, name):
        """Return the text of the entry with this name."""
        return text_of(self.find("text", name))


class Window(View):
    """A Confab with its own directories on a desktop."""

    def __init__(self, desktop, person, number=1, binary=None):
        super().__init__(None, desktop.env)
        self.desktop = desktop
        self.person = person
        self.app_id = APP_ID if number == 1 else f"{APP_ID}.Second"
        self.binary = binary or os.environ.get("CONFAB", str(TOP / "build/debug/src/app/confab"))
        self.number = number
        self.home = desktop.directory / f"person-{person}"
        self.log_path = self.home / "log"
        self.process = None
        self.more = {}
        self.settings = ""

    # ---- start and stop ----

    @property
    def directories(self):
        """Return the environment variables for this person's directories."""
        return {
            f"XDG_{kind}_HOME": str(self.home / kind.lower())
            for kind in ("DATA", "CONFIG", "STATE", "CACHE")
        }

    def environment(self):
        """Return the desktop's environment with this person's directories and the story's
        additions.
        """
        return self.env | self.directories | self.more

    def prepare(self):
        # Turn off animations, so that clicks hit widgets that do not move.
        settings = self.home / "config/gtk-4.0/settings.ini"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("[Settings]\ngtk-enable-animations=false\n" + self.settings)

    def start(self):
        self.prepare()
        with open(self.log_path, "ab") as log:
            self.process = self.desktop.spawn(
                [self.binary, f"--gapplication-app-id={self.app_id}"],
                self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.pid = self.process.pid
        wait_for(self.frame, f"the window of {self.person}")
        self.place()
        return self

    def place(self):
        """Place the second window on the right, because there is no window manager."""
        if self.number > 1:
            left = int(self.desktop.size.split("x")[0]) // 2
            self.xdotool("windowmove", "--sync", self.xid(), str(left), "0")
        self.xdotool("windowfocus", "--sync", self.xid())

    def stop(self):
        """Stop Confab as the session manager does. Return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def quit(self):
        """Quit, as a user does."""
        self.key("ctrl+q")
        return self.process.wait(PATIENCE)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def trouble(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"Confab ended with {self.process.returncode}\n{self.log()[-4000:]}")
        return self.log()[-3000:]

    def check_log(self):
        log = self.log()
        for word in DEFECT:
            assert word not in log, f"{self.person}'s Confab tells of a defect:\n{log}"

    # ---- screenshots ----

    def screenshot(self, name):
        directory = pathlib.Path(os.environ.get("CONFAB_ARTEFACTS", TOP / "build/artefacts"))
        self.desktop.screenshot(directory / f"{name}.png")
