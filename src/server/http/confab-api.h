/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the handlers of docs/protocol.md's operations share: the server's parts, reading a request,
 * answering it, and handing work to the threads that may wait: the writer, the readers, the hasher.
 * Loop only, except where a function says so. */

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
                                      ConfabDatabase *database,
                                      const ConfabReadArgs *args,
                                      GError **error);

/* Likewise, of a file. */
typedef GBytes *(*ConfabApiReadBytes) (ConfabApi *api,
                                       ConfabDatabase *database,
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

G_END_DECLS
