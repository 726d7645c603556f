/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-private.h"

struct _ConfabAuditEntry
{
  GObject parent_instance;
  ConfabAuditRow *row;
};

G_DEFINE_FINAL_TYPE (ConfabAuditEntry, confab_audit_entry, G_TYPE_OBJECT)

static void
confab_audit_entry_finalize (GObject *object)
{
  confab_audit_row_free (CONFAB_AUDIT_ENTRY (object)->row);

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

gpointer
confab_audit_entry_new (gpointer row)
{
  ConfabAuditEntry *self = g_object_new (CONFAB_TYPE_AUDIT_ENTRY, NULL);

  self->row = row;

  return self;
}

gint64
confab_audit_entry_get_at (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), 0);

  return self->row->at;
}

const char *
confab_audit_entry_get_actor (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), NULL);

  return self->row->actor;
}

const char *
confab_audit_entry_get_target (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), NULL);

  return self->row->target;
}

const char *
confab_audit_entry_get_action (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), NULL);

  return self->row->action;
}

const char *
confab_audit_entry_get_old_value (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), NULL);

  return self->row->old_value;
}

const char *
confab_audit_entry_get_new_value (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), NULL);

  return self->row->new_value;
}

const char *
confab_audit_entry_get_address (ConfabAuditEntry *self)
{
  g_return_val_if_fail (CONFAB_IS_AUDIT_ENTRY (self), NULL);

  return self->row->address;
}
