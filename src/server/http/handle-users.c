/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The user's own row, and finding people. */

#include "handlers.h"

#include "confab-limits.h"
#include "confab-text.h"

static JsonObject *
read_me (ConfabApi *api, ConfabDatabase *database, const ConfabReadArgs *args, GError **error)
{
  g_autoptr (ConfabUserRow) row = confab_backend_get_user (database, args->user_id, error);
  JsonObject *answer;

  if (row == NULL)
    return NULL;

  answer = json_object_new ();
  json_object_set_object_member (answer, "user", confab_codec_encode_user (row));

  return answer;
}

void
confab_handle_me (ConfabApi *api, ConfabRequest *request)
{
  confab_api_read (api, request, 200, read_me,
                   (ConfabReadArgs){ .user_id = confab_request_get_user_id (request) });
}

static JsonObject *
read_people (ConfabApi *api, ConfabDatabase *database, const ConfabReadArgs *args, GError **error)
{
  g_autoptr (GPtrArray) people =
      confab_backend_find_people (database, args->search_key, args->limit, error);
  JsonObject *answer;
  JsonArray *array;

  if (people == NULL)
    return NULL;

  answer = json_object_new ();
  array = json_array_new ();
  for (guint i = 0; i < people->len; i++)
    json_array_add_object_element (array, confab_codec_encode_user (g_ptr_array_index (people, i)));
  json_object_set_array_member (answer, "users", array);

  return answer;
}

void
confab_handle_find_people (ConfabApi *api, ConfabRequest *request)
{
  const char *query = confab_request_get_query (request, "query");
  gint64 limit;

  if (!confab_api_query_int (request, "limit", 1, CONFAB_PEOPLE_MAX_ROWS, CONFAB_PEOPLE_MAX_ROWS,
                             &limit))
    return;
  if (query == NULL || !g_utf8_validate (query, -1, NULL))
    {
      confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, "query", 0);
      return;
    }

  confab_api_read (
      api, request, 200, read_people,
      (ConfabReadArgs){ .limit = (guint)limit, .search_key = confab_api_search_key (query) });
}
