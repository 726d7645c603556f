/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reading the audit. */

#include "confab-api.h"

#include "confab-limits.h"

static JsonObject *
encode_entry (const ConfabAuditRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", row->id);
  json_object_set_int_member (object, "at", row->at);
  confab_json_set_int_opt (object, "actor_id", row->actor_id);
  confab_json_set_string_opt (object, "actor", row->actor);
  confab_json_set_int_opt (object, "target_id", row->target_id);
  confab_json_set_string_opt (object, "target", row->target);
  confab_json_set_int_opt (object, "conversation_id", row->conversation_id);
  json_object_set_string_member (object, "action", row->action);
  confab_json_set_string_opt (object, "old", row->old_value);
  confab_json_set_string_opt (object, "new", row->new_value);
  confab_json_set_string_opt (object, "address", row->address);

  return object;
}

static JsonObject *
read_entries (ConfabApi *api,
              ConfabBackendReader *reader,
              const ConfabReadArgs *args,
              GError **error)
{
  const ConfabAuditQuery query = { args->text, args->since, args->limit };
  g_autoptr (ConfabAuditPage) page =
      confab_backend_reader_read_audit (reader, args->user_id, &query, error);
  JsonObject *answer;
  JsonArray *array;

  if (page == NULL)
    return NULL;

  answer = json_object_new ();
  array = json_array_new ();
  for (guint i = 0; i < page->entries->len; i++)
    json_array_add_object_element (array, encode_entry (g_ptr_array_index (page->entries, i)));
  json_object_set_array_member (answer, "entries", array);
  confab_json_set_int_opt (answer, "next", page->next);

  return answer;
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
                                     .since = before,
                                     .limit = (guint)limit,
                                     .text = g_strdup (query) });
}
