/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-user.h"

#include <glib/gi18n-lib.h>

struct _ConfabUser
{
  GObject parent_instance;

  gint64 id;
  char *username;
  char *email;
  char *about;
  char *picture;
  gboolean deleted;
  gint64 role_id;
  gint64 created_at;
};

G_DEFINE_FINAL_TYPE (ConfabUser, confab_user, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_USERNAME,
  PROP_DISPLAY_NAME,
  PROP_EMAIL,
  PROP_ABOUT,
  PROP_PICTURE,
  PROP_ROLE_ID,
  PROP_CREATED_AT,
  PROP_DELETED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
confab_user_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ConfabUser *self = CONFAB_USER (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;
    case PROP_USERNAME:
      g_value_set_string (value, self->username);
      break;
    case PROP_DISPLAY_NAME:
      g_value_set_string (value, confab_user_get_display_name (self));
      break;
    case PROP_EMAIL:
      g_value_set_string (value, self->email);
      break;
    case PROP_ABOUT:
      g_value_set_string (value, self->about);
      break;
    case PROP_PICTURE:
      g_value_set_string (value, self->picture);
      break;
    case PROP_DELETED:
      g_value_set_boolean (value, self->deleted);
      break;
    case PROP_ROLE_ID:
      g_value_set_int64 (value, self->role_id);
      break;
    case PROP_CREATED_AT:
      g_value_set_int64 (value, self->created_at);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
confab_user_finalize (GObject *object)
{
  ConfabUser *self = CONFAB_USER (object);

  g_free (self->username);
  g_free (self->email);
  g_free (self->about);
  g_free (self->picture);

  G_OBJECT_CLASS (confab_user_parent_class)->finalize (object);
}

static void
confab_user_class_init (ConfabUserClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = confab_user_get_property;
  object_class->finalize = confab_user_finalize;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_USERNAME] = g_param_spec_string ("username", NULL, NULL, "", flags);
  properties[PROP_DISPLAY_NAME] = g_param_spec_string ("display-name", NULL, NULL, "", flags);
  properties[PROP_EMAIL] = g_param_spec_string ("email", NULL, NULL, NULL, flags);
  properties[PROP_ABOUT] = g_param_spec_string ("about", NULL, NULL, NULL, flags);
  properties[PROP_PICTURE] = g_param_spec_string ("picture", NULL, NULL, NULL, flags);
  properties[PROP_DELETED] = g_param_spec_boolean ("deleted", NULL, NULL, FALSE, flags);
  properties[PROP_ROLE_ID] = g_param_spec_int64 ("role-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_CREATED_AT] =
      g_param_spec_int64 ("created-at", NULL, NULL, 0, G_MAXINT64, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
confab_user_init (ConfabUser *self)
{
  self->username = g_strdup ("");
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

  self->id = id;

  return self;
}

static void
take_over_int64 (ConfabUser *self, gint64 *field, gint64 value, guint prop_id)
{
  if (*field == value)
    return;

  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
take_over_string (ConfabUser *self, char **field, const char *value, guint prop_id)
{
  if (g_set_str (field, value))
    g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
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
  g_return_if_fail (row->id == self->id);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->deleted != row->deleted || g_strcmp0 (self->username, row->username) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DISPLAY_NAME]);
  take_over_string (self, &self->username, row->username, PROP_USERNAME);
  take_over_string (self, &self->email, row->email, PROP_EMAIL);
  take_over_string (self, &self->about, row->about, PROP_ABOUT);
  take_over_string (self, &self->picture, row->picture, PROP_PICTURE);
  if (self->deleted != row->deleted)
    {
      self->deleted = row->deleted;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DELETED]);
    }
  take_over_int64 (self, &self->role_id, row->role_id, PROP_ROLE_ID);
  take_over_int64 (self, &self->created_at, row->created_at, PROP_CREATED_AT);
  g_object_thaw_notify (G_OBJECT (self));
}

gint64
confab_user_get_id (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), 0);

  return self->id;
}

const char *
confab_user_get_username (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), "");

  return self->username;
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

  return confab_user_choose_name (self->username, self->deleted);
}

const char *
confab_user_get_email (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), NULL);

  return self->email;
}

const char *
confab_user_get_about (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), NULL);

  return self->about;
}

const char *
confab_user_get_picture (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), NULL);

  return self->picture;
}

gboolean
confab_user_get_deleted (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), FALSE);

  return self->deleted;
}

gint64
confab_user_get_role_id (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), 0);

  return self->role_id;
}

gint64
confab_user_get_created_at (ConfabUser *self)
{
  g_return_val_if_fail (CONFAB_IS_USER (self), 0);

  return self->created_at;
}
