#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An administrator makes a user an administrator and takes the role back; the user's window follows
at once.
"""

import story
from administration import Administration


class RoleSwitch(Administration):
    def test(self):
        self.account("bruno")
        ada = self.admin("ada")
        bruno = self.signed_in("bruno")
        self.open_preferences(bruno)
        bruno.find("list item", "Username")
        self.assertIsNone(bruno.look("page tab", "Administration"))

        self.open_administration(ada)
        self.open_person(ada, "bruno")
        self.choose_role(ada, "Administrator")
        ada.find(
            "label",
            lambda text: text.startswith("bruno will be able to do everything that you can")
            and text.endswith("There will be 2 administrators."),
        )
        self.shot("promotion")
        self.confirm(ada, "Change Role?", "Change Role")
        self.give_password(ada)
        bruno.find("page tab", "Administration")
        ada.find("list item", "Role Changed")
        ada.find("label", "Change back to “Member”, possible for 10 more minutes")
        self.shot("undo")

        self.push(bruno, "Administration", "page tab")
        bruno.find("list item", "People")
        self.push(ada, "Undo")
        bruno.find("label", "You are no longer an administrator of this server")
        bruno.gone("page tab", "Administration")
        bruno.gone("list item", "People")
        ada.gone("list item", "Role Changed")
        self.shot("undone")

        # The password was confirmed just before, so it is not asked for again.
        self.choose_role(ada, "Moderator")
        self.confirm(ada, "Change Role?", "Change Role")
        ada.find("list item", "Role Changed")
        self.choose_role(ada, "Member")
        ada.find("label", "bruno will no longer be able to remove other people’s messages.")
        self.confirm(ada, "Change Role?", "Cancel")
        ada.find("label", "Moderator", inside=ada.find("combo box", "Role"))


if __name__ == "__main__":
    story.main()
