-- The one norm, pillar or group a review is about alone; null where it is about the whole framework. Lists name reviews by it.
ALTER TABLE review ADD COLUMN theme text;
