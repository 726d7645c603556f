/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-shortcuts-dialog.h"

#include "confab-name-label.h"
#include "confab-settings.h"
#include "confab-shortcut-row.h"

struct _ConfabShortcutsDialog
{
  AdwDialog parent_instance;
  ConfabShortcutRow *send_row;
  ConfabShortcutRow *line_row;
};

G_DEFINE_FINAL_TYPE (ConfabShortcutsDialog, confab_shortcuts_dialog, ADW_TYPE_DIALOG)

static void
confab_shortcuts_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CONFAB_TYPE_SHORTCUTS_DIALOG);

  G_OBJECT_CLASS (confab_shortcuts_dialog_parent_class)->dispose (object);
}

static void
confab_shortcuts_dialog_class_init (ConfabShortcutsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_shortcuts_dialog_dispose;

  g_type_ensure (CONFAB_TYPE_SHORTCUT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-shortcuts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabShortcutsDialog, send_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabShortcutsDialog, line_row);
}

static void
confab_shortcuts_dialog_init (ConfabShortcutsDialog *self)
{
  gboolean enter_sends =
      g_settings_get_boolean (confab_settings_get (), CONFAB_SETTINGS_ENTER_SENDS);

  gtk_widget_init_template (GTK_WIDGET (self));
  confab_shortcut_row_set_accelerators (self->send_row, enter_sends ? "Return" : "<Control>Return");
  confab_shortcut_row_set_accelerators (self->line_row, enter_sends ? "<Shift>Return" : "Return");
  confab_labels_show_whole (GTK_WIDGET (self));
}

AdwDialog *
confab_shortcuts_dialog_new (void)
{
  return g_object_new (CONFAB_TYPE_SHORTCUTS_DIALOG, NULL);
}
