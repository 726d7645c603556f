/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-remaining.h"

#include <glib/gi18n.h>

char *
confab_remaining_text (gint64 ms)
{
  /* Round up, so that the last second is shown until it is over. */
  gint64 seconds = ms > 0 ? (ms + 999) / 1000 : 0;
  int minutes = (int)(seconds / 60 % 60);

  if (seconds < 3600)
    /* Translators: remaining minutes and seconds. */
    return g_strdup_printf (_("%d:%02d"), minutes, (int)(seconds % 60));

  /* Translators: remaining hours and minutes. */
  return g_strdup_printf (_("%d h %d min"), (int)(seconds / 3600), minutes);
}
