using PeerReview.Core;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>The short names of programmes, for whoever runs the machine: they stand on no page.</summary>
internal static class ProgrammeNames
{
    /// <summary>All of them, in their order.</summary>
    public static Task<IReadOnlyList<string>> AllAsync(Database database, CancellationToken cancel) =>
        database.Worker.QueryAsync<string>(Scope.None, Sql.Names, null, cancel);

    /// <summary>That there is no programme of a short name, with those there are.</summary>
    /// <returns><c>operations.no-such-programme</c> {slug} {known}.</returns>
    public static async Task<Refusal> UnknownAsync(Database database, string slug, CancellationToken cancel)
    {
        var known = await AllAsync(database, cancel);
        return new Refusal("operations.no-such-programme", RefusalKind.NotFound, "programme")
            .With("slug", slug).With("known", known.Count == 0 ? "–" : string.Join(", ", known));
    }

    private static class Sql
    {
        public const string Names = "SELECT slug FROM programme ORDER BY slug";
    }
}
