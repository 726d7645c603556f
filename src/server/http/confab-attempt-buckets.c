/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-attempt-buckets.h"

#define MAX_ADDRESS_WAIT_SECONDS 900

/* For an account, or one of its devices or networks; and for an account from one address. */
static const ConfabThrottleRule account_rule = { 10, 60, 900 };
static const ConfabThrottleRule pair_rule = { 5, 60, 900 };
/* For wrong passwords in a session, and for all checks in a session. */
static const ConfabThrottleRule session_rule = { 5, 120, 1800 };
static const ConfabThrottleRule session_checks_rule = { 60, 10, 900 };

/* Takes ownership of @name. */
static void
add (ConfabAttemptBuckets *self, const ConfabThrottleRule *rule, char *name, gboolean kept)
{
  g_return_if_fail (self->n_buckets < CONFAB_ATTEMPT_MAX_BUCKETS);

  self->buckets[self->n_buckets++] = (ConfabAttemptBucket){ *rule, name, kept };
}

static ConfabThrottleRule
address_rule (guint per_minute)
{
  return (ConfabThrottleRule){ per_minute, 60.0 / per_minute, MAX_ADDRESS_WAIT_SECONDS };
}

static char *
address_name (const char *address)
{
  return g_strconcat ("sign-in ", address, NULL);
}

void
confab_attempt_buckets_add_session (ConfabAttemptBuckets *self, gint64 session_id)
{
  add (self, &session_rule, g_strdup_printf ("session %" G_GINT64_FORMAT, session_id), FALSE);
  add (self, &session_checks_rule, g_strdup_printf ("session-checks %" G_GINT64_FORMAT, session_id),
       TRUE);
}

void
confab_attempt_buckets_add_device (ConfabAttemptBuckets *self, gint64 user_id, const char *device)
{
  add (self, &account_rule, g_strdup_printf ("device %" G_GINT64_FORMAT " %s", user_id, device),
       FALSE);
}

void
confab_attempt_buckets_add_account (ConfabAttemptBuckets *self,
                                    const char *account,
                                    const char *network,
                                    const char *address,
                                    guint per_minute)
{
  const ConfabThrottleRule rule = address_rule (per_minute);

  add (self, &account_rule,
       network != NULL ? g_strconcat (account, " in ", network, NULL) : g_strdup (account), FALSE);
  add (self, &pair_rule, g_strconcat (account, " from ", address, NULL), FALSE);
  add (self, &rule, address_name (address), TRUE);
}

guint
confab_attempt_buckets_check (const ConfabAttemptBuckets *self, ConfabThrottle *throttle)
{
  const gint64 now = g_get_monotonic_time ();
  guint wait = 0;

  for (guint i = 0; i < self->n_buckets; i++)
    {
      const ConfabAttemptBucket *bucket = &self->buckets[i];

      wait = MAX (wait, confab_throttle_check (throttle, &bucket->rule, bucket->name, now));
    }

  return wait;
}

void
confab_attempt_buckets_count (const ConfabAttemptBuckets *self, ConfabThrottle *throttle)
{
  const gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < self->n_buckets; i++)
    confab_throttle_add (throttle, &self->buckets[i].rule, self->buckets[i].name, now);
}

void
confab_attempt_buckets_reset (const ConfabAttemptBuckets *self, ConfabThrottle *throttle)
{
  for (guint i = 0; i < self->n_buckets; i++)
    if (!self->buckets[i].kept)
      confab_throttle_reset (throttle, self->buckets[i].name);
}

void
confab_attempt_buckets_clear (ConfabAttemptBuckets *self)
{
  for (guint i = 0; i < self->n_buckets; i++)
    g_free (self->buckets[i].name);
  self->n_buckets = 0;
}

guint
confab_attempt_address_wait (ConfabThrottle *throttle, const char *address, guint per_minute)
{
  const ConfabThrottleRule rule = address_rule (per_minute);
  g_autofree char *name = address_name (address);

  return confab_throttle_check (throttle, &rule, name, g_get_monotonic_time ());
}
