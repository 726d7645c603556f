/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the server can be asked to change, and what came of it. Commands are carried out by the one
 * writer, many in a transaction; each is atomic by itself. */

#pragma once

#include "confab-administration.h"

G_BEGIN_DECLS

typedef enum
{
  CONFAB_COMMAND_ADD_USER,     /* actor_id (CONFAB_ACTOR_SELF: who registers), username, email,
                                * password_hash, rolename, token_hash = of the invitation or NULL,
                                * first_admin */
  CONFAB_COMMAND_SET_PASSWORD, /* actor_id, user_id, password_hash, text = the hash it replaces
                                * (WRONG_CREDENTIALS if it is no longer that) or NULL; ends the
                                * user's sessions but session_id */
  CONFAB_COMMAND_SET_PROFILE,  /* actor_id, username or NULL (as it is), text = about or NULL, if
                                  sets_text */
  CONFAB_COMMAND_SET_PICTURE,  /* actor_id, png = the file and text = its hash, or NULL: none */
  CONFAB_COMMAND_SET_EMAIL,    /* actor_id, email, password_hash = the one that was verified */
  CONFAB_COMMAND_START_EMAIL_CHANGE, /* the same, text = the code's hash, expires_at */
  CONFAB_COMMAND_TAKE_EMAIL_ATTEMPT, /* actor_id, text = the code's hash: one fewer is left.
                                        CODE_INVALID if none is */
  CONFAB_COMMAND_CONFIRM_EMAIL, /* actor_id, text = the code's hash. CODE_INVALID if it is no longer
                                   that */
  CONFAB_COMMAND_DELETE_ACCOUNT, /* actor_id, password_hash = the one that was verified */
  CONFAB_COMMAND_SET_ROLE, /* actor_id, user_id, rolename or id = the role's, expected_id = the role
                              it replaces or 0 */
  CONFAB_COMMAND_UNDO_ROLE,  /* actor_id, user_id, id = the audit entry of the change */
  CONFAB_COMMAND_LABEL_ROLE, /* actor_id, id = the role's, text = label or NULL */
  CONFAB_COMMAND_ADD_ROLE,   /* rolename, base, text = label or NULL */
  CONFAB_COMMAND_SET_STATE, /* actor_id, user_id, state, expected_state or NULL; suspending ends the
                               user's sessions */
  CONFAB_COMMAND_END_USER_SESSIONS, /* actor_id, user_id */
  CONFAB_COMMAND_ADD_INVITATION,    /* actor_id, token_hash = of the code, uses, expires_at */
  CONFAB_COMMAND_END_INVITATION,    /* actor_id, id = the invitation's */
  CONFAB_COMMAND_REHASH_PASSWORD,   /* user_id, password_hash, text = the hash it replaces, if it is
                                       still that; sessions stay */
  CONFAB_COMMAND_ADD_SESSION,    /* user_id, token_hash, text = device name, password_hash = the one
                                  * that was verified (WRONG_CREDENTIALS if it has changed since)
                                  * or NULL; ACCOUNT_SUSPENDED. device_hash and network, where set,
                                  * are known from now on. Beyond max_sessions, those unused for
                                  * longest end */
  CONFAB_COMMAND_END_SESSION,    /* user_id, session_id */
  CONFAB_COMMAND_VERIFY_SESSION, /* user_id, session_id, password_hash = the one that was given
                                    again just now */
  CONFAB_COMMAND_END_OTHER_SESSIONS, /* user_id, session_id = the one that stays */
  CONFAB_COMMAND_TOUCH_SESSION, /* user_id, session_id: seen now; network, where set, is known from
                                   now on */
  CONFAB_COMMAND_START_RESET, /* user_id, email, text = the token's key, password_hash = the code's
                               * hash, expires_at; asked for by mail. Not created if another was
                               * issued within a minute, the person is not active, or that is no
                               * longer their email */
  CONFAB_COMMAND_ISSUE_RESET_CODE, /* the same but email, actor_id, session_id: by an administrator,
                                      or the operator (0) */
  CONFAB_COMMAND_TAKE_RESET_ATTEMPT,   /* user_id, password_hash = the code's: one fewer is left.
                                          RESET_INVALID if none is */
  CONFAB_COMMAND_RETURN_RESET_ATTEMPT, /* user_id, password_hash = the code's: it was right */
  CONFAB_COMMAND_COMPLETE_RESET, /* actor_id = CONFAB_ACTOR_SELF, user_id, text = the token's key,
                                  * password_hash; ends all sessions. RESET_INVALID if it is not, or
                                  * no longer, their reset. network, where set, is known from now on
                                  */
  CONFAB_COMMAND_FORGET_EXPIRED, /* resets and changes of email that are over, what is known of
                                  * people and was not used for long, and sessions begun before
                                  * expires_at */
  CONFAB_COMMAND_TRY_WRITING, /* changes nothing, but is written to the disk like everything else */
  CONFAB_COMMAND_CREATE_CONVERSATION, /* actor_id, client_id, conversation_kind, text = title or
                                         NULL, user_ids */
  CONFAB_COMMAND_RENAME_CONVERSATION, /* actor_id, conversation_id, text = title or NULL */
  CONFAB_COMMAND_ADD_MEMBERS,         /* actor_id, conversation_id, user_ids */
  CONFAB_COMMAND_LEAVE,               /* actor_id, conversation_id */
  CONFAB_COMMAND_SEND, /* actor_id, conversation_id, client_id, text = content, max_bytes = of all
                        * texts of the actor, 0 for any (STORAGE_FULL) */
  CONFAB_COMMAND_READ, /* actor_id, conversation_id, seq */
  CONFAB_COMMAND_REMOVE_MESSAGE, /* actor_id, conversation_id, seq */
  CONFAB_COMMAND_REMOVE_MEMBER,  /* actor_id, conversation_id, user_id */
} ConfabCommandKind;

/* The actor of a command that makes the person it is by, or that they prove to be theirs
 * otherwise than by a session: the one whom it concerns. */
#define CONFAB_ACTOR_SELF (-1)

/* Texts have passed confab-text.h already; the backend checks what needs the database. Commands
 * by a person check in their own transaction that the person may (membership), and answer
 * NOT_FOUND if not. */
typedef struct
{
  ConfabCommandKind kind;
  gint64 at; /* when, ms; stamped by the writer if 0 (sample data brings its own) */
  gint64 actor_id;
  gint64 user_id;
  gint64 session_id;
  gint64 conversation_id;
  gint64 seq;
  gint64 id; /* of what has no member of its own; the kind says what */
  gint64 expected_id;
  gint64 uses;
  gint64 expires_at; /* ms */
  gint64 max_bytes;
  guint max_sessions; /* 0: any number */
  ConfabRoleBase base;
  ConfabConversationKind conversation_kind;
  char *client_id;
  char *username;
  char *email;
  char *password_hash;
  char *rolename;
  char *state;          /* "active" or "suspended" */
  char *expected_state; /* (nullable) */
  char *text;
  gboolean sets_text;
  gboolean first_admin; /* INVITATION_INVALID unless there is no active administrator */
  GBytes *png;
  char *address; /* (nullable): where the request came from, for the audit; set by
                    confab_api_submit() */
  GBytes *token_hash;
  GBytes *device_hash; /* (nullable) */
  char *network;       /* (nullable): where it came from */
  GArray *user_ids;    /* gint64 */
} ConfabCommand;

ConfabCommand *confab_command_new (ConfabCommandKind kind);
void confab_command_free (ConfabCommand *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabCommand, confab_command_free)

/* Whom the outcome's rows are for, besides the actor's own answer. */
typedef enum
{
  CONFAB_AUDIENCE_NONE,
  CONFAB_AUDIENCE_ACTOR,   /* the actor's own streams (read positions) */
  CONFAB_AUDIENCE_MEMBERS, /* the streams of everyone who is in conversation_id after the command */
  CONFAB_AUDIENCE_LISTED,  /* those in @listed must pull (a user changed) */
  CONFAB_AUDIENCE_ALL,     /* everybody must pull (a role changed) */
} ConfabAudience;

/**
 * ConfabOutcome:
 * @error: (nullable): in CONFAB_PROBLEM; then nothing changed
 * @created: FALSE when an idempotent command found its earlier result
 * @rev: the revision given, 0 if nothing that is synchronised changed (sessions and passwords
 * are not)
 * @id: of the user, session or conversation concerned
 * @rows: what the actor's answer carries; may hold what only the actor may see. NULL only with
 * @error
 * @shared_rows: what the audience gets. NULL only with @error
 * @gained: (element-type gint64): users who gained conversation_id, its creator too: their
 * streams must read it from the database
 * @lost: (element-type gint64): users who left it; they get @shared_rows too, once
 * @left: (element-type gint64): conversations that the actor, who is gone, has left
 * @ended_sessions: (element-type gint64)
 * @end_problem: why those ended, told to their streams (ACCOUNT_SUSPENDED, ACCOUNT_DELETED); -1:
 * nothing is said
 * @listed: (element-type gint64): the audience, if that is CONFAB_AUDIENCE_LISTED
 * @notified_user_id: whose streams must read a notice from the database; 0 for nobody's
 * @person: (nullable): what the actor's answer carries of somebody they administer
 * @invitation: (nullable): likewise
 *
 * Reference counted (atomically); immutable once the writer has handed it out.
 */
typedef struct
{
  GError *error;
  gboolean created;
  gint64 rev;
  gint64 id;
  gint64 actor_id;
  gint64 conversation_id;
  ConfabAudience audience;
  ConfabRows *rows;
  ConfabRows *shared_rows;
  GArray *gained;
  GArray *lost;
  GArray *left;
  GArray *ended_sessions;
  int end_problem; /* a ConfabProblem */
  GArray *listed;
  gint64 notified_user_id;
  ConfabPersonRow *person;
  ConfabInvitationRow *invitation;
} ConfabOutcome;

ConfabOutcome *confab_outcome_new (void);
ConfabOutcome *confab_outcome_ref (ConfabOutcome *self);
void confab_outcome_unref (ConfabOutcome *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabOutcome, confab_outcome_unref)

G_END_DECLS
