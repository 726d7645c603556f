/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The list of accounts on the disk, accounts.ini, and the accounts' folders, each of which has the
 * same entry in its account.ini. An entry that does not match its own checksum is not believed;
 * either is made again from the other. Blocks: for a thread. */

#pragma once

#include "confab-account.h"

G_BEGIN_DECLS

#define CONFAB_ACCOUNT_FOLDER_GROUP "account"

/**
 * ConfabAccountFolders:
 * @accounts: (element-type ConfabAccount)
 * @strays: (element-type filename): folders that belong to no account, and cannot tell to which
 * @mended: whether the list must be written again
 */
typedef struct
{
  GPtrArray *accounts;
  GPtrArray *strays;
  gboolean mended;
} ConfabAccountFolders;

/* Reads what is below @data_dir. A list that is damaged, unreadable or no file at all is set aside.
 * Never fails. */
ConfabAccountFolders *confab_account_folders_read (const char *data_dir);
void confab_account_folders_free (ConfabAccountFolders *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabAccountFolders, confab_account_folders_free)

/* The group for @account, as both files have it. */
void confab_account_folder_describe (ConfabAccount *account, GKeyFile *file, const char *group);
/* Writes @text, which says whose folder it is, into the folder of the account with that @id, if
 * there is one. */
gboolean confab_account_folder_label (const char *data_dir,
                                      const char *id,
                                      const char *text,
                                      GError **error);
/* From now on the folder at @path counts as removed, also after a crash. */
gboolean confab_account_folder_begin_removal (const char *path, GError **error);
/* Deletes it. Everything in it is a file; a folder in it is not ours and makes this fail. */
gboolean confab_account_folder_end_removal (const char *path, GError **error);

G_END_DECLS
