/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "confab-application.h"
#include "confab-locale.h"

int
main (int argc, char *argv[])
{
  g_autoptr (ConfabApplication) application = NULL;

  confab_locale_init ();
  g_set_application_name (_("Confab"));

  application = confab_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
