/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The two long lists: how they are asked for and what a page of them is. */

#include "confab-admin-private.h"

#include "confab-json.h"
#include "confab-limits.h"

void
confab_admin_page_free (ConfabAdminPage *self)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self->next);
  g_free (self);
}

/* @next is opaque: a text, or a number, as the server likes. */
static gboolean
decode_next (JsonObject *answer, char **next, GError **error)
{
  JsonNode *node = json_object_get_member (answer, "next");
  const char *text;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_INT64)
    {
      *next = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
      return TRUE;
    }
  if (!confab_json_get_string_opt (answer, "next", &text, error))
    return FALSE;
  *next = g_strdup (text);

  return TRUE;
}

static gpointer
decode_page (JsonObject *answer, const char *member, ConfabTransportDecoder element, GError **error)
{
  g_autoptr (ConfabAdminPage) page = g_new0 (ConfabAdminPage, 1);

  if (!decode_next (answer, &page->next, error)
      || !confab_json_get_int_opt (answer, "total", 0, G_MAXINT64, -1, &page->total, error))
    return NULL;
  page->items = confab_admin_decode_array (answer, member, element, error);

  return page->items != NULL ? g_steal_pointer (&page) : NULL;
}

static gpointer
decode_people (JsonObject *answer, GError **error)
{
  return decode_page (answer, "users", confab_person_decode, error);
}

static gpointer
decode_audit (JsonObject *answer, GError **error)
{
  return decode_page (answer, "entries", confab_audit_entry_decode, error);
}

const ConfabAdminSource confab_admin_people = {
  .path = "/v1/admin/users",
  .page_key = "after",
  .limit = CONFAB_ADMIN_PEOPLE_MAX_ROWS,
  .decoder = decode_people,
};

const ConfabAdminSource confab_admin_audit = {
  .path = "/v1/admin/audit",
  .page_key = "before",
  .limit = CONFAB_AUDIT_MAX_ROWS,
  .decoder = decode_audit,
};

char *
confab_admin_parameter (const char *name, const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL || *value == '\0')
    return g_strdup ("");
  escaped = g_uri_escape_string (value, NULL, FALSE);

  return g_strdup_printf ("&%s=%s", name, escaped);
}

char *
confab_admin_source_path (const ConfabAdminSource *self, const char *query, const char *key)
{
  g_autofree char *page = confab_admin_parameter (self->page_key, key);

  return g_strdup_printf ("%s?limit=%u%s%s", self->path, self->limit, query != NULL ? query : "",
                          page);
}

/* ---- the lists ---- */

ConfabPagedList *
confab_client_open_people (ConfabClient *self)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);

  return confab_paged_list_new (self, &confab_admin_people);
}

void
confab_people_list_search (ConfabPagedList *people, const char *query, gint64 role_id, int state)
{
  static const char *const states[] = { "active", "suspended", "deleted" };
  g_autofree char *role = role_id > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, role_id) : NULL;
  g_autofree char *named = confab_admin_parameter ("query", query);
  g_autofree char *with_role = confab_admin_parameter ("role_id", role);
  g_autofree char *in_state = NULL;
  g_autofree char *all = NULL;

  g_return_if_fail (CONFAB_IS_PAGED_LIST (people));
  g_return_if_fail (state < (int)G_N_ELEMENTS (states));

  in_state = confab_admin_parameter ("state", state >= 0 ? states[state] : NULL);
  all = g_strconcat (named, with_role, in_state, NULL);
  confab_paged_list_search (people, all);
}

ConfabPagedList *
confab_client_open_audit (ConfabClient *self)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);

  return confab_paged_list_new (self, &confab_admin_audit);
}

void
confab_audit_list_search (ConfabPagedList *audit, const char *query)
{
  g_autofree char *named = confab_admin_parameter ("query", query);

  g_return_if_fail (CONFAB_IS_PAGED_LIST (audit));

  confab_paged_list_search (audit, named);
}
