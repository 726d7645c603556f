/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

/* What is unsent is not lost without a word: before the window closes, drafts that cannot be
 * saved; when it opens, what could not be read. */

#include "confab-window-private.h"

#include <glib/gi18n.h>

#include "confab-application.h"

static gboolean
is_terminated (ConfabWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  return application != NULL && confab_application_is_terminated (CONFAB_APPLICATION (application));
}

static void
close_anyway (ConfabWindow *self)
{
  self->drafts_settled = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabWindow) self = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  self->asking = FALSE;
  if (g_str_equal (response, "copy") && self->client != NULL)
    {
      g_autofree char *texts = confab_client_dup_unkept_drafts (self->client);

      gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), texts);
    }
  else if (g_str_equal (response, "close"))
    close_anyway (self);
}

static void
ask (ConfabWindow *self)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
      _("Close Without Saving?"),
      _("What you were writing cannot be saved on this computer, and would be lost.")));

  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "copy", _("Copy _Text"),
                                  "close", _("Close _Anyway"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "close", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  self->asking = TRUE;
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, asked_cb, g_object_ref (self));
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabWindow) self = user_data;
  gboolean kept = confab_client_settle_drafts_finish (CONFAB_CLIENT (source), result);

  self->settling = FALSE;
  if (self->closing)
    return; /* closed a second time meanwhile: there is no window to ask in */
  if (kept || is_terminated (self))
    close_anyway (self);
  else
    ask (self);
}

gboolean
confab_window_keep_drafts (ConfabWindow *self)
{
  if (self->asking)
    return !is_terminated (self);
  /* Closed twice: the person does not wait for a disk that does not answer. */
  if (self->client == NULL || self->session == NULL || self->drafts_settled || self->settling)
    return FALSE;

  confab_session_view_flush_draft (self->session);
  self->settling = TRUE;
  confab_client_settle_drafts_async (self->client, settled_cb, g_object_ref (self));

  return TRUE;
}

/* ---- what is lost ---- */

void
confab_window_tell_lost (ConfabWindow *self)
{
  guint n_lost = confab_client_get_lost_count (self->client);
  g_autofree char *body = NULL;
  AdwDialog *dialog;

  if (n_lost == 0)
    return;

  body = g_strdup_printf (
      ngettext ("%u unsent message or draft could not be read, because the disk is damaged. What is"
                " left of it was set aside beside your conversations.",
                "%u unsent messages or drafts could not be read, because the disk is damaged. What"
                " is left of them was set aside beside your conversations.",
                n_lost),
      n_lost);
  dialog = adw_alert_dialog_new (_("Unsent Text Lost"), body);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}
