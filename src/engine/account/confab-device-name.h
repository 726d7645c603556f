/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What this device is called in the list of devices that one is signed in on. Reads small files:
 * not for the main thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_device_name_new:
 * @root: (nullable): where the file system begins; %NULL: "/"
 * @host: the host name
 *
 * The name that people gave the computer (PRETTY_HOSTNAME of machine-info(5)), or its host name.
 * In a sandbox both say little: then what the operating system calls itself (PRETTY_NAME of
 * os-release(5)), which Flatpak shows at /run/host/os-release, as that of the runtime would be
 * the same everywhere.
 *
 * Returns: (transfer full): the name, as confab_text_device_name() has it
 */
char *confab_device_name_new (const char *root, const char *host);

G_END_DECLS
