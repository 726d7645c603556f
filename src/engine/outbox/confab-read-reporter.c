/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-read-reporter"

#include "confab-read-reporter.h"

#include "confab-repeater.h"

#define COALESCE_MS 300

struct _ConfabReadReporter
{
  GObject parent_instance;
  ConfabRepeater repeater;
  ConfabMirror *mirror;
  GPtrArray *untold; /* (nullable): positions to send, the last one first */
  gboolean again;    /* more was read meanwhile */
};

G_DEFINE_FINAL_TYPE (ConfabReadReporter, confab_read_reporter, G_TYPE_OBJECT)

static void tell_next (ConfabReadReporter *self);

static void
untold_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabReadReporter) self = user_data;
  g_autoptr (GPtrArray) untold = NULL;
  g_autoptr (GError) error = NULL;

  untold = confab_mirror_untold_reads_finish (CONFAB_MIRROR (source), result, &error);
  if (self->untold != NULL)
    self->again = TRUE; /* report again afterwards */
  if (self->repeater.cancellable == NULL || self->untold != NULL)
    return;
  if (untold == NULL)
    {
      g_debug ("The read positions could not be read: %s", error->message);
      confab_repeater_failed (&self->repeater, 0);
      return;
    }
  self->untold = g_steal_pointer (&untold);
  tell_next (self);
}

static void
read_untold (gpointer owner)
{
  ConfabReadReporter *self = owner;

  self->again = FALSE;
  confab_mirror_untold_reads_async (self->mirror, NULL, untold_cb, g_object_ref (self));
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabReadReporter) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_mirror_apply_finish (CONFAB_MIRROR (source), result, &error))
    g_debug ("A read position was told but not settled: %s", error->message);
  tell_next (self);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabReadReporter) self = user_data;
  g_autoptr (ConfabRows) rows = NULL;
  g_autoptr (GError) error = NULL;

  rows = confab_repeater_call_finish (&self->repeater, result, &error);
  if (rows != NULL)
    {
      confab_retry_progress (&self->repeater.retry);
      confab_mirror_apply_async (self->mirror, rows, NULL, NULL, NULL, applied_cb,
                                 g_object_ref (self));
      return;
    }
  if (!confab_transport_error_is_transient (error))
    {
      /* The user is no longer in the conversation; the rows that say so will arrive. */
      g_debug ("The server does not want a read position: %s", error->message);
      tell_next (self);
      return;
    }

  g_clear_pointer (&self->untold, g_ptr_array_unref);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    confab_repeater_work_in (&self->repeater, 0); /* offline in between: no failure of the server */
  else if (self->repeater.cancellable != NULL)
    confab_repeater_failed (&self->repeater, confab_transport_get_retry_after (result));
}

static void
tell_next (ConfabReadReporter *self)
{
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *path = NULL;
  const ConfabReadPositionRow *row;

  if (self->untold == NULL || self->untold->len == 0 || self->repeater.cancellable == NULL)
    {
      g_clear_pointer (&self->untold, g_ptr_array_unref);
      if (self->again)
        confab_repeater_work_in (&self->repeater, COALESCE_MS);
      return;
    }

  row = g_ptr_array_index (self->untold, self->untold->len - 1);
  body = json_object_new ();
  json_object_set_int_member (body, "last_read_seq", row->last_read_seq);
  path = g_strdup_printf ("/v1/conversations/%" G_GINT64_FORMAT "/read", row->conversation_id);
  g_ptr_array_remove_index (self->untold, self->untold->len - 1);
  confab_repeater_call (&self->repeater, "PUT", path, body, told_cb, g_object_ref (self));
}

void
confab_read_reporter_touch (ConfabReadReporter *self)
{
  g_return_if_fail (CONFAB_IS_READ_REPORTER (self));

  self->again = TRUE;
  if (self->untold == NULL)
    confab_repeater_work_in (&self->repeater, COALESCE_MS);
}

void
confab_read_reporter_set_online (ConfabReadReporter *self, gboolean online)
{
  g_return_if_fail (CONFAB_IS_READ_REPORTER (self));

  if (confab_repeater_set_online (&self->repeater, online))
    confab_repeater_work_in (&self->repeater, 0);
}

static void
confab_read_reporter_dispose (GObject *object)
{
  ConfabReadReporter *self = CONFAB_READ_REPORTER (object);

  confab_repeater_clear (&self->repeater);
  g_clear_pointer (&self->untold, g_ptr_array_unref);
  g_clear_object (&self->mirror);

  G_OBJECT_CLASS (confab_read_reporter_parent_class)->dispose (object);
}

static void
confab_read_reporter_class_init (ConfabReadReporterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_read_reporter_dispose;
}

static void
confab_read_reporter_init (ConfabReadReporter *self)
{
}

ConfabReadReporter *
confab_read_reporter_new (ConfabEnvironment *environment,
                          ConfabTransport *transport,
                          ConfabMirror *mirror)
{
  ConfabReadReporter *self;

  g_return_val_if_fail (environment != NULL, NULL);
  g_return_val_if_fail (CONFAB_IS_TRANSPORT (transport), NULL);
  g_return_val_if_fail (CONFAB_IS_MIRROR (mirror), NULL);

  self = g_object_new (CONFAB_TYPE_READ_REPORTER, NULL);
  confab_repeater_init (&self->repeater, environment, transport, read_untold, self);
  self->mirror = g_object_ref (mirror);

  return self;
}
