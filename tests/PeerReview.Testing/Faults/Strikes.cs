namespace PeerReview.Testing.Faults;

/// <summary>Has PostgreSQL itself give up transactions: triggers of the test raise what the server would.</summary>
internal sealed class Strikes(TestDatabase database)
{
    /// <summary>Puts the triggers in place, without effect until one is planned.</summary>
    public Task PrepareAsync() => database.AsOwnerAsync(
        """
        CREATE SCHEMA fault;
        CREATE TABLE fault.plan (name text NOT NULL, code text NOT NULL, times bigint NOT NULL);
        -- A sequence keeps counting when the transaction that counted is rolled back.
        CREATE SEQUENCE fault.turn;
        CREATE FUNCTION fault.strike() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
        DECLARE planned fault.plan;
        BEGIN
            SELECT * INTO planned FROM fault.plan WHERE name = TG_ARGV[0];
            IF FOUND AND nextval('fault.turn') <= planned.times THEN
                RAISE EXCEPTION 'the test gives this transaction up' USING ERRCODE = planned.code;
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER strike AFTER INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION fault.strike('event');
        CREATE TRIGGER strike AFTER INSERT ON writing FOR EACH STATEMENT EXECUTE FUNCTION fault.strike('writing');
        CREATE TRIGGER strike AFTER INSERT OR UPDATE ON outbox FOR EACH STATEMENT EXECUTE FUNCTION fault.strike('outbox');
        CREATE TRIGGER strike AFTER INSERT OR UPDATE ON reminder FOR EACH STATEMENT EXECUTE FUNCTION fault.strike('reminder');
        CREATE TRIGGER strike AFTER INSERT OR UPDATE ON deadline FOR EACH STATEMENT EXECUTE FUNCTION fault.strike('deadline');
        CREATE TRIGGER strike AFTER INSERT ON task FOR EACH STATEMENT EXECUTE FUNCTION fault.strike('task');
        CREATE TRIGGER strike AFTER INSERT ON idempotency FOR EACH STATEMENT EXECUTE FUNCTION fault.strike('idempotency');
        CREATE CONSTRAINT TRIGGER strike_at_commit AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION fault.strike('');
        """);

    /// <summary>From now on a table, or the commit, fails so many times.</summary>
    public Task PlanAsync(Fault fault) => database.AsOwnerAsync(
        """
        DELETE FROM fault.plan;
        SELECT setval('fault.turn', 1, false);
        INSERT INTO fault.plan VALUES (@Table, @Code, @At);
        """,
        new { fault.Table, fault.At, Code = fault.Kind == FaultKind.Deadlock ? "40P01" : "40001" });

    /// <summary>Nothing fails any more.</summary>
    public Task EndAsync() => database.AsOwnerAsync("DELETE FROM fault.plan");
}
