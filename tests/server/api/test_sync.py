# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pulling: a mirror built by deltas equals one built from scratch and holds only what the user may
see.
"""

import random

import shared
from client import Mirror, new_number


class Sync(shared.ApiTest):
    def test_fresh_one_has_oneself_and_the_roles(self):
        person = self.person()
        page = person.sync().json
        self.assertIsNone(page["from"])
        self.assertFalse(page["has_more"])
        self.assertEqual(page["rows"]["users"], [person.user])
        self.assertLessEqual(
            {"admin", "moderator", "user"}, {row["rolename"] for row in page["rows"]["roles"]}
        )
        for name in ("conversations", "conversation_users", "messages", "read_positions"):
            self.assertEqual(page["rows"].get(name, []), [])

    def test_nothing_new(self):
        person = self.person()
        mirror = person.mirror()
        page = person.sync(mirror.cursor).json
        self.assertEqual(page["from"], mirror.cursor)
        self.assertFalse(page["has_more"])
        self.assertEqual({name: part for name, part in page["rows"].items() if part}, {})

    def test_delta(self):
        one, other = self.people(2)
        mirror = other.mirror()
        conversation = one.direct(other)
        row = one.send(conversation, "hello")
        page = other.sync(mirror.cursor).json
        mirror.apply_page(page)
        self.assertEqual(page["rows"]["messages"], [row])
        self.assertEqual(
            {user["id"] for user in mirror.tables["users"].values()}, {one.id, other.id}
        )
        self.assertEqual(mirror.tables, other.mirror().tables)
        second = one.send(conversation, "again")
        rows = other.sync(mirror.cursor).rows
        self.assertEqual(rows["messages"], [second])
        self.assertEqual(rows["conversations"][0]["last_seq"], 2)

    def test_answers_carry_what_a_pull_would(self):
        """After the rows of an answer are applied, the next pull changes nothing of them."""
        one, other, third = self.people(3)
        mirror = one.mirror()
        for act in (
            lambda: one.call(
                "createConversation",
                201,
                json_body={
                    "client_id": "11111111-1111-4111-8111-%012d" % new_number(),
                    "kind": "group",
                    "user_ids": [other.id],
                    "title": "T",
                },
            ).rows,
            lambda: one.rename(self.group, "U").rows,
            lambda: one.add(self.group, third).rows,
            lambda: {"messages": [one.send(self.group, "x")]},
            lambda: one.read(self.group, 1).rows,
            lambda: one.leave(self.group).rows,
        ):
            mirror.apply(act())
            self.group = next(iter(mirror.tables["conversations"]), None)
            if self.group:
                kept = {name: dict(table) for name, table in mirror.tables.items()}
                one.pull(mirror)
                for name in ("conversation_users", "messages", "read_positions"):
                    self.assertEqual(mirror.tables[name].keys(), kept[name].keys(), name)
        self.assertIsNone(self.group)

    def test_small_limits_give_the_same(self):
        one, other = self.people(2)
        for n in range(8):
            group = one.group(other, title=f"Group {n}")
            for m in range(6):
                (one, other)[m % 2].send(group, f"{n} {m}")
        whole = other.mirror()
        for limit in (1, 2, 3, 7, 1000):
            with self.subTest(limit):
                mirror = Mirror(other.id)
                pages = other.pull(mirror, limit)
                self.assertEqual(mirror.tables, whole.tables)
                self.assertEqual(mirror.cursor, whole.cursor)
                if limit < 10:
                    self.assertGreater(pages, 1)

    def test_limits(self):
        person = self.person()
        for limit in (0, -1, 1001, "x", "", 2**70):
            with self.subTest(limit):
                person.sync(limit=limit, expect=422, code="invalid-field")

    def test_gained_brings_thirty_newest(self):
        one, other = self.people(2)
        group = one.group(title="Long")
        for n in range(40):
            one.send(group, f"message {n}")
        mirror = other.mirror()
        one.add(group, other)
        other.pull(mirror)
        self.assertEqual(mirror.seqs(group), list(range(11, 41)))
        mirror.apply({"messages": other.whole_history(group)})
        self.assertEqual(mirror.seqs(group), list(range(1, 41)))
        self.assertEqual(mirror.tables, other.mirror().tables)

    def test_gained_while_paging(self):
        """A conversation joined after the cursor arrives complete, however the pages are cut."""
        one, other = self.people(2)
        early = one.group(other)
        for n in range(10):
            one.send(early, f"early {n}")
        mirror = Mirror(other.id)
        mirror.apply_page(other.sync(None, 1).json)
        late = one.group(title="Late")
        one.send(late, "late")
        one.add(late, other)
        one.send(early, "early again")
        other.pull(mirror, 1)
        self.assertEqual(mirror.tables, other.mirror().tables)

    def test_lost(self):
        one, other, third = self.people(3)
        group, kept = one.group(other, third), one.direct(other)
        one.send(group, "x")
        mirror = other.mirror()
        other.leave(group)
        one.send(group, "not for other")
        rows = other.sync(mirror.cursor).rows
        (row,) = [row for row in rows["conversation_users"] if row["user_id"] == other.id]
        self.assertEqual(row["conversation_id"], group)
        self.assertNotIn("not for other", str(rows))
        other.pull(mirror)
        self.assertEqual(list(mirror.tables["conversations"]), [kept])
        self.assertNotIn(third.id, mirror.tables["users"])
        self.assertEqual(mirror.tables, other.mirror().tables)

    def test_gained_and_lost_between_two_pulls(self):
        one, other = self.people(2)
        mirror = other.mirror()
        group = one.group(other)
        one.send(group, "x")
        other.leave(group)
        one.send(group, "y")
        other.pull(mirror)
        self.assertEqual(mirror.tables["conversations"], {})
        self.assertEqual(mirror.tables, other.mirror().tables)

    def test_who_left_stays_known_to_those_who_are_in(self):
        one, other, third = self.people(3)
        group = one.group(other, third)
        other.send(group, "I am leaving")
        other.leave(group)
        mirror = third.mirror()
        self.assertEqual(
            {
                row["user_id"]: row["left_at"] is None
                for row in mirror.tables["conversation_users"].values()
            },
            {one.id: True, other.id: False, third.id: True},
        )
        self.assertIn(other.id, mirror.tables["users"])

    def test_large_messages_cut_the_page(self):
        """A page is cut after 256 KiB; 20 texts of 30 kB are more than twice that."""
        one, other = self.people(2)
        conversation = one.direct(other)
        mirror = other.mirror()
        for n in range(20):
            one.send(conversation, "語" * 9_990 + f" {n}")
        pages = other.pull(mirror)
        self.assertGreater(pages, 1)
        self.assertEqual(mirror.seqs(conversation), list(range(1, 21)))

    def test_cursors_that_are_none(self):
        person = self.person()
        cursor = person.sync().json["to"]
        epoch, rev = cursor.split(":")
        for odd in (
            "x",
            ":",
            f"{epoch}:",
            f"{epoch}:-1",
            f"{epoch}:x",
            f"{epoch}:{int(rev) + 10**9}",
            f"other:{rev}",
            f"{epoch}:{2**70}",
            f"{epoch}:{rev} ",
            "x" * 5000,
            "💣",
            f"{epoch}:0x1",
            f"{epoch}:+{rev}",
        ):
            with self.subTest(odd[:40]):
                person.sync(odd, expect=410, code="cursor-too-old")


class DeltaEqualsFresh(shared.ApiTest):
    """Random commands by several users, each of whom pulls at times in pages of any size."""

    def test_random_commands(self):
        seed = random.randrange(2**32)
        chance = random.Random(seed)
        people = self.people(4)
        chief = self.admin().verify()
        self.addCleanup(chief.call, "labelRole", json_body={"label": None}, id=3)
        mirrors = {person.id: Mirror(person.id) for person in people}
        groups = []
        for step in range(160):
            with self.subTest(seed=seed, step=step):
                self.act(chance, people, groups, chief, "suspend")
                for person in people:
                    if chance.random() < 0.3:
                        person.pull(mirrors[person.id], chance.choice((None, 1, 2, 5, 50)))
        for person in people:
            with self.subTest(seed=seed, person=person.name):
                mirror = mirrors[person.id]
                person.pull(mirror)
                for conversation in mirror.tables["conversations"]:
                    mirror.apply({"messages": person.whole_history(conversation)})
                    last = mirror.tables["conversations"][conversation]["last_seq"]
                    self.assertEqual(mirror.seqs(conversation), list(range(1, last + 1)))
                self.assertEqual(mirror.tables, person.mirror().tables)

    def act(self, chance, people, groups, chief, *more):
        person, other = chance.sample(people, 2)
        group = chance.choice(groups) if groups else None
        may_be = (200, 201, 404, 409)
        kind = chance.choice(
            ["send"] * 8
            + ["read"] * 3
            + ["leave", "add", "add", "rename", "group", "direct", "role", "label", *more]
        )
        if kind == "group":
            groups.append(
                person.group(
                    *[one for one in people if one is not person and chance.random() < 0.5]
                )
            )
        elif kind == "direct":
            groups.append(person.direct(other, expect=(200, 201)))
        elif kind == "role":
            now = chief.person(other).json["user"]["role_id"]
            chief.change_role(other, chance.choice((1, 2, 3)), now)
        elif kind == "label":
            chief.call(
                "labelRole",
                json_body={"label": chance.choice((None, f"Label {new_number()}"))},
                id=3,
            )
        elif kind == "suspend":
            chief.change_state(other, "suspended", "active")
            chief.change_state(other, "active", "suspended")
            other.sign_in(other.name)
        elif group is None:
            return
        elif kind == "send":
            person.send(group, f"text {new_number()}", expect=may_be)
        elif kind == "read":
            person.read(group, chance.randrange(30), expect=may_be)
        elif kind == "leave":
            person.leave(group, expect=may_be)
        elif kind == "add":
            person.add(group, other, expect=may_be)
        else:
            person.rename(group, f"Title {new_number()}", expect=may_be)


class Privacy(shared.ApiTest):
    def test_strangers_stay_unknown(self):
        one, other, outsider = self.people(3)
        group = one.group(other, title="Private title")
        one.send(group, "private text")
        mirror = outsider.mirror()
        self.assertEqual(mirror.tables["conversations"], {})
        self.assertEqual(mirror.tables["messages"], {})
        self.assertEqual(list(mirror.tables["users"]), [outsider.id])

    def test_only_one_owns_an_email(self):
        one, other = self.people(2)
        one.direct(other)
        for person, peer in ((one, other), (other, one)):
            users = person.mirror().tables["users"]
            self.assertEqual(users[person.id]["email"], person.user["email"])
            self.assertNotIn("email", users[peer.id])

    def test_read_positions_are_ones_own(self):
        one, other = self.people(2)
        conversation = one.direct(other)
        one.send(conversation, "x")
        one.read(conversation, 1)
        self.assertEqual(other.mirror().tables["read_positions"], {})
