using System.Collections.Immutable;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Operations.Checking;

/// <summary>Whether every process and framework in the database is still what its hash says: reviews pin them.</summary>
internal static class DefinitionHashes
{
    /// <summary>What differs: <c>definition-not-readable</c>, <c>definition-not-its-hash</c>.</summary>
    public static async Task<IReadOnlyList<Finding>> FindAsync(UnitOfWork unit, CancellationToken cancel) =>
    [
        .. (await ReadAsync(unit, cancel))
            .Where(one => one.File?.Hash != one.Stored.Hash)
            .Select(one => new Finding(
                one.File is null ? "definition-not-readable" : "definition-not-its-hash",
                $"{one.Stored.Kind} {one.Stored.Id} version {one.Stored.Version}")),
    ];

    /// <summary>Every definition, read anew; without a file where it cannot be read.</summary>
    internal static async Task<ImmutableArray<(Definitions.Stored Stored, DefinitionFile? File)>> ReadAsync(
        UnitOfWork unit, CancellationToken cancel) =>
        [.. (await unit.QueryAsync<Definitions.Stored>(Sql.Definitions, null, cancel)).Select(stored => (stored, Read(stored)))];

    private static DefinitionFile? Read(Definitions.Stored stored)
    {
        try
        {
            return DefinitionFiles.Read(stored);
        }
        catch (DefinitionException)
        {
            return null;
        }
    }

    private static class Sql
    {
        public const string Definitions = "SELECT kind, id, version, hash, source, own FROM definition ORDER BY kind, id, version";
    }
}
