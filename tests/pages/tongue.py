# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The texts of the window in its language, looked up by what an English window shows."""

import gettext


def plain(text):
    """Remove the mnemonic: “_Sign In” shows “Sign In”; “Datei(_F)” shows “Datei(F)”."""
    return text.replace("_", "")


class Tongue:
    """The language of Confab's catalogues in a folder and of GTK's, or English."""

    def __init__(self, folder=None, language=None):
        self.texts = {}
        if not language:
            return
        self._read(gettext.translation("confab", folder, [language]))
        try:
            self._read(gettext.translation("gtk40", "/usr/share/locale", [language]))
        except FileNotFoundError:
            pass  # GTK's dialogs are in English then

    def _read(self, catalogue):
        for key, text in catalogue._catalog.items():
            english = key[0] if isinstance(key, tuple) else key  # of several forms
            english = plain(english.rsplit("\x04", 1)[-1])
            self.texts.setdefault(english, set()).add(plain(text))

    def all(self, english):
        """Return each text that may stand in the place of this one."""
        return self.texts.get(english, set()) | {english}

    def matches(self, name, wanted):
        """wanted: None, an English text as shown, or a predicate."""
        if wanted is None:
            return True
        if callable(wanted):
            return wanted(name)
        return name in self.all(wanted)
