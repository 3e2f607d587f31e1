-- Thirty days after a withdrawal the notes and comments of the reviewers are erased. What was not handed in goes as rows. What was handed in
-- and never reached the State stays as the row the record commits to, without its text and salt: nobody can tell any more what it said.
ALTER TABLE writing ADD COLUMN erased_at timestamptz;

-- Nobody else rewrites a text, so this is no right on the table.
CREATE FUNCTION app.erase_notes(withdrawn uuid, comments text, consolidation text, handed_over boolean) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    gone bigint;
    rewritten bigint := 0;
BEGIN
    IF NOT EXISTS (SELECT FROM review r WHERE r.id = withdrawn AND r.status = 'withdrawn' AND r.ended_at <= app.clock() - interval '30 days') THEN
        RAISE EXCEPTION 'Review % was not withdrawn thirty days ago.', withdrawn USING ERRCODE = 'PR004';
    END IF;
    DELETE FROM desk_comment WHERE review_id = withdrawn;
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF NOT handed_over THEN
        UPDATE writing SET content = CASE kind WHEN 'comments' THEN comments ELSE consolidation END,
                           salt = decode(repeat('00', 32), 'hex'), erased_at = app.clock()
        WHERE review_id = withdrawn AND kind IN ('comments', 'consolidation') AND erased_at IS NULL;
        GET DIAGNOSTICS rewritten = ROW_COUNT;
    END IF;
    RETURN gone + rewritten;
END $$;
REVOKE EXECUTE ON FUNCTION app.erase_notes(uuid, text, text, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.erase_notes(uuid, text, text, boolean) TO pr_app;

-- The worker sees where there is something to erase, and the check that nothing is left.
GRANT SELECT (review_id) ON desk_comment TO pr_worker;
CREATE POLICY every_programme ON desk_comment TO pr_worker USING (true);
CREATE INDEX review_withdrawn ON review (ended_at) WHERE status = 'withdrawn';
