/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Lets Confab receive while its window is closed, if the user wants that: keeps the application
 * running, asks the desktop's portal, and starts Confab at login. Main thread. */

#pragma once

#include <gio/gio.h>

#include "confab-kept-clients.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_BACKGROUND (confab_background_get_type ())
G_DECLARE_FINAL_TYPE (ConfabBackground, confab_background, CONFAB, BACKGROUND, GObject)

ConfabBackground *confab_background_new (GApplication *application,
                                         ConfabAccountStore *store,
                                         ConfabKeptClients *kept);

/* Return whether the user wants Confab to run without a window. */
gboolean confab_background_is_wanted (ConfabBackground *self);
/* The window is closed, or there is none: keep the application running, and receive for all
 * accounts. It ends when no account has a session left. Does nothing unless wanted. */
void confab_background_enter (ConfabBackground *self);
/* What was closing is closed. Its account, which could not be opened meanwhile, can be now. Does
 * nothing unless entered. */
void confab_background_resume (ConfabBackground *self);
/* The window opens, or the user quits: the application no longer runs because of this. */
void confab_background_leave (ConfabBackground *self);

G_END_DECLS
