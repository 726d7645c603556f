/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-notices-group.h"

#include <glib/gi18n.h>

#include "confab-notice-text.h"
#include "confab-time-text.h"

#define ROWS_MAX 20

struct _ConfabNoticesGroup
{
  AdwPreferencesGroup parent_instance;
  GtkListBox *list;
  ConfabClient *client;
};

G_DEFINE_FINAL_TYPE (ConfabNoticesGroup, confab_notices_group, ADW_TYPE_PREFERENCES_GROUP)

static char *
dup_when (gpointer item)
{
  return confab_time_text_full (confab_notice_get_at (item));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  ConfabNoticesGroup *self = user_data;
  g_autofree char *text = confab_notice_text (item, confab_client_get_roles (self->client));
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", text, NULL);

  confab_time_text_bind (row, "subtitle", dup_when, item);
  return row;
}

/* Notices without a text are left out. */
static gboolean
has_words (gpointer item, gpointer user_data)
{
  g_autofree char *text = confab_notice_text (item, user_data);

  return text != NULL;
}

static void
count_cb (ConfabNoticesGroup *self, guint position, guint removed, guint added, GListModel *rows)
{
  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (rows) > 0);
}

void
confab_notices_group_set_client (ConfabNoticesGroup *self, ConfabClient *client)
{
  GtkCustomFilter *filter = NULL;
  GtkFilterListModel *known = NULL;
  g_autoptr (GtkSliceListModel) rows = NULL;

  g_return_if_fail (CONFAB_IS_NOTICES_GROUP (self));
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  filter = gtk_custom_filter_new (has_words, g_object_ref (confab_client_get_roles (client)),
                                  g_object_unref);
  known = gtk_filter_list_model_new (g_object_ref (confab_client_get_notices (client)),
                                     GTK_FILTER (filter));
  rows = gtk_slice_list_model_new (G_LIST_MODEL (known), 0, ROWS_MAX);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (rows), create_row, self, NULL);
  g_signal_connect_object (rows, "items-changed", G_CALLBACK (count_cb), self, G_CONNECT_SWAPPED);
  count_cb (self, 0, 0, 0, G_LIST_MODEL (rows));
}

static void
confab_notices_group_dispose (GObject *object)
{
  ConfabNoticesGroup *self = CONFAB_NOTICES_GROUP (object);

  if (self->client != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (confab_notices_group_parent_class)->dispose (object);
}

static void
confab_notices_group_class_init (ConfabNoticesGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_notices_group_dispose;
}

static void
confab_notices_group_init (ConfabNoticesGroup *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
      /* Translators: a list of what others changed in the user’s account */
      _("Recent Activity"), -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Recent Activity"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->list));
}
