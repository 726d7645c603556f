/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-reset-flow.h"

#include <glib/gi18n.h>

#include "confab-error-text.h"
#include "confab-remaining.h"
#include "confab-reset-code-page.h"
#include "confab-reset-password-page.h"
#include "confab-reset-request-page.h"
#include "confab-reset-status-page.h"
#include "confab-text.h"
#include "confab-toast.h"

struct _ConfabResetFlow
{
  GObject parent_instance;
  AdwNavigationView *view; /* (nullable): weak */
  ConfabAccountStore *store;
  ConfabClient *client;     /* (nullable) */
  ConfabServerInfo *server; /* (nullable): NULL until it is known */
  ConfabReset *reset;
  ConfabResetStatusPage *status; /* (nullable): weak */
  GCancellable *cancellable;     /* of the status page's operation */
  guint wait_source;
};

enum
{
  SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabResetFlow, confab_reset_flow, G_TYPE_OBJECT)

static void look_at_server (ConfabResetFlow *self);
static void request_cb (ConfabResetFlow *self);
static void show_expired (ConfabResetFlow *self);

/* ---- pages ---- */

static void
stop (ConfabResetFlow *self)
{
  g_clear_handle_id (&self->wait_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
push (ConfabResetFlow *self, gpointer page)
{
  if (self->view != NULL)
    adw_navigation_view_push (self->view, page);
  else
    g_object_ref_sink (page), g_object_unref (page);
}

/* Replace the top page, because going back to it makes no sense. */
static void
show_instead (ConfabResetFlow *self, gpointer page)
{
  g_autoptr (GListModel) stack = NULL;
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = 0;

  if (self->view == NULL)
    {
      push (self, page);
      return;
    }
  stack = adw_navigation_view_get_navigation_stack (self->view);
  n = g_list_model_get_n_items (stack);
  for (guint i = 0; i + 1 < n; i++)
    g_ptr_array_add (pages, g_list_model_get_item (stack, i));
  g_ptr_array_add (pages, g_object_ref_sink (page));
  adw_navigation_view_replace (self->view, (AdwNavigationPage **)pages->pdata, (int)pages->len);
}

static void
signed_in_cb (ConfabResetFlow *self, ConfabClient *client)
{
  g_autoptr (ConfabResetFlow) alive = g_object_ref (self);
  GtkRoot *root = self->view != NULL ? gtk_widget_get_root (GTK_WIDGET (self->view)) : NULL;
  g_autoptr (AdwApplicationWindow) window = NULL;

  if (ADW_IS_APPLICATION_WINDOW (root))
    window = g_object_ref (ADW_APPLICATION_WINDOW (root));
  g_signal_emit (self, signals[SIGNED_IN], 0, client);
  if (window != NULL)
    confab_toast (adw_application_window_get_content (window),
                  _("Password changed. Other devices have been signed out."));
}

static void
show_password_page (ConfabResetFlow *self, gboolean instead)
{
  ConfabResetPasswordPage *page =
      confab_reset_password_page_new (self->store, self->reset, self->server, self->client);

  g_signal_connect_object (page, "signed-in", G_CALLBACK (signed_in_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "expired", G_CALLBACK (show_expired), self, G_CONNECT_SWAPPED);
  if (instead)
    show_instead (self, page);
  else
    push (self, page);
}

static void
checked_cb (ConfabResetFlow *self)
{
  show_password_page (self, FALSE);
}

/* @by_hand: whether an administrator gave the code; @login: (nullable): then the login typed
 * before. */
static ConfabResetCodePage *
new_code_page (ConfabResetFlow *self, gboolean by_hand, const char *login)
{
  ConfabResetCodePage *page =
      by_hand ? confab_reset_code_page_new_by_hand (self->store, self->reset, self->server, login)
              : confab_reset_code_page_new (self->store, self->reset, self->server);

  g_signal_connect_object (page, "checked", G_CALLBACK (checked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "expired", G_CALLBACK (show_expired), self, G_CONNECT_SWAPPED);
  return page;
}

static void
asked_cb (ConfabResetFlow *self)
{
  push (self, new_code_page (self, FALSE, NULL));
}

static void
has_code_cb (ConfabResetFlow *self, const char *email)
{
  const char *login = *email != '\0' ? email : confab_reset_get_login (self->reset);

  push (self, new_code_page (self, TRUE, login));
}

static ConfabResetRequestPage *
new_request_page (ConfabResetFlow *self)
{
  ConfabResetRequestPage *page = confab_reset_request_page_new (self->reset, self->server);

  g_signal_connect_object (page, "asked", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "has-code", G_CALLBACK (has_code_cb), self, G_CONNECT_SWAPPED);
  return page;
}

/* ---- the status page's operations ---- */

static void
show_problem (ConfabResetFlow *self,
              const char *title,
              const char *text,
              const char *action,
              GCallback callback)
{
  if (self->status == NULL)
    return;

  confab_reset_status_page_show_problem (self->status, title, text, action);
  g_signal_handlers_disconnect_by_data (self->status, self);
  g_signal_connect_object (self->status, "action", callback, self, G_CONNECT_SWAPPED);
}

static void
show_status (ConfabResetFlow *self, gboolean instead)
{
  ConfabResetStatusPage *page = confab_reset_status_page_new ();

  g_set_weak_pointer (&self->status, page);
  if (instead)
    show_instead (self, page);
  else
    push (self, page);
}

static void
begin_waiting (ConfabResetFlow *self, const char *text)
{
  stop (self);
  self->cancellable = g_cancellable_new ();
  if (self->status != NULL)
    confab_reset_status_page_show_busy (self->status, text);
}

/* Return whether the page still exists and the operation was not cancelled. */
static gboolean
waited (ConfabResetFlow *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;

  g_clear_object (&self->cancellable);
  return self->status != NULL;
}

static void
requested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabResetFlow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean asked = confab_reset_request_finish (CONFAB_RESET (source), result, &error);

  if (!waited (self, error))
    return;
  if (asked)
    show_instead (self, new_code_page (self, FALSE, NULL));
  else
    show_problem (self, _("Email Not Sent"), confab_error_text (error), _("_Try Again"),
                  G_CALLBACK (request_cb));
}

static void
request (ConfabResetFlow *self)
{
  begin_waiting (self, _("Requesting another email…"));
  confab_reset_request_async (self->reset, confab_reset_get_email (self->reset), self->cancellable,
                              requested_cb, g_object_ref (self));
}

/* Return whether it is too soon for another mail; then the page says so. */
static gboolean
show_wait (ConfabResetFlow *self)
{
  ConfabEnvironment *environment = confab_account_store_get_environment (self->store);
  gint64 wait = confab_reset_get_retry_at (self->reset) - confab_environment_now (environment);
  g_autofree char *remaining = confab_remaining_text (wait);
  g_autofree char *text = NULL;

  if (wait <= 0 || self->status == NULL)
    return FALSE;

  /* Translators: “%s” is a remaining time, “0:42”. */
  text = g_strdup_printf (_("Another email can be sent in %s"), remaining);
  confab_reset_status_page_show_busy (self->status, text);
  return TRUE;
}

static gboolean
wait_cb (gpointer user_data)
{
  ConfabResetFlow *self = user_data;

  if (show_wait (self))
    return G_SOURCE_CONTINUE;

  self->wait_source = 0;
  if (self->status != NULL)
    request (self);
  return G_SOURCE_REMOVE;
}

/* Wait before requesting: the server would ignore an earlier request without saying so. */
static void
request_cb (ConfabResetFlow *self)
{
  stop (self);
  if (show_wait (self))
    self->wait_source = g_timeout_add_seconds (1, wait_cb, self);
  else
    request (self);
}

static void
ask_for_email_cb (ConfabResetFlow *self)
{
  show_instead (self, new_request_page (self));
}

static void
take_code_cb (ConfabResetFlow *self)
{
  show_instead (self, new_code_page (self, TRUE, confab_reset_get_login (self->reset)));
}

/* Offer to request another mail with one click; the email is kept. */
static void
show_expired (ConfabResetFlow *self)
{
  const char *title = _("No Longer Valid");
  const char *text = _("The link or code has been used, replaced by a newer one, or has expired.");

  confab_reset_forget (self->reset);
  if (self->status == NULL)
    show_status (self, TRUE);
  if (!self->server->mail)
    show_problem (self, title,
                  _("The link or code has been used, replaced by a newer one, or has expired. "
                     "Ask an administrator for another."),
                  _("_Enter Another Code"), G_CALLBACK (take_code_cb));
  else if (confab_reset_get_email (self->reset) != NULL)
    show_problem (self, title, text, _("_Send a New One"), G_CALLBACK (request_cb));
  else
    show_problem (self, title, text, _("_Ask for a New One"), G_CALLBACK (ask_for_email_cb));
}

static void
proof_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabResetFlow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = confab_reset_check_finish (CONFAB_RESET (source), result, &error);

  if (!waited (self, error))
    return;
  if (good)
    show_password_page (self, TRUE);
  else if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_RESET_INVALID))
    show_expired (self);
  else
    show_problem (self, _("Cannot Continue"), confab_error_text (error), _("_Try Again"),
                  G_CALLBACK (look_at_server));
}

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabResetFlow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabServerInfo) server = confab_server_probe_finish (result, &error);

  if (!waited (self, error))
    return;
  if (server == NULL)
    {
      show_problem (self, _("Cannot Continue"), confab_error_text (error), _("_Try Again"),
                    G_CALLBACK (look_at_server));
      return;
    }
  g_clear_pointer (&self->server, confab_server_info_free);
  self->server = g_steal_pointer (&server);
  if (!confab_reset_has_proof (self->reset))
    {
      show_instead (self, new_code_page (self, FALSE, NULL));
      return;
    }
  /* Translators: while the server is asked whether a code is valid */
  begin_waiting (self, _("Checking…"));
  confab_reset_check_async (self->reset, NULL, NULL, self->cancellable, proof_checked_cb,
                            g_object_ref (self));
}

static void
look_at_server (ConfabResetFlow *self)
{
  g_autofree char *text = NULL;

  /* Translators: the address of a server. */
  text = g_strdup_printf (_("Connecting to %s…"), confab_reset_get_server (self->reset));
  begin_waiting (self, text);
  confab_server_probe_async (confab_account_store_get_environment (self->store),
                             confab_reset_get_server (self->reset), self->cancellable, probed_cb,
                             g_object_ref (self));
}

/* ---- the object ---- */

static void
confab_reset_flow_dispose (GObject *object)
{
  ConfabResetFlow *self = CONFAB_RESET_FLOW (object);

  stop (self);
  g_clear_weak_pointer (&self->view);
  g_clear_weak_pointer (&self->status);
  g_clear_object (&self->store);
  g_clear_object (&self->client);
  g_clear_object (&self->reset);
  g_clear_pointer (&self->server, confab_server_info_free);

  G_OBJECT_CLASS (confab_reset_flow_parent_class)->dispose (object);
}

static void
confab_reset_flow_class_init (ConfabResetFlowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_reset_flow_dispose;

  signals[SIGNED_IN] = g_signal_new ("signed-in", CONFAB_TYPE_RESET_FLOW, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, CONFAB_TYPE_CLIENT);
}

static void
confab_reset_flow_init (ConfabResetFlow *self)
{
}

ConfabResetFlow *
confab_reset_flow_new (AdwNavigationView *view, ConfabAccountStore *store, ConfabClient *client)
{
  ConfabResetFlow *self = g_object_new (CONFAB_TYPE_RESET_FLOW, NULL);

  g_set_weak_pointer (&self->view, view);
  self->store = g_object_ref (store);
  g_set_object (&self->client, client);

  return self;
}

void
confab_reset_flow_begin (ConfabResetFlow *self, const ConfabServerInfo *server, const char *login)
{
  g_return_if_fail (CONFAB_IS_RESET_FLOW (self));

  g_clear_pointer (&self->server, confab_server_info_free);
  self->server = confab_server_info_copy (server);
  g_clear_object (&self->reset);
  self->reset = confab_reset_new (self->store, server->origin, *login != '\0' ? login : NULL);
  if (server->mail)
    push (self, new_request_page (self));
  else
    push (self, new_code_page (self, TRUE, login));
}

void
confab_reset_flow_go_on (ConfabResetFlow *self, ConfabReset *reset)
{
  g_return_if_fail (CONFAB_IS_RESET_FLOW (self));

  g_set_object (&self->reset, reset);
  show_status (self, FALSE);
  look_at_server (self);
}
