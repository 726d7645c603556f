/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A notice: a change made to the user's own account. Only "shown" ever changes. Main thread. */

#pragma once

#include <glib-object.h>

#include "confab-rows.h"

G_BEGIN_DECLS

/* Properties, read-only: id (gint64), at (gint64, ms), action, actor (nullable: NULL is the
 * server's operator), old-value (nullable), new-value (nullable), by-self (gboolean); and shown
 * (gboolean), notified when it changes. */
#define CONFAB_TYPE_NOTICE (confab_notice_get_type ())
G_DECLARE_FINAL_TYPE (ConfabNotice, confab_notice, CONFAB, NOTICE, GObject)

ConfabNotice *confab_notice_new (const ConfabNoticeRow *row, gboolean shown);
void confab_notice_set_shown (ConfabNotice *self, gboolean shown);

gint64 confab_notice_get_id (ConfabNotice *self);
gint64 confab_notice_get_at (ConfabNotice *self);
const char *confab_notice_get_action (ConfabNotice *self);
const char *confab_notice_get_actor (ConfabNotice *self);
const char *confab_notice_get_old_value (ConfabNotice *self);
const char *confab_notice_get_new_value (ConfabNotice *self);
gboolean confab_notice_get_by_self (ConfabNotice *self);
gboolean confab_notice_get_shown (ConfabNotice *self);

G_END_DECLS
