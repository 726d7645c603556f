/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How mail leaves the server, as the configuration says. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CONFAB_MAIL_SECURITY_STARTTLS, /* required: mail is never sent unencrypted */
  CONFAB_MAIL_SECURITY_TLS,
  CONFAB_MAIL_SECURITY_NONE,
} ConfabMailSecurity;

/**
 * ConfabMailerOptions:
 * @from: the sender's address
 * @from_name: the sender's name
 * @directory: (nullable): write files NAME.eml there instead of sending
 * @host: (nullable): the mail server, if @directory is NULL
 * @port: 0 for the default port of @security
 * @user: (nullable): the user to sign in as
 * @password: (nullable)
 * @authorities: (nullable): a PEM file of trusted authorities, instead of the system's
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

G_END_DECLS
