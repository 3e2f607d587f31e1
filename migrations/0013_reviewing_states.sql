-- Which States are ready to review others in a programme, by note verbale, and what stands between two of them.
CREATE TABLE pool_state (
    programme_id   uuid        NOT NULL REFERENCES programme,
    state          text        NOT NULL REFERENCES state (iso3),
    version        integer     NOT NULL CHECK (version > 0),
    opted_in       boolean     NOT NULL,
    deferred_until date        CHECK (opted_in OR deferred_until IS NULL),
    note_id        uuid        REFERENCES note_verbale, -- by which it said so
    changed_at     timestamptz NOT NULL,
    changed_by     uuid        NOT NULL REFERENCES person,
    PRIMARY KEY (programme_id, state)
);
CALL app.protect('pool_state', 'SELECT, INSERT, UPDATE');

-- A conflict is declared by one State and bars both ways. Ended, never deleted.
CREATE TABLE state_conflict (
    id           uuid        PRIMARY KEY,
    programme_id uuid        NOT NULL REFERENCES programme,
    state        text        NOT NULL REFERENCES state (iso3),
    other        text        NOT NULL REFERENCES state (iso3) CHECK (other <> state),
    declared_at  timestamptz NOT NULL,
    declared_by  uuid        NOT NULL REFERENCES person,
    ended_at     timestamptz,
    ended_by     uuid        REFERENCES person
);
CREATE UNIQUE INDEX state_conflict_once ON state_conflict (programme_id, state, other) WHERE ended_at IS NULL;
CALL app.protect('state_conflict', 'SELECT, INSERT, UPDATE');
