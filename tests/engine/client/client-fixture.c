/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "client-fixture.h"

void
client_fixture_set_up (ClientFixture *fixture, gconstpointer data)
{
  fixture->server = confab_test_server_new ();
  fixture->origin = confab_test_server_get_origin (fixture->server);
  confab_test_server_start (fixture->server);
  fixture->ann = confab_test_device_new ();
  fixture->bob = confab_test_device_new ();
}

void
client_fixture_tear_down (ClientFixture *fixture, gconstpointer data)
{
  confab_test_device_free (fixture->ann);
  confab_test_device_free (fixture->bob);
  confab_test_server_free (fixture->server);
}

gint64
client_fixture_id (ConfabTestDevice *device)
{
  return confab_account_get_user_id (confab_client_get_account (device->client));
}

guint
client_fixture_count_conversations (ConfabTestDevice *device)
{
  return g_list_model_get_n_items (confab_client_get_conversations (device->client));
}

gint64
client_fixture_meet (ClientFixture *fixture)
{
  ConfabConversation *group;
  gint64 bob;

  confab_test_device_register (fixture->ann, fixture->origin, "ann");
  confab_test_device_register (fixture->bob, fixture->origin, "bob");
  confab_test_wait_online (fixture->ann->client);
  confab_test_wait_online (fixture->bob->client);
  bob = client_fixture_id (fixture->bob);
  group = confab_test_create_group (fixture->ann->client, "Group", &bob, 1);
  confab_test_until (client_fixture_count_conversations (fixture->bob) == 1);

  return confab_conversation_get_id (group);
}

ConfabConversation *
client_fixture_conversation (ConfabTestDevice *device, gint64 id)
{
  ConfabConversation *conversation = confab_client_get_conversation (device->client, id);

  g_assert_nonnull (conversation);

  return conversation;
}
