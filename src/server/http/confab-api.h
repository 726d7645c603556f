/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The operations of docs/protocol.md: finds the handler of a request, checks who asks, and hands
 * work to the threads that may wait: the writer, the readers, the hasher. Loop only, except
 * where a function says so. */

#pragma once

#include "confab-config.h"
#include "confab-feed.h"
#include "confab-hasher.h"
#include "confab-http-server.h"
#include "confab-mailer.h"
#include "confab-reader-pool.h"
#include "confab-router.h"
#include "confab-sessions.h"
#include "confab-throttle.h"
#include "confab-writer.h"

G_BEGIN_DECLS

/* What a client is asked to wait while all that hash passwords are busy. */
#define CONFAB_API_BUSY_SECONDS 5

struct _ConfabApi
{
  const ConfabConfig *config;
  ConfabHttpServer *http;
  ConfabWriter *writer;
  ConfabReaderPool *readers;
  ConfabHasher *hasher;
  ConfabSessions *sessions;
  ConfabThrottle *throttle;
  ConfabFeed *feed;
  GBytes *setup_code;   /* (nullable): its hash, while the server may lack an administrator */
  ConfabMailer *mailer; /* (nullable): this server sends no mail */
  char *origin;         /* where people reach this server */
  char *epoch;
  gint64 health_known_until; /* monotonic, us: writing has worked just now */
  guint n_errands;           /* what goes on after its request was answered */
  gboolean stopping;         /* new requests are refused */
  gboolean closed;           /* the threads are gone, or going: nothing more is handed to them */
};

/* What the transport calls; its user data is a ConfabApi. */
extern const ConfabHttpHandler confab_api_handler;

/* ---- for handlers ---- */

/* The request's body. NULL if it is answered, because that is not an object. (transfer full) */
JsonObject *confab_api_parse (ConfabRequest *request);

/* An integer from the query. FALSE if it is answered, because it is none or out of range. */
gboolean confab_api_query_int (ConfabRequest *request,
                               const char *name,
                               gint64 min,
                               gint64 max,
                               gint64 fallback,
                               gint64 *value);

/* The key of @text (valid UTF-8), by which people are looked for. Longer text than any name or
 * address gets one that nobody has. (transfer full) */
char *confab_api_search_key (const char *text);

/* The id in the path. FALSE if it is answered (NOT_FOUND). */
gboolean confab_api_param_id (ConfabRequest *request, guint index, gint64 *id);

typedef void (*ConfabApiDone) (ConfabApi *api,
                               ConfabRequest *request,
                               ConfabOutcome *outcome,
                               gpointer data);

/* Submits @command (transfer full); @done runs on the loop. An outcome with an error is answered
 * before, and
 * @done is not called; @free_data (nullable) always is. */
void confab_api_submit (ConfabApi *api,
                        ConfabRequest *request,
                        ConfabCommand *command,
                        ConfabApiDone done,
                        gpointer data,
                        GDestroyNotify free_data);

/* What a read is about; handlers use what they need. */
typedef struct
{
  gint64 user_id;
  gint64 session_id;
  gint64 id;
  gint64 since;
  gint64 role_id;
  guint limit;
  const char *state; /* a literal, or NULL */
  char *text;        /* owned */
  char *after;       /* owned */
} ConfabReadArgs;

/* Makes the answer, on a reader's thread. NULL with an error. (transfer full) */
typedef JsonObject *(*ConfabApiRead) (ConfabApi *api,
                                      ConfabBackendReader *reader,
                                      const ConfabReadArgs *args,
                                      GError **error);

/* Likewise, of a file. */
typedef GBytes *(*ConfabApiReadBytes) (ConfabApi *api,
                                       ConfabBackendReader *reader,
                                       const ConfabReadArgs *args,
                                       GError **error);

/* Answers with @status and what @read makes. Takes over @args' own strings. */
void confab_api_read (ConfabApi *api,
                      ConfabRequest *request,
                      guint status,
                      ConfabApiRead read,
                      ConfabReadArgs args);
void confab_api_read_bytes (ConfabApi *api,
                            ConfabRequest *request,
                            ConfabApiReadBytes read,
                            ConfabReadArgs args);

/**
 * confab_api_hash:
 *
 * Runs @func on the hasher's thread, in the turn of who asks: their session, or their address.
 *
 * Returns: FALSE if it is answered (UNAVAILABLE)
 */
gboolean confab_api_hash (ConfabApi *api,
                          ConfabRequest *request,
                          ConfabHashFunc func,
                          gpointer data);

/* For outcomes that are answered with their rows. */
void confab_api_answer_rows (ConfabApi *api,
                             ConfabRequest *request,
                             ConfabOutcome *outcome,
                             gpointer data);

/* A person as administrators are shown them, and what they can undo. */

/* For outcomes that are answered with the caller's own row. */
void confab_api_answer_user (ConfabApi *api,
                             ConfabRequest *request,
                             ConfabOutcome *outcome,
                             gpointer data);

/* The string @member of @body, put through @rule (one of confab-text.h). (transfer full)
 * (nullable): NULL if it is answered */
char *confab_api_take_text (ConfabRequest *request,
                            JsonObject *body,
                            const char *member,
                            char *(*rule) (const char *text, GError **error));

/* Answers with @object (transfer full). */
void confab_api_answer (ConfabRequest *request, guint status, JsonObject *object);

gint64 confab_api_now (void); /* ms */

/* Sends @mail (transfer full), if this server sends any, and is not stopping just now. */
void confab_api_mail (ConfabApi *api, ConfabMail *mail);

/* The device somebody signs in with. @secret: (nullable): what it has from an earlier sign-in */
typedef struct
{
  char *name;
  char *secret;
} ConfabApiDevice;

/* Returns: (transfer full) (nullable): the device of a request's body; NULL if it is answered */
ConfabApiDevice *confab_api_take_device (ConfabRequest *request, JsonObject *body);
void confab_api_device_free (ConfabApiDevice *self);

/**
 * confab_api_sign_in:
 * @device: without a secret it gets one
 * @password_hash: (nullable): what was verified
 *
 * Signs @user_id in: adds a session and answers with its token.
 */
void confab_api_sign_in (ConfabApi *api,
                         ConfabRequest *request,
                         gint64 user_id,
                         const ConfabApiDevice *device,
                         const char *password_hash);

/* ---- handlers, by subject ---- */

void confab_handle_health (ConfabApi *api, ConfabRequest *request);
void confab_handle_server (ConfabApi *api, ConfabRequest *request);
void confab_handle_register (ConfabApi *api, ConfabRequest *request);
void confab_handle_me (ConfabApi *api, ConfabRequest *request);
void confab_handle_find_people (ConfabApi *api, ConfabRequest *request);
void confab_handle_sign_in (ConfabApi *api, ConfabRequest *request);
void confab_handle_list_sessions (ConfabApi *api, ConfabRequest *request);
void confab_handle_change_profile (ConfabApi *api, ConfabRequest *request);
void confab_handle_username (ConfabApi *api, ConfabRequest *request);
void confab_handle_change_password (ConfabApi *api, ConfabRequest *request);
void confab_handle_change_email (ConfabApi *api, ConfabRequest *request);
void confab_handle_confirm_email (ConfabApi *api, ConfabRequest *request);
void confab_handle_set_picture (ConfabApi *api, ConfabRequest *request);
void confab_handle_remove_picture (ConfabApi *api, ConfabRequest *request);
void confab_handle_picture (ConfabApi *api, ConfabRequest *request);
void confab_handle_delete_account (ConfabApi *api, ConfabRequest *request);
void confab_handle_verify_session (ConfabApi *api, ConfabRequest *request);
void confab_handle_end_session (ConfabApi *api, ConfabRequest *request);
void confab_handle_ask_for_reset (ConfabApi *api, ConfabRequest *request);
void confab_handle_check_reset (ConfabApi *api, ConfabRequest *request);
void confab_handle_complete_reset (ConfabApi *api, ConfabRequest *request);
void confab_handle_issue_reset_code (ConfabApi *api, ConfabRequest *request);
void confab_handle_create_conversation (ConfabApi *api, ConfabRequest *request);
void confab_handle_rename_conversation (ConfabApi *api, ConfabRequest *request);
void confab_handle_add_members (ConfabApi *api, ConfabRequest *request);
void confab_handle_leave (ConfabApi *api, ConfabRequest *request);
void confab_handle_send (ConfabApi *api, ConfabRequest *request);
void confab_handle_history (ConfabApi *api, ConfabRequest *request);
void confab_handle_read (ConfabApi *api, ConfabRequest *request);
void confab_handle_remove_message (ConfabApi *api, ConfabRequest *request);
void confab_handle_remove_member (ConfabApi *api, ConfabRequest *request);
void confab_handle_sync (ConfabApi *api, ConfabRequest *request);
void confab_handle_not_upgraded (ConfabApi *api, ConfabRequest *request);
void confab_handle_list_people (ConfabApi *api, ConfabRequest *request);
void confab_handle_get_person (ConfabApi *api, ConfabRequest *request);
void confab_handle_preview_role (ConfabApi *api, ConfabRequest *request);
void confab_handle_change_role (ConfabApi *api, ConfabRequest *request);
void confab_handle_undo_role (ConfabApi *api, ConfabRequest *request);
void confab_handle_change_state (ConfabApi *api, ConfabRequest *request);
void confab_handle_end_sessions_of (ConfabApi *api, ConfabRequest *request);
void confab_handle_label_role (ConfabApi *api, ConfabRequest *request);
void confab_handle_list_invitations (ConfabApi *api, ConfabRequest *request);
void confab_handle_invite (ConfabApi *api, ConfabRequest *request);
void confab_handle_end_invitation (ConfabApi *api, ConfabRequest *request);
void confab_handle_audit (ConfabApi *api, ConfabRequest *request);

G_END_DECLS
