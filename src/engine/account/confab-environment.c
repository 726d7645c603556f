/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-environment.h"

ConfabEnvironment *
confab_environment_new (const char *data_dir)
{
  ConfabEnvironment *self = g_atomic_rc_box_new0 (ConfabEnvironment);

  if (data_dir != NULL)
    self->data_dir = g_strdup (data_dir);
  else
    self->data_dir = g_build_filename (g_get_user_data_dir (), CONFAB_DIRECTORY, NULL);
  self->use_keyring = TRUE;
  self->speed = 1;

  return self;
}

ConfabEnvironment *
confab_environment_ref (ConfabEnvironment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
confab_environment_clear (gpointer data)
{
  ConfabEnvironment *self = data;

  g_free (self->data_dir);
  g_clear_object (&self->tls_database);
}

void
confab_environment_unref (ConfabEnvironment *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, confab_environment_clear);
}

gint64
confab_environment_now (ConfabEnvironment *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->now != NULL)
    return self->now (self->user_data);

  return g_get_real_time () / 1000;
}

double
confab_environment_random (ConfabEnvironment *self)
{
  g_return_val_if_fail (self != NULL, 0.0);

  if (self->random != NULL)
    return self->random (self->user_data);

  return g_random_double ();
}

gint64
confab_environment_monotonic_ms (ConfabEnvironment *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_get_monotonic_time () * self->speed / 1000;
}

guint
confab_environment_timeout_add (ConfabEnvironment *self,
                                guint interval_ms,
                                GSourceFunc function,
                                gpointer user_data)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_timeout_add (interval_ms / self->speed, function, user_data);
}
