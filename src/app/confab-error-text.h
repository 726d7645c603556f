/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What went wrong, as a sentence in the person's language: the one place where the engine's
 * errors and the server's problems are put into words. Any thread. */

#pragma once

#include <glib.h>

#include "confab-engine-error.h"
#include "confab-problem.h"

G_BEGIN_DECLS

/* Whole sentences, translated, static. */
const char *confab_problem_text (ConfabProblem problem);
const char *confab_engine_error_text (ConfabEngineError code);
/* For an error of any domain; one that is in neither of ours is told as unexpected. */
const char *confab_error_text (const GError *error);

G_END_DECLS
