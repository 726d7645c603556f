/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by the two kinds of keyring entries: the schema, and operations with a time limit. */

#pragma once

#include <libsecret/secret.h>

#include "confab-keyring.h"

G_BEGIN_DECLS

#define CONFAB_KEYRING_SILENT_S 5
/* For optional data. */
#define CONFAB_KEYRING_BRIEF_S 2
/* The time to find and type a password. */
#define CONFAB_KEYRING_PROMPT_S 120

extern const SecretSchema confab_keyring_schema;

/* A task without a source object whose calls to libsecret are cancelled after @timeout seconds. */
typedef struct _ConfabKeyringOperation ConfabKeyringOperation;

GTask *confab_keyring_operation_new (guint timeout,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* (transfer none): for the calls to libsecret */
GCancellable *confab_keyring_operation_get_cancellable (GTask *task);
/* The calls have ended, so stop the timer. */
void confab_keyring_operation_end (GTask *task);

/* Finish with confab_keyring_lookup_finish(). @timeout: seconds */
void confab_keyring_lookup_entry_async (GHashTable *attributes,
                                        guint timeout,
                                        gboolean unlock,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

/* Finish with confab_keyring_store_finish() and confab_keyring_clear_finish(). */
void confab_keyring_store_entry_async (GHashTable *attributes,
                                       const char *secret,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
void confab_keyring_clear_entries_async (GHashTable *attributes,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);

G_END_DECLS
