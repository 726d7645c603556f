/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The name of this device in the list of signed-in devices. Reads small files: do not call on the
 * main thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_device_name_new:
 * @root: (nullable): the root of the file system; %NULL: "/"
 * @host: the host name
 *
 * Uses the computer's pretty name (PRETTY_HOSTNAME of machine-info(5)) or its host name. If both
 * are generic, as in a sandbox, uses the name of the operating system (PRETTY_NAME of
 * os-release(5)). Flatpak provides the host's at /run/host/os-release; the runtime's would be the
 * same everywhere.
 *
 * Returns: (transfer full): the name, valid by confab_text_device_name()
 */
char *confab_device_name_new (const char *root, const char *host);

G_END_DECLS
