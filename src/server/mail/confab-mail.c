/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mail.h"

#include <gio/gio.h>
#include <gmime/gmime.h>
#include <string.h>

#include "confab-email.h"

ConfabMail *
confab_mail_new (const char *kind,
                 gint64 user_id,
                 const char *to,
                 const char *to_name,
                 char *subject,
                 char *body)
{
  ConfabMail *self = g_new0 (ConfabMail, 1);

  self->kind = kind;
  self->user_id = user_id;
  self->to = g_strdup (to);
  self->to_name = g_strdup (to_name);
  self->subject = subject;
  self->body = body;

  return self;
}

void
confab_mail_free (ConfabMail *self)
{
  g_free (self->to);
  g_free (self->to_name);
  g_free (self->subject);
  g_free (self->body);
  g_free (self);
}

/* Join lines for use in a header. GMime encodes non-ASCII text and quotes where needed. */
static char *
one_line (const char *text)
{
  GString *line = g_string_new (NULL);

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (line, g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 ? ' ' : c);
    }

  return g_string_free_and_steal (line);
}

static void
add_mailbox (GMimeMessage *message, GMimeAddressType type, const char *name, const char *address)
{
  g_autofree char *line = one_line (name);

  g_mime_message_add_mailbox (message, type, *line != '\0' ? line : NULL, address);
}

static void
set_message_id (GMimeMessage *message, const char *from)
{
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *id = g_strconcat (unique, strrchr (from, '@'), NULL);

  g_mime_message_set_message_id (message, id);
}

static void
set_body (GMimeMessage *message, const char *body)
{
  GMimeTextPart *part = g_mime_text_part_new_with_subtype ("plain");

  g_mime_text_part_set_charset (part, "utf-8");
  g_mime_text_part_set_text (part, body);
  g_mime_message_set_mime_part (message, GMIME_OBJECT (part));
  g_object_unref (part);
  /* Every server accepts seven bits. ASCII text with short lines remains readable. */
  g_mime_object_encode (GMIME_OBJECT (message), GMIME_ENCODING_CONSTRAINT_7BIT);
}

static GBytes *
to_bytes (GMimeMessage *message)
{
  GMimeFormatOptions *options = g_mime_format_options_new ();
  GMimeStream *stream = g_mime_stream_mem_new ();
  GByteArray *array;
  GBytes *bytes;

  g_mime_format_options_set_newline_format (options, GMIME_NEWLINE_FORMAT_DOS);
  g_mime_object_write_to_stream (GMIME_OBJECT (message), options, stream);
  array = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));
  bytes = g_bytes_new (array->data, array->len);
  g_object_unref (stream);
  g_mime_format_options_free (options);

  return bytes;
}

GBytes *
confab_mail_compose (const ConfabMail *self,
                     const char *from,
                     const char *from_name,
                     GError **error)
{
  static gsize initialised = 0;
  GMimeMessage *message;
  GBytes *bytes;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *subject = one_line (self->subject);

  if (!confab_email_is_address (from) || !confab_email_is_address (self->to))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "this address cannot be written to");
      return NULL;
    }
  if (g_once_init_enter (&initialised))
    {
      g_mime_init ();
      g_once_init_leave (&initialised, 1);
    }

  message = g_mime_message_new (TRUE);
  add_mailbox (message, GMIME_ADDRESS_TYPE_FROM, from_name, from);
  add_mailbox (message, GMIME_ADDRESS_TYPE_TO, self->to_name, self->to);
  g_mime_message_set_subject (message, subject, "utf-8");
  g_mime_message_set_date (message, now);
  set_message_id (message, from);
  /* RFC 3834 §5: prevents automatic replies such as holiday notices. */
  g_mime_object_set_header (GMIME_OBJECT (message), "Auto-Submitted", "auto-generated", NULL);
  set_body (message, self->body);
  bytes = to_bytes (message);
  g_object_unref (message);

  return bytes;
}
