/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The main window: shows the sign-in pages, an open account, or a page about an error. */

#pragma once

#include <adwaita.h>

#include "confab-account.h"
#include "confab-window-state.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_WINDOW (confab_window_get_type ())
G_DECLARE_FINAL_TYPE (ConfabWindow, confab_window, CONFAB, WINDOW, AdwApplicationWindow)

/* @store: its accounts are not loaded yet; @state: loaded. */
ConfabWindow *confab_window_new (GtkApplication *application,
                                 ConfabAccountStore *store,
                                 ConfabWindowState *state);

/* Close all dialogs. */
void confab_window_close_dialogs (ConfabWindow *self);
/* Open a "confab:…" link from outside. Asks the user for confirmation first. */
void confab_window_open_link (ConfabWindow *self, const char *uri);

/**
 * confab_window_open_notification:
 * @target: of type CONFAB_NOTIFICATION_TARGET
 *
 * Opens the conversation and the message of a notification, switching to its account first if
 * needed. The focus is in the composer then.
 */
void confab_window_open_notification (ConfabWindow *self, GVariant *target);

/* Open the conversation with @name, a person or a group, as soon as an account is open, and put
 * @text (nullable) into its composer. */
void confab_window_write_to (ConfabWindow *self, const char *name, const char *text);
/* Close the window, and do not stay in the background. Open dialogs are closed first, because a
 * question would keep the window. */
void confab_window_quit (ConfabWindow *self);

G_END_DECLS
