/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Makes the desktop's notifications: what they say, and what a click on them does. */

#pragma once

#include <gio/gio.h>

#include "confab-news.h"

G_BEGIN_DECLS

/* The type of the target of app.open-conversation and app.reply: the account's id, the
 * conversation's, the message's seq. */
#define CONFAB_NOTIFICATION_TARGET "(sxx)"

/* In the order of the schema's enum. */
typedef enum
{
  CONFAB_NOTIFICATION_TEXT,
  CONFAB_NOTIFICATION_SENDER,
  CONFAB_NOTIFICATION_NOTHING,
} ConfabNotificationContent;

/* Return the notification's id. (transfer full) */
char *confab_notification_id (const char *account_id, gint64 conversation_id);

/**
 * confab_notification_new:
 * @content: how much it tells
 * @icon: (nullable): the sender's picture
 *
 * Returns: (transfer full): the notification of @item
 */
GNotification *confab_notification_new (const char *account_id,
                                        const ConfabNewsItem *item,
                                        ConfabNotificationContent content,
                                        GIcon *icon);
/* Return the notification of news in @n conversations, too many to name each. (transfer full) */
GNotification *confab_notification_new_summary (guint n);
/* Return what @item tells. (transfer full) */
char *confab_notification_title (const ConfabNewsItem *item, ConfabNotificationContent content);
char *confab_notification_body (const ConfabNewsItem *item, ConfabNotificationContent content);

G_END_DECLS
