/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A running export, on its own thread. First the mirror is copied; everything else is written from
 * the copy, which does not change. */

#pragma once

#include "confab-export.h"
#include "confab-query.h"

G_BEGIN_DECLS

/**
 * ConfabExportJob:
 * @mirror: (type filename): the mirror's file
 * @folder: (type filename): the export's folder; exists
 * @copy: (nullable): the open confab.sqlite, which lies beside the mirror at first, because SQLite
 *   cannot work in every folder that a user may choose: in a sandbox the document portal's folders
 *   lack shared memory
 * @copy_path: (type filename) (nullable): its file
 * @n_written: the number of messages written, of @n_to_write; atomic
 * @result: the result of the export
 */
typedef struct
{
  char *mirror;
  char *parent;
  char *name;
  char *folder;
  int lock; /* on @folder while it is unfinished; -1: none */
  char *server;
  char *username;
  gint64 user_id;
  gint64 now; /* ms */
  ConfabDatabase *copy;
  char *copy_path;
  ConfabExport *result;
  GCancellable *cancellable;
  gint n_written;
  gint n_to_write;
} ConfabExportJob;

/* The parts of an export. Errors: CONFAB_STORE_ERROR, G_IO_ERROR. */
gboolean confab_export_copy (ConfabExportJob *job, GError **error);
gboolean confab_export_hand_over_copy (ConfabExportJob *job, GError **error); /* into @folder */
gboolean confab_export_json (ConfabExportJob *job, GError **error);
gboolean confab_export_pages (ConfabExportJob *job, GError **error);

/* Count a message as written. FALSE with an error if the export was cancelled. */
gboolean confab_export_step (ConfabExportJob *job, GError **error);

/**
 * ConfabExportConversation:
 * @name: its title, or its members' names
 * @n_missing: the number of messages that this computer does not have
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

/* (transfer full) (element-type ConfabExportConversation): all of them, ordered by their newest
 * message, newest first */
GPtrArray *confab_export_list_conversations (ConfabExportJob *job, GError **error);

/* ---- a text file being written ---- */

typedef struct _ConfabExportFile ConfabExportFile;

/* Create @name, which may contain folders, in the job's folder. */
ConfabExportFile *confab_export_file_new (ConfabExportJob *job, const char *name, GError **error);
void confab_export_file_add (ConfabExportFile *self, const char *text);
void confab_export_file_printf (ConfabExportFile *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
/* Add @text, escaped for HTML. */
void confab_export_file_escape (ConfabExportFile *self, const char *text);
/* Write the rest and free the file. The first error of all additions is reported here. */
gboolean confab_export_file_close (ConfabExportFile *self, GError **error);

G_END_DECLS
