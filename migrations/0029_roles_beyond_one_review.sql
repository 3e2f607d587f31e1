-- Somebody with a role in thousands of reviews is recognised, and finds the newest of them, without all of them being read:
-- by what the role is, and by the review, whose ids are made in the order of launching. The few roles in no review are found among
-- themselves.
DROP INDEX role_grant_of_person;
CREATE INDEX role_grant_of_person ON role_grant (person_id, programme_id, role, review_id) WHERE ended_at IS NULL;
CREATE INDEX role_grant_in_reviews ON role_grant (person_id, review_id) INCLUDE (programme_id) WHERE ended_at IS NULL AND review_id IS NOT NULL;
CREATE INDEX role_grant_in_programmes ON role_grant (person_id, programme_id, role) INCLUDE (state) WHERE ended_at IS NULL AND review_id IS NULL;

-- What is late in one stage is found without reading what is due in all of them.
CREATE INDEX deadline_of_stage ON deadline (stage, due_at);
