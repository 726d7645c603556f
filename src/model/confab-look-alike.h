/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Names that look like others: UTS #39, by ICU. Any thread. */

#pragma once

#include <glib.h>

#include "confab-problem.h"

G_BEGIN_DECLS

/**
 * confab_look_alike_key:
 * @name: valid UTF-8
 *
 * Two names look alike if their keys are equal: the skeleton of UTS #39 §4, with letter case
 * taken away, so that neither "PaypaI" nor "раураl" passes for "Paypal".
 *
 * Returns: (transfer full): the key
 */
char *confab_look_alike_key (const char *name);

/**
 * confab_look_alike_username:
 * @text: what was entered for a new username
 *
 * As confab_text_username(), and in addition what new names must be: of one script, or of
 * scripts that are written together (*Highly Restrictive*, UTS #39 §5.2), with digits of one
 * kind. Names that exist already are left alone.
 *
 * Returns: (transfer full) (nullable): the username, or %NULL with
 * %CONFAB_PROBLEM_INVALID_USERNAME or
 *   %CONFAB_PROBLEM_USERNAME_MIXED
 */
char *confab_look_alike_username (const char *text, GError **error);

G_END_DECLS
