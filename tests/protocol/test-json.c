/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-json.h"

#include "confab-limits.h"

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object =
      confab_json_parse_answer (text, strlen (text), CONFAB_REQUEST_MAX_BYTES, &error);

  g_assert_no_error (error);
  g_assert_nonnull (object);

  return object;
}

static JsonObject *
parse_request (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object =
      confab_json_parse_request (text, strlen (text), CONFAB_REQUEST_MAX_BYTES, &error);

  g_assert_no_error (error);

  return object;
}

static void
assert_bad_request (const char *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) request =
      confab_json_parse_request (data, length, CONFAB_ANSWER_MAX_BYTES, &error);

  if (request != NULL)
    g_error ("taken: %.*s", (int)MIN (length, 100), data);
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_MALFORMED_JSON);
}

static void
assert_malformed (const char *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      confab_json_parse_answer (data, length, CONFAB_ANSWER_MAX_BYTES, &error);

  if (answer != NULL)
    g_error ("taken: %.*s", (int)MIN (length, 100), data);
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_MALFORMED_JSON);
  assert_bad_request (data, length);
}

static void
test_valid (void)
{
  static const struct
  {
    const char *text;
    const char *canonical;
  } cases[] = {
    { "{}", "{}" },
    { " \t\r\n{ } \n", "{}" },
    { "\xEF\xBB\xBF{}", "{}" },
    { "{\"a\":1}", "{\"a\":1}" },
    { "{\"a\":-0}", "{\"a\":0}" },
    { "{\"a\":1.5e3}", "{\"a\":1500.0}" },
    { "{\"a\":[true,false,null]}", "{\"a\":[true,false,null]}" },
    { "{\"\":{\"b\":[[],{}]}}", "{\"\":{\"b\":[[],{}]}}" },
    { "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "{\"a\":\"\\\"\\\\/\\b\\f\\n\\r\\t\"}" },
    { "{\"a\":\"\\u00e9\\u754C\"}", "{\"a\":\"é界\"}" },
    { "{\"a\":\"\\uD83D\\uDE00\"}", "{\"a\":\"😀\"}" },
    { "{\"a\":\"\\uFFFF\"}", "{\"a\":\"\xEF\xBF\xBF\"}" },
    { "{\"a\":\"[[[[{{{{\"}", "{\"a\":\"[[[[{{{{\"}" },
    { "{\"a\":\"\\\\u0000\"}", "{\"a\":\"\\\\u0000\"}" },
    { "{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":3,\"b\":2}" }, /* the last one counts */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = parse (cases[i].text);
      gsize length;
      g_autofree char *text = confab_json_object_to_string (object, &length);

      g_assert_cmpstr (text, ==, cases[i].canonical);
      g_assert_cmpuint (length, ==, strlen (cases[i].canonical));
    }
}

/* Based on the n_* cases of the JSONTestSuite, wrapped in an object where needed. */
static void
test_malformed (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "[]",
    "null",
    "1",
    "\"a\"",
    "true",
    "{",
    "}",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":[",
    "{\"a\":[1",
    "{\"a\":\"",
    "{\"a\":\"b",
    "{\"a\":\"\\",
    "{\"a\":\"\\u",
    "{\"a\":\"\\u00",
    "{\"a\":\"\\\"",
    "{\"a\":\"\\\"}",
    "{\"a\":tru",
    "{\"a\":1}}",
    "{\"a\":1}]",
    "{\"a\":[1}",
    "{\"a\":1]",
    "{\"a\":[}",
    "[{\"a\":1}",
    "{\"a\":1} x",
    "{\"a\":1}{}",
    "{\"a\":1}#",
    "{\"a\":1}\\",
    "{ \"a\" : 1 } \\",
    "{ \"a\" : 1 } \\\"  \"",
    "{} {}",
    "{},",
    "x{}",
    "var x = {\"a\":1};",
    "<a>",
    "{\"a\":<b>}",
    "{a:1}",
    "{'a':1}",
    "{1:1}",
    "{null:1}",
    "{\"a\" 1}",
    "{\"a\"::1}",
    "{\"a\":}",
    "{:1}",
    "{,}",
    "{\"a\"}",
    "{\"a\",1}",
    "{\"a\":1,}",
    "{\"a\":1,,\"b\":2}",
    "{,\"a\":1}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1;\"b\":2}",
    "{\"a\":\"x\"\"y\"}",
    "{\"a\":[1,]}",
    "{\"a\":[,1]}",
    "{\"a\":[1,,2]}",
    "{\"a\":[1 2]}",
    "{\"a\":[\"\": 1]}",
    "{\"a\":[*]}",
    "{\"a\":01}",
    "{\"a\":-01}",
    "{\"a\":+1}",
    "{\"a\":.5}",
    "{\"a\":1.}",
    "{\"a\":-.5}",
    "{\"a\":-}",
    "{\"a\":--1}",
    "{\"a\":1e}",
    "{\"a\":1e+}",
    "{\"a\":1eE2}",
    "{\"a\":1.e1}",
    "{\"a\":0x10}",
    "{\"a\":1a}",
    "{\"a\":- 1}",
    "{\"a\":1-2}",
    "{\"a\":NaN}",
    "{\"a\":-NaN}",
    "{\"a\":Infinity}",
    "{\"a\":-Infinity}",
    "{\"a\":1_000}",
    "{\"a\":\xEF\xBC\x91}",
    "{\"a\":True}",
    "{\"a\":TRUE}",
    "{\"a\":nul}",
    "{\"a\":truefalse}",
    "{\"a\":true1}",
    "{\"a\":undefined}",
    "{\"a\":1/**/}",
    "{\"a\":1}//",
    "/**/{}",
    "{\"a\":1#\n}",
    "{\"a\":'x'}",
    "{\"a\":\"\\x41\"}",
    "{\"a\":\"\\a\"}",
    "{\"a\":\"\\'\"}",
    "{\"a\":\"\\U0041\"}",
    "{\"a\":\"\\😀\"}",
    "{\"a\":\"\\u00G0\"}",
    "{\"a\":\"\\u 041\"}",
    "{\"a\":\"\\u+041\"}",
    "{\"a\":\"\\u41\"}",
    "{\"a\":\"\\uD83D\\uDE0\"}",
    "{\"a\":\"\n\"}",
    "{\"a\":\"\t\"}",
    "{\"a\":\"\x1f\"}",
    "{\"a\":\"\x01\"}",
    "{\"\n\":1}",
    "\f{}",
    "{}\v",
    "{\"a\":\xC2\xA0"
    "1}",
    "\xE2\x81\xA0{}",
    "\xff{}",
    "{}\xff",
    "\xFE\xFF{}",
  };
  static const char nul_after[] = "{\"a\":1}\0";
  static const char utf16[] = "{\0\"\0a\0\"\0:\0001\0}\0";

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_malformed (texts[i], strlen (texts[i]));

  assert_malformed (nul_after, sizeof nul_after - 1);
  assert_malformed (utf16, sizeof utf16 - 1);
}

/* Characters that no text may have: replaced in an answer, refused in a request. */
static void
test_bad_characters (void)
{
#define BAD(text, read) { text, sizeof text - 1, read }
  static const struct
  {
    const char *text;
    gsize length;
    const char *read;
  } cases[] = {
    BAD ("{\"a\":\"\\uD800\"}", "{\"a\":\"\uFFFD\"}"),
    BAD ("{\"a\":\"\\uDC00\"}", "{\"a\":\"\uFFFD\"}"),
    BAD ("{\"a\":\"\\uD800\\uD800\"}", "{\"a\":\"\uFFFD\uFFFD\"}"),
    BAD ("{\"a\":\"\\uDC00\\uD800\"}", "{\"a\":\"\uFFFD\uFFFD\"}"),
    BAD ("{\"a\":\"\\uD83D\\uD83D\\uDE00\"}", "{\"a\":\"\uFFFD😀\"}"),
    BAD ("{\"a\":\"\\uD83D\\n\"}", "{\"a\":\"\uFFFD\\n\"}"),
    BAD ("{\"a\":\"\\uD83Dx\"}", "{\"a\":\"\uFFFDx\"}"),
    BAD ("{\"a\":\"\\\\\\uDE00\"}", "{\"a\":\"\\\\\uFFFD\"}"),
    BAD ("{\"\\uD800\":1}", "{\"\uFFFD\":1}"),
    BAD ("{\"a\":\"\xff\"}", "{\"a\":\"\uFFFD\"}"),
    BAD ("{\"a\":\"\xc3\"}", "{\"a\":\"\uFFFD\"}"),
    BAD ("{\"a\":\"\xed\xa0\x80\"}", "{\"a\":\"\uFFFD\uFFFD\uFFFD\"}"),
    BAD ("{\"a\":\"\xc0\xaf\"}", "{\"a\":\"\uFFFD\uFFFD\"}"),
    BAD ("{\"a\":\"\xf4\x90\x80\x80\"}", "{\"a\":\"\uFFFD\uFFFD\uFFFD\uFFFD\"}"),
    BAD ("{\"\xff\":1}", "{\"\uFFFD\":1}"),
    BAD ("{\"a\":\"b\0c\"}", "{\"a\":\"b\uFFFDc\"}"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *copy = g_memdup2 (cases[i].text, cases[i].length);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) answer =
          confab_json_parse_answer (copy, cases[i].length, CONFAB_ANSWER_MAX_BYTES, &error);
      g_autofree char *read = NULL;

      g_assert_no_error (error);
      read = confab_json_object_to_string (answer, NULL);
      g_assert_cmpstr (read, ==, cases[i].read);
      assert_bad_request (cases[i].text, cases[i].length);
    }
}

/* Every truncation of a document is refused, without reading beyond its end. */
static void
test_truncated (void)
{
  static const char text[] =
      "{\"a\":[1,-2.5e3,\"\\uD83D\\uDE00\\n\"],\"b\":{\"c\":null,\"d\":true},\"e\":\"界\"}";
  g_autoptr (JsonObject) whole = parse (text);

  g_assert_nonnull (whole);

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autofree char *cut = g_memdup2 (text, length);

      assert_malformed (cut, length);
    }
}

static char *
nest (const char *open, const char *close, guint depth)
{
  GString *text = g_string_new ("{\"a\":");

  for (guint i = 1; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, "1");
  for (guint i = 1; i < depth; i++)
    g_string_append (text, close);
  g_string_append (text, "}");

  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const guint too_deep[] = { CONFAB_JSON_MAX_DEPTH + 1, 1000, 100000 };
  g_autofree char *arrays = nest ("[", "]", CONFAB_JSON_MAX_DEPTH);
  g_autofree char *objects = nest ("{\"a\":", "}", CONFAB_JSON_MAX_DEPTH);
  g_autoptr (JsonObject) deep_arrays = parse (arrays);
  g_autoptr (JsonObject) deep_objects = parse (objects);
  g_autofree char *open_only = g_strnfill (100000, '[');

  for (guint i = 0; i < G_N_ELEMENTS (too_deep); i++)
    {
      g_autofree char *more_arrays = nest ("[", "]", too_deep[i]);
      g_autofree char *more_objects = nest ("{\"a\":", "}", too_deep[i]);

      assert_malformed (more_arrays, strlen (more_arrays));
      assert_malformed (more_objects, strlen (more_objects));
    }

  assert_malformed (open_only, 100000);
}

static void
test_size (void)
{
  g_autofree char *filler = g_strnfill (993, 'x');
  g_autofree char *text = g_strdup_printf ("{\"a\":\"%s\"}", filler);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (strlen (text), ==, 1001);
  object = confab_json_parse_answer (text, 1001, 1001, &error);
  g_assert_no_error (error);
  g_assert_nonnull (object);
  g_assert_null (confab_json_parse_answer (text, 1001, 1000, &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_BODY_TOO_LARGE);
}

/* Return an object with @n members. */
static char *
make_members (guint n)
{
  g_autoptr (GString) text = g_string_new ("{");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"m%u\":{\"x\":1}", i > 0 ? "," : "", i);
  g_string_append_c (text, '}');

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Return an object with an array of values, @n in total besides these two. */
static char *
make_values (guint n)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":[");

  for (guint i = 0; i < n; i++)
    g_string_append (text, i > 0 ? ",1" : "1");
  g_string_append (text, "]}");

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Members are counted per object, so a page of rows may have any number in total. */
static void
test_members (void)
{
  g_autofree char *most = make_members (CONFAB_JSON_MAX_MEMBERS);
  g_autofree char *too_many = make_members (CONFAB_JSON_MAX_MEMBERS + 1);
  g_autofree char *inside = g_strdup_printf ("{\"a\":[1,%s]}", too_many);
  g_autofree char *rows = g_strdup_printf ("{\"a\":[%s,%s,%s]}", most, most, most);
  g_autoptr (JsonObject) object = parse (most);
  g_autoptr (JsonObject) page = parse (rows);

  g_assert_cmpuint (json_object_get_size (object), ==, CONFAB_JSON_MAX_MEMBERS);
  assert_malformed (too_many, strlen (too_many));
  assert_malformed (inside, strlen (inside));
}

static void
test_values (void)
{
  /* The object and its array count, too. */
  g_autofree char *most = make_values (CONFAB_REQUEST_MAX_NODES - 1);
  g_autofree char *too_many = make_values (CONFAB_REQUEST_MAX_NODES);
  g_autofree char *far_too_many = make_values (CONFAB_ANSWER_MAX_NODES);
  g_autoptr (JsonObject) answer = parse (too_many);
  g_autoptr (JsonObject) request = NULL;
  g_autoptr (GError) error = NULL;

  request = confab_json_parse_request (most, strlen (most), CONFAB_REQUEST_MAX_BYTES, &error);
  g_assert_no_error (error);
  g_assert_nonnull (request);
  g_assert_null (
      confab_json_parse_request (too_many, strlen (too_many), CONFAB_REQUEST_MAX_BYTES, &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_MALFORMED_JSON);
  assert_malformed (far_too_many, strlen (far_too_many));
}

/* White space between values may be long, numbers may not. */
static void
test_filler (void)
{
  g_autofree char *spaces = g_strnfill (40000, ' ');
  g_autofree char *digits = g_strnfill (CONFAB_JSON_MAX_BARE_BYTES, '1');
  g_autofree char *spaced =
      g_strdup_printf ("{%s\"a  b\"%s:%s[1,\t\n\r 2]%s, \"c\":\"\\\\\\u0041  \\u0000\"}%s", spaces,
                       spaces, spaces, spaces, spaces);
  g_autofree char *split = g_strdup_printf ("{\"a\":1%s1}", spaces);
  g_autofree char *number = g_strdup_printf ("{\"a\":0.%s}", digits);
  g_autoptr (JsonObject) object = parse_request (spaced);
  g_autoptr (GError) error = NULL;
  const char *value;

  g_assert_true (json_object_has_member (object, "a  b"));
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (object, "a  b"), 1),
                   ==, 2);
  g_assert_cmpstr (json_object_get_string_member (object, "c"), ==, "\\A  \uFDD0");
  g_assert_false (confab_json_get_string (object, "c", &value, &error));
  assert_malformed (split, strlen (split));
  assert_malformed (number, strlen (number));
}

static void
assert_invalid_field (gboolean result, GError **error, const char *member)
{
  g_assert_false (result);
  g_assert_error (*error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD);
  g_assert_cmpstr ((*error)->message, ==, member);
  g_clear_error (error);
}

static void
test_strings (void)
{
  g_autoptr (JsonObject) object = parse_request (
      "{\"s\":\"é\",\"empty\":\"\",\"null\":null,\"n\":1,\"d\":1.5,\"b\":true,\"a\":[],\"o\":{},"
      "\"nul\":\"a\\u0000b\",\"only_nul\":\"\\u0000\",\"not_nul\":\"\\\\u0000\",\"stand_in\":"
      "\"\\ufdd0\"}");
  static const char *const wrong[] = { "n", "d", "b", "a", "o", "nul", "only_nul", "stand_in" };
  g_autoptr (GError) error = NULL;
  const char *value = NULL;

  g_assert_true (confab_json_get_string (object, "s", &value, &error));
  g_assert_cmpstr (value, ==, "é");
  g_assert_true (confab_json_get_string (object, "empty", &value, &error));
  g_assert_cmpstr (value, ==, "");
  g_assert_true (confab_json_get_string (object, "not_nul", &value, &error));
  g_assert_cmpstr (value, ==, "\\u0000");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      assert_invalid_field (confab_json_get_string (object, wrong[i], &value, &error), &error,
                            wrong[i]);
      assert_invalid_field (confab_json_get_string_opt (object, wrong[i], &value, &error), &error,
                            wrong[i]);
    }

  assert_invalid_field (confab_json_get_string (object, "missing", &value, &error), &error,
                        "missing");
  assert_invalid_field (confab_json_get_string (object, "null", &value, &error), &error, "null");
  value = "untouched";
  g_assert_true (confab_json_get_string_opt (object, "missing", &value, &error));
  g_assert_null (value);
  g_assert_true (confab_json_get_string_opt (object, "null", &value, &error));
  g_assert_null (value);
}

static void
test_ints (void)
{
  g_autoptr (JsonObject) object =
      parse ("{\"n\":7,\"low\":-3,\"float\":7.0,\"exp\":7e0,\"s\":\"7\",\"null\":null,\"b\":true,"
             "\"a\":[7],"
             "\"max\":9223372036854775806,\"end\":9223372036854775807,\"huge\":9223372036854775808,"
             "\"huger\":99999999999999999999999999999999999,\"under\":-9223372036854775809,\"inf\":"
             "1e400}");
  static const char *const wrong[] = { "float", "exp",  "s",     "b",     "a",
                                       "end",   "huge", "huger", "under", "inf" };
  g_autoptr (GError) error = NULL;
  gint64 value = 0;

  g_assert_true (confab_json_get_int (object, "n", 7, 7, &value, &error));
  g_assert_cmpint (value, ==, 7);
  g_assert_true (confab_json_get_int (object, "low", G_MININT64, 0, &value, &error));
  g_assert_cmpint (value, ==, -3);
  g_assert_true (confab_json_get_int (object, "max", 0, G_MAXINT64, &value, &error));
  g_assert_cmpint (value, ==, 9223372036854775806);

  assert_invalid_field (confab_json_get_int (object, "n", 8, 9, &value, &error), &error, "n");
  assert_invalid_field (confab_json_get_int (object, "n", 0, 6, &value, &error), &error, "n");
  assert_invalid_field (confab_json_get_int_opt (object, "n", 0, 6, 5, &value, &error), &error,
                        "n");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      assert_invalid_field (
          confab_json_get_int (object, wrong[i], G_MININT64, G_MAXINT64, &value, &error), &error,
          wrong[i]);
      assert_invalid_field (
          confab_json_get_int_opt (object, wrong[i], G_MININT64, G_MAXINT64, 5, &value, &error),
          &error, wrong[i]);
    }

  assert_invalid_field (confab_json_get_int (object, "null", 0, 9, &value, &error), &error, "null");
  assert_invalid_field (confab_json_get_int (object, "none", 0, 9, &value, &error), &error, "none");
  g_assert_true (confab_json_get_int_opt (object, "null", 0, 9, -5, &value, &error));
  g_assert_cmpint (value, ==, -5);
  g_assert_true (confab_json_get_int_opt (object, "none", 0, 9, 6, &value, &error));
  g_assert_cmpint (value, ==, 6);
}

static void
test_others (void)
{
  g_autoptr (JsonObject) object = parse (
      "{\"t\":true,\"f\":false,\"a\":[1,2],\"o\":{\"x\":1},\"n\":1,\"s\":\"true\",\"null\":null}");
  g_autoptr (GError) error = NULL;
  gboolean truth = FALSE;
  JsonArray *array = NULL;
  JsonObject *inner = NULL;

  g_assert_true (confab_json_get_bool (object, "t", &truth, &error));
  g_assert_true (truth);
  g_assert_true (confab_json_get_bool (object, "f", &truth, &error));
  g_assert_false (truth);
  assert_invalid_field (confab_json_get_bool (object, "n", &truth, &error), &error, "n");
  assert_invalid_field (confab_json_get_bool (object, "s", &truth, &error), &error, "s");
  assert_invalid_field (confab_json_get_bool (object, "a", &truth, &error), &error, "a");
  assert_invalid_field (confab_json_get_bool (object, "null", &truth, &error), &error, "null");
  assert_invalid_field (confab_json_get_bool (object, "none", &truth, &error), &error, "none");

  g_assert_true (confab_json_get_array (object, "a", &array, &error));
  g_assert_cmpuint (json_array_get_length (array), ==, 2);
  assert_invalid_field (confab_json_get_array (object, "o", &array, &error), &error, "o");
  assert_invalid_field (confab_json_get_array (object, "null", &array, &error), &error, "null");
  assert_invalid_field (confab_json_get_array (object, "none", &array, &error), &error, "none");

  g_assert_true (confab_json_get_object (object, "o", &inner, &error));
  g_assert_cmpint (json_object_get_int_member (inner, "x"), ==, 1);
  assert_invalid_field (confab_json_get_object (object, "a", &inner, &error), &error, "a");
  assert_invalid_field (confab_json_get_object (object, "null", &inner, &error), &error, "null");
  assert_invalid_field (confab_json_get_object (object, "none", &inner, &error), &error, "none");
}

static void
test_ids (void)
{
  g_autoptr (JsonObject) object = parse (
      "{\"ids\":[3,1,2],\"empty\":[],\"twice\":[1,2,1],\"zero\":[0],\"low\":[-1],\"float\":[1.0],"
      "\"string\":[\"1\"],\"null\":[null],\"huge\":[9223372036854775808],\"deep\":[[1]],\"n\":1}");
  static const char *const wrong[] = { "twice", "zero", "low",  "float", "string",
                                       "null",  "huge", "deep", "n",     "none" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = confab_json_get_ids (object, "ids", 3, &error);
  g_autoptr (GArray) empty = confab_json_get_ids (object, "empty", 3, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 3);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, 3);
  g_assert_cmpint (g_array_index (ids, gint64, 2), ==, 2);
  g_assert_cmpuint (empty->len, ==, 0);

  assert_invalid_field (confab_json_get_ids (object, "ids", 2, &error) != NULL, &error, "ids");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_invalid_field (confab_json_get_ids (object, wrong[i], 3, &error) != NULL, &error,
                          wrong[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/valid", test_valid);
  g_test_add_func ("/json/malformed", test_malformed);
  g_test_add_func ("/json/bad-characters", test_bad_characters);
  g_test_add_func ("/json/truncated", test_truncated);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/size", test_size);
  g_test_add_func ("/json/members", test_members);
  g_test_add_func ("/json/values", test_values);
  g_test_add_func ("/json/filler", test_filler);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/ints", test_ints);
  g_test_add_func ("/json/others", test_others);
  g_test_add_func ("/json/ids", test_ids);

  return g_test_run ();
}
