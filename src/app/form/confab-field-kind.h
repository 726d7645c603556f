/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Kinds of fields: the input purpose, the valid texts, and the server's errors about them. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  CONFAB_FIELD_TEXT,
  CONFAB_FIELD_LOGIN,            /* a username or an email address; any text */
  CONFAB_FIELD_USERNAME,         /* a new one */
  CONFAB_FIELD_EMAIL,            /* a new one */
  CONFAB_FIELD_SERVER,           /* the address of a server */
  CONFAB_FIELD_SIGN_IN_PASSWORD, /* beside a login: either may be wrong */
  CONFAB_FIELD_PASSWORD,         /* the open account's */
  CONFAB_FIELD_NEW_PASSWORD,
  CONFAB_FIELD_CODE,       /* from an email, or from an administrator */
  CONFAB_FIELD_INVITATION, /* a link or a code */
} ConfabFieldKind;

#define CONFAB_TYPE_FIELD_KIND (confab_field_kind_get_type ())
GType confab_field_kind_get_type (void);

/* Checks like confab_text_username(): returns (transfer full) (nullable) the text to submit; NULL
 * without an error if it is only incomplete. */
typedef char *(*ConfabFieldCheck) (const char *text, GError **error);

/* Returns (transfer full): @text as it should appear in the entry. */
typedef char *(*ConfabFieldFormat) (const char *text);

gboolean confab_field_kind_is_password (ConfabFieldKind kind);
GtkInputPurpose confab_field_kind_get_purpose (ConfabFieldKind kind);
ConfabFieldCheck confab_field_kind_get_check (ConfabFieldKind kind);
ConfabFieldFormat confab_field_kind_get_format (ConfabFieldKind kind);
const char *confab_field_kind_get_hint (ConfabFieldKind kind);
gboolean confab_field_kind_is_about (ConfabFieldKind kind, const GError *error);

G_END_DECLS
