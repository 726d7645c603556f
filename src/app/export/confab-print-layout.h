/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Divides paragraphs into pages by lines. It keeps only where each page begins and lays out
 * paragraphs again when drawing a page, so that a long conversation needs little memory. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  CONFAB_PARAGRAPH_DAY,    /* centered, kept with the next paragraph */
  CONFAB_PARAGRAPH_SENDER, /* bold, kept with the next paragraph */
  CONFAB_PARAGRAPH_BODY,
  CONFAB_PARAGRAPH_DIMMED, /* stands for a missing text */
} ConfabParagraphKind;

typedef struct _ConfabPrintLayout ConfabPrintLayout;

/* @title is printed at the top of each page. */
ConfabPrintLayout *confab_print_layout_new (const char *title);
void confab_print_layout_free (ConfabPrintLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabPrintLayout, confab_print_layout_free)

/* Add a paragraph. Call this before cutting pages. */
void confab_print_layout_add (ConfabPrintLayout *self, ConfabParagraphKind kind, const char *text);

/* Divide some more paragraphs into pages. Return TRUE once all are done. */
gboolean confab_print_layout_cut (ConfabPrintLayout *self, GtkPrintContext *context);
guint confab_print_layout_n_pages (ConfabPrintLayout *self);
/* Draw @page, which must have been divided already, with the title and its number. */
void confab_print_layout_draw (ConfabPrintLayout *self, GtkPrintContext *context, guint page);

G_END_DECLS
