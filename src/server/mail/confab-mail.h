/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One mail to one person, and its wire format (RFC 5322, by GMime). Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabMail:
 * @kind: the kind for the log: "password-reset"
 * @user_id: the recipient, for the log, which never contains addresses
 * @to: the recipient's address
 * @to_name: (nullable): the recipient's name
 * @subject: one line
 * @body: plain text, lines end with "\n"
 */
typedef struct
{
  const char *kind; /* static */
  gint64 user_id;
  char *to;
  char *to_name;
  char *subject;
  char *body;
} ConfabMail;

/* @kind is a static string. Takes ownership of @subject and @body. */
ConfabMail *confab_mail_new (const char *kind,
                             gint64 user_id,
                             const char *to,
                             const char *to_name,
                             char *subject,
                             char *body);
void confab_mail_free (ConfabMail *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabMail, confab_mail_free)

/**
 * confab_mail_compose:
 * @from: the sender's address
 * @from_name: the sender's name
 *
 * Returns: (transfer full) (nullable): the message with CRLF line ends, or %NULL with
 * G_IO_ERROR_INVALID_DATA if an address is invalid
 */
GBytes *confab_mail_compose (const ConfabMail *self,
                             const char *from,
                             const char *from_name,
                             GError **error);

G_END_DECLS
