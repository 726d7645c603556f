/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pictures of users, stored by the hash of the file. */

#include "handlers.h"

#include "confab-png.h"

void
confab_handle_set_picture (ConfabApi *api, ConfabRequest *request)
{
  gsize length;
  const char *body = confab_request_get_body (request, &length);
  ConfabCommand *command;
  GError *error = NULL;

  if (!confab_png_check ((const guint8 *)body, length, &error))
    {
      confab_request_fail_with (request, error);
      return;
    }

  command = confab_command_new (confab_run_set_picture, confab_request_get_user_id (request));
  command->set_picture.png = confab_command_take_bytes (command, g_bytes_new (body, length));
  command->set_picture.hash = confab_command_take (
      command, g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, command->set_picture.png));
  confab_api_submit (api, request, command, confab_api_answer_user, NULL, NULL);
}

void
confab_handle_remove_picture (ConfabApi *api, ConfabRequest *request)
{
  ConfabCommand *command =
      confab_command_new (confab_run_set_picture, confab_request_get_user_id (request));

  confab_api_submit (api, request, command, confab_api_answer_user, NULL, NULL);
}

static GBytes *
read_picture (ConfabApi *api, ConfabDatabase *database, const ConfabReadArgs *args, GError **error)
{
  return confab_backend_get_picture (database, args->hash, error);
}

/* No permission is checked: users learn hashes only from users they may see. */
void
confab_handle_picture (ConfabApi *api, ConfabRequest *request)
{
  confab_request_set_media (request, "image/png", "private, max-age=31536000, immutable");
  confab_api_read_bytes (
      api, request, read_picture,
      (ConfabReadArgs){ .hash = g_strdup (confab_request_get_param (request, 0)) });
}
