/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-permission.h"

static void
test_names (void)
{
  ConfabRoleBase base = CONFAB_ROLE_BASE_ADMIN;

  for (guint i = CONFAB_ROLE_BASE_USER; i <= CONFAB_ROLE_BASE_ADMIN; i++)
    {
      g_assert_true (confab_role_base_from_string (confab_role_base_to_string (i), &base));
      g_assert_cmpint (base, ==, i);
    }

  g_assert_false (confab_role_base_from_string ("king", &base));
  g_assert_false (confab_role_base_from_string (NULL, &base));
  g_assert_cmpint (base, ==, CONFAB_ROLE_BASE_ADMIN);
}

/* Each base has all permissions of the one below, and a user has none. */
static void
test_table (void)
{
  for (guint i = 0; i < CONFAB_N_PERMISSIONS; i++)
    {
      gboolean moderation =
          i == CONFAB_PERMISSION_REMOVE_MESSAGES || i == CONFAB_PERMISSION_REMOVE_MEMBERS;

      g_assert_false (confab_role_base_permits (CONFAB_ROLE_BASE_USER, i));
      g_assert_cmpint (confab_role_base_permits (CONFAB_ROLE_BASE_MODERATOR, i), ==, moderation);
      g_assert_true (confab_role_base_permits (CONFAB_ROLE_BASE_ADMIN, i));
    }

  g_assert_false (confab_role_base_permits (CONFAB_ROLE_BASE_ADMIN, CONFAB_N_PERMISSIONS));
  g_assert_false (confab_role_base_permits (3, CONFAB_PERMISSION_INVITE));
}

static void
test_promotion (void)
{
  for (guint from = CONFAB_ROLE_BASE_USER; from <= CONFAB_ROLE_BASE_ADMIN; from++)
    for (guint to = CONFAB_ROLE_BASE_USER; to <= CONFAB_ROLE_BASE_ADMIN; to++)
      g_assert_cmpint (confab_role_base_is_promotion (from, to), ==, to > from);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/permission/names", test_names);
  g_test_add_func ("/permission/table", test_table);
  g_test_add_func ("/permission/promotion", test_promotion);

  return g_test_run ();
}
