/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-role.h"

struct _ConfabRole
{
  GObject parent_instance;

  ConfabRoleRow row;
};

G_DEFINE_FINAL_TYPE (ConfabRole, confab_role, G_TYPE_OBJECT)

static void
confab_role_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  confab_columns_get_property (&confab_role_columns, &CONFAB_ROLE (object)->row, prop_id, value);
}

static void
confab_role_finalize (GObject *object)
{
  confab_columns_clear (&confab_role_columns, &CONFAB_ROLE (object)->row);

  G_OBJECT_CLASS (confab_role_parent_class)->finalize (object);
}

static void
confab_role_class_init (ConfabRoleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = confab_role_get_property;
  object_class->finalize = confab_role_finalize;

  confab_columns_install (&confab_role_columns, object_class, 1);
}

static void
confab_role_init (ConfabRole *self)
{
  self->row.rolename = g_strdup ("");
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

  self->row.id = id;

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
  g_return_if_fail (row->id == self->row.id);

  confab_columns_update (&confab_role_columns, G_OBJECT (self), &self->row, row);
}

gint64
confab_role_get_id (ConfabRole *self)
{
  g_return_val_if_fail (CONFAB_IS_ROLE (self), 0);

  return self->row.id;
}

const char *
confab_role_get_rolename (ConfabRole *self)
{
  g_return_val_if_fail (CONFAB_IS_ROLE (self), "");

  return self->row.rolename;
}

const char *
confab_role_get_label (ConfabRole *self)
{
  g_return_val_if_fail (CONFAB_IS_ROLE (self), NULL);

  return self->row.label;
}

ConfabRoleBase
confab_role_get_base (ConfabRole *self)
{
  g_return_val_if_fail (CONFAB_IS_ROLE (self), CONFAB_ROLE_BASE_USER);

  return self->row.base;
}
