/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-client-admin.h"
#include "confab-client-call-private.h"

void
confab_client_label_role_async (ConfabClient *self,
                                gint64 role_id,
                                const char *label,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task;
  JsonObject *body;
  g_autofree char *path = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));

  task = confab_client_task_new (self, confab_client_label_role_async, cancellable, callback,
                                 user_data);
  body = json_object_new ();
  if (label != NULL)
    json_object_set_string_member (body, "label", label);
  else
    json_object_set_null_member (body, "label");
  path = g_strdup_printf ("/v1/admin/roles/%" G_GINT64_FORMAT, role_id);
  confab_client_call (task, "PATCH", path, body, &confab_client_rows_answer);
}

gboolean
confab_client_label_role_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish (self, result, error);
}
