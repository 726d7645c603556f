/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-throttle.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

#define FIRST_WAIT_SECONDS 2

/* Replaces a name. The hash is keyed per process, so that nobody can search for names that share a
 * bucket (128 bits, BLAKE2b). */
typedef struct
{
  guint8 bytes[16];
} Name;

typedef struct
{
  Name name;
  double level;   /* in drops */
  gint64 at;      /* time of that level */
  gint64 open_at; /* time of the next permitted attempt */
  gint64 empty_at;
} Bucket;

struct _ConfabThrottle
{
  GHashTable *buckets; /* Name, within the Bucket → Bucket */
  guint max_buckets;
  guint8 key[crypto_generichash_KEYBYTES];
};

static guint
name_hash (gconstpointer data)
{
  guint hash;

  memcpy (&hash, data, sizeof hash);

  return hash;
}

static gboolean
name_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Name)) == 0;
}

static Name
hash_name (const ConfabThrottle *self, const char *text)
{
  Name name;

  crypto_generichash (name.bytes, sizeof name.bytes, (const guint8 *)text, strlen (text), self->key,
                      sizeof self->key);

  return name;
}

static Bucket *
find (const ConfabThrottle *self, const char *text)
{
  const Name name = hash_name (self, text);

  return g_hash_table_lookup (self->buckets, &name);
}

ConfabThrottle *
confab_throttle_new (guint max_buckets)
{
  ConfabThrottle *self = g_new0 (ConfabThrottle, 1);

  if (sodium_init () < 0)
    g_error ("libsodium has no source of randomness");

  self->max_buckets = max_buckets;
  self->buckets = g_hash_table_new_full (name_hash, name_equal, NULL, g_free);
  crypto_generichash_keygen (self->key);

  return self;
}

void
confab_throttle_free (ConfabThrottle *self)
{
  g_hash_table_unref (self->buckets);
  g_free (self);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *)a, second = *(const gint64 *)b;

  return first < second ? -1 : first > second;
}

static gboolean
is_emptier (gpointer key, gpointer value, gpointer user_data)
{
  return ((const Bucket *)value)->empty_at <= *(const gint64 *)user_data;
}

/* Make room by dropping the buckets that would be empty soonest. */
static void
shrink (ConfabThrottle *self, gint64 now)
{
  g_autoptr (GArray) times = NULL;
  GHashTableIter iter;
  gpointer value;
  gint64 limit = now;

  g_hash_table_foreach_remove (self->buckets, is_emptier, &limit);
  if (g_hash_table_size (self->buckets) < self->max_buckets)
    return;

  times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_hash_table_iter_init (&iter, self->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_array_append_val (times, ((Bucket *)value)->empty_at);
  g_array_sort (times, compare_times);
  limit = g_array_index (times, gint64, times->len / 2);
  g_hash_table_foreach_remove (self->buckets, is_emptier, &limit);
}

/* Return the bucket of @text with its level as of @now, creating it if needed. (transfer none) */
static Bucket *
get_bucket (ConfabThrottle *self, const ConfabThrottleRule *rule, const char *text, gint64 now)
{
  const double drop = rule->seconds_per_drop * G_USEC_PER_SEC;
  Bucket *bucket = find (self, text);

  if (bucket == NULL)
    {
      if (g_hash_table_size (self->buckets) >= self->max_buckets)
        shrink (self, now);
      bucket = g_new0 (Bucket, 1);
      bucket->name = hash_name (self, text);
      g_hash_table_insert (self->buckets, &bucket->name, bucket);
    }
  else
    bucket->level = MAX (bucket->level - (double)(now - bucket->at) / drop, 0);
  bucket->at = now;

  return bucket;
}

/* After the level changed, recompute when an attempt is permitted and when the bucket is empty. */
static void
settle (Bucket *bucket, const ConfabThrottleRule *rule)
{
  const double drop = rule->seconds_per_drop * G_USEC_PER_SEC;
  const double above =
      bucket->level + 1 - rule->burst; /* by how much the next drop would overflow */

  bucket->open_at = bucket->at;
  if (above > 0)
    {
      double wait = MIN (FIRST_WAIT_SECONDS * exp2 (MIN (above, 30) - 1), rule->max_wait);

      bucket->open_at += (gint64)(wait * G_USEC_PER_SEC);
      /* Limit the level to what the longest wait drains, so that waiting always helps. */
      bucket->level = MIN (bucket->level, rule->burst + log2 (MAX (rule->max_wait, 1)) + 1);
    }
  bucket->empty_at = MAX (bucket->open_at, bucket->at + (gint64)(bucket->level * drop));
}

guint
confab_throttle_check (ConfabThrottle *self,
                       const ConfabThrottleRule *rule,
                       const char *name,
                       gint64 now)
{
  const Bucket *bucket = find (self, name);

  if (bucket == NULL || bucket->open_at <= now)
    return 0;

  return (guint)MIN ((bucket->open_at - now + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, rule->max_wait);
}

void
confab_throttle_add (ConfabThrottle *self,
                     const ConfabThrottleRule *rule,
                     const char *name,
                     gint64 now)
{
  Bucket *bucket = get_bucket (self, rule, name, now);

  bucket->level += 1;
  settle (bucket, rule);
}

void
confab_throttle_return (ConfabThrottle *self, const ConfabThrottleRule *rule, const char *name)
{
  Bucket *bucket = find (self, name);

  if (bucket == NULL)
    return;

  bucket->level = MAX (bucket->level - 1, 0);
  settle (bucket, rule);
}

guint
confab_throttle_take (ConfabThrottle *self,
                      const ConfabThrottleRule *rule,
                      const char *name,
                      gint64 now)
{
  guint wait = confab_throttle_check (self, rule, name, now);

  if (wait == 0)
    confab_throttle_add (self, rule, name, now);

  return wait;
}

void
confab_throttle_reset (ConfabThrottle *self, const char *name)
{
  const Name hashed = hash_name (self, name);

  g_hash_table_remove (self->buckets, &hashed);
}

guint
confab_throttle_spend (ConfabThrottle *self,
                       const ConfabThrottleRule *rule,
                       const char *name,
                       guint amount,
                       gint64 now)
{
  const double drop = rule->seconds_per_drop * G_USEC_PER_SEC;
  Bucket *bucket = get_bucket (self, rule, name, now);
  const double room = MAX ((double)rule->burst - amount, 0);

  if (bucket->level > room)
    return (guint)ceil ((bucket->level - room) * rule->seconds_per_drop);

  bucket->level += amount;
  bucket->open_at = now;
  bucket->empty_at = now + (gint64)(bucket->level * drop);

  return 0;
}

guint
confab_throttle_get_n_buckets (ConfabThrottle *self)
{
  return g_hash_table_size (self->buckets);
}
