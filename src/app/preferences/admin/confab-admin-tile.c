/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-admin-tile.h"

#include "confab-name-label.h"

struct _ConfabAdminTile
{
  GtkBox parent_instance;
  AdwAvatar *avatar;
  GtkLabel *title_label;
  GtkLabel *badge_label;
  GtkLabel *detail_label;
  GtkLabel *caption_label;
  char *description;
};

enum
{
  PROP_0,
  PROP_DESCRIPTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ConfabAdminTile, confab_admin_tile, GTK_TYPE_BOX)

static void
confab_admin_tile_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DESCRIPTION)
    g_value_set_string (value, CONFAB_ADMIN_TILE (object)->description);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
confab_admin_tile_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CONFAB_TYPE_ADMIN_TILE);
  g_clear_pointer (&CONFAB_ADMIN_TILE (object)->description, g_free);

  G_OBJECT_CLASS (confab_admin_tile_parent_class)->dispose (object);
}

static void
confab_admin_tile_class_init (ConfabAdminTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = confab_admin_tile_dispose;
  object_class->get_property = confab_admin_tile_get_property;

  properties[PROP_DESCRIPTION] =
      g_param_spec_string ("description", NULL, NULL, "",
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-admin-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabAdminTile, avatar);
  gtk_widget_class_bind_template_child (widget_class, ConfabAdminTile, title_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabAdminTile, badge_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabAdminTile, detail_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabAdminTile, caption_label);
}

static void
confab_admin_tile_init (ConfabAdminTile *self)
{
  self->description = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self->title_label));
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self->detail_label));
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self->caption_label));
}

ConfabAdminTile *
confab_admin_tile_new (void)
{
  return g_object_new (CONFAB_TYPE_ADMIN_TILE, NULL);
}

static void
show (GtkLabel *label, const char *text, GString *description)
{
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
  gtk_label_set_text (label, text != NULL ? text : "");
  if (text == NULL)
    return;
  if (description->len > 0)
    g_string_append (description, ", ");
  g_string_append (description, text);
}

void
confab_admin_tile_set (ConfabAdminTile *self,
                       const char *avatar,
                       const char *title,
                       const char *badge,
                       const char *detail,
                       const char *caption)
{
  g_autoptr (GString) description = g_string_new (NULL);

  g_return_if_fail (CONFAB_IS_ADMIN_TILE (self));

  gtk_widget_set_visible (GTK_WIDGET (self->avatar), avatar != NULL);
  adw_avatar_set_text (self->avatar, avatar);
  show (self->title_label, title, description);
  show (self->badge_label, badge, description);
  show (self->detail_label, detail, description);
  show (self->caption_label, caption, description);
  if (g_set_str (&self->description, description->str))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
}

AdwAvatar *
confab_admin_tile_get_avatar (ConfabAdminTile *self)
{
  g_return_val_if_fail (CONFAB_IS_ADMIN_TILE (self), NULL);

  return self->avatar;
}
