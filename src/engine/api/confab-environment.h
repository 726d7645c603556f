/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the engine takes from outside, so that a test can run many clients in one process: where
 * files lie, the time, chance, trust and the keyring. Immutable once made. */

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
 * @use_keyring: FALSE behaves like a machine without one (CONFAB_KEYRING_ABSENT)
 * @speed: how many milliseconds of waiting pass in one; 1, but for tests of what takes minutes
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

/* The real one. @data_dir NULL is XDG_DATA_HOME/confab. Returns: (transfer full) */
ConfabEnvironment *confab_environment_new (const char *data_dir);
ConfabEnvironment *confab_environment_ref (ConfabEnvironment *self);
void confab_environment_unref (ConfabEnvironment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabEnvironment, confab_environment_unref)

gint64 confab_environment_now (ConfabEnvironment *self);
double confab_environment_random (ConfabEnvironment *self);

/* The clock of the engine's waits, in ms: it does not jump, and stands still while the computer
 * sleeps. */
gint64 confab_environment_monotonic_ms (ConfabEnvironment *self);

/* As g_timeout_add(), on that clock. */
guint confab_environment_timeout_add (ConfabEnvironment *self,
                                      guint interval_ms,
                                      GSourceFunc function,
                                      gpointer user_data);

G_END_DECLS
