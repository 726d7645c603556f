/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-frame-body.h"

#include <string.h>

static const char *const tables[] = { "roles",          "users",
                                      "conversations",  "conversation_users",
                                      "read_positions", "conversation_settings",
                                      "messages",       "notices" };
#define N_TABLES G_N_ELEMENTS (tables)

struct _ConfabFrameBody
{
  char *text[N_TABLES]; /* (nullable): the JSON array */
  gsize length[N_TABLES];
};

ConfabFrameBody *
confab_frame_body_new (const ConfabRows *rows)
{
  ConfabFrameBody *self = g_atomic_rc_box_new0 (ConfabFrameBody);
  g_autoptr (JsonObject) object = confab_codec_encode_rows (rows);

  for (guint i = 0; i < N_TABLES; i++)
    {
      JsonNode *array = json_object_get_member (object, tables[i]);

      if (array == NULL || json_array_get_length (json_node_get_array (array)) == 0)
        continue;
      self->text[i] = json_to_string (array, FALSE);
      self->length[i] = strlen (self->text[i]);
    }

  return self;
}

static void
append (GPtrArray *to, GPtrArray *from)
{
  g_ptr_array_extend (to, from, NULL, NULL);
}

ConfabFrameBody *
confab_frame_body_merge (GPtrArray *sets)
{
  ConfabRows all = { 0 };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  ConfabFrameBody *self;

  if (sets->len == 1)
    return confab_frame_body_new (g_ptr_array_index (sets, 0));

  /* These arrays borrow the rows, so they have no free function. */
  all.roles = g_ptr_array_new ();
  all.users = g_ptr_array_new ();
  all.conversations = g_ptr_array_new ();
  all.memberships = g_ptr_array_new ();
  all.read_positions = g_ptr_array_new ();
  all.settings = g_ptr_array_new ();
  all.messages = g_ptr_array_new ();
  all.notices = g_ptr_array_new ();
  for (guint i = 0; i < sets->len; i++)
    {
      const ConfabRows *rows = g_ptr_array_index (sets, i);

      append (all.roles, rows->roles);
      append (all.users, rows->users);
      append (all.memberships, rows->memberships);
      append (all.read_positions, rows->read_positions);
      append (all.settings, rows->settings);
      append (all.messages, rows->messages);
      append (all.notices, rows->notices);
    }
  for (guint i = sets->len; i > 0; i--)
    {
      const ConfabRows *rows = g_ptr_array_index (sets, i - 1);

      for (guint j = 0; j < rows->conversations->len; j++)
        {
          ConfabConversationRow *row = g_ptr_array_index (rows->conversations, j);

          if (g_hash_table_add (seen, &row->id))
            g_ptr_array_add (all.conversations, row);
        }
    }

  self = confab_frame_body_new (&all);
  g_ptr_array_unref (all.roles);
  g_ptr_array_unref (all.users);
  g_ptr_array_unref (all.conversations);
  g_ptr_array_unref (all.memberships);
  g_ptr_array_unref (all.read_positions);
  g_ptr_array_unref (all.settings);
  g_ptr_array_unref (all.messages);
  g_ptr_array_unref (all.notices);

  return self;
}

ConfabFrameBody *
confab_frame_body_ref (ConfabFrameBody *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  ConfabFrameBody *self = data;

  for (guint i = 0; i < N_TABLES; i++)
    g_free (self->text[i]);
}

void
confab_frame_body_unref (ConfabFrameBody *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

gsize
confab_frame_body_get_length (ConfabFrameBody *self)
{
  gsize length = 0;

  for (guint i = 0; i < N_TABLES; i++)
    length += self->length[i];

  return length;
}

void
confab_frame_body_append_all (GPtrArray *bodies, GString *out)
{
  gboolean first_table = TRUE;

  g_string_append_c (out, '{');
  for (guint i = 0; i < N_TABLES; i++)
    {
      gboolean first = TRUE;

      for (guint j = 0; j < bodies->len; j++)
        {
          const ConfabFrameBody *body = g_ptr_array_index (bodies, j);

          if (body->text[i] == NULL)
            continue;
          if (first)
            g_string_append_printf (out, "%s\"%s\":[", first_table ? "" : ",", tables[i]);
          else
            g_string_append_c (out, ',');
          g_string_append_len (out, body->text[i] + 1, (gssize)body->length[i] - 2);
          first = first_table = FALSE;
        }
      if (!first)
        g_string_append_c (out, ']');
    }
  g_string_append_c (out, '}');
}
