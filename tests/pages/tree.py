# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the accessible tree of a program in one call per look, which is many times faster than
asking about each object by libatspi.
"""

import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ITEMS = "(a((so)(so)(so)iiassusau))"
MANY = 300  # children, which are not looked at: GTK's emoji chooser
HOPS = 25  # rounds of asking for children; each discovers one more level


class Node:
    """An accessible object as it was when the tree was read."""

    def __init__(self, tree, item):
        (self.bus, self.path), _, (_, self.parent_path), self.index, self.n_children = item[:5]
        self.tree = tree
        self.interfaces, self.name, number, self.description, bits = item[5:]
        self.role = Atspi.role_get_name(Atspi.Role(number))
        self.bits = bits
        self.parent = None
        self.children = []

    def __repr__(self):
        return f"{self.role} “{self.name}”"

    def has(self, state):
        number = int(getattr(Atspi.StateType, state.upper()))
        return bool(self.bits[number // 32] & (1 << (number % 32)))

    @property
    def shown(self):
        return self.has("showing") and self.has("visible")

    def is_sure(self):
        """Return whether the children are known. GTK's cache may still have a hidden child in the
        place of one that was hidden at first; it is a container that seems to be empty.
        """
        return len(self.children) == self.n_children and not any(
            child.n_children == 0 and child.role in ("panel", "grouping") for child in self.children
        )

    def walk(self):
        """Yield this node and its descendants, except hidden ones."""
        if self.shown or self.role in ("application", "frame"):
            yield self
            for child in self.children:
                yield from child.walk()

    def ancestors(self):
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    @property
    def text(self):
        """The text of an entry, a text view or a label, or else the name."""
        if "org.a11y.atspi.Text" not in self.interfaces:
            return self.name
        return self.call("Text", "GetText", GLib.Variant("(ii)", (0, -1)))[0]

    def extents(self):
        """Return x, y, width and height within the window, without its shadow."""
        return self.call("Component", "GetExtents", GLib.Variant("(u)", (1,)))[0]

    def call(self, interface, method, arguments=None):
        return self.tree.call(self.path, f"org.a11y.atspi.{interface}", method, arguments)


class Tree:
    """The tree of the program with this process id, as last read."""

    def __init__(self, pid):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync(
            "org.a11y.Bus",
            "/org/a11y/bus",
            "org.a11y.Bus",
            "GetAddress",
            None,
            None,
            Gio.DBusCallFlags.NONE,
            -1,
            None,
        ).unpack()[0]
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address,
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
        )
        self.bus = self._find(pid)
        self.root = None

    def _find(self, pid):
        registry = "org.a11y.atspi.Registry"
        children = self._call(
            registry,
            "/org/a11y/atspi/accessible/root",
            "org.a11y.atspi.Accessible",
            "GetChildren",
            None,
        )[0]
        for bus, _ in children:
            found = self._call(
                "org.freedesktop.DBus",
                "/org/freedesktop/DBus",
                "org.freedesktop.DBus",
                "GetConnectionUnixProcessID",
                GLib.Variant("(s)", (bus,)),
            )[0]
            if found == pid:
                return bus
        raise LookupError(f"process {pid} is not on the accessibility bus")

    def _call(self, bus, path, interface, method, arguments):
        return self.connection.call_sync(
            bus, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 20000, None
        ).unpack()

    def call(self, path, interface, method, arguments=None):
        return self._call(self.bus, path, interface, method, arguments)

    def read(self):
        """Read the tree anew. Return the application's node."""
        children = {}  # of the nodes whose children GTK had to be asked for
        for _ in range(HOPS):
            items = self.call("/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems")[0]
            nodes = {item[0][1]: Node(self, item) for item in items}
            self._link(nodes, children)
            self.root = next(node for node in nodes.values() if node.role == "application")
            shown = list(self.root.walk())
            unsure = [
                node
                for node in shown
                if node.n_children < MANY and node.path not in children and not node.is_sure()
            ]
            late = [
                node
                for node in shown
                if any(path not in nodes for path in children.get(node.path, ()))
            ]
            if not unsure and not late:
                break
            if not unsure:
                time.sleep(0.01)  # GTK announces new objects a moment after they were asked for
            for node in unsure + late:
                try:
                    found = node.call("Accessible", "GetChildren")[0]
                    children[node.path] = [path for _, path in found]
                except GLib.Error:
                    children[node.path] = []  # it has just gone
        return self.root

    def _link(self, nodes, children):
        """Connect parents and children. GTK's cache lacks new objects until their parent is asked
        for its children, has objects of hidden pages, which no parent counts, and names another
        parent for the content of a stack's page than the page itself.
        """
        for path, order in children.items():
            for child in order if path in nodes else ():
                if child in nodes and nodes[child].parent is None:
                    nodes[child].parent = nodes[path]
                    nodes[path].children.append(nodes[child])
        for node in sorted(nodes.values(), key=lambda node: node.index):
            parent = nodes.get(node.parent_path)
            if node.parent is None and parent not in (None, node) and parent.path not in children:
                node.parent = parent
                parent.children.append(node)
