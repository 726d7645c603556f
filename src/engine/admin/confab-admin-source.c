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
