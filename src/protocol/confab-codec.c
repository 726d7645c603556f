/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-codec.h"

#include "confab-limits.h"
#include "confab-row-reader.h"
#include "confab-text.h"

#define PROBLEM_TYPE_PREFIX "urn:confab:problem:"

/* ---- encoding ---- */

void
confab_codec_set_rows (JsonObject *object,
                       const char *member,
                       GPtrArray *rows,
                       ConfabRowEncode encode)
{
  JsonArray *array = json_array_sized_new (rows->len);

  for (guint i = 0; i < rows->len; i++)
    json_array_add_object_element (array, encode (g_ptr_array_index (rows, i)));

  json_object_set_array_member (object, member, array);
}

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
encode_settings (const ConfabConversationSettingsRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "conversation_id", row->conversation_id);
  json_object_set_string_member (object, "notify", confab_notify_to_string (row->notify));
  confab_json_set_int_opt (object, "muted_until", row->muted_until);
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
encode_table (JsonObject *object, const char *member, GPtrArray *rows, ConfabRowEncode encode)
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

  encode_table (object, "roles", rows->roles, (ConfabRowEncode)encode_role);
  encode_table (object, "users", rows->users, (ConfabRowEncode)confab_codec_encode_user);
  encode_table (object, "conversations", rows->conversations, (ConfabRowEncode)encode_conversation);
  encode_table (object, "conversation_users", rows->memberships,
                (ConfabRowEncode)encode_membership);
  encode_table (object, "read_positions", rows->read_positions,
                (ConfabRowEncode)encode_read_position);
  encode_table (object, "conversation_settings", rows->settings, (ConfabRowEncode)encode_settings);
  encode_table (object, "messages", rows->messages, (ConfabRowEncode)encode_message);
  encode_table (object, "notices", rows->notices, (ConfabRowEncode)encode_notice);

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

static gpointer
read_role (ConfabRowReader *reader)
{
  ConfabRoleRow *row = g_new0 (ConfabRoleRow, 1);
  const char *base = confab_row_reader_get_string (reader, "base");

  row->id = confab_row_reader_get_key (reader, "id");
  row->rolename = confab_row_reader_dup_name (reader, "rolename", CONFAB_USERNAME_MAX_CHARS);
  row->label = confab_row_reader_dup_line (reader, "label", CONFAB_ROLE_LABEL_MAX_CHARS);
  row->rev = confab_row_reader_get_key (reader, "rev");
  row->base = CONFAB_ROLE_BASE_USER; /* an unknown base permits the least */
  if (base == NULL || !confab_role_base_from_string (base, &row->base))
    reader->is_mended = TRUE;

  return row;
}

static gpointer
read_user (ConfabRowReader *reader)
{
  ConfabUserRow *row = g_new0 (ConfabUserRow, 1);

  row->id = confab_row_reader_get_key (reader, "id");
  row->username = confab_row_reader_dup_name (reader, "username", CONFAB_USERNAME_MAX_CHARS);
  row->email = confab_row_reader_dup_line (reader, "email", CONFAB_EMAIL_MAX_BYTES);
  row->about = confab_row_reader_dup_line (reader, "about", CONFAB_ABOUT_MAX_CHARS);
  row->picture = confab_row_reader_dup_line (reader, "picture", CONFAB_SERVER_TEXT_MAX_CHARS);
  row->created_at = confab_row_reader_get_time (reader, "created_at");
  row->role_id = confab_row_reader_get_int (reader, "role_id", G_MAXINT64);
  row->deleted = confab_row_reader_get_bool (reader, "deleted");
  row->rev = confab_row_reader_get_key (reader, "rev");

  return row;
}

static gpointer
read_conversation (ConfabRowReader *reader)
{
  ConfabConversationRow *row = g_new0 (ConfabConversationRow, 1);
  const char *kind = confab_row_reader_get_string (reader, "kind");

  row->id = confab_row_reader_get_key (reader, "id");
  row->title = confab_row_reader_dup_line (reader, "title", CONFAB_TITLE_MAX_CHARS);
  row->created_at = confab_row_reader_get_time (reader, "created_at");
  row->last_seq = confab_row_reader_get_int (reader, "last_seq", CONFAB_SEQ_MAX);
  row->rev = confab_row_reader_get_key (reader, "rev");
  row->kind = CONFAB_CONVERSATION_GROUP; /* which may have any title and members */
  if (kind == NULL || !confab_conversation_kind_from_string (kind, &row->kind))
    reader->is_mended = TRUE;

  return row;
}

static gpointer
read_membership (ConfabRowReader *reader)
{
  ConfabMembershipRow *row = g_new0 (ConfabMembershipRow, 1);

  row->id = confab_row_reader_get_key (reader, "id");
  row->conversation_id = confab_row_reader_get_key (reader, "conversation_id");
  row->user_id = confab_row_reader_get_key (reader, "user_id");
  row->joined_at = confab_row_reader_get_time (reader, "joined_at");
  row->left_at = confab_row_reader_get_time (reader, "left_at");
  row->removed_by = confab_row_reader_get_int (reader, "removed_by", G_MAXINT64);
  row->rev = confab_row_reader_get_key (reader, "rev");

  return row;
}

static gpointer
read_read_position (ConfabRowReader *reader)
{
  ConfabReadPositionRow *row = g_new0 (ConfabReadPositionRow, 1);

  row->conversation_id = confab_row_reader_get_key (reader, "conversation_id");
  row->last_read_seq = confab_row_reader_get_int (reader, "last_read_seq", CONFAB_SEQ_MAX);
  row->rev = confab_row_reader_get_key (reader, "rev");

  return row;
}

static gpointer
read_settings (ConfabRowReader *reader)
{
  ConfabConversationSettingsRow *row = g_new0 (ConfabConversationSettingsRow, 1);
  const char *notify = confab_row_reader_get_string (reader, "notify");

  row->conversation_id = confab_row_reader_get_key (reader, "conversation_id");
  row->muted_until = confab_row_reader_get_time (reader, "muted_until");
  row->rev = confab_row_reader_get_key (reader, "rev");
  row->notify = CONFAB_NOTIFY_ALL;
  if (notify == NULL || !confab_notify_from_string (notify, &row->notify))
    reader->is_mended = TRUE;

  return row;
}

/* Only a message's id tells it from others if its client_id cannot be read. Return an UUID made
 * from it, of the version for such uses (RFC 9562 §5.8). */
static char *
make_client_id (gint64 id)
{
  return g_strdup_printf ("%08x-0000-8000-8000-%012" G_GINT64_MODIFIER "x", (guint)(id >> 48),
                          id & G_GINT64_CONSTANT (0xffffffffffff));
}

/* A removed message has no text, and any other has one. */
static void
settle_removal (ConfabRowReader *reader, ConfabMessageRow *row)
{
  gboolean removed = row->removed_at > 0;

  if ((*row->content == '\0') == removed)
    return;
  g_set_str (&row->content, removed ? "" : CONFAB_TEXT_STAND_IN);
  reader->is_mended = TRUE;
}

static gpointer
read_message (ConfabRowReader *reader)
{
  ConfabMessageRow *row = g_new0 (ConfabMessageRow, 1);
  const char *client_id = confab_row_reader_get_string (reader, "client_id");
  gboolean is_uuid = client_id != NULL && confab_text_is_uuid (client_id);

  row->id = confab_row_reader_get_key (reader, "id");
  row->client_id = is_uuid ? g_strdup (client_id) : make_client_id (row->id);
  row->conversation_id = confab_row_reader_get_key (reader, "conversation_id");
  row->sender_id = confab_row_reader_get_int (reader, "sender_id", G_MAXINT64);
  row->seq = confab_row_reader_get_key (reader, "seq");
  row->content = confab_row_reader_dup_message (reader, "content");
  row->sent_at = confab_row_reader_get_time (reader, "sent_at");
  row->removed_at = confab_row_reader_get_time (reader, "removed_at");
  row->rev = confab_row_reader_get_key (reader, "rev");

  if (!is_uuid)
    reader->is_mended = TRUE;
  if (row->seq > CONFAB_SEQ_MAX)
    reader->bad_key = "seq";
  settle_removal (reader, row);

  return row;
}

static gpointer
read_notice (ConfabRowReader *reader)
{
  const gsize max_chars = CONFAB_SERVER_TEXT_MAX_CHARS;
  ConfabNoticeRow *row = g_new0 (ConfabNoticeRow, 1);

  row->id = confab_row_reader_get_key (reader, "id");
  row->at = confab_row_reader_get_time (reader, "at");
  row->action = confab_row_reader_dup_name (reader, "action", max_chars);
  row->actor = confab_row_reader_dup_line (reader, "actor", max_chars);
  row->old_value = confab_row_reader_dup_line (reader, "old", max_chars);
  row->new_value = confab_row_reader_dup_line (reader, "new", max_chars);
  row->by_self = confab_row_reader_get_bool (reader, "by_self");
  row->rev = confab_row_reader_get_key (reader, "rev");

  return row;
}

ConfabUserRow *
confab_codec_decode_user (JsonObject *object, GError **error)
{
  return confab_row_reader_read (object, read_user, (GDestroyNotify)confab_user_row_free, NULL,
                                 error);
}

GPtrArray *
confab_codec_decode_users (JsonObject *object, GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_user_row_free);

  if (!confab_row_reader_add (object, "users", rows, read_user,
                              (GDestroyNotify)confab_user_row_free, NULL, error))
    return NULL;

  return g_steal_pointer (&rows);
}

ConfabRows *
confab_codec_decode_rows (JsonObject *object, GError **error)
{
  g_autoptr (ConfabRows) rows = confab_rows_new ();
  const struct
  {
    const char *member;
    GPtrArray *rows;
    ConfabRowRead read;
    GDestroyNotify row_free;
  } tables[] = {
    { "roles", rows->roles, read_role, (GDestroyNotify)confab_role_row_free },
    { "users", rows->users, read_user, (GDestroyNotify)confab_user_row_free },
    { "conversations", rows->conversations, read_conversation,
      (GDestroyNotify)confab_conversation_row_free },
    { "conversation_users", rows->memberships, read_membership,
      (GDestroyNotify)confab_membership_row_free },
    { "read_positions", rows->read_positions, read_read_position,
      (GDestroyNotify)confab_read_position_row_free },
    { "conversation_settings", rows->settings, read_settings,
      (GDestroyNotify)confab_conversation_settings_row_free },
    { "messages", rows->messages, read_message, (GDestroyNotify)confab_message_row_free },
    { "notices", rows->notices, read_notice, (GDestroyNotify)confab_notice_row_free },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      if (json_object_has_member (object, tables[i].member)
          && !confab_row_reader_add (object, tables[i].member, tables[i].rows, tables[i].read,
                                     tables[i].row_free, &rows->is_mended, error))
        return NULL;
    }

  return g_steal_pointer (&rows);
}

ConfabRows *
confab_codec_decode_user_answer (JsonObject *answer, GError **error)
{
  g_autoptr (ConfabRows) rows = confab_rows_new ();
  JsonObject *object;
  ConfabUserRow *user;

  if (!confab_json_get_object (answer, "user", &object, error))
    return NULL;
  user = confab_row_reader_read (object, read_user, (GDestroyNotify)confab_user_row_free,
                                 &rows->is_mended, error);
  if (user == NULL)
    return NULL;
  g_ptr_array_add (rows->users, user);

  return g_steal_pointer (&rows);
}

ConfabRows *
confab_codec_decode_answer (JsonObject *answer, GError **error)
{
  JsonObject *rows;

  if (!confab_json_get_object (answer, "rows", &rows, error))
    return NULL;

  return confab_codec_decode_rows (rows, error);
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
  const char *from;
  const char *to;

  if (!confab_json_get_line_opt (object, "from", CONFAB_SERVER_TEXT_MAX_CHARS, &from, error)
      || !confab_json_get_line (object, "to", CONFAB_SERVER_TEXT_MAX_CHARS, &to, error)
      || (json_object_has_member (object, "has_more")
          && !confab_json_get_bool (object, "has_more", &page->has_more, error)))
    return NULL;
  if (confab_text_is_blank (to))
    {
      g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, "to");
      return NULL;
    }

  page->rows = confab_codec_decode_answer (object, error);
  if (page->rows == NULL)
    return NULL;
  page->from = g_strdup (from);
  page->to = g_strdup (to);

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
