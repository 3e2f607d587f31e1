using PeerReview.Core;
using PeerReview.Server.Platform.Data;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Data;

public sealed class DatabaseTests
{
    private const string Insert =
        """
        INSERT INTO programme (id, slug, name, settings, created_at)
        VALUES (@Id, @Slug, @Name, @Settings::jsonb, @CreatedAt)
        """;

    private const string Slugs = "SELECT slug FROM programme ORDER BY slug";

    private static readonly ProgrammeId Africa = new(new Guid("11111111-1111-4111-8111-111111111111"));
    private static readonly ProgrammeId Asia = new(new Guid("22222222-2222-4222-8222-222222222222"));
    private static readonly DateTimeOffset Day = new(2026, 11, 22, 12, 0, 0, TimeSpan.FromHours(2));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scope_shows_the_rows_of_its_programmes_only()
    {
        await using var test = await WithTwoProgrammesAsync();
        var database = test.Database;

        Assert.Equal(["africa"], await database.QueryAsync<string>(Scope.Of(Africa), Slugs, null, Cancel));
        Assert.Equal(["asia"], await database.QueryAsync<string>(Scope.Of(Asia), Slugs, null, Cancel));
        Assert.Equal(["africa", "asia"], await database.QueryAsync<string>(Scope.Of([Africa, Asia]), Slugs, null, Cancel));
        Assert.Empty(await database.QueryAsync<string>(Scope.None, Slugs, null, Cancel));
        Assert.Equal(["africa", "asia"], await database.Worker.QueryAsync<string>(Scope.None, Slugs, null, Cancel));
    }

    [Fact]
    public async Task A_scope_leaves_nothing_on_a_pooled_connection()
    {
        await using var test = await WithTwoProgrammesAsync();
        for (var i = 0; i < 5; i++)
        {
            await test.Database.QueryAsync<string>(Scope.Of(Africa), Slugs, null, Cancel);
            await using (var unit = await test.Database.BeginAsync(Scope.Of(Africa), Cancel))
            {
                await unit.QueryAsync<string>(Slugs, null, Cancel);
                if (i % 2 == 0)
                    await unit.CommitAsync(Cancel);
            }

            // Straight from the pool, without a scope: a setting left behind would show rows here.
            await using var connection = await test.Database.Source.OpenConnectionAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM programme";
            Assert.Equal(0L, await command.ExecuteScalarAsync(Cancel));
        }
    }

    [Fact]
    public async Task Rows_of_another_programme_can_neither_be_written_nor_changed()
    {
        await using var test = await WithTwoProgrammesAsync();
        var database = test.Database;
        var third = new { Id = Guid.NewGuid(), Slug = "third", Name = "Third", Settings = "{}", CreatedAt = Day };

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(
            () => database.ExecuteAsync(Scope.Of(Africa), Insert, third, Cancel));

        Assert.Equal("42501", refused.SqlState);
        Assert.Equal(1, await database.ExecuteAsync(Scope.Of(Africa), "UPDATE programme SET name = 'X'", null, Cancel));
        Assert.Equal(["X", "Asia"], await test.AsOwnerAsync<string>("SELECT name FROM programme ORDER BY slug"));
    }

    [Fact]
    public async Task A_read_with_its_scope_is_one_round_trip_also_for_several_results()
    {
        await using var test = await WithTwoProgrammesAsync();
        var before = test.Database.RoundTrips;

        var (slugs, states) = await test.Database.ReadAsync(
            Scope.Of(Africa),
            Slugs + "; SELECT count(*) FROM state WHERE un_regional_group = @Group",
            new { Group = "African" },
            async grid => (await grid.ReadAsync<string>(), await grid.ReadSingleAsync<long>()),
            Cancel);

        Assert.Equal(["africa"], slugs);
        Assert.Equal(54, states);
        Assert.Equal(1, test.Database.RoundTrips - before);
    }

    [Fact]
    public async Task A_unit_reads_once_and_writes_and_commits_in_one_more_round_trip()
    {
        await using var test = await WithTwoProgrammesAsync();
        var before = test.Database.RoundTrips;

        await using (var unit = await test.Database.BeginAsync(Scope.Of(Africa), Cancel))
        {
            var name = await unit.SingleOrDefaultAsync<string>("SELECT name FROM programme FOR UPDATE", null, Cancel);
            unit.Write("UPDATE programme SET name = @Name", new { Name = name + "!" }, rows: 1);
            unit.Write("UPDATE programme SET name = name || @More", new { More = "?" });
            await unit.CommitAsync(Cancel);
        }

        Assert.Equal(2, test.Database.RoundTrips - before);
        Assert.Equal(["Africa!?", "Asia"], await test.AsOwnerAsync<string>("SELECT name FROM programme ORDER BY slug"));
    }

    [Fact]
    public async Task A_unit_of_writes_only_is_one_round_trip_again_and_again()
    {
        await using var test = await WithTwoProgrammesAsync();
        var before = test.Database.RoundTrips;
        for (var i = 0; i < 10; i++)
        {
            await using var unit = await test.Database.BeginAsync(Scope.Of(Africa), Cancel);
            unit.Write("UPDATE programme SET name = name || @More", new { More = "." }, rows: 1);
            await unit.CommitAsync(Cancel);
        }

        Assert.Equal(10, test.Database.RoundTrips - before);
        Assert.Equal(["Africa.........."], await test.Database.QueryAsync<string>(
            Scope.Of(Africa), "SELECT name FROM programme", null, Cancel));
    }

    [Fact]
    public async Task A_unit_that_is_not_committed_leaves_nothing()
    {
        await using var test = await WithTwoProgrammesAsync();
        await using (var unit = await test.Database.BeginAsync(Scope.Of(Africa), Cancel))
        {
            Assert.Equal(1, await unit.ExecuteAsync("UPDATE programme SET name = 'Gone'", null, Cancel));
            unit.Write("UPDATE programme SET name = 'Gone too'", null);
        }

        Assert.Equal(["Africa", "Asia"], await test.AsOwnerAsync<string>("SELECT name FROM programme ORDER BY slug"));
    }

    [Fact]
    public async Task A_write_that_misses_its_rows_stops_the_commit_it_travels_with()
    {
        await using var test = await WithTwoProgrammesAsync();
        await using (var unit = await test.Database.BeginAsync(Scope.Of(Africa), Cancel))
        {
            unit.Write("UPDATE programme SET name = 'Half'", null, rows: 1);
            unit.Write("UPDATE programme SET name = 'None' WHERE slug = @Slug", new { Slug = "asia" }, rows: 1);
            var stopped = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => unit.CommitAsync(Cancel));
            Assert.Equal("PR001", stopped.SqlState);
        }

        Assert.Equal(["Africa", "Asia"], await test.AsOwnerAsync<string>("SELECT name FROM programme ORDER BY slug"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_statement_that_fails_when_it_is_first_kept_ready_answers_the_next_time(bool inUnit)
    {
        await using var test = await TestDatabase.CreateAsync();
        Assert.Equal("first", await EchoAsync("first"));

        // From its second use on a connection a statement is kept ready there. This one is parsed, and then refused for its value.
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => EchoAsync("no text holds a \0"));

        Assert.Equal("22021", refused.SqlState);
        Assert.Equal("third", await EchoAsync("third"));
        Assert.Equal("fourth", await EchoAsync("fourth"));

        async Task<string?> EchoAsync(string text)
        {
            const string Echo = "SELECT @Text::text";
            if (!inUnit)
                return await test.Database.SingleOrDefaultAsync<string>(Scope.None, Echo, new { Text = text }, Cancel);
            await using var unit = await test.Database.BeginAsync(Scope.None, Cancel);
            return await unit.SingleOrDefaultAsync<string>(Echo, new { Text = text }, Cancel);
        }
    }

    [Fact]
    public async Task Instants_days_arrays_and_nothing_come_back_as_they_went()
    {
        await using var test = await TestDatabase.CreateAsync();
        var row = await test.Database.SingleOrDefaultAsync<AllKinds>(
            Scope.None,
            """
            SELECT @At AS happened_at, @Day AS due_day, @Tags AS tags, @Nothing AS nothing, @NoDay AS no_day,
                   @Ids AS ids, @Body::jsonb::text AS body
            """,
            new
            {
                At = Day,
                Day = new DateOnly(2026, 11, 22),
                Tags = new[] { "a", "b" },
                Nothing = (string?)null,
                NoDay = (DateOnly?)null,
                Ids = new[] { Africa.Value },
                Body = """{"a": 1}""",
            },
            Cancel);

        Assert.NotNull(row);
        Assert.Equal(Day, row.HappenedAt);
        Assert.Equal(TimeSpan.Zero, row.HappenedAt.Offset);
        Assert.Equal(new DateOnly(2026, 11, 22), row.DueDay);
        Assert.Equal(["a", "b"], row.Tags);
        Assert.Equal([Africa.Value], row.Ids);
        Assert.Null(row.Nothing);
        Assert.Null(row.NoDay);
        Assert.Equal("""{"a": 1}""", row.Body);
    }

    [Fact]
    public async Task A_deadlock_is_run_again_and_both_units_hold()
    {
        await using var test = await WithTwoProgrammesAsync();
        var both = Scope.Of([Africa, Asia]);
        using var met = new Barrier(2);

        async Task<int> SwapAsync(ProgrammeId first, ProgrammeId second)
        {
            var tries = 0;
            return await Database.RetryAsync(
                async () =>
                {
                    tries++;
                    await using var unit = await test.Database.BeginAsync(both, Cancel);
                    await unit.ExecuteAsync(Append, new { Id = first.Value }, Cancel);
                    if (tries == 1)
                        met.SignalAndWait(Cancel);
                    unit.Write(Append, new { Id = second.Value }, rows: 1);
                    await unit.CommitAsync(Cancel);
                    return tries;
                },
                Cancel);
        }

        var attempts = await Task.WhenAll(
            Task.Run(() => SwapAsync(Africa, Asia), Cancel), Task.Run(() => SwapAsync(Asia, Africa), Cancel));

        Assert.Equal(3, attempts.Sum());
        Assert.Equal(["Africa++", "Asia++"], await test.AsOwnerAsync<string>("SELECT name FROM programme ORDER BY slug"));
    }

    private const string Append = "UPDATE programme SET name = name || '+' WHERE id = @Id";

    private static async Task<TestDatabase> WithTwoProgrammesAsync()
    {
        var test = await TestDatabase.CreateAsync();
        foreach (var (id, name) in new[] { (Africa, "Africa"), (Asia, "Asia") })
        {
            var row = new { Id = id.Value, Slug = name.ToLowerInvariant(), Name = name, Settings = "{}", CreatedAt = Day };
            await test.Database.ExecuteAsync(Scope.Of(id), Insert, row, Cancel);
        }

        return test;
    }

    private sealed record AllKinds(
        DateTimeOffset HappenedAt, DateOnly DueDay, string[] Tags, string? Nothing, DateOnly? NoDay, Guid[] Ids, string Body);
}
