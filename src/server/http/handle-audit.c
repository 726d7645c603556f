/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reading the audit. */

#include "handlers.h"

#include "confab-admin-codec.h"
#include "confab-limits.h"

static JsonObject *
read_entries (ConfabApi *api, ConfabDatabase *database, const ConfabReadArgs *args, GError **error)
{
  const ConfabAuditQuery query = { args->search_text, args->before, args->limit };
  g_autoptr (ConfabAuditPage) page =
      confab_backend_read_audit (database, args->user_id, &query, error);

  return page != NULL ? confab_codec_encode_audit (page->entries, page->next) : NULL;
}

void
confab_handle_audit (ConfabApi *api, ConfabRequest *request)
{
  const char *query = confab_request_get_query (request, "query");
  gint64 before, limit;

  if (!confab_api_query_int (request, "before", 1, G_MAXINT64, G_MAXINT64, &before)
      || !confab_api_query_int (request, "limit", 1, CONFAB_AUDIT_MAX_ROWS,
                                CONFAB_ADMIN_DEFAULT_ROWS, &limit))
    return;
  if (query != NULL && !g_utf8_validate (query, -1, NULL))
    {
      confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, "query", 0);
      return;
    }

  confab_api_read (api, request, 200, read_entries,
                   (ConfabReadArgs){ .user_id = confab_request_get_user_id (request),
                                     .before = before,
                                     .limit = (guint)limit,
                                     .search_text = g_strdup (query) });
}
