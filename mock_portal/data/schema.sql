CREATE TABLE IF NOT EXISTS accounts (
    id INTEGER PRIMARY KEY,
    snils TEXT NOT NULL UNIQUE,
    surname TEXT NOT NULL,
    name TEXT NOT NULL,
    patronymic TEXT NOT NULL,
    citizenship TEXT NOT NULL,
    region TEXT NOT NULL,
    sex TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    confirmed_at TEXT NOT NULL DEFAULT '',
    purpose TEXT NOT NULL DEFAULT '',
    password TEXT NOT NULL DEFAULT '',
    link TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX IF NOT EXISTS accounts_email ON accounts (lower(email));
CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    type TEXT NOT NULL,
    specialty TEXT NOT NULL,
    organisation TEXT NOT NULL,
    series TEXT NOT NULL,
    number TEXT NOT NULL,
    exam_date TEXT NOT NULL,
    issue_date TEXT NOT NULL,
    source TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS cycles (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    document_id INTEGER NOT NULL UNIQUE REFERENCES documents,
    specialty TEXT NOT NULL,
    start TEXT NOT NULL,
    end TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS letters (
    id INTEGER PRIMARY KEY,
    folder TEXT NOT NULL,
    recipient TEXT NOT NULL,
    sender TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    received TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS sessions (
    token TEXT PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    cabinet TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS register (
    id INTEGER PRIMARY KEY,
    snils TEXT NOT NULL,
    level TEXT NOT NULL,
    documents TEXT NOT NULL,
    UNIQUE (snils, level) ON CONFLICT REPLACE
);
CREATE TABLE IF NOT EXISTS witness (
    n INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    accepted INTEGER NOT NULL,
    errors TEXT NOT NULL,
    "values" TEXT NOT NULL,
    snils TEXT NOT NULL
);
