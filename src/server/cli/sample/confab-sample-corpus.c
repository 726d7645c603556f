/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-sample-corpus.h"

#include <gio/gio.h>
#include <string.h>

#include "confab-sample-resources.h"

#define RESOURCES "/chat/confab/server/sample/"

static void
line_free (gpointer data)
{
  ConfabSampleLine *self = data;

  g_free (self->speaker);
  g_free (self->text);
  g_free (self);
}

static void
dialogue_free (gpointer data)
{
  ConfabSampleDialogue *self = data;

  g_ptr_array_unref (self->lines);
  g_free (self);
}

static void
setting_free (gpointer data)
{
  ConfabSampleSetting *self = data;

  g_free (self->title);
  g_strfreev (self->topics);
  g_strfreev (self->members);
  g_free (self);
}

/* Return the lines of an embedded file without its comments. */
static GStrv
read_lines (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCES, name, ".txt", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (confab_sample_get_resource (), path, 0, &error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;

  if (bytes == NULL)
    g_error ("The sample lacks a part: %s", error->message);

  lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (lines[i][0] != '#')
        g_strv_builder_add (builder, lines[i]);
    }

  return g_strv_builder_end (builder);
}

/* Replace "\n" by a line break. */
static char *
unescape (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\\n", -1);

  return g_strjoinv ("\n", parts);
}

static void
read_mark (ConfabSampleDialogue *dialogue, const char *mark)
{
  static const struct
  {
    const char *mark;
    guint from, to;
  } times[] = {
    { "@morning", 7 * 60 + 40, 9 * 60 + 10 },
    { "@noon", 11 * 60 + 10, 12 * 60 + 5 },
    { "@evening", 21 * 60, 22 * 60 + 40 },
  };

  if (g_str_equal (mark, "@once"))
    dialogue->once = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      if (g_str_equal (mark, times[i].mark))
        {
          dialogue->from = times[i].from;
          dialogue->to = times[i].to;
        }
    }
}

static GPtrArray *
read_topic (const char *name)
{
  g_auto (GStrv) lines = read_lines (name);
  GPtrArray *dialogues = g_ptr_array_new_with_free_func (dialogue_free);
  ConfabSampleDialogue *dialogue = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *colon = strstr (lines[i], ": ");
      ConfabSampleLine *line;

      if (lines[i][0] == '\0')
        {
          dialogue = NULL;
          continue;
        }

      if (dialogue == NULL)
        {
          dialogue = g_new0 (ConfabSampleDialogue, 1);
          dialogue->lines = g_ptr_array_new_with_free_func (line_free);
          g_ptr_array_add (dialogues, dialogue);
        }

      if (colon == NULL)
        {
          read_mark (dialogue, lines[i]);
          continue;
        }

      line = g_new (ConfabSampleLine, 1);
      line->speaker = g_strndup (lines[i], colon - lines[i]);
      line->text = unescape (colon + 2);
      g_ptr_array_add (dialogue->lines, line);
    }

  return dialogues;
}

static ConfabSampleSetting *
read_setting (const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "|", -1);
  ConfabSampleSetting *self = g_new0 (ConfabSampleSetting, 1);

  g_assert (g_strv_length (fields) == 6);
  self->is_group = g_str_equal (fields[0], "group");
  self->title = g_strdup (fields[1]);
  self->topics = g_strsplit (fields[2], " ", -1);
  self->members = g_strsplit (fields[3], " ", -1);
  self->weight = g_ascii_strtoull (fields[4], NULL, 10);
  self->n_unread = g_ascii_strtoull (fields[5], NULL, 10);

  return self;
}

ConfabSampleCorpus *
confab_sample_corpus_load (void)
{
  ConfabSampleCorpus *self = g_new0 (ConfabSampleCorpus, 1);
  g_autoptr (GStrvBuilder) people = g_strv_builder_new ();
  g_auto (GStrv) names = read_lines ("people");
  g_auto (GStrv) settings = read_lines ("conversations");

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (names[i][0] != '\0')
        g_strv_builder_add (people, names[i]);
    }
  self->people = g_strv_builder_end (people);

  self->settings = g_ptr_array_new_with_free_func (setting_free);
  for (guint i = 0; settings[i] != NULL; i++)
    {
      if (settings[i][0] != '\0')
        g_ptr_array_add (self->settings, read_setting (settings[i]));
    }

  self->topics =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);

  return self;
}

void
confab_sample_corpus_free (ConfabSampleCorpus *self)
{
  g_strfreev (self->people);
  g_ptr_array_unref (self->settings);
  g_hash_table_unref (self->topics);
  g_free (self);
}

GPtrArray *
confab_sample_corpus_get_topic (ConfabSampleCorpus *self, const char *topic)
{
  GPtrArray *dialogues = g_hash_table_lookup (self->topics, topic);

  if (dialogues == NULL)
    {
      dialogues = read_topic (topic);
      g_hash_table_insert (self->topics, g_strdup (topic), dialogues);
    }

  return dialogues;
}

char *
confab_sample_expand (const char *text, GRand *rand)
{
  g_autoptr (GString) expanded = g_string_new (NULL);
  const char *open;

  while ((open = strstr (text, "[[")) != NULL)
    {
      const char *close = strstr (open, "]]");
      g_autofree char *inner = NULL;
      g_auto (GStrv) choices = NULL;

      g_assert (close != NULL);
      inner = g_strndup (open + 2, close - open - 2);
      choices = g_strsplit (inner, "|", -1);
      g_string_append_len (expanded, text, open - text);
      g_string_append (expanded, choices[g_rand_int_range (rand, 0, g_strv_length (choices))]);
      text = close + 2;
    }

  g_string_append (expanded, text);

  return g_string_free_and_steal (g_steal_pointer (&expanded));
}
