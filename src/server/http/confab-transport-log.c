/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-transport-log.h"

#include <libwebsockets.h>
#include <string.h>

#define TELL_AGAIN_SECONDS 60
/* The number of kinds of lines that are limited separately; all others share one limit. */
#define MAX_TELLINGS 32

/* What was last logged of one kind of line. */
typedef struct
{
  gint64 told_at; /* monotonic, µs */
  guint n_untold;
} Telling;

/* Lines that differ only in numbers and addresses are of one kind. Return its entry in
 * @tellings. */
static Telling *
find_telling (GHashTable *tellings, int level, const char *line, gsize length)
{
  g_autoptr (GString) kind = g_string_new (NULL);
  Telling *telling;

  g_string_append_printf (kind, "%d ", level);
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isxdigit (line[i]))
      g_string_append_c (kind, line[i]);
  if (g_hash_table_size (tellings) >= MAX_TELLINGS && !g_hash_table_contains (tellings, kind->str))
    g_string_assign (kind, "others");

  telling = g_hash_table_lookup (tellings, kind->str);
  if (telling == NULL)
    {
      telling = g_new0 (Telling, 1);
      g_hash_table_insert (tellings, g_strdup (kind->str), telling);
    }

  return telling;
}

/* Any thread. */
static void
log_line (int level, const char *line)
{
  static GMutex mutex;
  static GHashTable *tellings;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  const gsize length = strcspn (line, "\n");
  gint64 now = g_get_monotonic_time ();
  Telling *telling;

  if (tellings == NULL)
    tellings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  telling = find_telling (tellings, level, line, length);
  telling->n_untold++;
  if (telling->told_at != 0 && now - telling->told_at < TELL_AGAIN_SECONDS * G_USEC_PER_SEC)
    return;

  g_printerr ("event=transport level=%s count=%u message=\"%.*s\"\n",
              level == LLL_ERR ? "error" : "warning", telling->n_untold, (int)length, line);
  telling->told_at = now;
  telling->n_untold = 0;
}

void
confab_transport_log_start (void)
{
  lws_set_log_level (LLL_ERR | LLL_WARN, log_line);
}
