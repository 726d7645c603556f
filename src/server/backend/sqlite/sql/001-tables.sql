-- SPDX-FileCopyrightText: 2026 The Confab authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- docs/schema.md says what each table and column is for. Times are milliseconds since 1970, UTC.

CREATE TABLE clock (
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  epoch TEXT NOT NULL CHECK (epoch <> ''),
  rev   INTEGER NOT NULL CHECK (rev > 0)
) STRICT;

INSERT INTO clock (id, epoch, rev) VALUES (1, lower (hex (randomblob (8))), 1);

CREATE TABLE roles (
  id       INTEGER PRIMARY KEY,
  rolename TEXT NOT NULL UNIQUE CHECK (rolename <> ''),
  rev      INTEGER NOT NULL CHECK (rev > 0)
) STRICT;

INSERT INTO roles (id, rolename, rev) VALUES (1, 'admin', 1), (2, 'user', 1);

CREATE TABLE users (
  id                           INTEGER PRIMARY KEY,
  username                     TEXT NOT NULL UNIQUE CHECK (username <> ''),
  email                        TEXT NOT NULL UNIQUE CHECK (email <> ''),
  password                     TEXT NOT NULL,
  reset_password_token         TEXT UNIQUE,
  reset_password_token_expires INTEGER,
  created_at                   INTEGER NOT NULL,
  role_id                      INTEGER NOT NULL REFERENCES roles (id),
  username_key                 TEXT NOT NULL UNIQUE,
  email_key                    TEXT NOT NULL UNIQUE,
  created_rev                  INTEGER NOT NULL CHECK (created_rev > 0),
  rev                          INTEGER NOT NULL CHECK (rev >= created_rev),
  CHECK ((reset_password_token IS NULL) = (reset_password_token_expires IS NULL))
) STRICT;

CREATE INDEX users_by_role ON users (role_id);
CREATE INDEX users_changed ON users (rev) WHERE rev <> created_rev;

CREATE TABLE sessions (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id      INTEGER NOT NULL REFERENCES users (id),
  token_hash   BLOB NOT NULL UNIQUE CHECK (length (token_hash) >= 16),
  device_name  TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE conversations (
  id            INTEGER PRIMARY KEY,
  created_at    INTEGER NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('direct', 'group')),
  title         TEXT CHECK (title <> ''),
  last_seq      INTEGER NOT NULL DEFAULT 0 CHECK (last_seq >= 0),
  head_rev      INTEGER NOT NULL,
  rev           INTEGER NOT NULL CHECK (rev > 0),
  direct_key    TEXT UNIQUE,
  creator_id    INTEGER NOT NULL REFERENCES users (id),
  client_id     TEXT NOT NULL,
  client_digest TEXT NOT NULL,
  UNIQUE (creator_id, client_id),
  CHECK ((kind = 'direct') = (direct_key IS NOT NULL)),
  CHECK (kind = 'group' OR title IS NULL),
  CHECK (head_rev >= rev)
) STRICT;

CREATE TABLE messages (
  id              INTEGER PRIMARY KEY,
  sender_id       INTEGER NOT NULL REFERENCES users (id),
  conversation_id INTEGER NOT NULL REFERENCES conversations (id),
  content         TEXT NOT NULL CHECK (content <> ''),
  sent_at         INTEGER NOT NULL,
  seq             INTEGER NOT NULL CHECK (seq > 0),
  client_id       TEXT NOT NULL,
  rev             INTEGER NOT NULL CHECK (rev > 0),
  UNIQUE (conversation_id, seq),
  UNIQUE (conversation_id, sender_id, client_id)
) STRICT;

CREATE INDEX messages_by_rev ON messages (conversation_id, rev);

CREATE TABLE conversation_users (
  id              INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversations (id),
  user_id         INTEGER NOT NULL REFERENCES users (id),
  joined_at       INTEGER NOT NULL,
  joined_rev      INTEGER NOT NULL CHECK (joined_rev > 0),
  left_at         INTEGER,
  rev             INTEGER NOT NULL CHECK (rev >= joined_rev),
  UNIQUE (conversation_id, user_id)
) STRICT;

CREATE INDEX conversation_users_by_user ON conversation_users (user_id);
CREATE INDEX conversation_users_by_rev ON conversation_users (conversation_id, rev);

CREATE TABLE read_positions (
  user_id         INTEGER NOT NULL REFERENCES users (id),
  conversation_id INTEGER NOT NULL REFERENCES conversations (id),
  last_read_seq   INTEGER NOT NULL CHECK (last_read_seq > 0),
  rev             INTEGER NOT NULL CHECK (rev > 0),
  PRIMARY KEY (user_id, conversation_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX read_positions_by_rev ON read_positions (user_id, rev);
