/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An entry that says what is wrong with what was typed, but not before the person is done with
 * it. */

#pragma once

#include "confab-field-kind.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_FORM_FIELD (confab_form_field_get_type ())
G_DECLARE_FINAL_TYPE (ConfabFormField, confab_form_field, CONFAB, FORM_FIELD, GtkBox)

/* Properties: title, hint (nullable: shown while nothing is wrong), kind (ConfabFieldKind,
 * construct-only), text. Signals: changed; activate (Enter was pressed).
 * Children stand below the entry. */
/* @check: in place of that of its kind */
void confab_form_field_set_check (ConfabFormField *self, ConfabFieldCheck check);
/* How what is typed or pasted is written: idempotent, and never longer for a shorter beginning.
 * Set once. */
void confab_form_field_set_format (ConfabFormField *self, ConfabFieldFormat format);
const char *confab_form_field_get_text (ConfabFormField *self);
void confab_form_field_set_text (ConfabFormField *self, const char *text);
/* Not insensitive, so that the focus stays while something is under way. */
void confab_form_field_set_editable (ConfabFormField *self, gboolean editable);
/* Whether it could be sent; says nothing to the person. */
gboolean confab_form_field_is_valid (ConfabFormField *self);
/* The same, and now the person is told. Returns: (transfer full) (nullable): the text as it is
 * to be sent */
char *confab_form_field_submit (ConfabFormField *self);
/* Someone else's words, the server's for one; until the text changes. NULL removes them. */
void confab_form_field_set_error (ConfabFormField *self, const char *error);
/* Whether @error, which is the server's, is about what is asked for here. */
gboolean confab_form_field_is_about (ConfabFormField *self, const GError *error);
/* Shows @error as what is wrong here. */
void confab_form_field_set_refused (ConfabFormField *self, const GError *error);
/* (nullable): what the person sees as wrong just now */
const char *confab_form_field_get_error (ConfabFormField *self);

G_END_DECLS
