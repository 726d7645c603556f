/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Heads of requests: what is taken, what is refused, and what it costs to wait for one. */

#include <string.h>

#include "confab-head.h"

static ConfabHeadState
find_end (const char *text, gsize length, gsize step, gsize *end)
{
  ConfabHeadState state = CONFAB_HEAD_PARTIAL;
  gsize scanned = 0;

  for (gsize n = MIN (step, length); state == CONFAB_HEAD_PARTIAL; n = MIN (n + step, length))
    {
      state = confab_head_find_end (text, n, &scanned, end);
      if (n == length)
        break;
    }

  return state;
}

/* A head, whatever its end was found in; NULL if any part of reading it failed. */
static ConfabHead *
parse (const char *text)
{
  gsize length = strlen (text), end = 0;

  if (find_end (text, length, length, &end) != CONFAB_HEAD_WHOLE)
    return NULL;

  return confab_head_parse (text, end);
}

static void
test_whole (void)
{
  const char *text =
      "PUT /a/%C3%A9+b?x=1&y=a+b%26c&z HTTP/1.1\r\nHost: h\r\nX-Two:\t one \r\nx-two: two\r\n"
      "Empty:\r\n\r\nbody";

  for (gsize step = 1; step < 120; step++)
    {
      g_autoptr (ConfabHead) head = NULL;
      gsize end = 0;

      g_assert_cmpint (find_end (text, strlen (text), step, &end), ==, CONFAB_HEAD_WHOLE);
      g_assert_cmpstr (text + end, ==, "body");
      head = confab_head_parse (text, end);
      g_assert_nonnull (head);
      g_assert_cmpstr (head->method, ==, "PUT");
      g_assert_cmpstr (head->path, ==, "/a/é+b");
      g_assert_cmpstr (head->query[0], ==, "x=1");
      g_assert_cmpstr (head->query[1], ==, "y=a b&c");
      g_assert_cmpstr (head->query[2], ==, "z");
      g_assert_null (head->query[3]);
      g_assert_cmpuint (head->minor, ==, 1);
      g_assert_cmpstr (confab_head_get (head, "x-two"), ==, "one, two");
      g_assert_cmpstr (confab_head_get (head, "empty"), ==, "");
      g_assert_null (confab_head_get (head, "missing"));
      g_assert_true (confab_head_has_token (head, "x-two", "TWO"));
      g_assert_false (confab_head_has_token (head, "x-two", "tw"));
    }
}

static void
test_targets (void)
{
  static const struct
  {
    const char *target;
    const char *path;
  } cases[] = {
    { "/", "/" },
    { "/a;b=c", "/a;b=c" },
    { "//a/../b", "//a/../b" }, /* nothing is tidied up */
    { "http://host/a?b", "/a" },
    { "HTTPS://host", "/" },
    { "http://host?a=/b/c", "/" }, /* a slash in the query begins no path */
    { "http://host?", "/" },
    { "/?", "/" },
    { "/%ff", "/\xff" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("GET %s HTTP/1.1\r\n\r\n", cases[i].target);
      g_autoptr (ConfabHead) head = parse (text);

      g_assert_nonnull (head);
      g_assert_cmpstr (head->path, ==, cases[i].path);
    }
}

/* Control characters in whatever form, and everything that one reader would take otherwise than
 * the next. */
static void
test_malformed (void)
{
  static const char *const texts[] = {
    "GET /%00 HTTP/1.1\r\n\r\n",
    "GET /%0a HTTP/1.1\r\n\r\n",
    "GET /healthz%0d%0aHost:%20x HTTP/1.1\r\n\r\n",
    "GET /healthz%0aHTTP/1.1 HTTP/1.1\r\n\r\n",
    "GET /?a=%00b HTTP/1.1\r\n\r\n",
    "GET /?a=%1f HTTP/1.1\r\n\r\n",
    "GET /%7f HTTP/1.1\r\n\r\n",
    "GET /% HTTP/1.1\r\n\r\n",
    "GET /%4 HTTP/1.1\r\n\r\n",
    "GET /%zz HTTP/1.1\r\n\r\n",
    "GET /?%z1 HTTP/1.1\r\n\r\n",
    "GET /#x HTTP/1.1\r\n\r\n",
    "GET /\xc3\xa9 HTTP/1.1\r\n\r\n",
    "GET * HTTP/1.1\r\n\r\n",
    "GET a HTTP/1.1\r\n\r\n",
    "GET ?a HTTP/1.1\r\n\r\n",
    "GET http:///a HTTP/1.1\r\n\r\n",
    "GET https://?a HTTP/1.1\r\n\r\n",
    "GET /a%2Fb HTTP/1.1\r\n\r\n",
    "GET http://host/a%2fb HTTP/1.1\r\n\r\n",
    "GET  / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1 \r\n\r\n",
    "GET /\tHTTP/1.1\r\n\r\n",
    "GET / HTTP/2.0\r\n\r\n",
    "GET / http/1.1\r\n\r\n",
    "GET / HTTP/1.10\r\n\r\n",
    "GET /\r\n\r\n",
    "G(T / HTTP/1.1\r\n\r\n",
    "\r\n\r\n",
    "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
    "GET / HTTP/1.1\r\n folded\r\n\r\n",
    "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
    "GET / HTTP/1.1\r\n: x\r\n\r\n",
    "GET / HTTP/1.1\r\nno colon\r\n\r\n",
    "GET / HTTP/1.1\r\nA: b\x01\r\n\r\n",
    "GET / HTTP/1.1\r\nA: b\x7f\r\n\r\n",
    "GET / HTTP/1.1\nHost: x\n\n",
    "GET / HTTP/1.1\r\nHost: x\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\rY: z\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1\r\nContent-Length: 1\r\ncontent-length: 1\r\n\r\n",
    "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ConfabHead) head = parse (texts[i]);

      if (head != NULL)
        g_error ("taken: %s", texts[i]);
    }
}

/* A NUL is no end of anything. */
static void
test_raw_nul (void)
{
  static const char text[] = "GET / HTTP/1.1\r\nA: b\0c\r\n\r\n";
  gsize scanned = 0, end;

  g_assert_cmpint (confab_head_find_end (text, sizeof text - 1, &scanned, &end), ==,
                   CONFAB_HEAD_MALFORMED);
}

static void
test_too_large (void)
{
  g_autofree char *filler = g_strnfill (CONFAB_HEAD_MAX_BYTES, 'x');
  g_autofree char *long_target = g_strdup_printf ("GET /%s HTTP/1.1\r\n\r\n", filler);
  g_autofree char *just =
      g_strdup_printf ("GET / HTTP/1.1\r\nA: %.*s\r\n\r\n", CONFAB_HEAD_MAX_BYTES - 23, filler);
  g_autofree char *more =
      g_strdup_printf ("GET / HTTP/1.1\r\nA: %.*s\r\n\r\n", CONFAB_HEAD_MAX_BYTES - 22, filler);
  gsize end;

  for (gsize step = 1; step < 5000; step = step * 3 + 1)
    {
      g_assert_cmpint (find_end (long_target, strlen (long_target), step, &end), ==,
                       CONFAB_HEAD_TOO_LARGE);
      g_assert_cmpuint (strlen (just), ==, CONFAB_HEAD_MAX_BYTES);
      g_assert_cmpint (find_end (just, strlen (just), step, &end), ==, CONFAB_HEAD_WHOLE);
      g_assert_cmpint (find_end (more, strlen (more), step, &end), ==, CONFAB_HEAD_TOO_LARGE);
    }
}

static void
test_many_fields (void)
{
  g_autoptr (GString) text = g_string_new ("GET / HTTP/1.1\r\n");

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (text, "X%u: 1\r\n", i);
  g_string_append (text, "\r\n");
  g_assert_null (parse (text->str));
}

/* Whatever a good head becomes, reading it ends, and gives a head or none. */
static void
test_mutations (void)
{
  static const char good[] =
      "POST /v1/users?a=%41&b=c HTTP/1.1\r\nHost: h\r\nContent-Length: 12\r\n"
      "Connection: close, x\r\nExpect: 100-continue\r\n\r\n";
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint n_taken = 0;

  for (guint round = 0; round < 50000; round++)
    {
      g_autofree char *text = g_memdup2 (good, sizeof good);
      guint n_changes = (guint)g_rand_int_range (rand, 1, 4);
      gsize scanned = 0, end = 0;

      for (guint i = 0; i < n_changes; i++)
        text[g_rand_int_range (rand, 0, sizeof good - 1)] = (char)g_rand_int_range (rand, 0, 256);
      if (confab_head_find_end (text, sizeof good - 1, &scanned, &end) == CONFAB_HEAD_WHOLE)
        {
          g_autoptr (ConfabHead) head = confab_head_parse (text, end);

          n_taken += head != NULL;
          if (head != NULL)
            g_assert_cmpint (head->path[0], ==, '/');
        }
    }
  g_assert_cmpuint (n_taken, >, 100);
  g_assert_cmpuint (n_taken, <, 49000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/head/whole", test_whole);
  g_test_add_func ("/head/targets", test_targets);
  g_test_add_func ("/head/malformed", test_malformed);
  g_test_add_func ("/head/raw-nul", test_raw_nul);
  g_test_add_func ("/head/too-large", test_too_large);
  g_test_add_func ("/head/many-fields", test_many_fields);
  g_test_add_func ("/head/mutations", test_mutations);

  return g_test_run ();
}
