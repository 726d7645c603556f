/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-print.h"

#include <glib/gi18n.h>

#include "confab-print-layout.h"
#include "confab-time-text.h"
#include "confab-toast.h"
#include "confab-transcript.h"

/* As in the window, consecutive messages of one sender within this time share a heading. */
#define GROUP_MS (5 * 60 * 1000)

/* ---- content ---- */

static const char *
find_name (GHashTable *names, gint64 user_id)
{
  const ConfabUserRow *user = g_hash_table_lookup (names, &user_id);

  return user == NULL || user->deleted ? _("Deleted account") : user->username;
}

static void
add_sender (ConfabPrintLayout *layout,
            GHashTable *names,
            const ConfabMessageRow *message,
            gint64 self_user_id)
{
  g_autofree char *clock = confab_time_text_clock (message->sent_at);
  const char *name =
      /* Translators: the user, as the sender of a message */
      message->sender_id == self_user_id ? C_("sender", "You")
                                         : find_name (names, message->sender_id);
  /* Isolate the name's direction: FIRST STRONG ISOLATE … POP DIRECTIONAL ISOLATE. */
  g_autofree char *text = g_strdup_printf ("\342\201\250%s\342\201\251  %s", name, clock);

  confab_print_layout_add (layout, CONFAB_PARAGRAPH_SENDER, text);
}

static void
add_text (ConfabPrintLayout *layout, const ConfabMessageRow *message)
{
  g_auto (GStrv) lines = NULL;

  if (message->removed_at > 0)
    {
      confab_print_layout_add (layout, CONFAB_PARAGRAPH_DIMMED, _("Message removed"));
      return;
    }

  lines = g_strsplit (message->content, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    confab_print_layout_add (layout, CONFAB_PARAGRAPH_BODY, lines[i]);
}

static ConfabPrintLayout *
create_print_layout (const char *title, ConfabRows *rows, gint64 self_user_id)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_int64_hash, g_int64_equal);
  ConfabPrintLayout *layout = confab_print_layout_new (title);
  const ConfabMessageRow *before = NULL;
  gint64 next_day = 0;

  for (guint i = 0; i < rows->users->len; i++)
    {
      ConfabUserRow *user = g_ptr_array_index (rows->users, i);

      g_hash_table_insert (names, &user->id, user);
    }
  for (guint i = 0; i < rows->messages->len; i++)
    {
      const ConfabMessageRow *message = g_ptr_array_index (rows->messages, i);
      gboolean starts_day = message->sent_at >= next_day;

      if (starts_day)
        {
          /* Relative to 1970, every day is formatted with its year. */
          g_autofree char *day = confab_time_text_day (message->sent_at, 0);

          confab_print_layout_add (layout, CONFAB_PARAGRAPH_DAY, day);
          next_day = confab_time_next_day (message->sent_at);
        }
      if (starts_day || before->sender_id != message->sender_id
          || message->sent_at - before->sent_at > GROUP_MS)
        add_sender (layout, names, message, self_user_id);
      add_text (layout, message);
      before = message;
    }

  return layout;
}

/* ---- print operation ---- */

#define MARGIN_MM 18

static GtkPageSetup *
create_page_setup (void)
{
  GtkPageSetup *setup = gtk_page_setup_new ();

  gtk_page_setup_set_top_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, MARGIN_MM, GTK_UNIT_MM);

  return setup;
}

static gboolean
paginate_cb (GtkPrintOperation *operation, GtkPrintContext *context, gpointer user_data)
{
  gboolean done = confab_print_layout_cut (user_data, context);

  if (done)
    gtk_print_operation_set_n_pages (operation, (int)confab_print_layout_n_pages (user_data));

  return done;
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer user_data)
{
  confab_print_layout_draw (user_data, context, (guint)page);
}

GtkPrintOperation *
confab_print_operation_new (const char *title, ConfabRows *rows, gint64 self_user_id)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = create_page_setup ();
  ConfabPrintLayout *layout = create_print_layout (title, rows, self_user_id);

  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_show_progress (operation, TRUE);
  g_signal_connect (operation, "paginate", G_CALLBACK (paginate_cb), layout);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), layout);
  g_object_set_data_full (G_OBJECT (operation), "layout", layout,
                          (GDestroyNotify)confab_print_layout_free);

  return operation;
}

/* ---- printing a conversation ---- */

typedef struct
{
  GtkWidget *parent;
  char *title;
  gint64 self_user_id;
} Printing;

static void
printing_free (Printing *self)
{
  g_object_unref (self->parent);
  g_free (self->title);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Printing, printing_free)

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;

  gtk_print_operation_get_error (operation, &error);
  g_message ("Printing: %s", error->message);
  confab_toast (user_data, _("The conversation could not be printed"));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Printing) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabRows) rows =
      confab_client_read_transcript_finish (CONFAB_CLIENT (source), result, &error);
  g_autoptr (GtkPrintOperation) operation = NULL;
  GtkRoot *root = gtk_widget_get_root (self->parent);

  if (rows == NULL)
    confab_toast_error (self->parent, error);
  if (rows == NULL || root == NULL)
    return;

  operation = confab_print_operation_new (self->title, rows, self->self_user_id);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), self->parent,
                           G_CONNECT_DEFAULT);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (root),
                           NULL);
}

void
confab_print_conversation (GtkWidget *parent,
                           ConfabClient *client,
                           ConfabConversation *conversation)
{
  Printing *self = g_new0 (Printing, 1);

  self->parent = g_object_ref (parent);
  self->title = g_strdup (confab_conversation_get_display_name (conversation));
  self->self_user_id = confab_account_get_user_id (confab_client_get_account (client));
  confab_client_read_transcript_async (client, conversation, NULL, read_cb, self);
}
