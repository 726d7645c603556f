/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The application: one window, keyboard shortcuts and the About dialog. */

#pragma once

#include <adwaita.h>

#include "confab-background.h"
#include "confab-kept-clients.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_APPLICATION (confab_application_get_type ())
G_DECLARE_FINAL_TYPE (ConfabApplication, confab_application, CONFAB, APPLICATION, AdwApplication)

ConfabApplication *confab_application_new (void);

/* While data of a closed window is being saved, the application does not quit and opens no other
 * window; one that is requested meanwhile opens afterwards. */
void confab_application_begin_saving (ConfabApplication *self);
void confab_application_end_saving (ConfabApplication *self);
/* Close the clients that run without being shown, and do not stay in the background. */
void confab_application_close_kept (ConfabApplication *self);
/* Return what keeps Confab running without a window. (transfer none) */
ConfabBackground *confab_application_get_background (ConfabApplication *self);
/* Return the clients that run without being shown. (transfer none) */
ConfabKeptClients *confab_application_get_kept (ConfabApplication *self);
/* Return whether the system is ending the application, so that no question can be asked. */
gboolean confab_application_is_terminated (ConfabApplication *self);

G_END_DECLS
