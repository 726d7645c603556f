/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One SMTP connection, kept open from mail to mail. Blocks: for the mailer's thread alone. */

#pragma once

#include "confab-mailer.h"

G_BEGIN_DECLS

typedef struct _ConfabSmtp ConfabSmtp;

typedef enum
{
  CONFAB_SMTP_SENT,
  CONFAB_SMTP_LATER,   /* nobody there, or a reply 4xx */
  CONFAB_SMTP_REFUSED, /* a reply 5xx: so it would be the next time */
} ConfabSmtpResult;

/* @cancelled is asked every second or so whether to give up; on the thread that sends. */
ConfabSmtp *confab_smtp_new (const ConfabMailerOptions *options,
                             gboolean (*cancelled) (gpointer user_data),
                             gpointer user_data);
void confab_smtp_free (ConfabSmtp *self);

/* @why: (out) (transfer full): unless it is sent; names no address */
ConfabSmtpResult confab_smtp_send (ConfabSmtp *self, const char *to, GBytes *message, char **why);

G_END_DECLS
