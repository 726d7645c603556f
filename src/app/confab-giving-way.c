/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-giving-way.h"

/* With this much of its text in a line, the last child needs no more room. */
#define ENOUGH_CHARS 10

/* Return the width of ENOUGH_CHARS characters, in pixels. */
static int
enough (GtkWidget *box)
{
  PangoFontMetrics *metrics =
      pango_context_get_metrics (gtk_widget_get_pango_context (box), NULL, NULL);
  int width = PANGO_PIXELS (ENOUGH_CHARS * pango_font_metrics_get_approximate_char_width (metrics));

  pango_font_metrics_unref (metrics);
  return width;
}

static int
natural_width (GtkWidget *widget)
{
  int natural = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* Return whether the last child of @box has enough room in @width. */
static gboolean
has_room (GtkWidget *box, int width)
{
  GtkWidget *first = gtk_widget_get_first_child (box);
  GtkWidget *last = gtk_widget_get_last_child (box);
  int wanted = MIN (natural_width (last), enough (box));

  return natural_width (first) + wanted <= width;
}

/* Return the width of the last child. */
static int
last_width (GtkWidget *box, int width)
{
  int first = natural_width (gtk_widget_get_first_child (box));

  return has_room (box, width) ? width - first : width;
}

static GtkSizeRequestMode
request_mode (GtkWidget *box)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget *box,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  GtkWidget *first = gtk_widget_get_first_child (box);
  GtkWidget *last = gtk_widget_get_last_child (box);
  int least = 0;
  int wanted = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (last, orientation, -1, minimum, natural, NULL, NULL);
      *natural += natural_width (first);
      return;
    }
  gtk_widget_measure (first, orientation, -1, &least, &wanted, NULL, NULL);
  gtk_widget_measure (last, orientation, for_size < 0 ? -1 : last_width (box, for_size), minimum,
                      natural, NULL, NULL);
  /* Also if the first is not shown: GTK takes the height for the same at each width. */
  *minimum = MAX (*minimum, least);
  *natural = MAX (*natural, wanted);
}

static void
allocate (GtkWidget *box, int width, int height, int baseline)
{
  gboolean right_to_left = gtk_widget_get_direction (box) == GTK_TEXT_DIR_RTL;
  gboolean shown = has_room (box, width);
  GtkWidget *first = gtk_widget_get_first_child (box);
  int first_width = natural_width (first);
  int rest = last_width (box, width);

  gtk_widget_set_child_visible (first, shown);
  if (shown)
    gtk_widget_size_allocate (
        first, &(GtkAllocation){ right_to_left ? width - first_width : 0, 0, first_width, height },
        -1);
  gtk_widget_size_allocate (gtk_widget_get_last_child (box),
                            &(GtkAllocation){ right_to_left ? 0 : width - rest, 0, rest, height },
                            -1);
}

/**
 * confab_giving_way_install:
 * @box: a container with two children, in a row
 *
 * Shows the first child only if the last has enough room beside it: a picture gives way to the
 * name that it stands before.
 */
void
confab_giving_way_install (GtkWidget *box)
{
  g_return_if_fail (GTK_IS_WIDGET (box));
  g_return_if_fail (gtk_widget_get_first_child (box) != gtk_widget_get_last_child (box));

  gtk_widget_set_layout_manager (box, gtk_custom_layout_new (request_mode, measure, allocate));
}
