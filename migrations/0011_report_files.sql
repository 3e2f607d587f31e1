-- The files of a published edition: one row a format, made by the outbox. A file that is ready never changes.
CREATE TABLE report_file (
    slug         text        NOT NULL,
    edition      integer     NOT NULL,
    format       text        NOT NULL CHECK (format IN ('pdf', 'docx')),
    programme_id uuid        NOT NULL REFERENCES programme,
    state        text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'ready', 'failed')),
    -- Why the last attempt failed, as a code; the interface has its words.
    why          text,
    content      bytea,
    size         integer,    -- bytes
    sha256       text        CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    made_at      timestamptz,
    PRIMARY KEY (slug, edition, format),
    FOREIGN KEY (slug, edition) REFERENCES publication,
    CONSTRAINT ready_with_content CHECK (num_nonnulls(content, size, sha256, made_at) = CASE state WHEN 'ready' THEN 4 ELSE 0 END),
    CONSTRAINT failed_for_a_reason CHECK ((state = 'failed') = (why IS NOT NULL))
);
-- Both formats are compressed already.
ALTER TABLE report_file ALTER COLUMN content SET STORAGE EXTERNAL;
CALL app.protect('report_file', 'SELECT, INSERT', 'SELECT, UPDATE');
CREATE TRIGGER report_file_ready_stays BEFORE UPDATE OR DELETE ON report_file
    FOR EACH ROW WHEN (OLD.state = 'ready') EXECUTE FUNCTION app.refuse_change();

-- Editions that are published already get their files like new ones.
ALTER TABLE publication NO FORCE ROW LEVEL SECURITY;
ALTER TABLE report_file NO FORCE ROW LEVEL SECURITY;
ALTER TABLE outbox NO FORCE ROW LEVEL SECURITY;
INSERT INTO report_file (slug, edition, format, programme_id)
SELECT p.slug, p.edition, f.format, p.programme_id
FROM publication p CROSS JOIN (VALUES ('pdf'), ('docx')) AS f (format);
INSERT INTO outbox (programme_id, review_id, topic, key, body, written_at, available_at)
SELECT p.programme_id, p.review_id, 'report-' || f.format, 'report:' || f.slug || ':' || f.edition || ':' || f.format,
       json_build_object('slug', f.slug, 'edition', f.edition)::text, app.clock(), clock_timestamp()
FROM report_file f JOIN publication p USING (slug, edition);
ALTER TABLE publication FORCE ROW LEVEL SECURITY;
ALTER TABLE report_file FORCE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
