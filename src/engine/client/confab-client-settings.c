/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-client"

/* The user's own settings of conversations, which the server keeps for all devices. */

#include "confab-client-call-private.h"

void
confab_client_change_settings_async (ConfabClient *self,
                                     ConfabConversation *conversation,
                                     ConfabNotify notify,
                                     guint mute_for_s,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autofree char *path = NULL;
  JsonObject *body = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_CONVERSATION (conversation));

  body = json_object_new ();
  json_object_set_string_member (body, "notify", confab_notify_to_string (notify));
  if (mute_for_s > 0)
    json_object_set_int_member (body, "mute_for", mute_for_s);
  path = g_strdup_printf ("/v1/conversations/%" G_GINT64_FORMAT "/settings",
                          confab_conversation_get_id (conversation));
  confab_client_call (confab_client_task_new (self, confab_client_change_settings_async,
                                              cancellable, callback, user_data),
                      "PUT", path, body, &confab_client_rows_answer);
}
