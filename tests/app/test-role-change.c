/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-role-change.h"

#define ADMIN CONFAB_ROLE_BASE_ADMIN
#define MODERATOR CONFAB_ROLE_BASE_MODERATOR
#define USER CONFAB_ROLE_BASE_USER

static void
test_describe (void)
{
  static const struct
  {
    gboolean self;
    ConfabRoleBase from;
    ConfabRoleBase to;
    ConfabRolePreview preview;
    const char *text;
  } cases[] = {
    { FALSE,
      ADMIN,
      USER,
      { 3, 3, 2 },
      "ada will no longer be an administrator. 2 administrators remain. This takes effect at once "
      "on 3 devices." },
    { FALSE,
      ADMIN,
      MODERATOR,
      { 1, 2, 1 },
      "ada will no longer be an administrator. 1 administrator remains. This takes effect at once "
      "on 1 device." },
    { TRUE,
      ADMIN,
      USER,
      { 0, 2, 1 },
      "You will no longer be an administrator. 1 administrator remains. Only another "
      "administrator can undo this." },
    { FALSE,
      USER,
      ADMIN,
      { 2, 1, 2 },
      "ada will be able to do everything that you can. There will be 2 administrators." },
    { FALSE,
      USER,
      MODERATOR,
      { 0 },
      "ada will be able to remove messages and people from conversations they are in." },
    { FALSE,
      MODERATOR,
      USER,
      { 0 },
      "ada will no longer be able to remove other people’s messages." },
    { FALSE, USER, USER, { 0 }, "This does not change what ada can do." },
    { TRUE, ADMIN, ADMIN, { 1, 1, 1 }, "This does not change what ada can do." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = confab_role_change_describe ("ada", cases[i].self, cases[i].from,
                                                           cases[i].to, &cases[i].preview);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/role-change/describe", test_describe);

  return g_test_run ();
}
