/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "foreign-server.h"

#include <string.h>

typedef struct
{
  guint status;
  char *content_type;
  char *body;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->content_type);
  g_free (answer->body);
  g_free (answer);
}

/* Return the path whose answer to use. (transfer full) */
static char *
find_path (ForeignServer *self, const char *path)
{
  GHashTableIter iter;
  gpointer prefix;

  g_hash_table_iter_init (&iter, self->prefixes);
  while (g_hash_table_iter_next (&iter, &prefix, NULL))
    if (g_str_has_prefix (path, prefix))
      return g_strdup (prefix);

  return g_strdup (path);
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *full_path,
            GHashTable *query,
            gpointer user_data)
{
  ForeignServer *self = user_data;
  g_autofree char *path = find_path (self, full_path);
  const Answer *answer = g_hash_table_lookup (self->answers, path);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->requests, path)) + 1;

  g_hash_table_replace (self->requests, g_strdup (path), GUINT_TO_POINTER (count));
  g_set_str (&self->authorization,
             soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                           "Authorization"));
  g_set_str (&self->accept_language,
             soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                           "Accept-Language"));
  if (answer == NULL)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<h1>404</h1>",
                                        12);
      return;
    }
  soup_server_message_set_status (message, answer->status, NULL);
  if (self->retry_after != NULL && answer->status != 200)
    soup_message_headers_replace (headers, "Retry-After", self->retry_after);
  if (g_strcmp0 (answer->content_type, "location") == 0)
    soup_message_headers_replace (headers, "Location", answer->body);
  else
    soup_server_message_set_response (message, answer->content_type, SOUP_MEMORY_COPY, answer->body,
                                      strlen (answer->body));
}

ForeignServer *
foreign_server_new (GTlsCertificate *certificate)
{
  ForeignServer *self = g_new0 (ForeignServer, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  self->prefixes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->requests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen_local (
      self->server, 0,
      SOUP_SERVER_LISTEN_IPV4_ONLY | (certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->origin = g_strdup_printf ("%s://127.0.0.1:%d", certificate != NULL ? "https" : "http",
                                  g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);

  return self;
}

void
foreign_server_free (ForeignServer *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->prefixes);
  g_hash_table_unref (self->requests);
  g_free (self->authorization);
  g_free (self->accept_language);
  g_free (self->origin);
  g_free (self);
}

void
foreign_server_answer (ForeignServer *self,
                       const char *path,
                       guint status,
                       const char *content_type,
                       char *body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->content_type = g_strdup (content_type);
  answer->body = body;
  g_hash_table_replace (self->answers, g_strdup (path), answer);
}

guint
foreign_server_count (ForeignServer *self, const char *path)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->requests, path));
}

GTlsCertificate *
foreign_certificate_new (const char *folder, const char *subject_alt_name, char **file)
{
  return foreign_certificate_new_dated (folder, subject_alt_name, "20200101000000Z",
                                        "20991231235959Z", file);
}

GTlsCertificate *
foreign_certificate_new_dated (const char *folder,
                               const char *subject_alt_name,
                               const char *from,
                               const char *until,
                               char **file)
{
  g_autofree char *pem = g_build_filename (folder, "certificate.pem", NULL);
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *extension = g_strconcat ("subjectAltName=", subject_alt_name, NULL);
  const char *argv[] = { "openssl",
                         "req",
                         "-x509",
                         "-newkey",
                         "ec",
                         "-pkeyopt",
                         "ec_paramgen_curve:prime256v1",
                         "-nodes",
                         "-not_before",
                         from,
                         "-not_after",
                         until,
                         "-subj",
                         "/CN=foreign",
                         "-addext",
                         extension,
                         "-keyout",
                         key,
                         "-out",
                         pem,
                         NULL };
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate;
  int status;

  g_spawn_sync (NULL, (char **)argv, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  certificate = g_tls_certificate_new_from_files (pem, key, &error);
  g_assert_no_error (error);
  if (file != NULL)
    *file = g_steal_pointer (&pem);

  return certificate;
}
