/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "confab-links.h"
#include "confab-message-text.h"

G_BEGIN_DECLS

struct _ConfabMessageText
{
  GtkWidget parent_instance;

  char *text;
  guint length;      /* of text, in bytes */
  guint shown;       /* how many of them the layout has */
  GPtrArray *links;  /* of ConfabLink */
  GPtrArray *places; /* of GtkWidget, our children: where the first of links are */
  gboolean folded;
  gboolean emoji;
  PangoLayout *layout;

  /* What the layout said at fitted_width; -1: not asked yet */
  int fitted_width;
  int text_x; /* where the ink's logical box begins in the layout */
  int text_width;
  int text_height;
  gboolean is_long;

  /* The selection, in bytes: from where it was begun to where it is. */
  guint anchor;
  guint cursor;
  int clicks;            /* 1: by characters, 2: by words, 3: by paragraphs */
  int focused_link;      /* index, or -1 */
  ConfabLink *menu_link; /* (nullable) (owned by links) what the context menu is about */
  GtkWidget *menu;       /* (nullable) */
  GtkWidget *link;       /* (nullable) never shown: its style is that of links */
};

/* The character at a point of the widget, as a byte; with @nearest the boundary of one that is
 * nearest. @link is (out) (optional) (nullable) the link under it, if any. */
guint confab_message_text_byte_at (ConfabMessageText *self,
                                   double x,
                                   double y,
                                   gboolean nearest,
                                   ConfabLink **link);
/* Where the layout's own origin lies in the widget. */
void confab_message_text_get_origin (ConfabMessageText *self, int *x, int *y);
/* The selection in order. Returns whether there is one. */
gboolean confab_message_text_get_selection (ConfabMessageText *self, guint *start, guint *end);

/* confab-message-text-select.c */
void confab_message_text_class_init_select (GtkWidgetClass *widget_class);
void confab_message_text_init_select (ConfabMessageText *self);
void confab_message_text_update_actions (ConfabMessageText *self);

/* confab-message-text-links.c */
void confab_message_text_update_places (ConfabMessageText *self);
void confab_message_text_allocate_places (ConfabMessageText *self);
void confab_message_text_clear_places (ConfabMessageText *self);
gboolean confab_message_text_focus (GtkWidget *widget, GtkDirectionType direction);

/* confab-message-text-accessible.c */
void confab_message_text_accessible_init (GtkAccessibleTextInterface *iface);

G_END_DECLS
