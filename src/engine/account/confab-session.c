/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-session-private.h"

struct _ConfabSession
{
  GObject parent_instance;
  ConfabSessionRow *row;
};

G_DEFINE_FINAL_TYPE (ConfabSession, confab_session, G_TYPE_OBJECT)

static void
confab_session_finalize (GObject *object)
{
  confab_session_row_free (CONFAB_SESSION (object)->row);

  G_OBJECT_CLASS (confab_session_parent_class)->finalize (object);
}

static void
confab_session_class_init (ConfabSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_session_finalize;
}

static void
confab_session_init (ConfabSession *self)
{
}

ConfabSession *
confab_session_new (ConfabSessionRow *row)
{
  ConfabSession *self = g_object_new (CONFAB_TYPE_SESSION, NULL);

  self->row = row;

  return self;
}

gint64
confab_session_get_id (ConfabSession *self)
{
  g_return_val_if_fail (CONFAB_IS_SESSION (self), 0);

  return self->row->id;
}

const char *
confab_session_get_device_name (ConfabSession *self)
{
  g_return_val_if_fail (CONFAB_IS_SESSION (self), NULL);

  return self->row->device_name;
}

gint64
confab_session_get_created_at (ConfabSession *self)
{
  g_return_val_if_fail (CONFAB_IS_SESSION (self), 0);

  return self->row->created_at;
}

gint64
confab_session_get_last_seen_at (ConfabSession *self)
{
  g_return_val_if_fail (CONFAB_IS_SESSION (self), 0);

  return self->row->last_seen_at;
}

gboolean
confab_session_get_current (ConfabSession *self)
{
  g_return_val_if_fail (CONFAB_IS_SESSION (self), FALSE);

  return self->row->current;
}
