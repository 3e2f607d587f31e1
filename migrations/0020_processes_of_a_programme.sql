-- Whether a definition is a programme's own: then it is for that programme's people, not for everybody.
ALTER TABLE definition ADD COLUMN own boolean NOT NULL DEFAULT false;

-- A programme offers processes of its own beside the one that comes with the program. What was published stays published: reviews pin it.
CREATE TABLE process_publication (
    programme_id uuid        NOT NULL REFERENCES programme,
    kind         text        NOT NULL DEFAULT 'process' CHECK (kind = 'process'),
    id           text        NOT NULL,
    version      integer     NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (programme_id, id, version),
    FOREIGN KEY (kind, id, version) REFERENCES definition (kind, id, version)
);
CREATE TRIGGER process_publication_immutable BEFORE UPDATE OR DELETE ON process_publication
    FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CALL app.protect('process_publication', 'SELECT, INSERT', 'SELECT');

-- The texts of a definition in other languages. They are not part of what is pinned: a corrected translation is the next revision.
CREATE TABLE definition_text (
    kind         text        NOT NULL,
    id           text        NOT NULL,
    version      integer     NOT NULL,
    language     text        NOT NULL CHECK (language ~ '^[a-z]{2}$'),
    revision     integer     NOT NULL CHECK (revision > 0),
    source       text        NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (kind, id, version, language, revision),
    FOREIGN KEY (kind, id, version) REFERENCES definition (kind, id, version)
);
CREATE TRIGGER definition_text_immutable BEFORE UPDATE OR DELETE ON definition_text
    FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
GRANT SELECT, INSERT ON definition_text TO pr_app;
GRANT SELECT ON definition_text TO pr_worker;

-- A process may have its reviewing States known when a review is launched: their rows are written before that of the review.
ALTER TABLE reviewer_seat ALTER CONSTRAINT reviewer_seat_review_id_fkey DEFERRABLE INITIALLY DEFERRED;
