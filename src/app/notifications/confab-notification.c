/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-notification.h"

#include <glib/gi18n.h>

char *
confab_notification_id (const char *account_id, gint64 conversation_id)
{
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, account_id, conversation_id);
}

static const ConfabNewsLine *
newest_line (const ConfabNewsItem *item)
{
  return g_ptr_array_index (item->lines, item->lines->len - 1);
}

char *
confab_notification_title (const ConfabNewsItem *item, ConfabNotificationContent content)
{
  const char *name = confab_conversation_get_display_name (item->conversation);

  if (content == CONFAB_NOTIFICATION_NOTHING)
    return g_strdup (_("Confab"));
  if (confab_conversation_get_is_group (item->conversation) && name != NULL && *name != '\0')
    return g_strdup (name);

  return g_strdup (newest_line (item)->sender);
}

static char *
dup_lines (const ConfabNewsItem *item)
{
  gboolean is_group = confab_conversation_get_is_group (item->conversation);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < item->lines->len; i++)
    {
      const ConfabNewsLine *line = g_ptr_array_index (item->lines, i);

      if (i > 0)
        g_string_append_c (text, '\n');
      if (is_group)
        /* Translators: a line of a notification: a person's name, and what that person wrote. */
        g_string_append_printf (text, C_("notification", "%s: %s"), line->sender, line->text);
      else
        g_string_append (text, line->text);
    }

  return g_string_free_and_steal (text);
}

char *
confab_notification_body (const ConfabNewsItem *item, ConfabNotificationContent content)
{
  guint n = confab_conversation_get_unread_count (item->conversation);

  if (content == CONFAB_NOTIFICATION_TEXT)
    return dup_lines (item);
  if (n <= 1)
    return g_strdup (C_("notification", "New message"));

  /* Translators: in a notification that does not tell what was written. */
  return g_strdup_printf (ngettext ("%u new message", "%u new messages", n), n);
}

GNotification *
confab_notification_new (const char *account_id,
                         const ConfabNewsItem *item,
                         ConfabNotificationContent content,
                         GIcon *icon)
{
  g_autofree char *title = confab_notification_title (item, content);
  g_autofree char *body = confab_notification_body (item, content);
  GNotification *notification = g_notification_new (title);
  GNotificationPriority priority = confab_conversation_get_is_group (item->conversation)
                                       ? G_NOTIFICATION_PRIORITY_NORMAL
                                       : G_NOTIFICATION_PRIORITY_HIGH;

  g_notification_set_body (notification, body);
  g_notification_set_category (notification, "im.received");
  /* GNOME shows no banner for a low priority. */
  g_notification_set_priority (notification, item->quiet ? G_NOTIFICATION_PRIORITY_LOW : priority);
  if (icon != NULL && content != CONFAB_NOTIFICATION_NOTHING)
    g_notification_set_icon (notification, icon);
  g_notification_set_default_action_and_target (notification, "app.open-conversation",
                                                CONFAB_NOTIFICATION_TARGET, account_id,
                                                item->conversation_id, item->seq);
  /* Translators: a button of a notification. */
  g_notification_add_button_with_target (notification, C_("notification", "Reply"), "app.reply",
                                         CONFAB_NOTIFICATION_TARGET, account_id,
                                         item->conversation_id, item->seq);

  return notification;
}

GNotification *
confab_notification_new_summary (guint n)
{
  GNotification *notification = g_notification_new (_("Confab"));
  g_autofree char *body = g_strdup_printf (
      /* Translators: a notification after a long time offline. */
      ngettext ("New messages in %u conversation", "New messages in %u conversations", n), n);

  g_notification_set_body (notification, body);
  g_notification_set_category (notification, "im.received");

  return notification;
}
