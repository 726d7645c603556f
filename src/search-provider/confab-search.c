/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-search"

#include "confab-search.h"

#include <string.h>

#include "confab-account-folder.h"
#include "confab-query.h"
#include "confab-text.h"

/* Older messages are not looked at: a search must answer while the user types. */
#define LOOKED_AT 20000

/* The name of the conversation c: its title, or the names of the others. $1: the user's own id. */
#define NAME                                                                                       \
  "coalesce (nullif (c.title, ''), (SELECT group_concat (u.username, ', ')"                        \
  " FROM conversation_users m JOIN users u ON u.id = m.user_id"                                    \
  " WHERE m.conversation_id = c.id AND m.user_id <> $1 AND m.left_at IS NULL), '')"
#define SHOWN                                                                                      \
  "NOT EXISTS (SELECT 1 FROM closed_conversations x"                                               \
  " WHERE x.conversation_id = c.id AND x.hidden <> 0)"

/* ---- hits ---- */

void
confab_search_hit_free (ConfabSearchHit *self)
{
  g_free (self->account_id);
  g_free (self->username);
  g_free (self);
}

static ConfabSearchHit *
hit_new (const char *account_id, gint64 conversation_id, gint64 seq, const char *username)
{
  ConfabSearchHit *self = g_new0 (ConfabSearchHit, 1);

  *self = (ConfabSearchHit){ g_strdup (account_id), conversation_id, seq, g_strdup (username) };
  return self;
}

char *
confab_search_hit_to_id (const ConfabSearchHit *self)
{
  if (self->username != NULL)
    return g_strdup_printf ("person:%s:%s", self->account_id, self->username);

  return g_strdup_printf ("conversation:%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT,
                          self->account_id, self->conversation_id, self->seq);
}

ConfabSearchHit *
confab_search_hit_parse (const char *id)
{
  g_auto (GStrv) parts = g_strsplit (id, ":", 4);
  guint n = g_strv_length (parts);
  gint64 conversation_id, seq;

  if (n == 3 && g_str_equal (parts[0], "person"))
    return hit_new (parts[1], 0, 0, parts[2]);
  if (n == 4 && g_str_equal (parts[0], "conversation")
      && g_ascii_string_to_signed (parts[2], 10, 1, G_MAXINT64, &conversation_id, NULL)
      && g_ascii_string_to_signed (parts[3], 10, 0, G_MAXINT64, &seq, NULL))
    return hit_new (parts[1], conversation_id, seq, NULL);

  return NULL;
}

/* ---- searching ---- */

typedef struct
{
  ConfabDatabase *database;
  const char *account_id;
  gint64 self_user_id;
  const char *const *keys; /* the terms, folded */
  GPtrArray *hits;
} Search;

static gboolean
matches (const Search *self, const char *text)
{
  g_autofree char *key = text != NULL ? confab_text_key (text) : NULL;

  for (guint i = 0; key != NULL && self->keys[i] != NULL; i++)
    if (strstr (key, self->keys[i]) == NULL)
      return FALSE;

  return key != NULL;
}

static void
finish (ConfabResult *result)
{
  g_autoptr (GError) error = NULL;

  if (!confab_result_end (result, &error))
    g_message ("A mirror cannot be searched: %s", error->message);
}

static void
find_conversations (const Search *self)
{
  guint n = 0;
  g_autoptr (ConfabResult) result = confab_database_query (
      self->database,
      "SELECT c.id, " NAME " FROM conversations c WHERE " SHOWN " ORDER BY c.id DESC",
      sql_int (self->self_user_id));

  while (n < CONFAB_SEARCH_NAMES && confab_result_next (result))
    if (matches (self, confab_result_get_text (result, 1)))
      {
        n++;
        g_ptr_array_add (self->hits,
                         hit_new (self->account_id, confab_result_get_int (result, 0), 0, NULL));
      }
  finish (result);
}

/* Those with a direct conversation are found by it. */
static void
find_people (const Search *self)
{
  guint n = 0;
  g_autoptr (ConfabResult) result = confab_database_query (
      self->database,
      "SELECT u.username FROM users u WHERE u.deleted = 0 AND u.id <> $1 AND NOT EXISTS"
      " (SELECT 1 FROM conversations c JOIN conversation_users m ON m.conversation_id = c.id"
      "  WHERE c.kind = 'direct' AND m.user_id = u.id) ORDER BY u.username",
      sql_int (self->self_user_id));

  while (n < CONFAB_SEARCH_NAMES && confab_result_next (result))
    if (matches (self, confab_result_get_text (result, 0)))
      {
        n++;
        g_ptr_array_add (self->hits,
                         hit_new (self->account_id, 0, 0, confab_result_get_text (result, 0)));
      }
  finish (result);
}

static void
find_messages (const Search *self)
{
  guint n = 0;
  g_autoptr (ConfabResult) result = confab_database_query (
      self->database,
      "SELECT m.conversation_id, m.seq, m.content FROM messages m"
      " JOIN conversations c ON c.id = m.conversation_id"
      " WHERE m.removed_at IS NULL AND " SHOWN " ORDER BY m.id DESC LIMIT $1",
      sql_int (LOOKED_AT));

  while (n < CONFAB_SEARCH_MESSAGES && confab_result_next (result))
    if (matches (self, confab_result_get_text (result, 2)))
      {
        n++;
        g_ptr_array_add (self->hits, hit_new (self->account_id, confab_result_get_int (result, 0),
                                              confab_result_get_int (result, 1), NULL));
      }
  finish (result);
}

static ConfabDatabase *
open_mirror (const char *data_dir, const char *account_id)
{
  g_autofree char *path = g_build_filename (data_dir, "accounts", account_id, "mirror.db", NULL);
  g_autoptr (GError) error = NULL;
  ConfabDatabase *database = confab_database_open (path, CONFAB_DATABASE_READ, FALSE, &error);

  if (database == NULL)
    g_message ("A mirror cannot be opened: %s", error->message);

  return database;
}

/* Return the terms folded, or NULL if nothing is left of them. (transfer full) (nullable) */
static char **
dup_keys (const char *const *terms)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  gboolean any = FALSE;

  for (guint i = 0; terms[i] != NULL; i++)
    {
      g_autofree char *key = confab_text_key (terms[i]);

      if (key == NULL || *key == '\0')
        continue;
      any = TRUE;
      g_strv_builder_add (keys, key);
    }

  return any ? g_strv_builder_end (keys) : NULL;
}

GPtrArray *
confab_search_run (const char *data_dir, const char *const *terms, gboolean messages)
{
  g_autoptr (GPtrArray) hits =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_search_hit_free);
  g_autoptr (ConfabAccountFolders) folders = confab_account_folders_look (data_dir);
  g_auto (GStrv) keys = dup_keys (terms);

  for (guint i = 0; keys != NULL && i < folders->accounts->len; i++)
    {
      ConfabAccount *account = folders->accounts->pdata[i];
      g_autoptr (ConfabDatabase) database = open_mirror (data_dir, confab_account_get_id (account));
      const Search search = { database, confab_account_get_id (account),
                              confab_account_get_user_id (account), (const char *const *)keys,
                              hits };

      if (database == NULL)
        continue;
      find_conversations (&search);
      find_people (&search);
      if (messages)
        find_messages (&search);
    }

  return g_steal_pointer (&hits);
}

/* ---- describing ---- */

static gint64
find_user_id (const char *data_dir, const char *account_id)
{
  g_autoptr (ConfabAccountFolders) folders = confab_account_folders_look (data_dir);

  for (guint i = 0; i < folders->accounts->len; i++)
    if (g_strcmp0 (confab_account_get_id (folders->accounts->pdata[i]), account_id) == 0)
      return confab_account_get_user_id (folders->accounts->pdata[i]);

  return 0;
}

gboolean
confab_search_describe (const char *data_dir,
                        const ConfabSearchHit *hit,
                        gboolean messages,
                        char **title,
                        char **text)
{
  gint64 self_user_id = find_user_id (data_dir, hit->account_id);
  g_autoptr (ConfabDatabase) database = NULL;
  g_autoptr (ConfabResult) result = NULL;
  gboolean found;

  *title = *text = NULL;
  if (self_user_id == 0 || (hit->seq != 0 && !messages))
    return FALSE;
  if (hit->username != NULL)
    {
      *title = g_strdup (hit->username);
      return TRUE;
    }
  database = open_mirror (data_dir, hit->account_id);
  if (database == NULL)
    return FALSE;

  result = confab_database_query (
      database,
      "SELECT " NAME ", u.username, substr (m.content, 1, 500) FROM conversations c"
      " LEFT JOIN messages m ON m.conversation_id = c.id AND m.seq = $3 AND m.removed_at IS NULL"
      " LEFT JOIN users u ON u.id = m.sender_id WHERE c.id = $2 AND " SHOWN,
      sql_int (self_user_id), sql_int (hit->conversation_id), sql_int (hit->seq));
  found = confab_result_next (result);
  if (found)
    {
      const char *content = confab_result_get_text (result, 2);

      *title = g_strdup (confab_result_get_text (result, 0));
      if (content != NULL)
        *text = g_strdup_printf ("%s: %s", confab_result_get_text (result, 1), content);
      found = hit->seq == 0 || content != NULL;
    }
  finish (result);

  return found && *title != NULL;
}
