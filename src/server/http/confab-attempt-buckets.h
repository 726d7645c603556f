/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The buckets in which an attempt at a password counts. Loop thread only. */

#pragma once

#include "confab-throttle.h"

G_BEGIN_DECLS

#define CONFAB_ATTEMPT_MAX_BUCKETS 3

typedef struct
{
  ConfabThrottleRule rule;
  char *name;
  gboolean kept; /* stays after a right password */
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
 * For confirming the password within a session: only this session's attempts count, and guessing
 * with a stolen session is slower than from anywhere else. Right passwords count, too, with a
 * higher limit, because each costs a hash.
 */
void confab_attempt_buckets_add_session (ConfabAttemptBuckets *self, gint64 session_id);

/**
 * confab_attempt_buckets_add_device:
 * @device: the hash of the device's secret, in hexadecimal
 *
 * For a sign-in from a device with which @user_id has signed in before.
 */
void confab_attempt_buckets_add_device (ConfabAttemptBuckets *self,
                                        gint64 user_id,
                                        const char *device);

/**
 * confab_attempt_buckets_add_account:
 * @account: a name for the account, or for an unknown login
 * @network: (nullable): set if the account has been used from this network before
 * @address: the client's address
 * @per_minute: the number of sign-ins permitted per address, to all accounts together
 *
 * For any other sign-in.
 */
void confab_attempt_buckets_add_account (ConfabAttemptBuckets *self,
                                         const char *account,
                                         const char *network,
                                         const char *address,
                                         guint per_minute);

/* Return the seconds until the next attempt is permitted; 0 for now. */
guint confab_attempt_buckets_check (const ConfabAttemptBuckets *self, ConfabThrottle *throttle);

/* Count an attempt. */
void confab_attempt_buckets_count (const ConfabAttemptBuckets *self, ConfabThrottle *throttle);

/* The password was right: empty the buckets. */
void confab_attempt_buckets_reset (const ConfabAttemptBuckets *self, ConfabThrottle *throttle);

void confab_attempt_buckets_clear (ConfabAttemptBuckets *self);

/* Return the seconds until @address may try again, with any account; 0 for now. */
guint confab_attempt_address_wait (ConfabThrottle *throttle, const char *address, guint per_minute);

G_END_DECLS
