/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A page with a few fields and a button that sends them: what is common to all that change
 * something at the server. The next field comes with Enter, the last one sends; a field that is
 * wrong gets the focus; what the server says stands beside what it is about. */

#pragma once

#include <adwaita.h>

#include "confab-form-field.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_FORM_PAGE (confab_form_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (ConfabFormPage, confab_form_page, CONFAB, FORM_PAGE, AdwNavigationPage)

struct _ConfabFormPageClass
{
  AdwNavigationPageClass parent_class;

  /* Every field is valid, nothing is under way. */
  void (*submit) (ConfabFormPage *self);
  /* (nullable) Something was typed. */
  void (*changed) (ConfabFormPage *self);
  /* (nullable) Whether it may be sent, besides its fields being valid. */
  gboolean (*check) (ConfabFormPage *self);
};

/* First, when it is made. @submit_text: of the button, with a mnemonic; @style_class:
 * "suggested-action" or "destructive-action" */
void confab_form_page_set_up (ConfabFormPage *self,
                              const char *title,
                              const char *submit_text,
                              const char *style_class);
/* Returns: (transfer none): a field below what is there. @hint: (nullable); @check: (nullable):
 * else anything but "" */
ConfabFormField *confab_form_page_add_field (ConfabFormPage *self,
                                             const char *title,
                                             const char *hint,
                                             GtkInputPurpose purpose,
                                             ConfabFormCheck check);
/* Something else, below what is there. */
void confab_form_page_add (ConfabFormPage *self, GtkWidget *widget);
/* What stands above the fields. */
void confab_form_page_set_intro (ConfabFormPage *self, const char *intro);

/* The call begins. Returns: (transfer full): for it; cancelled when the person goes back */
GCancellable *confab_form_page_begin (ConfabFormPage *self);
/* It has ended. @error: (nullable); @about: (nullable): the field that it is about.
 * Returns: whether to go on: it was neither cancelled nor refused */
gboolean confab_form_page_end (ConfabFormPage *self, const GError *error, ConfabFormField *about);
/* Back to where the person began, which says @toast. */
void confab_form_page_leave (ConfabFormPage *self, const char *toast);

G_END_DECLS
