/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Searches the mirrors of all accounts on this computer, whether Confab runs or not. Reads only.
 * Blocks: call on a worker thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* At most so many conversations and people, and so many messages, of one account are found. */
#define CONFAB_SEARCH_NAMES 5
#define CONFAB_SEARCH_MESSAGES 10

/* What is found: a conversation, a message in it, or a person with whom there is none yet. */
typedef struct
{
  char *account_id;
  gint64 conversation_id; /* 0: a person */
  gint64 seq;             /* 0: the conversation as a whole */
  char *username;         /* (nullable): the person */
} ConfabSearchHit;

void confab_search_hit_free (ConfabSearchHit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabSearchHit, confab_search_hit_free)

/* Return the text that stands for a hit. (transfer full) */
char *confab_search_hit_to_id (const ConfabSearchHit *self);
/* Return NULL if @id is none. (transfer full) (nullable) */
ConfabSearchHit *confab_search_hit_parse (const char *id);

/**
 * confab_search_run:
 * @data_dir: the folder of all accounts
 * @terms: each of them must occur in what is found, in capitals or not
 * @messages: whether to look at what was written, too
 *
 * Mirrors that cannot be read are left out.
 *
 * Returns: (transfer full) (element-type ConfabSearchHit): names first, then messages, the newest
 *   first
 */
GPtrArray *confab_search_run (const char *data_dir, const char *const *terms, gboolean messages);

/**
 * confab_search_describe:
 * @messages: whether a message may be told; else it is not found
 * @title: (out): its name
 * @text: (out) (nullable): a line about it
 *
 * Returns: whether it is still there
 */
gboolean confab_search_describe (const char *data_dir,
                                 const ConfabSearchHit *hit,
                                 gboolean messages,
                                 char **title,
                                 char **text);

G_END_DECLS
