/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by the source files of the window. */

#pragma once

#include "confab-window.h"

#include "confab-account-switcher.h"
#include "confab-focus-keeper.h"
#include "confab-kept-clients.h"
#include "confab-link-guide.h"
#include "confab-session-view.h"
#include "confab-window-state.h"

G_BEGIN_DECLS

typedef struct _ConfabWindowLeaving ConfabWindowLeaving;

struct _ConfabWindow
{
  AdwApplicationWindow parent_instance;
  GtkStack *stack;
  GtkWidget *toasts; /* above the stack, where toasts cover no field */
  AdwBin *account_bin;
  AdwBin *session_bin;
  AdwStatusPage *problem_page;
  GtkLabel *waiting_label;
  GtkMenuButton *accounts_button;
  ConfabAccountStore *store;
  ConfabAccountSwitcher *switcher;
  ConfabWindowState *state;
  ConfabSessionView *session; /* (nullable) in session_bin */
  ConfabClient *client;       /* (nullable) open; the window closes it */
  ConfabClient *to_start;     /* (nullable) started after the first painted frame */
  ConfabLinkGuide *link_guide;
  ConfabKeptClients *kept;
  ConfabAccount *going;       /* (nullable): the account to show next, as chosen last */
  ConfabAccount *opening;     /* (nullable): the account whose client is on its way */
  char *wanted_account;       /* (nullable): the id of the account of a notification */
  gint64 wanted_conversation; /* to open in it; 0: none */
  gint64 wanted_seq;          /* the message to go to there; 0: none */
  char *wanted_name;          /* (nullable): a person or group to write to */
  char *wanted_text;          /* (nullable): what to write */
  ConfabFocusKeeper *focus_keeper;
  gulong painted_handler;
  guint present_source; /* until the window is shown */
  gboolean loaded;      /* the accounts are read */
  gboolean closing;
  gboolean may_close;           /* drafts are saved or given up */
  gboolean quitting;            /* closing ends Confab, whatever the settings */
  gboolean asking;              /* whether Confab goes on in the background */
  ConfabWindowLeaving *leaving; /* (nullable) set while the open account is being left */
  GPtrArray *strays;            /* (nullable) of ConfabStray: unsent texts without an account */
  gboolean strays_offered;
};

/* ---- confab-window.c ---- */

/* Show the window now, unless it is shown already. */
void confab_window_present_now (ConfabWindow *self);
void confab_window_update_actions (ConfabWindow *self);
/* Remove the session view, which is all that uses the client. */
void confab_window_end_session (ConfabWindow *self);
/* Close @client. The application does not quit before that is done. */
void confab_window_close_client (ConfabWindow *self, ConfabClient *client);
void confab_window_show_waiting (ConfabWindow *self, const char *text);
void confab_window_show_problem (ConfabWindow *self, const GError *error);
void confab_window_show_session (ConfabWindow *self, ConfabClient *client);

/* ---- confab-window-accounts.c ---- */

void confab_window_set_up_accounts (ConfabWindow *self);
/* Show the pages for signing in and registering. */
void confab_window_show_account (ConfabWindow *self);
/* Save the drafts, then switch to @account. */
void confab_window_choose_account (ConfabWindow *self, ConfabAccount *account);
/* Switch to @account. */
void confab_window_go_to (ConfabWindow *self, ConfabAccount *account);
/* Leave the open account, if any; its client goes on receiving. */
void confab_window_keep_session (ConfabWindow *self);
/* Ask for confirmation, then sign out. */
void confab_window_sign_out (ConfabWindow *self);
/* Go back to the open account from the page that adds one. */
void confab_window_show_open_account (ConfabWindow *self);
/* Remove the account and all its drafts from this computer, because it was deleted on the server.
 */
void confab_window_forget_account (ConfabWindow *self);

/* ---- confab-window-leaving.c ---- */

/**
 * ConfabWindowWay:
 * @CONFAB_WINDOW_WAY_CLOSE: the window closes
 * @CONFAB_WINDOW_WAY_SWITCH: another account opens
 * @CONFAB_WINDOW_WAY_SIGN_OUT: the session ends
 *
 * Why the open account is left.
 */
typedef enum
{
  CONFAB_WINDOW_WAY_CLOSE,
  CONFAB_WINDOW_WAY_SWITCH,
  CONFAB_WINDOW_WAY_SIGN_OUT,
} ConfabWindowWay;

typedef void (*ConfabWindowLeaveFunc) (ConfabWindow *self, gboolean leave, gpointer user_data);

/**
 * confab_window_leave:
 * @way: why the open account is left
 * @done: called once with whether to leave it; at once if no account is open
 *
 * Saves the drafts. If one cannot be saved, asks the user whether to leave anyway.
 */
void confab_window_leave (ConfabWindow *self,
                          ConfabWindowWay way,
                          ConfabWindowLeaveFunc done,
                          gpointer user_data);
/* Return whether closing the window leaves Confab running. Then the open account is kept. */
gboolean confab_window_go_to_background (ConfabWindow *self);
/* Return whether the window must stay open for now, because drafts are being saved or the user is
 * being asked. */
gboolean confab_window_stay_open (ConfabWindow *self);
/* Warn about unsent messages that could not be read, if any. */
void confab_window_tell_lost (ConfabWindow *self);

/* ---- confab-window-notifications.c ---- */

void confab_window_set_up_notifications (ConfabWindow *self);
/* Return the account of the notification that was clicked before the accounts were read. If it is
 * gone, say so. (transfer full) (nullable) */
ConfabAccount *confab_window_find_wanted (ConfabWindow *self);
/* Open the conversation that a link names. The signal "conversation" of the link guide. */
void confab_window_open_conversation (ConfabWindow *self,
                                      ConfabAccount *account,
                                      gint64 conversation_id,
                                      gint64 seq);
/* Give the session's client notifications, except for the conversation that the user sees. */
void confab_window_watch_session (ConfabWindow *self);
/* Do what confab_window_write_to() asked for, now that a session is shown. */
void confab_window_write_wanted (ConfabWindow *self);
/* Return which conversation of @account is to be opened, once; else 0. Sets @seq to the message to
 * go to there, or 0. */
gint64 confab_window_take_wanted (ConfabWindow *self, ConfabAccount *account, gint64 *seq);

/* ---- confab-window-keys.c ---- */

/* Set up the focus keeper, and forward typed characters to the composer or the search. */
void confab_window_set_up_keys (ConfabWindow *self);

/* ---- confab-window-strays.c ---- */

/* Look for unsent texts in folders without an account, and offer them. */
void confab_window_find_strays (ConfabWindow *self);
/* Offer the texts found, once, as soon as the window no longer shows only a spinner. */
void confab_window_offer_strays (ConfabWindow *self);
void confab_window_show_strays (ConfabWindow *self);

G_END_DECLS
