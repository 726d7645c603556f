-- SPDX-FileCopyrightText: 2026 The Confab authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- docs/schema.md documents the tables and columns. Times are milliseconds since 1970, UTC.

CREATE TABLE clock (
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  epoch TEXT NOT NULL CHECK (epoch <> ''),
  rev   INTEGER NOT NULL CHECK (rev > 0)
) STRICT;

INSERT INTO clock (id, epoch, rev) VALUES (1, lower (hex (randomblob (8))), 1);

CREATE TABLE roles (
  id       INTEGER PRIMARY KEY,
  rolename TEXT NOT NULL UNIQUE CHECK (rolename <> ''),
  label    TEXT CHECK (label <> ''),
  base     TEXT NOT NULL CHECK (base IN ('admin', 'moderator', 'user')),
  rev      INTEGER NOT NULL CHECK (rev > 0)
) STRICT;

INSERT INTO roles (id, rolename, base, rev)
VALUES (1, 'admin', 'admin', 1), (2, 'user', 'user', 1), (3, 'moderator', 'moderator', 1);

CREATE TABLE pictures (
  id   INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE CHECK (length (hash) = 64),
  png  BLOB NOT NULL
) STRICT;

CREATE TABLE users (
  id                           INTEGER PRIMARY KEY,
  username                     TEXT NOT NULL UNIQUE CHECK (username <> ''),
  email                        TEXT NOT NULL UNIQUE CHECK (email <> ''),
  password                     TEXT NOT NULL,
  reset_password_token         TEXT UNIQUE,
  reset_password_token_expires INTEGER,
  created_at                   INTEGER NOT NULL,
  role_id                      INTEGER NOT NULL REFERENCES roles (id),
  state                        TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'deleted')),
  about                        TEXT CHECK (about <> ''),
  picture                      TEXT REFERENCES pictures (hash),
  username_key                 TEXT NOT NULL UNIQUE,
  username_look                TEXT NOT NULL,
  email_key                    TEXT NOT NULL UNIQUE,
  created_rev                  INTEGER NOT NULL CHECK (created_rev > 0),
  rev                          INTEGER NOT NULL CHECK (rev >= created_rev),
  CHECK ((reset_password_token IS NULL) = (reset_password_token_expires IS NULL))
) STRICT;

CREATE INDEX users_by_role ON users (role_id, state);
CREATE INDEX users_searched ON users (username_key, email_key, role_id, state);
CREATE INDEX users_by_look ON users (username_look);
CREATE INDEX users_by_picture ON users (picture) WHERE picture IS NOT NULL;
CREATE INDEX users_changed ON users (rev) WHERE rev <> created_rev;

CREATE TABLE sessions (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id      INTEGER NOT NULL REFERENCES users (id),
  token_hash   BLOB NOT NULL UNIQUE CHECK (length (token_hash) >= 16),
  device_name  TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  verified_at  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_start ON sessions (created_at);

CREATE TABLE known_devices (
  user_id      INTEGER NOT NULL REFERENCES users (id),
  secret_hash  BLOB NOT NULL CHECK (length (secret_hash) >= 16),
  last_seen_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, secret_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE known_networks (
  user_id      INTEGER NOT NULL REFERENCES users (id),
  network      TEXT NOT NULL CHECK (network <> ''),
  last_seen_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, network)
) STRICT, WITHOUT ROWID;

CREATE INDEX known_devices_by_time ON known_devices (last_seen_at);
CREATE INDEX known_networks_by_time ON known_networks (last_seen_at);

CREATE TABLE password_resets (
  user_id       INTEGER PRIMARY KEY REFERENCES users (id),
  code_hash     TEXT NOT NULL,
  attempts_left INTEGER NOT NULL CHECK (attempts_left >= 0),
  issued_at     INTEGER NOT NULL,
  issuer_id     INTEGER REFERENCES users (id),
  mailed        INTEGER NOT NULL CHECK (mailed IN (0, 1))
) STRICT;

CREATE TABLE email_changes (
  user_id       INTEGER PRIMARY KEY REFERENCES users (id),
  email         TEXT NOT NULL CHECK (email <> ''),
  email_key     TEXT NOT NULL,
  code_hash     TEXT NOT NULL,
  attempts_left INTEGER NOT NULL CHECK (attempts_left >= 0),
  issued_at     INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE invitations (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  code_hash  BLOB NOT NULL UNIQUE CHECK (length (code_hash) >= 16),
  creator_id INTEGER REFERENCES users (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  uses       INTEGER NOT NULL CHECK (uses > 0),
  uses_left  INTEGER NOT NULL CHECK (uses_left BETWEEN 0 AND uses)
) STRICT;

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
  content         TEXT NOT NULL,
  sent_at         INTEGER NOT NULL,
  removed_at      INTEGER,
  seq             INTEGER NOT NULL CHECK (seq > 0),
  client_id       TEXT NOT NULL,
  rev             INTEGER NOT NULL CHECK (rev > 0),
  UNIQUE (conversation_id, seq),
  UNIQUE (conversation_id, sender_id, client_id),
  CHECK ((content = '') = (removed_at IS NOT NULL))
) STRICT;

CREATE INDEX messages_by_rev ON messages (conversation_id, rev);

CREATE TABLE conversation_users (
  id              INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversations (id),
  user_id         INTEGER NOT NULL REFERENCES users (id),
  joined_at       INTEGER NOT NULL,
  joined_rev      INTEGER NOT NULL CHECK (joined_rev > 0),
  left_at         INTEGER,
  removed_by      INTEGER REFERENCES users (id), -- null: a member, or left voluntarily
  rev             INTEGER NOT NULL CHECK (rev >= joined_rev),
  UNIQUE (conversation_id, user_id),
  CHECK (removed_by IS NULL OR left_at IS NOT NULL)
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

CREATE TABLE conversation_settings (
  user_id         INTEGER NOT NULL REFERENCES users (id),
  conversation_id INTEGER NOT NULL REFERENCES conversations (id),
  notify          TEXT NOT NULL CHECK (notify IN ('all', 'none')),
  muted_until     INTEGER CHECK (muted_until > 0),
  rev             INTEGER NOT NULL CHECK (rev > 0),
  PRIMARY KEY (user_id, conversation_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX conversation_settings_by_rev ON conversation_settings (user_id, rev);

CREATE TABLE stored_texts (
  user_id INTEGER PRIMARY KEY REFERENCES users (id),
  bytes   INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT;

CREATE TABLE audit (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  at              INTEGER NOT NULL,
  actor_id        INTEGER REFERENCES users (id),
  actor_name      TEXT,
  target_id       INTEGER REFERENCES users (id),
  conversation_id INTEGER REFERENCES conversations (id),
  action          TEXT NOT NULL CHECK (action <> ''),
  old_value       TEXT,
  new_value       TEXT,
  address         TEXT,
  rev             INTEGER NOT NULL CHECK (rev > 0)
) STRICT;

CREATE INDEX audit_by_target ON audit (target_id, rev);

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
  SELECT raise (ABORT, 'the audit is only added to');
END;

CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
BEGIN
  SELECT raise (ABORT, 'the audit is only added to');
END;
