using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Everything people wrote in a review as it stands, and the files. Read only where a guard or page asks for it.</summary>
public static class MaterialSql
{
    /// <summary>Three results: writings that stand, files that stand, who last remarked when. The argument is named <c>Review</c>.</summary>
    public const string Statements =
        """
        SELECT w.kind, w.key, w.version, w.content, w.label, w.language, w.author, w.at
        FROM writing_head h JOIN writing w USING (review_id, kind, key, version)
        WHERE h.review_id = @Review AND NOT h.withdrawn
        ORDER BY w.kind, w.key;
        SELECT id, item, name, media_type, size, sha256, label, uploaded_by, uploaded_at
        FROM file WHERE review_id = @Review AND removed_at IS NULL AND item IS NOT NULL
        ORDER BY item, uploaded_at, id;
        SELECT author, max(at) AS at FROM writing WHERE review_id = @Review AND kind = 'comment_remark' GROUP BY author;

        """;

    /// <summary>Reads the results.</summary>
    public static async Task<Material> ReadAsync(Dapper.SqlMapper.GridReader grid)
    {
        var writings = await grid.ReadAsync<WritingRow>();
        var files = await grid.ReadAsync<FileRow>();
        var remarked = await grid.ReadAsync<RemarkedRow>();
        return new Material(
            [.. writings.Select(w => w.ToWriting())],
            [.. files.Select(f => new FileMark(
                f.Id, f.Item, f.Name, f.MediaType, f.Size, f.Sha256, f.Label, new PersonId(f.UploadedBy), f.UploadedAt))])
        {
            Remarked = remarked.ToImmutableDictionary(one => new PersonId(one.Author), one => one.At),
        };
    }

    private sealed record RemarkedRow(Guid Author, DateTimeOffset At);

    private sealed record FileRow(
        Guid Id, string Item, string Name, string MediaType, int Size, string Sha256, string Label, Guid UploadedBy,
        DateTimeOffset UploadedAt);
}
