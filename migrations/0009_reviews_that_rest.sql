-- Reviews that do not run are few beside those that do; the board counts them without reading the others.
CREATE INDEX review_resting ON review (programme_id, status, id) WHERE status IN ('deferred', 'suspended');
