-- Definitions are immutable once published: a review pins one and must find the same bytes years later.
CREATE TABLE definition (
    kind         text        NOT NULL CHECK (kind IN ('process', 'framework')),
    id           text        NOT NULL,
    version      integer     NOT NULL CHECK (version > 0),
    hash         text        NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
    source       text        NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (kind, id, version)
);

CREATE FUNCTION app.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'PR003';
END $$;

CREATE TRIGGER definition_immutable BEFORE UPDATE OR DELETE ON definition
    FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

-- The review row is the lock of everything that happens to a review. state and dossier are folds of its events.
CREATE TABLE review (
    id              uuid        PRIMARY KEY,
    programme_id    uuid        NOT NULL REFERENCES programme,
    subject_kind    text        NOT NULL CHECK (subject_kind IN ('national', 'regional', 'subregional')),
    subject_state   text        NOT NULL REFERENCES state (iso3),
    process_kind    text        NOT NULL DEFAULT 'process' CHECK (process_kind = 'process'),
    process_id      text        NOT NULL,
    process_version integer     NOT NULL,
    framework_kind  text        NOT NULL DEFAULT 'framework' CHECK (framework_kind = 'framework'),
    framework_id    text        NOT NULL,
    framework_version integer   NOT NULL,
    variant         text        NOT NULL,
    status          text        NOT NULL
        CHECK (status IN ('running', 'deferred', 'suspended', 'withdrawn', 'closed')),
    launched_at     timestamptz NOT NULL,
    ended_at        timestamptz,
    register_consent boolean    NOT NULL,
    next_due_at     timestamptz,
    turn            text        NOT NULL DEFAULT '',
    sequence        integer     NOT NULL CHECK (sequence >= 0),
    head            bytea       NOT NULL CHECK (length(head) = 32),
    state           text        NOT NULL,
    engine_state    text        NOT NULL DEFAULT '',
    dossier         text        NOT NULL,
    FOREIGN KEY (process_kind, process_id, process_version) REFERENCES definition (kind, id, version),
    FOREIGN KEY (framework_kind, framework_id, framework_version) REFERENCES definition (kind, id, version)
);
CREATE INDEX review_of_programme ON review (programme_id, launched_at DESC, id);
CREATE INDEX review_of_subject ON review (subject_state, launched_at DESC);
CREATE INDEX review_due ON review (programme_id, next_due_at, id) WHERE status = 'running';
CREATE INDEX review_register ON review (launched_at DESC, id) WHERE register_consent;

ALTER TABLE role_grant ADD CONSTRAINT role_grant_review FOREIGN KEY (review_id) REFERENCES review DEFERRABLE INITIALLY DEFERRED;

-- The ledger. chain = H(previous, envelope, H(salt, body)); the layout is Core/Ledger's.
CREATE TABLE event (
    review_id    uuid        NOT NULL REFERENCES review DEFERRABLE INITIALLY DEFERRED,
    sequence     integer     NOT NULL CHECK (sequence > 0),
    programme_id uuid        NOT NULL REFERENCES programme,
    at           timestamptz NOT NULL,
    kind         text        NOT NULL,
    body         text        NOT NULL,
    salt         bytea       NOT NULL CHECK (length(salt) = 32),
    chain        bytea       NOT NULL CHECK (length(chain) = 32),
    PRIMARY KEY (review_id, sequence)
);
CREATE TRIGGER event_immutable BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

-- Everything a person types, one row per version, never overwritten. The salt commits the text in the ledger.
CREATE TABLE writing (
    review_id    uuid        NOT NULL REFERENCES review DEFERRABLE INITIALLY DEFERRED,
    kind         text        NOT NULL,
    key          text        NOT NULL,
    version      integer     NOT NULL CHECK (version > 0),
    programme_id uuid        NOT NULL REFERENCES programme,
    content      text        NOT NULL,
    label        text        NOT NULL CHECK (label IN ('RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR')),
    language     text        NOT NULL,
    author       uuid        NOT NULL REFERENCES person,
    at           timestamptz NOT NULL,
    salt         bytea       NOT NULL CHECK (length(salt) = 32),
    PRIMARY KEY (review_id, kind, key, version)
);

-- Which version stands. Withdrawn things keep their versions.
CREATE TABLE writing_head (
    review_id    uuid        NOT NULL REFERENCES review DEFERRABLE INITIALLY DEFERRED,
    kind         text        NOT NULL,
    key          text        NOT NULL,
    programme_id uuid        NOT NULL REFERENCES programme,
    version      integer     NOT NULL CHECK (version > 0),
    withdrawn    boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (review_id, kind, key)
);

-- Files: evidence, letters, signed pages. The content is erased apart from the row that tells of it.
CREATE TABLE file (
    id           uuid        PRIMARY KEY,
    programme_id uuid        NOT NULL REFERENCES programme,
    review_id    uuid        REFERENCES review DEFERRABLE INITIALLY DEFERRED,
    item         text,
    name         text        NOT NULL CHECK (name <> ''),
    media_type   text        NOT NULL,
    size         integer     NOT NULL CHECK (size > 0),
    sha256       text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    label        text        NOT NULL CHECK (label IN ('RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR')),
    uploaded_by  uuid        NOT NULL REFERENCES person,
    uploaded_at  timestamptz NOT NULL,
    removed_at   timestamptz
);
CREATE INDEX file_of_review ON file (review_id, item) WHERE removed_at IS NULL;

CREATE TABLE file_content (
    file_id      uuid  PRIMARY KEY REFERENCES file,
    programme_id uuid  NOT NULL REFERENCES programme,
    content      bytea NOT NULL
);

GRANT SELECT, INSERT ON definition TO pr_app;
GRANT SELECT ON definition TO pr_worker;
GRANT EXECUTE ON FUNCTION app.refuse_change() TO pr_app, pr_worker;
CALL app.protect('review', 'SELECT, INSERT, UPDATE', 'SELECT');
CALL app.protect('event', 'SELECT, INSERT', 'SELECT');
CALL app.protect('writing', 'SELECT, INSERT', 'SELECT');
CALL app.protect('writing_head', 'SELECT, INSERT, UPDATE', 'SELECT');
CALL app.protect('file', 'SELECT, INSERT, UPDATE');
CALL app.protect('file_content', 'SELECT, INSERT, DELETE');
