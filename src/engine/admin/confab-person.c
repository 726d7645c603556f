/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-private.h"

#include "confab-json.h"
#include "confab-limits.h"

struct _ConfabPerson
{
  GObject parent_instance;
  gint64 id;
  char *username;
  char *email;
  char *picture;
  gint64 created_at;
  gint64 role_id;
  ConfabPersonState state;
  guint sessions;
  gint64 last_seen_at;
  ConfabUndo undo;
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
  ConfabPerson *self = CONFAB_PERSON (object);

  g_free (self->username);
  g_free (self->email);
  g_free (self->picture);

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

static gboolean
decode_state (JsonObject *object, ConfabPersonState *state, GError **error)
{
  static const char *const names[] = { "active", "suspended", "deleted" };
  const char *name;

  if (!confab_json_get_string (object, "state", &name, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (name, names[i]))
        {
          *state = (ConfabPersonState)i;
          return TRUE;
        }
    }
  g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, "state");

  return FALSE;
}

gpointer
confab_person_decode (JsonObject *object, GError **error)
{
  g_autoptr (ConfabPerson) self = g_object_new (CONFAB_TYPE_PERSON, NULL);
  const char *username;
  const char *email;
  const char *picture;
  gint64 sessions;

  if (!confab_json_get_int (object, "id", 1, G_MAXINT64, &self->id, error)
      || !confab_json_get_line (object, "username", CONFAB_USERNAME_MAX_CHARS, &username, error)
      || !confab_json_get_line (object, "email", CONFAB_EMAIL_MAX_BYTES, &email, error)
      || !confab_json_get_line_opt (object, "picture", CONFAB_SERVER_TEXT_MAX_CHARS, &picture,
                                    error)
      || !confab_json_get_int (object, "created_at", 0, G_MAXINT64, &self->created_at, error)
      || !confab_json_get_int (object, "role_id", 1, G_MAXINT64, &self->role_id, error)
      || !decode_state (object, &self->state, error)
      || !confab_json_get_int (object, "sessions", 0, G_MAXUINT, &sessions, error)
      || !confab_json_get_int_opt (object, "last_seen_at", 0, G_MAXINT64, 0, &self->last_seen_at,
                                   error))
    return NULL;

  self->username = g_strdup (username);
  self->email = g_strdup (email);
  self->picture = g_strdup (picture);
  self->sessions = (guint)sessions;

  return g_steal_pointer (&self);
}

void
confab_person_update (ConfabPerson *self, ConfabPerson *fresh, const ConfabUndo *undo)
{
  g_return_if_fail (CONFAB_IS_PERSON (self));
  g_return_if_fail (CONFAB_IS_PERSON (fresh));

  g_set_str (&self->username, fresh->username);
  g_set_str (&self->email, fresh->email);
  g_set_str (&self->picture, fresh->picture);
  self->created_at = fresh->created_at;
  self->role_id = fresh->role_id;
  self->state = fresh->state;
  self->sessions = fresh->sessions;
  self->last_seen_at = fresh->last_seen_at;
  if (undo != NULL)
    self->undo = *undo;
  g_signal_emit (self, signals[CHANGED], 0);
}

gint64
confab_person_get_id (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return self->id;
}

const char *
confab_person_get_username (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), NULL);

  return self->username;
}

const char *
confab_person_get_email (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), NULL);

  return self->email;
}

const char *
confab_person_get_picture (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), NULL);

  return self->picture;
}

gint64
confab_person_get_created_at (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return self->created_at;
}

gint64
confab_person_get_role_id (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return self->role_id;
}

ConfabPersonState
confab_person_get_state (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), CONFAB_PERSON_ACTIVE);

  return self->state;
}

guint
confab_person_get_sessions (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return self->sessions;
}

gint64
confab_person_get_last_seen_at (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return self->last_seen_at;
}

gint64
confab_person_get_undo_audit_id (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return self->undo.audit_id;
}

gint64
confab_person_get_undo_role_id (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return self->undo.role_id;
}

gint64
confab_person_get_undo_expires_at (ConfabPerson *self)
{
  g_return_val_if_fail (CONFAB_IS_PERSON (self), 0);

  return self->undo.expires_at;
}
