/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The list of accounts on the disk, accounts.ini, and the accounts' folders, each of which has a
 * copy of its entry in account.ini. An entry whose checksum is wrong is ignored; either can be
 * restored from the other. Blocks: call from a worker thread. */

#pragma once

#include "confab-account.h"

G_BEGIN_DECLS

#define CONFAB_ACCOUNT_FOLDER_GROUP "account"

/**
 * ConfabAccountFolders:
 * @accounts: (element-type ConfabAccount)
 * @strays: (element-type filename): folders of unknown accounts
 * @left: (element-type ConfabAccount): removed, as the user had asked before Confab ended
 * @mended: whether the list must be written again
 */
typedef struct
{
  GPtrArray *accounts;
  GPtrArray *strays;
  GPtrArray *left;
  gboolean mended;
} ConfabAccountFolders;

/* Read the accounts below @data_dir, and remove the folders that are marked for it. A list that is
 * damaged, unreadable or not a file is renamed. @spared: (nullable): a set of the ids of accounts
 * that this process uses, whose folders stay. Never fails. */
ConfabAccountFolders *confab_account_folders_read (const char *data_dir, GHashTable *spared);
/* Read the accounts and change nothing on the disk: for a process beside the one that owns the
 * folders. Accounts that are to be removed are left out. Never fails. */
ConfabAccountFolders *confab_account_folders_look (const char *data_dir);
void confab_account_folders_free (ConfabAccountFolders *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabAccountFolders, confab_account_folders_free)

/* Set the group of @account, which is the same in both files. */
void confab_account_folder_describe (ConfabAccount *account, GKeyFile *file, const char *group);
/* Write the label @text into the folder of the account @id, if it exists. */
gboolean confab_account_folder_label (const char *data_dir,
                                      const char *id,
                                      const char *text,
                                      GError **error);
/* Mark the folder at @path, which is in use and may not exist: the next start removes it, or the
 * next load after its account has left the list. */
gboolean confab_account_folder_forget (const char *path, GError **error);
/* Remove the mark: the user signed in again. */
void confab_account_folder_remember (const char *path);
/* Mark the folder at @path as removed, which survives a crash. */
gboolean confab_account_folder_begin_removal (const char *path, GError **error);
/* Delete the folder. Fails if it contains a folder, which Confab does not create. */
gboolean confab_account_folder_end_removal (const char *path, GError **error);

G_END_DECLS
