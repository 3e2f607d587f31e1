-- The head coordinator can put another State in the place of one that cannot go on, or does not (process B.3).
ALTER TABLE reviewer_seat DROP CONSTRAINT reviewer_seat_cause_check;
ALTER TABLE reviewer_seat ADD CONSTRAINT reviewer_seat_cause_check CHECK (cause IN ('redraw', 'declined', 'variant', 'silent', 'unable'));
