/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-member-tile.h"

#include <glib/gi18n.h>

#include "confab-alert.h"
#include "confab-toast.h"

struct _ConfabMemberTile
{
  ConfabPersonTile parent_instance;
  GtkWidget *remove_button;
  ConfabClient *client;
  ConfabConversation *conversation;
};

G_DEFINE_FINAL_TYPE (ConfabMemberTile, confab_member_tile, CONFAB_TYPE_PERSON_TILE)

static ConfabUser *
get_user (ConfabMemberTile *self)
{
  return confab_person_tile_get_user (CONFAB_PERSON_TILE (self));
}

static gboolean
is_own (ConfabMemberTile *self)
{
  return confab_user_get_id (get_user (self))
         == confab_account_get_user_id (confab_client_get_account (self->client));
}

/* ---- removing ---- */

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabMemberTile) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (!confab_client_change_finish (CONFAB_CLIENT (source), result, &error))
    confab_toast_error (GTK_WIDGET (self), error);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabMemberTile) self = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (!g_str_equal (response, "remove"))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  confab_client_remove_member_async (self->client, self->conversation, get_user (self), NULL,
                                     removed_cb, g_object_ref (self));
}

static void
remove_cb (ConfabMemberTile *self)
{
  const char *name = confab_user_get_display_name (get_user (self));
  /* Translators: a person’s name */
  g_autofree char *heading = g_strdup_printf (_("Remove %s?"), name);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (confab_alert_new (
      heading,
      _("They can no longer read or write here. What they wrote stays, and so does what they have"
         " received. They are told that you removed them.")));

  /* Translators: a button; a verb */
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, answered_cb, g_object_ref (self));
}

/* ---- content ---- */

static void
update (ConfabMemberTile *self)
{
  const char *name = confab_user_get_display_name (get_user (self));
  /* Translators: a person’s name */
  g_autofree char *label = g_strdup_printf (_("Remove %s From Group…"), name);
  gboolean removable =
      confab_conversation_get_is_group (self->conversation) && !is_own (self)
      && confab_conversation_get_closed_reason (self->conversation) == CONFAB_CLOSED_NOT
      && confab_client_permits (self->client, CONFAB_PERMISSION_REMOVE_MEMBERS);

  gtk_widget_set_tooltip_text (self->remove_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (self->remove_button, removable);
}

/* ---- the object ---- */

static void
confab_member_tile_dispose (GObject *object)
{
  ConfabMemberTile *self = CONFAB_MEMBER_TILE (object);

  g_clear_object (&self->conversation);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (confab_member_tile_parent_class)->dispose (object);
}

static void
confab_member_tile_class_init (ConfabMemberTileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_member_tile_dispose;
}

static GtkWidget *
new_arrow (void)
{
  return g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role",
                       GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

static void
confab_member_tile_init (ConfabMemberTile *self)
{
  self->remove_button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  gtk_widget_add_css_class (self->remove_button, "flat");
  gtk_widget_set_valign (self->remove_button, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->remove_button, "clicked", G_CALLBACK (remove_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->remove_button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), new_arrow ());
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
}

GtkWidget *
confab_member_tile_new (ConfabClient *client, ConfabConversation *conversation, ConfabUser *user)
{
  ConfabMemberTile *self = g_object_new (CONFAB_TYPE_MEMBER_TILE, NULL);

  self->client = g_object_ref (client);
  self->conversation = g_object_ref (conversation);
  confab_person_tile_start (CONFAB_PERSON_TILE (self), client, user);
  g_signal_connect_object (user, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "permissions-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (conversation, "notify::closed-reason", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
