# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page of the table is made of, and the steps that lead to it: functions of the tour, by the
keyboard alone. Names are in English; the tour finds them in the language of the window.
"""

import dataclasses

BUTTONS = ("button", "toggle button")
FIELDS = ("text", "password text", "entry")


@dataclasses.dataclass
class Page:
    """A page, dialog, menu or other state of the window.

    name: as `./dev screenshots` takes it.
    parent: the page from which the steps lead here, or the world that begins with this page.
    steps: functions of the tour.
    sign: roles and name of an object that is shown only here.
    templates: the files of resources/ui, without “confab-” and “.blp”, that this page shows.
    back: functions of the tour that lead back; Escape by default.
    to: the page that this leads to, if it is not the parent.
    own: False for GTK's own dialogs: looked at, but not checked.
    """

    name: str
    parent: str
    steps: tuple
    sign: tuple
    templates: tuple = ()
    back: tuple = None
    to: str = None
    own: bool = True


def keys(*names):
    return lambda tour: tour.key(*names)


def typed(text):
    """Type into the field with the focus. text: a string, or a function of the tour."""
    return lambda tour: tour.type(text(tour) if callable(text) else text)


def reach(roles, name):
    """Move the focus to an object."""
    return lambda tour: tour.reach(roles, name)


def push(name, roles=BUTTONS):
    """Press a button."""

    def step(tour):
        tour.reach(roles, name)
        tour.key("space" if roles == BUTTONS else "Return")

    return step


def row(name):
    """Activate a row of a list."""
    return push(name, ("list item", "button"))


def field(name, text):
    """Type into a field."""

    def step(tour):
        tour.reach(FIELDS, name)
        tour.key("ctrl+a", "BackSpace")
        tour.type(text(tour) if callable(text) else text)

    return step


def item(name):
    """Choose an item of the open menu."""

    def step(tour):
        tour.find("menu item", name)
        tour.reach("menu item", name, key="Down")
        tour.key("Return")

    return step


def tab(name):
    """Choose a page of the preferences."""

    def step(tour):
        tour.reach("page tab", None)
        tour.key("Left", "Left", "Left", "Left")
        tour.reach("page tab", name, key="Right")
        tour.key("space")

    return step


def starting(prefix):
    """A name that begins with data, which is the same in each language."""

    def test(name):
        return name.startswith(prefix)

    test.description = f"{prefix}…"
    return test


def with_name(part):
    """A name that contains data, which is the same in each language."""

    def test(name):
        return part in name

    test.description = f"…{part}…"
    return test
