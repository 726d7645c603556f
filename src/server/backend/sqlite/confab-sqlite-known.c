/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The devices and networks that people have signed in with before: what strangers try does not
 * count against them. See docs/security.md, *Attempts*. */

#include "confab-sqlite-call.h"

#include "confab-sqlite-private.h"

/* What is known of one person is bounded; the one used longest ago gives way. */
#define MAX_KNOWN "50"

typedef struct
{
  const char *insert;
  const char *trim;
} Table;

static const Table devices = {
  "INSERT INTO known_devices (user_id, secret_hash, last_seen_at) VALUES (?1, ?2, ?3)"
  " ON CONFLICT DO UPDATE SET last_seen_at = max (last_seen_at, excluded.last_seen_at)",
  "DELETE FROM known_devices WHERE user_id = ?1 AND secret_hash IN"
  " (SELECT secret_hash FROM known_devices WHERE user_id = ?1"
  "   ORDER BY last_seen_at DESC LIMIT -1 OFFSET " MAX_KNOWN ")",
};

static const Table networks = {
  "INSERT INTO known_networks (user_id, network, last_seen_at) VALUES (?1, ?2, ?3)"
  " ON CONFLICT DO UPDATE SET last_seen_at = max (last_seen_at, excluded.last_seen_at)",
  "DELETE FROM known_networks WHERE user_id = ?1 AND network IN"
  " (SELECT network FROM known_networks WHERE user_id = ?1"
  "   ORDER BY last_seen_at DESC LIMIT -1 OFFSET " MAX_KNOWN ")",
};

static gboolean
know (ConfabSqliteCall *call,
      const Table *table,
      gint64 user_id,
      GBytes *hash,
      const char *network,
      GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (call->database, table->insert, error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, user_id);
  if (hash != NULL)
    confab_statement_bind_bytes (statement, 2, g_bytes_get_data (hash, NULL),
                                 g_bytes_get_size (hash));
  else
    confab_statement_bind_string (statement, 2, network);
  confab_statement_bind_int (statement, 3, call->command->at);

  return confab_statement_run (statement, error)
         && confab_sqlite_run_with (call, table->trim, user_id, error);
}

gboolean
confab_sqlite_know (ConfabSqliteCall *call, gint64 user_id, GError **error)
{
  const ConfabCommand *command = call->command;

  return (command->device_hash == NULL
          || know (call, &devices, user_id, command->device_hash, NULL, error))
         && (command->network == NULL
             || know (call, &networks, user_id, NULL, command->network, error));
}

gboolean
confab_sqlite_forget_unused_known (ConfabSqliteCall *call, GError **error)
{
  const gint64 oldest = call->command->at - CONFAB_SQLITE_KNOWN_MS;

  return confab_sqlite_run_with (call, "DELETE FROM known_devices WHERE last_seen_at < ?1", oldest,
                                 error)
         && confab_sqlite_run_with (call, "DELETE FROM known_networks WHERE last_seen_at < ?1",
                                    oldest, error);
}

gboolean
confab_sqlite_forget_known (ConfabSqliteCall *call, gint64 user_id, GError **error)
{
  return confab_sqlite_run_with (call, "DELETE FROM known_devices WHERE user_id = ?1", user_id,
                                 error)
         && confab_sqlite_run_with (call, "DELETE FROM known_networks WHERE user_id = ?1", user_id,
                                    error);
}

gboolean
confab_sqlite_load_acquaintance (ConfabDatabase *database,
                                 gint64 user_id,
                                 GBytes *device_hash,
                                 const char *network,
                                 gint64 now,
                                 ConfabAcquaintance *known,
                                 GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database,
      "SELECT EXISTS (SELECT 1 FROM known_devices"
      "                WHERE user_id = ?1 AND secret_hash = ?2 AND last_seen_at >= ?4),"
      "       EXISTS (SELECT 1 FROM known_networks"
      "                WHERE user_id = ?1 AND network = ?3 AND last_seen_at >= ?4)",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, user_id);
  if (device_hash != NULL)
    confab_statement_bind_bytes (statement, 2, g_bytes_get_data (device_hash, NULL),
                                 g_bytes_get_size (device_hash));
  confab_statement_bind_string (statement, 3, network);
  confab_statement_bind_int (statement, 4, now - CONFAB_SQLITE_KNOWN_MS);
  if (!confab_statement_step (statement, error))
    return FALSE;

  known->device = confab_statement_get_int (statement, 0) != 0;
  known->network = confab_statement_get_int (statement, 1) != 0;

  return TRUE;
}
