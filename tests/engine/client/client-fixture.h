/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A real server, and the devices of two people. */

#pragma once

#include "confab-test-engine.h"
#include "confab-test-server.h"

typedef struct
{
  ConfabTestServer *server;
  const char *origin;
  ConfabTestDevice *ann;
  ConfabTestDevice *bob;
} ClientFixture;

void client_fixture_set_up (ClientFixture *fixture, gconstpointer data);
void client_fixture_tear_down (ClientFixture *fixture, gconstpointer data);
gint64 client_fixture_id (ConfabTestDevice *device);
guint client_fixture_count_conversations (ConfabTestDevice *device);
/* Bring Ann and Bob online in one group. Return its id. */
gint64 client_fixture_meet (ClientFixture *fixture);
ConfabConversation *client_fixture_conversation (ConfabTestDevice *device, gint64 id);
