using Npgsql;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Data.Embedded;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Structure;

public sealed class StatementTests
{
    // These run with the login of the owner, never in a serving program.
    private static readonly Type[] OwnersOnly =
        [typeof(Migrator), typeof(ReferenceData), typeof(BackupFile), typeof(EmbeddedPostgres)];

    private static readonly string[] OwnersOnlyByName = [$"{nameof(BusinessClock)}.MakeManual"];

    [Fact]
    public async Task Every_statement_of_the_program_is_planned_with_the_rights_of_its_login()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using var owner = NpgsqlDataSource.Create(test.Connections.Owner!);
        NpgsqlDataSource[] program = [test.Database.Source, test.Database.Worker.Source];
        var statements = SqlStatements.Of(typeof(App).Assembly.GetTypes());
        Assert.NotEmpty(statements);

        var problems = new List<string>();
        foreach (var statement in statements)
        {
            var isOwners = OwnersOnly.Contains(statement.Owner)
                || OwnersOnlyByName.Contains($"{statement.Owner.Name}.{statement.Name}", StringComparer.Ordinal);
            if (await SqlStatements.ProblemAsync(statement, isOwners ? [owner] : program) is { } problem)
                problems.Add(problem);
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    [Fact]
    public async Task A_wrong_name_a_wrong_type_and_a_missing_right_are_seen()
    {
        await using var test = await TestDatabase.CreateAsync();
        var statements = SqlStatements.Of(typeof(Sample).GetNestedTypes(System.Reflection.BindingFlags.NonPublic));

        var problems = new List<string>();
        foreach (var statement in statements)
        {
            if (await SqlStatements.ProblemAsync(statement, [test.Database.Source]) is { } problem)
                problems.Add(problem[(problem.LastIndexOf('.') + 1)..]);
        }

        Assert.Equal(
            [
                "WrongColumn: column \"nam\" does not exist",
                "WrongType: operator does not exist: text > integer",
                "NoRight: permission denied for table programme",
                "SecondOfTwo: relation \"nothing\" does not exist",
            ],
            problems);
    }

    [Fact]
    public void A_text_is_split_at_semicolons_that_end_statements() =>
        Assert.Equal(
            ["SELECT ';', \";\"", " DO $$ BEGIN; END $$", " SELECT 1 -- not; here\n"],
            SqlStatements.Split("SELECT ';', \";\"; DO $$ BEGIN; END $$; SELECT 1 -- not; here\n"));

    private static class Sample
    {
        private static class Sql
        {
            public const string Good = "SELECT name FROM programme WHERE id = @Id AND created_at > @Since::timestamptz";
            public const string WrongColumn = "SELECT nam FROM programme";
            public const string WrongType = "SELECT 1 FROM programme WHERE name > 1";
            public const string NoRight = "DELETE FROM programme WHERE id = @Id";
            public const string SecondOfTwo = "SELECT 1; SELECT * FROM nothing";
        }
    }
}
