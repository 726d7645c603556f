/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-private.h"

#include <string.h>

#include "confab-json.h"

static GTask *
new_task (ConfabClient *self,
          ConfabPerson *person,
          gpointer source_tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = confab_client_task_new (self, source_tag, cancellable, callback, user_data);

  g_task_set_task_data (task, g_object_ref (person), g_object_unref);

  return task;
}

/* @what: for example "" or "/sessions". Returns: (transfer full) */
static char *
path_of (ConfabPerson *person, const char *what)
{
  return g_strdup_printf ("/v1/admin/users/%" G_GINT64_FORMAT "%s", confab_person_get_id (person),
                          what);
}

/* ---- answers with a person ---- */

static void
take_row (GTask *task, gpointer row)
{
  g_autoptr (GTask) owned = task;

  confab_person_take_row (g_task_get_task_data (task), row);
  g_task_return_boolean (task, TRUE);
}

/* The answer does not contain whether a role change can be undone. */
static void
take_state (GTask *task, gpointer row)
{
  g_autoptr (GTask) owned = task;

  confab_person_take_row_but_undo (g_task_get_task_data (task), row);
  g_task_return_boolean (task, TRUE);
}

static const ConfabClientAnswer person_answer = {
  .decode = (ConfabTransportDecoder)confab_codec_decode_person_answer,
  .free = (GDestroyNotify)confab_person_row_free,
  .use = take_row,
};

static const ConfabClientAnswer state_answer = {
  .decode = (ConfabTransportDecoder)confab_codec_decode_person_answer,
  .free = (GDestroyNotify)confab_person_row_free,
  .use = take_state,
};

void
confab_client_refresh_person_async (ConfabClient *self,
                                    ConfabPerson *person,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autofree char *path = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_PERSON (person));

  path = path_of (person, "");
  confab_client_call (
      new_task (self, person, confab_client_refresh_person_async, cancellable, callback, user_data),
      "GET", path, NULL, &person_answer);
}

void
confab_client_change_role_async (ConfabClient *self,
                                 ConfabPerson *person,
                                 gint64 role_id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  JsonObject *body = json_object_new ();
  g_autofree char *path = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_PERSON (person));

  json_object_set_int_member (body, "role_id", role_id);
  json_object_set_int_member (body, "expected_role_id", confab_person_get_role_id (person));
  path = path_of (person, "/role");
  confab_client_call (
      new_task (self, person, confab_client_change_role_async, cancellable, callback, user_data),
      "PUT", path, body, &person_answer);
}

void
confab_client_undo_role_async (ConfabClient *self,
                               ConfabPerson *person,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  JsonObject *body = json_object_new ();
  g_autofree char *path = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_PERSON (person));

  json_object_set_int_member (body, "audit_id", confab_person_get_undo_audit_id (person));
  path = path_of (person, "/role/undo");
  confab_client_call (
      new_task (self, person, confab_client_undo_role_async, cancellable, callback, user_data),
      "POST", path, body, &person_answer);
}

void
confab_client_change_state_async (ConfabClient *self,
                                  ConfabPerson *person,
                                  ConfabPersonState state,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  JsonObject *body = json_object_new ();
  g_autofree char *path = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_PERSON (person));
  g_return_if_fail (state != CONFAB_PERSON_DELETED);

  json_object_set_string_member (body, "state", confab_person_state_to_string (state));
  json_object_set_string_member (body, "expected_state",
                                 confab_person_state_to_string (confab_person_get_state (person)));
  path = path_of (person, "/state");
  confab_client_call (
      new_task (self, person, confab_client_change_state_async, cancellable, callback, user_data),
      "PUT", path, body, &state_answer);
}

gboolean
confab_client_person_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish (self, result, error);
}

/* ---- preview of a role change ---- */

static gpointer
decode_preview (JsonObject *object, GError **error)
{
  g_autofree ConfabRolePreview *preview = g_new0 (ConfabRolePreview, 1);
  gint64 sessions;
  gint64 now;
  gint64 after;

  if (!confab_json_get_int (object, "sessions", 0, G_MAXUINT, &sessions, error)
      || !confab_json_get_int (object, "admins_now", 0, G_MAXUINT, &now, error)
      || !confab_json_get_int (object, "admins_after", 0, G_MAXUINT, &after, error))
    return NULL;
  preview->sessions = (guint)sessions;
  preview->admins_now = (guint)now;
  preview->admins_after = (guint)after;

  return g_steal_pointer (&preview);
}

static const ConfabClientAnswer preview_answer = { .decode = decode_preview, .free = g_free };

void
confab_client_preview_role_async (ConfabClient *self,
                                  ConfabPerson *person,
                                  gint64 role_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autofree char *what = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_PERSON (person));

  what = g_strdup_printf ("/role-preview?role_id=%" G_GINT64_FORMAT, role_id);
  path = path_of (person, what);
  confab_client_call (
      new_task (self, person, confab_client_preview_role_async, cancellable, callback, user_data),
      "GET", path, NULL, &preview_answer);
}

gboolean
confab_client_preview_role_finish (ConfabClient *self,
                                   GAsyncResult *result,
                                   ConfabRolePreview *preview,
                                   GError **error)
{
  g_autofree ConfabRolePreview *answer = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  answer = g_task_propagate_pointer (G_TASK (result), error);
  if (answer == NULL)
    return FALSE;
  *preview = *answer;

  return TRUE;
}

/* ---- sessions ---- */

static gpointer
decode_ended (JsonObject *object, GError **error)
{
  gint64 *ended = g_new0 (gint64, 1);

  if (!confab_json_get_int (object, "ended", 0, G_MAXUINT, ended, error))
    g_clear_pointer (&ended, g_free);

  return ended;
}

/* The number of ended sessions; the answer does not contain the person. */
typedef struct
{
  GTask *task;
  guint ended;
} Ending;

static void
ended_refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Ending *ending = user_data;
  g_autoptr (GTask) task = ending->task;

  /* The sessions have ended even if the person could not be loaded again. */
  confab_client_person_finish (CONFAB_CLIENT (source), result, NULL);
  g_task_return_int (task, (gssize)ending->ended);
}

static void
answered_ended (GTask *task, gpointer data)
{
  g_autofree gint64 *ended = data;
  Ending *ending = g_new0 (Ending, 1);

  ending->task = task;
  ending->ended = (guint)*ended;
  confab_client_refresh_person_async (g_task_get_source_object (task), g_task_get_task_data (task),
                                      g_task_get_cancellable (task), ended_refreshed_cb, ending);
}

static const ConfabClientAnswer ended_answer = {
  .decode = decode_ended,
  .free = g_free,
  .use = answered_ended,
};

void
confab_client_end_sessions_async (ConfabClient *self,
                                  ConfabPerson *person,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autofree char *path = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_PERSON (person));

  path = path_of (person, "/sessions");
  confab_client_call (
      new_task (self, person, confab_client_end_sessions_async, cancellable, callback, user_data),
      "DELETE", path, NULL, &ended_answer);
}

gboolean
confab_client_end_sessions_finish (ConfabClient *self,
                                   GAsyncResult *result,
                                   guint *ended,
                                   GError **error)
{
  gssize count;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  count = g_task_propagate_int (G_TASK (result), error);
  if (count < 0)
    return FALSE;
  *ended = (guint)count;

  return TRUE;
}
