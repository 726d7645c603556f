/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Prints into a PDF file and checks its text. */

#include <adwaita.h>
#include <glib/gstdio.h>

#include "confab-print.h"

#define DAY_MS (24 * 3600 * 1000LL)
#define START 1750000000000LL

typedef struct
{
  ConfabRows *rows;
  char *folder;
  char *pdf;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->rows = confab_rows_new ();
  fixture->folder = g_dir_make_tmp ("confab-print-XXXXXX", NULL);
  fixture->pdf = g_build_filename (fixture->folder, "out.pdf", NULL);
  for (gint64 id = 1; id <= 3; id++)
    {
      ConfabUserRow *user = g_new0 (ConfabUserRow, 1);

      user->id = id;
      user->username = g_strdup (id == 1 ? "me" : id == 2 ? "ann" : "deleted:3");
      user->deleted = id == 3;
      g_ptr_array_add (fixture->rows->users, user);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->pdf);
  g_rmdir (fixture->folder);
  g_free (fixture->pdf);
  g_free (fixture->folder);
  confab_rows_unref (fixture->rows);
}

static void
add (Fixture *fixture, gint64 sender_id, gint64 sent_at, const char *content)
{
  ConfabMessageRow *row = g_new0 (ConfabMessageRow, 1);

  row->seq = fixture->rows->messages->len + 1;
  row->sender_id = sender_id;
  row->sent_at = sent_at;
  row->content = g_strdup (content);
  row->removed_at = *content == '\0' ? sent_at + 1 : 0;
  g_ptr_array_add (fixture->rows->messages, row);
}

/* Return the text of the whole document; pages end with a form feed. (transfer full) */
static char *
print (Fixture *fixture)
{
  g_autoptr (GtkPrintOperation) operation = confab_print_operation_new ("Lunch", fixture->rows, 1);
  g_autoptr (GError) error = NULL;
  const char *command[] = { "pdftotext", "-layout", fixture->pdf, "-", NULL };
  char *text = NULL;
  int status;

  gtk_print_operation_set_export_filename (operation, fixture->pdf);
  g_assert_cmpint (
      gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error), ==,
      GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);

  return text;
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  while ((text = strstr (text, what)) != NULL)
    {
      text += strlen (what);
      n++;
    }

  return n;
}

static void
test_short (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  add (fixture, 1, START, "Hello there");
  add (fixture, 2, START + 1000, "First line\nSecond line");
  add (fixture, 2, START + 2000, "Third thought");
  add (fixture, 3, START + DAY_MS, "");
  text = print (fixture);

  g_assert_nonnull (strstr (text, "Lunch"));
  g_assert_nonnull (strstr (text, "1 of 1"));
  g_assert_cmpuint (count (text, "You"), ==, 1);
  g_assert_cmpuint (count (text, "ann"), ==, 1);
  g_assert_nonnull (strstr (text, "Second line"));
  g_assert_nonnull (strstr (text, "Deleted account"));
  g_assert_nonnull (strstr (text, "Message removed"));
  g_assert_null (strstr (text, "deleted:3"));
  g_assert_cmpuint (count (text, "2025"), ==, 2);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = print (fixture);

  g_assert_nonnull (strstr (text, "1 of 1"));
}

/* Every line is printed once, in order, over several pages; no page ends with a heading. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) pages = NULL;
  const char *at;
  guint n_pages;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *content = g_strdup_printf ("message number %03u", i);

      add (fixture, 1 + i % 2, START + i * 1000LL * 400, content);
    }
  text = print (fixture);
  at = text;
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *content = g_strdup_printf ("message number %03u", i);

      g_assert_cmpuint (count (text, content), ==, 1);
      at = strstr (at, content);
      g_assert_nonnull (at);
    }

  pages = g_strsplit (text, "\f", -1);
  n_pages = g_strv_length (pages) - 1;
  g_assert_cmpuint (n_pages, >, 3);
  for (guint i = 0; i < n_pages; i++)
    {
      g_auto (GStrv) lines = g_strsplit (g_strchomp (pages[i]), "\n", -1);
      const char *last = lines[g_strv_length (lines) - 1];

      g_assert_nonnull (strstr (last, "message number"));
    }
}

/* A message longer than a page continues on the next page. */
static void
test_longer_than_a_page (Fixture *fixture, gconstpointer data)
{
  GString *content = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < 1500; i++)
    g_string_append_printf (content, "word%04u ", i);
  add (fixture, 2, START, content->str);
  g_string_free (content, TRUE);
  text = print (fixture);

  g_assert_cmpuint (count (text, "\f"), >=, 2);
  for (guint i = 0; i < 1500; i++)
    {
      g_autofree char *word = g_strdup_printf ("word%04u", i);

      g_assert_cmpuint (count (text, word), ==, 1);
    }
}

/* A word longer than a page, which is laid out in pieces, loses no letter between pieces, lines and
 * pages. */
static void
test_word_longer_than_a_page (Fixture *fixture, gconstpointer data)
{
  g_autofree char *word = g_strnfill (10000, 'W');
  g_autofree char *text = NULL;

  add (fixture, 2, START, word);
  add (fixture, 2, START + 1, "after it");
  text = print (fixture);

  g_assert_cmpuint (count (text, "W"), ==, 10000);
  g_assert_cmpuint (count (text, "-") + count (text, "\342\200\220"), ==, 0); /* no hyphen */
  g_assert_cmpuint (count (text, "\f"), >=, 3);
  g_assert_cmpuint (count (text, "after it"), ==, 1);
}

#define ADD(name, function) g_test_add ("/print/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("short", test_short);
  ADD ("nothing", test_nothing);
  ADD ("long", test_long);
  ADD ("longer-than-a-page", test_longer_than_a_page);
  ADD ("word-longer-than-a-page", test_word_longer_than_a_page);

  return g_test_run ();
}
