/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-answer.h"

#include "confab-codec.h"
#include "confab-engine-error.h"
#include "confab-limits.h"

void
confab_answer_clear (ConfabAnswer *self)
{
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->body, g_bytes_unref);
}

static void
set_not_confab (GError **error, const char *why)
{
  g_set_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB,
               "The answer is not a Confab server's: %s", why);
}

/* Interpret a problem with an unknown code, of a newer server, by its status. */
static ConfabProblem
problem_from_status (guint status)
{
  switch (status)
    {
    case 401:
      return CONFAB_PROBLEM_NOT_SIGNED_IN;
    case 404:
      return CONFAB_PROBLEM_NOT_FOUND;
    case 410:
      return CONFAB_PROBLEM_CURSOR_TOO_OLD;
    case 413:
      return CONFAB_PROBLEM_BODY_TOO_LARGE;
    case 429:
      return CONFAB_PROBLEM_THROTTLED;
    case 503:
      return CONFAB_PROBLEM_UNAVAILABLE;
    default:
      return status >= 500 ? CONFAB_PROBLEM_INTERNAL : CONFAB_PROBLEM_FORBIDDEN;
    }
}

static void
decode_problem (const ConfabAnswer *self, JsonObject *object, guint *retry_after, GError **error)
{
  g_autoptr (GError) problem = NULL;
  ConfabProblemDetails details = { 0 };

  if (!confab_codec_decode_problem (object, &details))
    details.problem = problem_from_status (self->status);
  *retry_after = details.retry_after;

  if (details.field != NULL)
    g_set_error (&problem, CONFAB_PROBLEM, (int)details.problem, "%s: %s",
                 confab_problem_get_title (details.problem), details.field);
  else
    confab_problem_set (&problem, details.problem);
  confab_problem_set_retry_after (problem, details.retry_after);
  g_propagate_error (error, g_steal_pointer (&problem));
  g_free (details.field);
}

static JsonObject *
parse (const ConfabAnswer *self, const char *content_type, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  const char *data;
  gsize length;
  JsonObject *object;

  if (g_strcmp0 (self->content_type, content_type) != 0)
    {
      set_not_confab (error, self->content_type != NULL ? self->content_type : "no content type");
      return NULL;
    }
  data = g_bytes_get_data (self->body, &length);
  object = confab_json_parse_answer (data, length, CONFAB_ANSWER_MAX_BYTES, &local_error);
  if (object == NULL)
    set_not_confab (error, local_error->message);

  return object;
}

gboolean
confab_answer_decode (const ConfabAnswer *self,
                      ConfabTransportDecoder decoder,
                      gpointer *value,
                      guint *retry_after,
                      GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonObject) object = NULL;
  gboolean good = self->status >= 200 && self->status < 300;

  *retry_after = 0;
  if (good && decoder == NULL)
    return TRUE;
  if (!good && self->status < 400)
    {
      set_not_confab (error, "it points elsewhere");
      return FALSE;
    }

  object = parse (self, good ? "application/json" : "application/problem+json", error);
  if (object == NULL)
    return FALSE;
  if (!good)
    {
      decode_problem (self, object, retry_after, error);
      return FALSE;
    }

  *value = decoder (object, &local_error);
  if (*value == NULL && local_error->domain == CONFAB_ENGINE_ERROR)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (*value == NULL)
    set_not_confab (error, local_error->message);

  return *value != NULL;
}
