/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-private.h"

#include "confab-json.h"
#include "confab-limits.h"

struct _ConfabAuditEntry
{
  GObject parent_instance;
  gint64 id;
  gint64 at;
  gint64 conversation_id;
  char *actor;
  char *target;
  char *action;
  char *old_value;
  char *new_value;
  char *address;
};

G_DEFINE_FINAL_TYPE (ConfabAuditEntry, confab_audit_entry, G_TYPE_OBJECT)

static void
confab_audit_entry_finalize (GObject *object)
{
  ConfabAuditEntry *self = CONFAB_AUDIT_ENTRY (object);

  g_free (self->actor);
  g_free (self->target);
  g_free (self->action);
  g_free (self->old_value);
  g_free (self->new_value);
  g_free (self->address);

  G_OBJECT_CLASS (confab_audit_entry_parent_class)->finalize (object);
}

static void
confab_audit_entry_class_init (ConfabAuditEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_audit_entry_finalize;
}

static void
confab_audit_entry_init (ConfabAuditEntry *self)
{
}

static gboolean
take_string (JsonObject *object, const char *member, char **value, GError **error)
{
  const char *string;

  if (!confab_json_get_line_opt (object, member, CONFAB_SERVER_TEXT_MAX_CHARS, &string, error))
    return FALSE;
  *value = g_strdup (string);

  return TRUE;
}

gpointer
confab_audit_entry_decode (JsonObject *object, GError **error)
{
  g_autoptr (ConfabAuditEntry) self = g_object_new (CONFAB_TYPE_AUDIT_ENTRY, NULL);
  const char *action;

  if (!confab_json_get_int (object, "id", 1, G_MAXINT64, &self->id, error)
      || !confab_json_get_int (object, "at", 0, G_MAXINT64, &self->at, error)
      || !confab_json_get_line (object, "action", CONFAB_SERVER_TEXT_MAX_CHARS, &action, error)
      || !confab_json_get_int_opt (object, "conversation_id", 1, G_MAXINT64, 0,
                                   &self->conversation_id, error)
      || !take_string (object, "actor", &self->actor, error)
      || !take_string (object, "target", &self->target, error)
      || !take_string (object, "old", &self->old_value, error)
      || !take_string (object, "new", &self->new_value, error)
      || !take_string (object, "address", &self->address, error))
    return NULL;
  self->action = g_strdup (action);

  return g_steal_pointer (&self);
}

gint64
confab_audit_entry_get_id (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), 0);

  return self->id;
}

gint64
confab_audit_entry_get_at (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), 0);

  return self->at;
}

const char *
confab_audit_entry_get_actor (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), NULL);

  return self->actor;
}

const char *
confab_audit_entry_get_target (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), NULL);

  return self->target;
}

gint64
confab_audit_entry_get_conversation_id (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), 0);

  return self->conversation_id;
}

const char *
confab_audit_entry_get_action (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), NULL);

  return self->action;
}

const char *
confab_audit_entry_get_old_value (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), NULL);

  return self->old_value;
}

const char *
confab_audit_entry_get_new_value (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), NULL);

  return self->new_value;
}

const char *
confab_audit_entry_get_address (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), NULL);

  return self->address;
}
