/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Unsent texts in folders without an account, because both the list of accounts and the folder's
 * own file were damaged. They cannot be sent, because their server is unknown, but the user can
 * copy them. */

#pragma once

#include "confab-account.h"

G_BEGIN_DECLS

/**
 * ConfabStrayText:
 * @name: (nullable): the name of the conversation or the other person; NULL if unknown
 * @draft: whether it is a draft, not a message waiting to be sent
 */
typedef struct
{
  char *name;
  char *text;
  gboolean draft;
} ConfabStrayText;

/**
 * ConfabStray:
 * @path: (type filename): the folder
 * @username: (nullable): the account's last known username; NULL if unknown
 * @texts: (element-type ConfabStrayText): at least one, in the order of writing; drafts last
 */
typedef struct
{
  char *path;
  char *username;
  GPtrArray *texts;
} ConfabStray;

void confab_stray_free (ConfabStray *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabStray, confab_stray_free)

/* Returns: (transfer full): all texts, separated by blank lines */
char *confab_stray_join (const ConfabStray *self);

/**
 * confab_account_store_read_strays_async:
 *
 * Reads the unsent texts of folders that had no account when the list was loaded, as far as they
 * can be read. Changes nothing on the disk.
 */
void confab_account_store_read_strays_async (ConfabAccountStore *self,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
/* Never fails. Returns: (transfer full) (element-type ConfabStray): only folders with such texts */
GPtrArray *confab_account_store_read_strays_finish (ConfabAccountStore *self, GAsyncResult *result);

/**
 * confab_account_store_remove_stray_async:
 * @path: a stray folder's
 *
 * Deletes the folder with its contents; it is no error if it is gone already. Errors:
 * %CONFAB_ENGINE_ERROR_STORAGE.
 */
void confab_account_store_remove_stray_async (ConfabAccountStore *self,
                                              const char *path,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);
gboolean confab_account_store_remove_stray_finish (ConfabAccountStore *self,
                                                   GAsyncResult *result,
                                                   GError **error);

G_END_DECLS
