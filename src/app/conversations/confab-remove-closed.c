/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-remove-closed.h"

#include <glib/gi18n.h>

#include "confab-toast.h"

typedef struct
{
  ConfabClient *client;
  ConfabConversation *conversation;
  gboolean undone;
} Removal;

static void
removal_free (gpointer data, GClosure *closure)
{
  Removal *self = data;

  g_object_unref (self->client);
  g_object_unref (self->conversation);
  g_free (self);
}

static void
undo_cb (AdwToast *toast, Removal *removal)
{
  removal->undone = TRUE;
  confab_client_restore_closed (removal->client, removal->conversation);
}

static void
dismissed_cb (AdwToast *toast, Removal *removal)
{
  if (!removal->undone)
    confab_client_forget_closed (removal->client, removal->conversation);
}

void
confab_remove_closed (GtkWidget *widget, ConfabClient *client, ConfabConversation *conversation)
{
  AdwToastOverlay *overlay = confab_toast_find_overlay (widget);
  const char *name = confab_conversation_get_display_name (conversation);
  g_autofree char *title = NULL;
  AdwToast *toast;
  Removal *removal;

  g_return_if_fail (overlay != NULL);

  removal = g_new0 (Removal, 1);
  removal->client = g_object_ref (client);
  removal->conversation = g_object_ref (conversation);
  /* Translators: %s is the name of a conversation. */
  title = *name != '\0' ? g_strdup_printf (_("“%s” removed from this computer"), name)
                        : g_strdup (_("Conversation removed from this computer"));
  toast = g_object_new (ADW_TYPE_TOAST, "title", title, "use-markup", FALSE, "button-label",
                        _("_Undo"), "priority", ADW_TOAST_PRIORITY_HIGH, "timeout", 10, NULL);
  g_signal_connect (toast, "button-clicked", G_CALLBACK (undo_cb), removal);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (dismissed_cb), removal, removal_free,
                         G_CONNECT_DEFAULT);
  confab_client_remove_closed (client, conversation);
  adw_toast_overlay_add_toast (overlay, toast);
}
