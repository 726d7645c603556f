/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-unsent-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "confab-database.h"
#include "confab-disk.h"

struct _ConfabUnsentFile
{
  char *path;
  char *name;
  int fd;
  gsize length;
  gsize length_before; /* before the last append */
};

/* ---- damage ---- */

gboolean
confab_unsent_file_keep_damaged (ConfabUnsentFile *self, GBytes *data, GError **error)
{
  g_autofree char *aside = confab_disk_name_aside (self->path);
  int fd = g_open (aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean kept =
      fd >= 0 && confab_disk_write_all (fd, g_bytes_get_data (data, NULL), g_bytes_get_size (data))
      && fsync (fd) == 0;

  if (!kept)
    confab_disk_fail (aside, error);
  if (fd >= 0)
    g_close (fd, NULL);
  return kept;
}

/* ---- opening ---- */

static GBytes *
read_all (int fd, gsize length)
{
  g_autofree char *data = g_malloc (length + 1);
  gsize n_read = 0;

  while (n_read < length)
    {
      gssize n = pread (fd, data + n_read, length - n_read, (off_t)n_read);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return NULL;
      if (n == 0)
        break;
      n_read += (gsize)n;
    }
  return g_bytes_new_take (g_steal_pointer (&data), n_read);
}

ConfabUnsentFile *
confab_unsent_file_open (const char *path, GBytes **data, GError **error)
{
  g_autoptr (ConfabUnsentFile) self = g_new0 (ConfabUnsentFile, 1);
  struct stat buffer;

  self->fd = -1;
  self->path = g_strdup (path);
  self->name = g_strdup ("");
  if (!confab_disk_clear_way (path, error))
    return NULL;
  self->fd = g_open (path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0600);
  if (self->fd < 0 || fstat (self->fd, &buffer) != 0)
    {
      confab_disk_fail (path, error);
      return NULL;
    }
  *data = read_all (self->fd, (gsize)buffer.st_size);
  if (*data == NULL)
    {
      confab_disk_fail (path, error);
      return NULL;
    }
  self->length = self->length_before = (gsize)buffer.st_size;
  return g_steal_pointer (&self);
}

void
confab_unsent_file_close (ConfabUnsentFile *self)
{
  if (self->fd >= 0)
    g_close (self->fd, NULL);
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

/* ---- writing ---- */

/* Shortening a file needs no space on the disk. */
static void
shorten (ConfabUnsentFile *self, gsize length)
{
  if (ftruncate (self->fd, (off_t)length) == 0)
    self->length = length;
  else
    g_warning ("Cannot shorten %s: %s", self->path, g_strerror (errno));
}

/* Writing to a file that was removed, or whose folder was, succeeds and keeps nothing. */
static gboolean
is_in_place (const char *path)
{
  return g_access (path, F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

gboolean
confab_unsent_file_append (ConfabUnsentFile *self,
                           const GString *lines,
                           gboolean durable,
                           GError **error)
{
  self->length_before = self->length;
  if (!is_in_place (self->path))
    return confab_disk_fail (self->path, error);
  if (confab_disk_write_all (self->fd, lines->str, lines->len)
      && (!durable || fdatasync (self->fd) == 0))
    {
      self->length += lines->len;
      return TRUE;
    }
  confab_disk_fail (self->path, error);
  shorten (self, self->length_before);
  return FALSE;
}

void
confab_unsent_file_undo (ConfabUnsentFile *self)
{
  shorten (self, self->length_before);
}

static gboolean
reopen (ConfabUnsentFile *self, gsize length, GError **error)
{
  int fd = g_open (self->path, O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0600);

  if (fd < 0)
    return confab_disk_fail (self->path, error);
  g_close (self->fd, NULL);
  self->fd = fd;
  self->length = self->length_before = length;
  return TRUE;
}

gboolean
confab_unsent_file_replace (ConfabUnsentFile *self,
                            const char *name,
                            const GString *lines,
                            GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!g_file_set_contents_full (self->path, lines->str, (gssize)lines->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 &failure))
    {
      g_set_error_literal (error, CONFAB_STORE_ERROR,
                           g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
                               ? CONFAB_STORE_ERROR_FULL
                               : CONFAB_STORE_ERROR_FAILED,
                           failure->message);
      return FALSE;
    }
  g_set_str (&self->name, name);
  return reopen (self, lines->len, error);
}

gsize
confab_unsent_file_get_length (ConfabUnsentFile *self)
{
  return self->length;
}

const char *
confab_unsent_file_get_name (ConfabUnsentFile *self)
{
  return self->name;
}

void
confab_unsent_file_set_name (ConfabUnsentFile *self, const char *name)
{
  g_set_str (&self->name, name);
}
