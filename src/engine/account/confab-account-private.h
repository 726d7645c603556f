/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What only the engine does with accounts. Main thread. */

#pragma once

#include "confab-account.h"

G_BEGIN_DECLS

ConfabAccount *confab_account_new (const char *id,
                                   const char *server,
                                   const char *username,
                                   gint64 user_id);

/* What the server says by now. */
void confab_account_set_username (ConfabAccount *self, const char *username);

/* TRUE once the person has signed out and kept the messages: there is no token to look for. */
gboolean confab_account_get_signed_out (ConfabAccount *self);
void confab_account_set_signed_out (ConfabAccount *self, gboolean signed_out);

/* A token kept in memory, for as long as the store lives: for machines without a keyring, and
 * for closing and opening an account again. */
const char *confab_account_get_token (ConfabAccount *self);
void confab_account_set_token (ConfabAccount *self, const char *token);

/* Whether a client has it open: two would fight over its files. */
gboolean confab_account_get_open (ConfabAccount *self);
void confab_account_set_open (ConfabAccount *self, gboolean open);

/* Returns: (transfer full): data_dir/accounts/ID */
char *confab_account_store_get_directory (ConfabAccountStore *self, ConfabAccount *account);

/* (transfer none) (nullable) */
ConfabAccount *confab_account_store_find (ConfabAccountStore *self,
                                          const char *server,
                                          gint64 user_id);

/* (transfer none) (element-type filename): folders that belong to no account of the list */
GPtrArray *confab_account_store_get_strays (ConfabAccountStore *self);

/* Whether any account is of @server. */
gboolean confab_account_store_has_server (ConfabAccountStore *self, const char *server);

void confab_account_store_add (ConfabAccountStore *self, ConfabAccount *account);

/* See confab-device-secret.h. @saved: (out) (optional): whether the keyring has it. (transfer
 * none) (nullable) */
const char *confab_account_store_get_device_secret (ConfabAccountStore *self,
                                                    const char *server,
                                                    gboolean *saved);
void confab_account_store_set_device_secret (ConfabAccountStore *self,
                                             const char *server,
                                             const char *secret,
                                             gboolean saved);

/* The resets that are under way, one for each server. (transfer none): of ConfabReset */
GListStore *confab_account_store_get_resets (ConfabAccountStore *self);

/**
 * confab_account_store_save_async:
 * @removed: (nullable): an account that leaves the list; its folder is deleted
 *
 * Ends when the list, as it is now, is on the disk. Errors: %CONFAB_ENGINE_ERROR_DISK_FULL,
 * _STORAGE.
 */
void confab_account_store_save_async (ConfabAccountStore *self,
                                      ConfabAccount *removed,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean confab_account_store_save_finish (ConfabAccountStore *self,
                                           GAsyncResult *result,
                                           GError **error);

G_END_DECLS
