/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The texts of the server's mails. Any thread. */

#pragma once

#include "confab-mail.h"

G_BEGIN_DECLS

/**
 * ConfabAddressee:
 * @server_name: the sender's name
 * @user_id: the recipient
 * @username: the recipient's name
 * @email: the recipient's address
 * @language: (nullable): one of confab_letter_language()
 */
typedef struct
{
  const char *server_name;
  gint64 user_id;
  const char *username;
  const char *email;
  const char *language;
} ConfabAddressee;

/* Return the language, of those that the mails are written in, that suits @accept_language
 * (nullable), the value of HTTP's header. (transfer none) */
const char *confab_letter_language (const char *accept_language);

/* Each function returns a mail. (transfer full) */

/* Password reset: @link and @code are valid for @seconds. */
ConfabMail *confab_letter_reset (const ConfabAddressee *to,
                                 const char *link,
                                 const char *code,
                                 guint seconds);
/* Asks to confirm a new email address with @code; sent to the new address. */
ConfabMail *confab_letter_confirm_email (const ConfabAddressee *to,
                                         const char *code,
                                         guint seconds);
/* Reports that the email address was changed; sent to the old address. */
ConfabMail *confab_letter_email_changed (const ConfabAddressee *to);
ConfabMail *confab_letter_password_changed (const ConfabAddressee *to);

G_END_DECLS
