-- Whether the report of a review is out is asked for every review a person has on the first page, and by the register.
CREATE INDEX publication_of_review ON publication (review_id, edition DESC);
