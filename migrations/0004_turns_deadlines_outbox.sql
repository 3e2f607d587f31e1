-- What waits for whom: one row per open stage, branch and person who may act on it. Written with the move that opened it.
CREATE TABLE task (
    review_id    uuid        NOT NULL REFERENCES review DEFERRABLE INITIALLY DEFERRED,
    stage        text        NOT NULL,
    branch       text        NOT NULL DEFAULT '',
    person_id    uuid        NOT NULL REFERENCES person,
    role         text        NOT NULL,
    programme_id uuid        NOT NULL REFERENCES programme,
    due_at       timestamptz,
    PRIMARY KEY (review_id, stage, branch, person_id, role)
);
CREATE INDEX task_of_person ON task (person_id, due_at NULLS LAST, review_id);

-- Open deadlines. day and zone are the rule, due_at is derived: 23:59:59 of that day there.
CREATE TABLE deadline (
    review_id    uuid        NOT NULL REFERENCES review DEFERRABLE INITIALLY DEFERRED,
    stage        text        NOT NULL,
    branch       text        NOT NULL DEFAULT '',
    programme_id uuid        NOT NULL REFERENCES programme,
    day          date        NOT NULL,
    zone         text        NOT NULL,
    due_at       timestamptz NOT NULL,
    roles        text        NOT NULL,
    PRIMARY KEY (review_id, stage, branch)
);
CREATE INDEX deadline_due ON deadline (programme_id, due_at);

-- One row per deadline, step, recipient and occurrence: the key. Waiting rows follow their deadline when it moves.
CREATE TABLE reminder (
    key          text        PRIMARY KEY,
    review_id    uuid        NOT NULL REFERENCES review DEFERRABLE INITIALLY DEFERRED,
    programme_id uuid        NOT NULL REFERENCES programme,
    person_id    uuid        NOT NULL REFERENCES person,
    stage        text        NOT NULL,
    branch       text        NOT NULL DEFAULT '',
    step         text        NOT NULL,
    letter       text        NOT NULL,
    deadline_day date        NOT NULL,
    day          date        NOT NULL,
    zone         text        NOT NULL,
    due_at       timestamptz NOT NULL,
    at_once      boolean     NOT NULL,
    settled_at   timestamptz,
    outcome      text        CHECK (outcome IN ('sent', 'skipped', 'overtaken')),
    why          text,
    outbox_key   text,
    CONSTRAINT settled_with_outcome CHECK ((settled_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX reminder_waiting ON reminder (due_at, person_id) WHERE settled_at IS NULL;
CREATE INDEX reminder_of_review ON reminder (review_id) WHERE settled_at IS NULL;
CREATE INDEX reminder_of_person ON reminder (person_id, due_at) WHERE settled_at IS NULL;

-- Everything that leaves the database. At least once; whoever must not act twice looks at the key.
CREATE TABLE outbox (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    programme_id uuid        REFERENCES programme,
    review_id    uuid,
    person_id    uuid        REFERENCES person,
    topic        text        NOT NULL,
    key          text        NOT NULL UNIQUE,
    body         text        NOT NULL,
    written_at   timestamptz NOT NULL,
    available_at timestamptz NOT NULL,
    attempts     integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    fence        bigint      NOT NULL DEFAULT 0,
    leased_until timestamptz,
    last_error   text,
    uncertain    boolean     NOT NULL DEFAULT false,
    delivered_at timestamptz,
    given_up_at  timestamptz,
    CONSTRAINT delivered_or_given_up CHECK (delivered_at IS NULL OR given_up_at IS NULL)
);
CREATE INDEX outbox_waiting ON outbox (available_at, id) WHERE delivered_at IS NULL AND given_up_at IS NULL;
CREATE INDEX outbox_given_up ON outbox (given_up_at) WHERE given_up_at IS NOT NULL;

-- The same request twice is answered alike. Kept for a day of real time.
CREATE TABLE idempotency (
    person_id  uuid        NOT NULL REFERENCES person,
    key        text        NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    request    text        NOT NULL,
    answer     text        NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (person_id, key)
);
CREATE INDEX idempotency_old ON idempotency (at);

-- Published reports: permanent addresses. A later edition replaces none: it gets the next number.
CREATE TABLE publication (
    slug         text        NOT NULL,
    edition      integer     NOT NULL CHECK (edition > 0),
    review_id    uuid        NOT NULL REFERENCES review,
    programme_id uuid        NOT NULL REFERENCES programme,
    language     text        NOT NULL,
    report       text        NOT NULL,
    sha256       text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    published_at timestamptz NOT NULL,
    PRIMARY KEY (slug, edition)
);
CREATE INDEX publication_newest ON publication (published_at DESC, slug);

-- The root over all review heads of a day, so that a whole database can be held to what it once said.
CREATE TABLE day_anchor (
    day     date        PRIMARY KEY,
    root    bytea       NOT NULL CHECK (length(root) = 32),
    reviews integer     NOT NULL,
    made_at timestamptz NOT NULL
);

CALL app.protect('task', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT');
CALL app.protect('deadline', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT');
CALL app.protect('reminder', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT, UPDATE');
CALL app.protect('publication', 'SELECT, INSERT', 'SELECT');

-- The outbox also carries letters of no programme (sign-in), so its policy lets those through.
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY own_programmes ON outbox TO pr_app, pr_owner
    USING (programme_id IS NULL OR programme_id = ANY ((SELECT app.programmes())::uuid[]));
CREATE POLICY every_programme ON outbox TO pr_worker USING (true);
GRANT SELECT, INSERT ON outbox TO pr_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO pr_worker;

GRANT SELECT, INSERT ON idempotency TO pr_app;
GRANT SELECT, DELETE ON idempotency TO pr_worker;
GRANT SELECT, INSERT ON day_anchor TO pr_worker;
GRANT SELECT ON day_anchor TO pr_app;

-- Room for the tables of the clustered scheduler. It makes them itself, as pr_worker, when a program starts: their shape
-- belongs to the scheduler and changes with its version, and they hold rhythm only, nothing of a programme.
CREATE SCHEMA scheduler;
GRANT USAGE, CREATE ON SCHEMA scheduler TO pr_worker;
