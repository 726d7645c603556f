/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-outbox"

#include "confab-outbox.h"

#include "confab-engine-error.h"
#include "confab-repeater.h"
#include "confab-text.h"

#define MAX_SENDING 4
/* After so many internal errors of the server for one message, go on with the next. */
#define MAX_INTERNAL_ERRORS 5

struct _ConfabOutbox
{
  GObject parent_instance;
  ConfabRepeater repeater;
  ConfabMirror *mirror;
  GHashTable *sending;         /* gint64*: conversations with a message being sent */
  GHashTable *internal_errors; /* client id → number of errors */
  GHashTable *answered;        /* set of client ids whose rows are applied, see judge_answers() */
  GError *error;               /* (nullable): why messages wait although the server is reachable */
  gboolean asking;             /* reading the next messages from the mirror */
  gboolean again;              /* read once more, because something has changed */
};

G_DEFINE_FINAL_TYPE (ConfabOutbox, confab_outbox, G_TYPE_OBJECT)

enum
{
  SIGNED_OUT,
  STORED,
  ERROR_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A message being sent. */
typedef struct
{
  ConfabOutbox *outbox;
  ConfabOutboxRow *row;
} Sending;

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->outbox);
  confab_outbox_row_free (sending->row);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

/* ---- results ---- */

static void
stored (ConfabOutbox *self, const GError *error)
{
  g_signal_emit (self, signals[STORED], 0, error);
}

/* @error: (nullable) (transfer none) */
static void
set_error (ConfabOutbox *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_signal_emit (self, signals[ERROR_CHANGED], 0);
}

/* The conversation's next message can be sent. */
static void
done (Sending *sending)
{
  ConfabOutbox *self = sending->outbox;

  g_hash_table_remove (self->sending, &sending->row->conversation_id);
  confab_outbox_pump (self);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sending) sending = user_data;
  g_autoptr (GError) error = NULL;
  ConfabOutbox *self = sending->outbox;

  confab_mirror_apply_finish (CONFAB_MIRROR (source), result, &error);
  stored (self, error);
  if (error != NULL)
    confab_repeater_failed (&self->repeater, 0);
  else
    g_hash_table_add (self->answered, g_strdup (sending->row->client_id));
  done (sending);
}

static void
marked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sending) sending = user_data;
  g_autoptr (GError) error = NULL;

  confab_mirror_write_finish (CONFAB_MIRROR (source), result, &error);
  stored (sending->outbox, error);
  if (error != NULL)
    confab_repeater_failed (&sending->outbox->repeater, 0);
  done (sending);
}

static void
count_internal_error (ConfabOutbox *self, const char *client_id)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->internal_errors, client_id));

  g_hash_table_replace (self->internal_errors, g_strdup (client_id), GUINT_TO_POINTER (count + 1));
}

/* Return whether the message must give way to the next, after this @error and those counted. */
static gboolean
is_refused (ConfabOutbox *self, const char *client_id, const GError *error)
{
  return !confab_transport_error_is_transient (error)
         || GPOINTER_TO_UINT (g_hash_table_lookup (self->internal_errors, client_id))
                >= MAX_INTERNAL_ERRORS;
}

/* Pause, and record the reason. */
static void
put_off (ConfabOutbox *self, const GError *error, guint retry_after_s)
{
  g_debug ("A message waits: %s", error->message);
  confab_repeater_failed (&self->repeater, retry_after_s);
  set_error (self, error);
  if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_NOT_SIGNED_IN))
    g_signal_emit (self, signals[SIGNED_OUT], 0);
}

static gboolean
set_not_given_back (GError **error)
{
  g_set_error_literal (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB,
                       "The server took a message and did not give it back");

  return FALSE;
}

static gboolean
set_rewritten (GError **error)
{
  g_set_error_literal (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_REWRITTEN,
                       "The server gave back another text than it was sent");

  return FALSE;
}

/* The server keeps a message in NFC and without blank lines at its ends. */
static gboolean
is_same_content (const char *sent, const char *given_back)
{
  g_autofree char *ours = confab_text_message (sent, NULL);
  g_autofree char *theirs = confab_text_message (given_back, NULL);

  return g_strcmp0 (ours != NULL ? ours : sent, theirs != NULL ? theirs : given_back) == 0;
}

/* An answer without the message would leave it in the outbox, to be sent again at once. One with
 * another text would replace what the user wrote. A message can be removed already when it was sent
 * before. */
static gboolean
holds_message (const ConfabRows *rows, const ConfabOutboxRow *sent, GError **error)
{
  for (guint i = 0; i < rows->messages->len; i++)
    {
      const ConfabMessageRow *row = g_ptr_array_index (rows->messages, i);

      if (row->conversation_id == sent->conversation_id
          && g_str_equal (row->client_id, sent->client_id))
        return row->removed_at > 0 || is_same_content (sent->content, row->content)
               || set_rewritten (error);
    }
  return set_not_given_back (error);
}

/* Only a message that left the outbox counts as progress. A message that is still there although
 * its answer is applied would be sent again at once: the answer was another user's row, or one with
 * another message's id.
 *
 * @rows: the next messages, read after the answers were applied. */
static void
judge_answers (ConfabOutbox *self, GPtrArray *rows)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      const ConfabOutboxRow *row = g_ptr_array_index (rows, i);

      if (g_hash_table_remove (self->answered, row->client_id) && error == NULL)
        set_not_given_back (&error);
    }
  if (g_hash_table_size (self->answered) > 0)
    {
      confab_retry_progress (&self->repeater.retry);
      set_error (self, NULL);
      g_hash_table_remove_all (self->answered);
    }
  if (error != NULL)
    put_off (self, error, 0);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sending) sending = user_data;
  g_autoptr (ConfabRows) rows = NULL;
  g_autoptr (GError) error = NULL;
  ConfabOutbox *self = sending->outbox;
  const char *client_id = sending->row->client_id;

  rows = confab_repeater_call_finish (&self->repeater, result, &error);
  if (rows != NULL && holds_message (rows, sending->row, &error))
    {
      g_hash_table_remove (self->internal_errors, client_id);
      confab_mirror_apply_async (self->mirror, rows, NULL, NULL, NULL, applied_cb,
                                 g_steal_pointer (&sending));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      done (sending);
      return;
    }

  if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INTERNAL))
    count_internal_error (self, client_id);
  if (is_refused (self, client_id, error))
    {
      int problem = error->code;

      g_hash_table_remove (self->internal_errors, client_id); /* “Retry” counts from zero */
      g_message ("The server refuses a message: %s", error->message);
      confab_mirror_mark_unsent_async (self->mirror, client_id, CONFAB_OUTBOX_FAILED, problem,
                                       marked_cb, g_steal_pointer (&sending));
      return;
    }
  put_off (self, error, confab_transport_get_retry_after (result));
  done (sending);
}

/* ---- sending ---- */

/* Takes ownership of @row. */
static void
send_row (ConfabOutbox *self, ConfabOutboxRow *row)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *path = NULL;
  Sending *sending = g_new0 (Sending, 1);

  sending->outbox = g_object_ref (self);
  sending->row = row;
  confab_id_set_add (self->sending, row->conversation_id);

  json_object_set_string_member (body, "content", row->content);
  path = g_strdup_printf ("/v1/conversations/%" G_GINT64_FORMAT "/messages/%s",
                          row->conversation_id, row->client_id);
  confab_repeater_call (&self->repeater, "PUT", path, body, sent_cb, sending);
}

static void
next_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabOutbox) self = user_data;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  self->asking = FALSE;
  rows = confab_mirror_next_unsent_finish (CONFAB_MIRROR (source), result, &error);
  if (rows == NULL)
    {
      stored (self, error);
      confab_repeater_failed (&self->repeater, 0);
      return;
    }

  if (!self->again)
    judge_answers (self, rows);
  if (rows->len == 0 && g_hash_table_size (self->sending) == 0)
    set_error (self, NULL); /* the message was discarded or refused */
  while (rows->len > 0 && self->repeater.cancellable != NULL && self->repeater.timer == 0)
    {
      g_autoptr (ConfabOutboxRow) row = g_ptr_array_steal_index (rows, 0);

      if (g_hash_table_size (self->sending) >= MAX_SENDING)
        break;
      /* The answer for the present message may have arrived while the mirror was read: then read
       * again. */
      if (!self->again && !g_hash_table_contains (self->sending, &row->conversation_id))
        send_row (self, g_steal_pointer (&row));
    }
  if (self->again)
    confab_outbox_pump (self);
}

void
confab_outbox_pump (ConfabOutbox *self)
{
  g_return_if_fail (CONFAB_IS_OUTBOX (self));

  self->again = self->asking;
  if (self->asking || self->repeater.cancellable == NULL
      || g_hash_table_size (self->sending) >= MAX_SENDING)
    return;
  self->asking = TRUE;
  confab_mirror_next_unsent_async (self->mirror, NULL, next_cb, g_object_ref (self));
}

void
confab_outbox_set_online (ConfabOutbox *self, gboolean online)
{
  g_return_if_fail (CONFAB_IS_OUTBOX (self));

  /* Reconnecting does not cancel a pause that the server requested. */
  if (confab_repeater_set_online (&self->repeater, online))
    confab_repeater_work_in (&self->repeater, 0);
}

void
confab_outbox_hurry (ConfabOutbox *self)
{
  g_return_if_fail (CONFAB_IS_OUTBOX (self));

  confab_retry_hurry (&self->repeater.retry);
  g_clear_handle_id (&self->repeater.timer, g_source_remove);
  confab_outbox_pump (self);
}

const GError *
confab_outbox_get_error (ConfabOutbox *self)
{
  g_return_val_if_fail (CONFAB_IS_OUTBOX (self), NULL);

  return self->error;
}

/* ---- the object ---- */

static void
pump (gpointer owner)
{
  confab_outbox_pump (owner);
}

static void
confab_outbox_dispose (GObject *object)
{
  ConfabOutbox *self = CONFAB_OUTBOX (object);

  confab_repeater_clear (&self->repeater);
  g_clear_object (&self->mirror);
  g_clear_pointer (&self->sending, g_hash_table_unref);
  g_clear_pointer (&self->internal_errors, g_hash_table_unref);
  g_clear_pointer (&self->answered, g_hash_table_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (confab_outbox_parent_class)->dispose (object);
}

static void
confab_outbox_class_init (ConfabOutboxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_outbox_dispose;

  signals[SIGNED_OUT] = g_signal_new ("signed-out", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STORED] = g_signal_new ("stored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[ERROR_CHANGED] = g_signal_new ("error-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
confab_outbox_init (ConfabOutbox *self)
{
  self->sending = confab_id_set_new ();
  self->internal_errors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

ConfabOutbox *
confab_outbox_new (ConfabEnvironment *environment, ConfabTransport *transport, ConfabMirror *mirror)
{
  ConfabOutbox *self;

  g_return_val_if_fail (environment != NULL, NULL);
  g_return_val_if_fail (CONFAB_IS_TRANSPORT (transport), NULL);
  g_return_val_if_fail (CONFAB_IS_MIRROR (mirror), NULL);

  self = g_object_new (CONFAB_TYPE_OUTBOX, NULL);
  confab_repeater_init (&self->repeater, environment, transport, pump, self);
  self->mirror = g_object_ref (mirror);

  return self;
}
