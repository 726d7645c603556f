# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The permission matrix: the answer that each caller gets to each operation of docs/openapi.yaml.

A new operation needs a row in EXPECTED and an entry in REQUESTS. The expected answer is a status or
a problem's code, some of them abbreviated as in SHORT. An operation may have several rows:
NAME:CASE.

  nobody      has no token
  stranger    is signed in and shares no conversation with the others
  user        is in the conversation
  moderator   is in the conversation, with that role
  admin       is an administrator, and not in the conversation
  suspended   is in the conversation, with a token from before
  deleted     was in the conversation, with a token from before
"""

from client import PASSWORD, new_id, new_number, png

CALLERS = ("nobody", "stranger", "user", "moderator", "admin", "suspended", "deleted")

SHORT = {
    "-": "not-signed-in",
    "no": "forbidden",
    "?": "not-found",
    "pw": "wrong-credentials",
    "rst": "reset-invalid",
}

EXPECTED = """
                        nobody stranger user moderator admin suspended deleted
getHealth               200    200      200  200       200   200       200
getServer               200    200      200  200       200   200       200
register                201    201      201  201       201   201       201
signIn                  wrong-credentials 201 201 201  201   account-suspended wrong-credentials
askForReset             202    202      202  202       202   202       202
checkReset              rst    rst      rst  rst       rst   rst       rst
completeReset           rst    rst      rst  rst       rst   rst       rst
openStream              -      invalid-field invalid-field invalid-field invalid-field - -

findPeople              -      200      200  200       200   -         -
getMe                   -      200      200  200       200   -         -
listSessions            -      200      200  200       200   -         -
verifySession           -      pw       pw   pw        pw    -         -
changeProfile           -      200      200  200       200   -         -
getUsername             -      200      200  200       200   -         -
changePassword          -      pw       pw   pw        pw    -         -
changeEmail             -      pw       pw   pw        pw    -         -
confirmEmail            -      code-invalid code-invalid code-invalid code-invalid - -
setPicture              -      200      200  200       200   -         -
removePicture           -      200      200  200       200   -         -
getPicture              -      200      200  200       200   -         -
deleteAccount           -      pw       pw   pw        pw    -         -
endSession              -      204      204  204       204   -         -
endSession:another's    -      ?        ?    ?         ?     -         -
sync                    -      200      200  200       200   -         -

createConversation      -      201      201  201       201   -         -
renameConversation      -      ?        200  200       ?     -         -
addMembers              -      ?        200  200       ?     -         -
leaveConversation       -      ?        200  200       ?     -         -
getMessages             -      ?        200  200       ?     -         -
sendMessage             -      ?        201  201       ?     -         -
readConversation        -      ?        200  200       ?     -         -
changeSettings          -      ?        200  200       ?     -         -
removeMessage           -      ?        no   200       ?     -         -
removeMember            -      ?        no   200       ?     -         -

listPeople              -      no       no   no        200   -         -
getPerson               -      no       no   no        200   -         -
previewRole             -      no       no   no        200   -         -
changeRole:demote       -      no       no   no        200   -         -
changeRole:promote      -      no       no   no        password-needed - -
changeRole:oneself      -      no       no   no        200   -         -
undoRole                -      no       no   no        200   -         -
changeState             -      no       no   no        200   -         -
endSessionsOf           -      no       no   no        200   -         -
issueResetCode          -      no       no   no        password-needed - -
labelRole               -      no       no   no        200   -         -
listInvitations         -      no       no   no        200   -         -
invite                  -      no       no   no        201   -         -
endInvitation           -      no       no   no        204   -         -
readAudit               -      no       no   no        200   -         -
"""


def expected():
    """Return the expected answers by (row, caller)."""
    header, *lines = (line.split() for line in EXPECTED.splitlines() if line.strip())
    assert tuple(header) == CALLERS
    cells = {}
    for row, *answers in lines:
        assert len(answers) == len(CALLERS), f"{row} has {len(answers)} answers"
        for caller, answer in zip(CALLERS, answers):
            cells[row, caller] = SHORT.get(answer, answer)
    return cells


# ---- the requests: made in a World (test_matrix.py), by one of its callers ----


def account():
    number = new_number()
    return {
        "username": f"new{number}",
        "email": f"new{number}@mail.example",
        "password": PASSWORD,
        "device_name": "test",
    }


def role_change(person, role_id, expected_role_id):
    return {
        "id": person.id,
        "json_body": {"role_id": role_id, "expected_role_id": expected_role_id},
    }


REQUESTS = {
    "getHealth": lambda world, caller: {},
    "getServer": lambda world, caller: {},
    "register": lambda world, caller: {"json_body": account()},
    "signIn": lambda world, caller: {
        "json_body": {
            "login": caller.name if caller.user else "nobody",
            "password": PASSWORD,
            "device_name": "test",
        }
    },
    "askForReset": lambda world, caller: {
        "json_body": {"email": f"nobody{new_number()}@mail.example"}
    },
    "checkReset": lambda world, caller: {"json_body": {"token": "x" * 43}},
    "completeReset": lambda world, caller: {
        "json_body": {"token": "x" * 43, "password": PASSWORD + "!"}
    },
    "openStream": lambda world, caller: {},
    "findPeople": lambda world, caller: {"query": {"query": "x"}},
    "getMe": lambda world, caller: {},
    "listSessions": lambda world, caller: {},
    "verifySession": lambda world, caller: {"json_body": {"password": PASSWORD + "!"}},
    "changeProfile": lambda world, caller: {"json_body": {"about": "Likes tea"}},
    "getUsername": lambda world, caller: {"username": "somebody"},
    "changePassword": lambda world, caller: {
        "json_body": {"current_password": PASSWORD + "!", "password": PASSWORD + "?"}
    },
    "changeEmail": lambda world, caller: {
        "json_body": {"email": "x@mail.example", "password": PASSWORD + "!"}
    },
    "confirmEmail": lambda world, caller: {"json_body": {"code": "ABCD-EFGH"}},
    "setPicture": lambda world, caller: {"body": png(), "headers": {"Content-Type": "image/png"}},
    "removePicture": lambda world, caller: {},
    "getPicture": lambda world, caller: {"hash": world.picture()},
    "deleteAccount": lambda world, caller: {"json_body": {"password": PASSWORD + "!"}},
    "endSession": lambda world, caller: {"id": "others"},
    "endSession:another's": lambda world, caller: {"id": world.owner.session_id},
    "sync": lambda world, caller: {},
    "createConversation": lambda world, caller: {
        "json_body": {"client_id": new_id(), "kind": "group", "user_ids": [world.owner.id]}
    },
    "renameConversation": lambda world, caller: {
        "id": world.group(),
        "json_body": {"title": "Ours"},
    },
    "addMembers": lambda world, caller: {
        "id": world.group(),
        "json_body": {"user_ids": [world.target.id]},
    },
    "leaveConversation": lambda world, caller: {"id": world.group()},
    "getMessages": lambda world, caller: {"id": world.group()},
    "sendMessage": lambda world, caller: {
        "id": world.group(),
        "client_id": new_id(),
        "json_body": {"content": "x"},
    },
    "readConversation": lambda world, caller: {
        "id": world.group(),
        "json_body": {"last_read_seq": 1},
    },
    "changeSettings": lambda world, caller: {"id": world.group(), "json_body": {"notify": "none"}},
    "removeMessage": lambda world, caller: {"id": world.group(), "message": 1},
    "removeMember": lambda world, caller: {"id": world.group(), "user_id": world.owner.id},
    "listPeople": lambda world, caller: {},
    "getPerson": lambda world, caller: {"id": world.target.id},
    "previewRole": lambda world, caller: {"id": world.target.id, "query": {"role_id": world.USER}},
    "changeRole:demote": lambda world, caller: role_change(
        world.moderating(), world.USER, world.MODERATOR
    ),
    "changeRole:promote": lambda world, caller: role_change(
        world.moderating(), world.ADMIN, world.MODERATOR
    ),
    "changeRole:oneself": lambda world, caller: role_change(
        caller if caller.user else world.target, world.ADMIN, world.role_of(caller)
    ),
    "undoRole": lambda world, caller: {
        "id": world.target.id,
        "json_body": {"audit_id": world.demoted_by(caller)},
    },
    "changeState": lambda world, caller: {
        "id": world.target.id,
        "json_body": {"state": "active", "expected_state": "active"},
    },
    "endSessionsOf": lambda world, caller: {"id": world.target.id},
    "issueResetCode": lambda world, caller: {"id": world.target.id, "json_body": {}},
    "labelRole": lambda world, caller: {"id": world.MODERATOR, "json_body": {"label": None}},
    "listInvitations": lambda world, caller: {},
    "invite": lambda world, caller: {"json_body": {"uses": 1, "expires_in": 3600}},
    "endInvitation": lambda world, caller: {"id": world.invitation()},
    "readAudit": lambda world, caller: {},
}
