/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Provides one ConfabUser per person, as long as the account is open. Main thread. */

#pragma once

#include "confab-mirror.h"
#include "confab-user.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_USER_POOL (confab_user_pool_get_type ())
G_DECLARE_FINAL_TYPE (ConfabUserPool, confab_user_pool, CONFAB, USER_POOL, GObject)

/* Follows the mirror's changes, and has the user at once. Holds a reference on @mirror. */
ConfabUserPool *confab_user_pool_new (ConfabMirror *mirror);

/* Return the object for @user_id; its username is "" until its row is known. Returns: (transfer
 * none) */
ConfabUser *confab_user_pool_get (ConfabUserPool *self, gint64 user_id);
/* Update from a row (of the mirror, or of a search). Returns: (transfer none) */
ConfabUser *confab_user_pool_update (ConfabUserPool *self, const ConfabUserRow *row);
/* Return the user of the account. Returns: (transfer none) */
ConfabUser *confab_user_pool_get_self (ConfabUserPool *self);

G_END_DECLS
