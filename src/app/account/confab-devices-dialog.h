/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where the account is signed in; any of these sessions but our own can be ended. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_DEVICES_DIALOG (confab_devices_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ConfabDevicesDialog, confab_devices_dialog, CONFAB, DEVICES_DIALOG, AdwDialog)

ConfabDevicesDialog *confab_devices_dialog_new (ConfabClient *client);

G_END_DECLS
