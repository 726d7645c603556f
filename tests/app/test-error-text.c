/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <locale.h>

#include "confab-error-text.h"

/* Check that @text is a sentence: not empty, with a full stop, and not the code's name. */
static void
assert_sentence (const char *text)
{
  g_assert_nonnull (text);
  g_assert_cmpuint (g_utf8_strlen (text, -1), >, 10);
  g_assert_true (g_str_has_suffix (text, ".") || g_str_has_suffix (text, "?"));
  g_assert_true (g_unichar_isupper (g_utf8_get_char (text)));
}

static void
test_problems (void)
{
  for (int i = 0; i < CONFAB_N_PROBLEMS; i++)
    {
      g_autoptr (GError) error = NULL;

      confab_problem_set (&error, i);
      assert_sentence (confab_problem_text (i));
      g_assert_cmpstr (confab_error_text (error), ==, confab_problem_text (i));
      g_assert_null (strstr (confab_problem_text (i), confab_problem_get_code (i)));
    }
}

static void
assert_engine_error (int code)
{
  g_autoptr (GError) error = g_error_new_literal (CONFAB_ENGINE_ERROR, code, "internal words");

  assert_sentence (confab_engine_error_text (code));
  g_assert_cmpstr (confab_error_text (error), ==, confab_engine_error_text (code));
}

static void
test_engine_errors (void)
{
  for (int i = 0; i <= CONFAB_ENGINE_ERROR_INSECURE_LINK; i++)
    assert_engine_error (i);
  assert_engine_error (CONFAB_ENGINE_ERROR_OPEN_ELSEWHERE);
}

/* Long waits are stated more exactly. */
static void
test_waits (void)
{
  static const guint waits[] = { 0, 600, 3000 };
  const char *last = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) copy = NULL;

      confab_problem_set (&error, CONFAB_PROBLEM_THROTTLED);
      confab_problem_set_retry_after (error, waits[i]);
      copy = g_error_copy (error);
      assert_sentence (confab_error_text (copy));
      g_assert_cmpstr (confab_error_text (copy), !=, last);
      last = confab_error_text (copy);
    }
}

/* Unknown codes of a newer server must not be looked up beyond the end of a table. */
static void
test_unknown_codes (void)
{
  assert_sentence (confab_problem_text (CONFAB_N_PROBLEMS));
  assert_sentence (confab_problem_text (-1));
  assert_sentence (confab_engine_error_text (1000));
}

static void
test_disk_full (void)
{
  g_autoptr (GError) error =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "No space left on device");

  g_assert_cmpstr (confab_error_text (error), ==,
                   confab_engine_error_text (CONFAB_ENGINE_ERROR_DISK_FULL));
}

static guint logged;

/* g_test_expect_message() does not see structured messages. */
static GLogWriterOutput
log_writer (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && strstr (fields[i].value, "oops 0x42") != NULL)
      logged++;

  return G_LOG_WRITER_HANDLED;
}

/* An error without a text of its own is still described, and logged in detail. */
static void
test_foreign_error (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "oops 0x42");

  logged = 0;
  assert_sentence (confab_error_text (error));
  g_assert_cmpuint (logged, ==, 1);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_writer_func (log_writer, NULL, NULL);
  g_test_add_func ("/app/error-text/problems", test_problems);
  g_test_add_func ("/app/error-text/engine-errors", test_engine_errors);
  g_test_add_func ("/app/error-text/unknown-codes", test_unknown_codes);
  g_test_add_func ("/app/error-text/disk-full", test_disk_full);
  g_test_add_func ("/app/error-text/foreign-error", test_foreign_error);

  g_test_add_func ("/app/error-text/waits", test_waits);

  return g_test_run ();
}
