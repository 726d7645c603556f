/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The devices and networks with which users have signed in before, against which attempts of
 * strangers do not count. See docs/security.md, *Guessing*. */

#include "confab-call.h"

/* Limits them per user; the one unused for the longest time is dropped. */
#define MAX_KNOWN "50"

/* How long unused devices and networks are remembered: longer than a session. */
#define KNOWN_MS (180 * (G_TIME_SPAN_DAY / 1000))

static gboolean
know_device (ConfabCall *call, gint64 user_id, GBytes *device_hash, GError **error)
{
  return confab_database_run (
             call->database, error,
             "INSERT INTO known_devices (user_id, secret_hash, last_seen_at) VALUES ($1, $2, $3)"
             " ON CONFLICT (user_id, secret_hash) DO UPDATE"
             "  SET last_seen_at = excluded.last_seen_at"
             "  WHERE excluded.last_seen_at > known_devices.last_seen_at",
             sql_int (user_id), sql_bytes (device_hash), sql_int (call->command->at))
         && confab_database_run (call->database, error,
                                 "DELETE FROM known_devices WHERE user_id = $1 AND secret_hash"
                                 " NOT IN (SELECT secret_hash FROM known_devices WHERE user_id = $1"
                                 "          ORDER BY last_seen_at DESC LIMIT " MAX_KNOWN ")",
                                 sql_int (user_id));
}

static gboolean
know_network (ConfabCall *call, gint64 user_id, const char *network, GError **error)
{
  return confab_database_run (
             call->database, error,
             "INSERT INTO known_networks (user_id, network, last_seen_at) VALUES ($1, $2, $3)"
             " ON CONFLICT (user_id, network) DO UPDATE"
             "  SET last_seen_at = excluded.last_seen_at"
             "  WHERE excluded.last_seen_at > known_networks.last_seen_at",
             sql_int (user_id), sql_text (network), sql_int (call->command->at))
         && confab_database_run (call->database, error,
                                 "DELETE FROM known_networks WHERE user_id = $1 AND network"
                                 " NOT IN (SELECT network FROM known_networks WHERE user_id = $1"
                                 "          ORDER BY last_seen_at DESC LIMIT " MAX_KNOWN ")",
                                 sql_int (user_id));
}

gboolean
confab_call_know (ConfabCall *call,
                  gint64 user_id,
                  GBytes *device_hash,
                  const char *network,
                  GError **error)
{
  return (device_hash == NULL || know_device (call, user_id, device_hash, error))
         && (network == NULL || know_network (call, user_id, network, error));
}

gboolean
confab_call_forget_unused_known (ConfabCall *call, GError **error)
{
  const gint64 oldest = call->command->at - KNOWN_MS;

  return confab_database_run (call->database, error,
                              "DELETE FROM known_devices WHERE last_seen_at < $1", sql_int (oldest))
         && confab_database_run (call->database, error,
                                 "DELETE FROM known_networks WHERE last_seen_at < $1",
                                 sql_int (oldest));
}

gboolean
confab_call_forget_known (ConfabCall *call, gint64 user_id, GError **error)
{
  return confab_database_run (call->database, error, "DELETE FROM known_devices WHERE user_id = $1",
                              sql_int (user_id))
         && confab_database_run (call->database, error,
                                 "DELETE FROM known_networks WHERE user_id = $1",
                                 sql_int (user_id));
}

gboolean
confab_backend_get_acquaintance (ConfabDatabase *database,
                                 gint64 user_id,
                                 GBytes *device_hash,
                                 const char *network,
                                 ConfabAcquaintance *known,
                                 GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT EXISTS (SELECT 1 FROM known_devices"
      "                WHERE user_id = $1 AND secret_hash = $2 AND last_seen_at >= $4),"
      "       EXISTS (SELECT 1 FROM known_networks"
      "                WHERE user_id = $1 AND network = $3 AND last_seen_at >= $4)",
      sql_int (user_id), sql_bytes (device_hash), sql_text (network),
      sql_int (confab_backend_now () - KNOWN_MS));

  known->device = known->network = FALSE;
  if (confab_result_next (result))
    {
      known->device = confab_result_get_int (result, 0) != 0;
      known->network = confab_result_get_int (result, 1) != 0;
    }

  return confab_result_end (result, error);
}
