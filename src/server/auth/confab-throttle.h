/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Leaky buckets by name: how often something may be done. A bucket takes @burst drops at once
 * and leaks one every @seconds_per_drop. There are two ways to use one: for attempts, where each
 * drop above the brim doubles the wait up to a limit, so that nobody is locked out for good; and
 * for spending, where nothing goes above the brim. Names are hashed: however long they are, a
 * bucket takes as much memory as any other. Loop only. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint burst;
  double seconds_per_drop;
  guint max_wait; /* seconds; of attempts */
} ConfabThrottleRule;

typedef struct _ConfabThrottle ConfabThrottle;

/* @max_buckets bounds the memory: the emptiest half of them goes when there are more. */
ConfabThrottle *confab_throttle_new (guint max_buckets);
void confab_throttle_free (ConfabThrottle *self);

/* ---- attempts ---- */

/* Returns: seconds until @name may try again, 0 for now. @now is monotonic, in microseconds. */
guint confab_throttle_check (ConfabThrottle *self,
                             const ConfabThrottleRule *rule,
                             const char *name,
                             gint64 now);

/* One drop. */
void confab_throttle_add (ConfabThrottle *self,
                          const ConfabThrottleRule *rule,
                          const char *name,
                          gint64 now);

/* Both. Returns: seconds until @name may try again, or 0 and one drop. */
guint confab_throttle_take (ConfabThrottle *self,
                            const ConfabThrottleRule *rule,
                            const char *name,
                            gint64 now);

/* Takes one drop out again, and with it the wait that it brought: the attempt was not made. */
void confab_throttle_return (ConfabThrottle *self,
                             const ConfabThrottleRule *rule,
                             const char *name);

/* It went well: the bucket is emptied. */
void confab_throttle_reset (ConfabThrottle *self, const char *name);

/* ---- spending ---- */

/**
 * confab_throttle_spend:
 * @amount: in drops
 *
 * Adds @amount if there is room for it. More than @rule's burst has room when the bucket is
 * empty, and is then paid off afterwards.
 *
 * Returns: seconds until there is room, or 0 and the amount has been added
 */
guint confab_throttle_spend (ConfabThrottle *self,
                             const ConfabThrottleRule *rule,
                             const char *name,
                             guint amount,
                             gint64 now);

guint confab_throttle_get_n_buckets (ConfabThrottle *self);

G_END_DECLS
