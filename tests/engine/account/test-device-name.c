/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The device's name, from its files. */

#include <gio/gio.h>

#include "confab-device-name.h"
#include "confab-limits.h"
#include "confab-test-engine.h"

typedef struct
{
  const char *host;
  const char *machine_info;
  const char *os_release;
  const char *host_os_release; /* as provided by Flatpak */
  gboolean sandbox;
  const char *name;
} Case;

#define DEBIAN "NAME=\"Debian GNU/Linux\"\nPRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\n"
#define RUNTIME "PRETTY_NAME='GNOME 48 (Flatpak runtime)'\n"

static const Case cases[] = {
  { "ada-laptop", NULL, DEBIAN, NULL, FALSE, "ada-laptop" },
  { "ada-laptop", "ICON_NAME=computer\nPRETTY_HOSTNAME=\"Ada’s Laptop\"\n", DEBIAN, NULL, FALSE,
    "Ada’s Laptop" },
  { "ada-laptop", "PRETTY_HOSTNAME=\n", DEBIAN, NULL, FALSE, "ada-laptop" },
  { "ada-laptop", "PRETTY_HOSTNAME=\"cut off\n", DEBIAN, NULL, FALSE, "ada-laptop" },
  { "ada-laptop", "PRETTY_HOSTNAME_OF_OLD=x\n#PRETTY_HOSTNAME=y\n", NULL, NULL, FALSE,
    "ada-laptop" },
  { "localhost", NULL, DEBIAN, NULL, FALSE, "Debian GNU/Linux 13 (trixie)" },
  { "localhost.localdomain", NULL, DEBIAN, NULL, FALSE, "Debian GNU/Linux 13 (trixie)" },
  { "", NULL, DEBIAN, NULL, FALSE, "Debian GNU/Linux 13 (trixie)" },
  { "", NULL, NULL, NULL, FALSE, "Confab" },
  { "bad\xff", NULL, NULL, NULL, FALSE, "bad\xef\xbf\xbd" },
  { "ada-laptop", "PRETTY_HOSTNAME=x\n", RUNTIME, DEBIAN, TRUE, "Debian GNU/Linux 13 (trixie)" },
  { "ada-laptop", NULL, RUNTIME, "PRETTY_NAME=Arch\n", TRUE, "Arch" },
  { "ada-laptop", NULL, RUNTIME, NULL, TRUE, "GNOME 48 (Flatpak runtime)" },
  { "ada-laptop", NULL, NULL, "PRETTY_NAME=\"two\nlines\"\n", TRUE, "Confab" },
};

static void
put (const char *root, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  if (text == NULL)
    return;
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *at = &cases[i];
      g_autofree char *root = confab_test_make_folder ();
      g_autofree char *name = NULL;

      put (root, "etc/machine-info", at->machine_info);
      put (root, "etc/os-release", at->os_release);
      put (root, "run/host/os-release", at->host_os_release);
      put (root, ".flatpak-info", at->sandbox ? "[Application]\n" : NULL);
      name = confab_device_name_new (root, at->host);
      g_assert_cmpstr (name, ==, at->name);
      confab_test_remove_folder (root);
    }
}

/* A name that is too long is ignored. */
static void
test_long (void)
{
  g_autofree char *host = g_strnfill (CONFAB_DEVICE_NAME_MAX_CHARS + 1, 'x');
  g_autofree char *root = confab_test_make_folder ();
  g_autofree char *name = confab_device_name_new (root, host);

  g_assert_cmpstr (name, ==, "Confab");
  confab_test_remove_folder (root);
}

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);
  g_test_add_func ("/engine/device-name/names", test_names);
  g_test_add_func ("/engine/device-name/long", test_long);

  return g_test_run ();
}
