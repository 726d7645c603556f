/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by tests of the timeline: a window that is really painted, and messages. */

#pragma once

#include <gtk/gtk.h>

#include "confab-message.h"

G_BEGIN_DECLS

/* Initialise the test with libadwaita, the app's resources and its style sheet. Call this instead
 * of gtk_test_init(). */
void test_timeline_init (int *argc, char ***argv);

/* Return a window of that size with @child, painted once. Destroy it with gtk_window_destroy(). */
GtkWindow *test_window_new (GtkWidget *child, int width, int height);

/* Run the main loop until the window is painted once more. */
void test_wait_for_paint (GtkWindow *window);
/* Run the main loop for @ms milliseconds. */
void test_wait_ms (guint ms);
/* Run the main loop until @condition; fail the test after ten seconds. */
void test_wait_until (gboolean (*condition) (gpointer data), gpointer data);

/* (transfer full) */
ConfabUser *test_user_new (gint64 id, const char *username);
ConfabMessage *test_message_new (gint64 seq, ConfabUser *sender, gboolean own, const char *content);
void test_message_set_content (ConfabMessage *message, const char *content);
void test_message_set_sent_at (ConfabMessage *message, gint64 sent_at);
/* Return one to eleven lines of text, the same for the same @seed. (transfer full) */
char *test_text_new (guint seed);

G_END_DECLS
