/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Unsent texts in folders that belong to no account: the list of accounts and what the folder
 * said of itself were both damaged. No server can be found for them; a person can still copy
 * them. */

#pragma once

#include "confab-account.h"

G_BEGIN_DECLS

/**
 * ConfabStrayText:
 * @name: (nullable): the conversation's, or that of the person it was to; NULL if it is not known
 * @draft: whether it was being written, not waiting to be sent
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
 * @username: (nullable): of the account it was, as it was last called; NULL if it is not known
 * @texts: (element-type ConfabStrayText): at least one, in the order they were written; drafts last
 */
typedef struct
{
  char *path;
  char *username;
  GPtrArray *texts;
} ConfabStray;

void confab_stray_free (ConfabStray *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabStray, confab_stray_free)

/* Returns: (transfer full): all texts, a blank line between them */
char *confab_stray_join (const ConfabStray *self);

/**
 * confab_account_store_read_strays_async:
 *
 * Reads what is unsent in the folders that belonged to no account when the list was loaded, as
 * far as it can be read. Changes nothing on the disk.
 */
void confab_account_store_read_strays_async (ConfabAccountStore *self,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
/* Never fails. Returns: (transfer full) (element-type ConfabStray): folders without such texts
 * are left out */
GPtrArray *confab_account_store_read_strays_finish (ConfabAccountStore *self, GAsyncResult *result);

/**
 * confab_account_store_remove_stray_async:
 * @path: a stray folder's
 *
 * Deletes the folder with all that is in it; one that is gone already is no error.
 * Errors: %CONFAB_ENGINE_ERROR_STORAGE.
 */
void confab_account_store_remove_stray_async (ConfabAccountStore *self,
                                              const char *path,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);
gboolean confab_account_store_remove_stray_finish (ConfabAccountStore *self,
                                                   GAsyncResult *result,
                                                   GError **error);

G_END_DECLS
