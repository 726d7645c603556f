/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The texts of a timeline's messages, read a page of seqs at a time, newest request first, and kept
 * for a while. A page is a range of seqs, not of positions, so that older messages do not change
 * it. */

#include "confab-timeline-internal.h"

#define PAGE_ROWS 128
#define PAGES_MAX 64
#define WANTED_MAX 16 /* older requests have scrolled out of view and are dropped */

typedef struct
{
  gint64 number;
  ConfabMessageRow *rows[PAGE_ROWS]; /* (nullable) */
  gboolean whole;                    /* everything that the mirror has was read */
} Page;

typedef struct
{
  gint64 numbers[WANTED_MAX];
  guint n_numbers;
  GTask *task;
} Preparation;

struct _ConfabTimelineRows
{
  ConfabTimeline *timeline; /* the owner */
  GHashTable *pages;        /* gint64* (in the page) → Page */
  GQueue recent;            /* (element-type Page): most recently used first */
  GQueue wanted;            /* (element-type gint64*): page numbers, the newest request first */
  GCancellable *reading;    /* (nullable) */
  gint64 read_number;
  GQueue preparations;
};

static gint64
page_of (gint64 seq)
{
  return seq / PAGE_ROWS;
}

static void
page_free (gpointer data)
{
  Page *page = data;

  for (guint i = 0; i < PAGE_ROWS; i++)
    g_clear_pointer (&page->rows[i], confab_message_row_free);
  g_free (page);
}

static void
preparation_free (Preparation *preparation)
{
  g_object_unref (preparation->task);
  g_free (preparation);
}

ConfabTimelineRows *
confab_timeline_rows_new (ConfabTimeline *timeline)
{
  ConfabTimelineRows *self = g_new0 (ConfabTimelineRows, 1);

  self->timeline = timeline;
  self->pages = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, page_free);
  g_queue_init (&self->recent);
  g_queue_init (&self->wanted);
  g_queue_init (&self->preparations);
  return self;
}

/* Drop everything, and complete all waiting tasks: at the end, because a callback may prepare
 * again. */
void
confab_timeline_rows_clear (ConfabTimelineRows *self)
{
  GQueue ended = self->preparations;
  Preparation *preparation;

  g_queue_init (&self->preparations);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_queue_clear (&self->recent);
  g_queue_clear_full (&self->wanted, g_free);
  g_hash_table_remove_all (self->pages);
  while ((preparation = g_queue_pop_head (&ended)) != NULL)
    {
      g_task_return_boolean (preparation->task, TRUE);
      preparation_free (preparation);
    }
}

void
confab_timeline_rows_free (ConfabTimelineRows *self)
{
  confab_timeline_rows_clear (self);
  g_hash_table_unref (self->pages);
  g_free (self);
}

/* ---- pages ---- */

static Page *
lookup_page (ConfabTimelineRows *self, gint64 number)
{
  Page *page = g_hash_table_lookup (self->pages, &number);

  if (page != NULL && g_queue_peek_head (&self->recent) != page)
    {
      g_queue_remove (&self->recent, page);
      g_queue_push_head (&self->recent, page);
    }
  return page;
}

static Page *
ensure_page (ConfabTimelineRows *self, gint64 number)
{
  Page *page = lookup_page (self, number);

  if (page != NULL)
    return page;
  if (self->recent.length >= PAGES_MAX)
    {
      Page *oldest = g_queue_pop_tail (&self->recent);

      g_hash_table_remove (self->pages, &oldest->number);
    }
  page = g_new0 (Page, 1);
  page->number = number;
  g_hash_table_insert (self->pages, &page->number, page);
  g_queue_push_head (&self->recent, page);
  return page;
}

static void
keep_row (Page *page, const ConfabMessageRow *row)
{
  ConfabMessageRow **slot;

  if (row->seq < 0)
    return;
  slot = &page->rows[row->seq % PAGE_ROWS];
  if (*slot != NULL && (*slot)->rev > row->rev)
    return;
  g_clear_pointer (slot, confab_message_row_free);
  *slot = confab_message_row_copy (row);
}

const ConfabMessageRow *
confab_timeline_rows_lookup (ConfabTimelineRows *self, gint64 seq)
{
  Page *page = seq > 0 ? lookup_page (self, page_of (seq)) : NULL;

  return page != NULL ? page->rows[seq % PAGE_ROWS] : NULL;
}

void
confab_timeline_rows_keep (ConfabTimelineRows *self, const ConfabMessageRow *row, gboolean make)
{
  gint64 number = page_of (row->seq);
  Page *page;

  if (row->seq <= 0)
    return;
  /* A read in progress may have begun before the commit and lack this row. */
  make = make || (self->reading != NULL && self->read_number == number);
  page = make ? ensure_page (self, number) : lookup_page (self, number);
  if (page != NULL)
    keep_row (page, row);
}

/* ---- reading ---- */

static gboolean
is_whole (ConfabTimelineRows *self, gint64 number)
{
  const Page *page = g_hash_table_lookup (self->pages, &number);

  return page != NULL && page->whole;
}

/* Complete the preparations whose pages are loaded. */
static void
end_preparations (ConfabTimelineRows *self, const GError *error)
{
  GQueue ended = G_QUEUE_INIT;
  Preparation *preparation;

  /* A callback may prepare more or close the timeline, so remove the task from the queue first. */
  for (GList *link = self->preparations.head; link != NULL;)
    {
      GList *next = link->next;
      gboolean ready = TRUE;

      preparation = link->data;
      for (guint i = 0; i < preparation->n_numbers && ready; i++)
        ready = is_whole (self, preparation->numbers[i]);
      if (ready || error != NULL)
        {
          g_queue_unlink (&self->preparations, link);
          g_queue_push_tail_link (&ended, link);
        }
      link = next;
    }
  while ((preparation = g_queue_pop_head (&ended)) != NULL)
    {
      if (error != NULL)
        g_task_return_error (preparation->task, g_error_copy (error));
      else
        g_task_return_boolean (preparation->task, TRUE);
      preparation_free (preparation);
    }
}

static void
take_page (ConfabTimelineRows *self, const ConfabMessagePage *read)
{
  Page *page = ensure_page (self, self->read_number);

  page->whole = TRUE;
  for (guint i = 0; i < read->users->len; i++)
    confab_user_pool_update (self->timeline->users, read->users->pdata[i]);
  for (guint i = 0; i < read->messages->len; i++)
    {
      const ConfabMessageRow *row = read->messages->pdata[i];
      ConfabMessage *message = confab_timeline_lookup_live (self->timeline, row->seq);

      keep_row (page, row);
      /* Use the stored row, because @row may be older than one committed meanwhile. */
      if (message != NULL)
        confab_timeline_fill (self->timeline, message, page->rows[row->seq % PAGE_ROWS]);
    }
}

static void want_prepared (ConfabTimelineRows *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabTimeline) timeline = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabMessagePage) read =
      confab_mirror_read_messages_finish (CONFAB_MIRROR (source), result, &error);
  ConfabTimelineRows *self = timeline->rows;

  /* Cleared meanwhile: later requests have their own read. */
  if (self->reading == NULL || g_task_get_cancellable (G_TASK (result)) != self->reading)
    return;
  g_clear_object (&self->reading);
  if (read != NULL)
    take_page (self, read);
  else
    confab_timeline_read_again (timeline);
  end_preparations (self, error);
  if (error == NULL)
    want_prepared (self);
}

static void
read_next (ConfabTimelineRows *self)
{
  g_autofree gint64 *number = NULL;

  if (self->reading != NULL)
    return;
  number = g_queue_pop_head (&self->wanted);
  if (number == NULL)
    return;
  self->read_number = *number;
  self->reading = g_cancellable_new ();
  confab_mirror_read_messages_async (self->timeline->mirror, self->timeline->conversation_id,
                                     *number * PAGE_ROWS, *number * PAGE_ROWS + PAGE_ROWS - 1,
                                     self->reading, read_cb, g_object_ref (self->timeline));
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return *(const gint64 *)a != *(const gint64 *)b;
}

static void
want_page (ConfabTimelineRows *self, gint64 number)
{
  GList *link;

  if (is_whole (self, number) || (self->reading != NULL && self->read_number == number))
    return;
  link = g_queue_find_custom (&self->wanted, &number, compare_numbers);
  if (link != NULL)
    {
      g_queue_unlink (&self->wanted, link);
      g_queue_push_head_link (&self->wanted, link);
    }
  else
    g_queue_push_head (&self->wanted, g_memdup2 (&number, sizeof number));
  while (self->wanted.length > WANTED_MAX)
    g_free (g_queue_pop_tail (&self->wanted));
  read_next (self);
}

/* Later requests may have pushed out pages that a task waits for. */
static void
want_prepared (ConfabTimelineRows *self)
{
  for (GList *link = self->preparations.head; link != NULL; link = link->next)
    {
      const Preparation *preparation = link->data;

      for (guint i = 0; i < preparation->n_numbers; i++)
        want_page (self, preparation->numbers[i]);
    }
  read_next (self);
}

void
confab_timeline_rows_want (ConfabTimelineRows *self, gint64 seq)
{
  if (seq > 0)
    want_page (self, page_of (seq));
}

/* The pages of the messages that are there, not all numbers between: a broken server's messages may
 * be 2^31 apart. They are so few that none is pushed out before the last is read. */
static void
list_pages (Preparation *self, const GArray *keys, guint first, gint64 last_seq)
{
  for (guint i = first; i < keys->len && self->n_numbers < WANTED_MAX; i++)
    {
      gint64 seq = g_array_index (keys, ConfabMessageKey, i).seq;

      if (seq > last_seq)
        break;
      if (self->n_numbers == 0 || self->numbers[self->n_numbers - 1] != page_of (seq))
        self->numbers[self->n_numbers++] = page_of (seq);
    }
}

void
confab_timeline_rows_prepare (ConfabTimelineRows *self,
                              gint64 first_seq,
                              gint64 last_seq,
                              GTask *task)
{
  Preparation *preparation = g_new0 (Preparation, 1);

  list_pages (preparation, self->timeline->keys, confab_timeline_find (self->timeline, first_seq),
              last_seq);
  preparation->task = task;
  g_queue_push_tail (&self->preparations, preparation);
  end_preparations (self, NULL);
  want_prepared (self);
}
