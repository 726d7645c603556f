/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-list-splice.h"

void
confab_list_splice (GListModel *model, GPtrArray **items, GPtrArray *fresh)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (items);
  guint shorter = MIN (old->len, fresh->len);
  guint prefix = 0;
  guint suffix = 0;

  while (prefix < shorter && old->pdata[prefix] == fresh->pdata[prefix])
    prefix++;
  while (suffix < shorter - prefix
         && old->pdata[old->len - 1 - suffix] == fresh->pdata[fresh->len - 1 - suffix])
    suffix++;
  *items = g_ptr_array_ref (fresh);
  if (prefix + suffix < MAX (old->len, fresh->len))
    g_list_model_items_changed (model, prefix, old->len - prefix - suffix,
                                fresh->len - prefix - suffix);
}
