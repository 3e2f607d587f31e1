-- A review that goes on without reviewing States gives their places back.
ALTER TABLE reviewer_seat DROP CONSTRAINT reviewer_seat_cause_check;
ALTER TABLE reviewer_seat ADD CONSTRAINT reviewer_seat_cause_check CHECK (cause IN ('redraw', 'declined', 'variant'));
