using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Finds the last review of a State beside the present one, as far as it is open to somebody.</summary>
public sealed class LastReviews(Database database, ReviewReader reader)
{
    private const string Statements = HeldRoles.InReview + ";" + ReviewReader.Statements + MaterialSql.Statements;

    /// <summary>What of it somebody may read: one round trip where there is one. Null where there is none, or nothing of it is open.</summary>
    /// <param name="now">The present review, which the person may know.</param>
    public async Task<FoundLast?> FindAsync(Actor actor, LoadedReview now, CancellationToken cancel) => now.Dossier.Last is not { } last
        ? null
        : await database.ReadAsync(actor.Scope(), Statements, Of(actor, last), grid => ReadAsync(grid, actor, now), cancel);

    /// <summary>The same under the lock of the present review. The last one has ended or is published: its answers do not change.</summary>
    public async Task<FoundLast?> FindAsync(ReviewWork work, CancellationToken cancel) => work.Review.Dossier.Last is not { } last
        ? null
        : await work.ReadAsync(Statements, Of(work.Actor, last), grid => ReadAsync(grid, work.Actor, work.Review), cancel);

    private static object Of(Actor actor, Guid last) => new { Review = last, Person = actor.Person?.Value };

    private async Task<FoundLast?> ReadAsync(Dapper.SqlMapper.GridReader grid, Actor actor, LoadedReview now)
    {
        var held = HeldRoles.Read(await grid.ReadAsync<HeldRole>());
        if (await reader.ReadAsync(grid) is not { } then)
            return null;
        var who = actor.With(held);
        var open = LastReview.Of(
            who, FoundAssessment.GroundOf(now, Material.Empty), FoundAssessment.GroundOf(then, await MaterialSql.ReadAsync(grid)));
        return open.IsEmpty ? null : new FoundLast(then, open, Access.Visible(who, DocumentKind.LaunchNotice, then.Facts).CanRead);
    }
}

/// <summary>The last review of a State.</summary>
/// <param name="Open">What of it the reader may read.</param>
/// <param name="Opens">Whether its own page opens to the reader.</param>
public sealed record FoundLast(LoadedReview Review, LastReview Open, bool Opens);
