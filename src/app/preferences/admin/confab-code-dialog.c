/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-code-dialog.h"

#include <glib/gi18n.h>

#include "confab-admin-words.h"
#include "confab-clock.h"
#include "confab-name-label.h"
#include "confab-toast.h"

struct _ConfabCodeDialog
{
  AdwDialog parent_instance;
  GtkLabel *explanation_label;
  GtkLabel *expiry_label;
  gint64 expires_at;
  AdwActionRow *code_row;
  AdwActionRow *link_row;
};

G_DEFINE_FINAL_TYPE (ConfabCodeDialog, confab_code_dialog, ADW_TYPE_DIALOG)

static void
copy (ConfabCodeDialog *self, AdwActionRow *row)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          adw_action_row_get_subtitle (row));
  confab_toast (GTK_WIDGET (row), _("Copied"));
}

static void
copy_code_cb (ConfabCodeDialog *self)
{
  copy (self, self->code_row);
}

static void
copy_link_cb (ConfabCodeDialog *self)
{
  copy (self, self->link_row);
}

static void
confab_code_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CONFAB_TYPE_CODE_DIALOG);

  G_OBJECT_CLASS (confab_code_dialog_parent_class)->dispose (object);
}

static void
confab_code_dialog_class_init (ConfabCodeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_code_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-code-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabCodeDialog, explanation_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabCodeDialog, expiry_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabCodeDialog, code_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabCodeDialog, link_row);
  gtk_widget_class_bind_template_callback (widget_class, copy_code_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_link_cb);
}

static void
confab_code_dialog_init (ConfabCodeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
  confab_name_label_insert_no_hyphens (adw_dialog_get_child (ADW_DIALOG (self)));
}

ConfabCodeDialog *
confab_code_dialog_new (const char *title,
                        const char *explanation,
                        const char *code,
                        const char *link)
{
  ConfabCodeDialog *self = g_object_new (CONFAB_TYPE_CODE_DIALOG, "title", title, NULL);

  gtk_label_set_text (self->explanation_label, explanation);
  adw_action_row_set_subtitle (self->code_row, code);
  gtk_widget_set_visible (GTK_WIDGET (self->link_row), link != NULL);
  adw_action_row_set_subtitle (self->link_row, link != NULL ? link : "");

  return self;
}

static void
show_expiry (ConfabCodeDialog *self)
{
  g_autofree char *when = confab_admin_time (self->expires_at);
  /* Translators: a day and a time, "Today, 14:32". */
  g_autofree char *text = g_strdup_printf (_("Valid until: %s"), when);

  gtk_label_set_text (self->expiry_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->expiry_label), TRUE);
}

void
confab_code_dialog_set_expiry (ConfabCodeDialog *self, gint64 expires_at)
{
  g_return_if_fail (CONFAB_IS_CODE_DIALOG (self));
  g_return_if_fail (self->expires_at == 0);

  self->expires_at = expires_at;
  show_expiry (self);
  confab_clock_connect (G_CALLBACK (show_expiry), self);
}
