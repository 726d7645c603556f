/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shows a code once, for handing it over. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CONFAB_TYPE_CODE_DIALOG (confab_code_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ConfabCodeDialog, confab_code_dialog, CONFAB, CODE_DIALOG, AdwDialog)

/* @explanation: the user of the code and its expiry; @link: (nullable): an equivalent link. */
ConfabCodeDialog *confab_code_dialog_new (const char *title,
                                          const char *explanation,
                                          const char *code,
                                          const char *link);
/* @expires_at: in ms since the epoch. Call this once. */
void confab_code_dialog_set_expiry (ConfabCodeDialog *self, gint64 expires_at);

G_END_DECLS
