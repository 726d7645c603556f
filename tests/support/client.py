# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A strict client of confabd: it checks every answer and frame against docs/openapi.yaml."""

import http.client
import itertools
import json
import re
import socket
import threading
import urllib.parse
import uuid
import zlib

import websockets.sync.client
from websockets.exceptions import ConnectionClosed

from confabd import PATIENCE
from contract import CONTRACT

PASSWORD = "correct horse battery staple"
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.example\b")

_numbers = itertools.count(1)
_addresses = itertools.count(1)
_lock = threading.Lock()

# Texts that no answer may contain: every password used by a test.
SECRETS = {PASSWORD, "$argon2"}


def new_number():
    with _lock:
        return next(_numbers)


def new_address():
    """Return an unused loopback address, because the server limits requests by address."""
    with _lock:
        number = next(_addresses)
    return f"127.{1 + number // 62500}.{number // 250 % 250}.{1 + number % 250}"


def new_id():
    return str(uuid.uuid4())


def png(width=8, height=8, *, data=b"x", tail=b"", header="IHDR", end="IEND"):
    """Return a file in PNG format."""

    def chunk(kind, content):
        body = kind.encode() + content
        return len(content).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(header, size + b"\x08\x06\0\0\0")
        + chunk("IDAT", zlib.compress(data))
        + chunk(end, b"")
        + tail
    )


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def rows(self):
        return self.json["rows"]

    @property
    def code(self):
        return self.json["code"]


class Api:
    """A session, or a client without one. Not safe to share between threads."""

    def __init__(self, server, address=None):
        self.server = server
        self.address = address or new_address()
        self.token = None
        self.user = None
        self.administers = False  # administrators may see email addresses
        self.session_id = None
        self.device_secret = None
        self.former_emails = set()
        self.connection = None
        self.process = None  # the server process of the connection

    def close(self):
        if self.connection:
            self.connection.close()
            self.connection = None

    # ---- requests ----

    def request(self, method, target, *, json_body=None, body=None, headers=None):
        """Send a request and return the answer, checking only that it contains no secret. Raise if
        the connection breaks.
        """
        headers = dict(headers or {})
        if self.token and "Authorization" not in headers:
            headers["Authorization"] = f"Bearer {self.token}"
        if json_body is not None:
            body = json.dumps(json_body, ensure_ascii=False).encode()
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
        if self.connection is None or self.process is not self.server.process:
            self.close()
            self.process = self.server.process
            self.connection = http.client.HTTPConnection(
                "127.0.0.1", self.server.port, timeout=PATIENCE, source_address=(self.address, 0)
            )
        try:
            try:
                self.connection.request(method, target, body, headers)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the server may answer before it has read everything
            response = self.connection.getresponse()
            data = response.read()
        except BaseException:
            self.close()
            raise
        answer = Answer(
            response.status, {name.lower(): value for name, value in response.getheaders()}, data
        )
        if response.will_close:
            self.close()
        self.check_privacy(answer.body)
        return answer

    def check_privacy(self, body):
        text = body.decode(errors="replace") if isinstance(body, bytes) else body
        for secret in SECRETS:
            assert secret not in text, f"a secret travelled: {text[:500]}"
        own = self.user["email"] if self.user else None
        for email in EMAIL.findall(text):
            assert (
                own is None or email == own or email in self.former_emails or self.administers
            ), f"{email} was shown to {own}: {text[:500]}"

    def call(
        self,
        operation_id,
        expect=200,
        code=None,
        *,
        query=None,
        json_body=None,
        body=None,
        headers=None,
        **path,
    ):
        """Call an operation, and check that the answer is documented and as expected."""
        operation = CONTRACT.operations[operation_id]
        target = CONTRACT.sample_path(operation, **path)
        if query:
            target += "?" + urllib.parse.urlencode(
                {k: v for k, v in query.items() if v is not None}
            )
        answer = self.request(
            operation.verb, target, json_body=json_body, body=body, headers=headers
        )
        CONTRACT.check_answer(operation_id, answer)
        found = answer.json.get("code") if answer.status >= 400 else None
        expected = expect if isinstance(expect, tuple) else (expect,)
        assert answer.status in expected and (code is None or code == found), (
            f"{operation_id}: {answer.status} {found} instead of {expect} {code or ''}:"
            f" {answer.body[:500]!r}"
        )
        return answer

    def clone(self):
        """Return a client of the same session with its own connection, for another thread."""
        other = Api(self.server, self.address)
        other.token, other.user, other.session_id = self.token, self.user, self.session_id
        other.administers = self.administers
        return other

    # ---- accounts ----

    def _signed_in(self, answer):
        signed_in = answer.json
        self.token, self.user, self.session_id = (
            signed_in["token"],
            signed_in["user"],
            signed_in["session_id"],
        )
        self.device_secret = signed_in["device_secret"]
        return self

    def register(self, username=None, email=None, password=PASSWORD, device_name="test"):
        number = new_number()
        username = username or f"person{number}"
        return self._signed_in(
            self.call(
                "register",
                201,
                json_body={
                    "username": username,
                    "email": email or f"person{number}@mail.example",
                    "password": password,
                    "device_name": device_name,
                },
            )
        )

    def sign_in(self, login, password=PASSWORD, device_name="test"):
        return self._signed_in(
            self.call(
                "signIn",
                201,
                json_body={"login": login, "password": password, "device_name": device_name},
            )
        )

    @property
    def id(self):
        return self.user["id"]

    @property
    def name(self):
        return self.user["username"]

    # ---- administration ----

    def verify(self, password=PASSWORD):
        """Confirm the password, which is valid for five minutes."""
        self.call("verifySession", json_body={"password": password})
        return self

    def person(self, other, **expected):
        return self.call("getPerson", id=other.id, **expected)

    def change_role(self, other, role_id, expected_role_id, **expected):
        return self.call(
            "changeRole",
            json_body={"role_id": role_id, "expected_role_id": expected_role_id},
            id=other.id,
            **expected,
        )

    def change_state(self, other, state, expected_state, **expected):
        return self.call(
            "changeState",
            json_body={"state": state, "expected_state": expected_state},
            id=other.id,
            **expected,
        )

    def audit(self, **query):
        return self.call("readAudit", query=query).json["entries"]

    # ---- conversations ----

    def direct(self, other, expect=201):
        return self.call(
            "createConversation",
            expect,
            json_body={"client_id": new_id(), "kind": "direct", "user_ids": [other.id]},
        ).json["conversation_id"]

    def group(self, *others, title=None):
        return self.call(
            "createConversation",
            201,
            json_body={
                "client_id": new_id(),
                "kind": "group",
                "user_ids": [other.id for other in others],
                "title": title,
            },
        ).json["conversation_id"]

    def send(self, conversation, content, client_id=None, expect=(200, 201)):
        answer = self.call(
            "sendMessage",
            expect,
            json_body={"content": content},
            id=conversation,
            client_id=client_id or new_id(),
        )
        return answer.rows["messages"][0] if answer.status < 300 else answer

    def add(self, conversation, *others, **expected):
        return self.call(
            "addMembers",
            json_body={"user_ids": [other.id for other in others]},
            id=conversation,
            **expected,
        )

    def leave(self, conversation, **expected):
        return self.call("leaveConversation", id=conversation, **expected)

    def rename(self, conversation, title, **expected):
        return self.call(
            "renameConversation", json_body={"title": title}, id=conversation, **expected
        )

    def read(self, conversation, seq, **expected):
        return self.call(
            "readConversation", json_body={"last_read_seq": seq}, id=conversation, **expected
        )

    def change_settings(self, conversation, notify="all", mute_for=None, **expected):
        return self.call(
            "changeSettings",
            json_body={"notify": notify, "mute_for": mute_for},
            id=conversation,
            **expected,
        )

    def history(self, conversation, before_seq=None, limit=None, **expected):
        return self.call(
            "getMessages",
            query={"before_seq": before_seq, "limit": limit},
            id=conversation,
            **expected,
        )

    def whole_history(self, conversation, limit=None):
        """Return all messages in ascending order, by paging backwards."""
        messages, before = [], None
        while True:
            page = self.history(conversation, before, limit).rows.get("messages", [])
            messages += page
            if len(page) < (limit or 100):
                return messages[::-1]
            before = page[-1]["seq"]

    # ---- synchronization ----

    def sync(self, since=None, limit=None, **expected):
        return self.call("sync", query={"since": since, "limit": limit}, **expected)

    def pull(self, mirror, limit=None):
        """Update the mirror. Return how many pages that took."""
        for pages in itertools.count(1):
            page = self.sync(mirror.cursor, limit).json
            mirror.apply_page(page)
            if not page["has_more"]:
                return pages

    def mirror(self, limit=None):
        """Return a new mirror with complete histories."""
        mirror = Mirror(self.id)
        self.pull(mirror, limit)
        for conversation in list(mirror.tables["conversations"]):
            mirror.apply({"messages": self.whole_history(conversation)})
        return mirror

    def stream(self, cursor=None, **options):
        return Stream(self, cursor, **options)


class Mirror:
    """The rows that a client stores: the newest rev of each; lost conversations are removed."""

    KEYS = {
        "roles": "id",
        "users": "id",
        "conversations": "id",
        "conversation_users": "id",
        "read_positions": "conversation_id",
        "conversation_settings": "conversation_id",
        "messages": "id",
        "notices": "id",
    }

    def __init__(self, self_id):
        self.self_id = self_id
        self.cursor = None
        self.tables = {name: {} for name in self.KEYS}

    def apply_page(self, page):
        assert page["from"] == self.cursor, f"{page['from']} does not begin at {self.cursor}"
        self.apply(page["rows"])
        self.check_references(page["rows"])
        self.cursor = page["to"]

    def apply(self, rows):
        lost = {
            row["conversation_id"]
            for row in rows.get("conversation_users", ())
            if row["user_id"] == self.self_id and row["left_at"] is not None
        }
        for name, arrived in rows.items():
            table = self.tables[name]
            for row in arrived:
                if (row.get("conversation_id") or (name == "conversations" and row["id"])) in lost:
                    continue
                kept = table.get(row[self.KEYS[name]])
                if kept is None or kept["rev"] <= row["rev"]:
                    table[row[self.KEYS[name]]] = row
        for conversation in lost:
            self.remove(conversation)

    def remove(self, conversation):
        self.tables["conversations"].pop(conversation, None)
        for name in ("conversation_users", "read_positions", "conversation_settings", "messages"):
            self.tables[name] = {
                key: row
                for key, row in self.tables[name].items()
                if row["conversation_id"] != conversation
            }
        known = {row["user_id"] for row in self.tables["conversation_users"].values()} | {
            self.self_id
        }
        self.tables["users"] = {
            key: row for key, row in self.tables["users"].items() if key in known
        }

    def check_references(self, rows):
        """Check that all rows refer to rows in this page or earlier ones, so that each page can be
        committed on its own.
        """
        users, conversations = self.tables["users"], self.tables["conversations"]
        for row in rows.get("conversation_users", ()):
            if row["user_id"] == self.self_id and row["left_at"] is not None:
                continue
            if row["conversation_id"] in conversations:
                assert row["user_id"] in users, f"nobody {row['user_id']} for {row}"
        for row in rows.get("messages", ()):
            assert row["sender_id"] in users, f"nobody {row['sender_id']} for {row}"
            assert row["conversation_id"] in conversations, f"no conversation for {row}"

    def seqs(self, conversation):
        return sorted(
            row["seq"]
            for row in self.tables["messages"].values()
            if row["conversation_id"] == conversation
        )


class Stream:
    """A websocket. Checks that frames are contiguous, and applies them to a mirror, if given."""

    def __init__(self, api, cursor=None, *, mirror=None, hello=True):
        self.api = api
        self.mirror = mirror
        self.cursor = mirror.cursor if mirror else cursor
        self.frames = []
        self.socket = websockets.sync.client.connect(
            f"ws://127.0.0.1:{api.server.port}/v1/stream",
            subprotocols=["confab.v1"],
            compression=None,
            additional_headers={"Authorization": f"Bearer {api.token}"},
            max_size=8 << 20,
            source_address=(api.address, 0),
            open_timeout=PATIENCE,
            close_timeout=PATIENCE,
        )
        assert self.socket.subprotocol == "confab.v1"
        CONTRACT.seen.add(("openStream", "101", None))
        if hello:
            self.hello()

    def hello(self):
        self.socket.send(json.dumps({"type": "hello", "cursor": self.cursor}))

    def next(self, timeout=PATIENCE):
        """Return the next frame. Raise ConnectionClosed or TimeoutError."""
        text = self.socket.recv(timeout)
        assert isinstance(text, str), "a binary frame"
        frame = json.loads(text)
        CONTRACT.check_frame(frame)
        self.api.check_privacy(text)
        self.frames.append(frame)
        if frame["type"] == "rows":
            assert frame["from"] == self.cursor, f"{frame['from']} does not follow {self.cursor}"
            if self.mirror:
                self.mirror.apply_page(frame)
            self.cursor = frame["to"]
        return frame

    def until_ready(self):
        """Read up to the ready frame. Return the rows frames before it."""
        frames = []
        while (frame := self.next())["type"] != "ready":
            assert frame["type"] == "rows", frame
            frames.append(frame)
        return frames

    def until(self, found):
        """Read until found(frame) is true. Return its result."""
        while not (result := found(self.next())):
            pass
        return result

    def message(self, content):
        """Read until a message with this text arrives. Return its row."""
        return self.until(
            lambda frame: next(
                (
                    row
                    for row in frame.get("rows", {}).get("messages", ())
                    if row["content"] == content
                ),
                None,
            )
        )

    def closed(self):
        """Read until the server closes the stream. Return the close code."""
        try:
            while True:
                self.next()
        except ConnectionClosed as error:
            return error.rcvd.code if error.rcvd else None

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def raw(server, data=b"", timeout=PATIENCE):
    """Open a plain connection and send data."""
    connection = socket.create_connection(
        ("127.0.0.1", server.port), timeout, source_address=(new_address(), 0)
    )
    connection.sendall(data)
    return connection


def raw_answer(connection):
    """Read one answer from a plain connection."""
    response = http.client.HTTPResponse(connection)
    response.begin()
    body = response.read()
    return Answer(
        response.status, {name.lower(): value for name, value in response.getheaders()}, body
    )
