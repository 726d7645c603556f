/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-client-private.h"

#include "confab-codec.h"
#include "confab-engine-error.h"
#include "confab-limits.h"
#include "confab-mirror-reader.h"

static void
return_people (GTask *task, GPtrArray *people)
{
  ConfabClient *self = g_task_get_source_object (task);
  GListStore *found = g_list_store_new (CONFAB_TYPE_USER);

  for (guint i = 0; i < people->len; i++)
    {
      const ConfabUserRow *row = g_ptr_array_index (people, i);

      if (row->id != confab_account_get_user_id (self->account))
        g_list_store_append (found, confab_user_pool_update (self->users, row));
    }
  g_task_return_pointer (task, found, g_object_unref);
}

static void
known_people_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) people = NULL;
  GError *error = NULL;

  people = confab_mirror_find_people_finish (CONFAB_MIRROR (source), result, &error);
  if (people != NULL)
    return_people (task, people);
  else
    g_task_return_error (task, error);
}

static void
find_known_people (GTask *task)
{
  ConfabClient *self = g_task_get_source_object (task);

  confab_mirror_find_people_async (self->mirror, g_task_get_task_data (task),
                                   g_task_get_cancellable (task), known_people_cb,
                                   g_object_ref (task));
}

static void
found_people_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;

  if (confab_transport_call_finish (CONFAB_TRANSPORT (source), result, &value, &error))
    {
      people = value;
      return_people (task, people);
    }
  else if (error->domain == CONFAB_ENGINE_ERROR)
    find_known_people (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
confab_client_find_people_async (ConfabClient *self,
                                 const char *query,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;
  char *valid;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (query != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_client_find_people_async);
  valid = g_utf8_make_valid (query, -1);
  g_task_set_task_data (task, valid, g_free);
  if (!confab_client_check_online (self, NULL))
    {
      find_known_people (task);
      return;
    }

  escaped = g_uri_escape_string (valid, NULL, FALSE);
  path = g_strdup_printf ("/v1/users?query=%s&limit=%d", escaped, CONFAB_PEOPLE_MAX_ROWS);
  confab_transport_call_async (
      self->transport, "GET", path, NULL, (ConfabTransportDecoder)confab_codec_decode_users,
      (GDestroyNotify)g_ptr_array_unref, cancellable, found_people_cb, g_steal_pointer (&task));
}

GListModel *
confab_client_find_people_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
