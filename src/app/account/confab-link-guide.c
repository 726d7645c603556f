/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-link-guide.h"

#include <glib/gi18n.h>

#include "confab-alert.h"
#include "confab-conversation-link.h"
#include "confab-error-text.h"
#include "confab-invitation-link.h"
#include "confab-name-label.h"
#include "confab-reset-dialog.h"

/* When the second frame begins, the first has been painted. */
#define FRAMES 2

struct _ConfabLinkGuide
{
  GObject parent_instance;
  GtkWidget *window; /* (nullable): weak */
  ConfabAccountStore *store;
  ConfabAccountView *way_in; /* (nullable): weak */
  ConfabClient *client;      /* (nullable): weak, the window's */
  AdwDialog *dialog;         /* (nullable): weak: a question, or the reset dialog */
  char *uri;                 /* (nullable): a link to handle later */
  ConfabReset *kept;         /* (nullable): an unfinished reset to offer later */
  guint frames;
  gboolean looked; /* stored resets have been looked up */
};

enum
{
  CONVERSATION,
  INVITED,
  SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabLinkGuide, confab_link_guide, G_TYPE_OBJECT)

/* ---- continuing ---- */

static void
signed_in_cb (ConfabLinkGuide *self, ConfabClient *client)
{
  if (client != self->client)
    g_signal_emit (self, signals[SIGNED_IN], 0, client);
}

/* One question at a time: the newest counts. */
static void
present (ConfabLinkGuide *self, AdwDialog *dialog)
{
  AdwDialog *before = self->dialog;

  g_set_weak_pointer (&self->dialog, dialog);
  if (before != NULL)
    adw_dialog_force_close (before);
  adw_dialog_present (dialog, self->window);
}

static void
go_on (ConfabLinkGuide *self, ConfabReset *reset)
{
  ConfabResetDialog *dialog = NULL;

  if (self->way_in != NULL)
    {
      confab_account_view_reset (self->way_in, reset);
      return;
    }
  if (self->window == NULL)
    return;

  dialog = confab_reset_dialog_new (self->store, reset, self->client);
  g_signal_connect_object (dialog, "signed-in", G_CALLBACK (signed_in_cb), self, G_CONNECT_SWAPPED);
  present (self, ADW_DIALOG (dialog));
}

/* Whatever its length, it is shown whole, which the heading and body of an alert cannot. */
static GtkWidget *
new_server_label (const char *server)
{
  GtkWidget *label = gtk_label_new (server);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "title-4");
  confab_name_label_insert_no_hyphens (label);
  return label;
}

/* ---- reset links ---- */

static void
tell_bad_link (ConfabLinkGuide *self, const GError *error)
{
  AdwDialog *dialog = confab_alert_new (_("Link Cannot Be Opened"), confab_error_text (error));

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "close");
  present (self, dialog);
}

static void
link_answered_cb (ConfabLinkGuide *self, const char *response, AdwAlertDialog *dialog)
{
  g_autoptr (ConfabReset) reset = NULL;

  if (!g_str_equal (response, "reset"))
    return;

  reset =
      confab_reset_new_for_link (self->store, g_object_get_data (G_OBJECT (dialog), "confab-link"));
  go_on (self, reset);
}

static char *
link_body (ConfabLinkGuide *self)
{
  ConfabAccount *account = self->client != NULL ? confab_client_get_account (self->client) : NULL;

  if (account == NULL)
    return g_strdup (_ (
        "This link resets your password on the server below. Continue only if you requested it."));

  /* Translators: a username. */
  return g_strdup_printf (
      /* Translators: a username */
      _("This link resets your password on the server below. Continue only if you requested it. "
         "You stay signed in as %s."),
      confab_account_get_username (account));
}

/* Enter does not confirm, because the question may appear while the user is typing. */
static void
ask_about_link (ConfabLinkGuide *self, ConfabResetLink *link)
{
  g_autofree char *body = link_body (self);
  AdwDialog *dialog = confab_alert_new (_("Reset Your Password?"), body);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);

  adw_alert_dialog_set_extra_child (alert, new_server_label (link->host));
  adw_alert_dialog_add_responses (alert, "cancel", _("_Cancel"), "reset", _("C_ontinue"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "reset", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "confab-link", link,
                          (GDestroyNotify)confab_reset_link_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (link_answered_cb), self,
                           G_CONNECT_SWAPPED);
  present (self, dialog);
}

static void
take_reset_link (ConfabLinkGuide *self, const char *uri)
{
  g_autoptr (GError) error = NULL;
  ConfabResetLink *link = confab_reset_link_parse (uri, &error);

  if (link != NULL)
    ask_about_link (self, link);
  else
    tell_bad_link (self, error);
}

/* ---- invitation links ---- */

static void
invitation_answered_cb (ConfabLinkGuide *self, const char *response, AdwAlertDialog *dialog)
{
  if (g_str_equal (response, "accept"))
    g_signal_emit (self, signals[INVITED], 0, g_object_get_data (G_OBJECT (dialog), "confab-link"));
}

/* Ask first, because continuing contacts the server. */
static void
ask_about_invitation (ConfabLinkGuide *self, ConfabInvitationLink *link)
{
  AdwDialog *dialog =
      confab_alert_new (_("Accept Invitation?"),
                        _("You have been invited to create an account on the server below."));
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);

  adw_alert_dialog_set_extra_child (alert, new_server_label (link->host));
  adw_alert_dialog_add_responses (alert, "cancel", _("_Cancel"), "accept", _("C_ontinue"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "accept", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "confab-link", link,
                          (GDestroyNotify)confab_invitation_link_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (invitation_answered_cb), self,
                           G_CONNECT_SWAPPED);
  present (self, dialog);
}

static void
take_invitation_link (ConfabLinkGuide *self, const char *uri)
{
  g_autoptr (GError) error = NULL;
  ConfabInvitationLink *link = confab_invitation_link_parse (uri, &error);

  if (link != NULL)
    ask_about_invitation (self, link);
  else
    tell_bad_link (self, error);
}

/* ---- links to conversations ---- */

/* Return the open account if it is on @server, or else another one that is. (transfer full)
 * (nullable) */
static ConfabAccount *
find_account (ConfabLinkGuide *self, const char *server)
{
  ConfabAccount *open = self->client != NULL ? confab_client_get_account (self->client) : NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  if (open != NULL && g_str_equal (confab_account_get_server (open), server))
    return g_object_ref (open);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabAccount) account = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (g_str_equal (confab_account_get_server (account), server))
        return g_steal_pointer (&account);
    }

  return NULL;
}

static void
tell_no_account (ConfabLinkGuide *self, const char *server)
{
  AdwDialog *dialog = confab_alert_new (_("Link Cannot Be Opened"),
                                        _("You have no account on the server below."));

  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), new_server_label (server));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "close");
  present (self, dialog);
}

static void
take_conversation_link (ConfabLinkGuide *self, const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabConversationLink) link = confab_conversation_link_parse (uri, &error);
  g_autoptr (ConfabAccount) account = link != NULL ? find_account (self, link->server) : NULL;

  if (link == NULL)
    tell_bad_link (self, error);
  else if (account == NULL)
    tell_no_account (self, link->server);
  else
    g_signal_emit (self, signals[CONVERSATION], 0, account, link->conversation_id, link->seq);
}

static void
take_link (ConfabLinkGuide *self)
{
  g_autofree char *uri = g_steal_pointer (&self->uri);

  if (confab_conversation_link_is (uri))
    take_conversation_link (self, uri);
  else if (confab_invitation_link_is (uri))
    take_invitation_link (self, uri);
  else
    take_reset_link (self, uri);
}

/* ---- unfinished resets ---- */

static void
kept_answered_cb (ConfabLinkGuide *self, const char *response, AdwAlertDialog *dialog)
{
  g_autoptr (ConfabReset) kept =
      g_object_ref (g_object_get_data (G_OBJECT (dialog), "confab-reset"));

  if (g_str_equal (response, "continue"))
    go_on (self, kept);
  else if (g_str_equal (response, "discard"))
    confab_reset_forget (kept);
}

static void
offer_kept (ConfabLinkGuide *self, ConfabReset *kept)
{
  AdwDialog *dialog =
      confab_alert_new (_("Continue Resetting Your Password?"),
                        _("You have not finished choosing a new password on the server below."));
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);

  adw_alert_dialog_set_extra_child (alert, new_server_label (confab_reset_get_server (kept)));
  /* Translators: a button: the question is asked again later */
  adw_alert_dialog_add_responses (alert, "later", _("_Not Now"), "discard", _("_Discard"),
                                  "continue", _("_Continue"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_response_appearance (alert, "continue", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (alert, "later");
  g_object_set_data_full (G_OBJECT (dialog), "confab-reset", g_object_ref (kept), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (kept_answered_cb), self,
                           G_CONNECT_SWAPPED);
  present (self, dialog);
}

/* A link is newer than a stored reset. */
static void
update (ConfabLinkGuide *self)
{
  g_autoptr (ConfabReset) kept = NULL;

  if (self->window == NULL || !gtk_widget_get_mapped (self->window)
      || (self->way_in == NULL && self->client == NULL))
    return;

  kept = g_steal_pointer (&self->kept);
  if (self->uri != NULL)
    take_link (self);
  else if (kept != NULL && self->way_in != NULL)
    go_on (self, kept);
  else if (kept != NULL)
    offer_kept (self, kept);
}

/* A reset started meanwhile takes precedence. */
static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabLinkGuide) self = user_data;
  g_autoptr (ConfabReset) kept = confab_reset_load_finish (CONFAB_ACCOUNT_STORE (source), result);

  if (kept == NULL || self->dialog != NULL
      || (self->way_in != NULL && !confab_account_view_is_at_start (self->way_in)))
    return;

  g_set_object (&self->kept, kept);
  update (self);
}

static gboolean
frame_cb (GtkWidget *window, GdkFrameClock *clock, gpointer user_data)
{
  ConfabLinkGuide *self = user_data;

  if (++self->frames < FRAMES)
    return G_SOURCE_CONTINUE;

  confab_reset_load_async (self->store, NULL, loaded_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* ---- the object ---- */

static void
confab_link_guide_dispose (GObject *object)
{
  ConfabLinkGuide *self = CONFAB_LINK_GUIDE (object);

  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->way_in);
  g_clear_weak_pointer (&self->client);
  g_clear_weak_pointer (&self->dialog);
  g_clear_pointer (&self->uri, g_free);
  g_clear_object (&self->kept);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (confab_link_guide_parent_class)->dispose (object);
}

static void
confab_link_guide_class_init (ConfabLinkGuideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_link_guide_dispose;

  signals[CONVERSATION] =
      g_signal_new ("conversation", CONFAB_TYPE_LINK_GUIDE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, CONFAB_TYPE_ACCOUNT, G_TYPE_INT64, G_TYPE_INT64);
  signals[INVITED] = g_signal_new ("invited", CONFAB_TYPE_LINK_GUIDE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNED_IN] = g_signal_new ("signed-in", CONFAB_TYPE_LINK_GUIDE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, CONFAB_TYPE_CLIENT);
}

static void
confab_link_guide_init (ConfabLinkGuide *self)
{
}

ConfabLinkGuide *
confab_link_guide_new (GtkWidget *window, ConfabAccountStore *store)
{
  ConfabLinkGuide *self = g_object_new (CONFAB_TYPE_LINK_GUIDE, NULL);

  g_set_weak_pointer (&self->window, window);
  g_signal_connect_object (window, "map", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  self->store = g_object_ref (store);

  return self;
}

void
confab_link_guide_set_shown (ConfabLinkGuide *self, ConfabAccountView *way_in, ConfabClient *client)
{
  g_return_if_fail (CONFAB_IS_LINK_GUIDE (self));

  g_set_weak_pointer (&self->way_in, way_in);
  g_set_weak_pointer (&self->client, client);
  if (!self->looked && (way_in != NULL || client != NULL) && self->window != NULL)
    {
      self->looked = TRUE;
      gtk_widget_add_tick_callback (self->window, frame_cb, g_object_ref (self), g_object_unref);
    }
  update (self);
}

void
confab_link_guide_open_link (ConfabLinkGuide *self, const char *uri)
{
  g_return_if_fail (CONFAB_IS_LINK_GUIDE (self));

  g_set_str (&self->uri, uri);
  update (self);
}
