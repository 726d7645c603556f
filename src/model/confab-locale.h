/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The language of texts, and what CLDR knows about the locale. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void confab_locale_init (void);
gboolean confab_locale_get_rtl (gboolean *rtl);
char *confab_locale_dup_icu (int category);
char *confab_locale_join (const char *const *names);

G_END_DECLS
