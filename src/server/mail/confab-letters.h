/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the server writes to people. Any thread. */

#pragma once

#include "confab-mail.h"

G_BEGIN_DECLS

/**
 * ConfabAddressee:
 * @server_name: who writes
 * @user_id: to whom
 * @username: their name
 * @email: and their address
 */
typedef struct
{
  const char *server_name;
  gint64 user_id;
  const char *username;
  const char *email;
} ConfabAddressee;

/* Each returns (transfer full) a mail. */

/* A forgotten password: @link and @code serve for @seconds. */
ConfabMail *confab_letter_reset (const ConfabAddressee *to,
                                 const char *link,
                                 const char *code,
                                 guint seconds);
/* A new email, to be confirmed with @code: to the new address. */
ConfabMail *confab_letter_confirm_email (const ConfabAddressee *to,
                                         const char *code,
                                         guint seconds);
/* The email is another now: to the old address. */
ConfabMail *confab_letter_email_changed (const ConfabAddressee *to);
ConfabMail *confab_letter_password_changed (const ConfabAddressee *to);

G_END_DECLS
