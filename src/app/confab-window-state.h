/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the window remembers between two starts: its size and what was open. No secrets; losing
 * it costs nothing. Kept in XDG_STATE_HOME/confab/window.ini. Main thread; files are read and
 * written elsewhere. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CONFAB_TYPE_WINDOW_STATE (confab_window_state_get_type ())
G_DECLARE_FINAL_TYPE (ConfabWindowState, confab_window_state, CONFAB, WINDOW_STATE, GObject)

/* @file: where it lies */
ConfabWindowState *confab_window_state_new (GFile *file);
GFile *confab_window_state_dup_file (void);

/* Cannot fail: an unreadable file is as good as none. */
void confab_window_state_load_async (ConfabWindowState *self,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void confab_window_state_load_finish (ConfabWindowState *self, GAsyncResult *result);
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
/* The one open in that account; 0: none. Each account's is remembered. */
gint64 confab_window_state_get_conversation (ConfabWindowState *self);
void confab_window_state_set_conversation (ConfabWindowState *self, gint64 conversation_id);

G_END_DECLS
