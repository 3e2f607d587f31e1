-- One version wrote into the row of a review who still contributes to it, which is worked out from what else stands there. `check` compares rows
-- with their events letter by letter.
UPDATE review SET dossier = regexp_replace(dossier, ',"contributing":\[[^]]*\]', '') WHERE dossier LIKE '%,"contributing":[%';
