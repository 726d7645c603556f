/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-private.h"

#include "confab-json.h"
#include "confab-limits.h"

typedef struct
{
  GListStore *invitations;
  ConfabRegistration registration;
} Listed;

static void
listed_free (gpointer data)
{
  Listed *listed = data;

  g_clear_object (&listed->invitations);
  g_free (listed);
}

static gpointer
decode_invitations (JsonObject *answer, GError **error)
{
  const char *registration = NULL;
  g_autoptr (GPtrArray) rows = confab_codec_decode_invitations (answer, &registration, error);
  Listed *listed;

  if (rows == NULL)
    return NULL;
  listed = g_new0 (Listed, 1);
  listed->registration = CONFAB_REGISTRATION_CLOSED; /* a newer server may have other policies */
  confab_registration_from_string (registration, &listed->registration);
  listed->invitations = confab_client_make_list (rows, CONFAB_TYPE_INVITATION,
                                                 (ConfabClientMakeItem)confab_invitation_new);

  return listed;
}

static const ConfabClientAnswer invitations_answer = {
  .decode = decode_invitations,
  .free = listed_free,
};

void
confab_client_list_invitations_async (ConfabClient *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CONFAB_IS_CLIENT (self));

  task = confab_client_task_new (self, confab_client_list_invitations_async, cancellable, callback,
                                 user_data);
  confab_client_call (task, "GET", "/v1/admin/invitations", NULL, &invitations_answer);
}

GListModel *
confab_client_list_invitations_finish (ConfabClient *self,
                                       GAsyncResult *result,
                                       ConfabRegistration *registration,
                                       GError **error)
{
  Listed *listed;
  GListModel *invitations;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  listed = g_task_propagate_pointer (G_TASK (result), error);
  if (listed == NULL)
    return NULL;
  if (registration != NULL)
    *registration = listed->registration;
  invitations = G_LIST_MODEL (g_steal_pointer (&listed->invitations));
  listed_free (listed);

  return invitations;
}

void
confab_invitation_code_free (ConfabInvitationCode *self)
{
  g_free (self->code);
  g_free (self->link);
  g_free (self);
}

static gpointer
decode_code (JsonObject *answer, GError **error)
{
  const char *code;
  const char *link;
  ConfabInvitationCode *invitation;

  if (!confab_json_get_line (answer, "code", CONFAB_SERVER_TEXT_MAX_CHARS, &code, error)
      || !confab_json_get_line (answer, "link", CONFAB_LINK_MAX_CHARS, &link, error))
    return NULL;
  invitation = g_new0 (ConfabInvitationCode, 1);
  invitation->code = g_strdup (code);
  invitation->link = g_strdup (link);

  return invitation;
}

static const ConfabClientAnswer code_answer = {
  .decode = decode_code,
  .free = (GDestroyNotify)confab_invitation_code_free,
};

void
confab_client_create_invitation_async (ConfabClient *self,
                                       guint uses,
                                       guint seconds,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  GTask *task;
  JsonObject *body;

  g_return_if_fail (CONFAB_IS_CLIENT (self));

  task = confab_client_task_new (self, confab_client_create_invitation_async, cancellable, callback,
                                 user_data);
  body = json_object_new ();
  json_object_set_int_member (body, "uses", uses);
  json_object_set_int_member (body, "expires_in", seconds);
  confab_client_call (task, "POST", "/v1/admin/invitations", body, &code_answer);
}

ConfabInvitationCode *
confab_client_create_invitation_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish_value (self, result, error);
}

void
confab_client_end_invitation_async (ConfabClient *self,
                                    ConfabInvitation *invitation,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task;
  g_autofree char *path = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));
  g_return_if_fail (CONFAB_IS_INVITATION (invitation));

  task = confab_client_task_new (self, confab_client_end_invitation_async, cancellable, callback,
                                 user_data);
  path = g_strdup_printf ("/v1/admin/invitations/%" G_GINT64_FORMAT,
                          confab_invitation_get_id (invitation));
  confab_client_call (task, "DELETE", path, NULL, NULL);
}

gboolean
confab_client_end_invitation_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  return confab_client_call_finish (self, result, error);
}
