-- A request is identified before it is known which programmes it may touch: a person finds their own roles everywhere.
-- The setting lives in the one transaction that identifies and nowhere else.
CREATE FUNCTION app.person() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.person', true), '')::uuid;
GRANT EXECUTE ON FUNCTION app.person() TO pr_app, pr_worker;

CREATE POLICY own_grants ON role_grant FOR SELECT TO pr_app USING (person_id = (SELECT app.person()));
