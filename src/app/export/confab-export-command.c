/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-export-command.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "confab-error-text.h"
#include "confab-export.h"

typedef struct
{
  GMainLoop *loop;
  ConfabAccountStore *store;
  GCancellable *cancellable;
  const char *folder;
  guint position; /* index of the account being exported */
  int status;
} Command;

static void export_next (Command *self);

static void
tell (Command *self, const GError *error)
{
  g_autoptr (ConfabAccount) account =
      g_list_model_get_item (G_LIST_MODEL (self->store), self->position);

  self->status = 1;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fprintf (stderr, "confab: %s\n", _("Export cancelled"));
  else if (account != NULL)
    fprintf (stderr, "confab: %s (%s): %s (%s)\n", confab_account_get_username (account),
             confab_account_get_server (account), confab_error_text (error), error->message);
  else
    fprintf (stderr, "confab: %s (%s)\n", confab_error_text (error), error->message);
}

static void
progress_cb (double fraction, gpointer user_data)
{
  if (isatty (STDERR_FILENO))
    fprintf (stderr, "\r%3.0f %%", fraction * 100);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Command *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabExport) export = confab_export_finish (result, &error);

  if (isatty (STDERR_FILENO))
    fputs ("\r      \r", stderr);
  if (export == NULL)
    tell (self, error);
  else
    puts (export->folder);
  if (export != NULL && export->n_missing > 0)
    fprintf (stderr,
             /* Translators: printed by “confab --export” */
             ngettext ("%u older message is not on this computer yet.\n",
                       "%u older messages are not on this computer yet.\n",
                       (gulong) export->n_missing),
             (guint) export->n_missing);
  self->position++;
  /* If one account fails, still export the next. */
  export_next (self);
}

static void
export_next (Command *self)
{
  g_autoptr (ConfabAccount) account =
      g_list_model_get_item (G_LIST_MODEL (self->store), self->position);

  if (account != NULL && !g_cancellable_is_cancelled (self->cancellable))
    confab_export_async (self->store, account, self->folder, progress_cb, self, self->cancellable,
                         exported_cb, self);
  else
    g_main_loop_quit (self->loop);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Command *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_account_store_load_finish (self->store, result, &error))
    {
      tell (self, error);
      g_main_loop_quit (self->loop);
      return;
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (self->store)) == 0)
    {
      fprintf (stderr, "confab: %s\n", _("There is no account on this computer."));
      self->status = 1;
    }
  export_next (self);
}

static gboolean
interrupted_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_CONTINUE;
}

int
confab_export_command (const char *folder)
{
  g_autoptr (ConfabEnvironment) environment = confab_environment_new (NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (ConfabAccountStore) store = confab_account_store_new (environment);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Command self = { .loop = loop, .store = store, .cancellable = cancellable, .folder = folder };
  guint sources[3];

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      fprintf (stderr, "confab: %s: %s\n", folder, g_strerror (errno));
      return 1;
    }

  sources[0] = g_unix_signal_add (SIGINT, interrupted_cb, cancellable);
  sources[1] = g_unix_signal_add (SIGTERM, interrupted_cb, cancellable);
  sources[2] = g_unix_signal_add (SIGHUP, interrupted_cb, cancellable);
  confab_account_store_load_async (store, cancellable, loaded_cb, &self);
  g_main_loop_run (loop);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);

  return self.status;
}
