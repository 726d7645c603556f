/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The two paged lists: their requests, and the content of their pages. */

#include "confab-admin-private.h"

#include "confab-limits.h"

const ConfabAdminSource confab_admin_people = {
  .path = "/v1/admin/users",
  .page_key = "after",
  .limit = CONFAB_ADMIN_PEOPLE_MAX_ROWS,
  .decode = confab_codec_decode_people,
  .new_item = confab_person_new,
};

const ConfabAdminSource confab_admin_audit = {
  .path = "/v1/admin/audit",
  .page_key = "before",
  .limit = CONFAB_AUDIT_MAX_ROWS,
  .decode = confab_codec_decode_audit,
  .new_item = confab_audit_entry_new,
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
  g_autofree char *role = role_id > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, role_id) : NULL;
  g_autofree char *named = confab_admin_parameter ("query", query);
  g_autofree char *with_role = confab_admin_parameter ("role_id", role);
  g_autofree char *in_state = NULL;
  g_autofree char *all = NULL;

  g_return_if_fail (CONFAB_IS_PAGED_LIST (people));
  g_return_if_fail (state <= CONFAB_PERSON_DELETED);

  in_state =
      confab_admin_parameter ("state", state >= 0 ? confab_person_state_to_string (state) : NULL);
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
