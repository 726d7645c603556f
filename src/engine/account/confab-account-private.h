/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Functions about accounts for the engine only. Main thread. */

#pragma once

#include "confab-account.h"

G_BEGIN_DECLS

ConfabAccount *confab_account_new (const char *id,
                                   const char *server,
                                   const char *username,
                                   gint64 user_id);

/* Set the username to the server's present value. */
void confab_account_set_username (ConfabAccount *self, const char *username);

/* When the server created the user, in ms; 0 if that is not known yet. A server that was installed
 * anew gives the same ids to other people, so this tells them apart. */
gint64 confab_account_get_created_at (ConfabAccount *self);
void confab_account_set_created_at (ConfabAccount *self, gint64 created_at);

/* Return whether the account is that of this user on @server. A time of 0 is not compared. */
gboolean confab_account_is_of (ConfabAccount *self,
                               const char *server,
                               gint64 user_id,
                               gint64 created_at);

/* TRUE after the user signed out and kept the messages: do not look for a token. */
gboolean confab_account_get_signed_out (ConfabAccount *self);
void confab_account_set_signed_out (ConfabAccount *self, gboolean signed_out);

/* TRUE after the user signed out and asked to remove the messages. The next save marks the folder,
 * so that the next start deletes it if this one does not. */
gboolean confab_account_get_forgotten (ConfabAccount *self);
void confab_account_set_forgotten (ConfabAccount *self, gboolean forgotten);

/* A token kept in memory as long as the store: for computers without a keyring, and for closing and
 * opening an account again. */
const char *confab_account_get_token (ConfabAccount *self);
void confab_account_set_token (ConfabAccount *self, const char *token);

/* Whether a client has the account open. A second one must not use its files. */
gboolean confab_account_get_open (ConfabAccount *self);
void confab_account_set_open (ConfabAccount *self, gboolean open);

/* Returns: (transfer full): data_dir/accounts/ID */
char *confab_account_store_get_directory (ConfabAccountStore *self, ConfabAccount *account);

/* Return the account of this user, preferring one whose time of creation is known to be
 * @created_at; see confab_account_is_of(). (transfer none) (nullable) */
ConfabAccount *confab_account_store_find (ConfabAccountStore *self,
                                          const char *server,
                                          gint64 user_id,
                                          gint64 created_at);

/* (transfer none) (element-type filename): folders without an account in the list */
GPtrArray *confab_account_store_get_strays (ConfabAccountStore *self);

/* Return whether the list has an account on @server. */
gboolean confab_account_store_has_server (ConfabAccountStore *self, const char *server);

void confab_account_store_add (ConfabAccountStore *self, ConfabAccount *account);

/* See confab-device-secret.h. @saved: (out) (optional): whether the keyring has stored it.
 * (transfer none) (nullable) */
const char *confab_account_store_get_device_secret (ConfabAccountStore *self,
                                                    const char *server,
                                                    gboolean *saved);
void confab_account_store_set_device_secret (ConfabAccountStore *self,
                                             const char *server,
                                             const char *secret,
                                             gboolean saved);

/* The unfinished resets, one per server. (transfer none): of ConfabReset */
GListStore *confab_account_store_get_resets (ConfabAccountStore *self);

/**
 * confab_account_store_save_async:
 * @removed: (nullable): an account that was removed from the list; its folder is deleted
 *
 * Completes when the present list is on the disk. Errors: %CONFAB_ENGINE_ERROR_DISK_FULL, _STORAGE.
 */
void confab_account_store_save_async (ConfabAccountStore *self,
                                      ConfabAccount *removed,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean confab_account_store_save_finish (ConfabAccountStore *self,
                                           GAsyncResult *result,
                                           GError **error);

G_END_DECLS
