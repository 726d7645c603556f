/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-rows.h"

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
  if (self == NULL)
    return;

  g_free (self->rolename);
  g_free (self->label);
  g_free (self);
}

void
confab_user_row_free (ConfabUserRow *self)
{
  if (self == NULL)
    return;

  g_free (self->username);
  g_free (self->email);
  g_free (self->about);
  g_free (self->picture);
  g_free (self);
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
  if (self == NULL)
    return;

  g_free (self->client_id);
  g_free (self->content);
  g_free (self);
}

void
confab_notice_row_free (ConfabNoticeRow *self)
{
  if (self == NULL)
    return;

  g_free (self->action);
  g_free (self->actor);
  g_free (self->old_value);
  g_free (self->new_value);
  g_free (self);
}

ConfabUserRow *
confab_user_row_copy (const ConfabUserRow *self)
{
  ConfabUserRow *copy = g_memdup2 (self, sizeof *self);

  copy->username = g_strdup (self->username);
  copy->email = g_strdup (self->email);
  copy->about = g_strdup (self->about);
  copy->picture = g_strdup (self->picture);

  return copy;
}

ConfabMessageRow *
confab_message_row_copy (const ConfabMessageRow *self)
{
  ConfabMessageRow *copy = g_memdup2 (self, sizeof *self);

  copy->client_id = g_strdup (self->client_id);
  copy->content = g_strdup (self->content);

  return copy;
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
