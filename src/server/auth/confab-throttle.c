/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-throttle.h"

#include <math.h>

#define FIRST_WAIT_SECONDS 2

typedef struct
{
  double level;   /* drops */
  gint64 at;      /* when that was its level */
  gint64 open_at; /* when it may be tried again */
  gint64 empty_at;
} Bucket;

struct _ConfabThrottle
{
  GHashTable *buckets; /* char * → Bucket */
  guint max_buckets;
};

ConfabThrottle *
confab_throttle_new (guint max_buckets)
{
  ConfabThrottle *self = g_new0 (ConfabThrottle, 1);

  self->max_buckets = max_buckets;
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

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

/* Makes room: what would be empty soonest is the least loss. */
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

guint
confab_throttle_check (ConfabThrottle *self,
                       const ConfabThrottleRule *rule,
                       const char *name,
                       gint64 now)
{
  const Bucket *bucket = g_hash_table_lookup (self->buckets, name);

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
  Bucket *bucket = g_hash_table_lookup (self->buckets, name);
  const double drop = rule->seconds_per_drop * G_USEC_PER_SEC;
  double above;

  if (bucket == NULL)
    {
      if (g_hash_table_size (self->buckets) >= self->max_buckets)
        shrink (self, now);
      bucket = g_new0 (Bucket, 1);
      bucket->at = now;
      g_hash_table_insert (self->buckets, g_strdup (name), bucket);
    }

  bucket->level = MAX (bucket->level - (double)(now - bucket->at) / drop, 0) + 1;
  bucket->at = now;
  above = bucket->level + 1 - rule->burst; /* what the next drop would spill */
  if (above > 0)
    {
      double wait = MIN (FIRST_WAIT_SECONDS * exp2 (MIN (above, 30) - 1), rule->max_wait);

      bucket->open_at = now + (gint64)(wait * G_USEC_PER_SEC);
      /* Waiting long enough must help: the bucket never fills further than its longest wait. */
      bucket->level = MIN (bucket->level, rule->burst + log2 (MAX (rule->max_wait, 1)) + 1);
    }
  bucket->empty_at = MAX (bucket->open_at, now + (gint64)(bucket->level * drop));
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
  g_hash_table_remove (self->buckets, name);
}

guint
confab_throttle_get_n_buckets (ConfabThrottle *self)
{
  return g_hash_table_size (self->buckets);
}
