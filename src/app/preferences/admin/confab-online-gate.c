/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-online-gate.h"

#include <glib/gi18n.h>

#include "confab-banner.h"

struct _ConfabOnlineGate
{
  GtkBox parent_instance;
  AdwBanner *banner;
  ConfabClient *client;
};

G_DEFINE_FINAL_TYPE (ConfabOnlineGate, confab_online_gate, GTK_TYPE_BOX)

static gboolean
has_focus (ConfabOnlineGate *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

static void
update (ConfabOnlineGate *self)
{
  gboolean online = confab_client_is_online (self->client);
  GtkWidget *banner = GTK_WIDGET (self->banner);
  gboolean leave = !online && has_focus (self);

  /* Move the focus away first: the cursor of an entry that becomes insensitive would keep
   * blinking. */
  if (leave)
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  confab_banner_reveal (self->banner, !online);
  for (GtkWidget *child = gtk_widget_get_next_sibling (banner); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_sensitive (child, online);
  /* Focus a widget outside that can still be used, such as the back button. */
  if (leave)
    gtk_widget_child_focus (gtk_widget_get_parent (GTK_WIDGET (self)), GTK_DIR_TAB_FORWARD);
}

static void
confab_online_gate_dispose (GObject *object)
{
  g_clear_object (&CONFAB_ONLINE_GATE (object)->client);

  G_OBJECT_CLASS (confab_online_gate_parent_class)->dispose (object);
}

static void
confab_online_gate_class_init (ConfabOnlineGateClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_online_gate_dispose;
  /* Otherwise its accessible name would be the banner's text, visible or not. */
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GENERIC);
}

static void
confab_online_gate_init (ConfabOnlineGate *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->banner = ADW_BANNER (
      adw_banner_new (_("You are offline. Administration needs a connection to the server.")));
  confab_banner_watch (self->banner);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->banner));
}

void
confab_online_gate_set_client (ConfabOnlineGate *self, ConfabClient *client)
{
  g_return_if_fail (CONFAB_IS_ONLINE_GATE (self));
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  g_signal_connect_object (client, "notify::connection-state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
