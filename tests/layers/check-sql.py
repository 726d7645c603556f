#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check that the server's SQL only uses what SQLite and PostgreSQL both understand.

docs/decisions/014-one-sql-for-two-databases.md has the reasons and the other differences. Every
string literal of src/server/backend with SQL, or a part of it, is checked; the schema is not,
because each database has its own.
"""

import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]

# A C token: a comment, a string, a character, or anything else.
TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)|(?P<text>"(?:[^"\\\n]|\\.)*")"""
    r"""|'(?:[^'\\\n]|\\.)+'|\s+|\w+|.""",
    re.S,
)
SQL = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE FROM|WITH|PRAGMA|FROM|WHERE|JOIN|VALUES|ORDER BY)\b"
)

# Statements for SQLite only, with the PostgreSQL way to do the same.
OWN = {
    "PRAGMA data_version": "another node's changes come by a log",
    "PRAGMA wal_checkpoint (TRUNCATE)": "backup is the database's own",
    "UPDATE clock SET epoch = lower (hex (randomblob (8)))": "backup is the database's own",
    "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'": "its file",
    "SELECT \"table\" || ' row ' || coalesce (rowid, '?') || ' refers to ' || parent"
    "  FROM pragma_foreign_key_check": "its file",
}

FUNCTIONS = "coalesce count instr lag length lower max min nullif octet_length sum"
# Other words allowed before a parenthesis.
WORDS = (
    "AND AS BETWEEN BY CONFLICT ELSE EXISTS FROM IN JOIN NOT ON OR OVER SELECT THEN USING VALUES"
    " WHEN WHERE"
)
MAY_OPEN = set(FUNCTIONS.split()) | set(WORDS.split())

RULES = [
    (r"\?", "number parameters as $1, $2, …"),
    (r"\bIS (?!(NOT )?(NULL|DISTINCT FROM)\b)", "compare with = or IS [NOT] DISTINCT FROM"),
    (r"\b(INSERT|UPDATE) OR\b|\bREPLACE INTO\b", "use ON CONFLICT"),
    (r"\b(min|max) ?\([^()]*,", "use CASE: min and max take one value"),
    (r"\bCROSS JOIN\b((?!\bWHERE\b|\bCROSS\b).)*\bON\b", "CROSS JOIN has no ON: use WHERE"),
    (r"\b(NOT )?INDEXED\b", "the planner chooses the index"),
    (r"(?i)\b(_?rowid_?|oid)\b", "tables have an id"),
    (r"(?i)\b(LIKE|GLOB|MATCH|REGEXP)\b", "compare keys, or search with instr"),
    (r"(?i)\bCAST\b", "casts round, or name types, in one way or the other"),
    (
        r"\bcoalesce \([^(),]*[=<>][^(),]*, *[01]\)",
        "the other value of a comparison is FALSE or TRUE",
    ),
    (r"\bLIMIT -", "there is no LIMIT without a limit"),
    (r"==|`|\bPRAGMA\b|\bpragma_|\bsqlite_|\bAUTOINCREMENT\b", "this is SQLite alone"),
]
CONFLICT = re.compile(r"\bDO UPDATE\b(.*?)(\bRETURNING\b|$)")
BARE_COLUMN = re.compile(r"(?:[=<>+\-(]|\bWHERE\b|\bAND\b|\bTHEN\b) +([a-z_]+)\b(?! *[.=(])")

# Each example breaks one rule, and would run on SQLite.
EXAMPLES = [
    "SELECT id FROM users WHERE id = ?",
    "SELECT id FROM users WHERE id = ?1",
    "SELECT id FROM users WHERE email IS $1",
    "SELECT id FROM users WHERE email IS NOT $1",
    "INSERT OR IGNORE INTO pictures (hash) VALUES ($1)",
    "INSERT OR REPLACE INTO email_changes (user_id) VALUES ($1)",
    "REPLACE INTO email_changes (user_id) VALUES ($1)",
    "UPDATE sessions SET last_seen_at = max (last_seen_at, $1)",
    "SELECT count (*) FROM roles AS r CROSS JOIN users AS u ON u.role_id = r.id",
    "SELECT id FROM users INDEXED BY users_changed WHERE rev > $1",
    "SELECT rowid FROM users WHERE id = $1",
    "SELECT id FROM users WHERE username LIKE $1",
    "SELECT CAST (rev AS REAL) FROM clock WHERE id = 1",
    "SELECT coalesce (actor_id = target_id, 0) FROM audit WHERE id = $1",
    "SELECT id FROM sessions ORDER BY id LIMIT -1 OFFSET 3",
    "SELECT id FROM users WHERE id == $1",
    "SELECT ifnull (email, '') FROM users",
    "SELECT iif (id = $1, email, '') FROM users",
    "SELECT strftime ('%s', 'now') FROM clock",
    "SELECT unixepoch () FROM clock",
    "SELECT id FROM users WHERE username_key < $1 || char (1114111)",
    "SELECT group_concat (id) FROM users",
    "INSERT INTO stored_texts (user_id, bytes) VALUES ($1, $2)"
    " ON CONFLICT (user_id) DO UPDATE SET bytes = bytes + excluded.bytes",
    "INSERT INTO read_positions (user_id, rev) VALUES ($1, $2) ON CONFLICT (user_id) DO UPDATE"
    " SET rev = excluded.rev WHERE excluded.rev > rev",
]


def unquoted(sql):
    """Return the statement without quoted text."""
    return re.sub(r"'(?:[^']|'')*'", "''", sql)


def complaints(sql):
    """Return what is wrong with a statement, or a part of one."""
    words = unquoted(sql)
    for pattern, advice in RULES:
        found = re.search(pattern, words)
        if found:
            yield f"“{found.group()}”: {advice}"
    for name in re.findall(r"(?<!INTO )\b([A-Za-z_]+) ?\(", words):
        if name not in MAY_OPEN:
            yield f"“{name} (”: not a function that both databases have"
    for found in CONFLICT.finditer(words):
        for column in BARE_COLUMN.findall(found.group(1)):
            yield f"“{column}” after DO UPDATE: name its table, or excluded"


def literals(source):
    """Yield line and text of each string literal; adjacent ones are joined, also around the name of
    a macro.
    """
    text, line, start = None, 1, 1
    for token in TOKEN.finditer(source):
        if token.group("text") is not None:
            if text is None:
                text, start = "", line
            text += re.sub(r"\\(.)", r"\1", token.group("text")[1:-1])
        elif text is not None and not (token.group("comment") or token.group().isspace()):
            yield start, text
            text = None
        line += token.group().count("\n")
    if text is not None:
        yield start, text


def main():
    failures = [
        f"not found out: {example}" for example in EXAMPLES if not list(complaints(example))
    ]
    n_statements = 0
    own = set()
    for path in sorted((TOP / "src/server/backend").glob("*.[ch]")):
        for line, text in literals(path.read_text(encoding="utf-8").replace("\\\n", " ")):
            if not SQL.search(text):
                continue
            n_statements += 1
            if text in OWN:
                own.add(text)
                continue
            where = f"{path.relative_to(TOP).as_posix()}:{line}"
            failures += [f"{where}: {complaint}" for complaint in complaints(text)]
    failures += [f"no longer there: {text}" for text in OWN if text not in own]
    if n_statements < 100:
        failures.append(f"only {n_statements} statements were found")
    print("\n".join(failures) or f"{n_statements} statements, or parts of one")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
