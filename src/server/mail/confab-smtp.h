/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An SMTP connection, kept open between mails. Blocks, so it is used only by the mailer's
 * thread. */

#pragma once

#include "confab-mailer-options.h"

G_BEGIN_DECLS

typedef struct _ConfabSmtp ConfabSmtp;

typedef enum
{
  CONFAB_SMTP_SENT,
  CONFAB_SMTP_LATER,   /* no answer, or a reply 4xx */
  CONFAB_SMTP_REFUSED, /* a reply 5xx, so retrying is useless */
} ConfabSmtpResult;

/* @cancelled is called about every second, on the sending thread, and returns whether to give
 * up. */
ConfabSmtp *confab_smtp_new (const ConfabMailerOptions *options,
                             gboolean (*cancelled) (gpointer user_data),
                             gpointer user_data);
void confab_smtp_free (ConfabSmtp *self);

/* @why: (out) (transfer full): the reason if the mail was not sent; contains no address. */
ConfabSmtpResult confab_smtp_send (ConfabSmtp *self, const char *to, GBytes *message, char **why);

G_END_DECLS
