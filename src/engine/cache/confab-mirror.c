/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-object.h"

G_DEFINE_FINAL_TYPE (ConfabMirror, confab_mirror, G_TYPE_OBJECT)

enum
{
  CHANGED,
  REBUILT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- what it tells ---- */

void
confab_mirror_announce (ConfabMirror *self, ConfabChanges *changes)
{
  g_signal_emit (self, signals[CHANGED], 0, changes);
}

void
confab_mirror_announce_everything (ConfabMirror *self)
{
  g_autoptr (ConfabChanges) changes = confab_changes_new (NULL);

  changes->everything = TRUE;
  changes->outbox = TRUE;
  confab_mirror_announce (self, changes);
  if (self->origin == CONFAB_MIRROR_REBUILT)
    g_signal_emit (self, signals[REBUILT], 0);
}

/* ---- the object ---- */

ConfabMirrorOrigin
confab_mirror_get_origin (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), CONFAB_MIRROR_FRESH);

  return self->origin;
}

gint64
confab_mirror_get_self_user_id (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), 0);

  return self->self_user_id;
}

const char *
confab_mirror_get_cursor (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), NULL);

  return self->rebuild != NULL ? self->rebuild_cursor : self->cursor;
}

ConfabUserRow *
confab_mirror_get_self (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), NULL);

  return self->self_user;
}

guint
confab_mirror_get_unsent_count (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), 0);

  return self->unsent_count;
}

const GError *
confab_mirror_get_frozen (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), NULL);

  return self->frozen;
}

guint
confab_mirror_get_lost_count (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), 0);

  return self->n_lost;
}

static void
confab_mirror_finalize (GObject *object)
{
  ConfabMirror *self = CONFAB_MIRROR (object);

  /* The queues are empty, because every call holds a reference. */
  g_clear_pointer (&self->rebuild, confab_worker_free);
  g_clear_pointer (&self->reader, confab_worker_free);
  g_clear_pointer (&self->writer, confab_worker_free);
  g_clear_pointer (&self->unsent, confab_unsent_file_close);
  g_clear_pointer (&self->lock, confab_folder_lock_free);
  g_clear_error (&self->frozen);
  g_clear_pointer (&self->self_user, confab_user_row_free);
  g_free (self->directory);
  g_free (self->cursor);
  g_free (self->rebuild_cursor);

  G_OBJECT_CLASS (confab_mirror_parent_class)->finalize (object);
}

static void
confab_mirror_class_init (ConfabMirrorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = confab_mirror_finalize;

  signals[CHANGED] = g_signal_new ("changed", CONFAB_TYPE_MIRROR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[REBUILT] = g_signal_new ("rebuilt", CONFAB_TYPE_MIRROR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
confab_mirror_init (ConfabMirror *self)
{
  g_queue_init (&self->held);
  g_queue_init (&self->beginners);
}
