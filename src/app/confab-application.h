/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The program: one window, its shortcuts, and what is known about Confab itself. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CONFAB_TYPE_APPLICATION (confab_application_get_type ())
G_DECLARE_FINAL_TYPE (ConfabApplication, confab_application, CONFAB, APPLICATION, AdwApplication)

ConfabApplication *confab_application_new (void);

/* While something of a closed window is on its way to the disk the program neither ends nor
 * opens another window; one that is asked for meanwhile opens afterwards. */
void confab_application_begin_saving (ConfabApplication *self);
void confab_application_end_saving (ConfabApplication *self);
/* The system ends the program: nothing is asked any more. */
gboolean confab_application_is_terminated (ConfabApplication *self);

G_END_DECLS
