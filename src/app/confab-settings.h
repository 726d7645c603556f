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
#define CONFAB_SETTINGS_NOTIFICATIONS "notifications"
#define CONFAB_SETTINGS_NOTIFICATION_CONTENT "notification-content"
#define CONFAB_SETTINGS_NOTIFICATION_SOUND "notification-sound"
#define CONFAB_SETTINGS_QUIET_HOURS "quiet-hours"
#define CONFAB_SETTINGS_QUIET_FROM "quiet-from"
#define CONFAB_SETTINGS_QUIET_UNTIL "quiet-until"
#define CONFAB_SETTINGS_RUN_IN_BACKGROUND "run-in-background"
#define CONFAB_SETTINGS_BACKGROUND_ASKED "background-asked"
#define CONFAB_SETTINGS_SEARCH_MESSAGES "search-messages"
#define CONFAB_SETTINGS_START_AT_LOGIN "start-at-login"

/* Return the settings, the same object each time. Main thread. (transfer none) */
GSettings *confab_settings_get (void);

G_END_DECLS
