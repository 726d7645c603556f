/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Finds names that look alike, by UTS #39 and ICU's data. Any thread. */

#pragma once

#include <glib.h>

#include "confab-problem.h"

G_BEGIN_DECLS

/**
 * confab_look_alike_key:
 * @name: valid UTF-8
 *
 * Two names look alike if their keys are equal. The key is the skeleton of UTS #39 §4 without
 * letter case, so "PaypaI" and "раураl" have the key of "Paypal".
 *
 * Marks and separators count, as in UTS #39: "zoë" and "zoe", "a.b" and "ab" can be told apart, and
 * are names that two people may rightly have. Ignoring them would refuse more of those than it
 * would stop impostors, who can also append a letter.
 *
 * Returns: (transfer full): the key
 */
char *confab_look_alike_key (const char *name);

/**
 * confab_look_alike_username:
 * @text: the text entered for a new username
 *
 * Checks @text like confab_text_username(), and checks in addition that it uses one script or
 * scripts that are commonly written together (*Highly Restrictive*, UTS #39 §5.2), and digits of
 * one kind. Only new names are checked: existing ones stay valid.
 *
 * Returns: (transfer full) (nullable): the username, or %NULL with %CONFAB_PROBLEM_INVALID_USERNAME
 * or %CONFAB_PROBLEM_USERNAME_MIXED
 */
char *confab_look_alike_username (const char *text, GError **error);

G_END_DECLS
