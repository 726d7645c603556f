/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The commands that change the database, and their outcomes. The one writer runs commands, many in
 * a transaction; each is atomic by itself.
 *
 *   ConfabCommand *command = confab_command_new (confab_run_send, user_id);
 *
 *   command->conversation_id = conversation_id;
 *   command->send.client_id = confab_command_copy (command, client_id);
 *   command->send.content = confab_command_take (command, g_steal_pointer (&content));
 *
 * The member of the union that a command uses has the name of its function. */

#pragma once

#include "confab-administration.h"

G_BEGIN_DECLS

/* The call of a command; see confab-call.h. */
typedef struct _ConfabCall ConfabCall;

/* Runs a command in the writer's transaction. FALSE with an error, in CONFAB_PROBLEM or
 * CONFAB_STORE_ERROR, undoes its changes. */
typedef gboolean (*ConfabCommandFunc) (ConfabCall *call, GError **error);

/* Actors that are not a signed-in user. An actor of 0, which no user has, is refused.
 *
 * SELF: the user whom the command concerns, without a session: they register, or reset their
 * password. It has no permissions.
 * OPERATOR: the server's operator, on the command line. It has all permissions.
 * SERVER: the server, which keeps its own records, such as sessions. It has no permissions. */
#define CONFAB_ACTOR_SELF (-1)
#define CONFAB_ACTOR_OPERATOR (-2)
#define CONFAB_ACTOR_SERVER (-3)

/**
 * ConfabCommand:
 * @run: the command's function
 * @at: when, ms; the writer sets it if it is 0 (sample data has its own times)
 * @actor_id: the signed-in user who makes the command, or one of CONFAB_ACTOR_…
 * @session_id: the session of the request; 0 for none
 * @user_id: the user concerned, if not the actor
 * @conversation_id: the conversation concerned; 0 for none
 * @address: (nullable): the address of the request, for the audit
 *
 * Texts are checked by confab-text.h before; the backend checks what needs the database. Commands
 * by a user check their permission (membership) in their own transaction, and fail with NOT_FOUND.
 * Pointers are owned by the command, see confab_command_copy(), and NULL where that is allowed.
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
  GPtrArray *owned; /* the data of the pointers */

  union
  {
    struct
    {
      const char *username;
      const char *email;
      const char *password_hash;
      const char *rolename;
      GBytes *invitation_hash; /* (nullable): the hash of an invitation's code, of which a use is
                                  taken */
      gboolean first_admin;    /* INVITATION_INVALID if there is an active administrator */
    } add_user;

    struct
    {
      const char *password_hash;
      const char *replaced_hash; /* (nullable): WRONG_CREDENTIALS if the present hash differs */
    } set_password;              /* ends the user's sessions except session_id */

    struct
    {
      const char *password_hash;
      const char *replaced_hash; /* no change if the present hash differs */
    } rehash_password;           /* sessions stay */

    struct
    {
      const char *username; /* (nullable): NULL leaves it unchanged */
      const char *about;    /* (nullable): NULL deletes it */
      gboolean sets_about;  /* FALSE leaves it unchanged */
    } set_profile;

    struct
    {
      const char *hash; /* (nullable): NULL removes the picture */
      GBytes *png;      /* (nullable): the file with that hash */
    } set_picture;

    struct
    {
      const char *email;
      const char *verified_hash; /* of the password given; the same below */
    } set_email;

    struct
    {
      const char *email;
      const char *verified_hash;
      const char *code_hash; /* of the code mailed to the new address */
      gint64 expires_at;     /* ms */
    } start_email_change;

    struct
    {
      const char *code_hash; /* CODE_INVALID if no attempt is left */
    } take_email_attempt;    /* takes an attempt */

    struct
    {
      const char *code_hash; /* CODE_INVALID if the present hash differs */
    } confirm_email;

    struct
    {
      const char *verified_hash;
    } delete_account;

    struct
    {
      const char *rolename;    /* (nullable): by name, or */
      gint64 role_id;          /* by id */
      gint64 expected_role_id; /* CONFLICT if the present role differs; 0 for any */
    } set_role;

    struct
    {
      gint64 audit_id; /* the audit entry of the change */
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
      const char *state;          /* "active", or "suspended", which ends all sessions */
      const char *expected_state; /* (nullable): CONFLICT if the present state differs */
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
      const char *verified_hash; /* (nullable): NULL after registering */
      GBytes *device_hash;       /* (nullable): recorded as known, like the network */
      const char *network;       /* (nullable) */
      guint max_sessions; /* beyond this, those unused for the longest time end; 0 is unlimited */
    } add_session;

    struct
    {
      gint64 session_id; /* a session of user_id */
    } end_session;

    struct
    {
      const char *verified_hash;
    } verify_session; /* the password was confirmed in session_id */

    struct
    {
      const char *network; /* (nullable): recorded as known */
    } touch_session;       /* session_id was used now */

    struct
    {
      const char *email;     /* the address of the mail */
      const char *token_key; /* of the link's token */
      const char *code_hash;
      gint64 expires_at; /* ms */
    } start_reset; /* not created within a minute of another, for an inactive user, or if the email
                      has changed */

    struct
    {
      const char *token_key;
      const char *code_hash;
      gint64 expires_at;
    } issue_reset_code; /* by an administrator or the operator */

    struct
    {
      const char *code_hash; /* RESET_INVALID if no attempt is left */
    } take_reset_attempt;    /* takes an attempt */

    struct
    {
      const char *code_hash;
    } return_reset_attempt; /* the code was right */

    struct
    {
      const char *token_key; /* RESET_INVALID if the present key differs */
      const char *password_hash;
      const char *network; /* (nullable): recorded as known */
    } complete_reset;      /* ends all sessions */

    struct
    {
      gint64 sessions_before; /* end sessions begun before this, too; ms */
    } forget_expired;

    struct
    {
      const char *client_id;
      const char *title; /* (nullable) */
      ConfabConversationKind kind;
      GArray *user_ids; /* (nullable) (element-type gint64): without the actor */
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
      gint64 max_bytes; /* limit of all texts of the actor (STORAGE_FULL); 0 is unlimited */
    } send;

    struct
    {
      gint64 seq;
    } read;

    struct
    {
      ConfabNotify notify;
      gint64 mute_for; /* ms from now; 0: not at all */
    } change_settings;

    struct
    {
      gint64 seq;
    } remove_message;
  };
} ConfabCommand;

ConfabCommand *confab_command_new (ConfabCommandFunc run, gint64 actor_id);
void confab_command_free (ConfabCommand *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabCommand, confab_command_free)

/* Store a copy, or the argument itself (transfer full), in the command until it is freed, and
 * return it. NULL stays NULL. */
const char *confab_command_copy (ConfabCommand *self, const char *text);
const char *confab_command_take (ConfabCommand *self, char *text);
GBytes *confab_command_take_bytes (ConfabCommand *self, GBytes *bytes);
GArray *confab_command_take_ids (ConfabCommand *self, GArray *ids);

/* ---- what can be asked for ---- */

/* Accounts. The actor of a registration is CONFAB_ACTOR_SELF. */
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

/* Administration. The last one has no member of the union. */
gboolean confab_run_set_role (ConfabCall *call, GError **error);
gboolean confab_run_undo_role (ConfabCall *call, GError **error);
gboolean confab_run_label_role (ConfabCall *call, GError **error);
gboolean confab_run_add_role (ConfabCall *call, GError **error);
gboolean confab_run_set_state (ConfabCall *call, GError **error);
gboolean confab_run_add_invitation (ConfabCall *call, GError **error);
gboolean confab_run_end_invitation (ConfabCall *call, GError **error);
gboolean confab_run_end_user_sessions (ConfabCall *call, GError **error);

/* Sessions of user_id. The last one has no member of the union: it keeps session_id. */
gboolean confab_run_add_session (ConfabCall *call, GError **error);
gboolean confab_run_end_session (ConfabCall *call, GError **error);
gboolean confab_run_verify_session (ConfabCall *call, GError **error);
gboolean confab_run_touch_session (ConfabCall *call, GError **error);
gboolean confab_run_end_other_sessions (ConfabCall *call, GError **error);

/* Resets of user_id's forgotten password. The actor who completes one is CONFAB_ACTOR_SELF. */
gboolean confab_run_start_reset (ConfabCall *call, GError **error);
gboolean confab_run_issue_reset_code (ConfabCall *call, GError **error);
gboolean confab_run_take_reset_attempt (ConfabCall *call, GError **error);
gboolean confab_run_return_reset_attempt (ConfabCall *call, GError **error);
gboolean confab_run_complete_reset (ConfabCall *call, GError **error);

/* Conversations. Leaving, and removing user_id, have no member of the union. */
gboolean confab_run_create_conversation (ConfabCall *call, GError **error);
gboolean confab_run_rename_conversation (ConfabCall *call, GError **error);
gboolean confab_run_add_members (ConfabCall *call, GError **error);
gboolean confab_run_leave (ConfabCall *call, GError **error);
gboolean confab_run_send (ConfabCall *call, GError **error);
gboolean confab_run_read (ConfabCall *call, GError **error);
gboolean confab_run_change_settings (ConfabCall *call, GError **error);
gboolean confab_run_remove_message (ConfabCall *call, GError **error);
gboolean confab_run_remove_member (ConfabCall *call, GError **error);

/* The server's own commands. The first deletes expired resets and changes of email, and known
 * devices and networks unused for a long time. The second tests writing: it changes nothing, but
 * reaches the disk like other commands; it has no member of the union. */
gboolean confab_run_forget_expired (ConfabCall *call, GError **error);
gboolean confab_run_try_writing (ConfabCall *call, GError **error);

/* Whom the outcome's rows are for, besides the actor's own answer. */
typedef enum
{
  CONFAB_AUDIENCE_NONE,
  CONFAB_AUDIENCE_ACTOR,   /* the actor's own streams (read positions, settings) */
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
