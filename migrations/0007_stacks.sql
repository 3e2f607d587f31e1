-- The stack a database runs on is remembered from now on. Reviews that are there already were moved by the embedded one.
ALTER TABLE review NO FORCE ROW LEVEL SECURITY;
INSERT INTO app.setting (key, value) SELECT 'stack', 'embedded' WHERE EXISTS (SELECT FROM review);
ALTER TABLE review FORCE ROW LEVEL SECURITY;

-- What went wrong between an engine and the events of a review. Written outside the command's transaction, which may have
-- been rolled back: so it names the review without pointing at it. Real time.
CREATE TABLE engine_incident (
    id           uuid        PRIMARY KEY,
    programme_id uuid        NOT NULL REFERENCES programme,
    review_id    uuid        NOT NULL,
    at           timestamptz NOT NULL,
    engine       text        NOT NULL,
    kind         text        NOT NULL CHECK (kind IN ('rebuilt', 'mismatch', 'fault')),
    signal       text        NOT NULL,
    detail       text        NOT NULL
);
CREATE INDEX engine_incident_newest ON engine_incident (at DESC);
CALL app.protect('engine_incident', 'INSERT', 'SELECT');
