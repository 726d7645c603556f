/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-role.h"

struct _ConfabRole
{
  GObject parent_instance;

  gint64 id;
  char *rolename;
  char *label;
  ConfabRoleBase base;
};

G_DEFINE_FINAL_TYPE (ConfabRole, confab_role, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_ROLENAME,
  PROP_LABEL,
  PROP_BASE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
confab_role_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ConfabRole *self = CONFAB_ROLE (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;
    case PROP_ROLENAME:
      g_value_set_string (value, self->rolename);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_BASE:
      g_value_set_uint (value, (guint)self->base);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
confab_role_finalize (GObject *object)
{
  ConfabRole *self = CONFAB_ROLE (object);

  g_free (self->rolename);
  g_free (self->label);

  G_OBJECT_CLASS (confab_role_parent_class)->finalize (object);
}

static void
confab_role_class_init (ConfabRoleClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = confab_role_get_property;
  object_class->finalize = confab_role_finalize;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ROLENAME] = g_param_spec_string ("rolename", NULL, NULL, "", flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_BASE] = g_param_spec_uint ("base", NULL, NULL, CONFAB_ROLE_BASE_USER,
                                             CONFAB_ROLE_BASE_ADMIN, CONFAB_ROLE_BASE_USER, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
confab_role_init (ConfabRole *self)
{
  self->rolename = g_strdup ("");
}

/**
 * confab_role_new:
 * @id: the role's id
 *
 * Returns: (transfer full): a role with no other property set yet, which permits nothing
 */
ConfabRole *
confab_role_new (gint64 id)
{
  ConfabRole *self = g_object_new (CONFAB_TYPE_ROLE, NULL);

  self->id = id;

  return self;
}

/**
 * confab_role_update:
 * @row: the newest state of the same role
 *
 * Copies @row and notifies each property that changed.
 */
void
confab_role_update (ConfabRole *self, const ConfabRoleRow *row)
{
  g_return_if_fail (CONFAB_IS_ROLE (self));
  g_return_if_fail (row->id == self->id);

  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&self->rolename, row->rolename))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROLENAME]);
  if (g_set_str (&self->label, row->label))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
  if (self->base != row->base)
    {
      self->base = row->base;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BASE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

gint64
confab_role_get_id (ConfabRole *self)
{
  g_return_val_if_fail (CONFAB_IS_ROLE (self), 0);

  return self->id;
}

const char *
confab_role_get_rolename (ConfabRole *self)
{
  g_return_val_if_fail (CONFAB_IS_ROLE (self), "");

  return self->rolename;
}

const char *
confab_role_get_label (ConfabRole *self)
{
  g_return_val_if_fail (CONFAB_IS_ROLE (self), NULL);

  return self->label;
}

ConfabRoleBase
confab_role_get_base (ConfabRole *self)
{
  g_return_val_if_fail (CONFAB_IS_ROLE (self), CONFAB_ROLE_BASE_USER);

  return self->base;
}
