using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Clarification;

/// <summary>Which version of an answer stood when a question about it was asked.</summary>
public sealed record EarlierAnswers(ImmutableArray<EarlierAnswers.Row> Rows)
{
    /// <summary>Every version of every answer. The argument is named <c>Review</c>.</summary>
    public const string Statement = "SELECT key, version, label, at FROM writing WHERE review_id = @Review AND kind = 'answer' ORDER BY key, version;";

    /// <summary>Reads the material of a review and the versions after it.</summary>
    internal static async Task<(Material Material, EarlierAnswers Answers)> ReadAsync(Dapper.SqlMapper.GridReader grid) =>
        (await MaterialSql.ReadAsync(grid), new EarlierAnswers([.. await grid.ReadAsync<Row>()]));

    /// <summary>The version a question was asked about, where a later one stands now; null where the answer is as it was.</summary>
    /// <param name="asked">UTC.</param>
    public int? Before(string item, DateTimeOffset asked, int standing) =>
        At(item, asked) is { } row && row.Version < standing ? row.Version : null;

    /// <summary>Whether somebody may read that version too: each has a label of its own.</summary>
    public bool Opens(string item, int version, LoadedReview review, Actor actor) =>
        Rows.FirstOrDefault(row => row.Key == item && row.Version == version) is { } row
        && Access.Visible(actor, review.Dossier.Answer(item), review.Facts, SharingLabels.Of(row.Label)).CanRead;

    private Row? At(string item, DateTimeOffset asked) => Rows.LastOrDefault(row => row.Key == item && row.At <= asked);

    /// <summary>One version.</summary>
    /// <param name="At">UTC.</param>
    public sealed record Row(string Key, int Version, string Label, DateTimeOffset At);
}
