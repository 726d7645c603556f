/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A person, as the window binds to it. Main thread. */

#pragma once

#include <glib-object.h>

#include "confab-rows.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_USER (confab_user_get_type ())
G_DECLARE_FINAL_TYPE (ConfabUser, confab_user, CONFAB, USER, GObject)

/* Properties, read-only, notified when they change: id (gint64), username, email (nullable),
 * about (nullable), picture (nullable: its hash), role-id (gint64), created-at (gint64, ms), deleted (gboolean: what
 * to show instead of the username is the window's matter). */
ConfabUser *confab_user_new        (gint64 id);
void        confab_user_update     (ConfabUser *self, const ConfabUserRow *row);

gint64      confab_user_get_id         (ConfabUser *self);
const char *confab_user_get_username   (ConfabUser *self); /* "" until known */
const char *confab_user_get_email      (ConfabUser *self);
const char *confab_user_get_about      (ConfabUser *self);
const char *confab_user_get_picture    (ConfabUser *self);
gboolean    confab_user_get_deleted    (ConfabUser *self);
gint64      confab_user_get_role_id    (ConfabUser *self);
gint64      confab_user_get_created_at (ConfabUser *self);

G_END_DECLS
