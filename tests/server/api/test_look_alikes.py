# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that look like an existing one or that mix similar scripts are refused."""

import shared
from client import PASSWORD, new_number
from confabd import ServerError

# Latin letters and the Cyrillic ones that look like them.
CYRILLIC = str.maketrans("aceopsxyi", "асеорѕхуі")


class LookAlikes(shared.ApiTest):
    def register(self, username, expect, code=None):
        number = new_number()
        return self.stranger().call(
            "register",
            expect,
            code,
            json_body={
                "username": username,
                "email": f"look{number}@mail.example",
                "password": PASSWORD,
                "device_name": "t",
            },
        )

    def names(self):
        """Return a name of letters that also exist in Cyrillic, and its Cyrillic look-alike."""
        letters = "".join("acesopyx"[int(digit)] for digit in f"{new_number():o}".zfill(6))
        return letters, letters.translate(CYRILLIC)

    def test_registering(self):
        name, look_alike = self.names()
        self.person(username=name)
        self.register(look_alike, 409, "username-look-alike")
        self.register(look_alike[0] + name[1:], 422, "username-mixed")
        self.register(name, 409, "username-taken")
        self.register(name + "-junior", 201)

    def test_renaming(self):
        name, look_alike = self.names()
        self.person(username=name)
        other = self.person()
        other.call("changeProfile", 409, "username-look-alike", json_body={"username": look_alike})
        other.call(
            "changeProfile", 422, "username-mixed", json_body={"username": look_alike[0] + name[1:]}
        )
        self.assertFalse(other.call("getUsername", username=look_alike).json["available"])
        other.call("getUsername", 422, "username-mixed", username=look_alike[0] + name[1:])
        # Users may change the case of their own name.
        other.call("changeProfile", json_body={"username": other.name.upper()})

    def test_a_name_that_is_given_up(self):
        name, look_alike = self.names()
        person = self.person(username=name)
        person.call("deleteAccount", 204, json_body={"password": PASSWORD})
        self.register(look_alike, 201)

    def test_command_line(self):
        name, look_alike = self.names()
        self.person(username=name)
        with self.assertRaisesRegex(ServerError, "looks like"):
            self.server.cli(
                "user", "add", look_alike, f"look{new_number()}@mail.example", stdin=PASSWORD + "\n"
            )
        with self.assertRaisesRegex(ServerError, "mix"):
            self.server.cli(
                "user",
                "add",
                look_alike[0] + name[1:],
                f"look{new_number()}@mail.example",
                stdin=PASSWORD + "\n",
            )

    def test_names_of_many_scripts(self):
        number = new_number()
        for name in (
            f"иван{number}",
            f"ελένη{number}",
            f"山田{number}",
            f"김{number}",
            f"עדה{number}",
            f"müller{number}",
        ):
            self.register(name, 201)
