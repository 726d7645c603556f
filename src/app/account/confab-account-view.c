/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-account-view.h"

#include "confab-register-page.h"
#include "confab-reset-flow.h"
#include "confab-server-page.h"
#include "confab-sign-in-page.h"

struct _ConfabAccountView
{
  AdwBin parent_instance;
  AdwNavigationView *navigation;
  ConfabServerPage *server_page;
  ConfabAccountStore *store;
  ConfabResetFlow *reset_flow;
  ConfabSignInPage *sign_in_page; /* (nullable) the page on the navigation stack */
};

enum
{
  SIGNED_IN,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabAccountView, confab_account_view, ADW_TYPE_BIN)

static void
signed_in_cb (ConfabAccountView *self, ConfabClient *client)
{
  g_signal_emit (self, signals[SIGNED_IN], 0, client);
}

static void
push_register_page (ConfabAccountView *self, const ConfabServerInfo *server, const char *code)
{
  ConfabRegisterPage *page = confab_register_page_new (self->store, server, code);

  g_signal_connect_object (page, "signed-in", G_CALLBACK (signed_in_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

/* An invited user is probably new here, so show registration; going back shows signing in. */
static void
found_cb (ConfabAccountView *self, ConfabServerInfo *server)
{
  ConfabSignInPage *page = confab_sign_in_page_new (self->store, server);
  const char *code = confab_server_page_get_code (self->server_page);

  g_signal_connect_object (page, "signed-in", G_CALLBACK (signed_in_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->sign_in_page, page);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
  if (code != NULL)
    push_register_page (self, server, code);
}

static void
register_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ConfabAccountView *self = CONFAB_ACCOUNT_VIEW (widget);

  if (self->sign_in_page != NULL)
    push_register_page (self, confab_sign_in_page_get_server (self->sign_in_page), NULL);
}

static void
forgot_password_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ConfabAccountView *self = CONFAB_ACCOUNT_VIEW (widget);

  if (self->sign_in_page != NULL)
    confab_reset_flow_begin (self->reset_flow, confab_sign_in_page_get_server (self->sign_in_page),
                             confab_sign_in_page_get_login (self->sign_in_page));
}

static void
leave_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[LEFT], 0);
}

void
confab_account_view_set_can_leave (ConfabAccountView *self, gboolean can_leave)
{
  g_return_if_fail (CONFAB_IS_ACCOUNT_VIEW (self));

  confab_server_page_set_can_leave (self->server_page, can_leave);
}

static gboolean
confab_account_view_grab_focus (GtkWidget *widget)
{
  ConfabAccountView *self = CONFAB_ACCOUNT_VIEW (widget);

  return gtk_widget_grab_focus (
      GTK_WIDGET (adw_navigation_view_get_visible_page (self->navigation)));
}

static void
confab_account_view_dispose (GObject *object)
{
  ConfabAccountView *self = CONFAB_ACCOUNT_VIEW (object);

  g_clear_weak_pointer (&self->sign_in_page);
  g_clear_object (&self->reset_flow);
  g_clear_object (&self->store);
  /* The bin owns the child, so remove it before the template disposes it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_ACCOUNT_VIEW);

  G_OBJECT_CLASS (confab_account_view_parent_class)->dispose (object);
}

static void
confab_account_view_class_init (ConfabAccountViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_account_view_dispose;
  widget_class->grab_focus = confab_account_view_grab_focus;

  signals[SIGNED_IN] = g_signal_new ("signed-in", CONFAB_TYPE_ACCOUNT_VIEW, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, CONFAB_TYPE_CLIENT);

  signals[LEFT] = g_signal_new ("left", CONFAB_TYPE_ACCOUNT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  g_type_ensure (CONFAB_TYPE_SERVER_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-account-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountView, navigation);
  gtk_widget_class_bind_template_child (widget_class, ConfabAccountView, server_page);
  gtk_widget_class_bind_template_callback (widget_class, found_cb);
  gtk_widget_class_install_action (widget_class, "account.leave", NULL, leave_action);
  gtk_widget_class_install_action (widget_class, "account.register", NULL, register_action);
  gtk_widget_class_install_action (widget_class, "account.forgot-password", NULL,
                                   forgot_password_action);
}

static void
confab_account_view_init (ConfabAccountView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * confab_account_view_new:
 * @store: the store to which the account is added
 *
 * Returns: (transfer floating): the view with its first page
 */
ConfabAccountView *
confab_account_view_new (ConfabAccountStore *store)
{
  ConfabAccountView *self = g_object_new (CONFAB_TYPE_ACCOUNT_VIEW, NULL);

  self->store = g_object_ref (store);
  self->reset_flow = confab_reset_flow_new (self->navigation, store, NULL);
  g_signal_connect_object (self->reset_flow, "signed-in", G_CALLBACK (signed_in_cb), self,
                           G_CONNECT_SWAPPED);
  confab_server_page_set_environment (self->server_page,
                                      confab_account_store_get_environment (store));
  return self;
}

void
confab_account_view_reset (ConfabAccountView *self, ConfabReset *reset)
{
  g_return_if_fail (CONFAB_IS_ACCOUNT_VIEW (self));

  confab_reset_flow_go_on (self->reset_flow, reset);
}

void
confab_account_view_invite (ConfabAccountView *self, const ConfabInvitationLink *link)
{
  g_return_if_fail (CONFAB_IS_ACCOUNT_VIEW (self));

  adw_navigation_view_pop_to_page (self->navigation, ADW_NAVIGATION_PAGE (self->server_page));
  confab_server_page_invite (self->server_page, link);
}

gboolean
confab_account_view_is_at_start (ConfabAccountView *self)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT_VIEW (self), FALSE);

  return adw_navigation_view_get_visible_page (self->navigation)
         == ADW_NAVIGATION_PAGE (self->server_page);
}
