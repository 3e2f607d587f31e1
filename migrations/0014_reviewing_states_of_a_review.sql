-- Which State reviews which: the places of each review, so that who served how often and who reviewed whom can be asked of the
-- programme as a whole. Ended, never deleted.
CREATE TABLE reviewer_seat (
    review_id     uuid        NOT NULL REFERENCES review,
    state         text        NOT NULL REFERENCES state (iso3),
    programme_id  uuid        NOT NULL REFERENCES programme,
    subject_state text        NOT NULL REFERENCES state (iso3),
    slot          text        NOT NULL,
    named_at      timestamptz NOT NULL,
    declined_at   timestamptz, -- gave its service back, whether or not the place is taken again
    ended_at      timestamptz,
    cause         text        CHECK (cause IN ('redraw', 'declined')),
    PRIMARY KEY (review_id, state),
    CHECK (state <> subject_state),
    CHECK ((ended_at IS NULL) = (cause IS NULL))
);
CREATE INDEX reviewer_seat_of_programme ON reviewer_seat (programme_id, named_at) WHERE ended_at IS NULL;
-- The worker reads them to check that they stand as the reviews say.
CALL app.protect('reviewer_seat', 'SELECT, INSERT, UPDATE', 'SELECT');
