/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by the handlers of docs/protocol.md's operations: the server's parts, reading requests,
 * answering, and passing work to threads that may block: the writer, the readers, the hasher. Loop
 * thread only, unless a function says otherwise. */

#pragma once

#include "confab-config.h"
#include "confab-feed.h"
#include "confab-hasher.h"
#include "confab-http-server.h"
#include "confab-letters.h"
#include "confab-mailer.h"
#include "confab-reader-pool.h"
#include "confab-router.h"
#include "confab-sessions.h"
#include "confab-throttle.h"
#include "confab-writer.h"

G_BEGIN_DECLS

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
  GBytes *setup_code;   /* (nullable): hash of the set-up code, while the server may lack an
                           administrator */
  ConfabMailer *mailer; /* (nullable): NULL if the server sends no mail */
  char *origin;         /* the server's public address */
  char *epoch;
  gint64 health_known_until; /* monotonic, µs: until then the last successful write counts */
  GPtrArray *health_waiting; /* (nullable): requests that wait for the write under way */
  gboolean stopping;         /* refuse new requests */
  gboolean closed;           /* the threads are stopping: pass no more work to them */
};

/* Return the request's body as an object. If it is none, answer and return NULL. (transfer full) */
JsonObject *confab_api_parse (ConfabRequest *request);

/* Read an integer from the query. If it is invalid or out of range, answer and return FALSE. */
gboolean confab_api_query_int (ConfabRequest *request,
                               const char *name,
                               gint64 min,
                               gint64 max,
                               gint64 fallback,
                               gint64 *value);

/* Return the key of @text (valid UTF-8) for searching users. Text longer than any name or address
 * gets a key that matches nobody. (transfer full) */
char *confab_api_search_key (const char *text);

/* Read the id in the path. If it is invalid, answer NOT_FOUND and return FALSE. */
gboolean confab_api_param_id (ConfabRequest *request, guint index, gint64 *id);

typedef void (*ConfabApiDone) (ConfabApi *api,
                               ConfabRequest *request,
                               ConfabOutcome *outcome,
                               gpointer data);

/* Submit @command (transfer full); @done is called on the loop thread. If the outcome is an error,
 * the request is answered and @done is not called; @free_data (nullable) always is. */
void confab_api_submit (ConfabApi *api,
                        ConfabRequest *request,
                        ConfabCommand *command,
                        ConfabApiDone done,
                        gpointer data,
                        GDestroyNotify free_data);

/* The arguments of a read; each handler sets those that its function takes. */
typedef struct
{
  gint64 user_id; /* the caller */
  gint64 session_id;
  gint64 conversation_id;
  gint64 person_id;
  gint64 role_id;
  gint64 since;  /* a revision */
  gint64 before; /* a message's number, or an audit entry's id */
  guint limit;
  const char *state; /* (nullable): a literal */

  /* Owned, and NULL where not set. */
  char *cursor;
  char *search_key;
  char *search_text;
  char *after; /* the key of the last person of the previous page */
  char *username_key;
  char *username_look;
  char *hash; /* of a picture */
  char *token;
  char *device_secret;
} ConfabReadArgs;

/* Makes the answer on a reader thread. NULL with an error. (transfer full) */
typedef JsonObject *(*ConfabApiRead) (ConfabApi *api,
                                      ConfabDatabase *database,
                                      const ConfabReadArgs *args,
                                      GError **error);

/* The same for a file. */
typedef GBytes *(*ConfabApiReadBytes) (ConfabApi *api,
                                       ConfabDatabase *database,
                                       const ConfabReadArgs *args,
                                       GError **error);

/* Answer with @status and the result of @read. Takes ownership of the strings in @args. */
void confab_api_read (ConfabApi *api,
                      ConfabRequest *request,
                      guint status,
                      ConfabApiRead read,
                      ConfabReadArgs args);
void confab_api_read_bytes (ConfabApi *api,
                            ConfabRequest *request,
                            ConfabApiReadBytes read,
                            ConfabReadArgs args);

/* If @wait (seconds) is not 0, answer THROTTLED and return TRUE. */
gboolean confab_api_throttled (ConfabRequest *request, guint wait);

/* Answer with the rows of an outcome, a ConfabApiDone. The status is 200; the first one's is
 * 201 if the command created something. */
void confab_api_answer_created_rows (ConfabApi *api,
                                     ConfabRequest *request,
                                     ConfabOutcome *outcome,
                                     gpointer data);
void confab_api_answer_rows (ConfabApi *api,
                             ConfabRequest *request,
                             ConfabOutcome *outcome,
                             gpointer data);

/* Answer with the caller's own row. */
void confab_api_answer_user (ConfabApi *api,
                             ConfabRequest *request,
                             ConfabOutcome *outcome,
                             gpointer data);

/* Read the string @member of @body. If there is none, answer and return FALSE. */
gboolean confab_api_get_string (ConfabRequest *request,
                                JsonObject *body,
                                const char *member,
                                const char **value);

/* Return the string @member of @body after checking it by @rule (one of confab-text.h). If it is
 * refused, answer and return NULL. (transfer full) (nullable) */
char *confab_api_take_text (ConfabRequest *request,
                            JsonObject *body,
                            const char *member,
                            char *(*rule) (const char *text, GError **error));

/* Answer with @object (transfer full). */
void confab_api_answer (ConfabRequest *request, guint status, JsonObject *object);

gint64 confab_api_now (void); /* ms */

/* Return the recipient of a letter, in the language of @request. The strings are not copied. */
ConfabAddressee confab_api_address (ConfabApi *api,
                                    ConfabRequest *request,
                                    gint64 user_id,
                                    const char *username,
                                    const char *email);

/* Send @mail (transfer full), unless the server sends no mail or is stopping. */
void confab_api_mail (ConfabApi *api, ConfabMail *mail);

G_END_DECLS
