/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-transport"

#include "confab-transport-private.h"

#include <string.h>

#include "confab-address.h"
#include "confab-engine-error.h"
#include "confab-problem.h"

#define TIMEOUT_S 30 /* without any byte received */
#define IDLE_TIMEOUT_S 60
#define MAX_CONNECTIONS 8

G_DEFINE_FINAL_TYPE (ConfabTransport, confab_transport, G_TYPE_OBJECT)

/* ---- errors ---- */

GError *
confab_transport_map_error (GError *error)
{
  ConfabEngineError code = CONFAB_ENGINE_ERROR_UNREACHABLE;
  GError *mapped;

  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || error->domain == CONFAB_ENGINE_ERROR || error->domain == CONFAB_PROBLEM)
    return error;

  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    code = CONFAB_ENGINE_ERROR_BAD_CERTIFICATE;
  else if (error->domain == SOUP_SESSION_ERROR
           || (error->domain == G_TLS_ERROR && error->code != G_TLS_ERROR_EOF))
    code = CONFAB_ENGINE_ERROR_NOT_CONFAB;
  mapped = g_error_new_literal (CONFAB_ENGINE_ERROR, (int)code, error->message);
  g_error_free (error);

  return mapped;
}

gboolean
confab_transport_error_is_transient (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  if (error->domain == CONFAB_PROBLEM)
    return error->code == CONFAB_PROBLEM_THROTTLED || error->code == CONFAB_PROBLEM_UNAVAILABLE
           || error->code == CONFAB_PROBLEM_STORAGE_FULL || error->code == CONFAB_PROBLEM_INTERNAL
           || error->code == CONFAB_PROBLEM_NOT_SIGNED_IN;

  return TRUE;
}

/* ---- cancelling ---- */

/* libsoup before 3.6.6 frees a message twice if it is cancelled while the callback for its answer's
 * headers is pending. So cancel libsoup's operations in an idle callback that runs after those. */
#define AFTER_LIBSOUP (G_PRIORITY_DEFAULT + 1)

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

void
confab_transport_cancel_soon (GCancellable *operation)
{
  g_return_if_fail (G_IS_CANCELLABLE (operation));

  g_idle_add_full (AFTER_LIBSOUP, cancel_cb, g_object_ref (operation), g_object_unref);
}

static gboolean
abort_cb (gpointer user_data)
{
  soup_session_abort (user_data);

  return G_SOURCE_REMOVE;
}

/* ---- requests ---- */

SoupMessage *
confab_transport_new_message (ConfabTransport *self,
                              const char *method,
                              const char *path,
                              GError **error)
{
  g_autofree char *origin = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *authorization = NULL;
  SoupMessage *message;

  g_return_val_if_fail (CONFAB_IS_TRANSPORT (self), NULL);

  /* Check stored origins, too, because the user can edit their file. */
  origin = confab_address_normalize (self->origin, NULL, error);
  if (origin == NULL)
    return NULL;

  uri = g_strconcat (origin, path, NULL);
  message = soup_message_new (method, uri);
  if (message == NULL)
    {
      g_set_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_BAD_ADDRESS,
                   "“%s” is not a server address", self->origin);
      return NULL;
    }
  /* The token must not follow a redirect to another server, and the protocol has no redirects. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  if (self->token != NULL)
    {
      authorization = g_strconcat ("Bearer ", self->token, NULL);
      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                    authorization);
    }

  return message;
}

/* ---- the object ---- */

/* Plain HTTP is only used within this computer (see confab_address_normalize()), and token and
 * password must not pass through a proxy unencrypted. With TLS, a proxy sees neither. */
static void
go_straight (SoupSession *session)
{
  g_autoptr (GProxyResolver) direct = g_simple_proxy_resolver_new ("direct://", NULL);

  soup_session_set_proxy_resolver (session, direct);
}

static SoupSession *
create_session (ConfabTransport *self)
{
  SoupSession *session = soup_session_new_with_options (
      "timeout", TIMEOUT_S, "idle-timeout", IDLE_TIMEOUT_S, "max-conns", MAX_CONNECTIONS,
      "max-conns-per-host", MAX_CONNECTIONS, "user-agent", "Confab/" CONFAB_VERSION,
      /* The server writes mails in this language. */
      "accept-language-auto", TRUE, NULL);

  /* Servers do not compress, and a decompression bomb would only be detected after unpacking. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  if (self->environment->tls_database != NULL)
    soup_session_set_tls_database (session, self->environment->tls_database);
  if (!g_str_has_prefix (self->origin, "https://"))
    go_straight (session);

  return session;
}

static void
confab_transport_finalize (GObject *object)
{
  ConfabTransport *self = CONFAB_TRANSPORT (object);

  soup_session_abort (self->session); /* no call is running, or it would hold a reference */
  g_clear_object (&self->session);
  g_clear_pointer (&self->environment, confab_environment_unref);
  g_clear_pointer (&self->origin, g_free);
  confab_transport_set_token (self, NULL);

  G_OBJECT_CLASS (confab_transport_parent_class)->finalize (object);
}

static void
confab_transport_class_init (ConfabTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_transport_finalize;
}

static void
confab_transport_init (ConfabTransport *self)
{
}

ConfabTransport *
confab_transport_new (ConfabEnvironment *environment, const char *origin)
{
  ConfabTransport *self;

  g_return_val_if_fail (environment != NULL && origin != NULL, NULL);

  self = g_object_new (CONFAB_TYPE_TRANSPORT, NULL);
  self->origin = g_strdup (origin);
  self->environment = confab_environment_ref (environment);
  self->session = create_session (self);

  return self;
}

const char *
confab_transport_get_origin (ConfabTransport *self)
{
  g_return_val_if_fail (CONFAB_IS_TRANSPORT (self), NULL);

  return self->origin;
}

void
confab_transport_set_token (ConfabTransport *self, const char *token)
{
  char *copy = g_strdup (token);

  g_return_if_fail (CONFAB_IS_TRANSPORT (self));

  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  self->token = copy;
}

const char *
confab_transport_get_token (ConfabTransport *self)
{
  g_return_val_if_fail (CONFAB_IS_TRANSPORT (self), NULL);

  return self->token;
}

void
confab_transport_forget_connections (ConfabTransport *self)
{
  g_return_if_fail (CONFAB_IS_TRANSPORT (self));

  /* Calls made from now on must not be aborted, so use a new session. */
  g_idle_add_full (AFTER_LIBSOUP, abort_cb, g_steal_pointer (&self->session), g_object_unref);
  self->session = create_session (self);
}

SoupSession *
confab_transport_get_session (ConfabTransport *self)
{
  g_return_val_if_fail (CONFAB_IS_TRANSPORT (self), NULL);

  return self->session;
}
