/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-registration.h"

static const char *const policies[] = {
  [CONFAB_REGISTRATION_OPEN] = "open",
  [CONFAB_REGISTRATION_INVITATION] = "invitation",
  [CONFAB_REGISTRATION_CLOSED] = "closed",
};

const char *
confab_registration_to_string (ConfabRegistration registration)
{
  return policies[registration];
}

gboolean
confab_registration_from_string (const char *text, ConfabRegistration *registration)
{
  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      if (g_str_equal (text, policies[i]))
        {
          *registration = (ConfabRegistration)i;
          return TRUE;
        }
    }

  return FALSE;
}
