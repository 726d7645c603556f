/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-composer"

#include "confab-closed-bar.h"

#include <glib/gi18n.h>

#include "confab-closed-text.h"
#include "confab-name-label.h"
#include "confab-toast.h"

/* Lay out only the beginning of a draft; Copy copies all of it. */
#define SHOWN_CHARS 400

struct _ConfabClosedBar
{
  AdwBin parent_instance;

  ConfabClient *client;
  GSignalGroup *signals;

  GtkWidget *draft_box;
  GtkLabel *draft_label;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (ConfabClosedBar, confab_closed_bar, ADW_TYPE_BIN)

static void
show_draft (ConfabClosedBar *self, const char *draft)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->draft_box, draft != NULL && *draft != '\0');
  if (draft == NULL)
    return;
  text = g_utf8_strlen (draft, -1) > SHOWN_CHARS ? g_utf8_substring (draft, 0, SHOWN_CHARS)
                                                 : g_strdup (draft);
  gtk_label_set_text (self->draft_label, g_strdelimit (g_strstrip (text), "\n\t", ' '));
}

static void
update (ConfabClosedBar *self)
{
  g_autoptr (ConfabConversation) conversation = g_signal_group_dup_target (self->signals);
  g_autofree char *text = NULL;

  if (conversation == NULL)
    return;
  text = confab_closed_text (conversation);
  gtk_label_set_text (self->label, text != NULL ? text : "");
  show_draft (self, confab_conversation_get_draft (conversation));
}

static void
copy_cb (ConfabClosedBar *self)
{
  g_autoptr (ConfabConversation) conversation = g_signal_group_dup_target (self->signals);
  const char *draft = conversation != NULL ? confab_conversation_get_draft (conversation) : NULL;

  if (draft == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), draft);
  /* Translators: said once it is done */
  confab_toast (GTK_WIDGET (self), _("Copied"));
}

static void
discard_cb (ConfabClosedBar *self)
{
  g_autoptr (ConfabConversation) conversation = g_signal_group_dup_target (self->signals);

  if (conversation != NULL)
    confab_client_save_draft (self->client, conversation, NULL);
}

void
confab_closed_bar_show (ConfabClosedBar *self,
                        ConfabClient *client,
                        ConfabConversation *conversation)
{
  g_return_if_fail (CONFAB_IS_CLOSED_BAR (self));
  g_return_if_fail (CONFAB_IS_CLIENT (client));
  g_return_if_fail (CONFAB_IS_CONVERSATION (conversation));

  g_set_object (&self->client, client);
  g_signal_group_set_target (self->signals, conversation);
  update (self);
}

static void
confab_closed_bar_dispose (GObject *object)
{
  ConfabClosedBar *self = CONFAB_CLOSED_BAR (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_CLOSED_BAR);
  g_clear_object (&self->signals);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (confab_closed_bar_parent_class)->dispose (object);
}

static void
confab_closed_bar_class_init (ConfabClosedBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_closed_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-closed-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabClosedBar, draft_box);
  gtk_widget_class_bind_template_child (widget_class, ConfabClosedBar, draft_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabClosedBar, label);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
}

static void
confab_closed_bar_init (ConfabClosedBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self->label));
  confab_name_label_insert_no_hyphens (GTK_WIDGET (self->draft_label));

  self->signals = g_signal_group_new (CONFAB_TYPE_CONVERSATION);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (update), self);
}
