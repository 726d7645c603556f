/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Parsing heads and bodies of requests, accepted and refused, in pieces of any size. */

#include <string.h>

#include "confab-http-parser.h"

/* Pass @step more bytes each time, as a connection does: bytes not consumed are passed again. @end:
 * where the head ended. */
static ConfabParseState
take_head (ConfabHttpParser *parser,
           const char *text,
           gsize length,
           gsize step,
           gsize *end,
           ConfabHead **head)
{
  ConfabParseState state = CONFAB_PARSE_PARTIAL;
  gsize start = 0, taken;

  for (gsize n = MIN (step, length); state == CONFAB_PARSE_PARTIAL; n = MIN (n + step, length))
    {
      state = confab_http_parser_take_head (parser, text + start, n - start, &taken, head);
      start += taken;
      if (n == length)
        break;
    }
  *end = start;

  return state;
}

static ConfabParseState
parse_pieces (const char *text, gsize length, gsize step, ConfabHead **head)
{
  g_autoptr (ConfabHttpParser) parser = confab_http_parser_new ();
  ConfabParseState state;
  gsize end;

  *head = NULL;
  state = take_head (parser, text, length, step, &end, head);
  g_assert_cmpint (state == CONFAB_PARSE_WHOLE, ==, *head != NULL);

  return state;
}

/* The head that @text is, or NULL. */
static ConfabHead *
parse (const char *text)
{
  ConfabHead *head;

  parse_pieces (text, strlen (text), strlen (text), &head);

  return head;
}

static void
test_whole (void)
{
  const char *text =
      "\r\nPUT /a/%C3%A9+b?x=1&y=a+b%26c&z HTTP/1.1\r\nHost: h\r\nX-Two:\t one \r\nx-two: two\r\n"
      "Empty:\r\n\r\nbody";

  for (gsize step = 1; step < 120; step++)
    {
      g_autoptr (ConfabHead) head = NULL;
      g_autoptr (ConfabHttpParser) parser = confab_http_parser_new ();
      gsize end = 0;

      g_assert_cmpint (take_head (parser, text, strlen (text), step, &end, &head), ==,
                       CONFAB_PARSE_WHOLE);
      g_assert_cmpstr (text + end, ==, "body");
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
      g_assert_true (head->keep_alive);
      g_assert_false (head->chunked);
      g_assert_cmpuint (head->content_length, ==, 0);
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
    { "http://[::1]:80/a", "/a" },
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

/* Control characters in any form, and anything that recipients could interpret differently. */
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
    "\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    "\nGET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/0.9\r\n\r\n",
    "GET / RTSP/1.0\r\n\r\n",
    "DESCRIBE / RTSP/1.0\r\n\r\n",
    "SOURCE / ICE/1.0\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "CONNECT host:80 HTTP/1.1\r\n\r\n",
    "AMETHODTHATHASMORETHANTHIRTYTWOLETTERS / HTTP/1.1\r\n\r\n",
    "GET http://u@host/ HTTP/1.1\r\n\r\n",
    "GET http://host:x/ HTTP/1.1\r\n\r\n",
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
    "GET / HTTP/1.1\r\nHost: a\r\n\rX: b\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\n\n",
    "GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    "GET / HTTP/1.1\r\nContent-Length: 18446744073709551616\r\n\r\n",
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

/* A host is a name or an address, and may have a port (RFC 3986 §3.2.2). */
static void
test_hosts (void)
{
  static const char *const good[] = {
    "", "a", "a.b-c_d:80", "a:", "127.0.0.1:8080", "[::1]", "[::1]:80", "xn--e1afmkfd.example",
  };
  static const char *const bad[] = {
    "a b",   "a\tb", "a/b",  "a?b", "a#b",       "u@a",      "a:b",
    "a:1:2", "::1",  "[::1", "[a]", "[::1]x",    "[]",       "[127.0.0.1]",
    "a%20b", "a\\b", "a\"b", "<a>", "a\xc3\xa9", "http://a",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good) + G_N_ELEMENTS (bad); i++)
    {
      gboolean is_good = i < G_N_ELEMENTS (good);
      const char *host = is_good ? good[i] : bad[i - G_N_ELEMENTS (good)];
      g_autofree char *text = g_strdup_printf ("GET / HTTP/1.1\r\nHost: %s\r\n\r\n", host);
      g_autoptr (ConfabHead) head = parse (text);

      if ((head != NULL) != is_good)
        g_error ("%s: %s", is_good ? "refused" : "taken", host);
    }
}

/* A NUL is no end of anything. */
static void
test_raw_nul (void)
{
  static const char text[] = "GET / HTTP/1.1\r\nA: b\0c\r\n\r\n";
  ConfabHead *head;

  g_assert_cmpint (parse_pieces (text, sizeof text - 1, 5, &head), ==, CONFAB_PARSE_MALFORMED);
}

/* Errors are reported at once, not at the end of the head. */
static void
test_early_refusal (void)
{
  static const char *const texts[] = { "\x16\x03", "G(", "\n", "GET  ", "\r\n\r\n" };
  ConfabHead *head;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (parse_pieces (texts[i], strlen (texts[i]), 1, &head), ==,
                     CONFAB_PARSE_MALFORMED);
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

  g_assert_cmpuint (strlen (just), ==, CONFAB_HEAD_MAX_BYTES);
  for (gsize step = 1; step < 5000; step = step * 3 + 1)
    {
      g_autoptr (ConfabHead) whole = NULL;
      ConfabHead *head;

      g_assert_cmpint (parse_pieces (long_target, strlen (long_target), step, &head), ==,
                       CONFAB_PARSE_TOO_LARGE);
      g_assert_cmpint (parse_pieces (just, strlen (just), step, &whole), ==, CONFAB_PARSE_WHOLE);
      g_assert_cmpint (parse_pieces (more, strlen (more), step, &head), ==, CONFAB_PARSE_TOO_LARGE);
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

/* Mutated heads: parsing always ends, with a head or an error. */
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
      g_autoptr (ConfabHead) head = NULL;

      for (guint i = 0; i < n_changes; i++)
        text[g_rand_int_range (rand, 0, sizeof good - 1)] = (char)g_rand_int_range (rand, 0, 256);
      parse_pieces (text, sizeof good - 1, (gsize)g_rand_int_range (rand, 1, sizeof good), &head);
      n_taken += head != NULL;
      if (head != NULL)
        g_assert_cmpint (head->path[0], ==, '/');
    }
  g_assert_cmpuint (n_taken, >, 100);
  g_assert_cmpuint (n_taken, <, 49000);
}

/* ---- bodies ---- */

static void
append (gconstpointer data, gsize length, gpointer user_data)
{
  g_byte_array_append (user_data, data, (guint)length);
}

/* Takes the body of a request whose header is @header; what comes is @text. */
static ConfabParseState
take_body (const char *header, const char *text, gsize step, GByteArray *body, gsize *end)
{
  g_autofree char *start = g_strdup_printf ("PUT / HTTP/1.1\r\n%s\r\n\r\n", header);
  g_autoptr (ConfabHead) head = NULL;
  ConfabParseState state = CONFAB_PARSE_PARTIAL;
  g_autoptr (ConfabHttpParser) parser = confab_http_parser_new ();
  gsize length = strlen (text), taken;

  g_assert_cmpint (take_head (parser, start, strlen (start), strlen (start), end, &head), ==,
                   CONFAB_PARSE_WHOLE);
  *end = 0;
  while (state == CONFAB_PARSE_PARTIAL && *end < length)
    {
      state = confab_http_parser_take_body (parser, text + *end, MIN (step, length - *end), &taken,
                                            append, body);
      *end += taken;
    }

  return state;
}

#define CHUNKED "Transfer-Encoding: chunked"

static void
test_bodies (void)
{
  static const struct
  {
    const char *header;
    const char *text;
  } cases[] = {
    { "Content-Length: 16", "hello, 123456789rest" },
    { CHUNKED, "5\r\nhello\r\n1;name=value\r\n,\r\n0A\r\n 123456789\r\n0\r\nX: y\r\n\r\nrest" },
    { CHUNKED, "10;a=\"b\"\r\nhello, 123456789\r\n0\r\n\r\nrest" },
    /* What an upgrade would mean does not matter after a body. */
    { CHUNKED "\r\nConnection: Upgrade, close\r\nUpgrade: h2c",
      "10\r\nhello, 123456789\r\n0\r\n\r\nrest" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize step = 1; step < 80; step++)
      {
        g_autoptr (GByteArray) body = g_byte_array_new ();
        gsize end;

        g_assert_cmpint (take_body (cases[i].header, cases[i].text, step, body, &end), ==,
                         CONFAB_PARSE_WHOLE);
        g_assert_cmpmem (body->data, body->len, "hello, 123456789", 16);
        g_assert_cmpstr (cases[i].text + end, ==, "rest");
      }
}

static void
test_broken_chunks (void)
{
  const char *const texts[] = {
    "\r\n",
    "x\r\n",
    "-1\r\n",
    "+1\r\n",
    "0x1\r\n",
    "5\nhello",
    "5\r\r",
    "5\r\nhelloX",
    "5\r\nhello\rX",
    "ffffffffffffffff\r\n",
    "1;\n",
    " 5\r\n",
    "0\r\n\rX",
    "1;a\x01",
    "0\r\nX: y\n\r\n",
    "0\r\n\n",
    "1 \x7f",
    "0\r\nX\ry",
    "0\r\n\x01",
    "fffffffffffffffff",
    "5 \r\n",
    "5 ;a\r\n",
    "80000000\r\n",
    "0\r\nContent-Length: 1\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize step = 1; step < 30; step += 28)
      {
        g_autoptr (GByteArray) body = g_byte_array_new ();
        gsize end;

        g_test_message ("%u", i);
        g_assert_cmpint (take_body (CHUNKED, texts[i], step, body, &end), ==,
                         CONFAB_PARSE_MALFORMED);
      }
}

/* Framing is limited, so a body cannot be sent forever. */
static void
test_endless_framing (void)
{
  const char *const beginnings[] = { "5;", "0\r\nX: ", "0000000000", "1\r\nx\r\n1;" };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autoptr (GByteArray) body = g_byte_array_new ();
      g_autofree char *filler = g_strnfill (100000, beginnings[i][2] == '0' ? '0' : 'x');
      g_autofree char *text = g_strconcat (beginnings[i], filler, NULL);
      gsize end;

      g_assert_cmpint (take_body (CHUNKED, text, 1000, body, &end), ==, CONFAB_PARSE_MALFORMED);
      g_assert_cmpuint (end, <, 8000);
    }
}

/* The smallest chunks there are carry as much as they like. */
static void
test_small_chunks (void)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  gsize end;

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "1\r\nx\r\n");
  g_string_append (text, "0\r\n\r\n");
  g_assert_cmpint (take_body (CHUNKED, text->str, 1000, body, &end), ==, CONFAB_PARSE_WHOLE);
  g_assert_cmpuint (body->len, ==, 20000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/head/whole", test_whole);
  g_test_add_func ("/head/targets", test_targets);
  g_test_add_func ("/head/malformed", test_malformed);
  g_test_add_func ("/head/raw-nul", test_raw_nul);
  g_test_add_func ("/head/hosts", test_hosts);
  g_test_add_func ("/head/early-refusal", test_early_refusal);
  g_test_add_func ("/head/too-large", test_too_large);
  g_test_add_func ("/head/many-fields", test_many_fields);
  g_test_add_func ("/head/mutations", test_mutations);
  g_test_add_func ("/body/whole", test_bodies);
  g_test_add_func ("/body/broken-chunks", test_broken_chunks);
  g_test_add_func ("/body/endless-framing", test_endless_framing);
  g_test_add_func ("/body/small-chunks", test_small_chunks);

  return g_test_run ();
}
