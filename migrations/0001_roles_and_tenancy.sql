-- Roles, tenancy, the clock and the reference table of States.
--
-- Runs as the login of the migrator (a superuser, or a role that may create roles). Everything is owned by pr_owner, a
-- role nobody can log in as. Every later migration runs as pr_owner from its first statement on.

-- Roles belong to the whole cluster: other databases of it may hold them already, or create them at this very moment.
-- PUBLIC keeps no right anywhere: what pr_app and pr_worker may do is said table by table.
DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT * FROM (VALUES ('pr_owner', 'NOLOGIN'), ('pr_app', 'LOGIN'), ('pr_worker', 'LOGIN')) AS w (name, login)
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I %s NOINHERIT NOBYPASSRLS NOSUPERUSER NOCREATEDB NOCREATEROLE',
                               wanted.name, wanted.login);
            EXCEPTION
                WHEN duplicate_object OR unique_violation THEN NULL;
            END;
        END IF;
    END LOOP;
    IF NOT pg_has_role(current_user, 'pr_owner', 'MEMBER') THEN
        EXECUTE format('GRANT pr_owner TO %I', current_user);
    END IF;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO pr_app, pr_worker', current_database());
    EXECUTE format('GRANT CREATE ON DATABASE %I TO pr_owner', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO pr_owner;
GRANT USAGE ON SCHEMA public TO pr_app, pr_worker;
ALTER TABLE schema_migration OWNER TO pr_owner;

SET LOCAL ROLE pr_owner;

GRANT SELECT ON schema_migration TO pr_app, pr_worker;

CREATE SCHEMA app;
GRANT USAGE ON SCHEMA app TO pr_app, pr_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE pr_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Which programmes the transaction may touch. Policies call it as (SELECT app.programmes()), so that it runs once per
-- statement and not once per row. Nothing set means none.
CREATE FUNCTION app.programmes() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(nullif(current_setting('app.programmes', true), '')::uuid[], '{}'::uuid[]);
GRANT EXECUTE ON FUNCTION app.programmes() TO pr_app, pr_worker;

-- What every table with rows of a programme calls once, right after CREATE TABLE:
--     CALL app.protect('answer', 'SELECT, INSERT');
--     CALL app.protect('outbox', 'SELECT, INSERT', 'SELECT, UPDATE, DELETE');
-- The second argument is what the program may do within the programmes of its scope, the third (only where work is
-- claimed across programmes) what the worker may do everywhere. A migration that rewrites rows of every programme takes
-- FORCE off and puts it back on around its statement.
CREATE PROCEDURE app.protect(
    target regclass, app_rights text, worker_rights text DEFAULT NULL, programme_column text DEFAULT 'programme_id')
    LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY own_programmes ON %s TO pr_app, pr_owner USING (%I = ANY ((SELECT app.programmes())::uuid[]))',
                   target, programme_column);
    EXECUTE format('GRANT %s ON %s TO pr_app', app_rights, target);
    IF worker_rights IS NOT NULL THEN
        EXECUTE format('CREATE POLICY every_programme ON %s TO pr_worker USING (true)', target);
        EXECUTE format('GRANT %s ON %s TO pr_worker', worker_rights, target);
    END IF;
END
$$;

-- Stops the transaction when a statement that must hit so many rows did not.
CREATE FUNCTION app.expect(hit bigint, wanted bigint) RETURNS bigint
    LANGUAGE plpgsql
AS $$
BEGIN
    IF hit <> wanted THEN
        RAISE EXCEPTION 'A statement touched % rows and must touch %.', hit, wanted USING ERRCODE = 'PR001';
    END IF;
    RETURN hit;
END
$$;
GRANT EXECUTE ON FUNCTION app.expect(bigint, bigint) TO pr_app, pr_worker;

-- Business time. A manual clock (demonstrations and tests) runs ahead of the real one by its shift.
CREATE TABLE app.clock_shift (
    single boolean  PRIMARY KEY DEFAULT true CHECK (single),
    manual boolean  NOT NULL DEFAULT false,
    shift  interval NOT NULL DEFAULT interval '0' CHECK (shift >= interval '0'),
    CONSTRAINT shifted_only_by_hand CHECK (manual OR shift = interval '0')
);
INSERT INTO app.clock_shift DEFAULT VALUES;
GRANT SELECT ON app.clock_shift TO pr_app, pr_worker;

CREATE FUNCTION app.clock() RETURNS timestamptz
    LANGUAGE sql VOLATILE
    RETURN clock_timestamp() + (SELECT shift FROM app.clock_shift);
GRANT EXECUTE ON FUNCTION app.clock() TO pr_app, pr_worker;

-- Moves a manual clock forward to an instant and answers where it stands. An instant already past changes nothing.
CREATE FUNCTION app.advance_clock(target timestamptz) RETURNS timestamptz
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp
AS $$
BEGIN
    -- In seconds, so that no day of 23 or 25 hours comes into it.
    UPDATE app.clock_shift
    SET shift = greatest(shift, make_interval(secs => extract(epoch FROM target - clock_timestamp())::float8))
    WHERE manual;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The clock of this database is the real one and cannot be moved.' USING ERRCODE = 'PR002';
    END IF;
    RETURN app.clock();
END
$$;
GRANT EXECUTE ON FUNCTION app.advance_clock(timestamptz) TO pr_app, pr_worker;

-- What holds for the database as a whole: the stack its reviews run on, checksums of reference data.
CREATE TABLE app.setting (
    key   text PRIMARY KEY,
    value text NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON app.setting TO pr_app;
GRANT SELECT ON app.setting TO pr_worker;

-- A programme is the tenant. settings holds what a coordinator may set, such as {"rolling": true}.
CREATE TABLE programme (
    id         uuid        PRIMARY KEY,
    slug       text        NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 60),
    name       text        NOT NULL CHECK (name <> '' AND length(name) <= 200),
    settings   jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(settings) = 'object'),
    created_at timestamptz NOT NULL
);
CALL app.protect('programme', 'SELECT, INSERT, UPDATE', 'SELECT', 'id');

-- The States of the world, from workflows/reference/states.csv: the same for every programme, so no policy.
CREATE TABLE state (
    iso3              text   PRIMARY KEY CHECK (iso3 ~ '^[A-Z]{3}$'),
    iso2              text   NOT NULL UNIQUE CHECK (iso2 ~ '^[A-Z]{2}$'),
    m49               text   NOT NULL UNIQUE CHECK (m49 ~ '^[0-9]{3}$'),
    status            text   NOT NULL CHECK (status IN ('member', 'observer')),
    un_regional_group text,
    m49_regions       text[] NOT NULL,
    time_zone         text   NOT NULL,
    weekend           text[] NOT NULL,
    name_ar           text   NOT NULL,
    name_zh           text   NOT NULL,
    name_en           text   NOT NULL,
    name_fr           text   NOT NULL,
    name_ru           text   NOT NULL,
    name_es           text   NOT NULL,
    sort_en           text   NOT NULL,
    languages         text[] NOT NULL
);
GRANT SELECT ON state TO pr_app, pr_worker;
