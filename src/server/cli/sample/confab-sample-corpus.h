/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Dialogues of the sample users by topic, from the text files in this folder.
 *
 * In a topic's file a blank line ends a dialogue, and each line is "SPEAKER: text". A speaker of
 * one letter is a part, assigned to any member of the conversation; a longer speaker is the person
 * of that name. In a text, "\\n" is a line break and "[[this|that]]" a choice. A dialogue that
 * begins with "@once" is used only once; one with "@morning", "@noon" or "@evening", at that time
 * of day. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *speaker;
  char *text;
} ConfabSampleLine;

typedef struct
{
  gboolean once;
  guint from, to;   /* minutes of the day between which it begins; 0: any waking time */
  GPtrArray *lines; /* ConfabSampleLine */
} ConfabSampleDialogue;

typedef struct
{
  gboolean is_group;
  char *title; /* "" for none */
  char **topics;
  char **members;
  guint weight;
  guint n_unread;
} ConfabSampleSetting;

typedef struct
{
  char **people;
  GPtrArray *settings; /* ConfabSampleSetting */
  GHashTable *topics;  /* name → GPtrArray of ConfabSampleDialogue */
} ConfabSampleCorpus;

ConfabSampleCorpus *confab_sample_corpus_load (void);
void confab_sample_corpus_free (ConfabSampleCorpus *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabSampleCorpus, confab_sample_corpus_free)

/* Return the dialogues of @topic. */
GPtrArray *confab_sample_corpus_get_topic (ConfabSampleCorpus *self, const char *topic);

/* Resolve the choices in @text. Returns: (transfer full) */
char *confab_sample_expand (const char *text, GRand *rand);

G_END_DECLS
