/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One HTTP request and its answer. Lives on the server's loop; a handler that answers later keeps a
 * reference, and may answer when the connection is long gone: then nothing happens. */

#pragma once

#include <glib.h>

#include "confab-problem.h"

G_BEGIN_DECLS

typedef enum
{
  CONFAB_METHOD_GET = 1 << 0, /* and HEAD, whose answer has no body */
  CONFAB_METHOD_POST = 1 << 1,
  CONFAB_METHOD_PUT = 1 << 2,
  CONFAB_METHOD_PATCH = 1 << 3,
  CONFAB_METHOD_DELETE = 1 << 4,
  CONFAB_METHOD_OPTIONS = 1 << 5,
} ConfabMethod;

/* The header fields that are kept. */
typedef enum
{
  CONFAB_HEADER_AUTHORIZATION,
  CONFAB_HEADER_CONTENT_TYPE,
  CONFAB_HEADER_FORWARDED_FOR,
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
/* The client's address, of IPv6 its network (/64); behind a trusted proxy the one it forwards
 * for. */
const char *confab_request_get_address (ConfabRequest *self);
const char *confab_request_get_id (ConfabRequest *self);
/* The whole body; only once the request is complete. */
const char *confab_request_get_body (ConfabRequest *self, gsize *length);

/* What the router found. The strings of @params are taken. */
void confab_request_set_route (ConfabRequest *self,
                               gconstpointer route,
                               const char *template,
                               char **params);
gconstpointer confab_request_get_route (ConfabRequest *self);
const char *confab_request_get_param (ConfabRequest *self, guint index);

/* Who asks; 0 until known. */
void confab_request_set_session (ConfabRequest *self, gint64 session_id, gint64 user_id);
gint64 confab_request_get_session_id (ConfabRequest *self);
gint64 confab_request_get_user_id (ConfabRequest *self);

gboolean confab_request_is_answered (ConfabRequest *self);

/* What a good answer is, if it is not JSON, and how long it may be kept. Static strings. */
void confab_request_set_media (ConfabRequest *self,
                               const char *content_type,
                               const char *cache_control);

/* Whether this person and address may be given another answer now: they have not taken what they
 * were given. If not, it is answered (THROTTLED). To be asked before work is done for an answer
 * that may be long. */
gboolean confab_request_check_room (ConfabRequest *self);

/* Answers; the first answer counts. @body is (transfer full) and may be NULL, for an answer
 * without a body. */
void confab_request_respond (ConfabRequest *self, guint status, char *body, gsize length);
/* application/problem+json. @field may be NULL; @retry_after in seconds, 0 for none. */
void confab_request_fail (ConfabRequest *self,
                          ConfabProblem problem,
                          const char *field,
                          guint retry_after);
/* Fails with @error: its code if it is in CONFAB_PROBLEM, INTERNAL otherwise. Takes @error. */
void confab_request_fail_with (ConfabRequest *self, GError *error);
/* 405, with the methods that are allowed (flags of ConfabMethod). */
void confab_request_fail_method (ConfabRequest *self, guint allowed);

G_END_DECLS
