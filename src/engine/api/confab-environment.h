/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The engine's external dependencies, so that a test can run many clients in one process: folder,
 * time, randomness, trusted certificates and keyring. Immutable. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ConfabEnvironment:
 * @data_dir: the folder of all accounts (XDG_DATA_HOME/confab)
 * @now: (nullable): the time in ms since the Unix epoch; NULL is the system's clock
 * @random: (nullable): a number in [0, 1), for the waits between attempts; NULL is the system's
 * @user_data: for both
 * @tls_database: (nullable): trusted certificates; NULL is the system's
 * @use_keyring: FALSE behaves like a computer without a keyring (CONFAB_KEYRING_ABSENT)
 * @speed: 1; tests of long waits use more: so many milliseconds of a wait pass in one
 */
typedef struct
{
  char *data_dir;
  gint64 (*now) (gpointer user_data);
  double (*random) (gpointer user_data);
  gpointer user_data;
  GTlsDatabase *tls_database;
  gboolean use_keyring;
  guint speed;
} ConfabEnvironment;

/* Return the real environment. @data_dir: NULL is XDG_DATA_HOME/confab. Returns: (transfer full) */
ConfabEnvironment *confab_environment_new (const char *data_dir);
ConfabEnvironment *confab_environment_ref (ConfabEnvironment *self);
void confab_environment_unref (ConfabEnvironment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabEnvironment, confab_environment_unref)

gint64 confab_environment_now (ConfabEnvironment *self);
double confab_environment_random (ConfabEnvironment *self);

/* Return the clock of the engine's waits, in ms. It never jumps, and stops while the computer is
 * suspended. */
gint64 confab_environment_monotonic_ms (ConfabEnvironment *self);

/* Like g_timeout_add(), by that clock. */
guint confab_environment_timeout_add (ConfabEnvironment *self,
                                      guint interval_ms,
                                      GSourceFunc function,
                                      gpointer user_data);

G_END_DECLS
