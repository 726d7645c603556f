/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the server can be asked to change, and what came of it. Commands are carried out by the one
 * writer, many in a transaction; each is atomic by itself.
 *
 *   ConfabCommand *command = confab_command_new (confab_run_send);
 *
 *   command->actor_id = actor_id;
 *   command->conversation_id = conversation_id;
 *   command->send.client_id = confab_command_copy (command, client_id);
 *   command->send.content = confab_command_take (command, g_steal_pointer (&content));
 *
 * Which part of the union a command uses has the name of its function. */

#pragma once

#include "confab-administration.h"

G_BEGIN_DECLS

/* A command being carried out; see confab-call.h. */
typedef struct _ConfabCall ConfabCall;

/* Carries out a command in the writer's transaction. FALSE with an error, in CONFAB_PROBLEM or
 * CONFAB_STORE_ERROR, undoes whatever it did. */
typedef gboolean (*ConfabCommandFunc) (ConfabCall *call, GError **error);

/* The actor of a command that makes the person it is by, or that they prove to be theirs
 * otherwise than by a session: the one whom it concerns. */
#define CONFAB_ACTOR_SELF (-1)

/**
 * ConfabCommand:
 * @run: what carries it out
 * @at: when, ms; the writer sets it if it is 0 (sample data brings its own)
 * @actor_id: who asks for it; 0 is the server's operator, or a person's own client for what needs
 *   no permission (sessions, resets)
 * @session_id: the session it comes by; 0 for none
 * @user_id: the person it is about, where that is not the actor
 * @conversation_id: the conversation it is about; 0 for none
 * @address: (nullable): where the request came from, for the audit
 *
 * Texts have passed confab-text.h already; the backend checks what needs the database. Commands by
 * a person check in their own transaction that the person may (membership), and answer NOT_FOUND if
 * not. Pointers are the command's own, see confab_command_copy(), and NULL where that is allowed.
 */
typedef struct
{
  ConfabCommandFunc run;
  gint64 at;
  gint64 actor_id;
  gint64 session_id;
  gint64 user_id;
  gint64 conversation_id;
  const char *address;
  GPtrArray *owned; /* what the pointers lead to */

  union
  {
    struct
    {
      const char *username;
      const char *email;
      const char *password_hash;
      const char *rolename;
      GBytes *invitation_hash; /* (nullable): the hash of an invitation's code, to be used up */
      gboolean first_admin;    /* INVITATION_INVALID if there is an active administrator */
    } add_user;

    struct
    {
      const char *password_hash;
      const char *replaced_hash; /* (nullable): WRONG_CREDENTIALS unless it is this one still */
    } set_password;              /* ends the person's sessions but session_id */

    struct
    {
      const char *password_hash;
      const char *replaced_hash; /* nothing happens unless it is this one still */
    } rehash_password;           /* sessions stay */

    struct
    {
      const char *username; /* (nullable): as it is */
      const char *about;    /* (nullable): none */
      gboolean sets_about;  /* FALSE: as it is */
    } set_profile;

    struct
    {
      const char *hash; /* (nullable): no picture any more */
      GBytes *png;      /* (nullable): the file with that hash */
    } set_picture;

    struct
    {
      const char *email;
      const char *verified_hash; /* of the password that was given; likewise below */
    } set_email;

    struct
    {
      const char *email;
      const char *verified_hash;
      const char *code_hash; /* of the code that was mailed to the new address */
      gint64 expires_at;     /* ms */
    } start_email_change;

    struct
    {
      const char *code_hash; /* CODE_INVALID if it has no attempt left */
    } take_email_attempt;    /* one fewer is left */

    struct
    {
      const char *code_hash; /* CODE_INVALID unless it is this one still */
    } confirm_email;

    struct
    {
      const char *verified_hash;
    } delete_account;

    struct
    {
      const char *rolename;    /* (nullable): by name, or */
      gint64 role_id;          /* by id */
      gint64 expected_role_id; /* CONFLICT unless they have this one; 0 for any */
    } set_role;

    struct
    {
      gint64 audit_id; /* the entry of the change */
    } undo_role;

    struct
    {
      gint64 role_id;
      const char *label; /* (nullable) */
    } label_role;

    struct
    {
      const char *rolename;
      const char *label; /* (nullable) */
      ConfabRoleBase base;
    } add_role;

    struct
    {
      const char *state;          /* "active" or "suspended", which ends their sessions */
      const char *expected_state; /* (nullable): CONFLICT unless it is this one */
    } set_state;

    struct
    {
      GBytes *code_hash;
      gint64 uses;
      gint64 expires_at; /* ms */
    } add_invitation;

    struct
    {
      gint64 invitation_id;
    } end_invitation;

    struct
    {
      GBytes *token_hash;
      const char *device_name;
      const char *verified_hash; /* (nullable): they have just registered */
      GBytes *device_hash;       /* (nullable): known from now on; likewise the network */
      const char *network;       /* (nullable) */
      guint max_sessions;        /* beyond, those unused for longest end; 0 for any number */
    } add_session;

    struct
    {
      gint64 session_id; /* which one of user_id's */
    } end_session;

    struct
    {
      const char *verified_hash;
    } verify_session; /* session_id's: the password was given again just now */

    struct
    {
      const char *network; /* (nullable): known from now on */
    } touch_session;       /* session_id was seen now */

    struct
    {
      const char *email;     /* to which it is mailed */
      const char *token_key; /* of the link's token */
      const char *code_hash;
      gint64 expires_at; /* ms */
    } start_reset;       /* not created if another was issued within a minute, the person is not
                          * active, or that is no longer their email */

    struct
    {
      const char *token_key;
      const char *code_hash;
      gint64 expires_at;
    } issue_reset_code; /* by an administrator, or the operator */

    struct
    {
      const char *code_hash; /* RESET_INVALID if it has no attempt left */
    } take_reset_attempt;    /* one fewer is left */

    struct
    {
      const char *code_hash;
    } return_reset_attempt; /* it was right */

    struct
    {
      const char *token_key; /* RESET_INVALID unless it is this one still */
      const char *password_hash;
      const char *network; /* (nullable): known from now on */
    } complete_reset;      /* ends all sessions */

    struct
    {
      gint64 sessions_before; /* sessions begun earlier go, too; ms */
    } forget_expired;

    struct
    {
      const char *client_id;
      const char *title; /* (nullable) */
      ConfabConversationKind kind;
      GArray *user_ids; /* (nullable) (element-type gint64): besides the actor */
    } create_conversation;

    struct
    {
      const char *title; /* (nullable) */
    } rename_conversation;

    struct
    {
      GArray *user_ids; /* (element-type gint64) */
    } add_members;

    struct
    {
      const char *client_id;
      const char *content;
      gint64 max_bytes; /* of all texts of the actor (STORAGE_FULL); 0 for any */
    } send;

    struct
    {
      gint64 seq;
    } read;

    struct
    {
      gint64 seq;
    } remove_message;
  };
} ConfabCommand;

ConfabCommand *confab_command_new (ConfabCommandFunc run);
void confab_command_free (ConfabCommand *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabCommand, confab_command_free)

/* Make something the command's own, until it is freed, and return it: a copy, or what is handed
 * over (transfer full). NULL stays NULL. */
const char *confab_command_copy (ConfabCommand *self, const char *text);
const char *confab_command_take (ConfabCommand *self, char *text);
GBytes *confab_command_take_bytes (ConfabCommand *self, GBytes *bytes);
GArray *confab_command_take_ids (ConfabCommand *self, GArray *ids);

/* ---- what can be asked for ---- */

/* Accounts. Who registers is CONFAB_ACTOR_SELF. */
gboolean confab_run_add_user (ConfabCall *call, GError **error);
gboolean confab_run_set_password (ConfabCall *call, GError **error);
gboolean confab_run_rehash_password (ConfabCall *call, GError **error);
gboolean confab_run_set_profile (ConfabCall *call, GError **error);
gboolean confab_run_set_picture (ConfabCall *call, GError **error);
gboolean confab_run_set_email (ConfabCall *call, GError **error);
gboolean confab_run_start_email_change (ConfabCall *call, GError **error);
gboolean confab_run_take_email_attempt (ConfabCall *call, GError **error);
gboolean confab_run_confirm_email (ConfabCall *call, GError **error);
gboolean confab_run_delete_account (ConfabCall *call, GError **error);

/* Administration. The last one has no part of its own. */
gboolean confab_run_set_role (ConfabCall *call, GError **error);
gboolean confab_run_undo_role (ConfabCall *call, GError **error);
gboolean confab_run_label_role (ConfabCall *call, GError **error);
gboolean confab_run_add_role (ConfabCall *call, GError **error);
gboolean confab_run_set_state (ConfabCall *call, GError **error);
gboolean confab_run_add_invitation (ConfabCall *call, GError **error);
gboolean confab_run_end_invitation (ConfabCall *call, GError **error);
gboolean confab_run_end_user_sessions (ConfabCall *call, GError **error);

/* Sessions of user_id. The last one has no part of its own: session_id is the one that stays. */
gboolean confab_run_add_session (ConfabCall *call, GError **error);
gboolean confab_run_end_session (ConfabCall *call, GError **error);
gboolean confab_run_verify_session (ConfabCall *call, GError **error);
gboolean confab_run_touch_session (ConfabCall *call, GError **error);
gboolean confab_run_end_other_sessions (ConfabCall *call, GError **error);

/* Resets of user_id's forgotten password. Who completes one is CONFAB_ACTOR_SELF. */
gboolean confab_run_start_reset (ConfabCall *call, GError **error);
gboolean confab_run_issue_reset_code (ConfabCall *call, GError **error);
gboolean confab_run_take_reset_attempt (ConfabCall *call, GError **error);
gboolean confab_run_return_reset_attempt (ConfabCall *call, GError **error);
gboolean confab_run_complete_reset (ConfabCall *call, GError **error);

/* Conversations. Leaving and removing user_id have no part of their own. */
gboolean confab_run_create_conversation (ConfabCall *call, GError **error);
gboolean confab_run_rename_conversation (ConfabCall *call, GError **error);
gboolean confab_run_add_members (ConfabCall *call, GError **error);
gboolean confab_run_leave (ConfabCall *call, GError **error);
gboolean confab_run_send (ConfabCall *call, GError **error);
gboolean confab_run_read (ConfabCall *call, GError **error);
gboolean confab_run_remove_message (ConfabCall *call, GError **error);
gboolean confab_run_remove_member (ConfabCall *call, GError **error);

/* The server's own. Forgets resets and changes of email that are over, and what is known of people
 * and was not used for long. Trying to write changes nothing, but reaches the disk like everything
 * else; it has no part of its own. */
gboolean confab_run_forget_expired (ConfabCall *call, GError **error);
gboolean confab_run_try_writing (ConfabCall *call, GError **error);

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
