/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A keyring that comes up after Confab did, or did not answer at first: looks again. Main
 * thread. */

#pragma once

#include "confab-environment.h"

G_BEGIN_DECLS

typedef struct _ConfabKeyringWatch ConfabKeyringWatch;

/* It may answer now: look. */
typedef void (*ConfabKeyringWatchFunc) (gpointer user_data);

ConfabKeyringWatch *confab_keyring_watch_new (ConfabEnvironment *environment,
                                              ConfabKeyringWatchFunc func,
                                              gpointer user_data);

void confab_keyring_watch_free (ConfabKeyringWatch *self);

void confab_keyring_watch_silent (ConfabKeyringWatch *self);

G_END_DECLS
