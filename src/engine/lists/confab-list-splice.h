/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Finds the smallest single run in which two orders of the same objects differ. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Replace the content of @items by that of @fresh (both own references), and report it to @model's
 * listeners in one run, or not at all if nothing changed. @items keeps a reference to @fresh, which
 * the caller must not change any more. */
void confab_list_splice (GListModel *model, GPtrArray **items, GPtrArray *fresh);

G_END_DECLS
