"""The portal's store: one SQLite database, in memory or in a file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib.resources import files
from typing import TYPE_CHECKING

from mock_portal.model import Account, Cycle, Document, Letter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TABLES = ("cycles", "documents", "sessions", "letters", "register", "witness", "accounts")


class Store:
    """The tables of `data/schema.sql`; made in one thread, used in the server's.

    Args:
        database: a file's path, or `:memory:`.
    """

    def __init__(self, database: str | Path = ":memory:") -> None:
        self._connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        try:
            # A training stand may lose its last moments with the machine, but not slow its guests down.
            self._connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;")
            self._connection.executescript((files("mock_portal") / "data" / "schema.sql").read_text("utf-8"))
        except sqlite3.Error:
            self._connection.close()
            raise

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def reset(self) -> None:
        """Forget everything."""
        for table in TABLES:
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 (own table names, no input)

    def insert(self, table: str, columns: Mapping[str, object]) -> int:
        """Add a row and return its id. Raises sqlite3.IntegrityError for a doubled one."""
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 (own table and column names, no input)
        return self._connection.execute(sql, tuple(columns.values())).lastrowid or 0

    def update(self, account: Account, columns: Mapping[str, object]) -> Account:
        """Change an account and return it as it is now."""
        changes = ", ".join(f'"{name}" = ?' for name in columns)
        sql = f"UPDATE accounts SET {changes} WHERE id = ?"  # noqa: S608 (own column names, no input)
        self._connection.execute(sql, (*columns.values(), account.id))
        return self._accounts("id = ?", account.id)[0]

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Return the rows of a query."""
        with closing(self._connection.execute(sql, values)) as cursor:
            return cursor.fetchall()

    def accounts(self) -> list[Account]:
        """Return all accounts, the oldest first."""
        return self._accounts("TRUE")

    def account_of(self, **column: object) -> Account | None:
        """Return the account whose `snils`, `id` or `link` is this one."""
        ((name, value),) = column.items()
        return next(iter(self._accounts(f"{name} = ?", value)), None)

    def account_of_email(self, email: str) -> Account | None:
        """Return the account of an e-mail address, whatever its case."""
        return next(iter(self._accounts("lower(email) = lower(?)", email)), None)

    def documents(self, account: Account) -> list[Document]:
        """Return a person's documents, the oldest first."""
        rows = self.rows("SELECT * FROM documents WHERE account_id = ? ORDER BY id", account.id)
        return [Document(**dict(row)) for row in rows]

    def cycles(self, account: Account) -> list[Cycle]:
        """Return a person's five-year cycles, the oldest first."""
        rows = self.rows("SELECT * FROM cycles WHERE account_id = ? ORDER BY id", account.id)
        return [Cycle(**dict(row)) for row in rows]

    def letters(self, address: str) -> list[Letter]:
        """Return the letters to an address, the oldest first."""
        rows = self.rows("SELECT * FROM letters WHERE lower(recipient) = lower(?) ORDER BY id", address)
        return [Letter(**dict(row)) for row in rows]

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 (own table names, no input)

    def session(self, token: str) -> tuple[Account, str] | None:
        """Return the account of a session and the cabinet it was opened for."""
        found = self.rows("SELECT account_id, cabinet FROM sessions WHERE token = ?", token)
        if not found:
            return None
        return self._accounts("id = ?", found[0]["account_id"])[0], found[0]["cabinet"]

    def end_session(self, token: str) -> None:
        """Forget a session."""
        self._connection.execute("DELETE FROM sessions WHERE token = ?", (token,))

    def _accounts(self, condition: str, *values: object) -> list[Account]:
        sql = f"SELECT * FROM accounts WHERE {condition} ORDER BY id"  # noqa: S608 (own conditions, no input)
        return [Account(**dict(row)) for row in self.rows(sql, *values)]
