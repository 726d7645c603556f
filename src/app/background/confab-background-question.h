/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Asks once, when the window is closed the first time, whether Confab goes on receiving. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @close: whether to close the window now; FALSE if the user gave no answer */
typedef void (*ConfabBackgroundAnswerFunc) (gboolean close, gpointer user_data);

/* Return whether the user has not been asked yet. */
gboolean confab_background_question_is_open (void);
/* Ask over @parent, and store the answer. @answered is called once. */
void confab_background_question_ask (GtkWidget *parent,
                                     ConfabBackgroundAnswerFunc answered,
                                     gpointer user_data);

G_END_DECLS
