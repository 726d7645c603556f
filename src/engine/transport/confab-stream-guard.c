/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-stream"

#include "confab-stream-guard.h"

/* Shorter than anybody waits for a window that does not answer, longer than any work of ours. */
#define PATIENCE_US (5 * G_USEC_PER_SEC)
/* Between two questions while there is something to read. Nothing wakes up otherwise. */
#define PACE_US G_USEC_PER_SEC

/* Shared with what is on its way to the main loop. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean answered; /* the main loop got to its idle work */
  gboolean ended;
} State;

struct _ConfabStreamGuard
{
  GSocket *socket;
  GMainContext *context;
  GCancellable *cancellable;
  State *state; /* (atomic rc box) */
  GThread *thread;
};

static void
state_clear (gpointer data)
{
  State *state = data;

  g_mutex_clear (&state->mutex);
  g_cond_clear (&state->cond);
}

static void
state_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, state_clear);
}

static gboolean
answer_cb (gpointer user_data)
{
  State *state = user_data;

  g_mutex_lock (&state->mutex);
  state->answered = TRUE;
  g_cond_signal (&state->cond);
  g_mutex_unlock (&state->mutex);

  return G_SOURCE_REMOVE;
}

/* Wait for at most @us until @flag is set or the watch ends. Return TRUE if neither happened. */
static gboolean
is_late (State *state, const gboolean *flag, gint64 us)
{
  const gint64 deadline = g_get_monotonic_time () + us;
  gboolean in_time = TRUE;
  gboolean late;

  g_mutex_lock (&state->mutex);
  while (!*flag && !state->ended && in_time)
    in_time = g_cond_wait_until (&state->cond, &state->mutex, deadline);
  late = !*flag && !state->ended;
  g_mutex_unlock (&state->mutex);

  return late;
}

/* Painting comes before idle work: a loop that gets this far paints, too. */
static void
ask (ConfabStreamGuard *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_mutex_lock (&self->state->mutex);
  self->state->answered = FALSE;
  g_mutex_unlock (&self->state->mutex);
  g_source_set_callback (source, answer_cb, g_atomic_rc_box_acquire (self->state), state_unref);
  g_source_attach (source, self->context);
}

static gpointer
watch_thread (gpointer data)
{
  ConfabStreamGuard *self = data;
  State *state = self->state;

  while (g_socket_condition_timed_wait (self->socket, G_IO_IN, -1, self->cancellable, NULL))
    {
      ask (self);
      if (is_late (state, &state->answered, PATIENCE_US))
        {
          g_message ("The server sends so much that nothing else gets a turn: disconnecting");
          g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
          break;
        }
      if (!is_late (state, &state->ended, PACE_US))
        break;
    }

  return NULL;
}

ConfabStreamGuard *
confab_stream_guard_new (GSocket *socket)
{
  ConfabStreamGuard *self;

  g_return_val_if_fail (G_IS_SOCKET (socket), NULL);

  self = g_new0 (ConfabStreamGuard, 1);
  self->socket = g_object_ref (socket);
  self->context = g_main_context_ref_thread_default ();
  self->cancellable = g_cancellable_new ();
  self->state = g_atomic_rc_box_new0 (State);
  g_mutex_init (&self->state->mutex);
  g_cond_init (&self->state->cond);
  self->thread = g_thread_new ("stream-guard", watch_thread, self);

  return self;
}

void
confab_stream_guard_free (ConfabStreamGuard *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->state->mutex);
  self->state->ended = TRUE;
  g_cond_signal (&self->state->cond);
  g_mutex_unlock (&self->state->mutex);
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_object_unref (self->cancellable);
  g_main_context_unref (self->context);
  g_object_unref (self->socket);
  state_unref (self->state);
  g_free (self);
}
