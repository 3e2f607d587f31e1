-- What somebody typed into a form of a page and has not saved: for themselves alone, and no part of any review.
CREATE TABLE draft (
    person_id uuid        NOT NULL REFERENCES person,
    page      text        NOT NULL CHECK (page LIKE '/%' AND length(page) <= 300),
    part      text        NOT NULL CHECK (length(part) <= 100), -- which form of the page; empty where there is one
    fields    json        NOT NULL,                             -- name → values, as the browser sends them
    kept_at   timestamptz NOT NULL,
    PRIMARY KEY (person_id, page, part)
);
CREATE INDEX draft_by_age ON draft (kept_at);
ALTER TABLE draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft FORCE ROW LEVEL SECURITY;
CREATE POLICY own_drafts ON draft TO pr_app USING (person_id = (SELECT app.person()));
GRANT SELECT, INSERT, UPDATE, DELETE ON draft TO pr_app;
CREATE POLICY every_draft ON draft TO pr_worker USING (true);
GRANT SELECT, DELETE ON draft TO pr_worker;
