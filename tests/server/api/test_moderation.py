# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What moderators may do in their conversations, and what other members see of it."""

import shared
from client import Mirror, new_id


class Moderation(shared.ApiTest):
    def setUp(self):
        super().setUp()
        self.moderator, self.author, self.reader = self.people(3)
        self.server.cli("user", "set-role", self.moderator.name, "moderator")
        self.group = self.moderator.group(self.author, self.reader, title="Plans")

    def remove(self, api, seq, expect=200, code=None):
        return api.call("removeMessage", expect, code, id=self.group, message=seq)

    def expel(self, api, person, expect=200, code=None, conversation=None):
        return api.call(
            "removeMember", expect, code, id=conversation or self.group, user_id=person.id
        )


class Messages(Moderation):
    def test_leaves_a_tombstone_for_everyone(self):
        sent = self.author.send(self.group, "something unkind")
        mirror = Mirror(self.reader.id)
        self.reader.pull(mirror)
        (row,) = self.remove(self.moderator, sent["seq"]).rows["messages"]
        self.assertEqual(row["content"], "")
        self.assertGreaterEqual(row["removed_at"], sent["sent_at"])
        self.assertGreater(row["rev"], sent["rev"])
        self.assertEqual(
            {**row, "content": None, "removed_at": None, "rev": None},
            {**sent, "content": None, "removed_at": None, "rev": None},
        )
        self.reader.pull(mirror)
        self.assertEqual(mirror.tables["messages"][sent["id"]], row)
        self.assertEqual(self.author.history(self.group).rows["messages"], [row])
        self.assertEqual(self.author.mirror().tables["messages"][sent["id"]], row)

    def test_reaches_streams(self):
        sent = self.author.send(self.group, "something unkind")
        mirror = Mirror(self.reader.id)
        self.reader.pull(mirror)
        with self.reader.stream(mirror=mirror) as stream:
            stream.until_ready()
            self.remove(self.moderator, sent["seq"])
            stream.until(
                lambda frame: [
                    row for row in frame.get("rows", {}).get("messages", ()) if row["removed_at"]
                ]
            )
        self.assertEqual(mirror.tables["messages"][sent["id"]]["content"], "")

    def test_twice_is_once(self):
        sent = self.author.send(self.group, "x")
        first = self.remove(self.moderator, sent["seq"]).rows
        self.assertEqual(self.remove(self.moderator, sent["seq"]).rows, first)
        notices = [
            row
            for row in self.author.mirror().tables["notices"].values()
            if row["action"] == "message-removed"
        ]
        self.assertEqual(
            [(row["actor"], row["by_self"]) for row in notices], [(self.moderator.name, False)]
        )

    def test_sending_again_does_not_bring_it_back(self):
        client_id = new_id()
        sent = self.author.send(self.group, "x", client_id=client_id)
        (row,) = self.remove(self.moderator, sent["seq"]).rows["messages"]
        for text in ("x", "y"):
            self.assertEqual(
                self.author.send(self.group, text, client_id=client_id, expect=200), row
            )
        self.assertEqual(self.author.history(self.group).rows["messages"], [row])

    def test_who_may(self):
        outsider = self.person()
        self.server.cli("user", "set-role", outsider.name, "admin")
        sent = self.author.send(self.group, "x")
        self.remove(self.author, sent["seq"], 403, "forbidden")
        self.remove(self.reader, sent["seq"], 403, "forbidden")
        self.remove(outsider, sent["seq"], 404, "not-found")
        self.remove(self.stranger(), sent["seq"], 401, "not-signed-in")
        self.remove(self.moderator, sent["seq"] + 1, 404, "not-found")
        self.remove(self.moderator, "nonsense", 404, "not-found")
        self.assertEqual(self.reader.history(self.group).rows["messages"], [sent])

    def test_at_once_when_the_role_changes(self):
        sent = self.author.send(self.group, "x")
        self.server.cli("user", "set-role", self.moderator.name, "user")
        self.remove(self.moderator, sent["seq"], 403, "forbidden")
        self.server.cli("user", "set-role", self.reader.name, "moderator")
        self.remove(self.reader, sent["seq"])

    def test_in_a_conversation_of_two(self):
        self.group = self.moderator.direct(self.author)
        sent = self.author.send(self.group, "x")
        self.remove(self.moderator, sent["seq"])


class Members(Moderation):
    def test_is_like_having_left(self):
        self.author.send(self.group, "x")
        mirror = Mirror(self.author.id)
        self.author.pull(mirror)
        (row,) = self.expel(self.moderator, self.author).rows["conversation_users"]
        self.assertEqual(row["user_id"], self.author.id)
        self.assertIsNotNone(row["left_at"])
        self.assertEqual(row["removed_by"], self.moderator.id)
        self.author.pull(mirror)
        self.assertNotIn(self.group, mirror.tables["conversations"])
        self.assertEqual(mirror.seqs(self.group), [])
        self.author.history(self.group, expect=404, code="not-found")
        self.author.call(
            "sendMessage",
            404,
            "not-found",
            json_body={"content": "x"},
            id=self.group,
            client_id=new_id(),
        )
        (notice,) = [
            row for row in mirror.tables["notices"].values() if row["action"] == "member-removed"
        ]
        self.assertEqual((notice["actor"], notice["new"]), (self.moderator.name, "Plans"))
        self.assertEqual(
            [row["content"] for row in self.reader.history(self.group).rows["messages"]], ["x"]
        )

    def test_reaches_streams_of_both(self):
        gone, stays = Mirror(self.author.id), Mirror(self.reader.id)
        self.author.pull(gone)
        self.reader.pull(stays)

        def left(frame):
            return [
                row for row in frame.get("rows", {}).get("conversation_users", ()) if row["left_at"]
            ]

        with self.author.stream(mirror=gone) as one, self.reader.stream(mirror=stays) as other:
            one.until_ready()
            other.until_ready()
            self.expel(self.moderator, self.author)
            one.until(left)
            other.until(left)
        self.assertNotIn(self.group, gone.tables["conversations"])
        self.assertIn(self.group, stays.tables["conversations"])

    def test_twice_is_once(self):
        first = self.expel(self.moderator, self.author).rows
        self.assertEqual(self.expel(self.moderator, self.author).rows, first)

    def test_can_be_added_again(self):
        self.expel(self.moderator, self.author)
        self.reader.add(self.group, self.author)
        mirror = self.author.mirror()
        self.assertIn(self.group, mirror.tables["conversations"])
        (own,) = [
            row
            for row in mirror.tables["conversation_users"].values()
            if row["user_id"] == self.author.id
        ]
        self.assertEqual((own["left_at"], own["removed_by"]), (None, None))

    def test_leaving_is_nobodys_doing(self):
        (row,) = self.author.leave(self.group).rows["conversation_users"]
        self.assertIsNone(row["removed_by"])
        # Removing oneself means leaving; removing a user who has left changes nothing.
        self.assertEqual(self.expel(self.moderator, self.author).rows["conversation_users"], [row])
        (row,) = self.expel(self.moderator, self.moderator).rows["conversation_users"]
        self.assertIsNone(row["removed_by"])

    def test_says_by_whom_to_who_never_met_them(self):
        """The moderator joined after the removed user last received the members."""
        mirror = Mirror(self.author.id)
        self.author.pull(mirror)
        late = self.person()
        self.server.cli("user", "set-role", late.name, "moderator")
        self.reader.add(self.group, late)
        self.expel(late, self.author)
        page = self.author.sync(mirror.cursor).json["rows"]
        (row,) = [row for row in page["conversation_users"] if row["user_id"] == self.author.id]
        self.assertEqual(row["removed_by"], late.id)
        self.assertIn(late.name, [row["username"] for row in page["users"]])

    def test_what_was_sent_before_stays_sent(self):
        """The answer was lost, and the sender was removed before repeating the request."""
        client_id = new_id()
        sent = self.author.send(self.group, "said", client_id)
        self.expel(self.moderator, self.author)
        rows = self.author.call(
            "sendMessage", 200, json_body={"content": "said"}, id=self.group, client_id=client_id
        ).rows
        self.assertEqual(rows["messages"], [sent])
        self.assertNotIn("conversations", {name for name, found in rows.items() if found})
        self.author.call(
            "sendMessage",
            404,
            "not-found",
            json_body={"content": "something else"},
            id=self.group,
            client_id=client_id,
        )
        self.reader.call(
            "sendMessage", 201, json_body={"content": "said"}, id=self.group, client_id=client_id
        )

    def test_who_may(self):
        outsider = self.person()
        self.server.cli("user", "set-role", outsider.name, "admin")
        self.expel(self.reader, self.author, 403, "forbidden")
        self.expel(outsider, self.author, 404, "not-found")
        self.expel(self.stranger(), self.author, 401, "not-signed-in")
        self.expel(self.moderator, outsider, 404, "not-found")

    def test_not_from_a_conversation_of_two(self):
        conversation = self.moderator.direct(self.author)
        self.expel(self.moderator, self.author, 409, "direct-conversation", conversation)
