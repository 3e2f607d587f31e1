using System.Collections.Immutable;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>What the page of contributions reads beside the review: the texts of stakeholders with what became of them, the reader's
/// own drafts, who was invited.</summary>
internal sealed record ContributionRows(Material Texts, ImmutableArray<DraftRow> Drafts, ImmutableArray<InvitedRow> Invited)
{
    /// <summary>Three results; the arguments are named <c>Review</c> and <c>Author</c>.</summary>
    public const string Statements = Sql.Texts + DraftRows.Statement + ";" + Sql.Invited;

    /// <summary>Reads them.</summary>
    public static async Task<ContributionRows> ReadAsync(Dapper.SqlMapper.GridReader grid) => new(
        new Material([.. (await grid.ReadAsync<WritingRow>()).Select(row => row.ToWriting())], []),
        await DraftRows.ReadAsync(grid),
        [.. await grid.ReadAsync<InvitedRow>()]);

    private static class Sql
    {
        public const string Texts =
            """
            SELECT w.kind, w.key, w.version, w.content, w.label, w.language, w.author, w.at
            FROM writing_head h JOIN writing w USING (review_id, kind, key, version)
            WHERE h.review_id = @Review AND h.kind IN ('contribution', 'screening', 'contribution_reply', 'not_invited')
            ORDER BY w.kind, w.key;

            """;

        public const string Invited =
            """
            SELECT i.id, i.person_id, p.name, i.organisation, i.family, i.outcome, i.invited_at
            FROM stakeholder_invitation i JOIN person p ON p.id = i.person_id
            WHERE i.review_id = @Review ORDER BY i.invited_at, i.id
            """;
    }
}

/// <summary>A stakeholder who was invited.</summary>
/// <param name="InvitedAt">UTC.</param>
public sealed record InvitedRow(
    Guid Id, Guid PersonId, string Name, string Organisation, string Family, string? Outcome, DateTimeOffset InvitedAt);
