/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Rate limits by name, as leaky buckets. A bucket holds @burst drops and leaks one every
 * @seconds_per_drop. It limits either attempts, where each drop above the brim doubles the wait up
 * to a maximum, so that nobody is locked out forever; or spending, where no drop goes above the
 * brim. Names are hashed, so a bucket's size does not depend on its name. Loop thread only. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint burst;
  double seconds_per_drop;
  guint max_wait; /* seconds; for attempts */
} ConfabThrottleRule;

typedef struct _ConfabThrottle ConfabThrottle;

/* @max_buckets limits memory: beyond it, the emptier half of the buckets is dropped. */
ConfabThrottle *confab_throttle_new (guint max_buckets);
void confab_throttle_free (ConfabThrottle *self);

/* ---- attempts ---- */

/* Return the seconds until @name may try again, 0 for now. @now is monotonic, in µs. */
guint confab_throttle_check (ConfabThrottle *self,
                             const ConfabThrottleRule *rule,
                             const char *name,
                             gint64 now);

/* Count an attempt: add one drop. */
void confab_throttle_add (ConfabThrottle *self,
                          const ConfabThrottleRule *rule,
                          const char *name,
                          gint64 now);

/* Check, and count the attempt if it is permitted. Return the seconds until @name may try again, or
 * 0. */
guint confab_throttle_take (ConfabThrottle *self,
                            const ConfabThrottleRule *rule,
                            const char *name,
                            gint64 now);

/* Remove one drop and the wait that it caused, because the attempt was not made after all. */
void confab_throttle_return (ConfabThrottle *self,
                             const ConfabThrottleRule *rule,
                             const char *name);

/* Empty the bucket after a successful attempt. */
void confab_throttle_reset (ConfabThrottle *self, const char *name);

/* ---- spending ---- */

/**
 * confab_throttle_spend:
 * @amount: in drops
 *
 * Adds @amount if there is room. An empty bucket has room for any amount, even above @rule's burst,
 * which then takes longer to drain.
 *
 * Returns: the seconds until there is room, or 0 if the amount was added
 */
guint confab_throttle_spend (ConfabThrottle *self,
                             const ConfabThrottleRule *rule,
                             const char *name,
                             guint amount,
                             gint64 now);

guint confab_throttle_get_n_buckets (ConfabThrottle *self);

G_END_DECLS
