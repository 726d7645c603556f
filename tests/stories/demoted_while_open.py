#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An administrator loses the role while using its pages: all of them close, and a toast reports the
change.
"""

import story
from administration import Administration


class DemotedWhileOpen(Administration):
    SIZE = "1000x760"

    def test(self):
        self.account("bruno")
        self.server.cli("user", "set-role", "bruno", "admin")
        ada = self.admin("ada")
        self.open_administration(ada)
        self.open_person(ada, "bruno")
        self.choose_role(ada, "Member")
        ada.find("label", lambda text: "bruno will no longer be an administrator." in text)
        self.shot("asked")

        self.server.cli("user", "set-role", "ada", "user")
        ada.find("label", "You are no longer an administrator of this server")
        ada.gone(("alert", "dialog"), "Change Role?")
        ada.gone("combo box", "Role")
        ada.gone("page tab", "Administration")
        ada.find("dialog", "Preferences")
        self.shot("closed")
        self.assertIn("bruno", self.server.cli("user", "list"))


if __name__ == "__main__":
    story.main()
