/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A few fields and a button that sends them: what is common to all pages and dialogs that ask the
 * server for something. Enter goes to the next field, and in the last one sends; a field that is
 * wrong gets the focus; what the server refuses is told at the field that it is about; leaving the
 * page or closing the dialog cancels the call. */

#pragma once

#include <adwaita.h>

#include "confab-form-field.h"

G_BEGIN_DECLS

/* Children: fields, and what else stands between them; of type "above": what stands above the
 * heading; of type "below": what stands below the button.
 * Properties: heading (nullable: else the form begins at the top), intro (nullable: the text above
 * the fields), submit-text (with a mnemonic), destructive (of the button), complete (whether it can
 * be sent as far as the page knows), interruptible (whether the fields can be changed during a
 * call).
 * Signals: changed (a field), submit (every field is valid, and no call is under way). */
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
