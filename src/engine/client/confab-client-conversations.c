/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-client-call-private.h"
#include "confab-client-private.h"

#include "confab-codec.h"
#include "confab-engine-error.h"
#include "confab-limits.h"
#include "confab-mirror-reader.h"

/* Send @body (transfer full), and apply the answer's rows. */
static void
call (ConfabClient *self,
      gpointer source_tag,
      const char *method,
      const char *path,
      JsonObject *body,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  GTask *task = confab_client_task_new (self, source_tag, cancellable, callback, user_data);

  confab_client_call (task, method, path, body, &confab_client_rows_answer);
}

/* ---- creating conversations ---- */

static void
set_users (JsonObject *body, GListModel *users)
{
  JsonArray *ids = json_array_new ();
  guint n_users = g_list_model_get_n_items (users);

  for (guint i = 0; i < n_users; i++)
    {
      g_autoptr (ConfabUser) user = g_list_model_get_item (users, i);

      json_array_add_int_element (ids, confab_user_get_id (user));
    }
  json_object_set_array_member (body, "user_ids", ids);
}

static JsonObject *
make_body (ConfabConversationKind kind)
{
  g_autofree char *client_id = g_uuid_string_random ();
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "client_id", client_id);
  json_object_set_string_member (body, "kind", confab_conversation_kind_to_string (kind));

  return body;
}

static void
set_title (JsonObject *body, const char *title)
{
  if (title != NULL)
    {
      g_autofree char *valid = g_utf8_make_valid (title, -1);

      json_object_set_string_member (body, "title", valid);
    }
  else
    json_object_set_null_member (body, "title");
}

typedef struct
{
  gint64 conversation_id;
  ConfabRows *rows;
} Made;

static void
made_free (gpointer data)
{
  Made *made = data;

  g_clear_pointer (&made->rows, confab_rows_unref);
  g_free (made);
}

static gpointer
decode_made (JsonObject *answer, GError **error)
{
  Made *made = g_new0 (Made, 1);

  if (confab_json_get_int (answer, "conversation_id", 1, G_MAXINT64, &made->conversation_id, error))
    made->rows = confab_codec_decode_answer (answer, error);
  if (made->rows == NULL)
    g_clear_pointer (&made, made_free);

  return made;
}

/* @data becomes the task's data, for confab_client_create_finish(). */
static void
apply_made (GTask *task, gpointer data)
{
  Made *made = data;

  g_task_set_task_data (task, made, made_free);
  confab_client_apply (task, g_steal_pointer (&made->rows));
}

static const ConfabClientAnswer made_answer = {
  .decode = decode_made,
  .free = made_free,
  .use = apply_made,
};

static void
make (ConfabClient *self,
      gpointer source_tag,
      JsonObject *body,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  GTask *task = confab_client_task_new (self, source_tag, cancellable, callback, user_data);

  confab_client_call (task, "POST", "/v1/conversations", body, &made_answer);
}

void
confab_client_create_direct_async (ConfabClient *self,
                                   ConfabUser *user,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GListStore) users = NULL;
  JsonObject *body;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_USER (user));

  users = g_list_store_new (CONFAB_TYPE_USER);
  g_list_store_append (users, user);
  body = make_body (CONFAB_CONVERSATION_DIRECT);
  set_users (body, G_LIST_MODEL (users));
  make (self, confab_client_create_direct_async, body, cancellable, callback, user_data);
}

void
confab_client_create_group_async (ConfabClient *self,
                                  const char *title,
                                  GListModel *users,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  JsonObject *body;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (G_IS_LIST_MODEL (users));

  body = make_body (CONFAB_CONVERSATION_GROUP);
  set_users (body, users);
  set_title (body, title);
  make (self, confab_client_create_group_async, body, cancellable, callback, user_data);
}

ConfabConversation *
confab_client_create_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  ConfabConversation *conversation;
  Made *made;

  if (!confab_client_call_finish (self, result, error))
    return NULL;
  made = g_task_get_task_data (G_TASK (result));
  conversation = confab_client_get_conversation (self, made->conversation_id);
  if (conversation == NULL)
    {
      confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);
      return NULL;
    }

  return g_object_ref (conversation);
}

/* ---- changing conversations ---- */

void
confab_client_rename_async (ConfabClient *self,
                            ConfabConversation *conversation,
                            const char *title,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autofree char *path = NULL;
  JsonObject *body;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_CONVERSATION (conversation));

  path = g_strdup_printf ("/v1/conversations/%" G_GINT64_FORMAT,
                          confab_conversation_get_id (conversation));
  body = json_object_new ();
  set_title (body, title);
  call (self, confab_client_rename_async, "PATCH", path, body, cancellable, callback, user_data);
}

void
confab_client_add_members_async (ConfabClient *self,
                                 ConfabConversation *conversation,
                                 GListModel *users,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autofree char *path = NULL;
  JsonObject *body;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_CONVERSATION (conversation));
  g_return_if_fail (G_IS_LIST_MODEL (users));

  path = g_strdup_printf ("/v1/conversations/%" G_GINT64_FORMAT "/members",
                          confab_conversation_get_id (conversation));
  body = json_object_new ();
  set_users (body, users);
  call (self, confab_client_add_members_async, "POST", path, body, cancellable, callback,
        user_data);
}

void
confab_client_leave_async (ConfabClient *self,
                           ConfabConversation *conversation,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autofree char *path = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_CONVERSATION (conversation));

  path = g_strdup_printf ("/v1/conversations/%" G_GINT64_FORMAT "/members/me",
                          confab_conversation_get_id (conversation));
  call (self, confab_client_leave_async, "DELETE", path, NULL, cancellable, callback, user_data);
}

void
confab_client_remove_member_async (ConfabClient *self,
                                   ConfabConversation *conversation,
                                   ConfabUser *user,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autofree char *path = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_CONVERSATION (conversation));
  g_return_if_fail (CONFAB_IS_USER (user));

  path = g_strdup_printf ("/v1/conversations/%" G_GINT64_FORMAT "/members/%" G_GINT64_FORMAT,
                          confab_conversation_get_id (conversation), confab_user_get_id (user));
  call (self, confab_client_remove_member_async, "DELETE", path, NULL, cancellable, callback,
        user_data);
}

gboolean
confab_client_change_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish (self, result, error);
}
