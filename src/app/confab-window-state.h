/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The window's size and the open conversation, remembered between starts in
 * XDG_STATE_HOME/confab/window.ini. Contains no secrets, and may be deleted. Main thread; files are
 * read and written in other threads. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CONFAB_TYPE_WINDOW_STATE (confab_window_state_get_type ())
G_DECLARE_FINAL_TYPE (ConfabWindowState, confab_window_state, CONFAB, WINDOW_STATE, GObject)

/* @file: where to load and save the state. */
ConfabWindowState *confab_window_state_new (GFile *file);
GFile *confab_window_state_dup_file (void);

/* Never fails: an unreadable file counts as empty. */
void confab_window_state_load_async (ConfabWindowState *self,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void confab_window_state_load_finish (ConfabWindowState *self, GAsyncResult *result);
/* Saves the state as of this call. Later changes need another call. */
void confab_window_state_save_async (ConfabWindowState *self,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean confab_window_state_save_finish (ConfabWindowState *self,
                                          GAsyncResult *result,
                                          GError **error);

/* In application pixels. */
void confab_window_state_get_size (ConfabWindowState *self,
                                   int *width,
                                   int *height,
                                   gboolean *maximized);
void confab_window_state_set_size (ConfabWindowState *self,
                                   int width,
                                   int height,
                                   gboolean maximized);
/* (nullable) */
const char *confab_window_state_get_account (ConfabWindowState *self);
void confab_window_state_set_account (ConfabWindowState *self, const char *account_id);
/* The conversation open in the current account; 0: none. Kept for each account. */
gint64 confab_window_state_get_conversation (ConfabWindowState *self);
void confab_window_state_set_conversation (ConfabWindowState *self, gint64 conversation_id);

G_END_DECLS
