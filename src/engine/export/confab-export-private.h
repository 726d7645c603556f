/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An export that is being made, on a thread of its own. First the mirror is copied; all else is
 * written from the copy, which nobody changes. */

#pragma once

#include "confab-export.h"
#include "confab-query.h"

G_BEGIN_DECLS

/**
 * ConfabExportJob:
 * @mirror: (type filename): the mirror's file
 * @folder: (type filename): where everything goes; exists
 * @copy: (nullable): the open confab.sqlite
 * @n_written: how many messages have been written, of @n_to_write; atomic
 * @result: what will be returned
 */
typedef struct
{
  char *mirror;
  char *parent;
  char *name;
  char *folder;
  int lock; /* of @folder while it is not finished; -1: none */
  char *server;
  char *username;
  gint64 user_id;
  gint64 now; /* ms */
  ConfabDatabase *copy;
  ConfabExport *result;
  GCancellable *cancellable;
  gint n_written;
  gint n_to_write;
} ConfabExportJob;

/* Each does one part of it. Errors: CONFAB_STORE_ERROR, G_IO_ERROR. */
gboolean confab_export_copy (ConfabExportJob *job, GError **error);
gboolean confab_export_json (ConfabExportJob *job, GError **error);
gboolean confab_export_pages (ConfabExportJob *job, GError **error);

/* One message more is written. FALSE with an error when that is enough (cancelled). */
gboolean confab_export_step (ConfabExportJob *job, GError **error);

/**
 * ConfabExportConversation:
 * @name: its title, or who is in it
 * @n_missing: messages that are not here
 */
typedef struct
{
  gint64 id;
  char *kind;
  char *title; /* (nullable) */
  char *name;
  gint64 created_at;
  gint64 n_messages;
  gint64 n_missing;
} ConfabExportConversation;

/* (transfer full) (element-type ConfabExportConversation): all of them, the newest talk first */
GPtrArray *confab_export_list_conversations (ConfabExportJob *job, GError **error);

/* ---- a text file that is being written ---- */

typedef struct _ConfabExportFile ConfabExportFile;

/* Makes @name, which may have folders in it, below the job's folder. */
ConfabExportFile *confab_export_file_new (ConfabExportJob *job, const char *name, GError **error);
void confab_export_file_add (ConfabExportFile *self, const char *text);
void confab_export_file_printf (ConfabExportFile *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
/* Adds @text with what means something in HTML escaped. */
void confab_export_file_escape (ConfabExportFile *self, const char *text);
/* Writes what is left, and frees. The first error of all that was added is told here. */
gboolean confab_export_file_close (ConfabExportFile *self, GError **error);

G_END_DECLS
