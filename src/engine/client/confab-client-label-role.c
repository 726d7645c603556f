/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-private.h"

#include "confab-client-private.h"
#include "confab-codec.h"

static gpointer
decode_rows (JsonObject *answer, GError **error)
{
  JsonObject *rows;

  return confab_json_get_object (answer, "rows", &rows, error)
             ? confab_codec_decode_rows (rows, error)
             : NULL;
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabClient *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean good = confab_mirror_apply_finish (CONFAB_MIRROR (source), result, &error);

  confab_sync_note_storage (self->sync, error);
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
answered (GTask *task, gpointer answer)
{
  ConfabClient *self = g_task_get_source_object (task);
  g_autoptr (ConfabRows) rows = answer;

  if (self->closed)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The account was closed");
      g_object_unref (task);
      return;
    }
  confab_mirror_apply_async (self->mirror, rows, NULL, NULL, NULL, applied_cb, task);
}

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

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_client_label_role_async);
  body = json_object_new ();
  if (label != NULL)
    json_object_set_string_member (body, "label", label);
  else
    json_object_set_null_member (body, "label");
  path = g_strdup_printf ("/v1/admin/roles/%" G_GINT64_FORMAT, role_id);
  confab_client_call (task, "PATCH", path, body, decode_rows, (GDestroyNotify)confab_rows_unref,
                      answered);
}

gboolean
confab_client_label_role_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish (self, result, error);
}
