/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-background-question.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "confab-alert.h"
#include "confab-settings.h"

typedef struct
{
  ConfabBackgroundAnswerFunc answered;
  gpointer user_data;
} Question;

gboolean
confab_background_question_is_open (void)
{
  return !g_settings_get_boolean (confab_settings_get (), CONFAB_SETTINGS_BACKGROUND_ASKED);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *self = user_data;
  GSettings *settings = confab_settings_get ();
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  gboolean close = !g_str_equal (answer, "cancel");

  if (close)
    {
      g_settings_set_boolean (settings, CONFAB_SETTINGS_BACKGROUND_ASKED, TRUE);
      g_settings_set_boolean (settings, CONFAB_SETTINGS_RUN_IN_BACKGROUND,
                              g_str_equal (answer, "background"));
    }
  self->answered (close, self->user_data);
}

void
confab_background_question_ask (GtkWidget *parent,
                                ConfabBackgroundAnswerFunc answered,
                                gpointer user_data)
{
  Question *self = NULL;
  AdwAlertDialog *dialog = NULL;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (answered != NULL);

  dialog = ADW_ALERT_DIALOG (
      confab_alert_new (_("Keep Receiving Messages?"),
                        _("Confab can run in the background while its window is closed, and notify"
                           " you of new messages. You can change this in the preferences.")));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"),
                                  /* Translators: ends Confab, so that it receives nothing */
                                  "quit", _("_Quit"),
                                  /* Translators: a button */
                                  "background", _("_Run in Background"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "background", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "background");
  adw_alert_dialog_set_close_response (dialog, "cancel");

  self = g_new0 (Question, 1);
  *self = (Question){ answered, user_data };
  adw_alert_dialog_choose (dialog, parent, NULL, asked_cb, self);
}
