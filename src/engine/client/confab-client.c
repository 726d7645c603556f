/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-client"

#include "confab-client-private.h"

#include "confab-engine-error.h"
#include "confab-timeline-private.h"

G_DEFINE_FINAL_TYPE (ConfabClient, confab_client, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ACCOUNT,
  PROP_CONNECTION_STATE,
  PROP_CONNECTION_ERROR,
  PROP_KEYRING_STATE,
  PROP_STORAGE_STATE,
  PROP_SELF_USER,
  PROP_UNSENT_COUNT,
  PROP_SENDING_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* ---- connecting the parts ---- */

static void
connection_state_cb (ConfabClient *self, GParamSpec *pspec, ConfabSync *sync)
{
  ConfabConnectionState state = confab_sync_get_connection_state (sync);
  gboolean online = confab_client_is_online (self);
  gboolean reached = online || state == CONFAB_CONNECTION_SYNCING;

  g_assert (CONFAB_IS_CLIENT (self));

  confab_outbox_set_online (self->outbox, reached);
  confab_read_reporter_set_online (self->reads, reached);
  confab_backfill_set_online (self->backfill, online);
  confab_news_set_online (self->news, online);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTION_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTION_ERROR]);
}

static void
storage_state_cb (ConfabClient *self, GParamSpec *pspec, ConfabSync *sync)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STORAGE_STATE]);
}

static void
mirror_changed_cb (ConfabClient *self, ConfabChanges *changes, ConfabMirror *mirror)
{
  guint unsent_count = confab_mirror_get_unsent_count (mirror);

  g_assert (CONFAB_IS_CLIENT (self));

  if (self->unsent_count == unsent_count)
    return;
  self->unsent_count = unsent_count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNSENT_COUNT]);
}

static void
network_changed_cb (ConfabClient *self, gboolean resumed, ConfabNetwork *network)
{
  g_assert (CONFAB_IS_CLIENT (self));

  if (resumed)
    confab_sync_reconnect (self->sync);
  else
    confab_sync_verify (self->sync);
}

static void
outbox_signed_out_cb (ConfabClient *self, ConfabOutbox *outbox)
{
  confab_sync_check_session (self->sync);
}

static void
outbox_error_changed_cb (ConfabClient *self, ConfabOutbox *outbox)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENDING_ERROR]);
}

static void
outbox_stored_cb (ConfabClient *self, const GError *error, ConfabOutbox *outbox)
{
  confab_sync_note_storage (self->sync, error);
}

static void
assemble (ConfabClient *self)
{
  self->transport =
      confab_transport_new (self->environment, confab_account_get_server (self->account));
  self->sync = confab_sync_new (self->environment, self->transport, self->mirror);
  self->outbox = confab_outbox_new (self->environment, self->transport, self->mirror);
  self->reads = confab_read_reporter_new (self->environment, self->transport, self->mirror);
  self->backfill = confab_backfill_new (self->environment, self->transport, self->mirror);
  self->network = confab_network_new (self->environment);
  self->users = confab_user_pool_new (self->mirror);
  /* Queue this read before that of the conversations, for which opening waits, so that the
   * permissions are known from the start. */
  self->roles = confab_role_list_new (self->mirror);
  self->conversations = confab_conversation_list_new (self->mirror);
  self->notices = confab_notice_list_new (self->mirror);
  self->news = confab_news_new (self->environment, self->mirror, self->conversations);
  self->unsent_count = confab_mirror_get_unsent_count (self->mirror);

  g_signal_connect_object (self->sync, "notify::connection-state", G_CALLBACK (connection_state_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "notify::storage-state", G_CALLBACK (storage_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->mirror, "changed", G_CALLBACK (mirror_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->network, "changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "signed-out", G_CALLBACK (outbox_signed_out_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "error-changed", G_CALLBACK (outbox_error_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "stored", G_CALLBACK (outbox_stored_cb), self,
                           G_CONNECT_SWAPPED);
  if (confab_mirror_get_frozen (self->mirror) != NULL)
    confab_sync_note_storage (self->sync, confab_mirror_get_frozen (self->mirror));
  confab_client_follow_username (self);
  confab_client_watch_permissions (self);
}

/* ---- opening ---- */

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabClient *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (confab_conversation_list_settle_finish (CONFAB_CONVERSATION_LIST (source), result, &error))
    {
      /* The time for undoing the removal ended with the program. */
      confab_client_forget_closed (self, NULL);
      g_task_return_pointer (task, g_object_ref (self), g_object_unref);
    }
  else
    g_task_return_error (task, error);
}

static void
mirror_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ConfabClient *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->mirror = confab_mirror_open_finish (result, &error);
  if (self->mirror == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  assemble (self);
  confab_conversation_list_settle_async (self->conversations, g_task_get_cancellable (task),
                                         settled_cb, g_object_ref (task));
}

void
confab_client_open_async (ConfabEnvironment *environment,
                          ConfabAccountStore *store,
                          ConfabAccount *account,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *directory = NULL;
  ConfabClient *self;

  g_return_if_fail (environment != NULL);
  g_return_if_fail (CONFAB_IS_ACCOUNT_STORE (store));
  g_return_if_fail (CONFAB_IS_ACCOUNT (account));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_client_open_async);
  if (confab_account_get_open (account))
    {
      g_task_return_new_error (task, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_ALREADY_SIGNED_IN,
                               "“%s” is open already", confab_account_get_username (account));
      return;
    }

  self = g_object_new (CONFAB_TYPE_CLIENT, NULL);
  self->environment = confab_environment_ref (environment);
  self->store = g_object_ref (store);
  self->account = g_object_ref (account);
  confab_account_set_open (account, TRUE);
  g_task_set_task_data (task, self, g_object_unref);
  directory = confab_account_store_get_directory (store, account);
  confab_mirror_open_async (directory, confab_account_get_user_id (account), cancellable,
                            mirror_opened_cb, g_object_ref (task));
}

ConfabClient *
confab_client_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- stopping and closing ---- */

void
confab_client_stop (ConfabClient *self, ConfabConnectionState state)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  confab_sync_stop (self->sync, state);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabClient) self = user_data;
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->closing);
  g_autoptr (GError) error = NULL;

  confab_account_set_open (self->account, FALSE);
  confab_mirror_close_finish (CONFAB_MIRROR (source), result, &error);
  for (guint i = 0; i < tasks->len; i++)
    {
      if (error == NULL)
        g_task_return_boolean (tasks->pdata[i], TRUE);
      else
        g_task_return_error (tasks->pdata[i], g_error_copy (error));
    }
}

void
confab_client_close_async (ConfabClient *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CONFAB_IS_CLIENT (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, confab_client_close_async);
  if (self->closing != NULL) /* completes with the first call */
    {
      g_ptr_array_add (self->closing, g_steal_pointer (&task));
      return;
    }
  if (self->closed)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  self->closed = TRUE;
  self->closing = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->closing, g_steal_pointer (&task));
  confab_news_close (self->news);
  g_clear_pointer (&self->keyring_watch, confab_keyring_watch_free);
  confab_client_stop (self,
                      confab_sync_get_connection_state (self->sync) == CONFAB_CONNECTION_SIGNED_OUT
                          ? CONFAB_CONNECTION_SIGNED_OUT
                          : CONFAB_CONNECTION_STOPPED);
  confab_mirror_close_async (self->mirror, closed_cb, g_object_ref (self));
}

gboolean
confab_client_close_finish (ConfabClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
confab_client_reconnect (ConfabClient *self)
{
  g_return_if_fail (CONFAB_IS_CLIENT (self));

  confab_sync_hurry (self->sync);
  confab_outbox_hurry (self->outbox);
}

/* ---- properties ---- */

ConfabAccount *
confab_client_get_account (ConfabClient *self)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);

  return self->account;
}

ConfabConnectionState
confab_client_get_connection_state (ConfabClient *self)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), CONFAB_CONNECTION_STOPPED);

  return confab_sync_get_connection_state (self->sync);
}

gboolean
confab_client_is_online (ConfabClient *self)
{
  ConfabConnectionState state = confab_client_get_connection_state (self);

  return state == CONFAB_CONNECTION_ONLINE || state == CONFAB_CONNECTION_POLLING;
}

const GError *
confab_client_get_sending_error (ConfabClient *self)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);

  return confab_outbox_get_error (self->outbox);
}

const GError *
confab_client_get_connection_error (ConfabClient *self)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);

  return confab_sync_get_error (self->sync);
}

ConfabKeyringState
confab_client_get_keyring_state (ConfabClient *self)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), CONFAB_KEYRING_UNKNOWN);

  return self->keyring_state;
}

void
confab_client_set_keyring_state (ConfabClient *self, ConfabKeyringState state)
{
  if (self->keyring_state == state)
    return;
  self->keyring_state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEYRING_STATE]);
}

ConfabStorageState
confab_client_get_storage_state (ConfabClient *self)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), CONFAB_STORAGE_GOOD);

  return confab_sync_get_storage_state (self->sync);
}

ConfabUser *
confab_client_get_self_user (ConfabClient *self)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);

  return confab_user_pool_get_self (self->users);
}

guint
confab_client_get_unsent_count (ConfabClient *self)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), 0);

  return self->unsent_count;
}

guint
confab_client_get_lost_count (ConfabClient *self)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), 0);

  return confab_mirror_get_lost_count (self->mirror);
}

ConfabNews *
confab_client_get_news (ConfabClient *self)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);

  return self->news;
}

/* ---- lists ---- */

GListModel *
confab_client_get_conversations (ConfabClient *self)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);

  return G_LIST_MODEL (self->conversations);
}

ConfabConversation *
confab_client_get_conversation (ConfabClient *self, gint64 conversation_id)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);

  return confab_conversation_list_lookup (self->conversations, conversation_id);
}

static void
older_wanted_cb (ConfabClient *self, ConfabTimeline *timeline)
{
  g_assert (CONFAB_IS_CLIENT (self));

  confab_backfill_prefer (self->backfill, confab_timeline_get_conversation_id (timeline));
}

ConfabTimeline *
confab_client_open_timeline (ConfabClient *self, ConfabConversation *conversation)
{
  ConfabTimeline *timeline;

  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (conversation), NULL);

  timeline =
      confab_timeline_new (self->mirror, self->users, confab_conversation_get_id (conversation));
  g_signal_connect_object (timeline, "older-wanted", G_CALLBACK (older_wanted_cb), self,
                           G_CONNECT_SWAPPED);

  return timeline;
}

GListModel *
confab_client_open_members (ConfabClient *self, ConfabConversation *conversation)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (conversation), NULL);

  return G_LIST_MODEL (confab_member_list_new (self->mirror, self->users,
                                               confab_conversation_get_id (conversation)));
}

GListModel *
confab_client_open_shared_groups (ConfabClient *self, ConfabUser *user)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);
  g_return_val_if_fail (CONFAB_IS_USER (user), NULL);

  return G_LIST_MODEL (
      confab_shared_groups_new (self->mirror, self->conversations, confab_user_get_id (user)));
}

ConfabConversation *
confab_client_get_direct (ConfabClient *self, ConfabUser *user)
{
  guint n_conversations;

  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);
  g_return_val_if_fail (CONFAB_IS_USER (user), NULL);

  n_conversations = g_list_model_get_n_items (G_LIST_MODEL (self->conversations));
  for (guint i = 0; i < n_conversations; i++)
    {
      /* The list keeps a reference. */
      g_autoptr (ConfabConversation) conversation =
          g_list_model_get_item (G_LIST_MODEL (self->conversations), i);

      if (!confab_conversation_get_is_group (conversation)
          && confab_conversation_get_other_user_id (conversation) == confab_user_get_id (user))
        return conversation;
    }

  return NULL;
}

/* ---- the object ---- */

static void
confab_client_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ConfabClient *self = CONFAB_CLIENT (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_CONNECTION_STATE:
      g_value_set_enum (value, (int)confab_client_get_connection_state (self));
      break;
    case PROP_CONNECTION_ERROR:
      g_value_set_boxed (value, confab_client_get_connection_error (self));
      break;
    case PROP_KEYRING_STATE:
      g_value_set_enum (value, (int)self->keyring_state);
      break;
    case PROP_STORAGE_STATE:
      g_value_set_enum (value, (int)confab_client_get_storage_state (self));
      break;
    case PROP_SELF_USER:
      g_value_set_object (value, confab_client_get_self_user (self));
      break;
    case PROP_UNSENT_COUNT:
      g_value_set_uint (value, self->unsent_count);
      break;
    case PROP_SENDING_ERROR:
      g_value_set_boxed (value, confab_client_get_sending_error (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
confab_client_dispose (GObject *object)
{
  ConfabClient *self = CONFAB_CLIENT (object);

  if (self->sync != NULL)
    confab_client_stop (self, CONFAB_CONNECTION_STOPPED);
  g_clear_pointer (&self->keyring_watch, confab_keyring_watch_free);
  if (self->account != NULL && !self->closed)
    confab_account_set_open (self->account, FALSE);
  if (self->news != NULL)
    confab_news_close (self->news);
  g_clear_object (&self->news);
  g_clear_object (&self->notices);
  g_clear_object (&self->conversations);
  g_clear_object (&self->roles);
  g_clear_object (&self->users);
  g_clear_object (&self->network);
  g_clear_object (&self->backfill);
  g_clear_object (&self->reads);
  g_clear_object (&self->outbox);
  g_clear_object (&self->sync);
  g_clear_object (&self->transport);
  g_clear_object (&self->mirror);
  g_clear_object (&self->account);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->unkept_drafts, g_hash_table_unref);
  g_clear_pointer (&self->environment, confab_environment_unref);

  G_OBJECT_CLASS (confab_client_parent_class)->dispose (object);
}

static void
confab_client_class_init (ConfabClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = confab_client_dispose;
  object_class->get_property = confab_client_get_property;

  properties[PROP_ACCOUNT] =
      g_param_spec_object ("account", NULL, NULL, CONFAB_TYPE_ACCOUNT, flags);
  properties[PROP_CONNECTION_STATE] =
      g_param_spec_enum ("connection-state", NULL, NULL, CONFAB_TYPE_CONNECTION_STATE,
                         CONFAB_CONNECTION_STOPPED, flags);
  properties[PROP_CONNECTION_ERROR] =
      g_param_spec_boxed ("connection-error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_KEYRING_STATE] = g_param_spec_enum (
      "keyring-state", NULL, NULL, CONFAB_TYPE_KEYRING_STATE, CONFAB_KEYRING_UNKNOWN, flags);
  properties[PROP_STORAGE_STATE] = g_param_spec_enum (
      "storage-state", NULL, NULL, CONFAB_TYPE_STORAGE_STATE, CONFAB_STORAGE_GOOD, flags);
  properties[PROP_SELF_USER] =
      g_param_spec_object ("self-user", NULL, NULL, CONFAB_TYPE_USER, flags);
  properties[PROP_UNSENT_COUNT] =
      g_param_spec_uint ("unsent-count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SENDING_ERROR] =
      g_param_spec_boxed ("sending-error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_signal_new ("permissions-changed", CONFAB_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
confab_client_init (ConfabClient *self)
{
  self->unkept_drafts = confab_id_map_new (g_free);
  self->cancellable = g_cancellable_new ();
}
