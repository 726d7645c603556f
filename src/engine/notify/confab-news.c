/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-news"

#include "confab-news-private.h"

#include "confab-attention.h"
#include "confab-mirror-news.h"

/* What is known of one conversation's notification. */
typedef struct
{
  gint64 seq;       /* the user was notified of everything up to this */
  gboolean shown;   /* there may be a notification */
  gint64 announced; /* when, by the monotonic clock in ms; 0: never */
  char *told;       /* (nullable): the text of the notification */
  gboolean unread;  /* it had unread messages to notify of */
} Told;

struct _ConfabNews
{
  GObject parent_instance;
  ConfabEnvironment *environment;
  ConfabMirror *mirror;
  ConfabConversationList *conversations;
  GHashTable *told;  /* gint64* → Told */
  GHashTable *dirty; /* set of gint64*: to look at next */
  gint64 viewed;     /* 0: none */
  guint timer;       /* looks again at what was announced a moment ago */
  gboolean known;    /* what the user was notified of has been read */
  gboolean online;
  gboolean silent;     /* everything here is new to this computer, so nothing is to the user */
  gboolean summarized; /* there may be a summary */
  gboolean looking;
  gboolean stopped;
};

enum
{
  ANNOUNCE,
  SUMMARIZE,
  WITHDRAW,
  WITHDRAW_SUMMARY,
  COUNTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabNews, confab_news, G_TYPE_OBJECT)

static void look (ConfabNews *self);

static void
told_free (gpointer data)
{
  Told *self = data;

  g_free (self->told);
  g_free (self);
}

static Told *
ensure_told (ConfabNews *self, gint64 id)
{
  Told *told = g_hash_table_lookup (self->told, &id);

  if (told == NULL)
    {
      told = g_new0 (Told, 1);
      confab_id_map_set (self->told, id, told);
    }

  return told;
}

/* ---- deciding ---- */

static void
mark (ConfabNews *self, Told *told, const ConfabNewsItem *item)
{
  if (item->seq <= told->seq)
    return;
  told->seq = item->seq;
  confab_mirror_mark_notified_async (self->mirror, item->conversation_id, item->seq, NULL, NULL);
}

static void
withdraw (ConfabNews *self, gint64 id, Told *told)
{
  if (!told->shown)
    return;
  told->shown = FALSE;
  g_clear_pointer (&told->told, g_free);
  g_signal_emit (self, signals[WITHDRAW], 0, id);
}

static void
withdraw_summary (ConfabNews *self)
{
  if (!self->summarized)
    return;
  self->summarized = FALSE;
  g_signal_emit (self, signals[WITHDRAW_SUMMARY], 0);
}

static char *
join_lines (const ConfabNewsItem *item)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < item->lines->len; i++)
    {
      const ConfabNewsLine *line = g_ptr_array_index (item->lines, i);

      g_string_append_printf (text, "%s: %s\n", line->sender, line->text);
    }

  return g_string_free_and_steal (text);
}

static void
announce (ConfabNews *self, ConfabNewsItem *item, gboolean quiet)
{
  Told *told = ensure_told (self, item->conversation_id);

  item->quiet = quiet;
  told->shown = TRUE;
  g_free (told->told);
  told->told = join_lines (item);
  if (!quiet)
    told->announced = confab_environment_monotonic_ms (self->environment);
  mark (self, told, item);
  g_signal_emit (self, signals[ANNOUNCE], 0, item);
}

static gboolean
look_again_cb (gpointer user_data)
{
  ConfabNews *self = user_data;

  self->timer = 0;
  look (self);

  return G_SOURCE_REMOVE;
}

/* Return whether the conversation was announced a moment ago. Then it is looked at again when the
 * interval is over. */
static gboolean
is_too_soon (ConfabNews *self, const ConfabNewsItem *item, const Told *told)
{
  gint64 passed = confab_environment_monotonic_ms (self->environment) - told->announced;

  if (told->announced == 0 || passed >= CONFAB_NEWS_INTERVAL_MS)
    return FALSE;

  confab_id_set_add (self->dirty, item->conversation_id);
  if (self->timer == 0)
    self->timer = confab_environment_timeout_add (
        self->environment, (guint)(CONFAB_NEWS_INTERVAL_MS - passed), look_again_cb, self);

  return TRUE;
}

/* The text of the notification may have been removed meanwhile. What a notification of an earlier
 * run says is not known, so it may be any message that was removed since. */
static void
correct (ConfabNews *self, ConfabNewsItem *item, Told *told)
{
  g_autofree char *text = join_lines (item);

  if (told->shown && (told->told != NULL ? !g_str_equal (told->told, text) : item->removed))
    announce (self, item, TRUE);
}

/* The conversation has nothing to notify of (any more). The summary names no conversation, so it
 * goes with the first that is read. */
static void
settle (ConfabNews *self, const ConfabNewsItem *item, Told *told)
{
  withdraw (self, item->conversation_id, told);
  if (told->unread)
    withdraw_summary (self);
  told->unread = FALSE;
  /* What came while muted is not announced when the mute ends. */
  mark (self, told, item);
}

/* Return whether to announce @item now. */
static gboolean
decide (ConfabNews *self, ConfabNewsItem *item)
{
  gint64 now = confab_environment_now (self->environment);
  Told *told = ensure_told (self, item->conversation_id);
  gboolean viewed = item->conversation_id == self->viewed;

  if (item->conversation == NULL || item->seq == 0 || viewed
      || confab_attention (item->conversation, item->seq, FALSE, FALSE, now)
             != CONFAB_ATTENTION_NOTIFY)
    {
      settle (self, item, told);
      return FALSE;
    }
  told->unread = TRUE;
  if (!self->online)
    {
      confab_id_set_add (self->dirty, item->conversation_id);
      return FALSE;
    }
  if (self->silent)
    {
      mark (self, told, item);
      return FALSE;
    }
  if (item->seq > told->seq)
    return !is_too_soon (self, item, told);

  correct (self, item, told);
  return FALSE;
}

static void
summarize (ConfabNews *self, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const ConfabNewsItem *item = g_ptr_array_index (items, i);

      mark (self, ensure_told (self, item->conversation_id), item);
    }
  self->summarized = TRUE;
  g_signal_emit (self, signals[SUMMARIZE], 0, items->len);
}

/* ---- looking ---- */

static void
add_all (ConfabNews *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->conversations));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabConversation) conversation =
          g_list_model_get_item (G_LIST_MODEL (self->conversations), i);

      confab_id_set_add (self->dirty, confab_conversation_get_id (conversation));
    }
  confab_id_set_add_all (self->dirty, self->told);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabNews) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items =
      confab_mirror_read_news_finish (CONFAB_MIRROR (source), result, &error);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  self->looking = FALSE;
  if (items == NULL)
    g_debug ("The news cannot be read: %s", error->message);
  if (self->stopped)
    return;
  if (items == NULL) /* nothing was looked at: the next change looks at all of it */
    {
      add_all (self);
      return;
    }

  for (guint i = 0; i < items->len; i++)
    {
      ConfabNewsItem *item = g_ptr_array_index (items, i);

      g_set_object (&item->conversation,
                    confab_conversation_list_lookup (self->conversations, item->conversation_id));
      if (decide (self, item))
        g_ptr_array_add (chosen, item);
    }
  if (chosen->len > CONFAB_NEWS_AT_ONCE)
    summarize (self, chosen);
  else
    for (guint i = 0; i < chosen->len; i++)
      announce (self, g_ptr_array_index (chosen, i), FALSE);
  if (self->online && g_hash_table_size (self->dirty) == 0)
    self->silent = FALSE;
  else if (self->online && self->timer == 0)
    look (self);
  if (confab_news_count (self) == 0)
    withdraw_summary (self);
  g_signal_emit (self, signals[COUNTED], 0);
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabNews) self = user_data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer id;

  confab_conversation_list_settle_finish (CONFAB_CONVERSATION_LIST (source), result, NULL);
  g_hash_table_iter_init (&iter, self->dirty);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_val (ids, *(gint64 *)id);
  g_hash_table_remove_all (self->dirty);
  confab_mirror_read_news_async (self->mirror, ids, read_cb, g_object_ref (self));
}

/* Look at the conversations that changed, once the list shows them as they are now. */
static void
look (ConfabNews *self)
{
  if (self->looking || self->stopped || !self->known || g_hash_table_size (self->dirty) == 0)
    return;

  self->looking = TRUE;
  confab_conversation_list_settle_async (self->conversations, NULL, settled_cb,
                                         g_object_ref (self));
}

/* A file built anew does not know what the user was notified of. */
static void
remember_all (ConfabNews *self)
{
  GHashTableIter iter;
  gpointer id, told;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, &told))
    if (((Told *)told)->seq > 0)
      confab_mirror_mark_notified_async (self->mirror, *(gint64 *)id, ((Told *)told)->seq, NULL,
                                         NULL);
}

static void
changed_cb (ConfabNews *self, ConfabChanges *changes, ConfabMirror *mirror)
{
  g_assert (CONFAB_IS_NEWS (self));

  if (changes->everything)
    {
      add_all (self);
      remember_all (self);
    }
  confab_id_set_add_all (self->dirty, changes->conversations);
  confab_id_set_add_all (self->dirty, changes->removed_conversations);
  confab_id_set_add_all (self->dirty, changes->timelines);
  look (self);
}

static void
notified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabNews) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) notified =
      confab_mirror_read_notified_finish (CONFAB_MIRROR (source), result, &error);
  GHashTableIter iter;
  gpointer id, seq;

  if (notified == NULL)
    {
      g_debug ("What the user was notified of cannot be read: %s", error->message);
      self->silent = TRUE;
    }
  else
    {
      g_hash_table_iter_init (&iter, notified);
      while (g_hash_table_iter_next (&iter, &id, &seq))
        {
          Told *told = ensure_told (self, *(gint64 *)id);

          told->seq = MAX (told->seq, *(gint64 *)seq);
          /* The desktop keeps notifications while Confab is closed. */
          told->shown = TRUE;
          self->summarized = TRUE;
        }
    }
  self->known = TRUE;
  add_all (self);
  look (self);
}

/* ---- control ---- */

void
confab_news_set_online (ConfabNews *self, gboolean online)
{
  g_return_if_fail (CONFAB_IS_NEWS (self));

  self->online = online;
  if (online)
    look (self);
}

void
confab_news_set_viewed (ConfabNews *self, gint64 conversation_id)
{
  g_return_if_fail (CONFAB_IS_NEWS (self));

  if (self->viewed == conversation_id)
    return;
  /* What came until now was seen. */
  if (self->viewed != 0)
    confab_id_set_add (self->dirty, self->viewed);
  self->viewed = conversation_id;
  if (conversation_id != 0)
    confab_id_set_add (self->dirty, conversation_id);
  look (self);
}

void
confab_news_stop (ConfabNews *self)
{
  GHashTableIter iter;
  gpointer id, told;

  g_return_if_fail (CONFAB_IS_NEWS (self));

  self->stopped = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, &told))
    withdraw (self, *(gint64 *)id, told);
  withdraw_summary (self);
}

void
confab_news_close (ConfabNews *self)
{
  g_return_if_fail (CONFAB_IS_NEWS (self));

  self->stopped = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
}

guint
confab_news_count (ConfabNews *self)
{
  gint64 now;
  guint n, count = 0;

  g_return_val_if_fail (CONFAB_IS_NEWS (self), 0);

  now = confab_environment_now (self->environment);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->conversations));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabConversation) conversation =
          g_list_model_get_item (G_LIST_MODEL (self->conversations), i);

      if (confab_attention (conversation, 0, FALSE, FALSE, now) == CONFAB_ATTENTION_NOTIFY)
        count++;
    }

  return count;
}

/* ---- the object ---- */

static void
confab_news_dispose (GObject *object)
{
  ConfabNews *self = CONFAB_NEWS (object);

  self->stopped = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->conversations);
  g_clear_object (&self->mirror);
  g_clear_pointer (&self->environment, confab_environment_unref);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_pointer (&self->dirty, g_hash_table_unref);

  G_OBJECT_CLASS (confab_news_parent_class)->dispose (object);
}

static void
confab_news_class_init (ConfabNewsClass *klass)
{
  GType type = CONFAB_TYPE_NEWS;

  G_OBJECT_CLASS (klass)->dispose = confab_news_dispose;

  signals[ANNOUNCE] = g_signal_new ("announce", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SUMMARIZE] = g_signal_new ("summarize", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[COUNTED] =
      g_signal_new ("counted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WITHDRAW_SUMMARY] = g_signal_new ("withdraw-summary", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
  signals[WITHDRAW] = g_signal_new ("withdraw", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
confab_news_init (ConfabNews *self)
{
  self->told = confab_id_map_new (told_free);
  self->dirty = confab_id_set_new ();
}

ConfabNews *
confab_news_new (ConfabEnvironment *environment,
                 ConfabMirror *mirror,
                 ConfabConversationList *conversations)
{
  ConfabNews *self;

  g_return_val_if_fail (environment != NULL, NULL);
  g_return_val_if_fail (CONFAB_IS_MIRROR (mirror), NULL);
  g_return_val_if_fail (CONFAB_IS_CONVERSATION_LIST (conversations), NULL);

  self = g_object_new (CONFAB_TYPE_NEWS, NULL);
  self->environment = confab_environment_ref (environment);
  self->mirror = g_object_ref (mirror);
  self->conversations = g_object_ref (conversations);
  self->silent = confab_mirror_get_cursor (mirror) == NULL;
  g_signal_connect_object (mirror, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  confab_mirror_read_notified_async (mirror, notified_cb, g_object_ref (self));

  return self;
}
