/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Changes since a cursor. */

#include "handlers.h"

#include "confab-cursor.h"
#include "confab-limits.h"

static JsonObject *
read_page (ConfabApi *api, ConfabDatabase *database, const ConfabReadArgs *args, GError **error)
{
  g_autoptr (ConfabRows) rows = NULL;
  g_autofree char *to = NULL;
  ConfabPage page = { .from = args->cursor };
  gint64 rev;

  rows = confab_backend_sync (database, args->user_id, args->since, args->limit, &rev,
                              &page.has_more, error);
  if (rows == NULL)
    return NULL;

  to = confab_cursor_format (api->epoch, rev);
  page.to = to;
  page.rows = rows;

  return confab_codec_encode_page (&page);
}

void
confab_handle_sync (ConfabApi *api, ConfabRequest *request)
{
  const char *cursor = confab_request_get_query (request, "since");
  gint64 limit, since;

  if (!confab_api_query_int (request, "limit", 1, CONFAB_SYNC_MAX_ROWS, CONFAB_SYNC_DEFAULT_ROWS,
                             &limit))
    return;
  if (!confab_cursor_parse (cursor, api->epoch, &since))
    {
      confab_request_fail (request, CONFAB_PROBLEM_CURSOR_TOO_OLD, NULL, 0);
      return;
    }

  confab_api_read (api, request, 200, read_page,
                   (ConfabReadArgs){ .user_id = confab_request_get_user_id (request),
                                     .since = since,
                                     .limit = (guint)limit,
                                     .cursor = g_strdup (cursor) });
}

/* GET /v1/stream without an upgrade. */
void
confab_handle_not_upgraded (ConfabApi *api, ConfabRequest *request)
{
  confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, "Upgrade", 0);
}
