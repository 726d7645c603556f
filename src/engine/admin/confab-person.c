/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-private.h"

struct _ConfabPerson
{
  GObject parent_instance;
  ConfabPersonRow *row;
};

G_DEFINE_FINAL_TYPE (ConfabPerson, confab_person, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
confab_person_finalize (GObject *object)
{
  confab_person_row_free (CONFAB_PERSON (object)->row);

  G_OBJECT_CLASS (confab_person_parent_class)->finalize (object);
}

static void
confab_person_class_init (ConfabPersonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_person_finalize;

  signals[CHANGED] = g_signal_new ("changed", CONFAB_TYPE_PERSON, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
confab_person_init (ConfabPerson *self)
{
}

gpointer
confab_person_new (gpointer row)
{
  ConfabPerson *self = g_object_new (CONFAB_TYPE_PERSON, NULL);

  self->row = row;

  return self;
}

void
confab_person_take_row (ConfabPerson *self, ConfabPersonRow *row)
{
  g_return_if_fail (CONFAB_IS_PERSON (self));

  confab_person_row_free (self->row);
  self->row = row;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
confab_person_take_row_but_undo (ConfabPerson *self, ConfabPersonRow *row)
{
  g_return_if_fail (CONFAB_IS_PERSON (self));

  row->undo_audit_id = self->row->undo_audit_id;
  row->undo_role_id = self->row->undo_role_id;
  row->undo_expires_at = self->row->undo_expires_at;
  confab_person_take_row (self, row);
}

gint64
confab_person_get_id (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return self->row->user->id;
}

const char *
confab_person_get_username (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), NULL);

  return self->row->user->username;
}

const char *
confab_person_get_email (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), NULL);

  return self->row->user->email;
}

const char *
confab_person_get_picture (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), NULL);

  return self->row->user->picture;
}

gint64
confab_person_get_created_at (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return self->row->user->created_at;
}

gint64
confab_person_get_role_id (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return self->row->user->role_id;
}

ConfabPersonState
confab_person_get_state (ConfabPerson *self)
{
  ConfabPersonState state = CONFAB_PERSON_ACTIVE;

  g_return_val_if_fail (CONFAB_IS_PERSON (self), CONFAB_PERSON_ACTIVE);

  confab_person_state_from_string (self->row->state, &state);

  return state;
}

guint
confab_person_get_sessions (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return (guint)self->row->sessions;
}

gint64
confab_person_get_last_seen_at (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return self->row->last_seen_at;
}

gint64
confab_person_get_undo_audit_id (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return self->row->undo_audit_id;
}

gint64
confab_person_get_undo_role_id (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return self->row->undo_role_id;
}

gint64
confab_person_get_undo_expires_at (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return self->row->undo_expires_at;
}
