/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-role-text.h"

#include <glib/gi18n.h>

/* The roles that every server has from the start. Other roles are named by their server. */
static const char *
text_for_name (const char *rolename)
{
  if (g_str_equal (rolename, "admin"))
    return C_("role", "administrator");
  if (g_str_equal (rolename, "moderator"))
    return C_("role", "moderator");
  if (g_str_equal (rolename, "user"))
    return C_("role", "member");

  return rolename;
}

const char *
confab_role_text (ConfabRole *role)
{
  const char *label;

  g_return_val_if_fail (CONFAB_IS_ROLE (role), "");

  label = confab_role_get_label (role);
  return label != NULL ? label : text_for_name (confab_role_get_rolename (role));
}

static char *
capitalize (const char *name)
{
  const char *rest = *name != '\0' ? g_utf8_next_char (name) : name;
  g_autofree char *capital = g_utf8_strup (name, rest - name);

  return g_strconcat (capital, rest, NULL);
}

char *
confab_role_title (ConfabRole *role)
{
  return capitalize (confab_role_text (role));
}

char *
confab_role_usual_title (ConfabRole *role)
{
  g_return_val_if_fail (CONFAB_IS_ROLE (role), NULL);

  return capitalize (text_for_name (confab_role_get_rolename (role)));
}

const char *
confab_role_text_for_name (GListModel *roles, const char *rolename)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (roles), rolename);
  g_return_val_if_fail (rolename != NULL, "");

  for (guint i = 0; i < g_list_model_get_n_items (roles); i++)
    {
      /* The list keeps the role alive, so the text may be returned. */
      g_autoptr (ConfabRole) role = g_list_model_get_item (roles, i);

      if (g_str_equal (confab_role_get_rolename (role), rolename))
        return confab_role_text (role);
    }

  return text_for_name (rolename);
}
