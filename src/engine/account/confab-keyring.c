/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-keyring"

#include "confab-keyring-private.h"

#include <string.h>

#include "confab-limits.h"

const SecretSchema confab_keyring_schema = {
  CONFAB_APP_ID ".Credential",
  SECRET_SCHEMA_NONE,
  {
      { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "version", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "expires", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

static GHashTable *
make_attributes (ConfabAccount *account)
{
  return secret_attributes_build (&confab_keyring_schema, "kind", "session", "server",
                                  confab_account_get_server (account), "account",
                                  confab_account_get_id (account), "version", "1", NULL);
}

/* ---- operations with a time limit ---- */

struct _ConfabKeyringOperation
{
  GCancellable *cancellable; /* of the calls to libsecret */
  GCancellable *outer;
  gulong cancelled_id;
  guint timer;
  gboolean silent; /* the user is not asked, so any delay is the service's */
  gboolean timed_out;
  char *owner; /* (nullable): the id of the account that the secret must name */
  ConfabKeyringState state;
};

typedef ConfabKeyringOperation Operation;

static void
operation_settle (Operation *op)
{
  g_clear_handle_id (&op->timer, g_source_remove);
  if (op->cancelled_id != 0)
    g_signal_handler_disconnect (op->outer, op->cancelled_id);
  op->cancelled_id = 0;
}

static void
operation_free (gpointer data)
{
  Operation *op = data;

  operation_settle (op);
  g_clear_object (&op->cancellable);
  g_clear_object (&op->outer);
  g_free (op->owner);
  g_free (op);
}

static gboolean
timeout_cb (gpointer user_data)
{
  Operation *op = user_data;

  op->timer = 0;
  op->timed_out = TRUE;
  g_cancellable_cancel (op->cancellable);

  return G_SOURCE_REMOVE;
}

GTask *
confab_keyring_operation_new (guint timeout,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Operation *op = g_new0 (Operation, 1);

  g_task_set_task_data (task, op, operation_free);
  g_task_set_check_cancellable (task, FALSE);
  op->silent = timeout == CONFAB_KEYRING_SILENT_S;
  op->cancellable = g_cancellable_new ();
  op->timer = g_timeout_add_seconds (timeout, timeout_cb, op);
  if (g_set_object (&op->outer, cancellable))
    op->cancelled_id =
        g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (g_cancellable_cancel),
                                 op->cancellable, G_CONNECT_SWAPPED);

  return task;
}

GCancellable *
confab_keyring_operation_get_cancellable (GTask *task)
{
  return ((Operation *)g_task_get_task_data (task))->cancellable;
}

void
confab_keyring_operation_end (GTask *task)
{
  operation_settle (g_task_get_task_data (task));
}

/* Complete @task with @token, or with the state that the failure means. */
static void
operation_return (GTask *task, ConfabKeyringState state, char *token)
{
  Operation *op = g_task_get_task_data (task);

  operation_settle (op);
  op->state = state;
  g_task_return_pointer (task, token, (GDestroyNotify)secret_password_free);
}

static ConfabKeyringState
state_from_error (Operation *op, const GError *error)
{
  if (g_cancellable_is_cancelled (op->cancellable) && !op->timed_out)
    return CONFAB_KEYRING_UNKNOWN;
  g_debug ("The keyring: %s", op->timed_out ? "no answer in time" : error->message);
  if (op->timed_out && op->silent)
    return CONFAB_KEYRING_SILENT;
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return CONFAB_KEYRING_LOCKED;

  return CONFAB_KEYRING_ABSENT;
}

/* ---- looking up ---- */

/* Anyone who can open the keyring can edit it, and a damaged keyring may mix up its entries. A
 * secret becomes part of a request: a bad one would fail each of them, and another account's would
 * send this account's messages in its name. Return the secret without its owner, or NULL if there
 * is none that can be used. (nullable) */
static const char *
check_secret (Operation *op, const char *secret)
{
  if (secret == NULL)
    return NULL;
  if (op->owner != NULL)
    {
      if (!g_str_has_prefix (secret, op->owner) || secret[strlen (op->owner)] != ' ')
        return NULL;
      secret += strlen (op->owner) + 1;
    }
  if (*secret == '\0' || strlen (secret) > CONFAB_SERVER_TEXT_MAX_CHARS)
    return NULL;
  for (const char *at = secret; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      return NULL;

  return secret;
}

static void
retrieved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SecretValue) value = NULL;
  g_autoptr (GError) error = NULL;
  Operation *op = g_task_get_task_data (task);
  const char *token;

  value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);
  if (error != NULL)
    {
      operation_return (task, state_from_error (op, error), NULL);
      return;
    }
  token = check_secret (op, value != NULL ? secret_value_get_text (value) : NULL);
  if (token == NULL)
    operation_return (task, CONFAB_KEYRING_LOST, NULL);
  else
    operation_return (task, CONFAB_KEYRING_AVAILABLE, g_strdup (token));
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Operation *op = g_task_get_task_data (task);
  GList *found;

  found = secret_password_search_finish (result, &error);
  if (error != NULL)
    operation_return (task, state_from_error (op, error), NULL);
  else if (found == NULL)
    operation_return (task, CONFAB_KEYRING_LOST, NULL);
  else if (SECRET_IS_ITEM (found->data) && secret_item_get_locked (SECRET_ITEM (found->data)))
    operation_return (task, CONFAB_KEYRING_LOCKED, NULL);
  else
    secret_retrievable_retrieve_secret (SECRET_RETRIEVABLE (found->data), op->cancellable,
                                        retrieved_cb, g_object_ref (task));
  g_list_free_full (found, g_object_unref);
}

/* Takes ownership of @task. */
static void
search (GTask *task, GHashTable *attributes, gboolean unlock)
{
  Operation *op = g_task_get_task_data (task);

  secret_password_searchv (&confab_keyring_schema, attributes,
                           SECRET_SEARCH_LOAD_SECRETS | (unlock ? SECRET_SEARCH_UNLOCK : 0),
                           op->cancellable, searched_cb, task);
}

void
confab_keyring_lookup_entry_async (GHashTable *attributes,
                                   guint timeout,
                                   gboolean unlock,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = confab_keyring_operation_new (timeout, cancellable, callback, user_data);

  g_task_set_source_tag (task, confab_keyring_lookup_entry_async);
  search (task, attributes, unlock);
}

void
confab_keyring_lookup_async (ConfabAccount *account,
                             gboolean unlock,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GHashTable) attributes = NULL;
  GTask *task;

  g_return_if_fail (CONFAB_IS_ACCOUNT (account));

  attributes = make_attributes (account);
  task = confab_keyring_operation_new (unlock ? CONFAB_KEYRING_PROMPT_S : CONFAB_KEYRING_SILENT_S,
                                       cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_keyring_lookup_async);
  ((Operation *)g_task_get_task_data (task))->owner = g_strdup (confab_account_get_id (account));
  search (task, attributes, unlock);
}

char *
confab_keyring_lookup_finish (GAsyncResult *result, ConfabKeyringState *state)
{
  Operation *op;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  op = g_task_get_task_data (G_TASK (result));
  *state = op->state;

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* ---- storing and clearing ---- */

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    operation_return (task, CONFAB_KEYRING_AVAILABLE, NULL);
  else
    operation_return (task, state_from_error (g_task_get_task_data (task), error), NULL);
}

void
confab_keyring_store_entry_async (GHashTable *attributes,
                                  const char *secret,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autofree char *label = NULL;
  GTask *task;

  task = confab_keyring_operation_new (CONFAB_KEYRING_PROMPT_S, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_keyring_store_entry_async);
  label = g_strdup_printf ("Confab: %s", (char *)g_hash_table_lookup (attributes, "server"));
  secret_password_storev (&confab_keyring_schema, attributes, SECRET_COLLECTION_DEFAULT, label,
                          secret, confab_keyring_operation_get_cancellable (task), stored_cb, task);
}

void
confab_keyring_store_async (ConfabAccount *account,
                            const char *token,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GHashTable) attributes = NULL;
  g_autofree char *secret = NULL;

  g_return_if_fail (CONFAB_IS_ACCOUNT (account));

  attributes = make_attributes (account);
  secret = g_strdup_printf ("%s %s", confab_account_get_id (account), token);
  confab_keyring_store_entry_async (attributes, secret, cancellable, callback, user_data);
}

ConfabKeyringState
confab_keyring_store_finish (GAsyncResult *result)
{
  ConfabKeyringState state;

  confab_keyring_lookup_finish (result, &state);

  return state;
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!secret_password_clear_finish (result, &error) && error != NULL)
    g_debug ("The keyring keeps the token: %s", error->message);
  operation_return (task, CONFAB_KEYRING_UNKNOWN, NULL);
}

void
confab_keyring_clear_entries_async (GHashTable *attributes,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task = confab_keyring_operation_new (CONFAB_KEYRING_SILENT_S, NULL, callback, user_data);

  g_task_set_source_tag (task, confab_keyring_clear_entries_async);
  secret_password_clearv (&confab_keyring_schema, attributes,
                          confab_keyring_operation_get_cancellable (task), cleared_cb, task);
}

void
confab_keyring_clear_async (ConfabAccount *account,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GHashTable) attributes = NULL;

  g_return_if_fail (CONFAB_IS_ACCOUNT (account));

  attributes = make_attributes (account);
  confab_keyring_clear_entries_async (attributes, callback, user_data);
}

void
confab_keyring_clear_finish (GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, NULL));

  g_task_propagate_pointer (G_TASK (result), NULL);
}
