/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-picture-row.h"

#include <glib/gi18n.h>

#include "confab-client-account.h"
#include "confab-picture-file.h"
#include "confab-text-button.h"
#include "confab-toast.h"

struct _ConfabPictureRow
{
  AdwActionRow parent_instance;
  GtkWidget *spinner;
  GtkWidget *remove_button;
  GtkWidget *choose_button;
  ConfabClient *client;
  GCancellable *cancellable; /* (nullable) set while uploading */
};

G_DEFINE_FINAL_TYPE (ConfabPictureRow, confab_picture_row, ADW_TYPE_ACTION_ROW)

static void
update (ConfabPictureRow *self)
{
  gboolean busy = self->cancellable != NULL;
  gboolean has = confab_user_get_picture (confab_client_get_self_user (self->client)) != NULL;

  gtk_widget_set_visible (self->spinner, busy);
  gtk_widget_set_visible (self->remove_button, has);
  gtk_widget_set_sensitive (self->remove_button, !busy);
  gtk_widget_set_sensitive (self->choose_button, !busy);
}

/* ---- uploading ---- */

static void
end (ConfabPictureRow *self, const GError *error, const char *toast)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) /* the dialog has been closed */
    return;

  g_clear_object (&self->cancellable);
  update (self);
  if (error == NULL)
    confab_toast (GTK_WIDGET (self), toast);
  else if (error->domain == CONFAB_PICTURE_ERROR)
    confab_toast (GTK_WIDGET (self), error->message);
  else
    confab_toast_error (GTK_WIDGET (self), error);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPictureRow) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_client_change_profile_finish (CONFAB_CLIENT (source), result, &error);
  end (self, error, _("Picture changed"));
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPictureRow) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_client_change_profile_finish (CONFAB_CLIENT (source), result, &error);
  end (self, error, _("Picture removed"));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPictureRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = confab_picture_file_read_finish (result, &error);

  if (png != NULL)
    confab_client_change_picture_async (self->client, png, self->cancellable, changed_cb,
                                        g_object_ref (self));
  else
    end (self, error, NULL);
}

static void
remove_cb (ConfabPictureRow *self)
{
  self->cancellable = g_cancellable_new ();
  update (self);
  confab_client_change_picture_async (self->client, NULL, self->cancellable, removed_cb,
                                      g_object_ref (self));
}

/* ---- choosing ---- */

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPictureRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        g_warning ("No file could be chosen: %s", error->message);
      return;
    }
  if (self->client == NULL || self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  update (self);
  confab_picture_file_read_async (file, self->cancellable, read_cb, g_object_ref (self));
}

static void
choose_cb (ConfabPictureRow *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) images = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  /* Translators: the name of a filter in the file chooser */
  gtk_file_filter_set_name (images, _("Images"));
  gtk_file_filter_add_pixbuf_formats (images);
  g_list_store_append (filters, images);
  gtk_file_dialog_set_title (dialog, _("Choose a Picture"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                        chosen_cb, g_object_ref (self));
}

/* ---- the object ---- */

static void
confab_picture_row_dispose (GObject *object)
{
  ConfabPictureRow *self = CONFAB_PICTURE_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_PICTURE_ROW);

  G_OBJECT_CLASS (confab_picture_row_parent_class)->dispose (object);
}

static void
confab_picture_row_finalize (GObject *object)
{
  g_clear_object (&CONFAB_PICTURE_ROW (object)->cancellable);

  G_OBJECT_CLASS (confab_picture_row_parent_class)->finalize (object);
}

static void
confab_picture_row_class_init (ConfabPictureRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = confab_picture_row_dispose;
  object_class->finalize = confab_picture_row_finalize;

  g_type_ensure (CONFAB_TYPE_TEXT_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-picture-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabPictureRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, ConfabPictureRow, remove_button);
  gtk_widget_class_bind_template_child (widget_class, ConfabPictureRow, choose_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
confab_picture_row_init (ConfabPictureRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Otherwise its accessible name would be “Choose…” only. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->choose_button),
                                 GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

void
confab_picture_row_set_client (ConfabPictureRow *self, ConfabClient *client)
{
  g_return_if_fail (CONFAB_IS_PICTURE_ROW (self));
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  g_signal_connect_object (confab_client_get_self_user (client), "notify::picture",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
