/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the user was notified of, and what there is to notify of. Calls as in confab-mirror.h. */

#pragma once

#include "confab-mirror.h"
#include "confab-news.h"

G_BEGIN_DECLS

/* Read the unread messages of others. @ids: (element-type gint64). Returns: (transfer full)
 * (element-type ConfabNewsItem): one for each id */
void confab_mirror_read_news_async (ConfabMirror *self,
                                    GArray *ids,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *confab_mirror_read_news_finish (ConfabMirror *self,
                                           GAsyncResult *result,
                                           GError **error);

/* Read up to which message of each conversation the user was notified. Returns: (transfer full):
 * gint64* → gint64* */
void confab_mirror_read_notified_async (ConfabMirror *self,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GHashTable *confab_mirror_read_notified_finish (ConfabMirror *self,
                                                GAsyncResult *result,
                                                GError **error);
/* Record that the user was notified of everything up to @seq, so that no start repeats it. Ends
 * with confab_mirror_write_finish(). */
void confab_mirror_mark_notified_async (ConfabMirror *self,
                                        gint64 conversation_id,
                                        gint64 seq,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

G_END_DECLS
