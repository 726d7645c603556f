/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Decides when to contact the server again after a failure. Each part of the engine that sends
 * requests by itself (sync, stream, outbox, read positions, history) has a ConfabRetry and waits as
 * long as it says. Only progress resets the failures, not an answer. */

#pragma once

#include "confab-environment.h"

G_BEGIN_DECLS

#define CONFAB_RETRY_FIRST_MS 1000
#define CONFAB_RETRY_MAX_MS (60 * 1000)
#define CONFAB_RETRY_STABLE_MS (60 * 1000)
/* A longer retry_after is taken for a mistake, because users do not wait for hours. */
#define CONFAB_RETRY_AFTER_MAX_S (60 * 60)

/**
 * ConfabRetry:
 * @failures: the number of consecutive failures, at most 6
 * @good_since: since when the service is good, ms of the environment's monotonic clock; 0 if it is
 *   not
 * @due: when the next attempt may be made, ms of the same clock; 0: now
 *
 * Zero-initialise. Main thread.
 */
typedef struct
{
  guint failures;
  gint64 good_since;
  gint64 due;
} ConfabRetry;

guint confab_retry_failed (ConfabRetry *self, ConfabEnvironment *environment, guint retry_after_s);

guint confab_retry_get_wait (const ConfabRetry *self, ConfabEnvironment *environment);

void confab_retry_good (ConfabRetry *self, ConfabEnvironment *environment);

void confab_retry_progress (ConfabRetry *self);

void confab_retry_hurry (ConfabRetry *self);

G_END_DECLS
