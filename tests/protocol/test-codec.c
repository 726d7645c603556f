/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-codec.h"

#include "confab-limits.h"

#define UUID "0b1c2d3e-4f50-4a61-8b72-9c83ad94be05"

#define ROLE "{\"id\":1,\"rolename\":\"user\",\"label\":null,\"base\":\"user\",\"rev\":2}"
#define USER                                                                                       \
  "{\"id\":3,\"username\":\"ann\",\"about\":null,\"picture\":null,\"created_at\":4,"               \
  "\"role_id\":1,\"deleted\":false,\"rev\":5}"
#define OWN_USER                                                                                   \
  "{\"id\":3,\"username\":\"ann\",\"email\":\"ann@example.org\",\"about\":\"Hello\","              \
  "\"picture\":\"ab\",\"created_at\":4,\"role_id\":1,\"deleted\":false,\"rev\":5}"
#define GROUP                                                                                      \
  "{\"id\":6,\"kind\":\"group\",\"title\":\"Lunch\",\"created_at\":7,\"last_seq\":8,\"rev\":9}"
#define DIRECT                                                                                     \
  "{\"id\":6,\"kind\":\"direct\",\"title\":null,\"created_at\":7,\"last_seq\":0,\"rev\":9}"
#define MEMBER                                                                                     \
  "{\"id\":10,\"conversation_id\":6,\"user_id\":3,\"joined_at\":11,\"left_at\":null,"              \
  "\"removed_by\":null,\"rev\":12}"
#define LEFT                                                                                       \
  "{\"id\":10,\"conversation_id\":6,\"user_id\":3,\"joined_at\":11,\"left_at\":12,"                \
  "\"removed_by\":4,\"rev\":13}"
#define POSITION "{\"conversation_id\":6,\"last_read_seq\":0,\"rev\":14}"
#define SETTINGS "{\"conversation_id\":6,\"notify\":\"none\",\"muted_until\":null,\"rev\":22}"
#define MUTED "{\"conversation_id\":6,\"notify\":\"all\",\"muted_until\":23,\"rev\":24}"
#define MESSAGE                                                                                    \
  "{\"id\":15,\"client_id\":\"" UUID "\",\"conversation_id\":6,\"sender_id\":3,\"seq\":1,"         \
  "\"content\":\"“Hi”\\n\\t<&> 😀\",\"sent_at\":1780000000000,\"removed_at\":null,\"rev\":16}"
#define REMOVED                                                                                    \
  "{\"id\":15,\"client_id\":\"" UUID "\",\"conversation_id\":6,\"sender_id\":3,\"seq\":1,"         \
  "\"content\":\"\",\"sent_at\":1780000000000,\"removed_at\":17,\"rev\":18}"
#define NOTICE                                                                                     \
  "{\"id\":19,\"at\":20,\"action\":\"role-changed\",\"actor\":\"ada\",\"old\":\"user\",\"new\":"   \
  "\"admin\","                                                                                     \
  "\"by_self\":false,\"rev\":21}"

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object =
      confab_json_parse_answer (text, strlen (text), CONFAB_ANSWER_MAX_BYTES, &error);

  g_assert_no_error (error);

  return object;
}

/* Decode a text to rows, and encode them to the same text. */
static void
test_rows (void)
{
  static const struct
  {
    const char *text;
    guint n_rows;
  } cases[] = {
    { "{}", 0 },
    { "{\"roles\":[" ROLE "]}", 1 },
    { "{\"users\":[" USER "," OWN_USER "]}", 2 },
    { "{\"conversations\":[" GROUP "," DIRECT "]}", 2 },
    { "{\"conversation_users\":[" MEMBER "," LEFT "]}", 2 },
    { "{\"read_positions\":[" POSITION "]}", 1 },
    { "{\"conversation_settings\":[" SETTINGS "," MUTED "]}", 2 },
    { "{\"messages\":[" MESSAGE "," REMOVED "]}", 2 },
    { "{\"notices\":[" NOTICE "]}", 1 },
    { "{\"roles\":[" ROLE "],\"users\":[" USER "],\"conversations\":[" GROUP
      "],\"conversation_users\":[" MEMBER "],\"read_positions\":[" POSITION
      "],\"messages\":[" MESSAGE "]}",
      6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = parse (cases[i].text);
      g_autoptr (ConfabRows) rows = confab_codec_decode_rows (object, &error);
      g_autoptr (JsonObject) encoded = NULL;
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (confab_rows_count (rows), ==, cases[i].n_rows);
      g_assert_false (rows->is_mended);
      encoded = confab_codec_encode_rows (rows);
      text = confab_json_object_to_string (encoded, NULL);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_values (void)
{
  g_autoptr (JsonObject) object =
      parse ("{\"roles\":[" ROLE "],\"users\":[" OWN_USER "],\"conversations\":[" GROUP
             "],\"conversation_users\":[" LEFT "],\"read_positions\":[" POSITION
             "],\"messages\":[" MESSAGE "]}");
  g_autoptr (ConfabRows) rows = confab_codec_decode_rows (object, NULL);
  ConfabRoleRow *role = g_ptr_array_index (rows->roles, 0);
  ConfabUserRow *user = g_ptr_array_index (rows->users, 0);
  ConfabConversationRow *conversation = g_ptr_array_index (rows->conversations, 0);
  ConfabMembershipRow *membership = g_ptr_array_index (rows->memberships, 0);
  ConfabReadPositionRow *position = g_ptr_array_index (rows->read_positions, 0);
  ConfabMessageRow *message = g_ptr_array_index (rows->messages, 0);

  g_assert_cmpint (role->id, ==, 1);
  g_assert_cmpstr (role->rolename, ==, "user");
  g_assert_cmpint (role->rev, ==, 2);

  g_assert_cmpint (user->id, ==, 3);
  g_assert_cmpstr (user->username, ==, "ann");
  g_assert_cmpstr (user->email, ==, "ann@example.org");
  g_assert_cmpint (user->created_at, ==, 4);
  g_assert_cmpint (user->role_id, ==, 1);
  g_assert_cmpint (user->rev, ==, 5);

  g_assert_cmpint (conversation->id, ==, 6);
  g_assert_cmpint (conversation->kind, ==, CONFAB_CONVERSATION_GROUP);
  g_assert_cmpstr (conversation->title, ==, "Lunch");
  g_assert_cmpint (conversation->created_at, ==, 7);
  g_assert_cmpint (conversation->last_seq, ==, 8);
  g_assert_cmpint (conversation->rev, ==, 9);

  g_assert_cmpint (membership->id, ==, 10);
  g_assert_cmpint (membership->conversation_id, ==, 6);
  g_assert_cmpint (membership->user_id, ==, 3);
  g_assert_cmpint (membership->joined_at, ==, 11);
  g_assert_cmpint (membership->left_at, ==, 12);
  g_assert_cmpint (membership->removed_by, ==, 4);
  g_assert_cmpint (membership->rev, ==, 13);

  g_assert_cmpint (position->conversation_id, ==, 6);
  g_assert_cmpint (position->last_read_seq, ==, 0);
  g_assert_cmpint (position->rev, ==, 14);

  g_assert_cmpint (message->id, ==, 15);
  g_assert_cmpstr (message->client_id, ==, UUID);
  g_assert_cmpint (message->conversation_id, ==, 6);
  g_assert_cmpint (message->sender_id, ==, 3);
  g_assert_cmpint (message->seq, ==, 1);
  g_assert_cmpstr (message->content, ==, "“Hi”\n\t<&> 😀");
  g_assert_cmpint (message->sent_at, ==, 1780000000000);
  g_assert_cmpint (message->rev, ==, 16);
}

/* A newer server may send unknown members and unknown tables. */
static void
test_unknown_members (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = parse ("{\"roles\":[{\"id\":1,\"rolename\":\"user\",\"base\":"
                                         "\"user\",\"rev\":2,\"colour\":[\"red\"]}],"
                                         "\"reactions\":[{\"id\":1}],\"users\":[]}");
  g_autoptr (ConfabRows) rows = confab_codec_decode_rows (object, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (confab_rows_count (rows), ==, 1);
  g_assert_false (rows->is_mended);
}

static const struct
{
  const char *table;
  const char *row;
} row_forms[] = {
  { "roles", ROLE },
  { "users", USER },
  { "conversations", GROUP },
  { "conversation_users", MEMBER },
  { "read_positions", POSITION },
  { "messages", MESSAGE },
  { "notices", NOTICE },
  { "conversation_settings", MUTED },
};

/* A row with a bad @member, between two good ones. */
static ConfabRows *
decode_between (const char *table, const char *good, JsonObject *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *array = json_array_new ();
  ConfabRows *rows;

  json_array_add_object_element (array, parse (good));
  json_array_add_object_element (array, json_object_ref (row));
  json_array_add_object_element (array, parse (good));
  json_object_set_array_member (object, table, array);
  rows = confab_codec_decode_rows (object, &error);
  g_assert_no_error (error);

  return rows;
}

/* Decode the row, which is good after being mended: it is valid, and read alike once more. */
static void
assert_mended (const char *table, const char *good, JsonObject *row, const char *member)
{
  g_autoptr (ConfabRows) rows = decode_between (table, good, row);
  g_autoptr (JsonObject) encoded = confab_codec_encode_rows (rows);
  g_autofree char *text = confab_json_object_to_string (encoded, NULL);
  g_autoptr (JsonObject) parsed = parse (text);
  g_autoptr (ConfabRows) again = confab_codec_decode_rows (parsed, NULL);
  g_autoptr (JsonObject) encoded_again = confab_codec_encode_rows (again);
  g_autofree char *text_again = confab_json_object_to_string (encoded_again, NULL);

  g_test_message ("%s: %s: %s", table, member, text);
  g_assert_cmpuint (confab_rows_count (rows), ==, 3);
  g_assert_cmpstr (text, ==, text_again);
}

static gboolean
is_key (const char *table, const char *member)
{
  static const char *const keys[] = { "id", "rev", "conversation_id", "user_id", "seq", NULL };

  return g_strv_contains (keys, member);
}

/* Whether a row has the value of the type that the member should have. */
static gboolean
is_good (const char *member, const char *value)
{
  if (g_str_equal (value, "null"))
    return !g_str_equal (member, "base") && !g_str_equal (member, "kind")
           && !g_str_equal (member, "content") && !g_str_equal (member, "client_id")
           && !g_str_equal (member, "notify");
  if (g_str_equal (value, "true"))
    return g_str_equal (member, "deleted") || g_str_equal (member, "by_self");
  if (g_str_has_prefix (value, "\""))
    return g_str_equal (member, "username") || g_str_equal (member, "rolename")
           || g_str_equal (member, "title") || g_str_equal (member, "label")
           || g_str_equal (member, "about") || g_str_equal (member, "picture")
           || g_str_equal (member, "action") || g_str_equal (member, "actor")
           || g_str_equal (member, "old") || g_str_equal (member, "new")
           || (g_str_equal (member, "content") && value[1] != '"');

  return FALSE;
}

/* Each member of each row: of each wrong type. The rows around it are always read; the row itself
 * is, too, unless a key is wrong. */
static void
test_every_member (void)
{
  static const char *const values[] = { "null", "true",         "[]",
                                        "{}",   "1.5",          "-1",
                                        "\"\"", "\"a\\u0000\"", "9223372036854775808" };

  for (guint f = 0; f < G_N_ELEMENTS (row_forms); f++)
    {
      g_autoptr (JsonObject) row = parse (row_forms[f].row);
      g_autoptr (GList) members = json_object_get_members (row);

      for (GList *l = members; l != NULL; l = l->next)
        for (guint i = 0; i < G_N_ELEMENTS (values); i++)
          {
            const char *member = l->data;
            g_autoptr (JsonObject) wrong = parse (row_forms[f].row);
            g_autofree char *text = g_strdup_printf ("{\"x\":%s}", values[i]);
            g_autoptr (JsonObject) holder = parse (text);
            g_autoptr (ConfabRows) rows = NULL;

            json_object_set_member (wrong, member, json_object_dup_member (holder, "x"));
            rows = decode_between (row_forms[f].table, row_forms[f].row, wrong);
            if (is_key (row_forms[f].table, member))
              g_assert_cmpuint (confab_rows_count (rows), ==, 2);
            else
              assert_mended (row_forms[f].table, row_forms[f].row, wrong, member);
            g_test_message ("%s: %s: %s", row_forms[f].table, member, values[i]);
            g_assert_cmpint (rows->is_mended, ==,
                             is_key (row_forms[f].table, member) || !is_good (member, values[i]));
          }
    }
}

/* Keys that are not keys: the row is skipped. */
static void
test_bad_keys (void)
{
  static const struct
  {
    guint form;
    const char *member;
    const char *value;
  } cases[] = { { 0, "id", "0" },   { 0, "rev", "0" },     { 1, "id", "0" },
                { 1, "rev", "0" },  { 3, "user_id", "0" }, { 4, "conversation_id", "0" },
                { 5, "seq", "0" },  { 5, "id", "\"15\"" }, { 5, "seq", "2147483648" },
                { 5, "id", "15.0" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) row = parse (row_forms[cases[i].form].row);
      g_autofree char *text = g_strdup_printf ("{\"x\":%s}", cases[i].value);
      g_autoptr (JsonObject) holder = parse (text);
      g_autoptr (ConfabRows) rows = NULL;

      json_object_set_member (row, cases[i].member, json_object_dup_member (holder, "x"));
      rows = decode_between (row_forms[cases[i].form].table, row_forms[cases[i].form].row, row);
      g_assert_cmpuint (confab_rows_count (rows), ==, 2);
      g_assert_true (rows->is_mended);
    }
}

static void
test_elements (void)
{
  static const char *const texts[] = { "1", "null", "[]", "\"row\"", "{}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("{\"messages\":[" MESSAGE ",%s," REMOVED "]}", texts[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = parse (text);
      g_autoptr (ConfabRows) rows = confab_codec_decode_rows (object, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (rows->messages->len, ==, 2);
      g_assert_true (rows->is_mended);
    }
}

/* What values of a newer or broken server become. */
static void
test_mended_values (void)
{
  static const struct
  {
    const char *sent;
    const char *read;
  } cases[] = {
    { "{\"roles\":[{\"id\":1,\"rolename\":\"auditor\",\"base\":\"auditor\",\"rev\":2}]}",
      "{\"roles\":[{\"id\":1,\"rolename\":\"auditor\",\"label\":null,\"base\":\"user\",\"rev\":2}]"
      "}" },
    { "{\"conversations\":[{\"id\":6,\"kind\":\"channel\",\"title\":7,\"created_at\":-1,"
      "\"last_seq\":\"8\",\"rev\":9}]}",
      "{\"conversations\":[{\"id\":6,\"kind\":\"group\",\"title\":null,\"created_at\":0,"
      "\"last_seq\":0,\"rev\":9}]}" },
    { "{\"messages\":[{\"id\":15,\"client_id\":\"no\",\"conversation_id\":6,\"sender_id\":[],"
      "\"seq\":1,"
      "\"content\":\"a\\u0000b\\u001b\\ud800\",\"sent_at\":1e9,\"removed_at\":{},\"rev\":16}]}",
      "{\"messages\":[{\"id\":15,\"client_id\":\"00000000-0000-8000-8000-00000000000f\","
      "\"conversation_id\":6,\"sender_id\":0,\"seq\":1,\"content\":\"a\uFFFDb\uFFFD\uFFFD\","
      "\"sent_at\":0,\"removed_at\":null,\"rev\":16}]}" },
    /* a text without content, and a removed one with it */
    { "{\"messages\":[{\"id\":15,\"client_id\":\"" UUID "\",\"conversation_id\":6,\"sender_id\":3,"
      "\"seq\":1,\"content\":{},\"sent_at\":1,\"rev\":16},{\"id\":16,\"client_id\":\"" UUID "\","
      "\"conversation_id\":6,\"sender_id\":3,\"seq\":2,\"content\":\"x\",\"sent_at\":1,"
      "\"removed_at\":2,\"rev\":16}]}",
      "{\"messages\":[{\"id\":15,\"client_id\":\"" UUID "\",\"conversation_id\":6,\"sender_id\":3,"
      "\"seq\":1,\"content\":\"\uFFFD\",\"sent_at\":1,\"removed_at\":null,\"rev\":16},{\"id\":16,"
      "\"client_id\":\"" UUID "\",\"conversation_id\":6,\"sender_id\":3,\"seq\":2,\"content\":\"\","
      "\"sent_at\":1,\"removed_at\":2,\"rev\":16}]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = parse (cases[i].sent);
      g_autoptr (ConfabRows) rows = confab_codec_decode_rows (object, &error);
      g_autoptr (JsonObject) encoded = NULL;
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      g_assert_true (rows->is_mended);
      encoded = confab_codec_encode_rows (rows);
      text = confab_json_object_to_string (encoded, NULL);
      g_assert_cmpstr (text, ==, cases[i].read);
    }
}

/* What is not in a row is the envelope, which must be right. */
static void
test_bad_tables (void)
{
  static const char *const texts[] = {
    "{\"messages\":null}",
    "{\"messages\":{}}",
    "{\"messages\":1}",
    "{\"messages\":\"\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = parse (texts[i]);

      g_assert_null (confab_codec_decode_rows (object, &error));
      g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD);
      g_assert_cmpstr (error->message, ==, "messages");
    }
}

static void
test_page (void)
{
  static const char *const texts[] = {
    "{\"from\":null,\"to\":\"e:5\",\"has_more\":true,\"rows\":{\"roles\":[" ROLE "]}}",
    "{\"from\":\"e:1\",\"to\":\"e:5\",\"has_more\":false,\"rows\":{}}",
  };
  g_autoptr (JsonObject) frame_object =
      parse ("{\"type\":\"rows\",\"from\":\"e:1\",\"to\":\"e:2\",\"rows\":{\"users\":[" USER "]}}");
  g_autoptr (ConfabPage) frame = confab_codec_decode_page (frame_object, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = parse (texts[i]);
      g_autoptr (ConfabPage) page = confab_codec_decode_page (object, &error);
      g_autoptr (JsonObject) encoded = NULL;
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (page->from, ==, i == 0 ? NULL : "e:1");
      g_assert_cmpstr (page->to, ==, "e:5");
      g_assert_cmpint (page->has_more, ==, i == 0);
      encoded = confab_codec_encode_page (page);
      text = confab_json_object_to_string (encoded, NULL);
      g_assert_cmpstr (text, ==, texts[i]);
    }

  g_assert_nonnull (frame);
  g_assert_cmpstr (frame->from, ==, "e:1");
  g_assert_false (frame->has_more);
  g_assert_cmpuint (frame->rows->users->len, ==, 1);
}

static void
test_bad_pages (void)
{
  static const struct
  {
    const char *text;
    const char *member;
  } cases[] = {
    { "{}", "to" },
    { "{\"to\":\"\",\"rows\":{}}", "to" },
    { "{\"to\":1,\"rows\":{}}", "to" },
    { "{\"to\":\"e:1\"}", "rows" },
    { "{\"to\":\"e:1\",\"rows\":null}", "rows" },
    { "{\"to\":\"e:1\",\"rows\":[]}", "rows" },
    { "{\"from\":1,\"to\":\"e:1\",\"rows\":{}}", "from" },
    { "{\"to\":\"e:1\",\"has_more\":1,\"rows\":{}}", "has_more" },
    { "{\"to\":\"e:1\",\"has_more\":null,\"rows\":{}}", "has_more" },
    { "{\"to\":\"e:1\",\"rows\":{\"roles\":{}}}", "roles" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = parse (cases[i].text);

      g_assert_null (confab_codec_decode_page (object, &error));
      g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD);
      g_assert_cmpstr (error->message, ==, cases[i].member);
    }
}

static void
test_user (void)
{
  g_autoptr (JsonObject) object = parse (OWN_USER);
  g_autoptr (ConfabUserRow) user = confab_codec_decode_user (object, NULL);
  g_autoptr (JsonObject) encoded = confab_codec_encode_user (user);
  g_autofree char *text = confab_json_object_to_string (encoded, NULL);

  g_assert_cmpstr (text, ==, OWN_USER);
}

static void
test_problems (void)
{
  for (int problem = 0; problem < CONFAB_N_PROBLEMS; problem++)
    for (guint with = 0; with < 2; with++)
      {
        gsize length;
        g_autofree char *text =
            confab_codec_encode_problem (problem, with ? "username" : NULL, with ? 30 : 0, &length);
        g_autoptr (JsonObject) object = parse (text);
        g_autofree char *type =
            g_strconcat ("urn:confab:problem:", confab_problem_get_code (problem), NULL);
        ConfabProblemDetails details = { 0 };
        g_autofree char *field = NULL;

        g_assert_cmpuint (length, ==, strlen (text));
        g_assert_cmpstr (json_object_get_string_member (object, "type"), ==, type);
        g_assert_cmpint (json_object_get_int_member (object, "status"), ==,
                         confab_problem_get_status (problem));
        g_assert_cmpstr (json_object_get_string_member (object, "title"), ==,
                         confab_problem_get_title (problem));
        g_assert_cmpint (json_object_has_member (object, "field"), ==, with);
        g_assert_cmpint (json_object_has_member (object, "retry_after"), ==, with);

        g_assert_true (confab_codec_decode_problem (object, &details));
        field = details.field;
        g_assert_cmpint (details.problem, ==, problem);
        g_assert_cmpstr (details.field, ==, with ? "username" : NULL);
        g_assert_cmpuint (details.retry_after, ==, with ? 30 : 0);
      }
}

static void
test_strange_problems (void)
{
  static const char *const unknown[] = { "{}", "{\"code\":\"from-the-future\"}", "{\"code\":1}",
                                         "{\"code\":null}", "{\"title\":\"x\"}" };
  g_autoptr (JsonObject) odd =
      parse ("{\"type\":\"error\",\"code\":\"throttled\",\"field\":[1],\"retry_after\":-1}");
  ConfabProblemDetails details = { .retry_after = 9 };

  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_autoptr (JsonObject) object = parse (unknown[i]);

      g_assert_false (confab_codec_decode_problem (object, &details));
    }

  g_assert_true (confab_codec_decode_problem (odd, &details));
  g_assert_cmpint (details.problem, ==, CONFAB_PROBLEM_THROTTLED);
  g_assert_null (details.field);
  g_assert_cmpuint (details.retry_after, ==, 0);
}

/* Decode a row in which the member @name of @row is a string of @length times @unit. Return whether
 * it was taken as it is. */
static gboolean
is_taken (const char *table, const char *row, const char *name, const char *unit, guint length)
{
  g_autoptr (GString) value = g_string_new (NULL);
  g_autofree char *text = g_strdup_printf ("{\"%s\":[%s]}", table, row);
  g_autoptr (JsonObject) object = parse (text);
  g_autoptr (ConfabRows) rows = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < length; i++)
    g_string_append (value, unit);
  json_object_set_string_member (
      json_array_get_object_element (json_object_get_array_member (object, table), 0), name,
      value->str);
  rows = confab_codec_decode_rows (object, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (confab_rows_count (rows), ==, 1);

  return !rows->is_mended;
}

static char *
read_username (const char *username)
{
  g_autoptr (JsonObject) object = parse ("{\"users\":[" USER "]}");
  g_autoptr (ConfabRows) rows = NULL;
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (
      json_array_get_object_element (json_object_get_array_member (object, "users"), 0), "username",
      username);
  rows = confab_codec_decode_rows (object, &error);
  g_assert_no_error (error);

  return g_strdup (((ConfabUserRow *)g_ptr_array_index (rows->users, 0))->username);
}

/* A name that cannot be shown is mended, and does not stop the rows around it. */
static void
test_bad_names (void)
{
  static const struct
  {
    const char *sent, *read;
  } cases[] = {
    { "ann", "ann" }, { "a\u202enn", "ann" }, { "a\nn\tn\x1b", "ann" }, { "\u2066\u2028", "?" },
    { "", "?" },      { "\u2800", "?" },      { "\u200b", "?" },
  };
  g_autofree char *many = g_strnfill (100000, 'W');
  g_autofree char *cut = read_username (many);

  g_assert_cmpuint (strlen (cut), ==, CONFAB_USERNAME_MAX_CHARS);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *read = read_username (cases[i].sent);

      g_assert_cmpstr (read, ==, cases[i].read);
    }
}

/* A server's texts are limited to the model's lengths, so that no name freezes a window. */
static void
test_lengths (void)
{
  static const struct
  {
    const char *table, *row, *name;
    guint max;
  } cases[] = {
    { "users", USER, "username", CONFAB_USERNAME_MAX_CHARS },
    { "users", USER, "about", CONFAB_ABOUT_MAX_CHARS },
    { "users", USER, "email", CONFAB_EMAIL_MAX_BYTES },
    { "roles", ROLE, "rolename", CONFAB_USERNAME_MAX_CHARS },
    { "roles", ROLE, "label", CONFAB_ROLE_LABEL_MAX_CHARS },
    { "conversations", GROUP, "title", CONFAB_TITLE_MAX_CHARS },
    { "messages", MESSAGE, "content", CONFAB_MESSAGE_MAX_CHARS },
    { "notices", NOTICE, "action", CONFAB_SERVER_TEXT_MAX_CHARS },
    { "notices", NOTICE, "new", CONFAB_SERVER_TEXT_MAX_CHARS },
  };
  static const char *const never[] = { "a\x1b", "a\x07", "a\xc2\x85" };
  static const char *const never_in_a_line[] = { "a\n", "a\tb", "a\u202eb", "a\u2028b", "a\u2066" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *table = cases[i].table;
      const char *row = cases[i].row;
      const char *name = cases[i].name;

      g_test_message ("%s", name);
      g_assert_true (is_taken (table, row, name, "界", cases[i].max));
      g_assert_false (is_taken (table, row, name, "W", cases[i].max + 1));
      g_assert_false (is_taken (table, row, name, "\u0301", 31));
      for (guint c = 0; c < G_N_ELEMENTS (never); c++)
        g_assert_false (is_taken (table, row, name, never[c], 1));
      for (guint c = 0; c < G_N_ELEMENTS (never_in_a_line); c++)
        g_assert_cmpint (is_taken (table, row, name, never_in_a_line[c], 1), ==,
                         g_str_equal (name, "content"));
    }
}

/* Times and numbers beyond the limits of lists and calendars. */
static void
test_numbers (void)
{
  static const struct
  {
    const char *table, *row, *name;
    gint64 max;
  } cases[] = {
    { "users", USER, "created_at", CONFAB_TIME_MAX },
    { "conversations", GROUP, "created_at", CONFAB_TIME_MAX },
    { "conversations", GROUP, "last_seq", CONFAB_SEQ_MAX },
    { "conversation_users", MEMBER, "joined_at", CONFAB_TIME_MAX },
    { "conversation_users", MEMBER, "left_at", CONFAB_TIME_MAX },
    { "messages", MESSAGE, "seq", CONFAB_SEQ_MAX },
    { "messages", MESSAGE, "sent_at", CONFAB_TIME_MAX },
    { "read_positions", POSITION, "last_read_seq", CONFAB_SEQ_MAX },
    { "conversation_settings", MUTED, "muted_until", CONFAB_TIME_MAX },
    { "notices", NOTICE, "at", CONFAB_TIME_MAX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (gint64 beyond = 0; beyond < 2; beyond++)
        {
          g_autofree char *text = g_strdup_printf ("{\"%s\":[%s]}", cases[i].table, cases[i].row);
          g_autoptr (JsonObject) object = parse (text);
          g_autoptr (ConfabRows) rows = NULL;

          json_object_set_int_member (json_array_get_object_element (
                                          json_object_get_array_member (object, cases[i].table), 0),
                                      cases[i].name, cases[i].max + beyond);
          rows = confab_codec_decode_rows (object, NULL);
          g_assert_cmpint (rows->is_mended, ==, beyond);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/codec/rows", test_rows);
  g_test_add_func ("/codec/values", test_values);
  g_test_add_func ("/codec/unknown-members", test_unknown_members);
  g_test_add_func ("/codec/every-member", test_every_member);
  g_test_add_func ("/codec/bad-keys", test_bad_keys);
  g_test_add_func ("/codec/elements", test_elements);
  g_test_add_func ("/codec/mended-values", test_mended_values);
  g_test_add_func ("/codec/bad-tables", test_bad_tables);
  g_test_add_func ("/codec/page", test_page);
  g_test_add_func ("/codec/bad-pages", test_bad_pages);
  g_test_add_func ("/codec/user", test_user);
  g_test_add_func ("/codec/problems", test_problems);
  g_test_add_func ("/codec/strange-problems", test_strange_problems);
  g_test_add_func ("/codec/lengths", test_lengths);
  g_test_add_func ("/codec/bad-names", test_bad_names);
  g_test_add_func ("/codec/numbers", test_numbers);

  return g_test_run ();
}
