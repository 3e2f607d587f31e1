-- The coordinator invites a stakeholder to contribute to one review. The letter holds a secret that opens the invitation without an
-- account; only its SHA-256 is kept. Who was invited stands in the record of the review as ids.
CREATE TABLE stakeholder_invitation (
    id           uuid        PRIMARY KEY,
    programme_id uuid        NOT NULL REFERENCES programme,
    review_id    uuid        NOT NULL REFERENCES review,
    person_id    uuid        NOT NULL REFERENCES person,
    organisation text        NOT NULL CHECK (organisation <> ''),
    family       text        NOT NULL CHECK (family IN ('industry', 'academia', 'civil_society')),
    token_hash   bytea       NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    invited_at   timestamptz NOT NULL,
    invited_by   uuid        NOT NULL REFERENCES person,
    outcome      text        CHECK (outcome IN ('accepted', 'declined', 'withdrawn')),
    closed_at    timestamptz,
    CHECK ((outcome IS NULL) = (closed_at IS NULL))
);
CREATE INDEX stakeholder_invitation_of_review ON stakeholder_invitation (review_id, invited_at);
-- Whoever opens the link is in no programme yet: the worker finds the programme by the secret.
CALL app.protect('stakeholder_invitation', 'SELECT, INSERT, UPDATE', 'SELECT');

-- What a stakeholder writes before handing it in: nobody else reads it, and nothing of it enters the record of the review. Handed in,
-- it becomes a writing of the review and stands there; the row stays as it was.
CREATE TABLE contribution_draft (
    id           uuid        PRIMARY KEY, -- of the contribution, too, once it is handed in
    programme_id uuid        NOT NULL REFERENCES programme,
    review_id    uuid        NOT NULL REFERENCES review,
    author       uuid        NOT NULL REFERENCES person,
    item         text,                    -- null: about the strategy as a whole
    text         text        NOT NULL,
    may_publish  boolean     NOT NULL,
    version      integer     NOT NULL CHECK (version > 0),
    written_at   timestamptz NOT NULL,
    closed_at    timestamptz              -- handed in, or taken back
);
CREATE INDEX contribution_draft_of_author ON contribution_draft (review_id, author) WHERE closed_at IS NULL;
CALL app.protect('contribution_draft', 'SELECT, INSERT, UPDATE');
