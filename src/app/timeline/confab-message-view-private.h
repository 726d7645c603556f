/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "confab-message-view.h"
#include "confab-message-text.h"

G_BEGIN_DECLS

struct _ConfabMessageView
{
  GtkWidget parent_instance;

  ConfabMessage *message; /* (nullable) */
  ConfabClient *client;   /* (nullable) */
  GSignalGroup *message_signals;
  GSignalGroup *sender_signals;
  guint still_waiting_id;
  gboolean own;
  gboolean starts_group;
  gboolean removable;
  gboolean direct; /* in a direct conversation the sender is obvious */
  gboolean closed;

  /* The parts from top to bottom. Those a message does not need are invisible. */
  GtkWidget *day;
  GtkWidget *unread;
  GtkWidget *avatar;
  GtkWidget *header; /* name and time, above the first bubble of a group */
  GtkWidget *name;
  GtkWidget *header_time;
  GtkWidget *text; /* the bubble */
  GtkWidget *side; /* beside the bubble: the time (on hover) and the state */
  GtkWidget *side_time;
  GtkWidget *side_icon;
  GtkWidget *fold;   /* (nullable) “Show More” */
  GtkWidget *status; /* (nullable) below the bubble of an unsent message */
  GtkWidget *status_line;
  GtkWidget *status_icon;
  GtkWidget *status_label;
  GtkWidget *status_buttons;
  GtkWidget *copy_button;
  GtkWidget *retry_button;
};

static inline void
confab_message_view_set_css_class (GtkWidget *widget, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

/* confab-message-view-parts.c */
void confab_message_view_create_parts (ConfabMessageView *self);

/* confab-message-view-status.c: the message's way to the server */
void confab_message_view_update_status (ConfabMessageView *self);
/* Return the status in words, or NULL if the message was sent. (transfer none) */
const char *confab_message_view_describe_status (ConfabMessage *message);

/* confab-message-view-layout.c */
void confab_message_view_class_init_layout (GtkWidgetClass *widget_class);

G_END_DECLS
