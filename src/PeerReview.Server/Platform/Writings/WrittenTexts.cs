using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Platform.Writings;

/// <summary>Finds texts with fields of their own for somebody, as far as they are open to them.</summary>
public sealed class WrittenTexts(ReviewLookup reviews)
{
    /// <summary>All of some kinds that stand, in one round trip; null when the person may not know of them.</summary>
    /// <param name="opens">Whether somebody may know that there are any, or, given one, read it.</param>
    public async Task<FoundTexts?> FindAsync(
        Actor actor, ReviewId review, string[] kinds, Func<Actor, LoadedReview, Writing?, bool> opens, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            actor, review, Sql.Standing, new { Review = review.Value, Kinds = kinds },
            async grid => (await grid.ReadAsync<WritingRow>()).Select(row => row.ToWriting()).ToList(), cancel);
        return found is null || !opens(actor, found.Review, null)
            ? null
            : Open(found.Review, found.More.ToLookup(w => opens(actor, found.Review, w)));
    }

    private static FoundTexts Open(LoadedReview review, ILookup<bool, Writing> byOpen) =>
        new(review, [.. byOpen[true]]) { Closed = [.. byOpen[false].Select(w => (w.Kind, w.Key))] };

    /// <summary>One with all its versions, newest first; null when there is none or it is not open to the person. Earlier
    /// versions are open to whoever writes them.</summary>
    public async Task<FoundText?> FindAsync<T>(Actor actor, ReviewId review, TextKind<T> kind, string id, CancellationToken cancel)
        where T : class
    {
        var found = await reviews.FindAsync(
            actor, review, Sql.Versions, new { Review = review.Value, kind.Kind, Key = id },
            async grid => (await grid.ReadAsync<WritingRow>()).Select(row => row.ToWriting()).ToImmutableArray(), cancel);
        // A label takes away and never gives: whoever may read the newest may know that there are any.
        if (found is null || !kind.Opens(actor, found.Review, found.More.FirstOrDefault()))
            return null;
        return kind.OpensHistory(actor, found.Review)
            ? new FoundText(found.Review, found.More)
            : new FoundText(found.Review, [.. found.More.Take(1)]);
    }

    private static class Sql
    {
        public const string Standing =
            """
            SELECT w.kind, w.key, w.version, w.content, w.label, w.language, w.author, w.at
            FROM writing_head h JOIN writing w USING (review_id, kind, key, version)
            WHERE h.review_id = @Review AND NOT h.withdrawn AND h.kind = ANY(@Kinds)
            ORDER BY w.kind, w.key
            """;

        public const string Versions =
            """
            SELECT w.kind, w.key, w.version, w.content, w.label, w.language, w.author, w.at
            FROM writing_head h JOIN writing w USING (review_id, kind, key)
            WHERE h.review_id = @Review AND h.kind = @Kind AND h.key = @Key AND NOT h.withdrawn
            ORDER BY w.version DESC
            """;
    }
}

/// <summary>What stands and is open to somebody.</summary>
public sealed record FoundTexts(LoadedReview Review, ImmutableArray<Writing> Texts)
{
    /// <summary>Kind and id of those that stand and are not open to the person: for counting, not for naming.</summary>
    public ImmutableArray<(string Kind, string Key)> Closed { get; init; } = [];

    /// <summary>Those of one kind, by id.</summary>
    public IEnumerable<Writing> Of(string kind) => Texts.Where(t => t.Kind == kind);
}

/// <summary>One text with its versions, newest first; none while nobody wrote it.</summary>
public sealed record FoundText(LoadedReview Review, ImmutableArray<Writing> Versions)
{
    /// <summary>The version that stands.</summary>
    public Writing? Newest => Versions.FirstOrDefault();

    /// <summary>An earlier version, or null.</summary>
    public Writing? At(int version) => Versions.FirstOrDefault(v => v.Version == version);
}
