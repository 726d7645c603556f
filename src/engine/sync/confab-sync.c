/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-sync"

#include "confab-sync.h"

#include "confab-codec.h"
#include "confab-engine-error.h"
#include "confab-retry.h"
#include "confab-server-call.h"
#include "confab-stream-client.h"

/* The interval of pulls without a stream. */
#define POLL_MS (30 * 1000)
/* Until it is ready, an open stream must send a frame within this time. */
#define STREAM_PATIENCE_MS (60 * 1000)
/* The maximum of consecutive pages with nothing new. A page may repeat what came with a gained
 * conversation, but a server that sends only such pages would never end. */
#define USELESS_PAGES_MAX 8

struct _ConfabSync
{
  GObject parent_instance;
  ConfabEnvironment *environment;
  ConfabTransport *transport;
  ConfabMirror *mirror;
  ConfabStreamClient *stream; /* (nullable) */
  GCancellable *attempt;      /* for all operations; replaced when an attempt is given up */
  guint timer;                /* to the next attempt */
  guint stream_timer;         /* limits the open stream's silence */
  gboolean caught_up;         /* the open stream is ready */
  gboolean server_known;      /* the server's information was read and is not in doubt */
  gboolean rebuilt;           /* in this attempt */
  guint useless_pages;        /* in a row */
  ConfabRetry retry;          /* for attempts */
  ConfabRetry stream_retry;
  GError *stream_error; /* (nullable): why the last stream ended or could not be opened */
  ConfabConnectionState connection_state;
  ConfabStorageState storage_state;
  GError *error;
};

G_DEFINE_FINAL_TYPE (ConfabSync, confab_sync, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CONNECTION_STATE,
  PROP_STORAGE_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void pull (ConfabSync *self);
static void read_stream (ConfabSync *self);

/* ---- states ---- */

static void
set_connection_state (ConfabSync *self, ConfabConnectionState state, const GError *error)
{
  gboolean changed = self->connection_state != state || self->error != NULL || error != NULL;
  GError *copy = error != NULL ? g_error_copy (error) : NULL;

  g_clear_error (&self->error); /* @error may be this one */
  self->error = copy;
  self->connection_state = state;
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTION_STATE]);
}

static void
set_storage_state (ConfabSync *self, ConfabStorageState state)
{
  if (self->storage_state == state)
    return;
  self->storage_state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STORAGE_STATE]);
}

void
confab_sync_note_storage (ConfabSync *self, const GError *error)
{
  g_return_if_fail (CONFAB_IS_SYNC (self));

  if (error == NULL)
    {
      if (self->storage_state == CONFAB_STORAGE_FULL
          || self->storage_state == CONFAB_STORAGE_FAILED)
        set_storage_state (self, CONFAB_STORAGE_GOOD);
    }
  else if (g_error_matches (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_DISK_FULL))
    set_storage_state (self, CONFAB_STORAGE_FULL);
  else if (g_error_matches (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE))
    set_storage_state (self, CONFAB_STORAGE_FAILED);
}

/* ---- attempts ---- */

/* Lets a callback check whether its attempt is still the current one. */
typedef struct
{
  ConfabSync *sync;
  GCancellable *attempt;
  ConfabPage *page; /* (nullable): being applied to the mirror */
  gboolean pulled;  /* @page was pulled, not pushed */
  char *cursor;     /* (nullable): the cursor requested */
} Step;

static Step *
step_new (ConfabSync *self)
{
  Step *step = g_new0 (Step, 1);

  step->sync = g_object_ref (self);
  step->attempt = g_object_ref (self->attempt);

  return step;
}

static void
step_free (Step *step)
{
  g_object_unref (step->sync);
  g_object_unref (step->attempt);
  g_clear_pointer (&step->page, confab_page_free);
  g_free (step->cursor);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

/* End all operations; their callbacks find their cancellable cancelled and return. */
static void
give_up_attempt (ConfabSync *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->stream_timer, g_source_remove);
  if (self->attempt != NULL)
    g_cancellable_cancel (self->attempt);
  g_clear_object (&self->attempt);
  if (self->stream != NULL)
    {
      g_autoptr (ConfabStreamClient) stream = g_steal_pointer (&self->stream);

      confab_stream_client_close (stream);
    }
}

static gboolean
is_reached (ConfabSync *self)
{
  return self->connection_state == CONFAB_CONNECTION_SYNCING
         || self->connection_state == CONFAB_CONNECTION_POLLING
         || self->connection_state == CONFAB_CONNECTION_ONLINE;
}

static void ask_server (ConfabSync *self);

static void
begin_attempt (ConfabSync *self)
{
  give_up_attempt (self);
  self->attempt = g_cancellable_new ();
  self->rebuilt = FALSE;
  if (!is_reached (self))
    set_connection_state (self, CONFAB_CONNECTION_CONNECTING, self->error);
  if (self->server_known)
    pull (self);
  else
    ask_server (self);
}

/* Start a new attempt, because the user or a change of the network suggests it. */
static void
begin_anew (ConfabSync *self)
{
  confab_retry_hurry (&self->retry);
  confab_retry_hurry (&self->stream_retry);
  self->server_known = FALSE;
  confab_transport_forget_connections (self->transport);
  begin_attempt (self);
}

static gboolean
try_again_cb (gpointer user_data)
{
  ConfabSync *self = user_data;

  self->timer = 0;
  begin_attempt (self);

  return G_SOURCE_REMOVE;
}

static void
try_again_in (ConfabSync *self, guint delay_ms)
{
  give_up_attempt (self);
  self->timer = confab_environment_timeout_add (self->environment, delay_ms, try_again_cb, self);
}

/* Return whether the session has ended. Local data stays readable. */
static gboolean
ends_session (const GError *error)
{
  return g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_NOT_SIGNED_IN)
         || g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_ACCOUNT_SUSPENDED)
         || g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_ACCOUNT_DELETED);
}

/* Decide by the error whether and when to try again, and which state to show. */
static void
fail (ConfabSync *self, const GError *error, guint retry_after_s)
{
  guint delay;

  /* Any other error may mean that another server answers at this address now. */
  if (error->domain != CONFAB_PROBLEM)
    self->server_known = FALSE;
  if (ends_session (error))
    {
      give_up_attempt (self);
      set_connection_state (self, CONFAB_CONNECTION_SIGNED_OUT, error);
      return;
    }

  delay = confab_retry_failed (&self->retry, self->environment, retry_after_s);
  g_debug ("Trying again in %u ms: %s", delay, error->message);
  try_again_in (self, delay);
  if (g_error_matches (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_BAD_CERTIFICATE)
      || g_error_matches (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NEWER_SERVER)
      || g_error_matches (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_BAD_ADDRESS))
    set_connection_state (self, CONFAB_CONNECTION_REFUSED, error);
  else if (self->storage_state == CONFAB_STORAGE_FULL
           || self->storage_state == CONFAB_STORAGE_FAILED)
    set_connection_state (self, CONFAB_CONNECTION_SYNCING,
                          NULL); /* the problem is on this computer */
  else
    set_connection_state (self, CONFAB_CONNECTION_OFFLINE, error);
}

/* ---- server information ---- */

static void
asked_server_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabSync) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_transport_call_finish (CONFAB_TRANSPORT (source), result, NULL, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fail (self, error, confab_transport_get_retry_after (result));
      return;
    }

  self->server_known = TRUE;
  pull (self);
}

static void
ask_server (ConfabSync *self)
{
  confab_transport_call_async (self->transport, "GET", "/v1/server", NULL,
                               confab_server_info_decode, (GDestroyNotify)confab_server_info_free,
                               self->attempt, asked_server_cb, g_object_ref (self));
}

/* ---- applying ---- */

static void open_stream (ConfabSync *self);
static void poll_in_a_while (ConfabSync *self);

/* Called at both ends of a rebuild. Continue from the cursor of the present file. */
static void
rebuild_step_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  g_autoptr (GError) error = NULL;
  ConfabSync *self = step->sync;
  gboolean good = confab_mirror_write_finish (CONFAB_MIRROR (source), result, &error);

  if (!good)
    confab_sync_note_storage (self, error);
  if (g_cancellable_is_cancelled (step->attempt))
    return;
  if (good)
    pull (self);
  else
    fail (self, error, 0);
}

static void
lead_nowhere (ConfabSync *self)
{
  g_autoptr (GError) error = g_error_new_literal (
      CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB, "The server's pages lead nowhere");

  fail (self, error, 0);
}

/* A pulled page has been applied. @news: whether anything in it was new */
static void
pulled (ConfabSync *self, gboolean has_more, gboolean news)
{
  self->useless_pages = news || !has_more ? 0 : self->useless_pages + 1;
  if (self->useless_pages >= USELESS_PAGES_MAX)
    lead_nowhere (self);
  else if (has_more)
    pull (self);
  else if (confab_mirror_is_rebuilding (self->mirror))
    confab_mirror_end_rebuild_async (self->mirror, rebuild_step_cb, step_new (self));
  else
    {
      set_storage_state (self, CONFAB_STORAGE_GOOD);
      confab_retry_good (&self->retry, self->environment);
      if (confab_retry_get_wait (&self->stream_retry, self->environment) > 0)
        poll_in_a_while (self);
      else
        open_stream (self);
    }
}

static void stream_failed (ConfabSync *self, const GError *error, guint retry_after_s);

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  g_autoptr (GError) error = NULL;
  ConfabSync *self = step->sync;
  gboolean news = FALSE;
  gboolean good;

  good = confab_mirror_apply_news_finish (CONFAB_MIRROR (source), result, &news, &error);
  if (!g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_CURSOR_TOO_OLD))
    confab_sync_note_storage (self, error);
  if (g_cancellable_is_cancelled (step->attempt))
    return;

  if (good && step->pulled)
    pulled (self, step->page->has_more, news);
  else if (good)
    read_stream (self);
  else if (step->pulled || !g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_CURSOR_TOO_OLD))
    fail (self, error, 0);
  else
    stream_failed (self, error, 0); /* a frame was lost: pull its rows */
}

/* Takes ownership of @page. @from: the cursor at which it begins: the one requested, or the
 * frame's */
static void
apply (ConfabSync *self, ConfabPage *page, const char *from, gboolean was_pulled)
{
  Step *step = step_new (self);

  step->page = page;
  step->pulled = was_pulled;
  confab_mirror_apply_async (self->mirror, page->rows, from, page->to, NULL, applied_cb, step);
}

/* ---- pulling ---- */

static void
rebuild (ConfabSync *self, const char *reason)
{
  self->rebuilt = TRUE;
  g_message ("%s: fetching everything again", reason);
  set_storage_state (self, CONFAB_STORAGE_REBUILDING);
  confab_mirror_begin_rebuild_async (self->mirror, rebuild_step_cb, step_new (self));
}

static void
pull_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  g_autoptr (ConfabPage) page = NULL;
  g_autoptr (GError) error = NULL;
  ConfabSync *self = step->sync;
  gpointer answer = NULL;

  if (!confab_transport_call_finish (CONFAB_TRANSPORT (source), result, &answer, &error))
    {
      /* If this happens again, the server has a new history each time. */
      if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_CURSOR_TOO_OLD) && !self->rebuilt)
        rebuild (self, "The server no longer knows our cursor");
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fail (self, error, confab_transport_get_retry_after (result));
      return;
    }

  page = answer;
  if (!is_reached (self))
    set_connection_state (self, CONFAB_CONNECTION_SYNCING, NULL);
  if (page->has_more && g_strcmp0 (page->to, step->cursor) == 0)
    {
      lead_nowhere (self);
      return;
    }
  apply (self, g_steal_pointer (&page), step->cursor, TRUE);
}

static void
pull (ConfabSync *self)
{
  g_autofree char *path = NULL;
  Step *step;

  if (!self->rebuilt && confab_mirror_is_outdated (self->mirror))
    {
      rebuild (self, "Another version of Confab did not understand some rows");
      return;
    }
  step = step_new (self);
  step->cursor = g_strdup (confab_mirror_get_cursor (self->mirror));
  if (step->cursor != NULL)
    {
      g_autofree char *escaped = g_uri_escape_string (step->cursor, NULL, FALSE);

      path = g_strdup_printf ("/v1/sync?since=%s", escaped);
    }
  else
    path = g_strdup ("/v1/sync");
  confab_transport_call_async (self->transport, "GET", path, NULL,
                               (ConfabTransportDecoder)confab_codec_decode_page,
                               (GDestroyNotify)confab_page_free, self->attempt, pull_cb, step);
}

/* ---- polling ---- */

/* Pulls work, but there is no stream for now, because of stream_error. */
static void
poll_in_a_while (ConfabSync *self)
{
  guint wait = confab_retry_get_wait (&self->stream_retry, self->environment);

  try_again_in (self, MIN (wait, POLL_MS));
  set_connection_state (self, CONFAB_CONNECTION_POLLING, self->stream_error);
}

/* ---- the stream ---- */

/* The stream ended or could not be opened, while pulls work. */
static void
stream_failed (ConfabSync *self, const GError *error, guint retry_after_s)
{
  g_debug ("No stream: %s", error->message);
  if (ends_session (error) && error->code != CONFAB_PROBLEM_NOT_SIGNED_IN)
    {
      fail (self, error, 0); /* an error frame of the server; nothing else has such a code */
      return;
    }

  /* A proxy may close a stream with the code of an ended session, so let a pull find out. */
  confab_retry_failed (&self->stream_retry, self->environment, retry_after_s);
  g_clear_error (&self->stream_error);
  self->stream_error = g_error_copy (error);
  poll_in_a_while (self);
}

static gboolean
stream_silent_cb (gpointer user_data)
{
  ConfabSync *self = user_data;
  g_autoptr (GError) error = g_error_new_literal (
      CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB, "The stream says nothing");

  self->stream_timer = 0;
  stream_failed (self, error, 0);

  return G_SOURCE_REMOVE;
}

static void
next_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabSync) self = user_data;
  g_autoptr (GError) error = NULL;
  ConfabStreamClient *stream = CONFAB_STREAM_CLIENT (source);
  ConfabPage *page = NULL;
  gboolean ready = FALSE;
  gboolean good = confab_stream_client_next_finish (stream, result, &page, &ready, &error);

  if (stream != self->stream)
    {
      g_clear_pointer (&page, confab_page_free);
      return;
    }
  if (!good)
    {
      stream_failed (self, error, confab_stream_client_get_retry_after (stream));
      return;
    }

  g_clear_handle_id (&self->stream_timer, g_source_remove);
  if (ready)
    {
      self->caught_up = TRUE;
      confab_retry_good (&self->retry, self->environment);
      confab_retry_good (&self->stream_retry, self->environment);
      set_connection_state (self, CONFAB_CONNECTION_ONLINE, NULL);
    }
  if (page == NULL)
    read_stream (self);
  else
    apply (self, page, page->from, FALSE);
}

static void
read_stream (ConfabSync *self)
{
  /* Once caught up, libsoup's pings detect a dead connection. */
  if (!self->caught_up && self->stream_timer == 0)
    self->stream_timer = confab_environment_timeout_add (self->environment, STREAM_PATIENCE_MS,
                                                         stream_silent_cb, self);
  confab_stream_client_next_async (self->stream, next_cb, g_object_ref (self));
}

static void
stream_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabSync) self = user_data;
  g_autoptr (ConfabStreamClient) stream = NULL;
  g_autoptr (GError) error = NULL;
  guint retry_after = 0;

  stream = confab_stream_client_open_finish (result, &retry_after, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (stream == NULL)
    {
      stream_failed (self, error, retry_after);
      return;
    }

  self->stream = g_steal_pointer (&stream);
  self->caught_up = FALSE;
  read_stream (self);
}

static void
open_stream (ConfabSync *self)
{
  confab_stream_client_open_async (self->transport, confab_mirror_get_cursor (self->mirror),
                                   self->attempt, stream_opened_cb, g_object_ref (self));
}

/* ---- control ---- */

void
confab_sync_start (ConfabSync *self)
{
  g_return_if_fail (CONFAB_IS_SYNC (self));

  if (confab_mirror_get_origin (self->mirror) == CONFAB_MIRROR_REBUILT
      && confab_mirror_get_cursor (self->mirror) == NULL)
    set_storage_state (self, CONFAB_STORAGE_REBUILDING);
  set_connection_state (self, CONFAB_CONNECTION_CONNECTING, NULL);
  self->server_known = FALSE;
  begin_attempt (self);
}

void
confab_sync_stop (ConfabSync *self, ConfabConnectionState state)
{
  g_return_if_fail (CONFAB_IS_SYNC (self));

  give_up_attempt (self);
  set_connection_state (self, state, NULL);
}

void
confab_sync_hurry (ConfabSync *self)
{
  g_return_if_fail (CONFAB_IS_SYNC (self));

  if (self->connection_state != CONFAB_CONNECTION_ONLINE
      && (self->attempt != NULL || self->timer != 0))
    begin_anew (self);
}

void
confab_sync_reconnect (ConfabSync *self)
{
  g_return_if_fail (CONFAB_IS_SYNC (self));

  if (self->attempt == NULL && self->timer == 0)
    return;
  set_connection_state (self, CONFAB_CONNECTION_CONNECTING, NULL);
  begin_anew (self);
}

void
confab_sync_check_session (ConfabSync *self)
{
  g_return_if_fail (CONFAB_IS_SYNC (self));

  if (self->attempt != NULL || self->timer != 0)
    begin_attempt (self);
}

void
confab_sync_verify (ConfabSync *self)
{
  g_return_if_fail (CONFAB_IS_SYNC (self));

  if (self->attempt != NULL || self->timer != 0)
    begin_anew (self);
}

/* The file was damaged and has been replaced by an empty one. */
static void
mirror_rebuilt_cb (ConfabSync *self, ConfabMirror *mirror)
{
  g_assert (CONFAB_IS_SYNC (self));

  set_storage_state (self, CONFAB_STORAGE_REBUILDING);
  if (self->attempt != NULL || self->timer != 0)
    begin_attempt (self);
}

ConfabConnectionState
confab_sync_get_connection_state (ConfabSync *self)
{
  g_return_val_if_fail (CONFAB_IS_SYNC (self), CONFAB_CONNECTION_STOPPED);

  return self->connection_state;
}

const GError *
confab_sync_get_error (ConfabSync *self)
{
  g_return_val_if_fail (CONFAB_IS_SYNC (self), NULL);

  return self->error;
}

ConfabStorageState
confab_sync_get_storage_state (ConfabSync *self)
{
  g_return_val_if_fail (CONFAB_IS_SYNC (self), CONFAB_STORAGE_GOOD);

  return self->storage_state;
}

static void
confab_sync_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ConfabSync *self = CONFAB_SYNC (object);

  switch (prop_id)
    {
    case PROP_CONNECTION_STATE:
      g_value_set_enum (value, (int)self->connection_state);
      break;
    case PROP_STORAGE_STATE:
      g_value_set_enum (value, (int)self->storage_state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
confab_sync_dispose (GObject *object)
{
  ConfabSync *self = CONFAB_SYNC (object);

  give_up_attempt (self);
  g_clear_object (&self->transport);
  g_clear_object (&self->mirror);
  g_clear_pointer (&self->environment, confab_environment_unref);
  g_clear_error (&self->error);
  g_clear_error (&self->stream_error);

  G_OBJECT_CLASS (confab_sync_parent_class)->dispose (object);
}

static void
confab_sync_class_init (ConfabSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = confab_sync_dispose;
  object_class->get_property = confab_sync_get_property;

  properties[PROP_CONNECTION_STATE] = g_param_spec_enum (
      "connection-state", NULL, NULL, CONFAB_TYPE_CONNECTION_STATE, CONFAB_CONNECTION_STOPPED,
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STORAGE_STATE] = g_param_spec_enum (
      "storage-state", NULL, NULL, CONFAB_TYPE_STORAGE_STATE, CONFAB_STORAGE_GOOD,
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
confab_sync_init (ConfabSync *self)
{
}

ConfabSync *
confab_sync_new (ConfabEnvironment *environment, ConfabTransport *transport, ConfabMirror *mirror)
{
  ConfabSync *self;

  g_return_val_if_fail (environment != NULL, NULL);
  g_return_val_if_fail (CONFAB_IS_TRANSPORT (transport), NULL);
  g_return_val_if_fail (CONFAB_IS_MIRROR (mirror), NULL);

  self = g_object_new (CONFAB_TYPE_SYNC, NULL);
  self->environment = confab_environment_ref (environment);
  self->transport = g_object_ref (transport);
  self->mirror = g_object_ref (mirror);
  g_signal_connect_object (mirror, "rebuilt", G_CALLBACK (mirror_rebuilt_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}
