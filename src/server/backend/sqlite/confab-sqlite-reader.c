/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-sqlite-backend.h"

#include "confab-limits.h"
#include "confab-sqlite-administration.h"
#include "confab-sqlite-private.h"
#include "confab-sqlite-resources.h"
#include "confab-sqlite-rows.h"

#define CONFAB_TYPE_SQLITE_READER (confab_sqlite_reader_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSqliteReader, confab_sqlite_reader, CONFAB, SQLITE_READER, GObject)

struct _ConfabSqliteReader
{
  GObject parent_instance;
  ConfabDatabase *database;
  char *epoch;
};

static void confab_sqlite_reader_backend_init (ConfabBackendReaderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConfabSqliteReader,
                               confab_sqlite_reader,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CONFAB_TYPE_BACKEND_READER,
                                                      confab_sqlite_reader_backend_init))

/* Hands a local error on as a problem. Returns whether there was none. */
static gboolean
end_call (GError **local_error, GError **error)
{
  if (*local_error == NULL)
    return TRUE;

  confab_sqlite_translate_error (local_error);
  g_propagate_error (error, g_steal_pointer (local_error));

  return FALSE;
}

/* What is read between these two is of one moment. */
static gboolean
begin_snapshot (ConfabSqliteReader *self, GError **error)
{
  return confab_database_exec (self->database, "BEGIN", error);
}

static void
end_snapshot (ConfabSqliteReader *self)
{
  confab_database_exec (self->database, "COMMIT", NULL);
}

static const char *
confab_sqlite_reader_get_epoch (ConfabBackendReader *backend)
{
  return CONFAB_SQLITE_READER (backend)->epoch;
}

gboolean
confab_sqlite_get_head (ConfabDatabase *database, gint64 *rev, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (database, "SELECT rev FROM clock", error);

  if (statement == NULL || !confab_statement_step (statement, error))
    return FALSE;

  *rev = confab_statement_get_int (statement, 0);

  return TRUE;
}

static gboolean
confab_sqlite_reader_get_head (ConfabBackendReader *backend, gint64 *rev, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  confab_sqlite_get_head (CONFAB_SQLITE_READER (backend)->database, rev, &local_error);

  return end_call (&local_error, error);
}

static gboolean
confab_sqlite_reader_find_session (ConfabBackendReader *backend,
                                   GBytes *token_hash,
                                   ConfabSessionKey *key,
                                   GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  gint64 oldest = g_get_real_time () / 1000 - CONFAB_SQLITE_SESSION_IDLE_MS;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (self->database,
                               "SELECT id, user_id, last_seen_at, created_at FROM sessions"
                               " WHERE token_hash = ?1 AND last_seen_at >= ?2",
                               &local_error);

  if (statement == NULL)
    return end_call (&local_error, error);

  confab_statement_bind_bytes (statement, 1, g_bytes_get_data (token_hash, NULL),
                               g_bytes_get_size (token_hash));
  confab_statement_bind_int (statement, 2, oldest);
  if (confab_statement_step (statement, &local_error))
    {
      key->session_id = confab_statement_get_int (statement, 0);
      key->user_id = confab_statement_get_int (statement, 1);
      key->last_seen_at = confab_statement_get_int (statement, 2);
      key->created_at = confab_statement_get_int (statement, 3);
      return TRUE;
    }

  end_call (&local_error, error);

  return FALSE;
}

static gboolean
confab_sqlite_reader_session_exists (ConfabBackendReader *backend, gint64 session_id)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (self->database, "SELECT 1 FROM sessions WHERE id = ?1", &error);

  if (statement != NULL)
    {
      confab_statement_bind_int (statement, 1, session_id);
      if (confab_statement_step (statement, &error))
        return TRUE;
    }

  confab_sqlite_translate_error (&error);

  return FALSE;
}

/* Columns: id, password, username, email */
static ConfabCredentials *
read_credentials (ConfabStatement *statement, GError **error)
{
  ConfabCredentials *credentials;

  if (!confab_statement_step (statement, error))
    return NULL;

  credentials = g_new0 (ConfabCredentials, 1);
  credentials->user_id = confab_statement_get_int (statement, 0);
  credentials->password_hash = confab_statement_dup_string (statement, 1);
  credentials->username = confab_statement_dup_string (statement, 2);
  credentials->email = confab_statement_dup_string (statement, 3);

  return credentials;
}

static ConfabCredentials *
confab_sqlite_reader_find_credentials (ConfabBackendReader *backend,
                                       const char *login_key,
                                       GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabCredentials) credentials = NULL;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      self->database,
      "SELECT id, password, username, email FROM users"
      " WHERE (username_key = ?1 OR email_key = ?1) AND state <> 'deleted'",
      &local_error);

  if (statement != NULL)
    {
      confab_statement_bind_string (statement, 1, login_key);
      credentials = read_credentials (statement, &local_error);
    }

  return end_call (&local_error, error) ? g_steal_pointer (&credentials) : NULL;
}

static ConfabCredentials *
confab_sqlite_reader_get_credentials (ConfabBackendReader *backend, gint64 user_id, GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabCredentials) credentials = NULL;
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (self->database,
                               "SELECT id, password, username, email FROM users"
                               " WHERE id = ?1 AND state <> 'deleted'",
                               &local_error);

  if (statement != NULL)
    {
      confab_statement_bind_int (statement, 1, user_id);
      credentials = read_credentials (statement, &local_error);
    }

  return end_call (&local_error, error) ? g_steal_pointer (&credentials) : NULL;
}

static gboolean
confab_sqlite_reader_get_acquaintance (ConfabBackendReader *backend,
                                       gint64 user_id,
                                       GBytes *device_hash,
                                       const char *network,
                                       ConfabAcquaintance *known,
                                       GError **error)
{
  g_autoptr (GError) local_error = NULL;

  confab_sqlite_load_acquaintance (CONFAB_SQLITE_READER (backend)->database, user_id, device_hash,
                                   network, g_get_real_time () / 1000, known, &local_error);

  return end_call (&local_error, error);
}

static ConfabEmailChange *
confab_sqlite_reader_get_email_change (ConfabBackendReader *backend, gint64 user_id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabEmailChange) change = confab_sqlite_load_email_change (
      CONFAB_SQLITE_READER (backend)->database, user_id, g_get_real_time () / 1000, &local_error);

  return end_call (&local_error, error) ? g_steal_pointer (&change) : NULL;
}

static gboolean
confab_sqlite_reader_username_is_free (ConfabBackendReader *backend,
                                       gint64 user_id,
                                       const char *username_key,
                                       const char *look,
                                       gboolean *is_free,
                                       GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      self->database,
      "SELECT 1 FROM users WHERE (username_key = ?1 OR username_look = ?3) AND id <> ?2",
      &local_error);

  if (statement != NULL)
    {
      confab_statement_bind_string (statement, 1, username_key);
      confab_statement_bind_int (statement, 2, user_id);
      confab_statement_bind_string (statement, 3, look);
      *is_free = !confab_statement_step (statement, &local_error);
    }

  return end_call (&local_error, error);
}

static gboolean
confab_sqlite_reader_has_admin (ConfabBackendReader *backend, gboolean *has_admin, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  confab_sqlite_has_admin (CONFAB_SQLITE_READER (backend)->database, has_admin, &local_error);

  return end_call (&local_error, error);
}

static GBytes *
confab_sqlite_reader_get_picture (ConfabBackendReader *backend, const char *hash, GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      self->database, "SELECT png FROM pictures WHERE hash = ?1", &local_error);

  if (statement != NULL)
    {
      confab_statement_bind_string (statement, 1, hash);
      if (confab_statement_step (statement, &local_error))
        png = confab_statement_dup_bytes (statement, 0);
      else if (local_error == NULL)
        confab_problem_set (&local_error, CONFAB_PROBLEM_NOT_FOUND);
    }

  return end_call (&local_error, error) ? g_steal_pointer (&png) : NULL;
}

static ConfabUserRow *
confab_sqlite_reader_get_user (ConfabBackendReader *backend, gint64 user_id, GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabUserRow) row =
      confab_sqlite_load_user (self->database, user_id, TRUE, &local_error);

  if (row == NULL && local_error == NULL)
    confab_problem_set (&local_error, CONFAB_PROBLEM_NOT_FOUND);

  return end_call (&local_error, error) ? g_steal_pointer (&row) : NULL;
}

static ConfabReset *
confab_sqlite_reader_find_reset (ConfabBackendReader *backend,
                                 const char *token_key,
                                 const char *login_key,
                                 GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabReset) reset = confab_sqlite_load_reset (
      self->database, token_key, login_key, g_get_real_time () / 1000, &local_error);

  return end_call (&local_error, error) ? g_steal_pointer (&reset) : NULL;
}

static GPtrArray *
confab_sqlite_reader_list_sessions (ConfabBackendReader *backend, gint64 user_id, GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  gint64 oldest = g_get_real_time () / 1000 - CONFAB_SQLITE_SESSION_IDLE_MS;
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_session_row_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (self->database,
                               "SELECT id, device_name, created_at, last_seen_at FROM sessions"
                               " WHERE user_id = ?1 AND last_seen_at >= ?2"
                               " ORDER BY last_seen_at DESC, id DESC",
                               &local_error);

  if (statement != NULL)
    {
      confab_statement_bind_int (statement, 1, user_id);
      confab_statement_bind_int (statement, 2, oldest);
      while (confab_statement_step (statement, &local_error))
        {
          ConfabSessionRow *row = g_new0 (ConfabSessionRow, 1);

          row->id = confab_statement_get_int (statement, 0);
          row->device_name = confab_statement_dup_string (statement, 1);
          row->created_at = confab_statement_get_int (statement, 2);
          row->last_seen_at = confab_statement_get_int (statement, 3);
          g_ptr_array_add (rows, row);
        }
    }

  return end_call (&local_error, error) ? g_steal_pointer (&rows) : NULL;
}

static GPtrArray *
confab_sqlite_reader_find_people (ConfabBackendReader *backend,
                                  const char *prefix_key,
                                  guint limit,
                                  GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_user_row_free);
  g_autoptr (GError) local_error = NULL;
  /* A range, so that the index is used: U+10FFFF comes after every character a name can hold. */
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      self->database,
      "SELECT id, username, created_at, role_id, rev, about, picture FROM users"
      " WHERE username_key >= ?1 AND username_key < ?1 || char (1114111)"
      "   AND state <> 'deleted'"
      " ORDER BY username_key LIMIT ?2",
      &local_error);

  if (statement != NULL)
    {
      confab_statement_bind_string (statement, 1, prefix_key);
      confab_statement_bind_int (statement, 2, MIN (limit, CONFAB_PEOPLE_MAX_ROWS));
      while (confab_statement_step (statement, &local_error))
        {
          ConfabUserRow *row = g_new0 (ConfabUserRow, 1);

          row->id = confab_statement_get_int (statement, 0);
          row->username = confab_statement_dup_string (statement, 1);
          row->created_at = confab_statement_get_int (statement, 2);
          row->role_id = confab_statement_get_int (statement, 3);
          row->rev = confab_statement_get_int (statement, 4);
          row->about = confab_statement_dup_string (statement, 5);
          row->picture = confab_statement_dup_string (statement, 6);
          g_ptr_array_add (rows, row);
        }
    }

  return end_call (&local_error, error) ? g_steal_pointer (&rows) : NULL;
}

static ConfabRows *
confab_sqlite_reader_sync (ConfabBackendReader *backend,
                           gint64 user_id,
                           gint64 since,
                           guint limit,
                           gint64 *to,
                           gboolean *has_more,
                           GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabRows) rows = NULL;

  if (begin_snapshot (self, &local_error))
    {
      rows = confab_sqlite_sync (self->database, user_id, since, limit, to, has_more, &local_error);
      end_snapshot (self);
    }

  return end_call (&local_error, error) ? g_steal_pointer (&rows) : NULL;
}

static ConfabRows *
read_history (ConfabSqliteReader *self,
              gint64 user_id,
              gint64 conversation_id,
              gint64 before_seq,
              guint limit,
              GError **error)
{
  g_autoptr (ConfabConversationRow) conversation =
      confab_sqlite_load_joined (self->database, conversation_id, user_id, error);
  g_auto (ConfabGathering) gathering = { 0 };

  if (conversation == NULL)
    return NULL;

  confab_gathering_init (&gathering, self->database, user_id);
  if (!confab_gathering_add_history (&gathering, conversation_id, before_seq,
                                     MIN (limit, CONFAB_HISTORY_MAX_ROWS), error))
    return NULL;

  return confab_gathering_end (&gathering);
}

static ConfabRows *
confab_sqlite_reader_history (ConfabBackendReader *backend,
                              gint64 user_id,
                              gint64 conversation_id,
                              gint64 before_seq,
                              guint limit,
                              GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabRows) rows = NULL;

  if (begin_snapshot (self, &local_error))
    {
      rows = read_history (self, user_id, conversation_id, before_seq, limit, &local_error);
      end_snapshot (self);
    }

  return end_call (&local_error, error) ? g_steal_pointer (&rows) : NULL;
}

/* As begin_snapshot(), if @actor_id has @permission in it; FALSE with an error is no snapshot. */
static gboolean
begin_permitted (ConfabSqliteReader *self,
                 gint64 actor_id,
                 ConfabPermission permission,
                 GError **error)
{
  if (!begin_snapshot (self, error))
    return FALSE;

  if (confab_sqlite_require_permitted (self->database, actor_id, permission, error))
    return TRUE;

  end_snapshot (self);

  return FALSE;
}

static gint64
get_now (void)
{
  return g_get_real_time () / 1000;
}

static ConfabPeoplePage *
confab_sqlite_reader_list_people (ConfabBackendReader *backend,
                                  gint64 actor_id,
                                  const ConfabPeopleQuery *query,
                                  GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabPeoplePage) page = NULL;

  if (begin_permitted (self, actor_id, CONFAB_PERMISSION_LIST_PEOPLE, &local_error))
    {
      page = confab_sqlite_list_people (self->database, query, get_now (), &local_error);
      end_snapshot (self);
    }

  return end_call (&local_error, error) ? g_steal_pointer (&page) : NULL;
}

static ConfabPersonRow *
confab_sqlite_reader_get_person (ConfabBackendReader *backend,
                                 gint64 actor_id,
                                 gint64 user_id,
                                 GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabPersonRow) row = NULL;

  if (begin_permitted (self, actor_id, CONFAB_PERMISSION_LIST_PEOPLE, &local_error))
    {
      row = confab_sqlite_load_person (self->database, actor_id, user_id, get_now (), &local_error);
      end_snapshot (self);
    }

  return end_call (&local_error, error) ? g_steal_pointer (&row) : NULL;
}

static gboolean
confab_sqlite_reader_preview_role (ConfabBackendReader *backend,
                                   gint64 actor_id,
                                   gint64 user_id,
                                   gint64 role_id,
                                   ConfabRoleChange *change,
                                   GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GError) local_error = NULL;

  if (begin_permitted (self, actor_id, CONFAB_PERMISSION_CHANGE_ROLES, &local_error))
    {
      confab_sqlite_preview_role (self->database, user_id, role_id, get_now (), change,
                                  &local_error);
      end_snapshot (self);
    }

  return end_call (&local_error, error);
}

static GPtrArray *
confab_sqlite_reader_list_invitations (ConfabBackendReader *backend,
                                       gint64 actor_id,
                                       GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (begin_permitted (self, actor_id, CONFAB_PERMISSION_INVITE, &local_error))
    {
      rows = confab_sqlite_list_invitations (self->database, 0, get_now (), &local_error);
      end_snapshot (self);
    }

  return end_call (&local_error, error) ? g_steal_pointer (&rows) : NULL;
}

static ConfabAuditPage *
confab_sqlite_reader_read_audit (ConfabBackendReader *backend,
                                 gint64 actor_id,
                                 const ConfabAuditQuery *query,
                                 GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabAuditPage) page = NULL;

  if (begin_permitted (self, actor_id, CONFAB_PERMISSION_READ_AUDIT, &local_error))
    {
      page = confab_sqlite_read_audit (self->database, query, &local_error);
      end_snapshot (self);
    }

  return end_call (&local_error, error) ? g_steal_pointer (&page) : NULL;
}

static void
read_memberships (ConfabSqliteReader *self,
                  ConfabMembershipFunc func,
                  gpointer user_data,
                  GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      self->database,
      "SELECT conversation_id, user_id FROM conversation_users WHERE left_at IS NULL", error);

  if (statement == NULL)
    return;

  while (confab_statement_step (statement, error))
    func (confab_statement_get_int (statement, 0), confab_statement_get_int (statement, 1),
          user_data);
}

static gboolean
confab_sqlite_reader_memberships (ConfabBackendReader *backend,
                                  ConfabMembershipFunc func,
                                  gpointer user_data,
                                  gint64 *head,
                                  GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GError) local_error = NULL;

  if (begin_snapshot (self, &local_error))
    {
      if (confab_sqlite_get_head (self->database, head, &local_error))
        read_memberships (self, func, user_data, &local_error);
      end_snapshot (self);
    }

  return end_call (&local_error, error);
}

static GArray *
confab_sqlite_reader_list_suspended (ConfabBackendReader *backend, GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  g_autoptr (GArray) user_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      self->database, "SELECT id FROM users WHERE state = 'suspended'", &local_error);

  while (statement != NULL && confab_statement_step (statement, &local_error))
    {
      gint64 id = confab_statement_get_int (statement, 0);

      g_array_append_val (user_ids, id);
    }

  return end_call (&local_error, error) ? g_steal_pointer (&user_ids) : NULL;
}

static gboolean
confab_sqlite_reader_sessions (ConfabBackendReader *backend,
                               ConfabSessionFunc func,
                               gpointer user_data,
                               GError **error)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (backend);
  gint64 oldest = g_get_real_time () / 1000 - CONFAB_SQLITE_SESSION_IDLE_MS;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      self->database,
      "SELECT token_hash, id, user_id, last_seen_at, created_at FROM sessions"
      " WHERE last_seen_at >= ?1",
      &local_error);

  if (statement == NULL)
    return end_call (&local_error, error);

  confab_statement_bind_int (statement, 1, oldest);
  while (confab_statement_step (statement, &local_error))
    {
      g_autoptr (GBytes) token_hash = confab_statement_dup_bytes (statement, 0);
      ConfabSessionKey key = {
        .session_id = confab_statement_get_int (statement, 1),
        .user_id = confab_statement_get_int (statement, 2),
        .last_seen_at = confab_statement_get_int (statement, 3),
        .created_at = confab_statement_get_int (statement, 4),
      };

      func (token_hash, &key, user_data);
    }

  return end_call (&local_error, error);
}

static void
confab_sqlite_reader_backend_init (ConfabBackendReaderInterface *iface)
{
  iface->get_epoch = confab_sqlite_reader_get_epoch;
  iface->get_head = confab_sqlite_reader_get_head;
  iface->find_session = confab_sqlite_reader_find_session;
  iface->session_exists = confab_sqlite_reader_session_exists;
  iface->find_credentials = confab_sqlite_reader_find_credentials;
  iface->get_acquaintance = confab_sqlite_reader_get_acquaintance;
  iface->get_credentials = confab_sqlite_reader_get_credentials;
  iface->get_email_change = confab_sqlite_reader_get_email_change;
  iface->username_is_free = confab_sqlite_reader_username_is_free;
  iface->has_admin = confab_sqlite_reader_has_admin;
  iface->get_picture = confab_sqlite_reader_get_picture;
  iface->get_user = confab_sqlite_reader_get_user;
  iface->find_reset = confab_sqlite_reader_find_reset;
  iface->list_sessions = confab_sqlite_reader_list_sessions;
  iface->find_people = confab_sqlite_reader_find_people;
  iface->sync = confab_sqlite_reader_sync;
  iface->history = confab_sqlite_reader_history;
  iface->list_people = confab_sqlite_reader_list_people;
  iface->get_person = confab_sqlite_reader_get_person;
  iface->preview_role = confab_sqlite_reader_preview_role;
  iface->list_invitations = confab_sqlite_reader_list_invitations;
  iface->read_audit = confab_sqlite_reader_read_audit;
  iface->memberships = confab_sqlite_reader_memberships;
  iface->list_suspended = confab_sqlite_reader_list_suspended;
  iface->sessions = confab_sqlite_reader_sessions;
}

static void
confab_sqlite_reader_finalize (GObject *object)
{
  ConfabSqliteReader *self = CONFAB_SQLITE_READER (object);

  g_clear_pointer (&self->database, confab_database_close);
  g_clear_pointer (&self->epoch, g_free);

  G_OBJECT_CLASS (confab_sqlite_reader_parent_class)->finalize (object);
}

static void
confab_sqlite_reader_class_init (ConfabSqliteReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_sqlite_reader_finalize;
}

static void
confab_sqlite_reader_init (ConfabSqliteReader *self)
{
}

static char *
read_epoch (ConfabDatabase *database, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (database, "SELECT epoch FROM clock", error);

  if (statement == NULL || !confab_statement_step (statement, error))
    return NULL;

  return confab_statement_dup_string (statement, 0);
}

ConfabDatabase *
confab_sqlite_open_to_read (const char *path, GError **error)
{
  g_autoptr (ConfabDatabase) database =
      confab_database_open (path, CONFAB_DATABASE_READ, FALSE, error);

  /* Named, so that the linker takes the scripts along, whose number is the newest version. */
  confab_sqlite_get_resource ();

  return database != NULL
                 && confab_database_check_version (database, CONFAB_SQLITE_RESOURCES, error)
             ? g_steal_pointer (&database)
             : NULL;
}

ConfabBackendReader *
confab_sqlite_reader_new (const char *path, GError **error)
{
  g_autoptr (ConfabSqliteReader) self = g_object_new (CONFAB_TYPE_SQLITE_READER, NULL);

  self->database = confab_sqlite_open_to_read (path, error);
  if (self->database == NULL)
    return NULL;

  self->epoch = read_epoch (self->database, error);
  if (self->epoch == NULL)
    return NULL;

  return CONFAB_BACKEND_READER (g_steal_pointer (&self));
}
