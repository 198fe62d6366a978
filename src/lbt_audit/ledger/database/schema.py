"""The ledger's tables, one migration per version; ``PRAGMA user_version`` says which are in."""

from __future__ import annotations

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE audit (
        id INTEGER PRIMARY KEY,
        as_of TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        tool_version TEXT NOT NULL,
        profile TEXT NOT NULL,
        files INTEGER NOT NULL,
        issues INTEGER NOT NULL
    ) STRICT;

    -- what each audit read: only a unit's own file of that kind can close its issues
    CREATE TABLE reading (
        audit INTEGER NOT NULL REFERENCES audit(id),
        unit TEXT NOT NULL,
        kind TEXT NOT NULL,
        records INTEGER NOT NULL,
        PRIMARY KEY (audit, unit, kind)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE issue (
        fingerprint TEXT PRIMARY KEY,
        rule TEXT NOT NULL,
        severity INTEGER NOT NULL,
        title TEXT NOT NULL,
        message TEXT NOT NULL,   -- masked as the audit was
        fix TEXT NOT NULL,
        child TEXT,              -- masked
        child_key TEXT NOT NULL, -- salted hash
        unit TEXT NOT NULL,
        township TEXT,
        responsible_level TEXT NOT NULL,
        responsible_unit TEXT NOT NULL,
        deadline TEXT NOT NULL,
        place TEXT NOT NULL,     -- file, sheet and cell where it was last seen
        status TEXT NOT NULL CHECK (status IN
            ('new', 'open', 'claimed', 'false_closing', 'relapsed', 'closed')),
        first_audit INTEGER NOT NULL REFERENCES audit(id),
        last_audit INTEGER NOT NULL REFERENCES audit(id),
        closed_audit INTEGER REFERENCES audit(id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX issue_by_unit ON issue (responsible_unit, status);

    -- the units and kinds of file an issue stands in: all must be read again before it can close
    CREATE TABLE standing (
        fingerprint TEXT NOT NULL REFERENCES issue(fingerprint),
        unit TEXT NOT NULL,
        kind TEXT NOT NULL,
        PRIMARY KEY (fingerprint, unit, kind)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        fingerprint TEXT NOT NULL REFERENCES issue(fingerprint),
        audit INTEGER REFERENCES audit(id),
        day TEXT NOT NULL,
        kind TEXT NOT NULL,
        detail TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX event_by_issue ON event (fingerprint, id);
    CREATE TRIGGER event_is_final BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
    CREATE TRIGGER event_stays BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

    CREATE TABLE reply (
        id INTEGER PRIMARY KEY,
        fingerprint TEXT NOT NULL REFERENCES issue(fingerprint),
        day TEXT NOT NULL,
        state TEXT NOT NULL,     -- done | under_way | disputed
        measure TEXT NOT NULL,
        person TEXT NOT NULL,
        done_on TEXT,
        evidence TEXT NOT NULL,
        source TEXT NOT NULL     -- file, sheet and row of the returned workbook
    ) STRICT;
    CREATE INDEX reply_by_issue ON reply (fingerprint, id);

    CREATE TABLE waiver (
        fingerprint TEXT PRIMARY KEY,
        reason TEXT NOT NULL,
        approved_by TEXT NOT NULL,
        until TEXT NOT NULL,     -- the last day it holds
        granted_on TEXT NOT NULL,
        source TEXT NOT NULL     -- ledger | county
    ) STRICT, WITHOUT ROWID;
    """,
    """
    -- whose ledger this is: keys of children made with another salt would close everything
    CREATE TABLE identity (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        county TEXT NOT NULL,
        seal TEXT NOT NULL
    ) STRICT;

    -- what else a child is known by (salted hashes): a corrected ID number makes no new child of it
    CREATE TABLE known_as (
        child_key TEXT NOT NULL,
        alias TEXT NOT NULL,
        PRIMARY KEY (child_key, alias)
    ) STRICT, WITHOUT ROWID;

    -- fingerprints under which an issue came back after its child's key had changed
    CREATE TABLE renumbered (
        fingerprint TEXT PRIMARY KEY,
        issue TEXT NOT NULL REFERENCES issue(fingerprint)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE issue ADD COLUMN responsible_township TEXT; -- tells villages of one name apart
    ALTER TABLE issue ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0; -- to be looked into the same day
    ALTER TABLE issue ADD COLUMN child_gone INTEGER NOT NULL DEFAULT 0; -- closed, the child being on no list

    -- "field": a column without which the issue cannot be called gone; "" for the file as such
    ALTER TABLE standing RENAME TO standing_1;
    CREATE TABLE standing (
        fingerprint TEXT NOT NULL REFERENCES issue(fingerprint),
        unit TEXT NOT NULL,
        kind TEXT NOT NULL,
        field TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (fingerprint, unit, kind, field)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO standing (fingerprint, unit, kind)
        SELECT fingerprint,
            CASE WHEN kind = 'village_book' AND township <> standing_1.unit
                THEN township || '/' || standing_1.unit ELSE standing_1.unit END,
            kind
        FROM standing_1 JOIN issue USING (fingerprint);
    DROP TABLE standing_1;

    -- the name of each issue's unit, with its township where two units share the name
    CREATE VIEW labelled AS
        WITH shared AS (
            SELECT responsible_level, responsible_unit FROM issue
            GROUP BY responsible_level, responsible_unit
            HAVING count(DISTINCT coalesce(responsible_township, '')) > 1
        )
        SELECT fingerprint,
            CASE WHEN (responsible_level, responsible_unit) IN (SELECT * FROM shared)
                THEN coalesce(responsible_township, '') || responsible_unit
                ELSE responsible_unit END AS label
        FROM issue;
    """,
    """
    ALTER TABLE issue ADD COLUMN number TEXT; -- what people say of it: unit, month, running number
    ALTER TABLE issue ADD COLUMN follows TEXT; -- the issue it came from when last seen
    UPDATE issue SET number = given.number FROM (
        SELECT fingerprint, printf('%s-%s-%03d', unit, month, row_number() OVER (
            PARTITION BY unit, month ORDER BY first_audit, severity DESC, fingerprint)) AS number
        FROM (
            SELECT fingerprint, first_audit, severity, coalesce(nullif(label, ''), '单位不明') AS unit,
                substr(as_of, 3, 2) || substr(as_of, 6, 2) AS month
            FROM issue JOIN labelled USING (fingerprint) JOIN audit ON audit.id = first_audit)
    ) AS given WHERE given.fingerprint = issue.fingerprint;
    CREATE UNIQUE INDEX issue_by_number ON issue (number);
    """,
)
APPLICATION = 0x4C425401
"""``PRAGMA application_id``: the mark of a ledger."""
VERSION = len(MIGRATIONS)
