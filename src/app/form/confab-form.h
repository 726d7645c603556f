/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A form with some fields and a button that submits them, for all pages and dialogs that send a
 * request to the server. Enter moves to the next field, and submits in the last one; an invalid
 * field gets the focus; the server's error is shown at the field that it concerns; leaving the page
 * or closing the dialog cancels the request. */

#pragma once

#include <adwaita.h>

#include "confab-form-field.h"

G_BEGIN_DECLS

/* Children: fields and widgets between them; of type "above": widgets above the heading; of type
 * "below": widgets below the button. Properties: heading (nullable: NULL lets the form begin at the
 * top), intro (nullable: the text above the fields), submit-text (with a mnemonic), destructive (of
 * the button), complete (whether the page allows to submit the form), interruptible (whether the
 * fields can be edited during a request). Signals: changed (a field), submit (every field is valid,
 * and no request is running). */
#define CONFAB_TYPE_FORM (confab_form_get_type ())
G_DECLARE_FINAL_TYPE (ConfabForm, confab_form, CONFAB, FORM, AdwBin)

void confab_form_set_intro (ConfabForm *self, const char *intro);
void confab_form_set_complete (ConfabForm *self, gboolean complete);

GCancellable *confab_form_begin (ConfabForm *self);
gboolean confab_form_end (ConfabForm *self, const GError *error);
void confab_form_cancel (ConfabForm *self);
gboolean confab_form_is_busy (ConfabForm *self);

void confab_form_show_error (ConfabForm *self, const char *text);
void confab_form_leave (ConfabForm *self, const char *toast);

G_END_DECLS
