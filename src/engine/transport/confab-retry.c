/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-retry.h"

#define MAX_FAILURES 6 /* 2^6 s is beyond the longest wait */

/**
 * confab_retry_failed:
 * @retry_after_s: the seconds that the server asked to wait; 0 if it did not
 *
 * Records a failure and decides when the next attempt may be made. The wait doubles from one second
 * to a minute, half of it random ("equal jitter" of the AWS Architecture Blog, "Exponential Backoff
 * and Jitter"): clients that lost their server at the same time do not return at the same time, and
 * a server that always fails gets at most two requests a minute, which full jitter would not
 * guarantee. After a minute of good service, a failure counts as the first one again.
 *
 * Returns: the wait in ms
 */
guint
confab_retry_failed (ConfabRetry *self, ConfabEnvironment *environment, guint retry_after_s)
{
  gint64 now;
  guint ceiling;
  guint wait;

  g_return_val_if_fail (self != NULL, CONFAB_RETRY_MAX_MS);

  now = confab_environment_monotonic_ms (environment);
  if (self->good_since != 0 && now - self->good_since >= CONFAB_RETRY_STABLE_MS)
    self->failures = 0;
  self->good_since = 0;

  ceiling = CONFAB_RETRY_MAX_MS;
  if (self->failures < MAX_FAILURES)
    ceiling = MIN (ceiling, (guint)CONFAB_RETRY_FIRST_MS << self->failures);
  self->failures = MIN (self->failures + 1, MAX_FAILURES);

  wait = ceiling / 2 + (guint)(confab_environment_random (environment) * (ceiling / 2));
  wait = MAX (wait, MIN (retry_after_s, CONFAB_RETRY_AFTER_MAX_S) * 1000);
  self->due = now + wait;

  return wait;
}

/**
 * confab_retry_get_wait:
 *
 * Returns: the time until the next attempt in ms; 0: now
 */
guint
confab_retry_get_wait (const ConfabRetry *self, ConfabEnvironment *environment)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->due == 0)
    return 0;

  return (guint)CLAMP (self->due - confab_environment_monotonic_ms (environment), 0,
                       CONFAB_RETRY_AFTER_MAX_S * 1000);
}

/**
 * confab_retry_good:
 *
 * Records that the service is good from now on. After a minute of that the failures are forgotten.
 */
void
confab_retry_good (ConfabRetry *self, ConfabEnvironment *environment)
{
  g_return_if_fail (self != NULL);

  if (self->good_since == 0)
    self->good_since = MAX (confab_environment_monotonic_ms (environment), 1);
}

/**
 * confab_retry_progress:
 *
 * Forgets the failures, because an operation succeeded that will not be repeated.
 */
void
confab_retry_progress (ConfabRetry *self)
{
  g_return_if_fail (self != NULL);

  *self = (ConfabRetry){ 0 };
}

/**
 * confab_retry_hurry:
 *
 * Permits an attempt now, because the user asked for it or the network changed. The failures still
 * count.
 */
void
confab_retry_hurry (ConfabRetry *self)
{
  g_return_if_fail (self != NULL);

  self->due = 0;
}
