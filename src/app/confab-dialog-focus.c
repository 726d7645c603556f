/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-dialog-focus.h"

/* A bottom sheet opens in the second frame and takes the focus then. */
#define FRAMES 3

typedef struct
{
  GtkWidget *focus; /* the widget to focus */
  guint frames;
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_object_unref (waiting->focus);
  g_free (waiting);
}

static gboolean
shown_cb (GtkWidget *dialog, GdkFrameClock *clock, gpointer user_data)
{
  Waiting *waiting = user_data;
  GtkWidget *passing;

  if (++waiting->frames < FRAMES)
    return G_SOURCE_CONTINUE;

  /* Until now the sheet's first entry had the focus, which selected its text. */
  passing = gtk_root_get_focus (gtk_widget_get_root (dialog));
  if (passing != NULL && passing != waiting->focus && GTK_IS_EDITABLE (passing)
      && !gtk_widget_is_ancestor (passing, waiting->focus))
    gtk_editable_select_region (GTK_EDITABLE (passing), 0, 0);

  /* The widget to focus may be hidden. Some focus is needed, or Escape would not close the
   * dialog. */
  if (gtk_widget_get_mapped (waiting->focus))
    gtk_widget_grab_focus (waiting->focus);
  else
    {
      /* libadwaita has focused the hidden widget, from which Tab would continue. */
      gtk_root_set_focus (gtk_widget_get_root (dialog), NULL);
      gtk_widget_child_focus (dialog, GTK_DIR_TAB_FORWARD);
    }

  return G_SOURCE_REMOVE;
}

static void
map_cb (GtkWidget *dialog, GtkWidget *focus)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->focus = g_object_ref (focus);
  gtk_widget_add_tick_callback (dialog, shown_cb, waiting, waiting_free);
}

void
confab_dialog_focus_init (AdwDialog *dialog, GtkWidget *focus)
{
  g_return_if_fail (ADW_IS_DIALOG (dialog));
  g_return_if_fail (GTK_IS_WIDGET (focus));

  g_signal_connect_object (dialog, "map", G_CALLBACK (map_cb), focus, 0);
}
