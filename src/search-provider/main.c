/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-locale.h"
#include "confab-search-service.h"

int
main (int argc, char *argv[])
{
  g_autoptr (ConfabSearchService) service = NULL;

  confab_locale_init ();

  service = confab_search_service_new ();
  return g_application_run (G_APPLICATION (service), argc, argv);
}
