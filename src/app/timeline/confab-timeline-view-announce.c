/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Announces new messages to screen readers while the conversation is watched: each message once,
 * several that arrive together in one sentence. */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-timeline-view-private.h"

#include <glib/gi18n.h>

/* Messages arriving within this time are counted in one announcement instead of read out. */
#define GATHER_MS 200
/* The longest text to announce unasked. */
#define MAX_CHARS 300

static gint64
get_last_seq (GListModel *model)
{
  guint n = model != NULL ? g_list_model_get_n_items (model) : 0;

  for (guint i = n; i > 0; i--)
    {
      g_autoptr (ConfabMessage) message = g_list_model_get_item (model, i - 1);

      if (confab_message_get_seq (message) > 0) /* waiting messages have seq 0 */
        return confab_message_get_seq (message);
    }

  return 0;
}

static char *
describe (ConfabMessage *message)
{
  ConfabUser *sender = confab_message_get_sender (message);
  g_autofree char *text = NULL;

  if (!confab_message_get_loaded (message) || sender == NULL)
    return NULL;

  text =
      g_utf8_substring (confab_message_get_content (message), 0,
                        MIN (MAX_CHARS, g_utf8_strlen (confab_message_get_content (message), -1)));
  /* Translators: a screen reader's line: sender, text */
  return g_strdup_printf (_("New message from %s: %s"), confab_user_get_display_name (sender),
                          text);
}

static void
announce_cb (gpointer data)
{
  ConfabTimelineView *self = data;
  guint n_items = g_list_model_get_n_items (self->model);
  gint64 upto = self->announced_seq;
  g_autoptr (ConfabMessage) last = NULL;
  g_autofree char *text = NULL;
  guint n = 0;

  self->announce_id = 0;
  for (guint i = n_items; i > 0; i--)
    {
      g_autoptr (ConfabMessage) message = g_list_model_get_item (self->model, i - 1);
      gint64 seq = confab_message_get_seq (message);

      if (seq > 0 && seq <= self->announced_seq)
        break;
      upto = MAX (upto, seq);
      if (confab_message_get_own (message) || confab_message_get_removed (message))
        continue;
      n++;
      if (last == NULL)
        last = g_steal_pointer (&message);
    }
  self->announced_seq = upto;
  if (n == 0 || !confab_timeline_view_is_watched (self))
    return;

  if (n == 1)
    text = describe (last);
  if (text == NULL)
    /* Translators: a screen reader says it */
    text = g_strdup_printf (ngettext ("%u new message", "%u new messages", n), n);
  confab_timeline_view_emit_news (self, text);
}

/* Messages present when a conversation opens are not announced. */
void
confab_timeline_view_begin_announcing (ConfabTimelineView *self)
{
  g_clear_handle_id (&self->announce_id, g_source_remove);
  self->announced_seq = get_last_seq (self->model);
}

void
confab_timeline_view_announce_soon (ConfabTimelineView *self)
{
  if (self->announce_id == 0)
    self->announce_id = g_timeout_add_once (GATHER_MS, announce_cb, self);
}
