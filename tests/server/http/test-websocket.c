/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Frames of clients, whole and in pieces, and those that no client may send. */

#include <string.h>

#include "confab-websocket.h"

#define MAX_BYTES 4096

static const guint8 mask[] = { 0x12, 0x34, 0x56, 0x78 };

/* A masked frame. @form: how the length is written: 0 as it must be, or in 2 or 8 bytes. */
static void
append_frame (GByteArray *to, guint8 first, const char *payload, gsize length, guint form)
{
  guint n_bytes = form != 0 ? form : length < 126 ? 0 : length <= G_MAXUINT16 ? 2 : 8;
  guint8 head[] = { first, (guint8)(0x80 | (n_bytes == 0 ? length : n_bytes == 2 ? 126 : 127)) };

  g_byte_array_append (to, head, sizeof head);
  for (guint i = n_bytes; i > 0; i--)
    g_byte_array_append (to, &(guint8){ (guint8)(length >> (8 * (i - 1))) }, 1);
  g_byte_array_append (to, mask, sizeof mask);
  for (gsize i = 0; i < length; i++)
    g_byte_array_append (to, &(guint8){ (guint8)payload[i] ^ mask[i % 4] }, 1);
}

/* What came, as "opcode:payload;". */
static gboolean
note (ConfabWebsocketOpcode opcode, const guint8 *data, gsize length, gpointer user_data)
{
  GString *seen = user_data;

  g_string_append_printf (seen, "%u:", opcode);
  g_string_append_len (seen, (const char *)data, (gssize)length);
  g_string_append_c (seen, ';');

  return opcode != CONFAB_WEBSOCKET_CLOSE;
}

static guint
feed (GByteArray *data, gsize step, GString *seen)
{
  ConfabWebsocket websocket = { .max_bytes = MAX_BYTES };
  guint problem = 0;

  for (gsize i = 0; i < data->len && problem == 0; i += step)
    problem =
        confab_websocket_feed (&websocket, data->data + i, MIN (step, data->len - i), note, seen);
  /* After a problem, all further input is refused. */
  if (problem != 0)
    for (guint i = 0; i < 100; i++)
      g_assert_cmpuint (confab_websocket_feed (&websocket, data->data, data->len, note, seen), ==,
                        problem);
  confab_websocket_clear (&websocket);

  return problem;
}

static void
test_messages (void)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autofree char *long_text = g_strnfill (MAX_BYTES, 'x');
  g_autofree char *expected =
      g_strdup_printf ("1:hello;9:ping;1:one two;2:\xff;1:;10:;1:%s;8:\x03\xe8;", long_text);

  append_frame (data, 0x81, "hello", 5, 0);
  append_frame (data, 0x01, "one", 3, 0);
  append_frame (data, 0x89, "ping", 4, 0);
  append_frame (data, 0x00, "", 0, 0);
  append_frame (data, 0x80, " two", 4, 0);
  append_frame (data, 0x82, "\xff", 1, 0);
  append_frame (data, 0x81, "", 0, 0);
  append_frame (data, 0x8a, "", 0, 0);
  append_frame (data, 0x81, long_text, MAX_BYTES, 0);
  append_frame (data, 0x88, "\x03\xe8", 2, 0);
  append_frame (data, 0x81, "never", 5, 0);
  for (gsize step = 1; step < 300; step = step * 2 + 1)
    {
      g_autoptr (GString) seen = g_string_new (NULL);
      ConfabWebsocket websocket = { .max_bytes = MAX_BYTES };

      for (gsize i = 0; i < data->len && strstr (seen->str, "8:") == NULL; i += step)
        g_assert_cmpuint (confab_websocket_feed (&websocket, data->data + i,
                                                 MIN (step, data->len - i), note, seen),
                          ==, 0);
      g_assert_cmpmem (seen->str, seen->len, expected, strlen (expected));
      confab_websocket_clear (&websocket);
    }
}

typedef struct
{
  guint code;
  const char *data;
  gsize length;
} Bad;

#define BAD(code, text) { code, text, sizeof text - 1 }
#define MASK "\x01\x02\x03\x04"

static const Bad bad_frames[] = {
  BAD (1002, "\x81\x05hello"), /* unmasked */
  BAD (1002, "\x81\x00"),      /* unmasked and empty */
  BAD (1002, "\x89\x00"),      /* an unmasked ping */
  BAD (1002, "\xc1\x80" MASK), /* reserved bits */
  BAD (1002, "\xa1\x80" MASK),
  BAD (1002, "\x91\x80" MASK),
  BAD (1002, "\x83\x80" MASK), /* reserved opcodes */
  BAD (1002, "\x8b\x80" MASK),
  BAD (1002, "\x8f\x80" MASK),
  BAD (1002, "\x80\x80" MASK), /* nothing to go on with */
  BAD (1002, "\x09\x80" MASK), /* control frames in parts, or too long */
  BAD (1002, "\x89\xfe\x00\x7e" MASK),
  BAD (1002, "\x81\xfe\x00\x05" MASK "hello"), /* lengths longer than they need to be */
  BAD (1002, "\x81\xff\x00\x00\x00\x00\x00\x00\x00\x05" MASK "hello"),
  BAD (1002, "\x81\xff\x00\x00\x00\x00\x00\x00\xff\xff" MASK),
  BAD (1002, "\x81\xff\x80\x00\x00\x00\x00\x00\x00\x00" MASK), /* impossible */
  BAD (1002, "\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff" MASK),
  BAD (1009, "\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff" MASK),
  BAD (1009, "\x81\xff\x00\x00\x00\x00\x00\x01\x00\x00" MASK),
  BAD (1009, "\x81\xfe\x10\x01" MASK),
  BAD (1002, "\x01\x80" MASK "\x81\x80" MASK), /* the message before has not ended */
  BAD (1007, "\x81\x81\x00\x00\x00\x00\xff"),
  BAD (1007, "\x01\x81\x00\x00\x00\x00\xc3\x80\x81\x00\x00\x00\x00\x28"),
  BAD (
      1002,
      "\x88\x81\x00\x00\x00\x00\x03"), /* close frames with half a code, or none that may be sent */
  BAD (1002, "\x88\x82\x00\x00\x00\x00\x03\xed"),
  BAD (1002, "\x88\x82\x00\x00\x00\x00\x00\x01"),
  BAD (1007, "\x88\x83\x00\x00\x00\x00\x03\xe8\xff"),
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_frames); i++)
    for (gsize step = 1; step < 20; step += 6)
      {
        g_autoptr (GByteArray) data = g_byte_array_new ();
        g_autoptr (GString) seen = g_string_new (NULL);
        guint code;

        g_byte_array_append (data, (const guint8 *)bad_frames[i].data, (guint)bad_frames[i].length);
        code = feed (data, step, seen);
        if (code != bad_frames[i].code)
          g_error ("%u: %u", i, code);
        g_assert_cmpstr (seen->str, ==, "");
      }
}

/* Parts count together. */
static void
test_too_long_in_parts (void)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autofree char *half = g_strnfill (MAX_BYTES / 2, 'x');

  append_frame (data, 0x01, half, MAX_BYTES / 2, 0);
  append_frame (data, 0x00, half, MAX_BYTES / 2, 0);
  append_frame (data, 0x80, "x", 1, 0);
  g_assert_cmpuint (feed (data, 1000, seen), ==, 1009);
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GByteArray) data = g_byte_array_new ();
      g_autoptr (GString) seen = g_string_new (NULL);
      guint length = (guint)g_rand_int_range (rand, 1, 60);

      for (guint i = 0; i < length; i++)
        g_byte_array_append (data, &(guint8){ (guint8)g_rand_int (rand) }, 1);
      data->data[0] = (guint8)(0x80 | (data->data[0] & 0x0f));
      feed (data, (gsize)g_rand_int_range (rand, 1, 20), seen);
    }
}

static void
test_head (void)
{
  static const struct
  {
    gsize length;
    guint n_bytes;
    const char *head;
  } cases[] = {
    { 0, 2, "\x81\x00" },
    { 125, 2, "\x81\x7d" },
    { 126, 4, "\x81\x7e\x00\x7e" },
    { 65535, 4, "\x81\x7e\xff\xff" },
    { 65536, 10, "\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint8 head[CONFAB_WEBSOCKET_HEAD_MAX_BYTES];

      g_assert_cmpuint (confab_websocket_write_head (head, CONFAB_WEBSOCKET_TEXT, cases[i].length),
                        ==, cases[i].n_bytes);
      g_assert_cmpmem (head, cases[i].n_bytes, cases[i].head, cases[i].n_bytes);
    }
}

/* RFC 6455 §1.3 */
static void
test_accept (void)
{
  static const char *const bad[] = { "",
                                     "x",
                                     "dGhlIHNhbXBsZSBub25jZQ",
                                     "dGhlIHNhbXBsZSBub25jZQ== ",
                                     "AAAA",
                                     "dGhlIHNhbXBsZSBub25jZR==" };
  g_autofree char *accept = confab_websocket_accept ("dGhlIHNhbXBsZSBub25jZQ==");

  g_assert_cmpstr (accept, ==, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  g_assert_null (confab_websocket_accept (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (confab_websocket_accept (bad[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/websocket/messages", test_messages);
  g_test_add_func ("/websocket/bad", test_bad);
  g_test_add_func ("/websocket/too-long-in-parts", test_too_long_in_parts);
  g_test_add_func ("/websocket/random", test_random);
  g_test_add_func ("/websocket/head", test_head);
  g_test_add_func ("/websocket/accept", test_accept);

  return g_test_run ();
}
