/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-codec.h"

#include "confab-codec.h"
#include "confab-limits.h"
#include "confab-row-reader.h"

/* ---- people ---- */

JsonObject *
confab_codec_encode_person (const ConfabPersonRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", row->user->id);
  json_object_set_string_member (object, "username", row->user->username);
  json_object_set_string_member (object, "email", row->user->email);
  confab_json_set_string_opt (object, "picture", row->user->picture);
  json_object_set_int_member (object, "created_at", row->user->created_at);
  json_object_set_int_member (object, "role_id", row->user->role_id);
  json_object_set_string_member (object, "state", row->state);
  json_object_set_int_member (object, "sessions", row->sessions);
  confab_json_set_int_opt (object, "last_seen_at", row->last_seen_at);
  json_object_set_int_member (object, "rev", row->user->rev);

  return object;
}

static gpointer
read_person (ConfabRowReader *reader)
{
  ConfabPersonRow *row = g_new0 (ConfabPersonRow, 1);
  ConfabUserRow *user = row->user = g_new0 (ConfabUserRow, 1);
  const char *text = confab_row_reader_get_string (reader, "state");
  ConfabPersonState state = CONFAB_PERSON_ACTIVE;

  user->id = confab_row_reader_get_key (reader, "id");
  user->username = confab_row_reader_dup_name (reader, "username", CONFAB_USERNAME_MAX_CHARS);
  user->email = confab_row_reader_dup_line (reader, "email", CONFAB_EMAIL_MAX_BYTES);
  if (user->email == NULL)
    user->email = g_strdup ("");
  user->picture = confab_row_reader_dup_line (reader, "picture", CONFAB_SERVER_TEXT_MAX_CHARS);
  user->created_at = confab_row_reader_get_time (reader, "created_at");
  user->role_id = confab_row_reader_get_int (reader, "role_id", G_MAXINT64);
  user->rev = confab_row_reader_get_key (reader, "rev");
  row->sessions = confab_row_reader_get_int (reader, "sessions", G_MAXUINT);
  row->last_seen_at = confab_row_reader_get_time (reader, "last_seen_at");
  if (text == NULL || !confab_person_state_from_string (text, &state))
    reader->is_mended = TRUE;
  row->state = g_strdup (confab_person_state_to_string (state));
  user->deleted = state == CONFAB_PERSON_DELETED;

  return row;
}

void
confab_codec_set_undo (JsonObject *answer, const ConfabPersonRow *row)
{
  JsonObject *undo;

  if (row->undo_audit_id == 0)
    {
      json_object_set_null_member (answer, "undo");
      return;
    }

  undo = json_object_new ();
  json_object_set_int_member (undo, "audit_id", row->undo_audit_id);
  json_object_set_int_member (undo, "role_id", row->undo_role_id);
  json_object_set_int_member (undo, "expires_at", row->undo_expires_at);
  json_object_set_object_member (answer, "undo", undo);
}

static gboolean
take_undo (JsonObject *answer, ConfabPersonRow *row, GError **error)
{
  JsonObject *undo;

  if (!json_object_has_member (answer, "undo") || json_object_get_null_member (answer, "undo"))
    return TRUE;

  return confab_json_get_object (answer, "undo", &undo, error)
         && confab_json_get_int (undo, "audit_id", 1, G_MAXINT64, &row->undo_audit_id, error)
         && confab_json_get_int (undo, "role_id", 1, G_MAXINT64, &row->undo_role_id, error)
         && confab_json_get_int (undo, "expires_at", 0, CONFAB_TIME_MAX, &row->undo_expires_at,
                                 error);
}

ConfabPersonRow *
confab_codec_decode_person_answer (JsonObject *answer, GError **error)
{
  g_autoptr (ConfabPersonRow) row = NULL;
  JsonObject *user;

  if (!confab_json_get_object (answer, "user", &user, error))
    return NULL;

  row = confab_row_reader_read (user, read_person, (GDestroyNotify)confab_person_row_free, NULL,
                                error);
  if (row == NULL || !take_undo (answer, row, error))
    return NULL;

  return g_steal_pointer (&row);
}

/* ---- the audit ---- */

static JsonObject *
encode_audit_entry (gconstpointer data)
{
  const ConfabAuditRow *row = data;
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", row->id);
  json_object_set_int_member (object, "at", row->at);
  confab_json_set_int_opt (object, "actor_id", row->actor_id);
  confab_json_set_string_opt (object, "actor", row->actor);
  confab_json_set_int_opt (object, "target_id", row->target_id);
  confab_json_set_string_opt (object, "target", row->target);
  confab_json_set_int_opt (object, "conversation_id", row->conversation_id);
  json_object_set_string_member (object, "action", row->action);
  confab_json_set_string_opt (object, "old", row->old_value);
  confab_json_set_string_opt (object, "new", row->new_value);
  confab_json_set_string_opt (object, "address", row->address);

  return object;
}

static gpointer
read_audit_entry (ConfabRowReader *reader)
{
  const gsize max_chars = CONFAB_SERVER_TEXT_MAX_CHARS;
  ConfabAuditRow *row = g_new0 (ConfabAuditRow, 1);

  row->id = confab_row_reader_get_key (reader, "id");
  row->at = confab_row_reader_get_time (reader, "at");
  row->actor_id = confab_row_reader_get_int (reader, "actor_id", G_MAXINT64);
  row->actor = confab_row_reader_dup_line (reader, "actor", max_chars);
  row->target_id = confab_row_reader_get_int (reader, "target_id", G_MAXINT64);
  row->target = confab_row_reader_dup_line (reader, "target", max_chars);
  row->conversation_id = confab_row_reader_get_int (reader, "conversation_id", G_MAXINT64);
  row->action = confab_row_reader_dup_name (reader, "action", max_chars);
  row->old_value = confab_row_reader_dup_line (reader, "old", max_chars);
  row->new_value = confab_row_reader_dup_line (reader, "new", max_chars);
  row->address = confab_row_reader_dup_line (reader, "address", max_chars);

  return row;
}

/* ---- pages ---- */

void
confab_row_list_free (ConfabRowList *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->next);
  g_free (self);
}

JsonObject *
confab_codec_encode_people (GPtrArray *people, const char *next, gint64 total)
{
  JsonObject *answer = json_object_new ();

  confab_codec_set_rows (answer, "users", people, (ConfabRowEncode)confab_codec_encode_person);
  confab_json_set_string_opt (answer, "next", next);
  json_object_set_int_member (answer, "total", total);

  return answer;
}

JsonObject *
confab_codec_encode_audit (GPtrArray *entries, gint64 next)
{
  JsonObject *answer = json_object_new ();

  confab_codec_set_rows (answer, "entries", entries, encode_audit_entry);
  confab_json_set_int_opt (answer, "next", next);

  return answer;
}

/* @next is opaque: a text or a number. */
static gboolean
decode_next (JsonObject *answer, char **next, GError **error)
{
  JsonNode *node = json_object_get_member (answer, "next");
  const char *text;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_INT64)
    {
      *next = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
      return TRUE;
    }
  if (!confab_json_get_string_opt (answer, "next", &text, error))
    return FALSE;

  *next = g_strdup (text);

  return TRUE;
}

static ConfabRowList *
decode_list (JsonObject *answer,
             const char *member,
             ConfabRowRead read,
             GDestroyNotify row_free,
             GError **error)
{
  g_autoptr (ConfabRowList) list = g_new0 (ConfabRowList, 1);

  list->rows = g_ptr_array_new_with_free_func (row_free);
  if (!decode_next (answer, &list->next, error)
      || !confab_json_get_int_opt (answer, "total", 0, G_MAXINT64, -1, &list->total, error)
      || !confab_row_reader_add (answer, member, list->rows, read, row_free, NULL, error))
    return NULL;

  return g_steal_pointer (&list);
}

ConfabRowList *
confab_codec_decode_people (JsonObject *answer, GError **error)
{
  return decode_list (answer, "users", read_person, (GDestroyNotify)confab_person_row_free, error);
}

ConfabRowList *
confab_codec_decode_audit (JsonObject *answer, GError **error)
{
  return decode_list (answer, "entries", read_audit_entry, (GDestroyNotify)confab_audit_row_free,
                      error);
}

/* ---- invitations ---- */

JsonObject *
confab_codec_encode_invitation (const ConfabInvitationRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", row->id);
  json_object_set_int_member (object, "created_at", row->created_at);
  confab_json_set_string_opt (object, "created_by", row->created_by);
  json_object_set_int_member (object, "expires_at", row->expires_at);
  json_object_set_int_member (object, "uses", row->uses);
  json_object_set_int_member (object, "uses_left", row->uses_left);

  return object;
}

JsonObject *
confab_codec_encode_invitations (GPtrArray *invitations, const char *registration)
{
  JsonObject *answer = json_object_new ();

  confab_codec_set_rows (answer, "invitations", invitations,
                         (ConfabRowEncode)confab_codec_encode_invitation);
  json_object_set_string_member (answer, "registration", registration);

  return answer;
}

static gpointer
read_invitation (ConfabRowReader *reader)
{
  ConfabInvitationRow *row = g_new0 (ConfabInvitationRow, 1);

  row->id = confab_row_reader_get_key (reader, "id");
  row->created_at = confab_row_reader_get_time (reader, "created_at");
  row->created_by = confab_row_reader_dup_line (reader, "created_by", CONFAB_USERNAME_MAX_CHARS);
  row->expires_at = confab_row_reader_get_time (reader, "expires_at");
  row->uses = confab_row_reader_get_int (reader, "uses", G_MAXUINT);
  row->uses_left = confab_row_reader_get_int (reader, "uses_left", G_MAXUINT);

  return row;
}

GPtrArray *
confab_codec_decode_invitations (JsonObject *answer, const char **registration, GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_invitation_row_free);

  if (!confab_row_reader_add (answer, "invitations", rows, read_invitation,
                              (GDestroyNotify)confab_invitation_row_free, NULL, error)
      || !confab_json_get_string (answer, "registration", registration, error))
    return NULL;

  return g_steal_pointer (&rows);
}

/* ---- sessions ---- */

static JsonObject *
encode_session (gconstpointer data)
{
  const ConfabSessionRow *row = data;
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", row->id);
  json_object_set_string_member (object, "device_name", row->device_name);
  json_object_set_int_member (object, "created_at", row->created_at);
  json_object_set_int_member (object, "last_seen_at", row->last_seen_at);
  json_object_set_boolean_member (object, "current", row->current);

  return object;
}

static gpointer
read_session (ConfabRowReader *reader)
{
  ConfabSessionRow *row = g_new0 (ConfabSessionRow, 1);

  row->id = confab_row_reader_get_key (reader, "id");
  row->device_name =
      confab_row_reader_dup_line (reader, "device_name", CONFAB_DEVICE_NAME_MAX_CHARS);
  row->created_at = confab_row_reader_get_time (reader, "created_at");
  row->last_seen_at = confab_row_reader_get_time (reader, "last_seen_at");
  row->current = confab_row_reader_get_bool (reader, "current");

  return row;
}

JsonObject *
confab_codec_encode_sessions (GPtrArray *sessions)
{
  JsonObject *answer = json_object_new ();

  confab_codec_set_rows (answer, "sessions", sessions, encode_session);

  return answer;
}

GPtrArray *
confab_codec_decode_sessions (JsonObject *answer, GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_session_row_free);

  if (!confab_row_reader_add (answer, "sessions", rows, read_session,
                              (GDestroyNotify)confab_session_row_free, NULL, error))
    return NULL;

  return g_steal_pointer (&rows);
}
