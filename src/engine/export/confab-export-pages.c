/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Writes HTML pages: index.html, and one for each conversation. They need no network, scripts or
 * other files. */

#include "confab-export-private.h"

#include <glib/gi18n-lib.h>

#include "confab-date-format.h"
#include "confab-export-resources.h"

static void
add_escaped (ConfabExportFile *file, const char *before, const char *text, const char *after)
{
  confab_export_file_add (file, before);
  confab_export_file_escape (file, text);
  confab_export_file_add (file, after);
}

static void
begin_page (ConfabExportFile *file, const char *title)
{
  g_autoptr (GBytes) style =
      g_resource_lookup_data (confab_export_get_resource (), "/chat/confab/export/export.css",
                              G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  confab_export_file_add (file, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n"
                                "<meta name=\"viewport\" content=\"width=device-width\">\n"
                                "<meta http-equiv=\"Content-Security-Policy\""
                                " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
  add_escaped (file, "<title>", title, "</title>\n<style>\n");
  confab_export_file_add (file, g_bytes_get_data (style, NULL));
  confab_export_file_add (file, "</style></head><body>\n");
  add_escaped (file, "<h1 dir=\"auto\">", title, "</h1>\n");
}

static char *
format_time (gint64 time, ConfabDateFormat format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (time * 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? confab_date_format (local, format) : g_strdup ("?");
}

/* Return a time for programs. */
static char *
format_machine_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (time * 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%dT%H:%M:%S%:z") : g_strdup ("");
}

static char *
describe_count (const ConfabExportConversation *conversation)
{
  g_autofree char *here =
      /* Translators: how many messages an export has */
      g_strdup_printf (ngettext ("%'u message", "%'u messages", (gulong)conversation->n_messages),
                       (guint)conversation->n_messages);
  g_autofree char *missing = NULL;

  if (conversation->n_missing == 0)
    return g_steal_pointer (&here);

  missing = g_strdup_printf (
      /* Translators: how many older messages an export lacks */
      ngettext ("%'u older message was not on this computer",
                "%'u older messages were not on this computer", (gulong)conversation->n_missing),
      (guint)conversation->n_missing);

  return g_strdup_printf ("%s · %s", here, missing);
}

/* ---- one conversation ---- */

enum
{
  COLUMN_SENDER_ID,
  COLUMN_SENDER,
  COLUMN_CONTENT,
  COLUMN_SENT_AT,
  COLUMN_REMOVED,
};

static void
add_message (ConfabExportJob *job, ConfabExportFile *file, ConfabResult *result)
{
  gint64 sent_at = confab_result_get_int (result, COLUMN_SENT_AT);
  gboolean own = confab_result_get_int (result, COLUMN_SENDER_ID) == job->user_id;
  gboolean removed = confab_result_get_int (result, COLUMN_REMOVED) != 0;
  g_autofree char *machine = format_machine_time (sent_at);
  g_autofree char *clock = format_time (sent_at, CONFAB_DATE_CLOCK);

  confab_export_file_printf (file, "<article class=\"%s%s\"><header>", own ? "own" : "",
                             removed ? " removed" : "");
  add_escaped (file, "<b><bdi>", confab_result_get_text (result, COLUMN_SENDER), "</bdi></b>");
  confab_export_file_printf (file, " <time datetime=\"%s\">%s</time></header><p dir=\"auto\">",
                             machine, clock);
  confab_export_file_escape (file, removed ? _("Message removed")
                                           : confab_result_get_text (result, COLUMN_CONTENT));
  confab_export_file_add (file, "</p></article>\n");
}

static gboolean
add_messages (ConfabExportJob *job, ConfabExportFile *file, gint64 id, GError **error)
{
  g_autofree char *day = NULL;
  g_autoptr (ConfabResult) result = confab_database_query (
      job->copy,
      "SELECT m.sender_id, iif (u.deleted, $2, u.username), m.content, m.sent_at,"
      "       m.removed_at IS NOT NULL"
      "  FROM messages AS m JOIN users AS u ON u.id = m.sender_id"
      " WHERE m.conversation_id = $1 ORDER BY m.seq",
      sql_int (id), sql_text (_("Deleted account")));

  while (confab_result_next (result))
    {
      g_autofree char *this_day = format_time (confab_result_get_int (result, COLUMN_SENT_AT),
                                               CONFAB_DATE_WEEKDAY_AND_DATE);

      if (g_set_str (&day, this_day))
        add_escaped (file, "<h2>", day, "</h2>\n");
      add_message (job, file, result);
      if (!confab_export_step (job, error))
        return FALSE;
    }

  return confab_result_end (result, error);
}

static gboolean
write_conversation (ConfabExportJob *job,
                    const ConfabExportConversation *conversation,
                    GError **error)
{
  g_autofree char *name =
      g_strdup_printf ("conversations/%" G_GINT64_FORMAT ".html", conversation->id);
  g_autofree char *count = describe_count (conversation);
  ConfabExportFile *file = confab_export_file_new (job, name, error);
  gboolean added;

  if (file == NULL)
    return FALSE;

  begin_page (file, conversation->name);
  add_escaped (file, "<p class=\"dim\">", count, "");
  add_escaped (file, " · <a href=\"../index.html\">", _("All conversations"), "</a></p>\n");
  added = add_messages (job, file, conversation->id, error);
  confab_export_file_add (file, "</body></html>\n");

  return confab_export_file_close (file, added ? error : NULL) && added;
}

/* ---- all conversations ---- */

static gboolean
write_index (ConfabExportJob *job, GPtrArray *conversations, GError **error)
{
  ConfabExportFile *file = confab_export_file_new (job, "index.html", error);
  g_autofree char *when = format_time (job->now, CONFAB_DATE_DATE);
  g_autofree char *title = NULL;
  g_autofree char *whose = NULL;

  if (file == NULL)
    return FALSE;

  /* Translators: a username. */
  title = g_strdup_printf (_("Conversations of %s"), job->username);
  /* Translators: the address of a server, and the day of the export. */
  whose = g_strdup_printf (_("From %s · %s"), job->server, when);
  begin_page (file, title);
  add_escaped (file, "<p class=\"dim\">", whose, "</p>\n<ul class=\"list\">\n");
  for (guint i = 0; i < conversations->len; i++)
    {
      const ConfabExportConversation *conversation = g_ptr_array_index (conversations, i);
      g_autofree char *count = describe_count (conversation);

      confab_export_file_printf (
          file, "<li><a dir=\"auto\" href=\"conversations/%" G_GINT64_FORMAT ".html\">",
          conversation->id);
      add_escaped (file, "", conversation->name, "</a><br>");
      add_escaped (file, "<span class=\"dim\">", count, "</span></li>\n");
    }
  confab_export_file_add (file, "</ul></body></html>\n");

  return confab_export_file_close (file, error);
}

gboolean
confab_export_pages (ConfabExportJob *job, GError **error)
{
  g_autoptr (GPtrArray) conversations = confab_export_list_conversations (job, error);

  if (conversations == NULL || !write_index (job, conversations, error))
    return FALSE;

  for (guint i = 0; i < conversations->len; i++)
    {
      if (!write_conversation (job, g_ptr_array_index (conversations, i), error))
        return FALSE;
    }

  return TRUE;
}
