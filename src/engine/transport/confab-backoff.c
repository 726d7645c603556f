/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-backoff.h"

void
confab_backoff_good (ConfabBackoff *self, gint64 monotonic_ms)
{
  g_return_if_fail (self != NULL);

  if (self->good_since == 0)
    self->good_since = MAX (monotonic_ms, 1);
}

guint
confab_backoff_bad (ConfabBackoff *self, ConfabEnvironment *environment, gint64 monotonic_ms)
{
  guint ceiling;

  g_return_val_if_fail (self != NULL, CONFAB_BACKOFF_MAX_MS);

  if (self->good_since != 0 && monotonic_ms - self->good_since >= CONFAB_BACKOFF_STABLE_MS)
    self->failures = 0;
  self->good_since = 0;

  ceiling = CONFAB_BACKOFF_MAX_MS;
  if (self->failures < 6) /* 2^6 s is beyond the ceiling */
    ceiling = MIN (ceiling, (guint)CONFAB_BACKOFF_FIRST_MS << self->failures);
  self->failures = MIN (self->failures + 1, 6);

  return (guint)(confab_environment_random (environment) * ceiling);
}
