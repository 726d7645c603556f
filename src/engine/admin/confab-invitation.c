/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-private.h"

struct _ConfabInvitation
{
  GObject parent_instance;
  ConfabInvitationRow *row;
};

G_DEFINE_FINAL_TYPE (ConfabInvitation, confab_invitation, G_TYPE_OBJECT)

static void
confab_invitation_finalize (GObject *object)
{
  confab_invitation_row_free (CONFAB_INVITATION (object)->row);

  G_OBJECT_CLASS (confab_invitation_parent_class)->finalize (object);
}

static void
confab_invitation_class_init (ConfabInvitationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_invitation_finalize;
}

static void
confab_invitation_init (ConfabInvitation *self)
{
}

gpointer
confab_invitation_new (gpointer row)
{
  ConfabInvitation *self = g_object_new (CONFAB_TYPE_INVITATION, NULL);

  self->row = row;

  return self;
}

gint64
confab_invitation_get_id (ConfabInvitation *self)
{
  g_return_val_if_fail (CONFAB_IS_INVITATION (self), 0);

  return self->row->id;
}

gint64
confab_invitation_get_created_at (ConfabInvitation *self)
{
  g_return_val_if_fail (CONFAB_IS_INVITATION (self), 0);

  return self->row->created_at;
}

const char *
confab_invitation_get_created_by (ConfabInvitation *self)
{
  g_return_val_if_fail (CONFAB_IS_INVITATION (self), NULL);

  return self->row->created_by;
}

gint64
confab_invitation_get_expires_at (ConfabInvitation *self)
{
  g_return_val_if_fail (CONFAB_IS_INVITATION (self), 0);

  return self->row->expires_at;
}

guint
confab_invitation_get_uses (ConfabInvitation *self)
{
  g_return_val_if_fail (CONFAB_IS_INVITATION (self), 0);

  return (guint)self->row->uses;
}

guint
confab_invitation_get_uses_left (ConfabInvitation *self)
{
  g_return_val_if_fail (CONFAB_IS_INVITATION (self), 0);

  return (guint)self->row->uses_left;
}
