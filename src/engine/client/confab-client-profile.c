/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The user's profile: username, about line, picture. */

#define G_LOG_DOMAIN "confab-client"

#include "confab-client-account.h"
#include "confab-client-call-private.h"
#include "confab-client-private.h"
#include "confab-text.h"
#include "confab-json.h"

/* ---- the username ---- */

static gpointer
decode_available (JsonObject *answer, GError **error)
{
  gboolean available;

  if (!confab_json_get_bool (answer, "available", &available, error))
    return NULL;

  return g_memdup2 (&available, sizeof available);
}

static const ConfabClientAnswer available_answer = { .decode = decode_available, .free = g_free };

void
confab_client_check_username_async (ConfabClient *self,
                                    const char *username,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task;
  g_autofree char *valid = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;
  GError *error = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (username != NULL);

  task = confab_client_task_new (self, confab_client_check_username_async, cancellable, callback,
                                 user_data);
  /* Check it by the server's rule: an invalid username might also be invalid in a path. */
  valid = confab_text_username (username, &error);
  if (valid == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  escaped = g_uri_escape_string (valid, NULL, FALSE);
  path = g_strconcat ("/v1/usernames/", escaped, NULL);
  confab_client_call (task, "GET", path, NULL, &available_answer);
}

gboolean
confab_client_check_username_finish (ConfabClient *self,
                                     GAsyncResult *result,
                                     gboolean *available,
                                     GError **error)
{
  g_autofree gboolean *answer = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  answer = g_task_propagate_pointer (G_TASK (result), error);
  if (answer == NULL)
    return FALSE;
  *available = *answer;

  return TRUE;
}

static void
change (GTask *task, const char *member, const char *value)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, member, value);
  confab_client_call (task, "PATCH", "/v1/users/me", body, &confab_client_user_answer);
}

void
confab_client_change_username_async (ConfabClient *self,
                                     const char *username,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (username != NULL);

  task = confab_client_task_new (self, confab_client_change_username_async, cancellable, callback,
                                 user_data);
  change (task, "username", username);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The next start tries again. */
  if (!confab_account_store_save_finish (CONFAB_ACCOUNT_STORE (source), result, &error))
    g_warning ("The list of accounts could not be written: %s", error->message);
}

/* The list of accounts follows the user's row: its username, which can change, and the time of
 * creation, which an entry from an older Confab lacks. */
static void
own_row_cb (ConfabClient *self)
{
  ConfabUser *own = confab_user_pool_get_self (self->users);
  const char *username = confab_user_get_username (own);
  gint64 created_at = confab_user_get_created_at (own);
  gboolean lacks_time = confab_account_get_created_at (self->account) == 0 && created_at != 0;

  if (*username == '\0'
      || (!lacks_time && g_str_equal (username, confab_account_get_username (self->account))))
    return;
  if (lacks_time)
    confab_account_set_created_at (self->account, created_at);
  confab_account_set_username (self->account, username);
  confab_account_store_save_async (self->store, NULL, saved_cb, NULL);
}

void
confab_client_follow_username (ConfabClient *self)
{
  g_signal_connect_object (confab_user_pool_get_self (self->users), "notify::username",
                           G_CALLBACK (own_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (confab_user_pool_get_self (self->users), "notify::created-at",
                           G_CALLBACK (own_row_cb), self, G_CONNECT_SWAPPED);
  own_row_cb (self);
}

/* ---- about ---- */

void
confab_client_change_about_async (ConfabClient *self,
                                  const char *about,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (about != NULL);

  task = confab_client_task_new (self, confab_client_change_about_async, cancellable, callback,
                                 user_data);
  change (task, "about", about);
}

/* ---- the picture ---- */

void
confab_client_change_picture_async (ConfabClient *self,
                                    GBytes *png,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CONFAB_IS_CLIENT (self));

  task = confab_client_task_new (self, confab_client_change_picture_async, cancellable, callback,
                                 user_data);
  if (png != NULL)
    confab_client_call_bytes (task, "PUT", "/v1/users/me/picture", png, "image/png",
                              &confab_client_user_answer);
  else
    confab_client_call (task, "DELETE", "/v1/users/me/picture", NULL, &confab_client_user_answer);
}

gboolean
confab_client_change_profile_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish (self, result, error);
}
