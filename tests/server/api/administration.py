# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shared by the tests of what administrators do."""

import shared
from client import PASSWORD


ADMIN, USER, MODERATOR = 1, 2, 3
WRONG = PASSWORD + "!"


class Administration(shared.ApiTest):
    def setUp(self):
        super().setUp()
        self.chief = self.admin()

    def entries(self, person, *actions):
        """Return the audit entries about a person, oldest first."""
        return [
            entry
            for entry in self.chief.audit(query=person.name)[::-1]
            if entry["target_id"] == person.id and (not actions or entry["action"] in actions)
        ]
