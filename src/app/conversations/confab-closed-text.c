/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-closed-text.h"

#include <glib/gi18n.h>

#include "confab-time-text.h"

char *
confab_closed_text (ConfabConversation *conversation)
{
  const char *by = confab_conversation_get_closed_by (conversation);
  g_autofree char *date = confab_time_text_date (confab_conversation_get_closed_at (conversation));

  switch (confab_conversation_get_closed_reason (conversation))
    {
    case CONFAB_CLOSED_LEFT:
      /* Translators: %s is a date: "March 3, 2026". */
      return g_strdup_printf (_("You left on %s."), date);
    case CONFAB_CLOSED_REMOVED:
      if (by != NULL)
        /* Translators: a person's name and a date: "March 3, 2026". */
        return g_strdup_printf (_("You were removed by %s on %s."), by, date);
      /* Translators: %s is a date: "March 3, 2026". */
      return g_strdup_printf (_("You were removed on %s."), date);
    case CONFAB_CLOSED_LOST:
      return g_strdup (_("This conversation is no longer on the server."));
    case CONFAB_CLOSED_DELETED:
      return g_strdup (_("This person has deleted their account."));
    case CONFAB_CLOSED_NOT:
    default:
      return NULL;
    }
}

/* The server gives a removal and its notice the same time. */
gboolean
confab_closed_text_tells (ConfabConversation *conversation, ConfabNotice *notice)
{
  gint64 closed_at = confab_conversation_get_closed_at (conversation);

  if (!g_str_equal (confab_notice_get_action (notice), "member-removed")
      || !confab_conversation_get_is_group (conversation))
    return FALSE;
  if (closed_at != 0)
    return closed_at == confab_notice_get_at (notice);

  return g_strcmp0 (confab_conversation_get_title (conversation),
                    confab_notice_get_new_value (notice))
         == 0;
}
