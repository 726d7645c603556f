/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What one attempt at a password counts against. Loop only. */

#pragma once

#include "confab-throttle.h"

G_BEGIN_DECLS

#define CONFAB_ATTEMPT_MAX_BUCKETS 3

typedef struct
{
  ConfabThrottleRule rule;
  char *name;
  gboolean kept; /* also after a right password */
} ConfabAttemptBucket;

/* Zero-initialise. */
typedef struct
{
  ConfabAttemptBucket buckets[CONFAB_ATTEMPT_MAX_BUCKETS];
  guint n_buckets;
} ConfabAttemptBuckets;

/**
 * confab_attempt_buckets_add_session:
 *
 * A password given again inside a session: nobody else's attempts matter, and guessing with a
 * stolen session is slower than guessing from anywhere. Right ones count, too, but for longer:
 * each costs a hash.
 */
void confab_attempt_buckets_add_session (ConfabAttemptBuckets *self, gint64 session_id);

/**
 * confab_attempt_buckets_add_device:
 * @device: what is kept of the device's secret, in hexadecimal
 *
 * A sign-in from a device that @user_id has signed in with before.
 */
void confab_attempt_buckets_add_device (ConfabAttemptBuckets *self,
                                        gint64 user_id,
                                        const char *device);

/**
 * confab_attempt_buckets_add_account:
 * @account: stands for the account, or for a login that is nobody's
 * @network: (nullable): set if the account has been used from there before
 * @address: where the attempt comes from
 * @per_minute: how many sign-ins an address has, whoever's they are
 *
 * Any other sign-in.
 */
void confab_attempt_buckets_add_account (ConfabAttemptBuckets *self,
                                         const char *account,
                                         const char *network,
                                         const char *address,
                                         guint per_minute);

/* Returns: seconds until there may be another attempt; 0 for now */
guint confab_attempt_buckets_check (const ConfabAttemptBuckets *self, ConfabThrottle *throttle);

/* An attempt is made. */
void confab_attempt_buckets_count (const ConfabAttemptBuckets *self, ConfabThrottle *throttle);

/* The password was right. */
void confab_attempt_buckets_reset (const ConfabAttemptBuckets *self, ConfabThrottle *throttle);

void confab_attempt_buckets_clear (ConfabAttemptBuckets *self);

/* Whether @address may not try anything more for now, whoever's account it is. Returns: seconds;
 * 0: it may */
guint confab_attempt_address_wait (ConfabThrottle *throttle, const char *address, guint per_minute);

G_END_DECLS
