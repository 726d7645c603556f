/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-autostart.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* Return @path as an argument of an Exec line, quoted as the Desktop Entry Specification says.
 * (transfer full) */
static char *
quote (const char *path)
{
  GString *quoted = g_string_new ("\"");

  for (const char *c = path; *c != '\0'; c++)
    {
      if (strchr ("\"`$\\", *c) != NULL)
        g_string_append_c (quoted, '\\');
      if (*c == '%')
        g_string_append_c (quoted, '%');
      g_string_append_c (quoted, *c);
    }
  g_string_append_c (quoted, '"');

  return g_string_free_and_steal (quoted);
}

char *
confab_autostart_dup_entry (const char *program)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autofree char *quoted = NULL;
  g_autofree char *command = NULL;

  g_return_val_if_fail (program != NULL, NULL);

  quoted = quote (program);
  command = g_strconcat (quoted, " " CONFAB_AUTOSTART_ARGUMENT, NULL);
  g_key_file_set_string (keys, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE,
                         G_KEY_FILE_DESKTOP_TYPE_APPLICATION);
  g_key_file_set_string (keys, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_NAME,
                         g_get_application_name ());
  g_key_file_set_string (keys, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, command);
  g_key_file_set_string (keys, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_ICON,
                         CONFAB_APP_ID);
  g_key_file_set_string (keys, G_KEY_FILE_DESKTOP_GROUP, "X-GNOME-UsesNotifications", "true");

  return g_key_file_to_data (keys, NULL, NULL);
}

/* The folder is created if needed, for which GIO has no asynchronous call. */
static void
set_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  gboolean wanted = GPOINTER_TO_INT (task_data);
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "autostart", NULL);
  g_autofree char *path = g_build_filename (folder, CONFAB_APP_ID ".desktop", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *program = wanted ? g_file_read_link ("/proc/self/exe", &error) : NULL;
  g_autofree char *entry = program != NULL ? confab_autostart_dup_entry (program) : NULL;

  if (entry != NULL)
    {
      g_mkdir_with_parents (folder, 0700); /* if it fails, so does the next call */
      g_file_set_contents (path, entry, -1, &error);
    }
  else if (!wanted && g_unlink (path) != 0 && errno != ENOENT)
    g_set_error_literal (&error, G_FILE_ERROR, g_file_error_from_errno (errno), g_strerror (errno));

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

void
confab_autostart_set_async (gboolean wanted, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, confab_autostart_set_async);
  g_task_set_task_data (task, GINT_TO_POINTER (wanted), NULL);
  g_task_run_in_thread (task, set_thread);
}

gboolean
confab_autostart_set_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
