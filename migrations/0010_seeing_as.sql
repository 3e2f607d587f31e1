-- A session may look on one review with the eyes of somebody else. It ends with the session.
ALTER TABLE session
    ADD COLUMN seeing_review    uuid,
    ADD COLUMN seeing_programme uuid,
    ADD COLUMN seeing_subject   text,
    ADD COLUMN seeing_role      text,
    ADD CONSTRAINT seeing_whole CHECK ((seeing_review IS NULL) = (seeing_role IS NULL) AND (seeing_review IS NULL) = (seeing_programme IS NULL));
