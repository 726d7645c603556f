/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-role-change.h"

#include <glib/gi18n.h>

#include "confab-alert.h"
#include "confab-dialog-tie.h"
#include "confab-problem.h"
#include "confab-verify-dialog.h"

typedef struct
{
  ConfabPerson *person;
  ConfabRole *role;
  GtkWidget *parent;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_object_unref (change->person);
  g_object_unref (change->role);
  g_object_unref (change->parent);
  g_free (change);
}

/* ---- texts ---- */

static gboolean
administers (ConfabRoleBase base)
{
  return confab_role_base_permits (base, CONFAB_PERMISSION_CHANGE_ROLES);
}

static gboolean
moderates (ConfabRoleBase base)
{
  return confab_role_base_permits (base, CONFAB_PERMISSION_REMOVE_MESSAGES);
}

static char *
describe_loss (const char *username, gboolean self, const ConfabRolePreview *preview)
{
  /* Translators: a username. */
  g_autofree char *loss =
      self ? g_strdup (_("You will no longer be an administrator."))
           /* Translators: a username */
           : g_strdup_printf (_("%s will no longer be an administrator."), username);
  g_autofree char *left = g_strdup_printf (
      /* Translators: how many administrators the server will have */
      ngettext ("%u administrator remains.", "%u administrators remain.", preview->admins_after),
      preview->admins_after);
  g_autofree char *devices =
      /* Translators: on how many devices the person is signed in */
      g_strdup_printf (ngettext ("This takes effect at once on %u device.",
                                 "This takes effect at once on %u devices.", preview->sessions),
                       preview->sessions);

  /* Translators: three whole sentences */
  return g_strdup_printf (C_("sentences", "%s %s %s"), loss, left,
                          self ? _("Only another administrator can undo this.") : devices);
}

static char *
describe_gain (const char *username, const ConfabRolePreview *preview)
{
  /* Translators: a username, and how many administrators the server will have */
  return g_strdup_printf (ngettext ("%s will be able to do everything that you can. There will "
                                    "be %u administrator.",
                                    "%s will be able to do everything that you can. There will "
                                    "be %u administrators.",
                                    preview->admins_after),
                          username, preview->admins_after);
}

char *
confab_role_change_describe (const char *username,
                             gboolean self,
                             ConfabRoleBase from,
                             ConfabRoleBase to,
                             const ConfabRolePreview *preview)
{
  if (administers (from) && !administers (to))
    return describe_loss (username, self, preview);
  if (!administers (from) && administers (to))
    return describe_gain (username, preview);
  if (!moderates (from) && moderates (to))
    return g_strdup_printf (
        /* Translators: a username */
        _("%s will be able to remove messages and people from conversations they are in."),
        username);
  if (moderates (from) && !moderates (to))
    /* Translators: a username */
    return g_strdup_printf (_("%s will no longer be able to remove other people’s messages."),
                            username);

  /* Translators: a username */
  return g_strdup_printf (_("This does not change what %s can do."), username);
}

/* ---- changing the role ---- */

static void change_role (GTask *task);

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (confab_verify_finish (CONFAB_CLIENT (source), result, &error))
    change_role (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (confab_client_person_finish (CONFAB_CLIENT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_PASSWORD_NEEDED))
    {
      g_error_free (error);
      confab_verify_async (CONFAB_CLIENT (source), change->parent, g_task_get_cancellable (task),
                           verified_cb, g_object_ref (task));
    }
  else
    g_task_return_error (task, error);
}

static void
change_role (GTask *task)
{
  Change *change = g_task_get_task_data (task);

  confab_client_change_role_async (g_task_get_source_object (task), change->person,
                                   confab_role_get_id (change->role), g_task_get_cancellable (task),
                                   changed_cb, task);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (response, "change"))
    change_role (g_steal_pointer (&task));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The role stays");
}

static void
ask (GTask *task, const ConfabRolePreview *preview)
{
  Change *change = g_task_get_task_data (task);
  ConfabClient *client = g_task_get_source_object (task);
  ConfabRole *old = confab_client_get_role (client, confab_person_get_role_id (change->person));
  ConfabRoleBase from = old != NULL ? confab_role_get_base (old) : CONFAB_ROLE_BASE_USER;
  ConfabRoleBase to = confab_role_get_base (change->role);
  gboolean self = confab_person_get_id (change->person)
                  == confab_account_get_user_id (confab_client_get_account (client));
  gboolean stepping_down = self && administers (from) && !administers (to);
  const char *username = confab_person_get_username (change->person);
  g_autofree char *body = confab_role_change_describe (username, self, from, to, preview);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (
      /* Translators: an administrator gives up this role */
      confab_alert_new (stepping_down ? _("Step Down?") : _("Change Role?"), body));

  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "change",
                                  /* Translators: a button: an administrator gives up this role */
                                  stepping_down ? _("_Step Down") : _("Change _Role"), NULL);
  adw_alert_dialog_set_response_appearance (
      dialog, "change",
      confab_role_base_is_promotion (to, from) ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  confab_dialog_tie (ADW_DIALOG (dialog), g_task_get_cancellable (task));
  adw_alert_dialog_choose (dialog, change->parent, NULL, answered_cb, g_object_ref (task));
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabRolePreview preview = { 0 };
  GError *error = NULL;

  if (confab_client_preview_role_finish (CONFAB_CLIENT (source), result, &preview, &error))
    ask (task, &preview);
  else
    g_task_return_error (task, error);
}

void
confab_role_change_async (ConfabClient *client,
                          ConfabPerson *person,
                          ConfabRole *role,
                          GtkWidget *parent,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Change *change = g_new0 (Change, 1);

  g_task_set_source_tag (task, confab_role_change_async);
  change->person = g_object_ref (person);
  change->role = g_object_ref (role);
  change->parent = g_object_ref (parent);
  g_task_set_task_data (task, change, change_free);
  confab_client_preview_role_async (client, person, confab_role_get_id (role), cancellable,
                                    previewed_cb, task);
}

gboolean
confab_role_change_finish (ConfabClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
