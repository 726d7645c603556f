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
  guint length;      /* bytes of text */
  guint shown;       /* bytes of text in the layout */
  GPtrArray *links;  /* of ConfabLink */
  GPtrArray *places; /* of GtkWidget, children for the first of links */
  gboolean folded;
  gboolean emoji;
  PangoLayout *layout;

  /* The layout's size at fitted_width; -1: not measured yet. */
  int fitted_width;
  guint font_serial; /* of the Pango context with which it was fitted */
  int text_x;        /* where the ink's logical box begins in the layout */
  int text_width;
  int text_height;
  gboolean is_long;

  /* The selection in bytes, from its fixed end to its moving end. */
  guint anchor;
  guint cursor;
  int clicks;            /* 1: select by character, 2: by word, 3: by paragraph */
  int focused_link;      /* index, or -1 */
  ConfabLink *menu_link; /* (nullable) (owned by links) the context menu's link */
  GtkWidget *menu;       /* (nullable) */
  GtkWidget *link;       /* (nullable) never shown; supplies the color of links */
};

/**
 * confab_message_text_byte_at:
 * @nearest: whether to return the nearest boundary instead of the character's start
 * @link: (out) (optional) (nullable): the link at that point
 *
 * Returns: the byte offset of the character at a point of the widget
 */
guint confab_message_text_byte_at (ConfabMessageText *self,
                                   double x,
                                   double y,
                                   gboolean nearest,
                                   ConfabLink **link);
/* Return the position of the layout's origin in the widget. */
void confab_message_text_get_origin (ConfabMessageText *self, int *x, int *y);
/* Return FALSE if nothing is selected. @start is before @end. */
gboolean confab_message_text_get_selection (ConfabMessageText *self, guint *start, guint *end);

/* confab-message-text-layout.c */
void confab_message_text_class_init_layout (GtkWidgetClass *widget_class);
/* Call this after the text or the fold has changed. */
void confab_message_text_update_shown (ConfabMessageText *self);
void confab_message_text_update_attributes (ConfabMessageText *self);
void confab_message_text_forget_layout (ConfabMessageText *self);
/* Get the color of links in this bubble. */
void confab_message_text_get_link_color (ConfabMessageText *self, GdkRGBA *color);

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
