/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-backend.h"

G_DEFINE_INTERFACE (ConfabBackendWriter, confab_backend_writer, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (ConfabBackendReader, confab_backend_reader, G_TYPE_OBJECT)

void
confab_credentials_free (ConfabCredentials *self)
{
  g_free (self->password_hash);
  g_free (self->username);
  g_free (self->email);
  g_free (self);
}

void
confab_reset_free (ConfabReset *self)
{
  g_free (self->username);
  g_free (self->email);
  g_free (self->token_key);
  g_free (self->code_hash);
  g_free (self);
}

void
confab_email_change_free (ConfabEmailChange *self)
{
  g_free (self->username);
  g_free (self->old_email);
  g_free (self->email);
  g_free (self->code_hash);
  g_free (self);
}

static void
confab_backend_writer_default_init (ConfabBackendWriterInterface *iface)
{
}

static void
confab_backend_reader_default_init (ConfabBackendReaderInterface *iface)
{
}

gboolean
confab_backend_writer_begin (ConfabBackendWriter *self, GError **error)
{
  return CONFAB_BACKEND_WRITER_GET_IFACE (self)->begin (self, error);
}

ConfabOutcome *
confab_backend_writer_execute (ConfabBackendWriter *self, const ConfabCommand *command)
{
  return CONFAB_BACKEND_WRITER_GET_IFACE (self)->execute (self, command);
}

gboolean
confab_backend_writer_commit (ConfabBackendWriter *self, GError **error)
{
  return CONFAB_BACKEND_WRITER_GET_IFACE (self)->commit (self, error);
}

void
confab_backend_writer_rollback (ConfabBackendWriter *self)
{
  CONFAB_BACKEND_WRITER_GET_IFACE (self)->rollback (self);
}

gboolean
confab_backend_writer_changed_elsewhere (ConfabBackendWriter *self)
{
  return CONFAB_BACKEND_WRITER_GET_IFACE (self)->changed_elsewhere (self);
}

const char *
confab_backend_reader_get_epoch (ConfabBackendReader *self)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->get_epoch (self);
}

gboolean
confab_backend_reader_get_head (ConfabBackendReader *self, gint64 *rev, GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->get_head (self, rev, error);
}

gboolean
confab_backend_reader_find_session (ConfabBackendReader *self,
                                    GBytes *token_hash,
                                    ConfabSessionKey *key,
                                    GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->find_session (self, token_hash, key, error);
}

gboolean
confab_backend_reader_session_exists (ConfabBackendReader *self, gint64 session_id)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->session_exists (self, session_id);
}

ConfabCredentials *
confab_backend_reader_find_credentials (ConfabBackendReader *self,
                                        const char *login_key,
                                        GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->find_credentials (self, login_key, error);
}

ConfabCredentials *
confab_backend_reader_get_credentials (ConfabBackendReader *self, gint64 user_id, GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->get_credentials (self, user_id, error);
}

gboolean
confab_backend_reader_get_acquaintance (ConfabBackendReader *self,
                                        gint64 user_id,
                                        GBytes *device_hash,
                                        const char *network,
                                        ConfabAcquaintance *known,
                                        GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->get_acquaintance (self, user_id, device_hash,
                                                                   network, known, error);
}

ConfabEmailChange *
confab_backend_reader_get_email_change (ConfabBackendReader *self, gint64 user_id, GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->get_email_change (self, user_id, error);
}

gboolean
confab_backend_reader_username_is_free (ConfabBackendReader *self,
                                        gint64 user_id,
                                        const char *username_key,
                                        const char *look,
                                        gboolean *is_free,
                                        GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->username_is_free (self, user_id, username_key,
                                                                   look, is_free, error);
}

gboolean
confab_backend_reader_has_admin (ConfabBackendReader *self, gboolean *has_admin, GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->has_admin (self, has_admin, error);
}

GBytes *
confab_backend_reader_get_picture (ConfabBackendReader *self, const char *hash, GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->get_picture (self, hash, error);
}

ConfabUserRow *
confab_backend_reader_get_user (ConfabBackendReader *self, gint64 user_id, GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->get_user (self, user_id, error);
}

ConfabReset *
confab_backend_reader_find_reset (ConfabBackendReader *self,
                                  const char *token_key,
                                  const char *login_key,
                                  GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->find_reset (self, token_key, login_key, error);
}

GPtrArray *
confab_backend_reader_list_sessions (ConfabBackendReader *self, gint64 user_id, GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->list_sessions (self, user_id, error);
}

GPtrArray *
confab_backend_reader_find_people (ConfabBackendReader *self,
                                   const char *prefix_key,
                                   guint limit,
                                   GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->find_people (self, prefix_key, limit, error);
}

ConfabRows *
confab_backend_reader_sync (ConfabBackendReader *self,
                            gint64 user_id,
                            gint64 since,
                            guint limit,
                            gint64 *to,
                            gboolean *has_more,
                            GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->sync (self, user_id, since, limit, to, has_more,
                                                       error);
}

ConfabRows *
confab_backend_reader_history (ConfabBackendReader *self,
                               gint64 user_id,
                               gint64 conversation_id,
                               gint64 before_seq,
                               guint limit,
                               GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->history (self, user_id, conversation_id,
                                                          before_seq, limit, error);
}

ConfabPeoplePage *
confab_backend_reader_list_people (ConfabBackendReader *self,
                                   gint64 actor_id,
                                   const ConfabPeopleQuery *query,
                                   GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->list_people (self, actor_id, query, error);
}

ConfabPersonRow *
confab_backend_reader_get_person (ConfabBackendReader *self,
                                  gint64 actor_id,
                                  gint64 user_id,
                                  GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->get_person (self, actor_id, user_id, error);
}

gboolean
confab_backend_reader_preview_role (ConfabBackendReader *self,
                                    gint64 actor_id,
                                    gint64 user_id,
                                    gint64 role_id,
                                    ConfabRoleChange *change,
                                    GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->preview_role (self, actor_id, user_id, role_id,
                                                               change, error);
}

GPtrArray *
confab_backend_reader_list_invitations (ConfabBackendReader *self, gint64 actor_id, GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->list_invitations (self, actor_id, error);
}

ConfabAuditPage *
confab_backend_reader_read_audit (ConfabBackendReader *self,
                                  gint64 actor_id,
                                  const ConfabAuditQuery *query,
                                  GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->read_audit (self, actor_id, query, error);
}

gboolean
confab_backend_reader_memberships (ConfabBackendReader *self,
                                   ConfabMembershipFunc func,
                                   gpointer user_data,
                                   gint64 *head,
                                   GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->memberships (self, func, user_data, head, error);
}

GArray *
confab_backend_reader_list_suspended (ConfabBackendReader *self, GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->list_suspended (self, error);
}

gboolean
confab_backend_reader_sessions (ConfabBackendReader *self,
                                ConfabSessionFunc func,
                                gpointer user_data,
                                GError **error)
{
  return CONFAB_BACKEND_READER_GET_IFACE (self)->sessions (self, func, user_data, error);
}
