/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Lays out the parts of a row. Opening a conversation lays out 200 rows, so only visible parts are
 * measured, and the text only once. */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-message-view-private.h"

#define MARGIN 12
#define CONTENT_MAX 860 /* longer lines are hard to follow */
#define BUBBLE_MAX 560
#define AVATAR 32
#define AVATAR_GAP 8
#define SIDE 56 /* kept free beside the bubble */
#define GROUP_SPACING 14
#define RUN_SPACING 3
#define INNER_SPACING 4

typedef struct
{
  int y;
  int content_x; /* the column that holds all parts */
  int content_width;
  int row_width;
  int indent;     /* space for the avatar at the start */
  gboolean place; /* FALSE: only measure */
  gboolean rtl;
} Layout;

/* Place @child. Positions are given for left-to-right and mirrored if needed. */
static void
place (const Layout *layout, GtkWidget *child, int x, int y, int width, int height)
{
  if (!layout->place)
    return;
  if (layout->rtl)
    x = layout->row_width - x - width;

  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

static int
height_for (GtkWidget *child, int width)
{
  int minimum, height;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, &height, NULL, NULL);

  return height;
}

static int
natural_width (GtkWidget *child, int at_most)
{
  int minimum, width;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &width, NULL, NULL);

  return MAX (minimum, MIN (width, at_most));
}

/* Stack a part that fills the column's width. */
static void
stack_wide (Layout *layout, GtkWidget *child)
{
  int height;

  if (!gtk_widget_get_visible (child))
    return;

  height = height_for (child, layout->content_width);
  place (layout, child, layout->content_x, layout->y, layout->content_width, height);
  layout->y += height;
}

/* Stack a part at its sender's side. */
static void
stack_aligned (Layout *layout, ConfabMessageView *self, GtkWidget *child)
{
  int start = layout->content_x + layout->indent;
  int room = layout->content_width - layout->indent;
  int width, height;

  if (child == NULL || !gtk_widget_get_visible (child))
    return;

  width = natural_width (child, room);
  height = height_for (child, width);
  place (layout, child, self->own ? layout->content_x + layout->content_width - width : start,
         layout->y, width, height);
  layout->y += height + INNER_SPACING;
}

static void
stack_bubble (Layout *layout, ConfabMessageView *self)
{
  int start = layout->content_x + layout->indent;
  int end = layout->content_x + layout->content_width;
  int room = CLAMP (layout->content_width - layout->indent - SIDE, 1, BUBBLE_MAX);
  int width, height, side_width, side_height;

  confab_message_text_fit (CONFAB_MESSAGE_TEXT (self->text), room, &width, &height);
  place (layout, self->text, self->own ? end - width : start, layout->y, width, height);

  if (layout->place && gtk_widget_get_visible (self->side))
    {
      side_width = natural_width (self->side, SIDE);
      side_height = height_for (self->side, side_width);
      place (layout, self->side,
             self->own ? end - width - INNER_SPACING - side_width : start + width + INNER_SPACING,
             layout->y + MAX (height - side_height - INNER_SPACING, (height - side_height) / 2),
             side_width, side_height);
    }
  layout->y += height;
}

/* Only after the text is laid out at this width is it known whether the message is long. */
static void
stack_fold (Layout *layout, ConfabMessageView *self)
{
  gboolean needed = confab_message_text_is_long (CONFAB_MESSAGE_TEXT (self->text));

  if (self->fold == NULL || !gtk_widget_get_visible (self->fold))
    return;
  if (layout->place)
    gtk_widget_set_child_visible (self->fold, needed);
  if (needed)
    stack_aligned (layout, self, self->fold);
}

/* Return the height. */
static int
lay_out (ConfabMessageView *self, int width, gboolean really)
{
  Layout layout = {
    .row_width = width,
    .content_width = CLAMP (width - 2 * MARGIN, AVATAR + AVATAR_GAP + SIDE + 1, CONTENT_MAX),
    .indent = self->direct ? 0 : AVATAR + AVATAR_GAP,
    .place = really,
    .rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL,
  };
  int top;

  layout.content_x = MAX (MARGIN, (width - layout.content_width) / 2);
  stack_wide (&layout, self->day);
  stack_wide (&layout, self->unread);
  layout.y += self->starts_group ? GROUP_SPACING : RUN_SPACING;

  top = layout.y;
  stack_aligned (&layout, self, self->header);
  if (gtk_widget_get_visible (self->avatar))
    place (&layout, self->avatar, layout.content_x, top, AVATAR, AVATAR);
  stack_bubble (&layout, self);
  if (self->fold != NULL || self->status != NULL)
    {
      stack_fold (&layout, self);
      stack_aligned (&layout, self, self->status);
    }

  return MAX (layout.y, gtk_widget_get_visible (self->avatar) ? top + AVATAR : 0);
}

/* GtkListView first asks all rows for their height at any width, to align itself at the end. Return
 * the width that they will get, because another one would lay out each text twice. */
static int
get_expected_width (ConfabMessageView *self)
{
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  int width = list != NULL ? gtk_widget_get_width (list) : 0;

  return width > 0 ? width : CONTENT_MAX + 2 * MARGIN;
}

static GtkSizeRequestMode
confab_message_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
confab_message_view_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  ConfabMessageView *self = CONFAB_MESSAGE_VIEW (widget);

  /* The width is constant: the list measures every row, and no message may widen the window. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 2 * MARGIN + AVATAR + AVATAR_GAP + SIDE + 48;
      *natural = CONTENT_MAX + 2 * MARGIN;
    }
  else
    *minimum = *natural =
        lay_out (self, for_size < 0 ? get_expected_width (self) : for_size, FALSE);
}

static void
confab_message_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (CONFAB_MESSAGE_VIEW (widget), width, TRUE);
}

void
confab_message_view_class_init_layout (GtkWidgetClass *widget_class)
{
  widget_class->get_request_mode = confab_message_view_get_request_mode;
  widget_class->measure = confab_message_view_measure;
  widget_class->size_allocate = confab_message_view_size_allocate;
}
