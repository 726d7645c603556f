/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-repeater.h"

#include "confab-codec.h"

/**
 * confab_repeater_init:
 *
 * Initialises @self, which is offline.
 */
void
confab_repeater_init (ConfabRepeater *self,
                      ConfabEnvironment *environment,
                      ConfabTransport *transport,
                      void (*work) (gpointer owner),
                      gpointer owner)
{
  *self = (ConfabRepeater){ .environment = confab_environment_ref (environment),
                            .transport = g_object_ref (transport),
                            .priority = G_PRIORITY_DEFAULT,
                            .work = work,
                            .owner = owner };
}

/**
 * confab_repeater_clear:
 *
 * Goes offline and releases what @self holds. May be called again.
 */
void
confab_repeater_clear (ConfabRepeater *self)
{
  confab_repeater_set_online (self, FALSE);
  g_clear_object (&self->transport);
  g_clear_pointer (&self->environment, confab_environment_unref);
}

/**
 * confab_repeater_set_online:
 *
 * Sets whether the server is reachable. FALSE cancels the requests. No work is planned afterwards.
 *
 * Returns: whether this changed
 */
gboolean
confab_repeater_set_online (ConfabRepeater *self, gboolean online)
{
  g_autoptr (GCancellable) cancellable = NULL;

  if (online == (self->cancellable != NULL))
    return FALSE;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (online)
    self->cancellable = g_cancellable_new ();
  else
    {
      cancellable = g_steal_pointer (&self->cancellable);
      g_cancellable_cancel (cancellable);
    }

  return TRUE;
}

static gboolean
timer_cb (gpointer user_data)
{
  ConfabRepeater *self = user_data;

  self->timer = 0;
  self->work (self->owner);

  return G_SOURCE_REMOVE;
}

/**
 * confab_repeater_work_in:
 * @delay_ms: at least; a pause after a failure may last longer
 *
 * Plans the next work, unless it is planned already, or @self is offline.
 */
void
confab_repeater_work_in (ConfabRepeater *self, guint delay_ms)
{
  guint wait_ms;

  if (self->cancellable == NULL || self->timer != 0)
    return;

  wait_ms = MAX (delay_ms, confab_retry_get_wait (&self->retry, self->environment));
  self->timer =
      g_timeout_add_full (self->priority, wait_ms / self->environment->speed, timer_cb, self, NULL);
}

/**
 * confab_repeater_failed:
 * @retry_after_s: how long the server asks to wait; 0: it does not say
 *
 * Counts a failure, and plans the next work after a pause. Failures of several requests at the same
 * time count once.
 */
void
confab_repeater_failed (ConfabRepeater *self, guint retry_after_s)
{
  if (self->timer == 0)
    confab_repeater_work_in (self,
                             confab_retry_failed (&self->retry, self->environment, retry_after_s));
}

void
confab_repeater_call (ConfabRepeater *self,
                      const char *method,
                      const char *path,
                      JsonObject *body,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  confab_transport_call_async (
      self->transport, method, path, body, (ConfabTransportDecoder)confab_codec_decode_answer,
      (GDestroyNotify)confab_rows_unref, self->cancellable, callback, user_data);
}

ConfabRows *
confab_repeater_call_finish (ConfabRepeater *self, GAsyncResult *result, GError **error)
{
  gpointer rows = NULL;

  confab_transport_call_finish (self->transport, result, &rows, error);

  return rows;
}
