/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The lock on an account's folder. Two programs that write the same folder would lose unsent texts:
 * when one writes the unsent file again, the other continues with the old one. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConfabFolderLock ConfabFolderLock;

#define CONFAB_FOLDER_LOCK_NAME "lock"

/**
 * confab_folder_lock_take:
 * @directory: (type filename)
 *
 * Locks the folder until confab_folder_lock_free() or the end of the program, however it ends. Does
 * not keep others from reading. Waits a moment for a program that is just closing, so call it on a
 * worker thread.
 *
 * Errors: %CONFAB_ENGINE_ERROR_OPEN_ELSEWHERE if another mirror has the lock, CONFAB_STORE_ERROR if
 * the lock's file cannot be created
 */
ConfabFolderLock *confab_folder_lock_take (const char *directory, GError **error);
void confab_folder_lock_free (ConfabFolderLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabFolderLock, confab_folder_lock_free)

G_END_DECLS
