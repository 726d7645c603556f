/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-codec.h"

#include <string.h>

#include "confab-json.h"
#include "confab-limits.h"

#define PERSON                                                                                     \
  "{\"id\":1,\"username\":\"ann\",\"email\":\"ann@example.org\",\"picture\":null,"                 \
  "\"created_at\":2,\"role_id\":3,\"state\":\"suspended\",\"sessions\":4,\"last_seen_at\":5,"      \
  "\"rev\":6}"
#define UNSEEN                                                                                     \
  "{\"id\":7,\"username\":\"bob\",\"email\":\"\",\"picture\":\"ab\",\"created_at\":2,"             \
  "\"role_id\":3,\"state\":\"deleted\",\"sessions\":0,\"last_seen_at\":null,\"rev\":6}"
#define ENTRY                                                                                      \
  "{\"id\":8,\"at\":9,\"actor_id\":1,\"actor\":\"ann\",\"target_id\":7,\"target\":\"bob\","        \
  "\"conversation_id\":10,\"action\":\"role-changed\",\"old\":\"user\",\"new\":\"admin\","         \
  "\"address\":\"192.0.2.1\"}"
#define SHORT_ENTRY                                                                                \
  "{\"id\":8,\"at\":9,\"actor_id\":null,\"actor\":null,\"target_id\":null,\"target\":null,"        \
  "\"conversation_id\":null,\"action\":\"backup\",\"old\":null,\"new\":null,\"address\":null}"
#define INVITATION                                                                                 \
  "{\"id\":11,\"created_at\":12,\"created_by\":\"ann\",\"expires_at\":13,\"uses\":3,"              \
  "\"uses_left\":0}"
#define SESSION                                                                                    \
  "{\"id\":14,\"device_name\":\"laptop\",\"created_at\":15,\"last_seen_at\":16,\"current\":true}"

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object =
      confab_json_parse_answer (text, strlen (text), CONFAB_ANSWER_MAX_BYTES, &error);

  g_assert_no_error (error);

  return object;
}

/* Takes ownership of @object. */
static void
assert_json (JsonObject *object, const char *expected)
{
  g_autoptr (JsonObject) owned = object;
  g_autofree char *text = confab_json_object_to_string (object, NULL);

  g_assert_cmpstr (text, ==, expected);
}

/* ---- there and back ---- */

static void
test_people (void)
{
  static const char text[] = "{\"users\":[" PERSON "," UNSEEN "],\"next\":\"bob\",\"total\":5}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = parse (text);
  g_autoptr (ConfabRowList) list = confab_codec_decode_people (object, &error);
  const ConfabPersonRow *ann;
  const ConfabPersonRow *bob;

  g_assert_no_error (error);
  g_assert_cmpuint (list->rows->len, ==, 2);
  ann = list->rows->pdata[0];
  bob = list->rows->pdata[1];
  g_assert_cmpstr (ann->user->email, ==, "ann@example.org");
  g_assert_cmpstr (ann->state, ==, "suspended");
  g_assert_false (ann->user->deleted);
  g_assert_true (bob->user->deleted);
  g_assert_cmpint (bob->last_seen_at, ==, 0);
  assert_json (confab_codec_encode_people (list->rows, list->next, list->total), text);
}

static void
test_person (void)
{
  static const char text[] =
      "{\"user\":" PERSON ",\"undo\":{\"audit_id\":20,\"role_id\":21,\"expires_at\":22}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = parse (text);
  g_autoptr (ConfabPersonRow) row = confab_codec_decode_person_answer (object, &error);
  JsonObject *answer = json_object_new ();

  g_assert_no_error (error);
  g_assert_cmpint (row->undo_audit_id, ==, 20);
  json_object_set_object_member (answer, "user", confab_codec_encode_person (row));
  confab_codec_set_undo (answer, row);
  assert_json (answer, text);
}

static void
test_no_undo (void)
{
  static const char *const texts[] = { "{\"user\":" PERSON "}",
                                       "{\"user\":" PERSON ",\"undo\":null}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = parse (texts[i]);
      g_autoptr (ConfabPersonRow) row = confab_codec_decode_person_answer (object, &error);
      JsonObject *answer = json_object_new ();

      g_assert_no_error (error);
      g_assert_cmpint (row->undo_audit_id, ==, 0);
      confab_codec_set_undo (answer, row);
      assert_json (answer, "{\"undo\":null}");
    }
}

static void
test_audit (void)
{
  static const struct
  {
    const char *text;
    const char *next;
  } cases[] = {
    { "{\"entries\":[" ENTRY "," SHORT_ENTRY "],\"next\":8}", "8" },
    { "{\"entries\":[],\"next\":null}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = parse (cases[i].text);
      g_autoptr (ConfabRowList) list = confab_codec_decode_audit (object, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (list->next, ==, cases[i].next);
      g_assert_cmpint (list->total, ==, -1);
      assert_json (confab_codec_encode_audit (
                       list->rows, list->next != NULL ? g_ascii_strtoll (list->next, NULL, 10) : 0),
                   cases[i].text);
    }
}

static void
test_invitations (void)
{
  static const char text[] = "{\"invitations\":[" INVITATION "],\"registration\":\"open\"}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = parse (text);
  const char *registration = NULL;
  g_autoptr (GPtrArray) rows = confab_codec_decode_invitations (object, &registration, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (registration, ==, "open");
  assert_json (confab_codec_encode_invitations (rows, registration), text);
}

static void
test_sessions (void)
{
  static const char text[] = "{\"sessions\":[" SESSION "]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = parse (text);
  g_autoptr (GPtrArray) rows = confab_codec_decode_sessions (object, &error);

  g_assert_no_error (error);
  assert_json (confab_codec_encode_sessions (rows), text);
}

/* ---- what is refused ---- */

static gpointer
decode_invitations (JsonObject *answer, GError **error)
{
  const char *registration;

  return confab_codec_decode_invitations (answer, &registration, error);
}

/* Answers with one mistake outside of the rows of a list, or in a key of the one row asked for. */
static void
test_refused (void)
{
  static const struct
  {
    gpointer (*decode) (JsonObject *answer, GError **error);
    const char *text;  /* a valid answer */
    const char *good;  /* the part to replace */
    const char *bad;   /* its replacement */
    const char *field; /* the problem's */
  } cases[] = {
#define PERSON_CASE(...) { (gpointer)confab_codec_decode_person_answer, PERSON_ANSWER, __VA_ARGS__ }
#define PERSON_ANSWER "{\"user\":" PERSON ",\"undo\":null}"
    PERSON_CASE ("\"id\":1", "\"id\":0", "id"),
    PERSON_CASE ("\"undo\":null", "\"undo\":5", "undo"),
    PERSON_CASE ("\"undo\":null", "\"undo\":{\"audit_id\":0}", "audit_id"),
    { (gpointer)confab_codec_decode_people, "{\"users\":[" PERSON "]}", "users", "people",
      "users" },
    { (gpointer)confab_codec_decode_audit, "{\"entries\":[],\"next\":1}", "1", "[]", "next" },
    { decode_invitations, "{\"invitations\":[" INVITATION "],\"registration\":\"open\"}",
      "\"open\"", "null", "registration" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) text = g_string_new (cases[i].text);
      g_autoptr (JsonObject) object = NULL;

      g_assert_cmpuint (g_string_replace (text, cases[i].good, cases[i].bad, 1), ==, 1);
      object = parse (text->str);
      g_assert_null (cases[i].decode (object, &error));
      g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD);
      g_assert_cmpstr (error->message, ==, cases[i].field);
    }
}

/* A row of a list with one mistake, beside a good row: it is mended, or skipped. */
static void
test_bad_rows (void)
{
  static const struct
  {
    gpointer (*decode) (JsonObject *answer, GError **error);
    const char *member;
    const char *row;
    const char *good; /* the part of @row to replace */
    const char *bad;
    guint n_rows;
  } cases[] = {
#define PEOPLE_CASE(...) { (gpointer)confab_codec_decode_people, "users", PERSON, __VA_ARGS__ }
    PEOPLE_CASE ("\"id\":1", "\"id\":0", 1),
    PEOPLE_CASE ("\"id\":1", "\"id\":\"1\"", 1),
    PEOPLE_CASE ("\"ann\"", "\" \"", 2),
    PEOPLE_CASE ("\"ann\"", "null", 2),
    PEOPLE_CASE ("\"ann@example.org\"", "null", 2),
    PEOPLE_CASE ("\"ann@example.org\"", "\"a\\nb\\u0000\"", 2),
    PEOPLE_CASE ("\"suspended\"", "\"asleep\"", 2),
    PEOPLE_CASE ("\"suspended\"", "1", 2),
    PEOPLE_CASE ("\"sessions\":4", "\"sessions\":4294967296", 2),
    PEOPLE_CASE ("\"created_at\":2", "\"created_at\":-2", 2),
    { (gpointer)confab_codec_decode_audit, "entries", ENTRY, "\"role-changed\"", "5", 2 },
    { (gpointer)confab_codec_decode_audit, "entries", ENTRY, "\"user\"", "[]", 2 },
    { (gpointer)confab_codec_decode_audit, "entries", ENTRY, "\"id\"", "\"no\"", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) bad = g_string_new (cases[i].row);
      g_autofree char *text = NULL;
      g_autoptr (JsonObject) object = NULL;
      g_autoptr (ConfabRowList) list = NULL;

      g_assert_cmpuint (g_string_replace (bad, cases[i].good, cases[i].bad, 1), ==, 1);
      text = g_strdup_printf ("{\"%s\":[7,%s,%s]}", cases[i].member, bad->str, cases[i].row);
      object = parse (text);
      list = cases[i].decode (object, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (list->rows->len, ==, cases[i].n_rows);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/admin-codec/people", test_people);
  g_test_add_func ("/admin-codec/person", test_person);
  g_test_add_func ("/admin-codec/no-undo", test_no_undo);
  g_test_add_func ("/admin-codec/audit", test_audit);
  g_test_add_func ("/admin-codec/invitations", test_invitations);
  g_test_add_func ("/admin-codec/sessions", test_sessions);
  g_test_add_func ("/admin-codec/refused", test_refused);
  g_test_add_func ("/admin-codec/bad-rows", test_bad_rows);

  return g_test_run ();
}
