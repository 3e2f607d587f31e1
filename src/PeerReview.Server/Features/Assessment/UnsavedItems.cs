using System.Collections.Immutable;
using Dapper;
using PeerReview.Core;
using PeerReview.Server.Platform.Drafts;

namespace PeerReview.Server.Features.Assessment;

/// <summary>The items of a review in which somebody typed something that is kept for them and not saved.</summary>
internal static class UnsavedItems
{
    /// <summary>To be read along with other statements; the arguments are those of <see cref="Args"/>.</summary>
    public const string Statements = TypedPages.Statements;

    public static object Args(ReviewId review, PersonId person) =>
        new { Review = review.Value, Person = person.Value, Under = new[] { Under(review) } };

    /// <summary>Reads the results of the statements: ids of items, each once.</summary>
    public static async Task<ImmutableArray<string>> ReadAsync(SqlMapper.GridReader grid, ReviewId review) =>
        [.. (await TypedPages.ReadAsync(grid)).Select(page => ItemOf(page, review)).Distinct(StringComparer.Ordinal)];

    /// <summary>The item of a page below the self-assessment.</summary>
    public static string ItemOf(string page, ReviewId review) => Uri.UnescapeDataString(page[Under(review).Length..].Split('/')[0]);

    /// <summary>The path of those pages.</summary>
    public static string Under(ReviewId review) => $"/reviews/{review}/assessment/";
}
