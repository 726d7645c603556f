/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-strays-dialog.h"

#include <glib/gi18n.h>

#include "confab-name-label.h"
#include "confab-stray-group.h"
#include "confab-toast.h"

struct _ConfabStraysDialog
{
  AdwDialog parent_instance;
  AdwPreferencesPage *page;
  GPtrArray *strays;
};

enum
{
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabStraysDialog, confab_strays_dialog, ADW_TYPE_DIALOG)

static void
later_cb (ConfabStraysDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
removed_cb (ConfabStraysDialog *self, ConfabStrayGroup *group)
{
  gpointer stray = (gpointer)confab_stray_group_get_stray (group);

  adw_preferences_page_remove (self->page, ADW_PREFERENCES_GROUP (group));
  g_ptr_array_remove (self->strays, stray);
  g_signal_emit (self, signals[REMOVED], 0);
  if (self->strays->len > 0)
    confab_toast (GTK_WIDGET (self->page), _("Removed from this computer"));
  else
    adw_dialog_close (ADW_DIALOG (self));
}

static void
confab_strays_dialog_dispose (GObject *object)
{
  ConfabStraysDialog *self = CONFAB_STRAYS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_STRAYS_DIALOG);
  g_clear_pointer (&self->strays, g_ptr_array_unref);

  G_OBJECT_CLASS (confab_strays_dialog_parent_class)->dispose (object);
}

static void
confab_strays_dialog_class_init (ConfabStraysDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_strays_dialog_dispose;

  signals[REMOVED] = g_signal_new ("removed", CONFAB_TYPE_STRAYS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-strays-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabStraysDialog, page);
  gtk_widget_class_bind_template_callback (widget_class, later_cb);
}

static void
confab_strays_dialog_init (ConfabStraysDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
}

ConfabStraysDialog *
confab_strays_dialog_new (ConfabAccountStore *store, GPtrArray *strays)
{
  ConfabStraysDialog *self = NULL;

  g_return_val_if_fail (CONFAB_IS_ACCOUNT_STORE (store), NULL);
  g_return_val_if_fail (strays != NULL, NULL);

  self = g_object_new (CONFAB_TYPE_STRAYS_DIALOG, NULL);
  self->strays = g_ptr_array_ref (strays);
  for (guint i = 0; i < strays->len; i++)
    {
      ConfabStrayGroup *group = confab_stray_group_new (store, g_ptr_array_index (strays, i));

      g_signal_connect_object (group, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (group));
    }

  return self;
}
