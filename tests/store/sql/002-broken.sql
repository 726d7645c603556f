-- SPDX-FileCopyrightText: 2026 The Confab authors
-- SPDX-License-Identifier: GPL-3.0-or-later

INSERT INTO people (name) VALUES ('bob');
CREATE TABLE plants (id INTEGER PRIMARY KEY) STRICT;
INSERT INTO nothing VALUES (1);
