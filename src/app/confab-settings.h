/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The settings of this computer (GSettings). data/chat.confab.Confab.gschema.xml describes each
 * key. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CONFAB_SETTINGS_ENTER_SENDS "enter-sends"
#define CONFAB_SETTINGS_APPEARANCE "appearance"
#define CONFAB_SETTINGS_MESSAGE_TEXT_SIZE "message-text-size"

/* Return the settings, the same object each time. Main thread. (transfer none) */
GSettings *confab_settings_get (void);

G_END_DECLS
