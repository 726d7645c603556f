/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Password strength by zxcvbn's estimate. The meter in the window and the server, which refuses
 * weak passwords, use the same estimate. Takes up to 5 ms. Any thread. */

#pragma once

#include "confab-problem.h"

G_BEGIN_DECLS

/**
 * confab_password_guesses:
 * @password: UTF-8, as confab_text_password() returns it
 * @own_words: (nullable) (array zero-terminated=1): words an attacker of this person tries first:
 *   their username and email address. Their parts and Confab's name are tried as well
 *
 * Only the first 100 characters count: zxcvbn's cost grows with the square of the length, and
 * upstream recommends this bound (https://github.com/dropbox/zxcvbn#runtime-latency). The rest of a
 * longer password only makes it stronger than estimated.
 *
 * Returns: the number of guesses an attacker needs who knows which passwords people choose
 */
double confab_password_guesses (const char *password, const char *const *own_words);

/**
 * ConfabPasswordStrength:
 * @CONFAB_PASSWORD_VERY_WEAK: guessed within the first million attempts
 * @CONFAB_PASSWORD_WEAK: stronger, but still refused
 * @CONFAB_PASSWORD_FAIR: at least CONFAB_PASSWORD_MIN_GUESSES
 * @CONFAB_PASSWORD_GOOD: ten thousand times as many guesses
 * @CONFAB_PASSWORD_STRONG: ten thousand times as many again
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

/**
 * confab_password_strength:
 * @guesses: as confab_password_guesses() returns them
 *
 * Returns: the level of a meter
 */
ConfabPasswordStrength confab_password_strength (double guesses);

/**
 * confab_password_check_strength:
 * @password: as for confab_password_guesses()
 * @own_words: as for confab_password_guesses()
 *
 * Returns: %FALSE with %CONFAB_PROBLEM_PASSWORD_TOO_COMMON if fewer than
 * CONFAB_PASSWORD_MIN_GUESSES guesses are needed
 */
gboolean confab_password_check_strength (const char *password,
                                         const char *const *own_words,
                                         GError **error);

G_END_DECLS
