/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Describes errors in the user's language. Only this file words the engine's errors and the
 * server's problems. Any thread. */

#pragma once

#include <glib.h>

#include "confab-engine-error.h"
#include "confab-problem.h"

G_BEGIN_DECLS

/* Return a complete sentence, translated. Static strings. */
const char *confab_problem_text (ConfabProblem problem);
const char *confab_engine_error_text (ConfabEngineError code);
/* Describe an error of any domain; unknown domains are described as unexpected errors. */
const char *confab_error_text (const GError *error);

G_END_DECLS
