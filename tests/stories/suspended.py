#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user is suspended and restored: the window says so, keeps its data, and lets the user sign in
again.
"""

import story
from administration import Administration
from client import PASSWORD


class Suspended(Administration):
    def test(self):
        bruno_account = self.account("bruno")
        bruno_account.send(bruno_account.direct(self.account("chiara")), "Kept")
        ada = self.admin("ada")
        bruno = self.signed_in("bruno")
        self.tile(bruno, "chiara", "Kept")
        self.open_administration(ada)
        self.open_person(ada, "bruno")
        self.push(ada, "Suspend…")
        ada.find("label", lambda text: text.startswith("bruno is signed out on 2 devices"))
        self.shot("asked")
        self.confirm(ada, "Suspend Account?", "Suspend")
        ada.find("label", "Suspended: cannot sign in")
        bruno.find(
            "label",
            "An administrator has suspended your account."
            " You can still read your messages on this computer.",
        )
        self.tile(bruno, "chiara", "Kept")
        self.shot("suspended")

        bruno.press("Sign In Again")
        bruno.find("dialog", "Sign In Again")
        bruno.type(PASSWORD)
        bruno.key("Return")
        bruno.find("label", "An administrator has suspended this account.")
        self.push(ada, "Restore")
        ada.find("button", "Suspend…")
        bruno.key("Return")
        bruno.gone("dialog", "Sign In Again")
        bruno.gone(
            "label",
            "An administrator has suspended your account."
            " You can still read your messages on this computer.",
        )


if __name__ == "__main__":
    story.main()
