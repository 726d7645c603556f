/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Codes as typed and pasted, and their remaining time. */

#include "confab-code-format.h"
#include "confab-remaining.h"

static const struct
{
  const char *typed;
  const char *formatted;
} cases[] = {
  { "", "" },
  { "7", "7" },
  { "7k3m", "7K3M" },
  { "7k3mq", "7K3M-Q" },
  { "7K3M-", "7K3M" },
  { "7k3mq9tx", "7K3M-Q9TX" },
  { "7K3M-Q9TX", "7K3M-Q9TX" },
  { " 7K3M - Q9TX\n", "7K3M-Q9TX" },
  { "7k3m q9tx", "7K3M-Q9TX" },
  { "7K3M–Q9TX", "7K3M-Q9TX" },
  { "7K3M-Q9TXX", "7K3M-Q9TX" },
  { "oil0-lion", "0110-110N" },
  { "u-u-u", "" },
  { "éè7", "7" },
  { "Your code is 7K3M-Q9TX.", "7K3M-Q9TX" },
  { "or type this code:\n\n    7K3M-Q9TX\n\nEither works", "7K3M-Q9TX" },
  { "https://7K3M-Q9TX9.example 1234-5678", "1234-5678" },
};

static void
test_format (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *formatted = confab_code_format (cases[i].typed);
      g_autofree char *again = confab_code_format (formatted);

      g_assert_cmpstr (formatted, ==, cases[i].formatted);
      g_assert_cmpstr (again, ==, formatted);
    }
}

static void
test_complete (void)
{
  g_assert_false (confab_code_is_complete (""));
  g_assert_false (confab_code_is_complete ("7K3M-Q9T"));
  g_assert_true (confab_code_is_complete ("7K3M-Q9TX"));
}

static void
test_remaining (void)
{
  static const struct
  {
    gint64 ms;
    const char *text;
  } times[] = {
    { -5000, "0:00" },
    { 0, "0:00" },
    { 1, "0:01" },
    { 42000, "0:42" },
    { 60000, "1:00" },
    { 1781000, "29:41" },
    { 3599001, "1 h 0 min" },
    { 3600000, "1 h 0 min" },
    { 86399000, "23 h 59 min" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *text = confab_remaining_text (times[i].ms);

      g_assert_cmpstr (text, ==, times[i].text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/code-format/format", test_format);
  g_test_add_func ("/app/code-format/complete", test_complete);
  g_test_add_func ("/app/code-format/remaining", test_remaining);

  return g_test_run ();
}
