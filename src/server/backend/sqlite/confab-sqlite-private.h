/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "confab-backend.h"
#include "confab-database.h"

G_BEGIN_DECLS

#define CONFAB_SQLITE_RESOURCES "/chat/confab/server/sql"

/* A session unused for longer has ended. */
#define CONFAB_SQLITE_SESSION_IDLE_MS (90 * (G_TIME_SPAN_DAY / 1000))

/* One page of changes, inside a read transaction; see confab_backend_reader_sync(). */
ConfabRows *confab_sqlite_sync (ConfabDatabase *database,
                                gint64 user_id,
                                gint64 since,
                                guint limit,
                                gint64 *to,
                                gboolean *has_more,
                                GError **error);

/* See confab_backend_reader_find_reset(). */
ConfabReset *confab_sqlite_load_reset (ConfabDatabase *database,
                                       const char *token_key,
                                       const char *login_key,
                                       gint64 now,
                                       GError **error);

/* Returns: (transfer full) (nullable): the change of email that waits; see
 * confab_backend_reader_get_email_change() */
ConfabEmailChange *confab_sqlite_load_email_change (ConfabDatabase *database,
                                                    gint64 user_id,
                                                    gint64 now,
                                                    GError **error);

/* How long a device or network stays known that is no longer used: longer than a session. */
#define CONFAB_SQLITE_KNOWN_MS (180 * (G_TIME_SPAN_DAY / 1000))

/* See confab_backend_reader_get_acquaintance(). */
gboolean confab_sqlite_load_acquaintance (ConfabDatabase *database,
                                          gint64 user_id,
                                          GBytes *device_hash,
                                          const char *network,
                                          gint64 now,
                                          ConfabAcquaintance *known,
                                          GError **error);

/* Whether there is an active administrator. */
gboolean confab_sqlite_has_admin (ConfabDatabase *database, gboolean *has_admin, GError **error);

/* The clock's revision. */
gboolean confab_sqlite_get_head (ConfabDatabase *database, gint64 *rev, GError **error);

/* A connection that reads. CONFAB_STORE_ERROR_NEWER if a newer server has written the file:
 * nothing here may guess what its tables mean. Returns: (transfer full) */
ConfabDatabase *confab_sqlite_open_to_read (const char *path, GError **error);

G_END_DECLS
