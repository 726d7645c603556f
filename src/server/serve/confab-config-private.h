/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What of the configuration has rules of its own: where people reach the server, and mail. */

#pragma once

#include "confab-config.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): @value without a slash at the end; NULL if it is not just
 * scheme, host and port */
char *confab_config_parse_origin (const char *value);
gboolean confab_config_parse_security (const char *value, guint *security);
/* What only makes sense together. */
gboolean confab_config_check_mail (const ConfabConfig *self, GError **error);

G_END_DECLS
