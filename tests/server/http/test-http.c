/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The router and the chunked coding. */

#include <string.h>

#include "confab-chunked.h"
#include "confab-router.h"

static void
handle (ConfabApi *api, ConfabRequest *request)
{
  g_assert_not_reached ();
}

static const ConfabRoute routes[] = {
  { CONFAB_METHOD_GET, "/a", TRUE, FALSE, handle },
  { CONFAB_METHOD_POST, "/a", FALSE, TRUE, handle },
  { CONFAB_METHOD_GET, "/a/{id}", FALSE, FALSE, handle },
  { CONFAB_METHOD_DELETE, "/a/{id}/b/{other}", FALSE, FALSE, handle },
};

static const ConfabRoute *
find (ConfabMethod method, const char *path, char **params, guint *allowed)
{
  return confab_router_find (routes, G_N_ELEMENTS (routes), method, path, params, allowed);
}

static void
test_routes (void)
{
  char *params[CONFAB_REQUEST_MAX_PARAMS] = { NULL };
  guint allowed;

  g_assert_true (find (CONFAB_METHOD_GET, "/a", params, &allowed) == &routes[0]);
  g_assert_true (find (CONFAB_METHOD_POST, "/a", params, &allowed) == &routes[1]);
  g_assert_true (find (CONFAB_METHOD_GET, "/a/17", params, &allowed) == &routes[2]);
  g_assert_cmpstr (params[0], ==, "17");
  g_assert_null (params[1]);
  g_clear_pointer (&params[0], g_free);
  g_assert_true (find (CONFAB_METHOD_DELETE, "/a/1/b/x-y", params, &allowed) == &routes[3]);
  g_assert_cmpstr (params[0], ==, "1");
  g_assert_cmpstr (params[1], ==, "x-y");
  g_free (params[0]);
  g_free (params[1]);
}

static void
test_no_routes (void)
{
  const char *const paths[] = { "",       "/",       "/b",        "/a/", "/A", "/a/1/",
                                "/a/1/b", "/a/1/b/", "/a/1/b/2/", "/aa", "a" };
  char *params[CONFAB_REQUEST_MAX_PARAMS] = { NULL };
  guint allowed;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_assert_null (find (CONFAB_METHOD_GET, paths[i], params, &allowed));
      g_assert_cmpuint (allowed, ==, 0);
      g_assert_null (params[0]);
    }

  g_assert_null (find (CONFAB_METHOD_PUT, "/a", params, &allowed));
  g_assert_cmpuint (allowed, ==, CONFAB_METHOD_GET | CONFAB_METHOD_POST);
  g_assert_null (find (CONFAB_METHOD_GET, "/a/1/b/2", params, &allowed));
  g_assert_cmpuint (allowed, ==, CONFAB_METHOD_DELETE);
  g_assert_null (params[0]);
}

/* Decodes @text in pieces of @step bytes. */
static ConfabChunkedState
decode (const char *text, gsize step, gsize max_bytes, GByteArray *body, guint64 *n_bytes)
{
  ConfabChunked chunked = { 0 };
  gsize length = strlen (text);
  gsize taken;

  *n_bytes = 0;
  for (gsize i = 0; i < length; i += step)
    {
      gboolean done = chunked.state == CONFAB_CHUNKED_DONE;

      confab_chunked_decode (&chunked, (const guint8 *)text + i, MIN (step, length - i), body,
                             max_bytes, n_bytes, &taken);
      if (done)
        g_assert_cmpuint (taken, ==, 0);
    }

  return chunked.state;
}

static void
test_chunks (void)
{
  const char *text =
      "5\r\nhello\r\n1;name=value\r\n,\r\n0A \r\n 123456789\r\n0\r\nX: y\r\n\r\nrest";

  for (gsize step = 1; step < 80; step++)
    {
      g_autoptr (GByteArray) body = g_byte_array_new ();
      guint64 n_bytes;

      g_assert_cmpint (decode (text, step, 100, body, &n_bytes), ==, CONFAB_CHUNKED_DONE);
      g_assert_cmpmem (body->data, body->len, "hello, 123456789", 16);
      g_assert_cmpuint (n_bytes, ==, 16);
    }
}

static void
test_chunks_beyond_the_limit (void)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  guint64 n_bytes;

  g_assert_cmpint (decode ("5\r\nhello\r\n6\r\n there\r\n0\r\n\r\n", 3, 7, body, &n_bytes), ==,
                   CONFAB_CHUNKED_DONE);
  g_assert_cmpmem (body->data, body->len, "hello t", 7);
  g_assert_cmpuint (n_bytes, ==, 11);
}

static void
test_broken_chunks (void)
{
  const char *const texts[] = {
    "\r\n",     "x\r\n",  "-1\r\n",      "+1\r\n",        "0x1\r\n",
    "5\nhello", "5\r\r",  "5\r\nhelloX", "5\r\nhello\rX", "ffffffffffffffff\r\n",
    "1;\n",     " 5\r\n", "0\r\n\rX",    "1;a\x01",       "0\r\nX: y\n\r\n",
    "0\r\n\n",  "1 \x7f", "0\r\nX\ry",   "0\r\n\x01",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GByteArray) body = g_byte_array_new ();
      guint64 n_bytes;

      g_test_message ("%u", i);
      g_assert_cmpint (decode (texts[i], 1, 100, body, &n_bytes), ==, CONFAB_CHUNKED_BROKEN);
    }
}

/* Extensions and trailers are bounded: they are not a way to send for ever. */
static void
test_endless_overhead (void)
{
  const char *const beginnings[] = { "5;", "0\r\nX: " };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autoptr (GByteArray) body = g_byte_array_new ();
      g_autofree char *filler = g_strnfill (100000, 'x');
      g_autofree char *text = g_strconcat (beginnings[i], filler, NULL);
      guint64 n_bytes;

      g_assert_cmpint (decode (text, 1000, 100, body, &n_bytes), ==, CONFAB_CHUNKED_BROKEN);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/routes", test_routes);
  g_test_add_func ("/http/no-routes", test_no_routes);
  g_test_add_func ("/http/chunks", test_chunks);
  g_test_add_func ("/http/chunks-beyond-the-limit", test_chunks_beyond_the_limit);
  g_test_add_func ("/http/broken-chunks", test_broken_chunks);
  g_test_add_func ("/http/endless-overhead", test_endless_overhead);

  return g_test_run ();
}
