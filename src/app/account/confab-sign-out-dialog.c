/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-sign-out-dialog.h"

#include <glib/gi18n.h>

struct _ConfabSignOutDialog
{
  AdwAlertDialog parent_instance;
  GtkCheckButton *wipe_check;
  guint unsent;
};

enum
{
  CONFIRMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabSignOutDialog, confab_sign_out_dialog, ADW_TYPE_ALERT_DIALOG)

static void
update_body (ConfabSignOutDialog *self)
{
  gboolean wipe = gtk_check_button_get_active (self->wipe_check);
  g_autofree char *body = NULL;

  if (self->unsent == 0)
    body = g_strdup (wipe ? _("Your conversations stay on the server.")
                          : _("Your conversations stay readable on this computer."));
  else if (wipe)
    /* Translators: a number of messages */
    body = g_strdup_printf (ngettext ("%u message has not been sent yet and would be lost.",
                                      "%u messages have not been sent yet and would be lost.",
                                      self->unsent),
                            self->unsent);
  else
    body = g_strdup_printf (
        /* Translators: a number of messages */
        ngettext ("%u message has not been sent yet. It waits until you sign in again.",
                  "%u messages have not been sent yet. The messages wait until you sign in again.",
                  self->unsent),
        self->unsent);
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self), body);
}

static void
confab_sign_out_dialog_response (AdwAlertDialog *dialog, const char *response)
{
  ConfabSignOutDialog *self = CONFAB_SIGN_OUT_DIALOG (dialog);

  if (g_str_equal (response, "sign-out"))
    g_signal_emit (self, signals[CONFIRMED], 0, gtk_check_button_get_active (self->wipe_check));
}

static void
confab_sign_out_dialog_class_init (ConfabSignOutDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ADW_ALERT_DIALOG_CLASS (klass)->response = confab_sign_out_dialog_response;

  signals[CONFIRMED] = g_signal_new ("confirmed", CONFAB_TYPE_SIGN_OUT_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-sign-out-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabSignOutDialog, wipe_check);
  gtk_widget_class_bind_template_callback (widget_class, update_body);
}

static void
confab_sign_out_dialog_init (ConfabSignOutDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

ConfabSignOutDialog *
confab_sign_out_dialog_new (guint unsent)
{
  ConfabSignOutDialog *self = g_object_new (CONFAB_TYPE_SIGN_OUT_DIALOG, NULL);

  self->unsent = unsent;
  update_body (self);
  return self;
}
