/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-person-tile.h"

#include <glib/gi18n.h>

#include "confab-avatar.h"
#include "confab-name-label.h"

typedef struct
{
  ConfabClient *client;
  ConfabUser *user;
} ConfabPersonTilePrivate;

G_DEFINE_TYPE_WITH_PRIVATE (ConfabPersonTile, confab_person_tile, ADW_TYPE_ACTION_ROW)

static gboolean
is_own (ConfabPersonTilePrivate *priv)
{
  return confab_user_get_id (priv->user)
         == confab_account_get_user_id (confab_client_get_account (priv->client));
}

/* Return "You", the person's about line, or both. (transfer full) (nullable) */
static char *
dup_subtitle (ConfabPersonTilePrivate *priv)
{
  const char *about = confab_user_get_about (priv->user);
  g_autofree char *line = g_strdup (about != NULL ? about : "");

  g_strdelimit (line, "\n", ' ');
  if (!is_own (priv))
    return g_steal_pointer (&line);
  if (*line == '\0')
    /* Translators: the user’s own row in a list of people */
    return g_strdup (C_("person", "You"));

  /* Translators: in a list of people, beside the user's own name; %s is the user's about line. */
  return g_strdup_printf (_("You · %s"), line);
}

static void
update (ConfabPersonTile *self)
{
  ConfabPersonTilePrivate *priv = confab_person_tile_get_instance_private (self);
  g_autofree char *subtitle = dup_subtitle (priv);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 confab_user_get_display_name (priv->user));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  if (confab_user_get_deleted (priv->user))
    gtk_widget_add_css_class (GTK_WIDGET (self), "dimmed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "dimmed");
}

static void
confab_person_tile_dispose (GObject *object)
{
  ConfabPersonTilePrivate *priv =
      confab_person_tile_get_instance_private (CONFAB_PERSON_TILE (object));

  g_clear_object (&priv->user);
  g_clear_object (&priv->client);

  G_OBJECT_CLASS (confab_person_tile_parent_class)->dispose (object);
}

static void
confab_person_tile_class_init (ConfabPersonTileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_person_tile_dispose;
}

static void
confab_person_tile_init (ConfabPersonTile *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 1);
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self));
}

void
confab_person_tile_start (ConfabPersonTile *self, ConfabClient *client, ConfabUser *user)
{
  ConfabPersonTilePrivate *priv = confab_person_tile_get_instance_private (self);
  GtkWidget *avatar = g_object_new (ADW_TYPE_AVATAR, "size", 32, "show-initials", TRUE,
                                    "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  g_return_if_fail (CONFAB_IS_PERSON_TILE (self));
  g_return_if_fail (priv->user == NULL);

  priv->client = g_object_ref (client);
  priv->user = g_object_ref (user);
  confab_avatar_show_user (ADW_AVATAR (avatar), client, user);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), avatar);
  g_signal_connect_object (user, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

GtkWidget *
confab_person_tile_new (ConfabClient *client, ConfabUser *user)
{
  ConfabPersonTile *self = g_object_new (CONFAB_TYPE_PERSON_TILE, NULL);

  confab_person_tile_start (self, client, user);
  return GTK_WIDGET (self);
}

ConfabUser *
confab_person_tile_get_user (ConfabPersonTile *self)
{
  ConfabPersonTilePrivate *priv = confab_person_tile_get_instance_private (self);

  g_return_val_if_fail (CONFAB_IS_PERSON_TILE (self), NULL);

  return priv->user;
}
