/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The two long lists of administration, and how they are searched. */

#include "confab-admin-private.h"

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
