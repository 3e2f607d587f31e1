-- A reviewing State invites an expert. The letter holds a secret that opens the invitation without an account; only its SHA-256 is
-- kept. What the person answers stands here, who was invited by which State in the record of the review as ids.
CREATE TABLE invitation (
    id           uuid        PRIMARY KEY,
    programme_id uuid        NOT NULL REFERENCES programme,
    review_id    uuid        NOT NULL REFERENCES review,
    state        text        NOT NULL REFERENCES state (iso3),
    person_id    uuid        NOT NULL REFERENCES person,
    reserve      boolean     NOT NULL, -- steps in when an expert is late or leaves
    token_hash   bytea       NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    invited_at   timestamptz NOT NULL,
    invited_by   uuid        NOT NULL REFERENCES person,
    outcome      text        CHECK (outcome IN ('accepted', 'declined', 'withdrawn')),
    closed_at    timestamptz,
    reason       text        NOT NULL DEFAULT '',
    suggestion   text        NOT NULL DEFAULT '',
    CHECK ((outcome IS NULL) = (closed_at IS NULL)),
    CHECK (outcome IS NOT DISTINCT FROM 'declined' OR (reason = '' AND suggestion = ''))
);
CREATE INDEX invitation_of_review ON invitation (review_id, invited_at);
-- Whoever opens the link is in no programme yet: the worker finds the programme by the secret.
CALL app.protect('invitation', 'SELECT, INSERT, UPDATE', 'SELECT');
