/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-rows.h"

/* ---- columns ---- */

static const ConfabColumn role_columns[] = {
  CONFAB_COLUMN (ConfabRoleRow, id, "id", INT64),
  CONFAB_COLUMN (ConfabRoleRow, rolename, "rolename", TEXT),
  CONFAB_COLUMN (ConfabRoleRow, label, "label", TEXT),
  CONFAB_COLUMN (ConfabRoleRow, base, "base", INT),
};

static const ConfabColumn user_columns[] = {
  CONFAB_COLUMN (ConfabUserRow, id, "id", INT64),
  CONFAB_COLUMN (ConfabUserRow, username, "username", TEXT),
  CONFAB_COLUMN (ConfabUserRow, email, "email", TEXT),
  CONFAB_COLUMN (ConfabUserRow, about, "about", TEXT),
  CONFAB_COLUMN (ConfabUserRow, picture, "picture", TEXT),
  CONFAB_COLUMN (ConfabUserRow, created_at, "created-at", INT64),
  CONFAB_COLUMN (ConfabUserRow, role_id, "role-id", INT64),
  CONFAB_COLUMN (ConfabUserRow, deleted, "deleted", BOOLEAN),
};

static const ConfabColumn message_columns[] = {
  CONFAB_COLUMN (ConfabMessageRow, client_id, "client-id", TEXT),
  CONFAB_COLUMN (ConfabMessageRow, seq, "seq", INT64),
  CONFAB_COLUMN (ConfabMessageRow, content, "content", TEXT),
  CONFAB_COLUMN (ConfabMessageRow, sent_at, "sent-at", INT64),
  CONFAB_COLUMN (ConfabMessageRow, removed_at, "removed-at", INT64),
};

static const ConfabColumn notice_columns[] = {
  CONFAB_COLUMN (ConfabNoticeRow, action, "action", TEXT),
  CONFAB_COLUMN (ConfabNoticeRow, actor, "actor", TEXT),
  CONFAB_COLUMN (ConfabNoticeRow, old_value, "old-value", TEXT),
  CONFAB_COLUMN (ConfabNoticeRow, new_value, "new-value", TEXT),
};

const ConfabColumns confab_role_columns = CONFAB_COLUMNS (role_columns, ConfabRoleRow);
const ConfabColumns confab_user_columns = CONFAB_COLUMNS (user_columns, ConfabUserRow);
const ConfabColumns confab_message_columns = CONFAB_COLUMNS (message_columns, ConfabMessageRow);
const ConfabColumns confab_notice_columns = CONFAB_COLUMNS (notice_columns, ConfabNoticeRow);

static const char *const kind_names[] = {
  [CONFAB_CONVERSATION_DIRECT] = "direct",
  [CONFAB_CONVERSATION_GROUP] = "group",
};

static const char *const notify_names[] = {
  [CONFAB_NOTIFY_ALL] = "all",
  [CONFAB_NOTIFY_NONE] = "none",
};

const char *
confab_notify_to_string (ConfabNotify notify)
{
  g_return_val_if_fail ((guint)notify < G_N_ELEMENTS (notify_names), NULL);

  return notify_names[notify];
}

gboolean
confab_notify_from_string (const char *string, ConfabNotify *notify)
{
  for (guint i = 0; i < G_N_ELEMENTS (notify_names); i++)
    {
      if (g_strcmp0 (string, notify_names[i]) == 0)
        {
          *notify = (ConfabNotify)i;
          return TRUE;
        }
    }

  return FALSE;
}

const char *
confab_conversation_kind_to_string (ConfabConversationKind kind)
{
  g_return_val_if_fail ((guint)kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

gboolean
confab_conversation_kind_from_string (const char *string, ConfabConversationKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    {
      if (g_strcmp0 (string, kind_names[i]) == 0)
        {
          *kind = (ConfabConversationKind)i;
          return TRUE;
        }
    }

  return FALSE;
}

void
confab_role_row_free (ConfabRoleRow *self)
{
  confab_columns_free (&confab_role_columns, self);
}

void
confab_user_row_free (ConfabUserRow *self)
{
  confab_columns_free (&confab_user_columns, self);
}

void
confab_conversation_row_free (ConfabConversationRow *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self);
}

void
confab_membership_row_free (ConfabMembershipRow *self)
{
  g_free (self);
}

void
confab_read_position_row_free (ConfabReadPositionRow *self)
{
  g_free (self);
}

void
confab_conversation_settings_row_free (ConfabConversationSettingsRow *self)
{
  g_free (self);
}

void
confab_message_row_free (ConfabMessageRow *self)
{
  confab_columns_free (&confab_message_columns, self);
}

void
confab_notice_row_free (ConfabNoticeRow *self)
{
  confab_columns_free (&confab_notice_columns, self);
}

ConfabUserRow *
confab_user_row_copy (const ConfabUserRow *self)
{
  return confab_columns_copy (&confab_user_columns, self);
}

ConfabMessageRow *
confab_message_row_copy (const ConfabMessageRow *self)
{
  return confab_columns_copy (&confab_message_columns, self);
}

ConfabRows *
confab_rows_new (void)
{
  ConfabRows *self = g_atomic_rc_box_new0 (ConfabRows);

  self->roles = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_role_row_free);
  self->users = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_user_row_free);
  self->conversations =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_conversation_row_free);
  self->memberships = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_membership_row_free);
  self->read_positions =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_read_position_row_free);
  self->settings =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_conversation_settings_row_free);
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_message_row_free);
  self->notices = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_notice_row_free);

  return self;
}

ConfabRows *
confab_rows_ref (ConfabRows *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
confab_rows_clear (gpointer data)
{
  ConfabRows *self = data;

  g_ptr_array_unref (self->roles);
  g_ptr_array_unref (self->users);
  g_ptr_array_unref (self->conversations);
  g_ptr_array_unref (self->memberships);
  g_ptr_array_unref (self->read_positions);
  g_ptr_array_unref (self->settings);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->notices);
}

void
confab_rows_unref (ConfabRows *self)
{
  g_atomic_rc_box_release_full (self, confab_rows_clear);
}

guint
confab_rows_count (const ConfabRows *self)
{
  return self->roles->len + self->users->len + self->conversations->len + self->memberships->len
         + self->read_positions->len + self->settings->len + self->messages->len
         + self->notices->len;
}
