/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-device-secret"

#include "confab-device-secret.h"

#include "confab-keyring-private.h"

static GHashTable *
make_attributes (const char *server)
{
  return secret_attributes_build (&confab_keyring_schema, "kind", "device", "server", server,
                                  "version", "1", NULL);
}

/* ---- lookup ---- */

typedef struct
{
  ConfabAccountStore *store;
  char *server;
} Lookup;

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  g_object_unref (lookup->store);
  g_free (lookup->server);
  g_free (lookup);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Lookup *lookup = g_task_get_task_data (task);
  ConfabKeyringState state;
  g_autofree char *secret = confab_keyring_lookup_finish (result, &state);

  if (secret != NULL)
    confab_account_store_set_device_secret (lookup->store, lookup->server, secret, TRUE);
  g_task_return_pointer (task, g_steal_pointer (&secret), g_free);
}

void
confab_device_secret_lookup_async (ConfabAccountStore *store,
                                   const char *server,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GHashTable) attributes = make_attributes (server);
  const char *secret = confab_account_store_get_device_secret (store, server, NULL);
  Lookup *lookup;

  g_task_set_source_tag (task, confab_device_secret_lookup_async);
  g_task_set_check_cancellable (task, FALSE);
  if (secret != NULL || !confab_account_store_get_environment (store)->use_keyring)
    {
      g_task_return_pointer (task, g_strdup (secret), g_free);
      return;
    }

  lookup = g_new0 (Lookup, 1);
  lookup->store = g_object_ref (store);
  lookup->server = g_strdup (server);
  g_task_set_task_data (task, lookup, lookup_free);
  confab_keyring_lookup_entry_async (attributes, CONFAB_KEYRING_BRIEF_S, FALSE, cancellable,
                                     looked_up_cb, g_steal_pointer (&task));
}

char *
confab_device_secret_lookup_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* ---- storing ---- */

void
confab_device_secret_take (ConfabAccountStore *store, const char *server, const char *secret)
{
  gboolean saved = FALSE;
  const char *known = confab_account_store_get_device_secret (store, server, &saved);

  if (g_strcmp0 (known, secret) != 0)
    confab_account_store_set_device_secret (store, server, secret, FALSE);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* Without it, the next sign-in counts as one from a new computer, which does no harm. */
  if (confab_keyring_store_finish (result) != CONFAB_KEYRING_AVAILABLE)
    g_debug ("The keyring did not take the device's secret");
}

void
confab_device_secret_save (ConfabAccountStore *store, const char *server)
{
  gboolean saved = FALSE;
  g_autofree char *secret =
      g_strdup (confab_account_store_get_device_secret (store, server, &saved));
  g_autoptr (GHashTable) attributes = NULL;

  if (secret == NULL || saved || !confab_account_store_get_environment (store)->use_keyring)
    return;

  attributes = make_attributes (server);
  confab_account_store_set_device_secret (store, server, secret, TRUE);
  confab_keyring_store_entry_async (attributes, secret, NULL, stored_cb, NULL);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  confab_keyring_clear_finish (result);
}

void
confab_device_secret_forget (ConfabAccountStore *store, const char *server)
{
  g_autoptr (GHashTable) attributes = make_attributes (server);

  confab_account_store_set_device_secret (store, server, NULL, FALSE);
  if (confab_account_store_get_environment (store)->use_keyring)
    confab_keyring_clear_entries_async (attributes, cleared_cb, NULL);
}
