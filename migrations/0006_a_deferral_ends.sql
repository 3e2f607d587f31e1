-- A deferred review goes on by itself: when, is found without reading every review.
ALTER TABLE review
    ADD COLUMN resumes_at timestamptz,
    ADD CONSTRAINT only_a_deferred_review_resumes CHECK (resumes_at IS NULL OR status = 'deferred');
CREATE INDEX review_resumes ON review (resumes_at, id) WHERE resumes_at IS NOT NULL;
