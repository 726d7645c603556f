/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The server's database. Reading: a query is one call on a read connection, which one thread at a
 * time uses. Writing: commands, see confab-command.h, run on the one write connection. */

#pragma once

#include <glib-object.h>

#include "confab-codec.h"
#include "confab-command.h"
#include "confab-database.h"

G_BEGIN_DECLS

/* Return the problem to answer @error with: a CONFAB_PROBLEM itself; a database error is
 * UNAVAILABLE (full, busy) or INTERNAL, and is logged. */
ConfabProblem confab_backend_get_problem (const GError *error);

/* ---- writing: used only by the writer's thread ---- */

#define CONFAB_TYPE_BACKEND_WRITER (confab_backend_writer_get_type ())
G_DECLARE_INTERFACE (ConfabBackendWriter, confab_backend_writer, CONFAB, BACKEND_WRITER, GObject)

/* An interface, so that tests can make it fail. Errors are in CONFAB_PROBLEM. */
struct _ConfabBackendWriterInterface
{
  GTypeInterface parent_iface;

  gboolean (*begin) (ConfabBackendWriter *self, GError **error);
  /* Run a command within the transaction, in a savepoint. Never returns NULL, and never fails the
   * batch. */
  ConfabOutcome *(*execute) (ConfabBackendWriter *self, const ConfabCommand *command);
  gboolean (*commit) (ConfabBackendWriter *self, GError **error);
  void (*rollback) (ConfabBackendWriter *self);
  /* Return whether another process has changed the database since the last call. Called when
   * idle, and in each transaction, so that listeners learn of foreign revisions before the
   * batch's own. */
  gboolean (*changed_elsewhere) (ConfabBackendWriter *self);
};

gboolean confab_backend_writer_begin (ConfabBackendWriter *self, GError **error);
ConfabOutcome *confab_backend_writer_execute (ConfabBackendWriter *self,
                                              const ConfabCommand *command);
gboolean confab_backend_writer_commit (ConfabBackendWriter *self, GError **error);
void confab_backend_writer_rollback (ConfabBackendWriter *self);
gboolean confab_backend_writer_changed_elsewhere (ConfabBackendWriter *self);

/* Open the database file @path, creating and migrating it. Blocks; (transfer full). */
ConfabBackendWriter *confab_backend_open_to_write (const char *path, GError **error);

/* ---- reading ---- */

/* Open a connection for reading. CONFAB_STORE_ERROR_NEWER if a newer server has written the file,
 * whose tables may have another meaning. Blocks. Returns: (transfer full) */
ConfabDatabase *confab_backend_open_to_read (const char *path, GError **error);

/* Queries of several statements see one snapshot only between these two calls; jobs of a reader
 * pool always do. */
gboolean confab_backend_begin_snapshot (ConfabDatabase *database, GError **error);
void confab_backend_end_snapshot (ConfabDatabase *database);

/* Return the database's epoch, which differs in copies and restored backups. (transfer full) */
char *confab_backend_get_epoch (ConfabDatabase *database, GError **error);

/* Read the clock's revision. */
gboolean confab_backend_get_head (ConfabDatabase *database, gint64 *rev, GError **error);

/* ---- people ---- */

/* The user of a password, and what it must not contain. */
typedef struct
{
  gint64 user_id;
  char *password_hash;
  char *username;
  char *email;
} ConfabCredentials;

void confab_credentials_free (ConfabCredentials *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabCredentials, confab_credentials_free)

/* Find credentials by username or email (a key, see confab_text_key()), or by id. NULL without an
 * error: there is no such account. (transfer full) */
ConfabCredentials *confab_backend_find_credentials (ConfabDatabase *database,
                                                    const char *login_key,
                                                    GError **error);
ConfabCredentials *confab_backend_get_credentials (ConfabDatabase *database,
                                                   gint64 user_id,
                                                   GError **error);

/* Return the user's row with the email. NULL with NOT_FOUND. (transfer full) */
ConfabUserRow *confab_backend_get_user (ConfabDatabase *database, gint64 user_id, GError **error);

/* Return users whose username begins with @prefix_key, by username, at most CONFAB_PEOPLE_MAX_ROWS.
 * (transfer full) (element-type ConfabUserRow) */
GPtrArray *confab_backend_find_people (ConfabDatabase *database,
                                       const char *prefix_key,
                                       guint limit,
                                       GError **error);

/* Return whether no other user than @user_id has @username_key (a key), or a name that looks like
 * @look (see confab_look_alike_key()) */
gboolean confab_backend_username_is_free (ConfabDatabase *database,
                                          gint64 user_id,
                                          const char *username_key,
                                          const char *look,
                                          gboolean *is_free,
                                          GError **error);

/* Return a PNG by its hash. NULL with NOT_FOUND if no user has it. (transfer full) */
GBytes *confab_backend_get_picture (ConfabDatabase *database, const char *hash, GError **error);

/* Look up whether there is an active administrator. */
gboolean confab_backend_has_admin (ConfabDatabase *database, gboolean *has_admin, GError **error);

/* Return the suspended users. (transfer full) (element-type gint64) */
GArray *confab_backend_list_suspended (ConfabDatabase *database, GError **error);

/* List all but deleted users by username, with address and role, for the operator. */
typedef void (*ConfabUserFunc) (const ConfabUserRow *user,
                                const char *rolename,
                                const char *state,
                                gpointer user_data);
gboolean confab_backend_list_users (ConfabDatabase *database,
                                    ConfabUserFunc func,
                                    gpointer user_data,
                                    GError **error);

typedef void (*ConfabRoleFunc) (const ConfabRoleRow *role, gpointer user_data);
gboolean confab_backend_list_roles (ConfabDatabase *database,
                                    ConfabRoleFunc func,
                                    gpointer user_data,
                                    GError **error);

/* ---- sessions ---- */

typedef struct
{
  gint64 session_id;
  gint64 user_id;
  gint64 last_seen_at;
  gint64 created_at;
} ConfabSessionKey;

/* Return the valid sessions of @user_id, last used first. (transfer full) (element-type
 * ConfabSessionRow) */
GPtrArray *confab_backend_list_sessions (ConfabDatabase *database, gint64 user_id, GError **error);

/* Read every valid session, so that tokens can be checked in memory. */
typedef void (*ConfabSessionFunc) (GBytes *token_hash,
                                   const ConfabSessionKey *key,
                                   gpointer user_data);
gboolean confab_backend_list_all_sessions (ConfabDatabase *database,
                                           ConfabSessionFunc func,
                                           gpointer user_data,
                                           GError **error);

/* The devices and networks with which a user has signed in before. */
typedef struct
{
  gboolean device;
  gboolean network;
} ConfabAcquaintance;

/* Look up @device_hash (nullable) and @network among those of @user_id. */
gboolean confab_backend_get_acquaintance (ConfabDatabase *database,
                                          gint64 user_id,
                                          GBytes *device_hash,
                                          const char *network,
                                          ConfabAcquaintance *known,
                                          GError **error);

/* ---- resets and changes of email ---- */

/**
 * ConfabResetRow:
 * @token_key: the hash of the link's token, see confab_token_key()
 * @code_hash: the hash of the code
 * @attempts_left: at the code; the link needs none
 *
 * A reset that can be completed now.
 */
typedef struct
{
  gint64 user_id;
  char *username;
  char *email;
  char *token_key;
  char *code_hash;
  gint64 attempts_left;
  gint64 expires_at;
} ConfabResetRow;

void confab_reset_row_free (ConfabResetRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabResetRow, confab_reset_row_free)

/* Find a reset by the key of its token, or by that of the email, or of the username if its code was
 * not mailed; the other is NULL. NULL without an error: there is none, or it has expired. (transfer
 * full) */
ConfabResetRow *confab_backend_find_reset (ConfabDatabase *database,
                                           const char *token_key,
                                           const char *login_key,
                                           GError **error);

/* A new email that waits for its code. */
typedef struct
{
  char *username;
  char *old_email;
  char *email;
  char *code_hash;
} ConfabEmailChange;

void confab_email_change_free (ConfabEmailChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabEmailChange, confab_email_change_free)

/* NULL without an error: none waits, or its time or its attempts are over. (transfer full) */
ConfabEmailChange *confab_backend_get_email_change (ConfabDatabase *database,
                                                    gint64 user_id,
                                                    GError **error);

/* ---- conversations ---- */

/* Read one page in a snapshot; see docs/protocol.md. CURSOR_TOO_OLD if @since is beyond the head.
 * (transfer full) */
ConfabRows *confab_backend_sync (ConfabDatabase *database,
                                 gint64 user_id,
                                 gint64 since,
                                 guint limit,
                                 gint64 *to,
                                 gboolean *has_more,
                                 GError **error);

/* Return the newest messages before @before_seq, descending, at most CONFAB_HISTORY_MAX_ROWS.
 * NOT_FOUND unless @user_id is a member of the conversation. (transfer full) */
ConfabRows *confab_backend_history (ConfabDatabase *database,
                                    gint64 user_id,
                                    gint64 conversation_id,
                                    gint64 before_seq,
                                    guint limit,
                                    GError **error);

/* Read every current membership and the head, in a snapshot, to initialise the fan-out. */
typedef void (*ConfabMembershipFunc) (gint64 conversation_id, gint64 user_id, gpointer user_data);
gboolean confab_backend_list_memberships (ConfabDatabase *database,
                                          ConfabMembershipFunc func,
                                          gpointer user_data,
                                          gint64 *head,
                                          GError **error);

/* ---- what administrators are shown ---- */

/* Reads for administrators. They fail with FORBIDDEN unless @actor_id's role has the permission in
 * the snapshot read. (transfer full) */
ConfabPeoplePage *confab_backend_list_people (ConfabDatabase *database,
                                              gint64 actor_id,
                                              const ConfabPeopleQuery *query,
                                              GError **error);
ConfabPersonRow *confab_backend_get_person (ConfabDatabase *database,
                                            gint64 actor_id,
                                            gint64 user_id,
                                            GError **error);
gboolean confab_backend_preview_role (ConfabDatabase *database,
                                      gint64 actor_id,
                                      gint64 user_id,
                                      gint64 role_id,
                                      ConfabRoleChange *change,
                                      GError **error);
GPtrArray *confab_backend_list_invitations (ConfabDatabase *database,
                                            gint64 actor_id,
                                            GError **error);
ConfabAuditPage *confab_backend_read_audit (ConfabDatabase *database,
                                            gint64 actor_id,
                                            const ConfabAuditQuery *query,
                                            GError **error);

/* ---- keeping it ---- */

/* Copy the database to @target while others write. The copy has its own epoch. */
gboolean confab_backend_backup (const char *path, const char *target, GError **error);

/* Check integrity and invariants. Returns: (transfer full) (element-type utf8): a line for each
 * finding; empty if there is none */
GPtrArray *confab_backend_check (const char *path, GError **error);

G_END_DECLS
