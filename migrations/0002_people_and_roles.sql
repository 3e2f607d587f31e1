-- Who there is, what they may do, and how they prove it. People stand above programmes: one account, many roles.
CREATE TABLE person (
    id         uuid        PRIMARY KEY,
    email      text        NOT NULL CHECK (email = lower(email) AND email LIKE '%_@_%'),
    name       text        NOT NULL CHECK (name <> ''),
    office     text        NOT NULL DEFAULT '',
    language   text        NOT NULL DEFAULT 'en' CHECK (language IN ('ar', 'zh', 'en', 'fr', 'ru', 'es')),
    time_zone  text        NOT NULL DEFAULT 'UTC',
    created_at timestamptz NOT NULL,
    closed_at  timestamptz,
    CONSTRAINT person_email UNIQUE (email)
);

-- A role of a person: in a programme, for a State in it, or in one review. Ended, never deleted.
CREATE TABLE role_grant (
    id           uuid        PRIMARY KEY,
    programme_id uuid        NOT NULL REFERENCES programme,
    person_id    uuid        NOT NULL REFERENCES person,
    role         text        NOT NULL,
    state        text        REFERENCES state (iso3),
    review_id    uuid,
    letter_id    uuid,
    granted_at   timestamptz NOT NULL,
    granted_by   uuid        REFERENCES person,
    ended_at     timestamptz
);

CREATE UNIQUE INDEX role_grant_once ON role_grant
    (programme_id, person_id, role, coalesce(state, ''), coalesce(review_id, '00000000-0000-0000-0000-000000000000'))
    WHERE ended_at IS NULL;
CREATE INDEX role_grant_of_person ON role_grant (person_id) WHERE ended_at IS NULL;
CREATE INDEX role_grant_of_review ON role_grant (review_id) WHERE ended_at IS NULL AND review_id IS NOT NULL;
CREATE INDEX role_grant_of_state ON role_grant (programme_id, role, state)
    WHERE ended_at IS NULL AND review_id IS NULL;

-- Secrets are kept as SHA-256 only. Real time, not business time, ends them.
CREATE TABLE sign_in_link (
    token_hash bytea       PRIMARY KEY CHECK (length(token_hash) = 32),
    person_id  uuid        NOT NULL REFERENCES person,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);

CREATE TABLE session (
    token_hash bytea       PRIMARY KEY CHECK (length(token_hash) = 32),
    person_id  uuid        NOT NULL REFERENCES person,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at   timestamptz
);
CREATE INDEX session_of_person ON session (person_id) WHERE ended_at IS NULL;

CREATE TABLE api_token (
    id         uuid        PRIMARY KEY,
    token_hash bytea       NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    person_id  uuid        NOT NULL REFERENCES person,
    name       text        NOT NULL CHECK (name <> ''),
    scope      text        NOT NULL CHECK (scope IN ('read', 'write')),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX api_token_of_person ON api_token (person_id) WHERE revoked_at IS NULL;

-- A State's permanent mission as a programme knows it, and the notes verbales it sent.
CREATE TABLE mission (
    programme_id  uuid        NOT NULL REFERENCES programme,
    state         text        NOT NULL REFERENCES state (iso3),
    email         text        NOT NULL,
    registered_at timestamptz NOT NULL,
    registered_by uuid        NOT NULL REFERENCES person,
    PRIMARY KEY (programme_id, state)
);

CREATE TABLE note_verbale (
    id           uuid        PRIMARY KEY,
    programme_id uuid        NOT NULL REFERENCES programme,
    state        text        NOT NULL REFERENCES state (iso3),
    number       text        NOT NULL CHECK (number <> ''),
    dated        date        NOT NULL,
    signatory    text        NOT NULL CHECK (signatory <> ''),
    file_id      uuid,
    recorded_at  timestamptz NOT NULL,
    recorded_by  uuid        NOT NULL REFERENCES person,
    CONSTRAINT note_verbale_once UNIQUE (programme_id, state, number)
);

-- People, sessions and tokens stand above programmes; who may read them is decided where a request is identified.
GRANT SELECT, INSERT, UPDATE ON person, sign_in_link, session, api_token TO pr_app, pr_worker;
GRANT DELETE ON sign_in_link, session TO pr_worker;
CALL app.protect('role_grant', 'SELECT, INSERT, UPDATE', 'SELECT');
CALL app.protect('mission', 'SELECT, INSERT, UPDATE');
CALL app.protect('note_verbale', 'SELECT, INSERT');
