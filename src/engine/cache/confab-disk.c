/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "confab-database.h"

gboolean
confab_disk_fail (const char *what, GError **error)
{
  int code = errno;

  g_set_error (error, CONFAB_STORE_ERROR,
               code == ENOSPC || code == EDQUOT  ? CONFAB_STORE_ERROR_FULL
               : code == EROFS || code == EACCES ? CONFAB_STORE_ERROR_READ_ONLY
                                                 : CONFAB_STORE_ERROR_FAILED,
               "%s: %s", what, g_strerror (code));
  return FALSE;
}

gboolean
confab_disk_write_all (int fd, const char *data, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      length -= (gsize)n;
    }
  return TRUE;
}

gboolean
confab_disk_sync_directory (const char *directory, GError **error)
{
  int fd = g_open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (!synced)
    confab_disk_fail (directory, error);
  if (fd >= 0)
    g_close (fd, NULL);
  return synced;
}

char *
confab_disk_name_aside (const char *path)
{
  char *aside = NULL;
  guint number = 0;

  do
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.damaged-%u", path, ++number);
    }
  while (g_file_test (aside, G_FILE_TEST_EXISTS));
  return aside;
}

gboolean
confab_disk_set_aside (const char *path, GError **error)
{
  g_autofree char *aside = confab_disk_name_aside (path);

  return g_rename (path, aside) == 0 || confab_disk_fail (path, error);
}

/* Reading a named pipe would block, and a folder cannot be written. */
gboolean
confab_disk_clear_way (const char *path, GError **error)
{
  GStatBuf buffer;

  if (g_stat (path, &buffer) != 0)
    {
      /* A dangling link is in the way, too. */
      return g_lstat (path, &buffer) != 0 || confab_disk_set_aside (path, error);
    }
  return S_ISREG (buffer.st_mode) || confab_disk_set_aside (path, error);
}
