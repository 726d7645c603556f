/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Looks for a keyring again that started after Confab or did not answer at first. Main thread. */

#pragma once

#include "confab-environment.h"

G_BEGIN_DECLS

typedef struct _ConfabKeyringWatch ConfabKeyringWatch;

/* Called when the keyring may answer. */
typedef void (*ConfabKeyringWatchFunc) (gpointer user_data);

ConfabKeyringWatch *confab_keyring_watch_new (ConfabEnvironment *environment,
                                              ConfabKeyringWatchFunc func,
                                              gpointer user_data);

void confab_keyring_watch_free (ConfabKeyringWatch *self);

void confab_keyring_watch_silent (ConfabKeyringWatch *self);

G_END_DECLS
