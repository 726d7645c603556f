/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-lists.h"

#include "confab-mirror-account.h"
#include "confab-notice.h"

static gint64
get_item_id (gconstpointer item)
{
  return confab_notice_get_id ((ConfabNotice *)item);
}

static gboolean
concerns (ConfabMirrorList *self, ConfabChanges *changes)
{
  return changes->notices;
}

static void
read_notices (ConfabMirrorList *self,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  confab_mirror_read_notices_async (confab_mirror_list_get_mirror (self), cancellable, callback,
                                    user_data);
}

static gpointer
take_row (ConfabMirrorList *self, gconstpointer data)
{
  const ConfabKeptNotice *kept = data;
  ConfabNotice *known = confab_mirror_list_lookup (self, kept->row->id);

  if (known == NULL)
    return confab_notice_new (kept->row, kept->shown);
  /* It may be marked here already, but not in the mirror yet. */
  if (kept->shown)
    confab_notice_set_shown (known, TRUE);

  return g_object_ref (known);
}

static const ConfabMirrorListKind notices = {
  .get_item_type = confab_notice_get_type,
  .get_item_id = get_item_id,
  .concerns = concerns,
  .read = read_notices,
  .read_finish = confab_mirror_read_notices_finish,
  .take_row = take_row,
};

ConfabMirrorList *
confab_notice_list_new (ConfabMirror *mirror)
{
  return confab_mirror_list_new (&notices, mirror, NULL, 0);
}

void
confab_notice_list_mark_shown (ConfabMirrorList *self)
{
  guint n_notices;
  gint64 newest_id = 0;

  g_return_if_fail (CONFAB_IS_MIRROR_LIST (self));

  n_notices = g_list_model_get_n_items (G_LIST_MODEL (self));
  for (guint i = 0; i < n_notices; i++)
    {
      g_autoptr (ConfabNotice) notice = g_list_model_get_item (G_LIST_MODEL (self), i);

      if (!confab_notice_get_shown (notice))
        newest_id = MAX (newest_id, confab_notice_get_id (notice));
      confab_notice_set_shown (notice, TRUE);
    }
  /* If this cannot be written, the notices are shown again after the next start. */
  if (newest_id > 0)
    confab_mirror_mark_notices_shown_async (confab_mirror_list_get_mirror (self), newest_id, NULL,
                                            NULL);
}
