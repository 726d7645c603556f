/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An HTTP request and its answer, on the server's loop thread. A handler that answers later holds a
 * reference; answering after the connection was closed does nothing. */

#pragma once

#include <glib.h>

#include "confab-problem.h"

G_BEGIN_DECLS

typedef enum
{
  CONFAB_METHOD_GET = 1 << 0, /* and HEAD, whose answers have no body */
  CONFAB_METHOD_POST = 1 << 1,
  CONFAB_METHOD_PUT = 1 << 2,
  CONFAB_METHOD_PATCH = 1 << 3,
  CONFAB_METHOD_DELETE = 1 << 4,
  CONFAB_METHOD_OPTIONS = 1 << 5,
} ConfabMethod;

/* The header fields that are looked up by number; all others are stored, too, under their names. */
typedef enum
{
  CONFAB_HEADER_ACCEPT_LANGUAGE,
  CONFAB_HEADER_AUTHORIZATION,
  CONFAB_HEADER_CONTENT_TYPE,
  CONFAB_HEADER_HOST,
  CONFAB_HEADER_ORIGIN,
  CONFAB_HEADER_WEBSOCKET_PROTOCOL,
  CONFAB_N_HEADERS,
} ConfabHeader;

#define CONFAB_REQUEST_MAX_PARAMS 2

typedef struct _ConfabRequest ConfabRequest;

ConfabRequest *confab_request_ref (ConfabRequest *self);
void confab_request_unref (ConfabRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabRequest, confab_request_unref)

ConfabMethod confab_request_get_method (ConfabRequest *self);
/* Percent-decoded, without the query. */
const char *confab_request_get_path (ConfabRequest *self);
/* (nullable): decoded */
const char *confab_request_get_query (ConfabRequest *self, const char *name);
/* (nullable) */
const char *confab_request_get_header (ConfabRequest *self, ConfabHeader header);
/* Return the client's address, of IPv6 its network (/64); behind a trusted proxy, the forwarded
 * one. */
const char *confab_request_get_address (ConfabRequest *self);
/* Return the whole body, once the request is complete. */
const char *confab_request_get_body (ConfabRequest *self, gsize *length);

/* Set the route found. Takes ownership of the strings in @params. */
void confab_request_set_route (ConfabRequest *self,
                               gconstpointer route,
                               const char *template,
                               char **params);
gconstpointer confab_request_get_route (ConfabRequest *self);
const char *confab_request_get_param (ConfabRequest *self, guint index);

/* The caller; 0 until known. */
void confab_request_set_session (ConfabRequest *self, gint64 session_id, gint64 user_id);
gint64 confab_request_get_session_id (ConfabRequest *self);
gint64 confab_request_get_user_id (ConfabRequest *self);

gboolean confab_request_is_answered (ConfabRequest *self);

/* Set the media type of a successful answer, if it is not JSON, and its caching. Static strings. */
void confab_request_set_media (ConfabRequest *self,
                               const char *content_type,
                               const char *cache_control);

/* Check whether this user and address may get another answer now; if they have too many unread
 * ones, answer THROTTLED. Call this before doing work for an answer that may be long. */
gboolean confab_request_check_room (ConfabRequest *self);

/* Answer; only the first answer counts. @body is (transfer full); NULL for an answer without a
 * body. */
void confab_request_respond (ConfabRequest *self, guint status, char *body, gsize length);
/* Answer with application/problem+json. @field may be NULL; @retry_after in seconds, 0 for none. */
void confab_request_fail (ConfabRequest *self,
                          ConfabProblem problem,
                          const char *field,
                          guint retry_after);
/* Fail with @error: its code if it is in CONFAB_PROBLEM, else INTERNAL. Takes ownership of
 * @error. */
void confab_request_fail_with (ConfabRequest *self, GError *error);
/* Fail with 405 and the allowed methods (flags of ConfabMethod). */
void confab_request_fail_method (ConfabRequest *self, guint allowed);

G_END_DECLS
