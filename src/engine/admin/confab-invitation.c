/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-private.h"

#include "confab-json.h"
#include "confab-limits.h"

struct _ConfabInvitation
{
  GObject parent_instance;
  gint64 id;
  gint64 created_at;
  char *created_by;
  gint64 expires_at;
  guint uses;
  guint uses_left;
};

G_DEFINE_FINAL_TYPE (ConfabInvitation, confab_invitation, G_TYPE_OBJECT)

static void
confab_invitation_finalize (GObject *object)
{
  g_free (CONFAB_INVITATION (object)->created_by);

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
confab_invitation_decode (JsonObject *object, GError **error)
{
  g_autoptr (ConfabInvitation) self = g_object_new (CONFAB_TYPE_INVITATION, NULL);
  const char *created_by;
  gint64 uses;
  gint64 uses_left;

  if (!confab_json_get_int (object, "id", 1, G_MAXINT64, &self->id, error)
      || !confab_json_get_int (object, "created_at", 0, G_MAXINT64, &self->created_at, error)
      || !confab_json_get_line_opt (object, "created_by", CONFAB_USERNAME_MAX_CHARS, &created_by,
                                    error)
      || !confab_json_get_int (object, "expires_at", 0, G_MAXINT64, &self->expires_at, error)
      || !confab_json_get_int (object, "uses", 1, G_MAXUINT, &uses, error)
      || !confab_json_get_int (object, "uses_left", 0, G_MAXUINT, &uses_left, error))
    return NULL;

  self->created_by = g_strdup (created_by);
  self->uses = (guint)uses;
  self->uses_left = (guint)uses_left;

  return g_steal_pointer (&self);
}

gint64
confab_invitation_get_id (ConfabInvitation *self)
{
  g_return_val_if_fail (CONFAB_IS_INVITATION (self), 0);

  return self->id;
}

gint64
confab_invitation_get_created_at (ConfabInvitation *self)
{
  g_return_val_if_fail (CONFAB_IS_INVITATION (self), 0);

  return self->created_at;
}

const char *
confab_invitation_get_created_by (ConfabInvitation *self)
{
  g_return_val_if_fail (CONFAB_IS_INVITATION (self), NULL);

  return self->created_by;
}

gint64
confab_invitation_get_expires_at (ConfabInvitation *self)
{
  g_return_val_if_fail (CONFAB_IS_INVITATION (self), 0);

  return self->expires_at;
}

guint
confab_invitation_get_uses (ConfabInvitation *self)
{
  g_return_val_if_fail (CONFAB_IS_INVITATION (self), 0);

  return self->uses;
}

guint
confab_invitation_get_uses_left (ConfabInvitation *self)
{
  g_return_val_if_fail (CONFAB_IS_INVITATION (self), 0);

  return self->uses_left;
}
