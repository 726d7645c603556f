/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the window's files share. */

#pragma once

#include "confab-window.h"

#include "confab-account-switcher.h"
#include "confab-focus-keeper.h"
#include "confab-reset-guide.h"
#include "confab-session-view.h"
#include "confab-window-state.h"

G_BEGIN_DECLS

typedef struct _ConfabWindowLeaving ConfabWindowLeaving;

struct _ConfabWindow
{
  AdwApplicationWindow parent_instance;
  GtkStack *stack;
  GtkWidget *toasts; /* over the stack, where they cover no field */
  AdwBin *account_bin;
  AdwBin *session_bin;
  AdwStatusPage *problem_page;
  GtkLabel *waiting_label;
  GtkMenuButton *accounts_button;
  ConfabAccountStore *store;
  ConfabAccountSwitcher *switcher;
  ConfabWindowState *state;
  ConfabSessionView *session; /* (nullable) in session_bin */
  ConfabClient *client;       /* (nullable) opened; ours to close */
  ConfabClient *to_start;     /* (nullable) waits for a painted frame */
  ConfabResetGuide *reset_guide;
  ConfabFocusKeeper *focus_keeper;
  gulong painted_handler;
  guint present_source; /* until the window is shown */
  gboolean closing;
  gboolean may_close;           /* drafts are written, or given up */
  ConfabWindowLeaving *leaving; /* (nullable) the open account is about to be left */
  GPtrArray *strays;            /* (nullable) of ConfabStray: unsent, of no account */
  gboolean strays_offered;
};

/* ---- confab-window.c ---- */

/* The window is shown, if it is not yet: it has something to show. */
void confab_window_present_now (ConfabWindow *self);
void confab_window_update_actions (ConfabWindow *self);
/* Nothing of the client is used any more. */
void confab_window_end_session (ConfabWindow *self);
/* Closes a client; the program ends no sooner. */
void confab_window_close_client (ConfabWindow *self, ConfabClient *client);
void confab_window_show_waiting (ConfabWindow *self, const char *text);
void confab_window_show_problem (ConfabWindow *self, const GError *error);
void confab_window_show_session (ConfabWindow *self, ConfabClient *client);

/* ---- confab-window-accounts.c ---- */

void confab_window_set_up_accounts (ConfabWindow *self);
/* To sign in or to register. */
void confab_window_show_account (ConfabWindow *self);
/* Leaves the account that is open for @account. */
void confab_window_go_to (ConfabWindow *self, ConfabAccount *account);
/* Asks first. */
void confab_window_sign_out (ConfabWindow *self);
/* The account that is open is shown again, instead of the page that adds one. */
void confab_window_show_open_account (ConfabWindow *self);
/* The account is gone at the server, so it goes here, with all drafts. */
void confab_window_forget_account (ConfabWindow *self);

/* ---- confab-window-leaving.c ---- */

/**
 * ConfabWindowWay:
 * @CONFAB_WINDOW_WAY_CLOSE: the window closes
 * @CONFAB_WINDOW_WAY_SWITCH: another account opens
 * @CONFAB_WINDOW_WAY_SIGN_OUT: the session ends
 *
 * The ways to leave the account that is open.
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
 * @way: how the account that is open is to be left
 * @done: told once whether to leave it; at once if no account is open
 *
 * Writes the drafts. Asks the person whether to leave if one of them cannot be written.
 */
void confab_window_leave (ConfabWindow *self,
                          ConfabWindowWay way,
                          ConfabWindowLeaveFunc done,
                          gpointer user_data);
/* Whether the window does not close yet, as drafts are being written or the person is asked. */
gboolean confab_window_stay_open (ConfabWindow *self);
/* Tells what could not be read of what was unsent, if anything. */
void confab_window_tell_lost (ConfabWindow *self);

/* ---- confab-window-keys.c ---- */

/* The focus is kept, and what is typed with no entry in focus goes where it is wanted. */
void confab_window_set_up_keys (ConfabWindow *self);

/* ---- confab-window-strays.c ---- */

/* Looks for unsent texts in folders without an account, and offers them. */
void confab_window_find_strays (ConfabWindow *self);
/* Offers what was found, once, as soon as the window shows more than that it waits. */
void confab_window_offer_strays (ConfabWindow *self);
void confab_window_show_strays (ConfabWindow *self);

G_END_DECLS
