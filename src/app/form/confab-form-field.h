/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An entry row that checks its text, and shows an error once the user has finished typing. */

#pragma once

#include "confab-field-kind.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_FORM_FIELD (confab_form_field_get_type ())
G_DECLARE_FINAL_TYPE (ConfabFormField, confab_form_field, CONFAB, FORM_FIELD, GtkBox)

/* Properties: title, hint (nullable: shown without an error), kind (ConfabFieldKind,
 * construct-only), text. Signals: changed; activate (the user pressed Enter). Children are placed
 * below the entry. */
/* @check: replaces the check of its kind */
void confab_form_field_set_check (ConfabFormField *self, ConfabFieldCheck check);
/* Set how to format typed or pasted text: idempotent, and never longer for a shorter beginning.
 * Call this once. */
void confab_form_field_set_format (ConfabFormField *self, ConfabFieldFormat format);
const char *confab_form_field_get_text (ConfabFormField *self);
void confab_form_field_set_text (ConfabFormField *self, const char *text);
/* The field stays sensitive, so that it keeps the focus during a request. */
void confab_form_field_set_editable (ConfabFormField *self, gboolean editable);
/* Return whether the text is valid, without showing an error. */
gboolean confab_form_field_is_valid (ConfabFormField *self);
/* The same, but show the error. Returns: (transfer full) (nullable): the text to submit */
char *confab_form_field_submit (ConfabFormField *self);
/* Show an error from outside, such as the server's, until the text changes. NULL removes it. */
void confab_form_field_set_error (ConfabFormField *self, const char *error);
/* Return whether @error, from the server, concerns this field. */
gboolean confab_form_field_is_about (ConfabFormField *self, const GError *error);
/* Show @error at this field. */
void confab_form_field_set_refused (ConfabFormField *self, const GError *error);
/* Return the error shown. (nullable) */
const char *confab_form_field_get_error (ConfabFormField *self);

G_END_DECLS
