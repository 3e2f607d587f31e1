-- Whether the clock of whoever a deadline waits for stands: then its day is none, and lists do not call it late. A review whose clock stood
-- before is shown by its old day until it moves next.
ALTER TABLE deadline ADD COLUMN stands boolean NOT NULL DEFAULT false;
