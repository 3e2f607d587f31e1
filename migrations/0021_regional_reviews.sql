-- The States that take part in a regional or subregional review, beside the one that leads it. They stand from the launch.
CREATE TABLE review_participant (
    review_id    uuid NOT NULL REFERENCES review DEFERRABLE INITIALLY DEFERRED,
    state        text NOT NULL REFERENCES state (iso3),
    programme_id uuid NOT NULL REFERENCES programme,
    PRIMARY KEY (review_id, state)
);
CREATE INDEX review_participant_of_state ON review_participant (programme_id, state);
-- The worker reads them to load a review.
CALL app.protect('review_participant', 'SELECT, INSERT', 'SELECT');
