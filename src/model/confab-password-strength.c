/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-password-strength.h"

#include <math.h>
#include <zxcvbn.h>

#include "confab-limits.h"
#include "confab-text.h"

#define MAX_CHARS 100
/* Good passwords often contain a shorter word by chance. */
#define WORD_MIN_CHARS 3

static const char *const product_words[] = { "confab", "confabd" };

static void
add_word (GPtrArray *words, char *word)
{
  if (g_utf8_strlen (word, -1) >= WORD_MIN_CHARS)
    g_ptr_array_add (words, word);
  else
    g_free (word);
}

/* zxcvbn ignores case if the words are in lower case. */
static void
add_words (GPtrArray *words, const char *text)
{
  g_autofree char *key = confab_text_key (text);
  g_auto (GStrv) parts = g_strsplit_set (key, "@._-", -1);

  for (char **part = parts; *part != NULL; part++)
    add_word (words, g_strdup (*part));
  add_word (words, g_steal_pointer (&key));
}

static char *
first_chars (const char *text)
{
  return g_utf8_strlen (text, -1) > MAX_CHARS ? g_utf8_substring (text, 0, MAX_CHARS)
                                              : g_strdup (text);
}

double
confab_password_guesses (const char *password, const char *const *own_words)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *looked_at = first_chars (password);

  for (guint i = 0; i < G_N_ELEMENTS (product_words); i++)
    g_ptr_array_add (words, g_strdup (product_words[i]));
  for (; own_words != NULL && *own_words != NULL; own_words++)
    add_words (words, *own_words);
  g_ptr_array_add (words, NULL);

  return exp2 (ZxcvbnMatch (looked_at, (const char **)words->pdata, NULL));
}

ConfabPasswordStrength
confab_password_strength (double guesses)
{
  if (guesses < 1e6)
    return CONFAB_PASSWORD_VERY_WEAK;
  if (guesses < CONFAB_PASSWORD_MIN_GUESSES)
    return CONFAB_PASSWORD_WEAK;
  if (guesses < CONFAB_PASSWORD_MIN_GUESSES * 1e4)
    return CONFAB_PASSWORD_FAIR;
  if (guesses < CONFAB_PASSWORD_MIN_GUESSES * 1e8)
    return CONFAB_PASSWORD_GOOD;

  return CONFAB_PASSWORD_STRONG;
}

gboolean
confab_password_check_strength (const char *password, const char *const *own_words, GError **error)
{
  if (confab_password_guesses (password, own_words) >= CONFAB_PASSWORD_MIN_GUESSES)
    return TRUE;

  return confab_problem_set (error, CONFAB_PROBLEM_PASSWORD_TOO_COMMON);
}
