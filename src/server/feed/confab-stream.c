/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-feed-private.h"

#include "confab-cursor.h"
#include "confab-limits.h"

#define HELLO_SECONDS 10
#define PING_SECONDS 20
#define DEAD_SECONDS 50
#define STALLED_SECONDS 60

/* ---- catching up from the database ---- */

typedef struct
{
  ConfabFeed *feed;
  gint64 serial;
  gint64 user_id;
  gint64 since;
  gint64 to;
  gboolean has_more;
  ConfabFrameBody *body; /* (nullable): NULL if there are no rows */
  GError *error;
} CatchUp;

/* Send the last frame; the waiting frame is dropped. */
static void
tell_problem (ConfabStream *self, int problem, ConfabCloseCode code)
{
  if (self->closing || self->problem >= 0)
    return;

  self->problem = problem;
  self->close_code = code;
  self->progress_at = self->feed->now;
  confab_socket_want_write (self->socket);
}

void
confab_stream_end (ConfabStream *self, int problem)
{
  if (problem < 0)
    confab_stream_close (self, CONFAB_CLOSE_POLICY);
  else
    tell_problem (self, problem, CONFAB_CLOSE_POLICY);
}

/* On the loop thread. The stream may have been closed meanwhile. */
static void
caught_up (gpointer data)
{
  CatchUp *job = data;
  ConfabStream *self = g_hash_table_lookup (job->feed->streams, &job->serial);

  if (self != NULL)
    self->reading = FALSE;
  if (self == NULL)
    ;
  else if (job->error != NULL)
    tell_problem (self, confab_backend_get_problem (job->error), CONFAB_CLOSE_NORMAL);
  else
    {
      self->read_to = job->to;
      self->live = !job->has_more && job->to >= self->missed && !self->feed->reloading;
      if (job->body != NULL)
        {
          self->queue = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_frame_body_unref);
          g_ptr_array_add (self->queue, confab_frame_body_ref (job->body));
          self->queue_length = confab_frame_body_get_length (job->body);
          self->queue_to = job->to;
          self->progress_at = self->feed->now;
        }
      if (self->queue != NULL || self->live)
        confab_socket_want_write (self->socket);
      else
        confab_stream_advance (self);
    }

  g_clear_pointer (&job->body, confab_frame_body_unref);
  g_clear_error (&job->error);
  g_free (job);
}

/* On a reader thread. */
static void
read_page (ConfabDatabase *database, gpointer data)
{
  CatchUp *job = data;
  g_autoptr (ConfabRows) rows =
      confab_backend_sync (database, job->user_id, job->since, CONFAB_SYNC_DEFAULT_ROWS, &job->to,
                           &job->has_more, &job->error);

  if (rows != NULL && confab_rows_count (rows) > 0)
    job->body = confab_frame_body_new (rows);
  job->feed->threads.post (job->feed->threads.target, caught_up, job);
}

void
confab_stream_advance (ConfabStream *self)
{
  CatchUp *job;

  if (!self->greeted || self->live || self->reading || self->closing || self->queue != NULL
      || self->feed->reloading)
    return;

  job = g_new0 (CatchUp, 1);
  job->feed = self->feed;
  job->serial = self->serial;
  job->user_id = self->user_id;
  job->since = self->cursor;
  if (confab_reader_pool_push (self->feed->threads.readers, read_page, job))
    self->reading = TRUE;
  else
    g_free (job); /* the next tick tries again */
}

void
confab_stream_fall_behind (ConfabStream *self, gint64 rev)
{
  self->live = FALSE;
  self->missed = MAX (self->missed, rev);
  confab_stream_advance (self);
}

void
confab_stream_push (ConfabStream *self, ConfabFrameBody *body, gint64 head)
{
  gsize length = confab_frame_body_get_length (body);

  if (!self->live || self->queue_length + length > CONFAB_PAGE_TARGET_BYTES)
    {
      confab_stream_fall_behind (self, head);
      return;
    }
  if (head <= self->read_to)
    return; /* the page had it already */

  if (self->queue == NULL)
    {
      self->queue = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_frame_body_unref);
      self->progress_at = self->feed->now;
    }
  g_ptr_array_add (self->queue, confab_frame_body_ref (body));
  self->queue_length += length;
  if (!self->touched)
    g_ptr_array_add (self->feed->touched, self);
  self->touched = TRUE;
}

void
confab_stream_settle (ConfabStream *self, gint64 head)
{
  self->touched = FALSE;
  if (self->live)
    self->queue_to = MAX (self->queue_to, head);
  else if (self->queue_to <= self->cursor)
    {
      /* Only part of this batch is queued, which cannot be a frame, so drop it: the stream will
       * read it. (Behind earlier batches it stays in their frame, whose end is before it: the
       * client gets these rows twice, which changes nothing.) */
      g_clear_pointer (&self->queue, g_ptr_array_unref);
      self->queue_length = 0;
      confab_stream_advance (self);
    }
  if (self->queue != NULL)
    confab_socket_want_write (self->socket);
}

/* ---- messages from the client ---- */

/* {"type": "hello", "cursor": …}, once. */
static gboolean
parse_hello (ConfabStream *self,
             const char *message,
             gsize length,
             const char **cursor,
             JsonObject **object)
{
  const char *type;

  *object =
      confab_json_parse_request (message, length, CONFAB_STREAM_CLIENT_MESSAGE_MAX_BYTES, NULL);

  return *object != NULL && confab_json_get_string (*object, "type", &type, NULL)
         && g_str_equal (type, "hello")
         && confab_json_get_string_opt (*object, "cursor", cursor, NULL);
}

void
confab_stream_take_message (gpointer stream, const char *message, gsize length, gboolean text)
{
  ConfabStream *self = stream;
  g_autoptr (JsonObject) object = NULL;
  const char *cursor = NULL;

  confab_stream_note_alive (self);
  if (self->greeted || !text || !parse_hello (self, message, length, &cursor, &object))
    {
      confab_stream_close (self, CONFAB_CLOSE_NOT_UNDERSTOOD);
      return;
    }

  self->greeted = TRUE;
  if (confab_cursor_parse (cursor, self->feed->epoch, &self->cursor))
    confab_stream_advance (self);
  else
    tell_problem (self, CONFAB_PROBLEM_CURSOR_TOO_OLD, CONFAB_CLOSE_NORMAL);
}

void
confab_stream_note_alive (gpointer stream)
{
  ConfabStream *self = stream;

  self->heard_at = self->feed->now;
}

/* ---- messages to the client ---- */

static void
append_cursor (ConfabStream *self, GString *text, gint64 rev)
{
  if (rev == 0)
    g_string_append (text, "null");
  else
    g_string_append_printf (text, "\"%s:%" G_GINT64_FORMAT "\"", self->feed->epoch, rev);
}

static void
write_rows (ConfabStream *self)
{
  g_autoptr (GPtrArray) bodies = g_steal_pointer (&self->queue);
  GString *text = confab_socket_begin_text (self->socket);

  g_string_append (text, "{\"type\":\"rows\",\"from\":");
  append_cursor (self, text, self->cursor);
  g_string_append (text, ",\"to\":");
  append_cursor (self, text, self->queue_to);
  g_string_append (text, ",\"rows\":");
  confab_frame_body_append_all (bodies, text);
  g_string_append_c (text, '}');
  confab_socket_end_text (self->socket);
  self->cursor = self->queue_to;
  self->queue_length = 0;
}

static void
write_problem (ConfabStream *self)
{
  GString *text = confab_socket_begin_text (self->socket);

  g_string_append_printf (text, "{\"type\":\"error\",\"code\":\"%s\",\"title\":\"%s\"}",
                          confab_problem_get_code ((ConfabProblem)self->problem),
                          confab_problem_get_title ((ConfabProblem)self->problem));
  confab_socket_end_text (self->socket);
}

void
confab_stream_write (gpointer stream)
{
  ConfabStream *self = stream;

  if (self->closing)
    return;

  if (self->problem >= 0)
    {
      write_problem (self);
      confab_stream_close (self, self->close_code);
    }
  else if (self->queue != NULL)
    {
      write_rows (self);
      self->progress_at = self->feed->now;
      confab_stream_advance (self);
      if (self->live && !self->ready_sent)
        confab_socket_want_write (self->socket);
    }
  else if (self->live && !self->ready_sent)
    {
      self->ready_sent = TRUE;
      g_string_append (confab_socket_begin_text (self->socket), "{\"type\":\"ready\"}");
      confab_socket_end_text (self->socket);
    }
}

void
confab_stream_close (ConfabStream *self, ConfabCloseCode code)
{
  if (self->closing)
    return;

  self->closing = TRUE;
  self->live = FALSE;
  g_clear_pointer (&self->queue, g_ptr_array_unref);
  confab_socket_close (self->socket, code);
}

void
confab_stream_tick (ConfabStream *self, gint64 now)
{
  gboolean dead = now - self->heard_at > DEAD_SECONDS;

  if (dead
      || ((self->queue != NULL || self->problem >= 0) && now - self->progress_at > STALLED_SECONDS))
    {
      g_printerr ("event=stream-dropped reason=%s user=%" G_GINT64_FORMAT "\n",
                  dead ? "silent" : "stalled", self->user_id);
      confab_socket_abort (self->socket);
      return;
    }

  if (!self->greeted && now - self->opened_at > HELLO_SECONDS)
    confab_stream_close (self, CONFAB_CLOSE_NOT_UNDERSTOOD);
  if (now - self->pinged_at >= PING_SECONDS && !self->closing)
    {
      self->pinged_at = now;
      confab_socket_ping (self->socket);
    }
  confab_stream_advance (self);
}
