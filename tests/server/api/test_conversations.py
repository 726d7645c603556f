# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Direct conversations and groups, and what each member sets for them."""

import concurrent.futures
import sqlite3
import time

import shared
from client import Api, new_id
from confabd import Server


class Direct(shared.ApiTest):
    def create(self, api, expect, code=None, field=None, **members):
        body = {"client_id": new_id(), "kind": "direct", "user_ids": []} | members
        body = {name: value for name, value in body.items() if value is not ...}
        answer = api.call("createConversation", expect, code, json_body=body)
        if field:
            self.assertEqual(answer.json["field"], field)
        return answer

    def test_has_both(self):
        one, other = self.people(2)
        answer = self.create(one, 201, user_ids=[other.id])
        conversation = answer.json["conversation_id"]
        (row,) = answer.rows["conversations"]
        self.assertEqual(
            (row["id"], row["kind"], row["title"], row["last_seq"]),
            (conversation, "direct", None, 0),
        )
        members = {row["user_id"]: row for row in answer.rows["conversation_users"]}
        self.assertEqual(members.keys(), {one.id, other.id})
        for member in members.values():
            self.assertEqual((member["conversation_id"], member["left_at"]), (conversation, None))

    def test_one_per_pair_from_both_sides(self):
        one, other = self.people(2)
        first = self.create(one, 201, user_ids=[other.id]).json["conversation_id"]
        self.assertEqual(self.create(one, 200, user_ids=[other.id]).json["conversation_id"], first)
        self.assertEqual(self.create(other, 200, user_ids=[one.id]).json["conversation_id"], first)
        self.assertEqual(list(one.mirror().tables["conversations"]), [first])

    def test_both_at_the_same_moment(self):
        one, other = self.people(2)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            made = [
                pool.submit(self.create, api, (200, 201), user_ids=[peer.id])
                for api, peer in ((one, other), (other, one))
            ]
            answers = [future.result() for future in made]
        self.assertEqual(sorted(answer.status for answer in answers), [200, 201])
        self.assertEqual(len({answer.json["conversation_id"] for answer in answers}), 1)

    def test_exactly_one_other(self):
        one, other, third = self.people(3)
        for user_ids in ([], [other.id, third.id], [one.id]):
            with self.subTest(user_ids):
                self.create(one, 422, "invalid-field", "user_ids", user_ids=user_ids)

    def test_stays_one(self):
        one, other, third = self.people(3)
        conversation = one.direct(other)
        one.rename(conversation, "Us", expect=409, code="direct-conversation")
        one.add(conversation, third, expect=409, code="direct-conversation")
        one.leave(conversation, expect=409, code="direct-conversation")

    def test_repeated_client_id(self):
        one, other, third = self.people(3)
        client_id = new_id()
        first = self.create(one, 201, client_id=client_id, user_ids=[other.id])
        again = self.create(one, 200, client_id=client_id, user_ids=[other.id])
        self.assertEqual(first.json["conversation_id"], again.json["conversation_id"])
        self.create(one, 409, "client-id-reused", client_id=client_id, user_ids=[third.id])
        self.create(
            one, 409, "client-id-reused", client_id=client_id, kind="group", user_ids=[other.id]
        )

    def test_with_nobody_known(self):
        one = self.person()
        self.create(one, 404, "not-found", user_ids=[2**40])

    def test_members_must_fit(self):
        one, other = self.people(2)
        wrong = {
            "client_id": (
                ...,
                None,
                1,
                "",
                "x",
                "00000000-0000-0000-0000-00000000000",
                new_id().upper(),
                "{" + new_id() + "}",
                new_id() + "\0",
            ),
            "kind": (..., None, 1, "", "Direct", "channel", "direct\0"),
            "user_ids": (
                ...,
                None,
                1,
                "1",
                {},
                ["1"],
                [None],
                [1.5],
                [0],
                [-1],
                [2**63],
                [True],
                [[other.id]],
                [other.id, other.id],
            ),
            "title": (1, [], {}, True),
        }
        for member, values in wrong.items():
            for value in values:
                with self.subTest(member=member, value=value):
                    body = {"user_ids": [other.id]} | (
                        {"kind": "group"} if member == "title" else {}
                    )
                    self.create(one, 422, "invalid-field", member, **(body | {member: value}))


class Groups(shared.ApiTest):
    def test_made_with_people_and_title(self):
        one, other, third = self.people(3)
        group = one.group(other, third, title="  Plans  ")
        for person in (one, other, third):
            mirror = person.mirror()
            self.assertEqual(mirror.tables["conversations"][group]["title"], "Plans")
            self.assertEqual(mirror.tables["conversations"][group]["kind"], "group")
            self.assertEqual(
                {row["user_id"] for row in mirror.tables["conversation_users"].values()},
                {one.id, other.id, third.id},
            )

    def test_alone_and_without_title(self):
        one = self.person()
        for title in (None, "", "   ", "\u2800", "\u200b\n"):
            group = one.group(title=title)
            self.assertIsNone(one.mirror().tables["conversations"][group]["title"])

    def test_same_people_may_have_many(self):
        one, other = self.people(2)
        self.assertNotEqual(one.group(other), one.group(other))

    def test_repeated_client_id(self):
        one, other, third = self.people(3)
        body = {"client_id": new_id(), "kind": "group", "user_ids": [other.id], "title": "A"}
        first = one.call("createConversation", 201, json_body=body)
        self.assertEqual(
            one.call("createConversation", 200, json_body=body).json["conversation_id"],
            first.json["conversation_id"],
        )
        for change in (
            {"title": "B"},
            {"user_ids": [third.id]},
            {"user_ids": [other.id, third.id]},
        ):
            one.call("createConversation", 409, "client-id-reused", json_body=body | change)
        # Ids of another user are independent.
        other.call("createConversation", 201, json_body=body | {"user_ids": [one.id]})

    def test_rename(self):
        one, other = self.people(2)
        group = one.group(other, title="Before")
        (row,) = other.rename(group, "Afte\u0301r").rows["conversations"]
        self.assertEqual(row["title"], "Aft\u00e9r")
        self.assertEqual(one.mirror().tables["conversations"][group]["title"], "Aft\u00e9r")
        other.rename(group, None)
        self.assertIsNone(one.mirror().tables["conversations"][group]["title"])

    def test_title_rules(self):
        one = self.person()
        group = one.group(title="x" * 100)
        for title in ("x" * 101, "two\nlines", "bell\a", "\u202eright"):
            with self.subTest(title):
                self.assertEqual(
                    one.rename(group, title, expect=422, code="invalid-title").json["field"],
                    "title",
                )
                one.call(
                    "createConversation",
                    422,
                    "invalid-title",
                    json_body={
                        "client_id": new_id(),
                        "kind": "group",
                        "user_ids": [],
                        "title": title,
                    },
                )
        for title in (1, [], {}, True):
            with self.subTest(title):
                one.rename(group, title, expect=422, code="invalid-field")
        one.call("renameConversation", 422, "invalid-field", json_body={}, id=group)

    def test_add(self):
        one, other, third = self.people(3)
        group = one.group(other)
        one.send(group, "before third")
        rows = other.add(group, third, one).rows
        self.assertEqual([row["user_id"] for row in rows["conversation_users"]], [third.id])
        mirror = third.mirror()
        self.assertEqual(
            [row["content"] for row in mirror.tables["messages"].values()], ["before third"]
        )
        self.assertEqual(mirror.tables["read_positions"][group]["last_read_seq"], 1)
        self.assertEqual(other.add(group, third).rows.get("conversation_users", []), [])

    def test_add_nobody_known(self):
        one, other = self.people(2)
        group = one.group()
        one.call(
            "addMembers", 404, "not-found", json_body={"user_ids": [other.id, 2**40]}, id=group
        )
        self.assertNotIn(group, other.mirror().tables["conversations"])

    def test_add_members_must_fit(self):
        one = self.person()
        group = one.group()
        for user_ids in (None, 1, "1", {}, ["1"], [0], [2**63], [1.5]):
            with self.subTest(user_ids):
                one.call(
                    "addMembers", 422, "invalid-field", json_body={"user_ids": user_ids}, id=group
                )

    def test_leave_and_rejoin(self):
        one, other = self.people(2)
        group = one.group(other, title="Home")
        one.send(group, "first")
        mirror = other.mirror()
        (row,) = other.leave(group).rows["conversation_users"]
        self.assertEqual(row["user_id"], other.id)
        self.assertIsNotNone(row["left_at"])
        other.leave(group, expect=404, code="not-found")
        other.history(group, expect=404)
        other.call(
            "sendMessage",
            404,
            "not-found",
            json_body={"content": "x"},
            id=group,
            client_id=new_id(),
        )
        one.send(group, "while away")
        other.pull(mirror)
        self.assertNotIn(group, mirror.tables["conversations"])
        self.assertEqual(mirror.seqs(group), [])
        self.assertNotIn(one.id, mirror.tables["users"])

        one.add(group, other)
        other.pull(mirror)
        self.assertEqual(mirror.seqs(group), [1, 2])
        self.assertEqual(mirror.tables["read_positions"][group]["last_read_seq"], 2)
        self.assertEqual(mirror.tables, other.mirror().tables)
        again = [
            row
            for row in mirror.tables["conversation_users"].values()
            if row["user_id"] == other.id
        ]
        self.assertEqual([row["left_at"] for row in again], [None])
        other.send(group, "back")

    def test_last_one_may_leave(self):
        one = self.person()
        group = one.group()
        one.leave(group)
        self.assertEqual(one.mirror().tables["conversations"], {})

    def test_at_most_500(self):
        with Server() as server:
            one = Api(server).register()
            ids = self.crowd(server, 500)
            body = {"client_id": new_id(), "kind": "group", "user_ids": ids}
            one.call("createConversation", 409, "too-many-members", json_body=body)
            group = one.call(
                "createConversation", 201, json_body=body | {"user_ids": ids[1:]}
            ).json["conversation_id"]
            one.call("addMembers", 409, "too-many-members", json_body={"user_ids": ids}, id=group)
            self.assertEqual(len(one.mirror().tables["conversation_users"]), 500)
            one.close()

    def crowd(self, server, number):
        """Insert users who never signed in; registering each would take a minute in total."""
        server.stop()
        with sqlite3.connect(server.database) as database:
            database.executemany(
                "INSERT INTO users (id, username, email, password, created_at, role_id,"
                " username_key, email_key,"
                " username_look, created_rev, rev)"
                " VALUES (?1, 'x' || ?1, ?1 || '@x.example', '', 1, 2, 'x' || ?1, "
                " ?1 || '@x.example', 'x' || ?1, 1, 1)",
                [(n,) for n in range(1000, 1000 + number)],
            )
        database.close()
        server.start()
        return list(range(1000, 1000 + number))


class ForeignIsUnknown(shared.ApiTest):
    def test_same_answer_but_for_its_id(self):
        one, other, outsider = self.people(3)
        group = one.group(other, title="Ours")
        one.send(group, "ours")
        calls = (
            ("renameConversation", {"title": "Theirs"}),
            ("addMembers", {"user_ids": [outsider.id]}),
            ("leaveConversation", None),
            ("getMessages", None),
            ("sendMessage", {"content": "theirs"}),
            ("readConversation", {"last_read_seq": 1}),
        )
        for operation, body in calls:
            with self.subTest(operation):
                foreign = outsider.call(operation, 404, "not-found", json_body=body, id=group)
                unknown = outsider.call(operation, 404, "not-found", json_body=body, id=2**40)
                self.assertEqual(foreign.body, unknown.body)
                varying = {"date", "x-request-id"}
                self.assertEqual(
                    {k: v for k, v in foreign.headers.items() if k not in varying},
                    {k: v for k, v in unknown.headers.items() if k not in varying},
                )
        mirror = outsider.mirror()
        self.assertEqual(mirror.tables["conversations"], {})
        self.assertEqual(list(mirror.tables["users"]), [outsider.id])
        self.assertEqual(one.whole_history(group)[-1]["content"], "ours")

    def test_odd_ids(self):
        one = self.person()
        for odd in ("0", "-1", "x", "1.0", "9" * 30, "%2e%2e", "%ff", "1 DROP".replace(" ", "%20")):
            for operation in ("getMessages", "leaveConversation"):
                with self.subTest(odd, operation=operation):
                    one.call(operation, 404, "not-found", id=odd)


class Settings(shared.ApiTest):
    def setUp(self):
        super().setUp()
        self.one, self.other = self.people(2)
        self.conversation = self.one.group(self.other)

    def settings(self, user):
        return user.mirror().tables["conversation_settings"].get(self.conversation)

    def test_answer_is_the_row(self):
        (row,) = self.one.change_settings(self.conversation, "none").rows["conversation_settings"]
        self.assertEqual((row["notify"], row["muted_until"]), ("none", None))
        self.assertEqual(row, self.settings(self.one))

    def test_muted_for_a_time(self):
        before = time.time() * 1000
        answer = self.one.change_settings(self.conversation, mute_for=3600)
        (row,) = answer.rows["conversation_settings"]
        self.assertEqual(row["notify"], "all")
        self.assertLessEqual(before + 3_590_000, row["muted_until"])
        self.assertLessEqual(row["muted_until"], time.time() * 1000 + 3_610_000)
        (row,) = self.one.change_settings(self.conversation).rows["conversation_settings"]
        self.assertIsNone(row["muted_until"])

    def test_reaches_ones_other_devices_only(self):
        cursors = [user.mirror().cursor for user in (self.one, self.other)]
        with self.one.stream(cursors[0]) as stream:
            stream.until_ready()
            self.one.change_settings(self.conversation, "none")
            stream.until(lambda frame: frame.get("rows", {}).get("conversation_settings"))
        self.assertEqual(len(self.one.sync(cursors[0]).rows["conversation_settings"]), 1)
        self.assertEqual(self.other.sync(cursors[1]).rows, {})
        self.assertIsNone(self.settings(self.other))

    def test_must_fit(self):
        for notify in (None, "some", "", 1, []):
            with self.subTest(notify):
                self.one.change_settings(
                    self.conversation, notify, expect=422, code="invalid-field"
                )
        for seconds in (0, -1, 1.5, "60", 367 * 24 * 3600, 2**70):
            with self.subTest(seconds):
                self.one.change_settings(
                    self.conversation, mute_for=seconds, expect=422, code="invalid-field"
                )
        self.assertIsNone(self.settings(self.one))

    def test_outlive_leaving(self):
        self.other.change_settings(self.conversation, "none")
        cursor = self.other.mirror().cursor
        self.other.leave(self.conversation)
        self.other.change_settings(self.conversation, expect=404)
        self.assertIsNone(self.settings(self.other))
        self.one.add(self.conversation, self.other)
        self.assertEqual(self.settings(self.other)["notify"], "none")
        (row,) = self.other.sync(cursor).rows["conversation_settings"]
        self.assertEqual(row["notify"], "none")
