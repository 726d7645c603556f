/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Sends mail by SMTP (libcurl), or writes it to a directory, in its own thread. Temporary failures
 * are retried at growing intervals; a mail that failed too often or permanently is logged and
 * dropped. The log contains the kind of mail and the user's id, never an address or any content. */

#pragma once

#include "confab-mail.h"
#include "confab-mailer-options.h"

G_BEGIN_DECLS

typedef struct _ConfabMailer ConfabMailer;

/**
 * confab_mailer_new:
 *
 * Starts the thread, and creates the directory if one is set.
 *
 * Returns: (transfer full) (nullable): the mailer, or %NULL with an error if the directory cannot
 * be created
 */
ConfabMailer *confab_mailer_new (const ConfabMailerOptions *options, GError **error);

/* Queue @mail (transfer full) without blocking. If 1,000 are waiting, drop it and log that. Any
 * thread. */
void confab_mailer_send (ConfabMailer *self, ConfabMail *mail);

/* Return the number of unsent mails. Any thread. */
guint confab_mailer_get_n_waiting (ConfabMailer *self);

/* Interrupts the mail being sent, and logs all unsent mails. */
void confab_mailer_free (ConfabMailer *self);

G_END_DECLS
