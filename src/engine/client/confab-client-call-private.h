/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How most of the client's functions send requests and use the answers: they create a task and a
 * body and call confab_client_call(). Signing in and out, finding people and loading pictures use
 * the transport themselves. Main thread except for the decoders. */

#pragma once

#include <json-glib/json-glib.h>

#include "confab-client.h"
#include "confab-rows.h"
#include "confab-transport.h"

G_BEGIN_DECLS

/**
 * ConfabClientAnswer:
 * @decode: decodes the answer to a value
 * @free: frees the value
 * @use: (nullable): takes the value (transfer full) and completes the task (transfer full); without
 *   it the task returns the value
 *
 * How to use the answer to a call.
 */
typedef struct
{
  ConfabTransportDecoder decode;
  GDestroyNotify free;
  void (*use) (GTask *task, gpointer value);
} ConfabClientAnswer;

/* Make an item of a row, which it takes ownership of. Returns: (transfer full) */
typedef gpointer (*ConfabClientMakeItem) (gpointer row);
/* Move @rows to a list of items of @item_type. Returns: (transfer full). Any thread. */
GListStore *confab_client_make_list (GPtrArray *rows,
                                     GType item_type,
                                     ConfabClientMakeItem make_item);

/* Answers with {"rows": …} or {"user": …}: apply the rows to the mirror. The task returns TRUE once
 * the list of conversations shows them. */
extern const ConfabClientAnswer confab_client_rows_answer;
extern const ConfabClientAnswer confab_client_user_answer;

/* Their use. @rows: (transfer full): #ConfabRows; @task: (transfer full) */
void confab_client_apply (GTask *task, gpointer rows);

/**
 * confab_client_call:
 * @task: (transfer full): a client's task; fails if the call does
 * @path: begins with "/v1"
 * @body: (nullable) (transfer full)
 * @answer: (nullable): static; NULL if the answer has no content: then @task returns TRUE
 *
 * Sends a request.
 */
void confab_client_call (GTask *task,
                         const char *method,
                         const char *path,
                         JsonObject *body,
                         const ConfabClientAnswer *answer);
/* The same with a body that is not JSON. @body: (transfer none) */
void confab_client_call_bytes (GTask *task,
                               const char *method,
                               const char *path,
                               GBytes *body,
                               const char *content_type,
                               const ConfabClientAnswer *answer);

/* Return a new task with @source_tag, for confab_client_call(). (transfer full) */
GTask *confab_client_task_new (ConfabClient *self,
                               gpointer source_tag,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* For tasks that return TRUE, and for those that return a value (transfer full). */
gboolean confab_client_call_finish (ConfabClient *self, GAsyncResult *result, GError **error);
gpointer confab_client_call_finish_value (ConfabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
