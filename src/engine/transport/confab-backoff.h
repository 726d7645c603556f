/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How long to wait before the next attempt: full jitter, so that many clients that lost their server
 * at the same moment do not come back at the same moment. */

#pragma once

#include "confab-environment.h"

G_BEGIN_DECLS

#define CONFAB_BACKOFF_FIRST_MS 1000
#define CONFAB_BACKOFF_MAX_MS (60 * 1000)
#define CONFAB_BACKOFF_STABLE_MS (60 * 1000)

/* Zero-initialise. */
typedef struct
{
  guint  failures;
  gint64 good_since; /* monotonic, ms; 0 while not good */
} ConfabBackoff;

/* The attempt worked; what follows decides whether it was worth forgetting the failures for. */
void  confab_backoff_good (ConfabBackoff *self, gint64 monotonic_ms);

/* Another failure. Returns how long to wait, ms: in [0, min (60 s, 1 s × 2^failures)). Sixty good seconds
 * before it make it the first one again. */
guint confab_backoff_bad  (ConfabBackoff *self, ConfabEnvironment *environment, gint64 monotonic_ms);

G_END_DECLS
