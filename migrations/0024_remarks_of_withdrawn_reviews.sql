-- What the reviewers said to each other under their comments never reaches the State: thirty days after a withdrawal it is erased, whether or
-- not the comments were handed over. The rest as before.
CREATE OR REPLACE FUNCTION app.erase_notes(withdrawn uuid, comments text, consolidation text, handed_over boolean) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    gone bigint;
    rewritten bigint := 0;
    remarks bigint;
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
    UPDATE writing SET content = '{"items":[],"text":""}', salt = decode(repeat('00', 32), 'hex'), erased_at = app.clock()
    WHERE review_id = withdrawn AND kind = 'comment_remark' AND erased_at IS NULL;
    GET DIAGNOSTICS remarks = ROW_COUNT;
    RETURN gone + rewritten + remarks;
END $$;
