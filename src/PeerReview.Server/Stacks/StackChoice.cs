using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Stacks;

/// <summary>Which stack a program runs a database on. The database remembers it.</summary>
public static class StackChoice
{
    /// <summary>Takes the stack chosen by hand, else the one the database remembers, else the default, which it then
    /// remembers.</summary>
    /// <param name="built">What this program was built with; the last is the default.</param>
    /// <remarks>Every engine rebuilds its state of a review from the events, so a change needs no conversion; it is asked
    /// for by hand because it is the operator's decision what runs.</remarks>
    /// <exception cref="DatabaseException">The database runs on a stack this program was built without.</exception>
    public static async Task<IStack> SettleAsync(
        Database database, IStack? byHand, IReadOnlyList<IStack> built, CancellationToken cancel)
    {
        if (byHand is not null)
            return byHand;

        // Of nodes that start at once on a new database the first one settles it for all.
        await database.ExecuteAsync(Scope.None, Sql.RememberFirst, new { built[^1].Name }, cancel);
        var remembered = await database.SingleOrDefaultAsync<string>(Scope.None, Sql.Read, null, cancel);
        return built.FirstOrDefault(one => one.Name == remembered) ?? throw new DatabaseException(
            $"This database runs on the stack \"{remembered}\", which this program was built without. Build it with "
            + $"that stack (README, \"Stacks\"), or change over with --stack {string.Join(" or --stack ", built.Select(one => one.Name))}.");
    }

    /// <summary>Has the database remember a stack chosen by hand, once the program stands on it: one that does not start
    /// changes nothing.</summary>
    public static Task RememberAsync(Database database, IStack byHand, CancellationToken cancel) =>
        database.ExecuteAsync(Scope.None, Sql.Remember, new { byHand.Name }, cancel);

    private static class Sql
    {
        public const string Read = "SELECT value FROM app.setting WHERE key = 'stack'";

        public const string Remember =
            "INSERT INTO app.setting (key, value) VALUES ('stack', @Name) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

        public const string RememberFirst =
            "INSERT INTO app.setting (key, value) VALUES ('stack', @Name) ON CONFLICT (key) DO NOTHING";
    }
}
