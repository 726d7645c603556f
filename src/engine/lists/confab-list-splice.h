/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The smallest single run in which two orders of the same kind of objects differ. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes @items hold what @fresh does (both own references) and tells @model's listeners in one
 * run, or in none if nothing changed. @fresh may be used up. */
void confab_list_splice (GListModel *model, GPtrArray **items, GPtrArray *fresh);

G_END_DECLS
