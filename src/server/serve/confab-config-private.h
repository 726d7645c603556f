/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Parts of the configuration with rules of their own: the server's public address, and mail. */

#pragma once

#include "confab-config.h"

G_BEGIN_DECLS

/**
 * confab_config_parse_origin:
 *
 * Returns: (transfer full) (nullable): @value without a trailing slash, or %NULL if it is more or
 * less than scheme, host and port
 */
char *confab_config_parse_origin (const char *value);
gboolean confab_config_parse_security (const char *value, guint *security);
/* Check settings that depend on each other. */
gboolean confab_config_check_mail (const ConfabConfig *self, GError **error);

G_END_DECLS
