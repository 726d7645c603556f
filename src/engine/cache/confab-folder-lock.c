/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define _GNU_SOURCE /* F_OFD_SETLK */

#include "confab-folder-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>

#include "confab-disk.h"
#include "confab-engine-error.h"

/* A program that was told to quit closes its database in this time. */
#define WAIT_MS 2000
#define STEP_MS 50

struct _ConfabFolderLock
{
  int fd;
};

void
confab_folder_lock_free (ConfabFolderLock *self)
{
  g_close (self->fd, NULL);
  g_free (self);
}

/* Return FALSE if another has the lock. The lock belongs to the open file, so that closing another
 * descriptor of it does not release it, and works where flock() does not: on network disks and on
 * those that a sandbox gets. */
static gboolean
try_lock (int fd, const char *path)
{
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  if (fcntl (fd, F_OFD_SETLK, &whole) == 0)
    return TRUE;
  if (errno == EAGAIN || errno == EACCES)
    return FALSE;
  /* A disk without locks is no reason to refuse the account. */
  g_message ("%s cannot be locked: %s", path, g_strerror (errno));
  return TRUE;
}

ConfabFolderLock *
confab_folder_lock_take (const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, CONFAB_FOLDER_LOCK_NAME, NULL);
  g_autoptr (ConfabFolderLock) self = NULL;
  int fd;

  if (!confab_disk_clear_way (path, error))
    return NULL;
  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
  if (fd < 0)
    {
      confab_disk_fail (path, error);
      return NULL;
    }
  self = g_new0 (ConfabFolderLock, 1);
  self->fd = fd;
  for (guint waited = 0; !try_lock (fd, path); waited += STEP_MS)
    {
      if (waited >= WAIT_MS)
        {
          g_set_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_OPEN_ELSEWHERE,
                       "%s is locked by another Confab", path);
          return NULL;
        }
      g_usleep (STEP_MS * 1000);
    }
  return g_steal_pointer (&self);
}
