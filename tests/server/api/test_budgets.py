# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much a signed-in user may write is limited, for each user separately."""

import time

import shared
from client import PASSWORD, Api, new_id, new_number, png
from confabd import Server
from contract import CONTRACT

# Signing out must always be possible, and is limited by the number of sessions.
FREE = {"endSession"}
# The longest text: 10,000 characters of four bytes.
LONG = "\N{GRINNING FACE}" * 10000
HOURLY = (
    "messages",
    "reads",
    "conversation_changes",
    "additions",
    "profile_changes",
    "other_changes",
)


def writing():
    """Return the operations that change something and require a session."""
    return [
        operation
        for operation in CONTRACT.operations.values()
        if operation.verb != "GET" and not operation.open and operation.id not in FREE
    ]


class Budgets(shared.ApiTest):
    def serve(self, **limits):
        self.server = Server(*(("limits", key, value) for key, value in limits.items())).start()
        self.addCleanup(self.server.close)
        return self.person()

    def tearDown(self):
        pass  # the test has its own server

    def throttled(self, api, operation_id, **request):
        answer = api.call(operation_id, 429, "throttled", **request)
        self.assertEqual(int(answer.headers["retry-after"]), answer.json["retry_after"])
        self.assertGreaterEqual(answer.json["retry_after"], 1)
        return answer.json["retry_after"]

    def test_every_change_is_bounded(self):
        person = self.serve(**{f"{name}_per_hour": 1 for name in HOURLY})
        for operation in writing():
            self.assertIn(
                "429", operation.responses, f"{operation.id} is not documented as throttled"
            )
            request = (
                {"body": png(), "headers": {"Content-Type": "image/png"}}
                if operation.id == "setPicture"
                else {"json_body": {}} if operation.takes_body else {}
            )
            target = CONTRACT.sample_path(operation)
            person.request(operation.verb, target, **request)  # there is one already
            self.throttled(person, operation.id, **request)
        # The user can still read, and another user can still write.
        person.call("getMe")
        person.sync()
        self.person().group(title="mine")

    def test_messages(self):
        person = self.serve(messages_per_hour=20)
        conversation = person.group()
        ids = [new_id() for _ in range(20)]
        for client_id in ids:
            person.send(conversation, "hello", client_id)
        wait = self.throttled(
            person,
            "sendMessage",
            id=conversation,
            client_id=new_id(),
            json_body={"content": "more"},
        )
        self.assertLessEqual(wait, 180)
        # The limit counts per user, not per session.
        other = self.stranger().sign_in(person.name)
        self.throttled(
            other, "sendMessage", id=conversation, client_id=new_id(), json_body={"content": "more"}
        )
        self.assertEqual(len(person.whole_history(conversation)), 20)

    def test_a_refusal_costs_nothing(self):
        """What a second budget refuses is not taken from the first one."""
        person = self.serve(messages_per_hour=30, text_per_hour=1)
        conversation = person.group()
        for _ in range(25):
            person.send(conversation, LONG)
        for _ in range(10):
            self.throttled(
                person,
                "sendMessage",
                id=conversation,
                client_id=new_id(),
                json_body={"content": LONG},
            )
        for _ in range(5):
            person.send(conversation, "short")

        person = self.serve(conversation_changes_per_hour=3, additions_per_hour=2)
        group = person.group(*self.people(2))
        late = self.person()
        for _ in range(5):
            self.throttled(person, "addMembers", id=group, json_body={"user_ids": [late.id]})
            self.throttled(
                person,
                "createConversation",
                json_body={"client_id": new_id(), "kind": "group", "user_ids": [late.id]},
            )
        person.call("renameConversation", id=group, json_body={"title": "One"})
        person.call("renameConversation", id=group, json_body={"title": "Two"})

    def test_it_goes_on(self):
        """After the announced wait, writing works again."""
        person = self.serve(messages_per_hour=3600)
        conversation = person.group()
        sent = 0
        while sent < 4000:
            answer = person.send(conversation, "hello", expect=(201, 429))
            if not isinstance(answer, dict):
                break
            sent += 1
        self.assertGreaterEqual(sent, 3600)
        self.assertLessEqual(answer.json["retry_after"], 2)
        time.sleep(answer.json["retry_after"])
        person.send(conversation, "after waiting")

    def test_additions(self):
        person = self.serve(additions_per_hour=5)
        people = self.people(6)
        group = person.group(*people[:4])
        self.throttled(
            person,
            "addMembers",
            id=group,
            json_body={"user_ids": [other.id for other in people[4:]]},
        )
        person.add(group, people[4])
        self.throttled(person, "addMembers", id=group, json_body={"user_ids": [people[5].id]})
        self.throttled(
            person,
            "createConversation",
            json_body={"client_id": new_id(), "kind": "group", "user_ids": [people[5].id]},
        )

    def test_text_by_the_hour(self):
        person = self.serve(text_per_hour=1)
        conversation = person.group()
        for _ in range(25):
            person.send(conversation, LONG)
        self.throttled(
            person, "sendMessage", id=conversation, client_id=new_id(), json_body={"content": LONG}
        )

    def test_text_in_all(self):
        person = self.serve(text_per_hour=100, text_per_person=1)
        conversation = person.group()
        ids = [new_id() for _ in range(26)]
        for client_id in ids:
            person.send(conversation, LONG, client_id)
        body = {"id": conversation, "client_id": new_id(), "json_body": {"content": LONG}}
        answer = person.call("sendMessage", 507, "storage-full", **body)
        self.assertGreater(answer.json["retry_after"], 60)
        person.send(conversation, "a short one has room")
        # Repeating a message that is stored is free.
        person.send(conversation, LONG, ids[0], expect=200)
        # A message removed by a moderator no longer counts.
        self.server.cli("user", "set-role", person.name, "moderator")
        person.call("removeMessage", id=conversation, message=1)
        person.call("sendMessage", 201, **body)
        self.server.cli("check")

    def test_sessions(self):
        person = self.serve(sessions_per_user=3)
        others = [self.stranger().sign_in(person.name) for _ in range(3)]
        person.call("getMe", 401, "not-signed-in")
        for other in others:
            other.call("getMe")
        self.assertEqual(len(others[0].call("listSessions").json["sessions"]), 3)
        # A stream of the ended session no longer counts either.
        with others[0].stream(others[0].sync().json["to"]) as stream:
            stream.until_ready()
            for _ in range(3):
                self.stranger().sign_in(person.name)
            self.assertEqual(stream.closed(), 1008)

    def test_ordinary_heavy_use(self):
        """The defaults allow 200 messages at once, a group of a hundred, a hundred groups, and
        reading along.
        """
        person = self.serve(registrations_per_hour=1000)
        people = self.people(20)
        groups = [person.group(*people, title=f"Group {number}") for number in range(100)]
        for number in range(200):
            person.send(groups[number % 100], f"message {number}")
        for group in groups:
            person.read(group, 1)
        for number in range(20):
            person.call("changeProfile", json_body={"about": f"About {number}"})

    def test_a_strangers_address_is_no_budget(self):
        """Two users behind one address have separate budgets."""
        self.serve(messages_per_hour=1)
        address = self.person().address
        first, second = (Api(self.server, address) for _ in range(2))
        for api in (first, second):
            number = new_number()
            api.register(f"neighbour{number}", f"neighbour{number}@mail.example", PASSWORD)
            api.send(api.group(), "the one")
