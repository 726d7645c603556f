/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-backfill"

#include "confab-backfill.h"

#include "confab-limits.h"
#include "confab-repeater.h"

/* The pause between two pages that nobody waits for, which leaves the connection free for
 * others. */
#define GENTLE_MS 50

struct _ConfabBackfill
{
  GObject parent_instance;
  ConfabRepeater repeater;
  ConfabMirror *mirror;
  gint64 preferred; /* 0: none */
  gboolean busy;
  gboolean complete; /* nothing is missing, until the mirror changes */
  gboolean changed;  /* the members changed since the mirror was asked what is missing */
  /* The last page requested, and whether its answer is in the mirror. */
  gint64 asked_id;
  gint64 asked_seq;
  gboolean answered;
  gboolean stale; /* the members changed since it was requested: its answer says nothing */
  GHashTable *
      fruitless; /* set of gint64*: conversations whose older messages the server does not return */
};

G_DEFINE_FINAL_TYPE (ConfabBackfill, confab_backfill, G_TYPE_OBJECT)

static void
fetch_in (ConfabBackfill *self, guint delay_ms)
{
  self->busy = FALSE;
  confab_repeater_work_in (&self->repeater, delay_ms);
}

static void
back_off (ConfabBackfill *self, const GError *error, guint retry_after_s)
{
  g_debug ("No history now: %s", error->message);
  self->busy = FALSE;
  confab_repeater_failed (&self->repeater, retry_after_s);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabBackfill) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean news = FALSE;

  self->answered = confab_mirror_apply_news_finish (CONFAB_MIRROR (source), result, &news, &error);
  if (news)
    confab_retry_progress (&self->repeater.retry);
  if (self->answered)
    fetch_in (self, self->preferred != 0 ? 0 : GENTLE_MS);
  else
    back_off (self, error, 0);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabBackfill) self = user_data;
  g_autoptr (ConfabRows) rows = NULL;
  g_autoptr (GError) error = NULL;

  rows = confab_repeater_call_finish (&self->repeater, result, &error);
  if (rows == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fetch_in (self, GENTLE_MS);
      else
        back_off (self, error, confab_transport_get_retry_after (result));
      return;
    }

  confab_mirror_apply_async (self->mirror, rows, NULL, NULL, NULL, applied_cb, g_object_ref (self));
}

static void
next_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabBackfill) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  gint64 conversation_id;
  gint64 before_seq;
  gboolean found;

  found = confab_mirror_next_backfill_finish (CONFAB_MIRROR (source), result, &conversation_id,
                                              &before_seq, &error);
  if (error != NULL)
    {
      back_off (self, error, 0);
      return;
    }
  if (!found || self->repeater.cancellable == NULL)
    {
      self->busy = FALSE;
      /* The reader may have answered before the writer changed the members. */
      self->complete = !found && !self->changed;
      if (!found && self->changed)
        fetch_in (self, GENTLE_MS);
      return;
    }

  if (conversation_id == self->preferred)
    self->preferred = 0; /* one page per request */
  if (self->answered && conversation_id == self->asked_id && before_seq == self->asked_seq)
    {
      /* The mirror refuses the rows of a conversation that the user has left. If they were added
       * again meanwhile, the page is missing still, and is requested once more, but not at once:
       * a server could change the members with each answer. */
      if (!self->stale)
        {
          g_message ("The server has no messages before %" G_GINT64_FORMAT
                     " of conversation %" G_GINT64_FORMAT,
                     before_seq, conversation_id);
          confab_id_set_add (self->fruitless, conversation_id);
        }
      self->answered = FALSE;
      self->busy = FALSE;
      confab_repeater_failed (&self->repeater, 0);
      return;
    }
  self->asked_id = conversation_id;
  self->asked_seq = before_seq;
  self->answered = FALSE;
  self->stale = FALSE;
  path = g_strdup_printf ("/v1/conversations/%" G_GINT64_FORMAT
                          "/messages?before_seq=%" G_GINT64_FORMAT "&limit=%d",
                          conversation_id, before_seq, CONFAB_HISTORY_MAX_ROWS);
  confab_repeater_call (&self->repeater, "GET", path, NULL, fetched_cb, g_object_ref (self));
}

static void
fetch_next (gpointer owner)
{
  ConfabBackfill *self = owner;

  if (self->busy || self->repeater.cancellable == NULL)
    return;
  self->busy = TRUE;
  self->changed = FALSE;
  confab_mirror_next_backfill_async (self->mirror, self->preferred, self->fruitless, NULL, next_cb,
                                     g_object_ref (self));
}

void
confab_backfill_prefer (ConfabBackfill *self, gint64 conversation_id)
{
  g_return_if_fail (CONFAB_IS_BACKFILL (self));

  self->preferred = conversation_id;
  if (self->repeater.retry.failures > 0)
    return;
  g_clear_handle_id (&self->repeater.timer, g_source_remove);
  fetch_next (self);
}

void
confab_backfill_set_online (ConfabBackfill *self, gboolean online)
{
  g_return_if_fail (CONFAB_IS_BACKFILL (self));

  if (!confab_repeater_set_online (&self->repeater, online) || !online)
    return;

  g_hash_table_remove_all (self->fruitless);
  self->answered = FALSE;
  if (!self->busy)
    fetch_in (self, GENTLE_MS);
}

gboolean
confab_backfill_get_complete (ConfabBackfill *self)
{
  g_return_val_if_fail (CONFAB_IS_BACKFILL (self), FALSE);

  return self->complete;
}

/* A gained conversation, or a stream with a gap, adds missing messages. */
static void
mirror_changed_cb (ConfabBackfill *self, ConfabChanges *changes, ConfabMirror *mirror)
{
  g_assert (CONFAB_IS_BACKFILL (self));

  if (!changes->everything && g_hash_table_size (changes->members) == 0)
    return;
  g_hash_table_remove_all (self->fruitless);
  self->stale = TRUE;
  self->changed = TRUE;
  if (!self->complete)
    return;
  self->complete = FALSE;
  if (!self->busy)
    fetch_in (self, GENTLE_MS);
}

static void
confab_backfill_dispose (GObject *object)
{
  ConfabBackfill *self = CONFAB_BACKFILL (object);

  confab_repeater_clear (&self->repeater);
  g_clear_object (&self->mirror);
  g_clear_pointer (&self->fruitless, g_hash_table_unref);

  G_OBJECT_CLASS (confab_backfill_parent_class)->dispose (object);
}

static void
confab_backfill_class_init (ConfabBackfillClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_backfill_dispose;
}

static void
confab_backfill_init (ConfabBackfill *self)
{
  self->fruitless = confab_id_set_new ();
}

ConfabBackfill *
confab_backfill_new (ConfabEnvironment *environment,
                     ConfabTransport *transport,
                     ConfabMirror *mirror)
{
  ConfabBackfill *self;

  g_return_val_if_fail (environment != NULL, NULL);
  g_return_val_if_fail (CONFAB_IS_TRANSPORT (transport), NULL);
  g_return_val_if_fail (CONFAB_IS_MIRROR (mirror), NULL);

  self = g_object_new (CONFAB_TYPE_BACKFILL, NULL);
  confab_repeater_init (&self->repeater, environment, transport, fetch_next, self);
  self->repeater.priority = G_PRIORITY_LOW; /* after drawing */
  self->mirror = g_object_ref (mirror);
  g_signal_connect_object (mirror, "changed", G_CALLBACK (mirror_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}
