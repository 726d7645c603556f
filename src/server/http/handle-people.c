/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* People, for administrators. The queries check the permission of the user. */

#include "handlers.h"

#include "confab-admin-codec.h"
#include "confab-limits.h"
#include "confab-text.h"

/* ---- the list ---- */

static JsonObject *
read_people (ConfabApi *api, ConfabDatabase *database, const ConfabReadArgs *args, GError **error)
{
  const ConfabPeopleQuery query = { args->search_key, args->role_id, args->state, args->after,
                                    args->limit };
  g_autoptr (ConfabPeoplePage) page =
      confab_backend_list_people (database, args->user_id, &query, error);

  return page != NULL ? confab_codec_encode_people (page->people, page->next, page->total) : NULL;
}

/* Read a text from the query. If it is invalid, answer and return FALSE. */
static gboolean
query_text (ConfabRequest *request, const char *name, const char **text)
{
  *text = confab_request_get_query (request, name);
  if (*text == NULL)
    *text = "";
  if (g_utf8_validate (*text, -1, NULL))
    return TRUE;

  confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, name, 0);

  return FALSE;
}

/* Read a state. If it is invalid, answer and return FALSE. */
static gboolean
query_state (ConfabRequest *request, const char **state)
{
  static const char *const states[] = { "active", "suspended", "deleted" };
  const char *asked = confab_request_get_query (request, "state");

  *state = NULL;
  for (guint i = 0; asked != NULL && i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (asked, states[i]))
      *state = states[i];
  if (asked == NULL || *state != NULL)
    return TRUE;

  confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, "state", 0);

  return FALSE;
}

void
confab_handle_list_people (ConfabApi *api, ConfabRequest *request)
{
  const char *query, *state, *after;
  gint64 limit, role_id;

  if (query_text (request, "query", &query) && query_text (request, "after", &after)
      && query_state (request, &state)
      && confab_api_query_int (request, "role_id", 1, G_MAXINT64, 0, &role_id)
      && confab_api_query_int (request, "limit", 1, CONFAB_ADMIN_PEOPLE_MAX_ROWS,
                               CONFAB_ADMIN_DEFAULT_ROWS, &limit))
    confab_api_read (api, request, 200, read_people,
                     (ConfabReadArgs){ .user_id = confab_request_get_user_id (request),
                                       .role_id = role_id,
                                       .state = state,
                                       .limit = (guint)limit,
                                       .after = g_strdup (after),
                                       .search_key = confab_api_search_key (query) });
}

/* ---- one user ---- */

static JsonObject *
read_person (ConfabApi *api, ConfabDatabase *database, const ConfabReadArgs *args, GError **error)
{
  g_autoptr (ConfabPersonRow) row =
      confab_backend_get_person (database, args->user_id, args->person_id, error);
  JsonObject *answer;

  if (row == NULL)
    return NULL;

  answer = json_object_new ();
  json_object_set_object_member (answer, "user", confab_codec_encode_person (row));
  confab_codec_set_undo (answer, row);

  return answer;
}

void
confab_handle_get_person (ConfabApi *api, ConfabRequest *request)
{
  gint64 id;

  if (confab_api_param_id (request, 0, &id))
    confab_api_read (
        api, request, 200, read_person,
        (ConfabReadArgs){ .user_id = confab_request_get_user_id (request), .person_id = id });
}

static JsonObject *
read_preview (ConfabApi *api, ConfabDatabase *database, const ConfabReadArgs *args, GError **error)
{
  ConfabRoleChange change;
  JsonObject *answer;

  if (!confab_backend_preview_role (database, args->user_id, args->person_id, args->role_id,
                                    &change, error))
    return NULL;

  answer = json_object_new ();
  json_object_set_int_member (answer, "sessions", change.sessions);
  json_object_set_int_member (answer, "admins_now", change.admins_now);
  json_object_set_int_member (answer, "admins_after", change.admins_after);

  return answer;
}

void
confab_handle_preview_role (ConfabApi *api, ConfabRequest *request)
{
  gint64 id, role_id;

  if (!confab_api_param_id (request, 0, &id)
      || !confab_api_query_int (request, "role_id", 1, G_MAXINT64, 0, &role_id))
    return;
  if (role_id == 0)
    {
      confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, "role_id", 0);
      return;
    }

  confab_api_read (api, request, 200, read_preview,
                   (ConfabReadArgs){ .user_id = confab_request_get_user_id (request),
                                     .person_id = id,
                                     .role_id = role_id });
}
