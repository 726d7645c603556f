/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

/* Unsent texts of removed accounts are offered once at startup, and from the menu. */

#include "confab-window-private.h"

#include "confab-strays-dialog.h"

void
confab_window_show_strays (ConfabWindow *self)
{
  ConfabStraysDialog *dialog = confab_strays_dialog_new (self->store, self->strays);

  g_signal_connect_object (dialog, "removed", G_CALLBACK (confab_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

void
confab_window_offer_strays (ConfabWindow *self)
{
  if (self->strays == NULL || self->strays->len == 0 || self->strays_offered
      || g_str_equal (gtk_stack_get_visible_child_name (self->stack), "waiting"))
    return;

  self->strays_offered = TRUE;
  confab_window_show_strays (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabWindow) self = user_data;
  g_autoptr (GPtrArray) strays =
      confab_account_store_read_strays_finish (CONFAB_ACCOUNT_STORE (source), result);

  /* An open dialog keeps the texts that it shows. */
  if (self->closing || self->strays_offered)
    return;
  g_clear_pointer (&self->strays, g_ptr_array_unref);
  self->strays = g_steal_pointer (&strays);
  confab_window_update_actions (self);
  confab_window_offer_strays (self);
}

void
confab_window_find_strays (ConfabWindow *self)
{
  confab_account_store_read_strays_async (self->store, read_cb, g_object_ref (self));
}
