/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-user.h"

#include <glib/gi18n-lib.h>

struct _ConfabUser
{
  GObject parent_instance;

  ConfabUserRow row;
};

G_DEFINE_FINAL_TYPE (ConfabUser, confab_user, G_TYPE_OBJECT)

static GParamSpec *display_name_property;

static void
confab_user_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ConfabUser *self = CONFAB_USER (object);

  if (!confab_columns_get_property (&confab_user_columns, &self->row, prop_id, value))
    g_value_set_string (value, confab_user_get_display_name (self));
}

static void
confab_user_finalize (GObject *object)
{
  confab_columns_clear (&confab_user_columns, &CONFAB_USER (object)->row);

  G_OBJECT_CLASS (confab_user_parent_class)->finalize (object);
}

static void
confab_user_class_init (ConfabUserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = confab_user_get_property;
  object_class->finalize = confab_user_finalize;

  confab_columns_install (&confab_user_columns, object_class, 1);
  display_name_property =
      g_param_spec_string ("display-name", NULL, NULL, NULL,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, confab_user_columns.n_columns + 1,
                                   display_name_property);
}

static void
confab_user_init (ConfabUser *self)
{
  self->row.username = g_strdup ("");
}

/**
 * confab_user_new:
 * @id: the user's id
 *
 * Returns: (transfer full): a user with no other property set yet
 */
ConfabUser *
confab_user_new (gint64 id)
{
  ConfabUser *self = g_object_new (CONFAB_TYPE_USER, NULL);

  self->row.id = id;

  return self;
}

/**
 * confab_user_update:
 * @row: the newest state of the same user
 *
 * Copies @row and notifies each property that changed.
 */
void
confab_user_update (ConfabUser *self, const ConfabUserRow *row)
{
  g_return_if_fail (CONFAB_IS_USER (self));
  g_return_if_fail (row->id == self->row.id);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->row.deleted != row->deleted || g_strcmp0 (self->row.username, row->username) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), display_name_property);
  confab_columns_update (&confab_user_columns, G_OBJECT (self), &self->row, row);
  g_object_thaw_notify (G_OBJECT (self));
}

gint64
confab_user_get_id (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), 0);

  return self->row.id;
}

const char *
confab_user_get_username (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), "");

  return self->row.username;
}

const char *
confab_user_choose_name (const char *username, gboolean deleted)
{
  return deleted ? _("Deleted account") : username;
}

const char *
confab_user_get_display_name (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), "");

  return confab_user_choose_name (self->row.username, self->row.deleted);
}

const char *
confab_user_get_email (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), NULL);

  return self->row.email;
}

const char *
confab_user_get_about (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), NULL);

  return self->row.about;
}

const char *
confab_user_get_picture (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), NULL);

  return self->row.picture;
}

gboolean
confab_user_get_deleted (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), FALSE);

  return self->row.deleted;
}

gint64
confab_user_get_role_id (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), 0);

  return self->row.role_id;
}

gint64
confab_user_get_created_at (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), 0);

  return self->row.created_at;
}
