/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-device-name.h"

#include <string.h>

#include "confab-text.h"

static char *
read_file (const char *root, const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

/* Both files are lists of shell assignments. Returns: (transfer full) (nullable): a name with at
 * least one visible character */
static char *
dup_value (const char *root, const char *file, const char *key)
{
  g_autofree char *text = read_file (root, file);
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_autofree char *value = NULL;
      g_autofree char *name = NULL;

      if (!g_str_has_prefix (lines[i], key) || lines[i][strlen (key)] != '=')
        continue;
      value = g_shell_unquote (lines[i] + strlen (key) + 1, NULL);
      name = value != NULL ? confab_text_device_name (value, NULL) : NULL;
      if (name != NULL && *name != '\0')
        return g_steal_pointer (&name);
    }

  return NULL;
}

static gboolean
is_in_sandbox (const char *root)
{
  g_autofree char *info = g_build_filename (root, ".flatpak-info", NULL);

  return g_file_test (info, G_FILE_TEST_EXISTS);
}

/* Returns: (transfer full) (nullable) */
static char *
dup_system (const char *root)
{
  static const char *const files[] = { "run/host/os-release", "etc/os-release",
                                       "usr/lib/os-release" };
  char *name = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (files) && name == NULL; i++)
    name = dup_value (root, files[i], "PRETTY_NAME");

  return name;
}

/* Return NULL for a generic host name. (transfer full) (nullable) */
static char *
dup_host (const char *root, const char *host)
{
  g_autofree char *valid = g_utf8_make_valid (host, -1);
  char *name = dup_value (root, "etc/machine-info", "PRETTY_HOSTNAME");

  if (name == NULL && *valid != '\0' && !g_str_has_prefix (valid, "localhost"))
    name = confab_text_device_name (valid, NULL);

  return name;
}

char *
confab_device_name_new (const char *root, const char *host)
{
  char *name = NULL;

  g_return_val_if_fail (host != NULL, NULL);

  if (root == NULL)
    root = "/";
  if (!is_in_sandbox (root))
    name = dup_host (root, host);
  if (name == NULL)
    name = dup_system (root);

  return name != NULL ? name : g_strdup ("Confab");
}
