/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

/* Warns about data loss: before the open account is left, about drafts that could not be saved;
 * when an account opens, about unsent messages that could not be read. */

#include "confab-alert.h"
#include "confab-window-private.h"

#include <glib/gi18n.h>

#include "confab-application.h"
#include "confab-background-question.h"

/* The state of leaving the open account. */
struct _ConfabWindowLeaving
{
  ConfabWindow *window;
  ConfabWindowWay way;
  ConfabWindowLeaveFunc done;
  gpointer user_data;
  gboolean asking;
};

/* The wording of the question for each ConfabWindowWay. */
static const struct
{
  const char *heading;
  const char *answer;
} words[] = {
  [CONFAB_WINDOW_WAY_CLOSE] = { N_("Close Without Saving?"), N_("Close _Anyway") },
  [CONFAB_WINDOW_WAY_SWITCH] = { N_("Switch Without Saving?"), N_("Switch _Anyway") },
  [CONFAB_WINDOW_WAY_SIGN_OUT] = { N_("Sign Out Without Saving?"), N_("Sign Out _Anyway") },
};

static gboolean
is_terminated (ConfabWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  return application != NULL && confab_application_is_terminated (CONFAB_APPLICATION (application));
}

/* Takes ownership of @leaving. */
static void
finish (ConfabWindowLeaving *leaving, gboolean leave)
{
  g_autoptr (ConfabWindow) self = leaving->window;

  self->leaving = NULL;
  leaving->done (self, leave, leaving->user_data);
  g_free (leaving);
}

static void
copy_drafts (ConfabWindow *self)
{
  g_autofree char *texts = NULL;

  if (self->client == NULL)
    return;

  texts = confab_client_dup_unkept_drafts (self->client);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), texts);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ConfabWindowLeaving *leaving = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (response, "copy"))
    copy_drafts (leaving->window);
  finish (leaving, g_str_equal (response, "leave"));
}

/* Ask over the conversation, where the user can see the draft that would be lost. */
static void
ask (ConfabWindowLeaving *leaving)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (confab_alert_new (
      _ (words[leaving->way].heading),
      _("What you were writing cannot be saved on this computer, and would be lost.")));

  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "copy", _("Copy _Text"),
                                  "leave", _ (words[leaving->way].answer), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "leave", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  leaving->asking = TRUE;
  confab_window_show_open_account (leaving->window);
  adw_alert_dialog_choose (dialog, GTK_WIDGET (leaving->window), NULL, asked_cb, leaving);
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ConfabWindowLeaving *leaving = user_data;
  gboolean kept = confab_client_settle_drafts_finish (CONFAB_CLIENT (source), result);

  if (leaving->window->closing) /* closed again meanwhile, so there is no window for a question */
    finish (leaving, FALSE);
  else if (kept || is_terminated (leaving->window))
    finish (leaving, TRUE);
  else
    ask (leaving);
}

void
confab_window_leave (ConfabWindow *self,
                     ConfabWindowWay way,
                     ConfabWindowLeaveFunc done,
                     gpointer user_data)
{
  ConfabWindowLeaving *leaving = self->leaving;

  g_return_if_fail (CONFAB_IS_WINDOW (self));

  if (self->session == NULL || self->client == NULL)
    {
      done (self, TRUE, user_data);
    }
  else if (leaving == NULL)
    {
      leaving = g_new0 (ConfabWindowLeaving, 1);
      *leaving = (ConfabWindowLeaving){ g_object_ref (self), way, done, user_data, FALSE };
      self->leaving = leaving;
      confab_session_view_flush_draft (self->session);
      confab_client_settle_drafts_async (self->client, settled_cb, leaving);
    }
  else if (leaving->asking) /* one question at a time */
    {
      done (self, FALSE, user_data);
    }
  else /* the user changed their mind before the disk answered */
    {
      ConfabWindowLeaving before = *leaving;

      *leaving = (ConfabWindowLeaving){ before.window, way, done, user_data, FALSE };
      before.done (self, FALSE, before.user_data);
    }
}

/* ---- closing ---- */

static void
close_cb (ConfabWindow *self, gboolean leave, gpointer user_data)
{
  if (!leave)
    self->quitting = FALSE;
  if (!leave || self->closing)
    return;

  self->may_close = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
answered_cb (gboolean close, gpointer user_data)
{
  g_autoptr (ConfabWindow) self = user_data;

  self->asking = FALSE;
  if (close && !self->closing)
    gtk_window_close (GTK_WINDOW (self));
}

/* Return whether the user is being asked what closing the window means. */
static gboolean
ask_about_background (ConfabWindow *self)
{
  if (self->quitting || is_terminated (self) || !confab_background_question_is_open ())
    return FALSE;
  if (self->asking)
    return TRUE;

  self->asking = TRUE;
  confab_window_close_dialogs (self);
  confab_background_question_ask (GTK_WIDGET (self), answered_cb, g_object_ref (self));
  return TRUE;
}

static ConfabBackground *
get_background (ConfabWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  return application != NULL ? confab_application_get_background (CONFAB_APPLICATION (application))
                             : NULL;
}

static gboolean
stays_in_background (ConfabWindow *self)
{
  ConfabBackground *background = get_background (self);

  return background != NULL && !self->quitting && !is_terminated (self)
         && confab_background_is_wanted (background);
}

gboolean
confab_window_go_to_background (ConfabWindow *self)
{
  if (!stays_in_background (self))
    return FALSE;

  confab_window_keep_session (self);
  confab_background_enter (get_background (self));
  return TRUE;
}

void
confab_window_quit (ConfabWindow *self)
{
  g_return_if_fail (CONFAB_IS_WINDOW (self));

  self->quitting = TRUE;
  confab_window_close_dialogs (self);
  gtk_window_close (GTK_WINDOW (self));
}

gboolean
confab_window_stay_open (ConfabWindow *self)
{
  ConfabWindowLeaving *leaving = self->leaving;

  g_return_val_if_fail (CONFAB_IS_WINDOW (self), FALSE);

  if (leaving != NULL && leaving->asking)
    return !is_terminated (self);
  /* On the second attempt to close, do not wait for a disk that does not answer. */
  if (leaving != NULL && leaving->way == CONFAB_WINDOW_WAY_CLOSE)
    return FALSE;
  if (self->may_close || self->session == NULL || self->client == NULL)
    return FALSE;
  if (ask_about_background (self))
    return TRUE;

  confab_window_leave (self, CONFAB_WINDOW_WAY_CLOSE, close_cb, NULL);

  return TRUE;
}

/* ---- lost messages ---- */

void
confab_window_tell_lost (ConfabWindow *self)
{
  guint n_lost = confab_client_get_lost_count (self->client);
  g_autofree char *body = NULL;
  AdwDialog *dialog;

  if (n_lost == 0)
    return;

  body = g_strdup_printf (
      /* Translators: a number of texts */
      ngettext ("%u unsent message or draft could not be read, because the disk is damaged. What is"
                " left of it was kept in the account’s data folder.",
                "%u unsent messages or drafts could not be read, because the disk is damaged. What"
                " is left of them was kept in the account’s data folder.",
                n_lost),
      n_lost);
  dialog = confab_alert_new (_("Unsent Text Lost"), body);
  /* Translators: a button of a dialog */
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}
