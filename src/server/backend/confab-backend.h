/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The one small interface between the server and a database. A backend makes one write
 * connection and any number of read connections; each is used by one thread at a time. Errors of
 * the database itself are CONFAB_PROBLEM_UNAVAILABLE (full, busy) or _INTERNAL, logged where
 * they happen. */

#pragma once

#include <glib-object.h>

#include "confab-codec.h"
#include "confab-command.h"

G_BEGIN_DECLS

/* ---- writing: used by the writer's thread alone ---- */

#define CONFAB_TYPE_BACKEND_WRITER (confab_backend_writer_get_type ())
G_DECLARE_INTERFACE (ConfabBackendWriter, confab_backend_writer, CONFAB, BACKEND_WRITER, GObject)

struct _ConfabBackendWriterInterface
{
  GTypeInterface parent_iface;

  gboolean (*begin) (ConfabBackendWriter *self, GError **error);
  /* Carries out one command inside the transaction, in a savepoint; never NULL, never fails the
   * batch. */
  ConfabOutcome *(*execute) (ConfabBackendWriter *self, const ConfabCommand *command);
  gboolean (*commit) (ConfabBackendWriter *self, GError **error);
  void (*rollback) (ConfabBackendWriter *self);
  /* Whether another process has changed the database since the last call; called when idle, and
   * in each transaction, so that listeners hear of foreign revisions before the batch's own. */
  gboolean (*changed_elsewhere) (ConfabBackendWriter *self);
};

gboolean confab_backend_writer_begin (ConfabBackendWriter *self, GError **error);
ConfabOutcome *confab_backend_writer_execute (ConfabBackendWriter *self,
                                              const ConfabCommand *command);
gboolean confab_backend_writer_commit (ConfabBackendWriter *self, GError **error);
void confab_backend_writer_rollback (ConfabBackendWriter *self);
gboolean confab_backend_writer_changed_elsewhere (ConfabBackendWriter *self);

/* ---- reading ---- */

typedef struct
{
  gint64 session_id;
  gint64 user_id;
  gint64 last_seen_at;
  gint64 created_at;
} ConfabSessionKey;

/* Whose password it is, and what it must not be made of. */
typedef struct
{
  gint64 user_id;
  char *password_hash;
  char *username;
  char *email;
} ConfabCredentials;

void confab_credentials_free (ConfabCredentials *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabCredentials, confab_credentials_free)

/**
 * ConfabReset:
 * @token_key: what is kept of the link's token, see confab_token_key()
 * @code_hash: of the code
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
  gint64 expires_at;
} ConfabReset;

void confab_reset_free (ConfabReset *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabReset, confab_reset_free)

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

/* What a person has signed in with, or from, before. */
typedef struct
{
  gboolean device;
  gboolean network;
} ConfabAcquaintance;

#define CONFAB_TYPE_BACKEND_READER (confab_backend_reader_get_type ())
G_DECLARE_INTERFACE (ConfabBackendReader, confab_backend_reader, CONFAB, BACKEND_READER, GObject)

typedef void (*ConfabMembershipFunc) (gint64 conversation_id, gint64 user_id, gpointer user_data);
typedef void (*ConfabSessionFunc) (GBytes *token_hash,
                                   const ConfabSessionKey *key,
                                   gpointer user_data);

struct _ConfabBackendReaderInterface
{
  GTypeInterface parent_iface;

  const char *(*get_epoch) (ConfabBackendReader *self);
  gboolean (*get_head) (ConfabBackendReader *self, gint64 *rev, GError **error);
  /* FALSE without an error: no such session (unknown, or idle for longer than 90 days) */
  gboolean (*find_session) (ConfabBackendReader *self,
                            GBytes *token_hash,
                            ConfabSessionKey *key,
                            GError **error);
  gboolean (*session_exists) (ConfabBackendReader *self, gint64 session_id);
  /* NULL without an error: nobody by that username or email (a key, see confab_text_key()) */
  ConfabCredentials *(*find_credentials) (ConfabBackendReader *self,
                                          const char *login_key,
                                          GError **error);
  /* NULL without an error: there is no such account (any more) */
  /* What is known of @device_hash (nullable) and @network as @user_id's own */
  gboolean (*get_acquaintance) (ConfabBackendReader *self,
                                gint64 user_id,
                                GBytes *device_hash,
                                const char *network,
                                ConfabAcquaintance *known,
                                GError **error);
  ConfabCredentials *(*get_credentials) (ConfabBackendReader *self, gint64 user_id, GError **error);
  /* NULL without an error: none waits, or its time or its attempts are over */
  ConfabEmailChange *(*get_email_change) (ConfabBackendReader *self,
                                          gint64 user_id,
                                          GError **error);
  /* Whether only @user_id has @username_key (a key), and a name that looks like @look (see
   * confab_look_alike_key()) */
  gboolean (*username_is_free) (ConfabBackendReader *self,
                                gint64 user_id,
                                const char *username_key,
                                const char *look,
                                gboolean *is_free,
                                GError **error);
  /* Whether there is an active administrator */
  gboolean (*has_admin) (ConfabBackendReader *self, gboolean *has_admin, GError **error);
  /* A PNG by its hash. NOT_FOUND if it is nobody's */
  GBytes *(*get_picture) (ConfabBackendReader *self, const char *hash, GError **error);
  ConfabUserRow *(*get_user) (ConfabBackendReader *self, gint64 user_id, GError **error);
  /* By the key of the token, or by that of the email; the other is NULL. NULL without an error:
   * none, or it is over */
  ConfabReset *(*find_reset) (ConfabBackendReader *self,
                              const char *token_key,
                              const char *login_key,
                              GError **error);
  GPtrArray *(*list_sessions) (ConfabBackendReader *self, gint64 user_id, GError **error);
  GPtrArray *(*find_people) (ConfabBackendReader *self,
                             const char *prefix_key,
                             guint limit,
                             GError **error);
  /* One page in one snapshot; see docs/protocol.md. CURSOR_TOO_OLD if @since is beyond the head. */
  ConfabRows *(*sync) (ConfabBackendReader *self,
                       gint64 user_id,
                       gint64 since,
                       guint limit,
                       gint64 *to,
                       gboolean *has_more,
                       GError **error);
  ConfabRows *(*history) (ConfabBackendReader *self,
                          gint64 user_id,
                          gint64 conversation_id,
                          gint64 before_seq,
                          guint limit,
                          GError **error);
  /* What administrators are shown; each is FORBIDDEN, in the snapshot it reads, unless
   * @actor_id's role permits it now. */
  ConfabPeoplePage *(*list_people) (ConfabBackendReader *self,
                                    gint64 actor_id,
                                    const ConfabPeopleQuery *query,
                                    GError **error);
  ConfabPersonRow *(*get_person) (ConfabBackendReader *self,
                                  gint64 actor_id,
                                  gint64 user_id,
                                  GError **error);
  gboolean (*preview_role) (ConfabBackendReader *self,
                            gint64 actor_id,
                            gint64 user_id,
                            gint64 role_id,
                            ConfabRoleChange *change,
                            GError **error);
  GPtrArray *(*list_invitations) (ConfabBackendReader *self, gint64 actor_id, GError **error);
  ConfabAuditPage *(*read_audit) (ConfabBackendReader *self,
                                  gint64 actor_id,
                                  const ConfabAuditQuery *query,
                                  GError **error);
  /* Every current membership and the head it is true at, in one snapshot: what the fan-out
   * starts from */
  gboolean (*memberships) (ConfabBackendReader *self,
                           ConfabMembershipFunc func,
                           gpointer user_data,
                           gint64 *head,
                           GError **error);
  /* Who is suspended: (transfer full) (element-type gint64): NULL with an error */
  GArray *(*list_suspended) (ConfabBackendReader *self, GError **error);
  /* Every session that is not over, in one snapshot: with them in memory a token is known, or
   * not, at once */
  gboolean (*sessions) (ConfabBackendReader *self,
                        ConfabSessionFunc func,
                        gpointer user_data,
                        GError **error);
};

const char *confab_backend_reader_get_epoch (ConfabBackendReader *self);
gboolean confab_backend_reader_get_head (ConfabBackendReader *self, gint64 *rev, GError **error);
gboolean confab_backend_reader_find_session (ConfabBackendReader *self,
                                             GBytes *token_hash,
                                             ConfabSessionKey *key,
                                             GError **error);
gboolean confab_backend_reader_session_exists (ConfabBackendReader *self, gint64 session_id);
ConfabCredentials *confab_backend_reader_find_credentials (ConfabBackendReader *self,
                                                           const char *login_key,
                                                           GError **error);
ConfabCredentials *confab_backend_reader_get_credentials (ConfabBackendReader *self,
                                                          gint64 user_id,
                                                          GError **error);
gboolean confab_backend_reader_get_acquaintance (ConfabBackendReader *self,
                                                 gint64 user_id,
                                                 GBytes *device_hash,
                                                 const char *network,
                                                 ConfabAcquaintance *known,
                                                 GError **error);
ConfabEmailChange *confab_backend_reader_get_email_change (ConfabBackendReader *self,
                                                           gint64 user_id,
                                                           GError **error);
gboolean confab_backend_reader_username_is_free (ConfabBackendReader *self,
                                                 gint64 user_id,
                                                 const char *username_key,
                                                 const char *look,
                                                 gboolean *is_free,
                                                 GError **error);
gboolean confab_backend_reader_has_admin (ConfabBackendReader *self,
                                          gboolean *has_admin,
                                          GError **error);
GBytes *confab_backend_reader_get_picture (ConfabBackendReader *self,
                                           const char *hash,
                                           GError **error);
ConfabUserRow *confab_backend_reader_get_user (ConfabBackendReader *self,
                                               gint64 user_id,
                                               GError **error);
ConfabReset *confab_backend_reader_find_reset (ConfabBackendReader *self,
                                               const char *token_key,
                                               const char *login_key,
                                               GError **error);
GPtrArray *confab_backend_reader_list_sessions (ConfabBackendReader *self,
                                                gint64 user_id,
                                                GError **error);
GPtrArray *confab_backend_reader_find_people (ConfabBackendReader *self,
                                              const char *prefix_key,
                                              guint limit,
                                              GError **error);
ConfabRows *confab_backend_reader_sync (ConfabBackendReader *self,
                                        gint64 user_id,
                                        gint64 since,
                                        guint limit,
                                        gint64 *to,
                                        gboolean *has_more,
                                        GError **error);
ConfabRows *confab_backend_reader_history (ConfabBackendReader *self,
                                           gint64 user_id,
                                           gint64 conversation_id,
                                           gint64 before_seq,
                                           guint limit,
                                           GError **error);
ConfabPeoplePage *confab_backend_reader_list_people (ConfabBackendReader *self,
                                                     gint64 actor_id,
                                                     const ConfabPeopleQuery *query,
                                                     GError **error);
ConfabPersonRow *confab_backend_reader_get_person (ConfabBackendReader *self,
                                                   gint64 actor_id,
                                                   gint64 user_id,
                                                   GError **error);
gboolean confab_backend_reader_preview_role (ConfabBackendReader *self,
                                             gint64 actor_id,
                                             gint64 user_id,
                                             gint64 role_id,
                                             ConfabRoleChange *change,
                                             GError **error);
GPtrArray *confab_backend_reader_list_invitations (ConfabBackendReader *self,
                                                   gint64 actor_id,
                                                   GError **error);
ConfabAuditPage *confab_backend_reader_read_audit (ConfabBackendReader *self,
                                                   gint64 actor_id,
                                                   const ConfabAuditQuery *query,
                                                   GError **error);
gboolean confab_backend_reader_memberships (ConfabBackendReader *self,
                                            ConfabMembershipFunc func,
                                            gpointer user_data,
                                            gint64 *head,
                                            GError **error);
GArray *confab_backend_reader_list_suspended (ConfabBackendReader *self, GError **error);
gboolean confab_backend_reader_sessions (ConfabBackendReader *self,
                                         ConfabSessionFunc func,
                                         gpointer user_data,
                                         GError **error);

G_END_DECLS
