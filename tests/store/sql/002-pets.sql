-- SPDX-FileCopyrightText: 2026 The Confab authors
-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE pets (
  id        INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id)
) STRICT;

UPDATE people SET name = 'anne' WHERE name = 'ann';
