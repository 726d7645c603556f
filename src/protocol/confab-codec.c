/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-codec.h"

#include "confab-codec-private.h"
#include "confab-limits.h"
#include "confab-text.h"

#define PROBLEM_TYPE_PREFIX "urn:confab:problem:"

/* ---- encoding ---- */

static JsonObject *
encode_role (const ConfabRoleRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", row->id);
  json_object_set_string_member (object, "rolename", row->rolename);
  confab_json_set_string_opt (object, "label", row->label);
  json_object_set_string_member (object, "base", confab_role_base_to_string (row->base));
  json_object_set_int_member (object, "rev", row->rev);

  return object;
}

JsonObject *
confab_codec_encode_user (const ConfabUserRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", row->id);
  json_object_set_string_member (object, "username", row->username);
  if (row->email != NULL)
    json_object_set_string_member (object, "email", row->email);
  confab_json_set_string_opt (object, "about", row->about);
  confab_json_set_string_opt (object, "picture", row->picture);
  json_object_set_int_member (object, "created_at", row->created_at);
  json_object_set_int_member (object, "role_id", row->role_id);
  json_object_set_boolean_member (object, "deleted", row->deleted);
  json_object_set_int_member (object, "rev", row->rev);

  return object;
}

static JsonObject *
encode_conversation (const ConfabConversationRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", row->id);
  json_object_set_string_member (object, "kind", confab_conversation_kind_to_string (row->kind));
  confab_json_set_string_opt (object, "title", row->title);
  json_object_set_int_member (object, "created_at", row->created_at);
  json_object_set_int_member (object, "last_seq", row->last_seq);
  json_object_set_int_member (object, "rev", row->rev);

  return object;
}

static JsonObject *
encode_membership (const ConfabMembershipRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", row->id);
  json_object_set_int_member (object, "conversation_id", row->conversation_id);
  json_object_set_int_member (object, "user_id", row->user_id);
  json_object_set_int_member (object, "joined_at", row->joined_at);
  confab_json_set_int_opt (object, "left_at", row->left_at);
  confab_json_set_int_opt (object, "removed_by", row->removed_by);
  json_object_set_int_member (object, "rev", row->rev);

  return object;
}

static JsonObject *
encode_read_position (const ConfabReadPositionRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "conversation_id", row->conversation_id);
  json_object_set_int_member (object, "last_read_seq", row->last_read_seq);
  json_object_set_int_member (object, "rev", row->rev);

  return object;
}

static JsonObject *
encode_message (const ConfabMessageRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", row->id);
  json_object_set_string_member (object, "client_id", row->client_id);
  json_object_set_int_member (object, "conversation_id", row->conversation_id);
  json_object_set_int_member (object, "sender_id", row->sender_id);
  json_object_set_int_member (object, "seq", row->seq);
  json_object_set_string_member (object, "content", row->content);
  json_object_set_int_member (object, "sent_at", row->sent_at);
  confab_json_set_int_opt (object, "removed_at", row->removed_at);
  json_object_set_int_member (object, "rev", row->rev);

  return object;
}

static JsonObject *
encode_notice (const ConfabNoticeRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", row->id);
  json_object_set_int_member (object, "at", row->at);
  json_object_set_string_member (object, "action", row->action);
  confab_json_set_string_opt (object, "actor", row->actor);
  confab_json_set_string_opt (object, "old", row->old_value);
  confab_json_set_string_opt (object, "new", row->new_value);
  json_object_set_boolean_member (object, "by_self", row->by_self);
  json_object_set_int_member (object, "rev", row->rev);

  return object;
}

static void
encode_table (JsonObject *object, const char *member, GPtrArray *rows, ConfabCodecEncode encode)
{
  if (rows->len > 0)
    confab_codec_set_rows (object, member, rows, encode);
}

/**
 * confab_codec_encode_rows:
 *
 * Returns: (transfer full): the object "rows"; tables without rows are left out
 */
JsonObject *
confab_codec_encode_rows (const ConfabRows *rows)
{
  JsonObject *object = json_object_new ();

  encode_table (object, "roles", rows->roles, (ConfabCodecEncode)encode_role);
  encode_table (object, "users", rows->users, (ConfabCodecEncode)confab_codec_encode_user);
  encode_table (object, "conversations", rows->conversations,
                (ConfabCodecEncode)encode_conversation);
  encode_table (object, "conversation_users", rows->memberships,
                (ConfabCodecEncode)encode_membership);
  encode_table (object, "read_positions", rows->read_positions,
                (ConfabCodecEncode)encode_read_position);
  encode_table (object, "messages", rows->messages, (ConfabCodecEncode)encode_message);
  encode_table (object, "notices", rows->notices, (ConfabCodecEncode)encode_notice);

  return object;
}

JsonObject *
confab_codec_encode_page (const ConfabPage *page)
{
  JsonObject *object = json_object_new ();

  confab_json_set_string_opt (object, "from", page->from);
  json_object_set_string_member (object, "to", page->to);
  json_object_set_boolean_member (object, "has_more", page->has_more);
  json_object_set_object_member (object, "rows", confab_codec_encode_rows (page->rows));

  return object;
}

char *
confab_codec_encode_problem (ConfabProblem problem,
                             const char *field,
                             guint retry_after,
                             gsize *length)
{
  g_autoptr (JsonObject) object = json_object_new ();
  const char *code = confab_problem_get_code (problem);
  g_autofree char *type = g_strconcat (PROBLEM_TYPE_PREFIX, code, NULL);

  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "title", confab_problem_get_title (problem));
  json_object_set_int_member (object, "status", confab_problem_get_status (problem));
  json_object_set_string_member (object, "code", code);
  if (field != NULL)
    json_object_set_string_member (object, "field", field);
  if (retry_after > 0)
    json_object_set_int_member (object, "retry_after", retry_after);

  return confab_json_object_to_string (object, length);
}

/* ---- decoding ---- */

/* Read a sequence number that is 0 if there is none yet. */
static gboolean
get_seq_opt (JsonObject *object, const char *member, gint64 *value, GError **error)
{
  return confab_json_get_int (object, member, 0, CONFAB_SEQ_MAX, value, error);
}

static gpointer
decode_role (JsonObject *object, GError **error)
{
  g_autoptr (ConfabRoleRow) row = g_new0 (ConfabRoleRow, 1);
  const char *base;

  if (!confab_codec_get_positive (object, "id", &row->id, error)
      || !confab_codec_dup_name (object, "rolename", CONFAB_USERNAME_MAX_CHARS, &row->rolename,
                                 error)
      || !confab_codec_dup_name_opt (object, "label", CONFAB_ROLE_LABEL_MAX_CHARS, &row->label,
                                     error)
      || !confab_json_get_string (object, "base", &base, error)
      || !confab_codec_get_positive (object, "rev", &row->rev, error))
    return NULL;

  if (!confab_role_base_from_string (base, &row->base))
    {
      confab_codec_invalid_field (error, "base");
      return NULL;
    }

  return g_steal_pointer (&row);
}

ConfabUserRow *
confab_codec_decode_user (JsonObject *object, GError **error)
{
  g_autoptr (ConfabUserRow) row = g_new0 (ConfabUserRow, 1);

  if (!confab_codec_get_positive (object, "id", &row->id, error)
      || !confab_codec_dup_name (object, "username", CONFAB_USERNAME_MAX_CHARS, &row->username,
                                 error)
      || !confab_codec_dup_name_opt (object, "email", CONFAB_EMAIL_MAX_BYTES, &row->email, error)
      || !confab_codec_dup_name_opt (object, "about", CONFAB_ABOUT_MAX_CHARS, &row->about, error)
      || !confab_codec_dup_line_opt (object, "picture", CONFAB_SERVER_TEXT_MAX_CHARS, &row->picture,
                                     error)
      || !confab_codec_get_time (object, "created_at", &row->created_at, error)
      || !confab_codec_get_positive (object, "role_id", &row->role_id, error)
      || !confab_json_get_bool (object, "deleted", &row->deleted, error)
      || !confab_codec_get_positive (object, "rev", &row->rev, error))
    return NULL;

  return g_steal_pointer (&row);
}

static gpointer
decode_conversation (JsonObject *object, GError **error)
{
  g_autoptr (ConfabConversationRow) row = g_new0 (ConfabConversationRow, 1);
  const char *kind;

  if (!confab_codec_get_positive (object, "id", &row->id, error)
      || !confab_json_get_string (object, "kind", &kind, error)
      || !confab_codec_dup_name_opt (object, "title", CONFAB_TITLE_MAX_CHARS, &row->title, error)
      || !confab_codec_get_time (object, "created_at", &row->created_at, error)
      || !get_seq_opt (object, "last_seq", &row->last_seq, error)
      || !confab_codec_get_positive (object, "rev", &row->rev, error))
    return NULL;

  if (!confab_conversation_kind_from_string (kind, &row->kind))
    {
      confab_codec_invalid_field (error, "kind");
      return NULL;
    }

  return g_steal_pointer (&row);
}

static gpointer
decode_membership (JsonObject *object, GError **error)
{
  g_autoptr (ConfabMembershipRow) row = g_new0 (ConfabMembershipRow, 1);

  if (!confab_codec_get_positive (object, "id", &row->id, error)
      || !confab_codec_get_positive (object, "conversation_id", &row->conversation_id, error)
      || !confab_codec_get_positive (object, "user_id", &row->user_id, error)
      || !confab_codec_get_time (object, "joined_at", &row->joined_at, error)
      || !confab_codec_get_time_opt (object, "left_at", &row->left_at, error)
      || !confab_codec_get_id_opt (object, "removed_by", &row->removed_by, error)
      || !confab_codec_get_positive (object, "rev", &row->rev, error))
    return NULL;

  return g_steal_pointer (&row);
}

static gpointer
decode_read_position (JsonObject *object, GError **error)
{
  g_autoptr (ConfabReadPositionRow) row = g_new0 (ConfabReadPositionRow, 1);

  if (!confab_codec_get_positive (object, "conversation_id", &row->conversation_id, error)
      || !get_seq_opt (object, "last_read_seq", &row->last_read_seq, error)
      || !confab_codec_get_positive (object, "rev", &row->rev, error))
    return NULL;

  return g_steal_pointer (&row);
}

static gpointer
decode_message (JsonObject *object, GError **error)
{
  g_autoptr (ConfabMessageRow) row = g_new0 (ConfabMessageRow, 1);
  const char *content;

  if (!confab_codec_get_positive (object, "id", &row->id, error)
      || !confab_codec_dup_line (object, "client_id", CONFAB_SERVER_TEXT_MAX_CHARS, &row->client_id,
                                 error)
      || !confab_codec_get_positive (object, "conversation_id", &row->conversation_id, error)
      || !confab_codec_get_positive (object, "sender_id", &row->sender_id, error)
      || !confab_json_get_int (object, "seq", 1, CONFAB_SEQ_MAX, &row->seq, error)
      || !confab_json_get_string (object, "content", &content, error)
      || !confab_codec_get_time (object, "sent_at", &row->sent_at, error)
      || !confab_codec_get_time_opt (object, "removed_at", &row->removed_at, error)
      || !confab_codec_get_positive (object, "rev", &row->rev, error))
    return NULL;

  row->content = g_strdup (content);
  if ((*content == '\0') != (row->removed_at > 0) || !confab_text_fits_message (content))
    {
      confab_codec_invalid_field (error, "content");
      return NULL;
    }

  if (!confab_text_is_uuid (row->client_id))
    {
      confab_codec_invalid_field (error, "client_id");
      return NULL;
    }

  return g_steal_pointer (&row);
}

static gpointer
decode_notice (JsonObject *object, GError **error)
{
  g_autoptr (ConfabNoticeRow) row = g_new0 (ConfabNoticeRow, 1);

  if (!confab_codec_get_positive (object, "id", &row->id, error)
      || !confab_codec_get_time (object, "at", &row->at, error)
      || !confab_codec_dup_line (object, "action", CONFAB_SERVER_TEXT_MAX_CHARS, &row->action,
                                 error)
      || !confab_codec_dup_name_opt (object, "actor", CONFAB_SERVER_TEXT_MAX_CHARS, &row->actor,
                                     error)
      || !confab_codec_dup_name_opt (object, "old", CONFAB_SERVER_TEXT_MAX_CHARS, &row->old_value,
                                     error)
      || !confab_codec_dup_name_opt (object, "new", CONFAB_SERVER_TEXT_MAX_CHARS, &row->new_value,
                                     error)
      || !confab_json_get_bool (object, "by_self", &row->by_self, error)
      || !confab_codec_get_positive (object, "rev", &row->rev, error))
    return NULL;

  return g_steal_pointer (&row);
}

static gboolean
decode_table (JsonObject *object,
              const char *member,
              GPtrArray *rows,
              ConfabCodecDecode decode,
              GError **error)
{
  return !json_object_has_member (object, member)
         || confab_codec_add_rows (object, member, rows, decode, error);
}

ConfabRows *
confab_codec_decode_rows (JsonObject *object, GError **error)
{
  g_autoptr (ConfabRows) rows = confab_rows_new ();

  if (!decode_table (object, "roles", rows->roles, decode_role, error)
      || !decode_table (object, "users", rows->users, (ConfabCodecDecode)confab_codec_decode_user,
                        error)
      || !decode_table (object, "conversations", rows->conversations, decode_conversation, error)
      || !decode_table (object, "conversation_users", rows->memberships, decode_membership, error)
      || !decode_table (object, "read_positions", rows->read_positions, decode_read_position, error)
      || !decode_table (object, "messages", rows->messages, decode_message, error)
      || !decode_table (object, "notices", rows->notices, decode_notice, error))
    return NULL;

  return g_steal_pointer (&rows);
}

GPtrArray *
confab_codec_decode_users (JsonObject *object, GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_user_row_free);

  if (!confab_codec_add_rows (object, "users", rows, (ConfabCodecDecode)confab_codec_decode_user,
                              error))
    return NULL;

  return g_steal_pointer (&rows);
}

/**
 * confab_codec_decode_page:
 *
 * A frame of the stream has no "has_more"; it counts as %FALSE.
 */
ConfabPage *
confab_codec_decode_page (JsonObject *object, GError **error)
{
  g_autoptr (ConfabPage) page = g_new0 (ConfabPage, 1);
  JsonObject *rows;

  if (!confab_codec_dup_line_opt (object, "from", CONFAB_SERVER_TEXT_MAX_CHARS, &page->from, error)
      || !confab_codec_dup_line (object, "to", CONFAB_SERVER_TEXT_MAX_CHARS, &page->to, error)
      || (json_object_has_member (object, "has_more")
          && !confab_json_get_bool (object, "has_more", &page->has_more, error))
      || !confab_json_get_object (object, "rows", &rows, error))
    return NULL;

  page->rows = confab_codec_decode_rows (rows, error);
  if (page->rows == NULL)
    return NULL;

  return g_steal_pointer (&page);
}

void
confab_page_free (ConfabPage *self)
{
  if (self == NULL)
    return;

  g_free (self->from);
  g_free (self->to);
  g_clear_pointer (&self->rows, confab_rows_unref);
  g_free (self);
}

gboolean
confab_codec_decode_problem (JsonObject *object, ConfabProblemDetails *details)
{
  const char *code, *field;
  gint64 retry_after;
  ConfabProblem problem;

  if (!confab_json_get_string (object, "code", &code, NULL)
      || !confab_problem_from_code (code, &problem))
    return FALSE;

  /* Only the code is required. Ignore other members that are malformed. */
  if (!confab_json_get_string_opt (object, "field", &field, NULL))
    field = NULL;
  if (!confab_json_get_int_opt (object, "retry_after", 0, G_MAXUINT, 0, &retry_after, NULL))
    retry_after = 0;

  details->problem = problem;
  details->field = g_strdup (field);
  details->retry_after = (guint)retry_after;

  return TRUE;
}
