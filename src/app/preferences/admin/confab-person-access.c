/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The part of the person page about access: sessions, reset codes, suspending. */

#define G_LOG_DOMAIN "confab-app"

#include "confab-alert.h"
#include "confab-person-page-private.h"

#include <glib/gi18n.h>

#include "confab-admin-words.h"
#include "confab-code-dialog.h"
#include "confab-dialog-tie.h"
#include "confab-problem.h"
#include "confab-toast.h"
#include "confab-verify-dialog.h"

/* @body: (transfer full) */
static void
ask (ConfabPersonPage *self,
     const char *heading,
     char *body,
     const char *answer,
     GAsyncReadyCallback callback)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (confab_alert_new (heading, body));

  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "go", answer, NULL);
  adw_alert_dialog_set_response_appearance (dialog, "go", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  confab_dialog_tie (ADW_DIALOG (dialog), self->cancellable);
  adw_alert_dialog_choose (dialog, self->page, NULL, callback, g_object_ref (self));
  g_free (body);
}

static gboolean
said_go (GObject *dialog, GAsyncResult *result)
{
  return g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (dialog), result), "go");
}

/* ---- sessions ---- */

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPersonPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n = 0;

  if (!confab_client_end_sessions_finish (CONFAB_CLIENT (source), result, &n, &error))
    {
      confab_person_page_fail (self, error);
      return;
    }
  /* Translators: said once it is done */
  text = g_strdup_printf (ngettext ("Signed out on %u device", "Signed out on %u devices", n), n);
  confab_toast (self->page, text);
}

static void
end_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPersonPage) self = user_data;

  if (said_go (source, result))
    confab_client_end_sessions_async (self->client, self->person, self->cancellable, ended_cb,
                                      g_object_ref (self));
}

void
confab_person_page_end_sessions (ConfabPersonPage *self)
{
  /* Translators: a username */
  char *body = g_strdup_printf (_("%s will have to enter the password again on each device."),
                                confab_person_get_username (self->person));

  ask (self, _("Sign Out All Devices?"), body, C_("another device", "_Sign Out"),
       end_answered_cb);
}

/* ---- suspending ---- */

static void
state_changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPersonPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_client_person_finish (CONFAB_CLIENT (source), result, &error))
    {
      confab_person_page_fail (self, error);
      return;
    }
  confab_toast (self->page,
                confab_person_get_state (self->person) == CONFAB_PERSON_SUSPENDED
                    /* Translators: said once it is done: the account has been suspended */
                    ? C_("toast", "Suspended")
                    /* Translators: said once it is done: the account can sign in again */
                    : C_("toast", "Restored"));
}

static void
suspend_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPersonPage) self = user_data;

  if (said_go (source, result))
    confab_client_change_state_async (self->client, self->person, CONFAB_PERSON_SUSPENDED,
                                      self->cancellable, state_changed_cb, g_object_ref (self));
}

/* Say what suspending does to @person. (transfer full) */
static char *
suspending_text (ConfabPerson *person)
{
  const char *username = confab_person_get_username (person);
  guint n = confab_person_get_sessions (person);

  if (n == 0)
    /* Translators: a username. */
    return g_strdup_printf (_("%s cannot sign in until the account is restored. Messages stay."),
                            username);

  return g_strdup_printf (
      /* Translators: a username and a number */
      ngettext ("%s is signed out on %u device and cannot sign in until the account is restored. "
                "Messages stay.",
                "%s is signed out on %u devices and cannot sign in until the account is restored. "
                "Messages stay.",
                n),
      username, n);
}

void
confab_person_page_suspend (ConfabPersonPage *self)
{
  /* Translators: a button: the account can no longer sign in, until restored */
  ask (self, _("Suspend Account?"), suspending_text (self->person), _("_Suspend"),
       suspend_answered_cb);
}

void
confab_person_page_restore (ConfabPersonPage *self)
{
  confab_client_change_state_async (self->client, self->person, CONFAB_PERSON_ACTIVE,
                                    self->cancellable, state_changed_cb, g_object_ref (self));
}

/* ---- reset codes ---- */

static void
code_verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPersonPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (confab_verify_finish (CONFAB_CLIENT (source), result, &error))
    confab_person_page_issue_code (self);
}

static void
show_code (ConfabPersonPage *self, const ConfabResetCode *code)
{
  /* Translators: a username. */
  g_autofree char *text = g_strdup_printf (_("%s can choose a new password with this code, "
                                              "once. Earlier codes no longer work."),
                                           confab_person_get_username (self->person));
  ConfabCodeDialog *dialog =
      confab_code_dialog_new (_("Reset Code"), text, code->code, code->link);

  confab_code_dialog_set_expiry (dialog, code->expires_at);
  confab_dialog_tie (ADW_DIALOG (dialog), self->cancellable);
  adw_dialog_present (ADW_DIALOG (dialog), self->page);
}

static void
issued_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPersonPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabResetCode) code =
      confab_client_issue_reset_code_finish (CONFAB_CLIENT (source), result, &error);

  if (code != NULL)
    show_code (self, code);
  else if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_PASSWORD_NEEDED))
    confab_verify_async (self->client, self->page, self->cancellable, code_verified_cb,
                         g_object_ref (self));
  else
    confab_person_page_fail (self, error);
}

void
confab_person_page_issue_code (ConfabPersonPage *self)
{
  confab_client_issue_reset_code_async (self->client, self->person, self->cancellable, issued_cb,
                                        g_object_ref (self));
}
