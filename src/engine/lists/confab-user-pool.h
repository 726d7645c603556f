/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One ConfabUser per person, for as long as the account is open. Main thread. */

#pragma once

#include "confab-mirror.h"
#include "confab-user.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_USER_POOL (confab_user_pool_get_type ())
G_DECLARE_FINAL_TYPE (ConfabUserPool, confab_user_pool, CONFAB, USER_POOL, GObject)

/* Follows the mirror's changes, and knows oneself at once. Holds a reference on @mirror. */
ConfabUserPool *confab_user_pool_new (ConfabMirror *mirror);

/* The one object for @user_id; its username is "" until a row of it was seen. Returns: (transfer
 * none) */
ConfabUser *confab_user_pool_get (ConfabUserPool *self, gint64 user_id);
/* Takes over a row (from the mirror, or an answer to a search). Returns: (transfer none) */
ConfabUser *confab_user_pool_update (ConfabUserPool *self, const ConfabUserRow *row);
/* Oneself. Returns: (transfer none) */
ConfabUser *confab_user_pool_get_self (ConfabUserPool *self);

G_END_DECLS
