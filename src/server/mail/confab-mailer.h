/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Sends mail by SMTP (libcurl), or writes it to a directory, on a thread of its own. What fails
 * for the time being is tried again, later and later; what was tried too often, or is refused
 * for good, is logged and given up. The log names the kind of mail and whose it is, never an
 * address or what is in it. */

#pragma once

#include "confab-mail.h"

G_BEGIN_DECLS

typedef enum
{
  CONFAB_MAIL_SECURITY_STARTTLS, /* refused by a server without it: never in the clear */
  CONFAB_MAIL_SECURITY_TLS,
  CONFAB_MAIL_SECURITY_NONE,
} ConfabMailSecurity;

/**
 * ConfabMailerOptions:
 * @from: the sender's address
 * @from_name: the sender's name
 * @directory: (nullable): write files NAME.eml there instead of sending
 * @host: (nullable): the mail server, if there is no @directory
 * @port: 0 for the usual one of @security
 * @user: (nullable): whom to sign in as
 * @password: (nullable)
 * @authorities: (nullable): a PEM file of whom to trust, instead of the system's
 */
typedef struct
{
  const char *from;
  const char *from_name;
  const char *directory;
  const char *host;
  guint port;
  ConfabMailSecurity security;
  const char *user;
  const char *password;
  const char *authorities;
} ConfabMailerOptions;

typedef struct _ConfabMailer ConfabMailer;

/* Starts the thread. Makes the directory, which may fail: NULL with an error. (transfer full) */
ConfabMailer *confab_mailer_new (const ConfabMailerOptions *options, GError **error);

/* Queues @mail (transfer full). Any thread; never waits. When 1,000 wait it is logged as unsent. */
void confab_mailer_send (ConfabMailer *self, ConfabMail *mail);

/* How many are not sent yet. Any thread. */
guint confab_mailer_get_n_waiting (ConfabMailer *self);

/* Breaks off what is under way and logs what is unsent. */
void confab_mailer_free (ConfabMailer *self);

G_END_DECLS
