/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the timeline's tests share: a window that is really painted, and messages. */

#pragma once

#include <gtk/gtk.h>

#include "confab-message.h"

G_BEGIN_DECLS

/* Instead of gtk_test_init(): libadwaita, the compiled-in resources and the style sheet as well. */
void test_timeline_init (int *argc, char ***argv);

/* A window of that size around @child, painted once. Destroy it with gtk_window_destroy(). */
GtkWindow *test_window_new (GtkWidget *child, int width, int height);

/* Runs the main loop until the window was painted once more. */
void test_wait_for_paint (GtkWindow *window);
/* Runs the main loop for so long. */
void test_wait_ms (guint ms);
/* Runs the main loop until @condition; fails the test after ten seconds. */
void test_wait_until (gboolean (*condition) (gpointer data), gpointer data);

/* (transfer full) */
ConfabUser *test_user_new (gint64 id, const char *username);
ConfabMessage *test_message_new (gint64 seq, ConfabUser *sender, gboolean own, const char *content);
/* One to eleven lines, always the same for one @seed. (transfer full) */
char *test_text_new (guint seed);

G_END_DECLS
