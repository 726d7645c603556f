/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A user, as widgets bind to it. Main thread. */

#pragma once

#include <glib-object.h>

#include "confab-rows.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_USER (confab_user_get_type ())
G_DECLARE_FINAL_TYPE (ConfabUser, confab_user, CONFAB, USER, GObject)

/* Properties, read-only, notified when they change: id (gint64), username, display-name, email
 * (nullable), about (nullable), picture (nullable: its hash), role-id (gint64), created-at (gint64,
 * ms), deleted (gboolean). */
ConfabUser *confab_user_new (gint64 id);
void confab_user_update (ConfabUser *self, const ConfabUserRow *row);

gint64 confab_user_get_id (ConfabUser *self);
const char *confab_user_get_username (ConfabUser *self); /* "" until known */
/* Return the name to show: the username, or words for a deleted account, whose username means
 * nothing any more. */
const char *confab_user_get_display_name (ConfabUser *self);
const char *confab_user_get_email (ConfabUser *self);
const char *confab_user_get_about (ConfabUser *self);
const char *confab_user_get_picture (ConfabUser *self);
gboolean confab_user_get_deleted (ConfabUser *self);
gint64 confab_user_get_role_id (ConfabUser *self);
gint64 confab_user_get_created_at (ConfabUser *self);

/* Return the name to show from a row's fields alone. Any thread. */
const char *confab_user_choose_name (const char *username, gboolean deleted);

G_END_DECLS
