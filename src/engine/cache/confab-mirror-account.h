/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads roles and notices from the mirror. Each call is one short query; call on the main thread,
 * where it completes. Errors: CONFAB_ENGINE_ERROR. */

#pragma once

#include "confab-mirror.h"

G_BEGIN_DECLS

/* (transfer full) (element-type ConfabRoleRow), by id */
void confab_mirror_read_roles_async (ConfabMirror *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *confab_mirror_read_roles_finish (ConfabMirror *self,
                                            GAsyncResult *result,
                                            GError **error);

/* A notice, and whether it was shown. */
typedef struct
{
  ConfabNoticeRow *row;
  gboolean shown;
} ConfabKeptNotice;

void confab_kept_notice_free (ConfabKeptNotice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabKeptNotice, confab_kept_notice_free)

/* The maximum of notices shown; the server's audit has older ones. */
#define CONFAB_MIRROR_MAX_NOTICES 100

/* (transfer full) (element-type ConfabKeptNotice), newest first */
void confab_mirror_read_notices_async (ConfabMirror *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *confab_mirror_read_notices_finish (ConfabMirror *self,
                                              GAsyncResult *result,
                                              GError **error);

/* The user has seen the notices up to @id. Finish with confab_mirror_write_finish(). */
void confab_mirror_mark_notices_shown_async (ConfabMirror *self,
                                             gint64 id,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);

G_END_DECLS
