-- A State that does not nominate can leave its place to another (process B.2).
ALTER TABLE reviewer_seat DROP CONSTRAINT reviewer_seat_cause_check;
ALTER TABLE reviewer_seat ADD CONSTRAINT reviewer_seat_cause_check CHECK (cause IN ('redraw', 'declined', 'variant', 'silent'));
