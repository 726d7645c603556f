-- SPDX-FileCopyrightText: 2026 The Confab authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- The five tables, as far as this account may see them. Every row is the newest state of what it names and
-- carries the revision it had then. References are checked at commit, since one page may name things in any order.

CREATE TABLE roles (
  id INTEGER PRIMARY KEY,
  rolename TEXT NOT NULL,
  label TEXT,
  base TEXT NOT NULL,
  rev INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  username TEXT NOT NULL,
  email TEXT, -- only one's own
  about TEXT,
  picture TEXT, -- its hash
  created_at INTEGER NOT NULL,
  role_id INTEGER NOT NULL REFERENCES roles (id) DEFERRABLE INITIALLY DEFERRED,
  deleted INTEGER NOT NULL,
  rev INTEGER NOT NULL
) STRICT;

CREATE TABLE conversations (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT,
  created_at INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  rev INTEGER NOT NULL
) STRICT;

CREATE TABLE conversation_users (
  id INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL
    REFERENCES conversations (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  user_id INTEGER NOT NULL REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED,
  joined_at INTEGER NOT NULL,
  left_at INTEGER,
  removed_by INTEGER, -- a user's id; that row need not be here
  rev INTEGER NOT NULL
) STRICT;
CREATE INDEX conversation_users_members ON conversation_users (conversation_id, left_at, user_id);
CREATE INDEX conversation_users_user ON conversation_users (user_id);

CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  client_id TEXT NOT NULL,
  conversation_id INTEGER NOT NULL
    REFERENCES conversations (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  sender_id INTEGER NOT NULL REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED,
  seq INTEGER NOT NULL,
  content TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  removed_at INTEGER,
  rev INTEGER NOT NULL
) STRICT;
-- Covers what a timeline keeps of every message, so that opening one never reads the texts.
CREATE INDEX messages_timeline ON messages (conversation_id, seq, sender_id, sent_at);
CREATE INDEX messages_sender ON messages (sender_id); -- for the reference, when a person is removed

-- Messages that were removed before the history they stand in has come. A page of it that is under way may still have
-- their text.
CREATE TABLE early_removals (
  message_id INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL
    REFERENCES conversations (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  removed_at INTEGER NOT NULL,
  rev INTEGER NOT NULL
) STRICT;

-- One's own read positions: what the server knows, and how much further this computer has got.
CREATE TABLE read_positions (
  conversation_id INTEGER PRIMARY KEY
    REFERENCES conversations (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  last_read_seq INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  local_read_seq INTEGER NOT NULL DEFAULT 0 -- not told yet if it is greater than last_read_seq
) STRICT;

-- What was done to one's own account, and whether it has been shown.
CREATE TABLE notices (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  actor TEXT,
  old_value TEXT,
  new_value TEXT,
  by_self INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  shown INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Pictures of people, by hash, as far as they have been asked for.
CREATE TABLE pictures (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  png BLOB NOT NULL
) STRICT;

-- Messages beyond the read position that do not count as unread: one's own, and removed ones. This table, nearly
-- always empty, spares the unread count a walk over messages: last_seq - read - count(uncounted).
CREATE TABLE uncounted (
  conversation_id INTEGER NOT NULL
    REFERENCES conversations (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  seq INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, seq)
) STRICT, WITHOUT ROWID;

-- Conversations one is in no more. What was readable of them stays in the tables above until the person removes
-- it from this computer; the row here stays even then: what is older than its revision does not bring them back.
CREATE TABLE closed_conversations (
  conversation_id INTEGER PRIMARY KEY,
  reason TEXT NOT NULL, -- left, removed, lost (the server has it no more), deleted (the other person's account)
  by_name TEXT, -- who removed one, as they were called then
  closed_at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  hidden INTEGER NOT NULL DEFAULT 0 -- removed from this computer, for good once it can be undone no more
) STRICT;

-- The outbox and the drafts refer to nothing: they outlive a mirror that must be built anew.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of sending
  client_id TEXT NOT NULL UNIQUE,
  conversation_id INTEGER NOT NULL,
  content TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  state INTEGER NOT NULL,
  problem INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_conversation ON outbox (conversation_id, state, id);

CREATE TABLE drafts (
  conversation_id INTEGER PRIMARY KEY,
  content TEXT NOT NULL
) STRICT;

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The second copy of user_version. Each script to come writes its own number.
INSERT INTO meta (key, value) VALUES ('schema_version', '1');
