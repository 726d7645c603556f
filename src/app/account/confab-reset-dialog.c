/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-reset-dialog.h"

#include "confab-reset-flow.h"

struct _ConfabResetDialog
{
  AdwDialog parent_instance;
  AdwNavigationView *navigation;
  ConfabResetFlow *flow;
};

enum
{
  SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabResetDialog, confab_reset_dialog, ADW_TYPE_DIALOG)

static void
signed_in_cb (ConfabResetDialog *self, ConfabClient *client)
{
  g_object_ref (self);
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[SIGNED_IN], 0, client);
  g_object_unref (self);
}

static void
confab_reset_dialog_dispose (GObject *object)
{
  ConfabResetDialog *self = CONFAB_RESET_DIALOG (object);

  g_clear_object (&self->flow);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_RESET_DIALOG);

  G_OBJECT_CLASS (confab_reset_dialog_parent_class)->dispose (object);
}

static void
confab_reset_dialog_class_init (ConfabResetDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_reset_dialog_dispose;

  signals[SIGNED_IN] = g_signal_new ("signed-in", CONFAB_TYPE_RESET_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, CONFAB_TYPE_CLIENT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-reset-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabResetDialog, navigation);
}

static void
confab_reset_dialog_init (ConfabResetDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

ConfabResetDialog *
confab_reset_dialog_new (ConfabAccountStore *store, ConfabReset *reset, ConfabClient *client)
{
  ConfabResetDialog *self = g_object_new (CONFAB_TYPE_RESET_DIALOG, NULL);

  self->flow = confab_reset_flow_new (self->navigation, store, client);
  g_signal_connect_object (self->flow, "signed-in", G_CALLBACK (signed_in_cb), self,
                           G_CONNECT_SWAPPED);
  confab_reset_flow_go_on (self->flow, reset);

  return self;
}
