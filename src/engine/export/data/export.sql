-- SPDX-FileCopyrightText: 2026 The Confab authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The five tables, for reading with any program. Times are milliseconds since 1970, UTC.

CREATE TABLE roles (
  id INTEGER PRIMARY KEY,
  rolename TEXT NOT NULL,
  label TEXT
);

CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  username TEXT NOT NULL,
  email TEXT, -- only the user's own
  about TEXT,
  created_at INTEGER NOT NULL,
  role_id INTEGER NOT NULL REFERENCES roles (id),
  deleted INTEGER NOT NULL
);

CREATE TABLE conversations (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, -- direct or group
  title TEXT,
  created_at INTEGER NOT NULL,
  last_seq INTEGER NOT NULL -- the number of messages on the server; the export may have fewer
);

CREATE TABLE conversation_users (
  id INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversations (id),
  user_id INTEGER NOT NULL REFERENCES users (id),
  joined_at INTEGER NOT NULL,
  left_at INTEGER
);

CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  sender_id INTEGER NOT NULL REFERENCES users (id),
  conversation_id INTEGER NOT NULL REFERENCES conversations (id),
  content TEXT NOT NULL, -- empty if it was removed
  sent_at INTEGER NOT NULL,
  seq INTEGER NOT NULL, -- 1, 2, 3 … in its conversation
  removed_at INTEGER
);

-- Conversations removed from this computer are still in the mirror while that can be undone.
CREATE TEMP TABLE hidden AS SELECT conversation_id FROM mirror.closed_conversations WHERE hidden;

INSERT INTO roles SELECT id, rolename, label FROM mirror.roles;
INSERT INTO users SELECT id, username, email, about, created_at, role_id, deleted FROM mirror.users
  WHERE id = (SELECT CAST (value AS INTEGER) FROM mirror.meta WHERE key = 'self_user_id')
    OR id IN (SELECT user_id FROM mirror.conversation_users
               WHERE conversation_id NOT IN (SELECT conversation_id FROM hidden))
    OR id IN (SELECT sender_id FROM mirror.messages
               WHERE conversation_id NOT IN (SELECT conversation_id FROM hidden));
INSERT INTO conversations SELECT id, kind, title, created_at, last_seq FROM mirror.conversations
  WHERE id NOT IN (SELECT conversation_id FROM hidden);
INSERT INTO conversation_users
  SELECT id, conversation_id, user_id, joined_at, left_at FROM mirror.conversation_users
  WHERE conversation_id NOT IN (SELECT conversation_id FROM hidden);
INSERT INTO messages
  SELECT id, sender_id, conversation_id, content, sent_at, seq, removed_at FROM mirror.messages
  WHERE conversation_id NOT IN (SELECT conversation_id FROM hidden);
CREATE UNIQUE INDEX messages_by_seq ON messages (conversation_id, seq);
CREATE INDEX conversation_users_by_conversation ON conversation_users (conversation_id);
