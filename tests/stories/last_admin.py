#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The only administrator cannot give up the role; with a second one they can, after a clear
question.
"""

import story
from administration import Administration


class LastAdmin(Administration):
    SIZE = "1000x760"

    def test(self):
        self.account("bruno")
        ada = self.admin("ada")
        self.open_administration(ada)
        self.open_person(ada, "ada")
        ada.find("label", "This is you")
        self.choose_role(ada, "Member")
        self.confirm(ada, "Step Down?", "Step Down")
        ada.find("label", "This server needs at least one administrator.")
        ada.find("label", "Administrator", inside=ada.find("combo box", "Role"))
        self.shot("refused")

        self.server.cli("user", "set-role", "bruno", "admin")
        self.choose_role(ada, "Member")
        ada.find(
            "label",
            lambda text: text.startswith(
                "You will no longer be an administrator. 1 administrator remains."
            ),
        )
        self.shot("asked")
        self.confirm(ada, "Step Down?", "Step Down")
        ada.find("label", "You are no longer an administrator of this server")
        ada.gone("page tab", "Administration")


if __name__ == "__main__":
    story.main()
