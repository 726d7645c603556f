# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What assistive technologies must find on every page: a name and a fitting role for all that takes
the focus, different names for neighbors, a name for each picture that says something, and nothing
that is not to be seen.
"""

import collections
import itertools
import re

# Roles of widgets that do something.
CONTROLS = {
    "button",
    "check box",
    "check menu item",
    "combo box",
    "entry",
    "link",
    "list item",
    "menu item",
    "page tab",
    "password text",
    "radio button",
    "radio menu item",
    "slider",
    "spin button",
    "switch",
    "table cell",
    "text",
    "toggle button",
}
# Roles of containers, which pass the focus on to their content, if any of it takes it.
CONTAINERS = {"scroll pane", "list", "panel", "grouping", "page tab list"}
# Roles of texts that can be read and selected by the keyboard; the text takes the place of a name.
TEXTS = {"paragraph", "label", "heading"}
# Roles of objects that are there for the layout.
NEUTRAL = {"panel", "grouping", "scroll pane"}
# The roles of which one must be that of the owner, the nearest ancestor that is not neutral.
OWNERS = {
    "list item": {"list", "list box", "tree"},
    "menu item": {"menu", "menu bar"},
    "check menu item": {"menu", "menu bar"},
    "radio menu item": {"menu", "menu bar"},
    "page tab": {"page tab list"},
    "table cell": {"table row", "table"},
}
# Roles of what can be written into.
WRITTEN = ("text", "entry", "password text", "spin button")
# Which children of a list are no items of it.
IN_LIST = {"list item", "separator"}
# Where two controls of one role and name cannot be told apart.
SCOPES = {"list", "menu", "dialog", "alert", "frame", "window", "page tab list", "toolbar"}
WINDOWS = ("dialog", "alert", "menu", "window", "frame")


# What is not mended, each with the reason.
KNOWN = (
    (
        r"label “(.*)” in list item “\1” is covered by label “\1”",
        "AdwEntryRow has its title twice, small and large, one of them transparent",
    ),
    (
        r"(button|check box|combo box) “.*” in .* is in a list, but no item of it",
        "AdwButtonRow, AdwSwitchRow and AdwComboRow are rows with the role of what they do",
    ),
    (r"2 neighbors are check box “.*”", "AdwSwitchRow is a check box around a check box"),
    (r"list item “” in combo box “.*” has no name", "AdwComboRow shows its choice in a list"),
    (r"list item “” in grouping “.*” has no name", "AdwExpanderRow has its rows in an item"),
    (r"list item “.*” in .* belongs to list item “”", "AdwExpanderRow has its rows in an item"),
    (r"scroll pane “” in alert “.*” has no name", "AdwAlertDialog scrolls its text"),
    (
        r"2 neighbors are button “New Conversation”",
        "the header bar and the page without conversations offer the same",
    ),
)


def scope(nodes):
    """Return the part that users can act on: the topmost menu or dialog, or the window."""
    tops = [n for n in nodes if n.role in WINDOWS]
    menus = [n for n in tops if n.role == "menu"]
    dialogs = [n for n in tops if n.role in ("dialog", "alert")]
    return (menus or dialogs or tops)[-1]


def is_named(node):
    return bool(node.name.strip()) or (node.role in TEXTS and bool(node.text.strip()))


def scrolls_alone(node):
    """Whether a scroll pane takes the focus itself, as nothing in it does."""
    within = (n for n in node.walk() if n is not node)
    return node.role == "scroll pane" and not any(n.has("focusable") for n in within)


def unnamed(nodes):
    """What takes the focus, or opens as a window of its own, has a name."""
    for node in nodes:
        acts = node.has("focusable") and (node.role not in CONTAINERS or scrolls_alone(node))
        if (acts or node.role in WINDOWS) and not is_named(node):
            yield f"{where(node)} has no name"


def duplicates(nodes):
    """In one list, menu or window, no two controls have both role and name in common."""
    groups = collections.defaultdict(list)
    for node in nodes:
        if node.has("focusable") and node.role in CONTROLS:
            group = next((a for a in node.ancestors() if a.role in SCOPES), None)
            groups[group and group.path].append(node)
    for siblings in groups.values():
        counts = collections.Counter((n.role, n.name) for n in siblings)
        for (role, name), number in counts.items():
            if number > 1:
                yield f"{number} neighbors are {role} “{name}”"


def owner_of(node):
    return next((a for a in node.ancestors() if a.role not in NEUTRAL), None)


def wrong_roles(nodes):
    """A role says what can be done with an object, and stands where it belongs."""
    for node in nodes:
        if node.has("focusable") and node.role not in CONTROLS | CONTAINERS | TEXTS:
            yield f"{where(node)} takes the focus"
        owner = owner_of(node)
        if node.role in OWNERS and (owner is None or owner.role not in OWNERS[node.role]):
            yield f"{where(node)} belongs to {owner!r}"
        if node.role == "list":
            for child in node.children:
                if child.shown and child.role not in IN_LIST:
                    yield f"{where(child)} is in a list, but no item of it"
        if node.has("editable") and node.role not in WRITTEN:
            yield f"{where(node)} can be written into"


def hidden(nodes):
    """What is exposed takes space on the screen, and is not covered by a sibling's text."""
    for node in nodes:
        texts = [c for c in node.children if c.shown and c.role in TEXTS and is_named(c)]
        acts = [c for c in node.children if c.shown and c.role in CONTROLS and c.has("focusable")]
        places = [child.extents() for child in texts + acts]
        for child, (_, _, width, height) in zip(texts + acts, places):
            if width < 2 or height < 2:
                yield f"{where(child)} is exposed, but {width} × {height} pixels large"
        for one, other in itertools.combinations(range(len(texts)), 2):
            if overlap(places[one], places[other]):
                yield f"{where(texts[one])} is covered by {texts[other]!r}"


def overlap(one, other):
    """Return whether two areas, each x, y, width and height, share more than an edge."""
    return all(
        one[n] + 1 < other[n] + other[n + 2] and other[n] + 1 < one[n] + one[n + 2] for n in (0, 1)
    )


def pictures(nodes):
    """A picture has a name, or is a decoration, which is not exposed as a picture."""
    for node in nodes:
        if node.role in ("image", "icon") and not (node.name.strip() or node.description.strip()):
            yield f"{where(node)} has no name"


def where(node):
    around = next((a for a in node.ancestors() if a.name.strip()), None)
    return f"{node!r} in {around!r}"


CHECKS = (unnamed, duplicates, wrong_roles, hidden, pictures)


def faults(nodes):
    """Return what is wrong with the shown nodes of a page, except what is known."""
    part = list(scope(nodes).walk())
    return [
        fault
        for check in CHECKS
        for fault in check(part)
        if not any(re.fullmatch(known, fault) for known, _ in KNOWN)
    ]
