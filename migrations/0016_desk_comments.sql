-- What an expert writes while the desk review is open: comments on answers, and notes for nobody else. It is kept out of the record
-- of the review, so that nobody can tell from counts, times or order whether and on what another expert writes. Handed in, comments
-- become writings of the review and stand there; the rows stay as they were.
CREATE TABLE desk_comment (
    id             uuid        PRIMARY KEY,
    programme_id   uuid        NOT NULL REFERENCES programme,
    review_id      uuid        NOT NULL REFERENCES review,
    author         uuid        NOT NULL REFERENCES person,
    item           text        NOT NULL,
    kind           text        NOT NULL CHECK (kind IN ('question', 'observation', 'good_practice', 'recommendation', 'no_comment', 'note')),
    text           text        NOT NULL,
    answer_version integer     NOT NULL CHECK (answer_version >= 0), -- the version of the answer it was written on
    version        integer     NOT NULL CHECK (version > 0),
    written_at     timestamptz NOT NULL,
    removed_at     timestamptz
);
CREATE INDEX desk_comment_of_author ON desk_comment (review_id, author) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX desk_comment_one_note ON desk_comment (review_id, author, item) WHERE removed_at IS NULL AND kind = 'note';
CREATE UNIQUE INDEX desk_comment_one_no_comment ON desk_comment (review_id, author, item) WHERE removed_at IS NULL AND kind = 'no_comment';
CALL app.protect('desk_comment', 'SELECT, INSERT, UPDATE');
