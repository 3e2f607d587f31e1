using System.Security.Cryptography;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Assessment;

/// <summary>Files under the items of a self-assessment: added and removed while an answer is open, opened by those who may.</summary>
public sealed class EvidenceFiles(ReviewCommands commands, AssessmentLookup assessments, Database database)
{
    /// <summary>Files under one item at most.</summary>
    public const int MaxPerItem = 20;

    /// <summary>Adds a file.</summary>
    public Task<Verdict<Receipt>> AddAsync(
        ReviewId review, EvidenceUpload upload, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => AddAsync(work, upload, token), cancel);

    /// <summary>Removes a file: its content is erased, that it was there stays in the record.</summary>
    public Task<Verdict<Receipt>> RemoveAsync(
        ReviewId review, Guid file, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => RemoveAsync(work, file, token), cancel);

    /// <summary>One file with its content, for somebody who may open it; null for everybody else.</summary>
    public async Task<OpenFile?> OpenAsync(Actor actor, ReviewId review, Guid file, CancellationToken cancel)
    {
        if (await FindAsync(actor, review, file, cancel) is not { } mark)
            return null;
        var content = await database.QueryAsync<byte[]>(actor.Scope(), Sql.Content, new { File = file }, cancel);
        return content is [var bytes] ? new OpenFile(mark, bytes) : null;
    }

    /// <summary>One file without its content, for somebody who may open it.</summary>
    public async Task<FileMark?> FindAsync(Actor actor, ReviewId review, Guid file, CancellationToken cancel) =>
        await assessments.FindAsync(actor, review, cancel) is { } found
            ? found.Sheet.Items.SelectMany(i => i.Files).Concat(KeptPage.Of(actor, found.Review, found.Material).SelectMany(kept => kept.Files))
                .FirstOrDefault(f => f.Id == file)
            : null;

    private static async Task<Verdict<ReviewChange>> AddAsync(
        ReviewWork work, EvidenceUpload upload, CancellationToken cancel)
    {
        if (Closed(work, upload.Item) is { } no)
            return no;
        if (!work.Review.Dossier.Items.Contains(upload.Item, StringComparer.Ordinal))
            return new Refusal("answer.unknown-item", RefusalKind.NotFound, "item");
        if (!SharingLabels.TryParse(upload.Label, out _))
            return new Refusal("answer.unknown-label", RefusalKind.Invalid, "label");
        if (upload.Content is not { } content)
            return new Refusal("evidence.missing", RefusalKind.Invalid, "file");
        var checkedFile = EvidenceRules.Check(upload.Name, upload.DeclaredType, content);
        if (checkedFile is not Verdict<AcceptedFile>.Accepted { Value: var accepted })
            return ((Verdict<AcceptedFile>.Refused)checkedFile).Reason;
        var material = await work.MaterialAsync(cancel);
        return material.Files.Count(f => f.Item == upload.Item) >= MaxPerItem
            ? new Refusal("evidence.too-many", RefusalKind.Conflict, "file").With("max", MaxPerItem)
            : Added(work, upload, accepted, content);
    }

    private static ReviewChange Added(ReviewWork work, EvidenceUpload upload, AcceptedFile accepted, byte[] content)
    {
        var id = Guid.CreateVersion7();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        var row = new
        {
            File = id,
            Programme = work.Review.Programme.Value,
            Review = work.Review.Id.Value,
            upload.Item,
            accepted.Name,
            accepted.MediaType,
            Size = content.Length,
            Sha256 = hash,
            upload.Label,
            By = work.Person.Value,
            At = work.Now,
        };
        return new ReviewChange()
            .Record(new ReviewEvent.FileAdded(id, upload.Item, hash, upload.Label, work.Person.Value))
            .Also(Sql.Add, row, rows: 1)
            .Also(Sql.Keep, new { File = id, row.Programme, Content = content }, rows: 1)
            .Made(id.ToString("D"));
    }

    private static async Task<Verdict<ReviewChange>> RemoveAsync(ReviewWork work, Guid file, CancellationToken cancel)
    {
        var material = await work.MaterialAsync(cancel);
        var mark = material.Files.FirstOrDefault(f => f.Id == file);
        // Whoever may not see a file is not told that it is there.
        if (mark is null || !SheetItem.Opens(work.Actor, FoundAssessment.GroundOf(work.Review, material), mark))
            return new Refusal("evidence.unknown", RefusalKind.NotFound);
        if (Closed(work, mark.Item) is { } no)
            return no;
        // What was handed in was read; only what came with a reply can be taken back.
        if (mark.WasHandedIn(work.Review))
            return new Refusal("evidence.handed-in", RefusalKind.Conflict);
        return new ReviewChange()
            .Record(new ReviewEvent.FileRemoved(file, mark.Item, work.Person.Value))
            .Also(Sql.Remove, new { File = file, At = work.Now }, rows: 1)
            .Also(Sql.Erase, new { File = file }, rows: 1)
            .Made(file.ToString("D"));
    }

    private static Refusal? Closed(ReviewWork work, string item) =>
        AnswerDoor.Closed(work.Actor, ReviewAct.AttachEvidence, item, work.Review.Facts, work.Review.State, work.Review.Dossier);

    private static class Sql
    {
        public const string Add =
            """
            INSERT INTO file (id, programme_id, review_id, item, name, media_type, size, sha256, label, uploaded_by, uploaded_at)
            VALUES (@File, @Programme, @Review, @Item, @Name, @MediaType, @Size, @Sha256, @Label, @By, @At)
            """;

        public const string Keep =
            "INSERT INTO file_content (file_id, programme_id, content) VALUES (@File, @Programme, @Content)";

        public const string Remove = "UPDATE file SET removed_at = @At WHERE id = @File AND removed_at IS NULL";

        public const string Erase = "DELETE FROM file_content WHERE file_id = @File";

        public const string Content = "SELECT content FROM file_content WHERE file_id = @File";
    }
}

/// <summary>A file as it comes in.</summary>
/// <param name="Item">Full id of the item it belongs to.</param>
/// <param name="Label">Code of a sharing label.</param>
/// <param name="Name">As sent; it is cleaned before it is kept.</param>
/// <param name="DeclaredType">The media type it was sent with.</param>
/// <param name="Content">All its bytes; null when no file was sent.</param>
public sealed record EvidenceUpload(string Item, string Label, string Name, string? DeclaredType, byte[]? Content);

internal static class HandedIn
{
    /// <summary>Whether a file was there when reviewing States asked about the self-assessment.</summary>
    public static bool WasHandedIn(this FileMark file, LoadedReview review) => review.Dossier.Asked is { } asked && file.At <= asked.At;
}

/// <summary>A file with its bytes.</summary>
public sealed record OpenFile(FileMark Mark, byte[] Content);
