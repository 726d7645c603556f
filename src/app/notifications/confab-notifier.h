/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Sends the desktop the notifications of one client, and withdraws them. */

#pragma once

#include <gio/gio.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Give @client notifications as long as it lives. Calling this again changes nothing. */
void confab_notifier_attach (ConfabClient *client, GApplication *application);
/* Send a notification that shows that notifications work. */
void confab_notifier_send_test (GApplication *application);

G_END_DECLS
