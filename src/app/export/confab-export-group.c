/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-export-group.h"

#include <glib/gi18n.h>

#include "confab-error-text.h"
#include "confab-export.h"
#include "confab-name-label.h"
#include "confab-toast.h"

struct _ConfabExportGroup
{
  AdwPreferencesGroup parent_instance;
  AdwPreferencesRow *export_row;
  AdwActionRow *progress_row;
  GtkProgressBar *progress_bar;
  GtkWidget *cancel_button;
  AdwActionRow *done_row;
  GtkWidget *show_button;
  ConfabClient *client;
  GCancellable *cancellable; /* (nullable): set while exporting */
  char *folder;              /* (nullable): the folder of the last export */
};

G_DEFINE_FINAL_TYPE (ConfabExportGroup, confab_export_group, ADW_TYPE_PREFERENCES_GROUP)

/* Return the widget to press next. (transfer none) */
static GtkWidget *
next_button (ConfabExportGroup *self)
{
  if (self->cancellable != NULL)
    return self->cancel_button;

  return self->folder != NULL ? self->show_button : GTK_WIDGET (self->export_row);
}

/* Return whether the focus is in the group, also while another window is active. */
static gboolean
has_focus (ConfabExportGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

/* GTK scrolls to a widget that gets the focus where it is now, before the row that appears is laid
 * out. */
static gboolean
scroll_cb (GtkWidget *button, GdkFrameClock *clock, gpointer user_data)
{
  guint *frames = user_data;
  GtkWidget *viewport = gtk_widget_get_ancestor (button, GTK_TYPE_VIEWPORT);

  if (++*frames < 2)
    return G_SOURCE_CONTINUE;
  if (viewport != NULL && gtk_widget_is_focus (button))
    gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), button, NULL);
  return G_SOURCE_REMOVE;
}

static void
focus_next_button (ConfabExportGroup *self)
{
  GtkWidget *button = next_button (self);

  gtk_widget_grab_focus (button);
  gtk_widget_add_tick_callback (button, scroll_cb, g_new0 (guint, 1), g_free);
}

/* The focus stays in the group, in the row that appears. */
static void
update_rows (ConfabExportGroup *self)
{
  gboolean focused = has_focus (self);

  gtk_widget_set_visible (GTK_WIDGET (self->export_row), self->cancellable == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_row), self->cancellable != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->done_row),
                          self->folder != NULL && self->cancellable == NULL);
  if (focused)
    focus_next_button (self);
}

static void
progress_cb (double fraction, gpointer user_data)
{
  ConfabExportGroup *self = user_data;

  if (fraction < 0)
    {
      adw_action_row_set_subtitle (self->progress_row, _("Fetching older messages first"));
      gtk_progress_bar_pulse (self->progress_bar);
    }
  else
    {
      adw_action_row_set_subtitle (self->progress_row, NULL);
      gtk_progress_bar_set_fraction (self->progress_bar, fraction);
    }
}

/* Describe what was exported, and what the export lacks. */
static char *
describe (const ConfabExport *export)
{
  g_autofree char *messages =
      /* Translators: how many messages an export has */
      g_strdup_printf (ngettext ("%'u message", "%'u messages", (gulong) export->n_messages),
                       (guint) export->n_messages);
  g_autofree char *missing = NULL;

  if (export->n_missing == 0)
    return g_steal_pointer (&messages);

  /* Translators: how many messages an export lacks */
  missing = g_strdup_printf (ngettext ("%'u older message is not on this computer yet",
                                       "%'u older messages are not on this computer yet",
                                       (gulong) export->n_missing),
                             (guint) export->n_missing);

  /* Translators: two notes in one line: “12 messages; 3 older messages are not on this computer
   * yet” */
  return g_strdup_printf (_("%s; %s"), messages, missing);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabExportGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabExport) export = confab_export_finish (result, &error);
  g_autofree char *text = NULL;

  g_clear_object (&self->cancellable);
  if (export != NULL)
    {
      text = describe (export);
      g_set_str (&self->folder, export->folder);
      adw_action_row_set_subtitle (self->done_row, text);
    }
  else if (g_error_matches (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE))
    {
      g_message ("Exporting: %s", error->message);
      confab_toast (GTK_WIDGET (self), _("Confab could not write to this folder"));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    confab_toast_error (GTK_WIDGET (self), error);
  update_rows (self);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabExportGroup) self = user_data;
  g_autoptr (GFile) folder =
      gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);
  const char *path = folder != NULL ? g_file_peek_path (folder) : NULL;

  if (path == NULL || self->cancellable != NULL || self->client == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  update_rows (self);
  confab_client_export_async (self->client, path, progress_cb, self, self->cancellable, exported_cb,
                              g_object_ref (self));
}

static void
export_cb (ConfabExportGroup *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Export Conversations To"));
  /* Translators: a button; a verb */
  gtk_file_dialog_set_accept_label (dialog, _("_Export"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                                 chosen_cb, g_object_ref (self));
}

static void
cancel_cb (ConfabExportGroup *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
show_cb (ConfabExportGroup *self)
{
  g_autofree char *index = g_build_filename (self->folder, "index.html", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (index);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_open_containing_folder (
      launcher, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, NULL, NULL);
}

/* A running export holds a reference to the group, so closing the dialog does not cancel it. */
static void
confab_export_group_dispose (GObject *object)
{
  ConfabExportGroup *self = CONFAB_EXPORT_GROUP (object);

  g_clear_object (&self->client);
  g_clear_pointer (&self->folder, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_EXPORT_GROUP);

  G_OBJECT_CLASS (confab_export_group_parent_class)->dispose (object);
}

static void
confab_export_group_class_init (ConfabExportGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_export_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-export-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabExportGroup, export_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabExportGroup, progress_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabExportGroup, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, ConfabExportGroup, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, ConfabExportGroup, done_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabExportGroup, show_button);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
}

static void
confab_export_group_init (ConfabExportGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
  update_rows (self);
}

void
confab_export_group_set_client (ConfabExportGroup *self, ConfabClient *client)
{
  g_return_if_fail (CONFAB_IS_EXPORT_GROUP (self));
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
}
