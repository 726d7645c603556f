/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Leaky buckets by name: how often something may be tried. A bucket takes @burst drops at once and leaks
 * one every @seconds_per_drop; each drop above the brim doubles the wait, up to a limit, so that nobody is
 * locked out for good. Loop only. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint  burst;
  double seconds_per_drop;
  guint  max_wait; /* seconds */
} ConfabThrottleRule;

typedef struct _ConfabThrottle ConfabThrottle;

/* @max_buckets bounds the memory: the emptiest half of them goes when there are more. */
ConfabThrottle *confab_throttle_new   (guint max_buckets);
void            confab_throttle_free  (ConfabThrottle *self);

/* Seconds until @name may try again, 0 for now. @now is monotonic, in microseconds. */
guint           confab_throttle_check (ConfabThrottle *self, const ConfabThrottleRule *rule, const char *name, gint64 now);
/* One drop. */
void            confab_throttle_add   (ConfabThrottle *self, const ConfabThrottleRule *rule, const char *name, gint64 now);
/* Both: seconds until @name may try again, or 0 and one drop. */
guint           confab_throttle_take  (ConfabThrottle *self, const ConfabThrottleRule *rule, const char *name, gint64 now);
/* It went well: the bucket is emptied. */
void            confab_throttle_reset (ConfabThrottle *self, const char *name);
guint           confab_throttle_get_n_buckets (ConfabThrottle *self);

G_END_DECLS
