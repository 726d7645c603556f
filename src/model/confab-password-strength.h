/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How soon a password would be guessed, by zxcvbn's estimate: one answer for the meter in the
 * window and for the server, which refuses what is guessed first. Takes up to 5 ms. Any thread. */

#pragma once

#include "confab-problem.h"

G_BEGIN_DECLS

/**
 * confab_password_guesses:
 * @password: UTF-8, as confab_text_password() returns it
 * @own_words: (nullable) (array zero-terminated=1): what whoever attacks this person tries
 * first: their username,
 *   their email address. Their parts count, too, and so does Confab's own name
 *
 * At most the first 100 characters are looked at: zxcvbn's cost grows with the square of the
 * length, and upstream bounds it there (https://github.com/dropbox/zxcvbn#runtime-latency). What
 * follows them only makes a password stronger than this says.
 *
 * Returns: how many guesses an attacker who knows what people choose would need
 */
double confab_password_guesses (const char *password, const char *const *own_words);

/**
 * ConfabPasswordStrength:
 * @CONFAB_PASSWORD_VERY_WEAK: among the first million guesses
 * @CONFAB_PASSWORD_WEAK: still refused
 * @CONFAB_PASSWORD_FAIR: from CONFAB_PASSWORD_MIN_GUESSES on
 * @CONFAB_PASSWORD_GOOD: ten thousand times that
 * @CONFAB_PASSWORD_STRONG: and ten thousand times that
 *
 * The levels of a meter, 0 to 4.
 */
typedef enum
{
  CONFAB_PASSWORD_VERY_WEAK,
  CONFAB_PASSWORD_WEAK,
  CONFAB_PASSWORD_FAIR,
  CONFAB_PASSWORD_GOOD,
  CONFAB_PASSWORD_STRONG,
} ConfabPasswordStrength;

ConfabPasswordStrength confab_password_strength (double guesses);

/* FALSE with CONFAB_PROBLEM_PASSWORD_TOO_COMMON if it would be guessed in fewer than
 * CONFAB_PASSWORD_MIN_GUESSES. */
gboolean confab_password_check_strength (const char *password,
                                         const char *const *own_words,
                                         GError **error);

G_END_DECLS
