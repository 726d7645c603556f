-- SPDX-FileCopyrightText: 2026 The Confab authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- The server's tables, as far as this account may see them. Every row has its newest state and the revision of that.
-- References are checked at commit, because a page may have its rows in any order.

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
-- Covers the columns that a timeline keeps of every message, so that opening one never reads the texts.
CREATE INDEX messages_timeline ON messages (conversation_id, seq, sender_id, sent_at);
CREATE INDEX messages_sender ON messages (sender_id); -- for the reference, when a person is removed

-- Messages that were removed before their history was loaded. A page of it that is being loaded may still have their
-- text.
CREATE TABLE early_removals (
  message_id INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL
    REFERENCES conversations (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  removed_at INTEGER NOT NULL,
  rev INTEGER NOT NULL
) STRICT;

-- The user's own read positions: the server's value, and this computer's, which may be greater.
CREATE TABLE read_positions (
  conversation_id INTEGER PRIMARY KEY
    REFERENCES conversations (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  last_read_seq INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  local_read_seq INTEGER NOT NULL DEFAULT 0 -- not told yet if it is greater than last_read_seq
) STRICT;

-- The user's own settings of conversations.
CREATE TABLE conversation_settings (
  conversation_id INTEGER PRIMARY KEY
    REFERENCES conversations (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  notify TEXT NOT NULL, -- all, none
  muted_until INTEGER,
  rev INTEGER NOT NULL
) STRICT;

-- Changes to the user's own account, and whether they were shown.
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

-- The pictures loaded so far, by hash.
CREATE TABLE pictures (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  png BLOB NOT NULL
) STRICT;

-- Messages beyond the read position that do not count as unread: the user's own, and removed ones. With this table,
-- which is nearly always empty, counting unread messages needs no scan: last_seq - read - count(uncounted).
CREATE TABLE uncounted (
  conversation_id INTEGER NOT NULL
    REFERENCES conversations (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  seq INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, seq)
) STRICT, WITHOUT ROWID;

-- Conversations that the user is no longer in. Their readable rows stay in the tables above until the user removes
-- them from this computer. The row here stays even then, so that older rows do not restore the conversation.
CREATE TABLE closed_conversations (
  conversation_id INTEGER PRIMARY KEY,
  reason TEXT NOT NULL, -- left, removed, lost (the server has it no more), deleted (the other person's account)
  by_name TEXT, -- who removed one, as they were called then
  closed_at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  hidden INTEGER NOT NULL DEFAULT 0 -- removed from this computer, for good once it can be undone no more
) STRICT;

-- The outbox and the drafts have no references, because they outlive a rebuilt mirror.
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

-- Up to which message of each conversation the user was notified.
CREATE TABLE notified (
  conversation_id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL
) STRICT;

CREATE TABLE drafts (
  conversation_id INTEGER PRIMARY KEY,
  content TEXT NOT NULL
) STRICT;

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A second copy of user_version. Each later script writes its own number.
INSERT INTO meta (key, value) VALUES ('schema_version', '1');
