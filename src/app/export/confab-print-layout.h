/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Paragraphs, cut into pages by lines. Only where each page begins is kept; paragraphs are laid
 * out again when their page is drawn, so that a long conversation needs little memory. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  CONFAB_PARAGRAPH_DAY,    /* centred, stays with what follows */
  CONFAB_PARAGRAPH_SENDER, /* bold, stays with what follows */
  CONFAB_PARAGRAPH_BODY,
  CONFAB_PARAGRAPH_DIMMED, /* what stands for a text */
} ConfabParagraphKind;

typedef struct _ConfabPrintLayout ConfabPrintLayout;

/* @title stands at the top of each page. */
ConfabPrintLayout *confab_print_layout_new (const char *title);
void confab_print_layout_free (ConfabPrintLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabPrintLayout, confab_print_layout_free)

/* Before the first page is cut. */
void confab_print_layout_add (ConfabPrintLayout *self, ConfabParagraphKind kind, const char *text);

/* Goes on cutting pages of @context, for some paragraphs. Returns: TRUE when it is done */
gboolean confab_print_layout_cut (ConfabPrintLayout *self, GtkPrintContext *context);
guint confab_print_layout_n_pages (ConfabPrintLayout *self);
void confab_print_layout_draw (ConfabPrintLayout *self, GtkPrintContext *context, guint page);

G_END_DECLS
