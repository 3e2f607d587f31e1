using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.FollowUp;

/// <summary>What somebody reads of what became of the commitments: each entry and each note under its own label.</summary>
internal sealed class ToldProgress(LoadedReview review, Material material, Actor reader)
{
    /// <summary>What the lead confirmed; null before, and where its label keeps it from the reader.</summary>
    public string? Confirmation => Read(ProgressRules.Confirmation)?.Text;

    /// <summary>Closing notes by role.</summary>
    public ImmutableSortedDictionary<string, string> Closing => material.Of(WritingKind.ClosingNote)
        .Where(note => review.Facts.OpensCommitments(reader, note))
        .ToImmutableSortedDictionary(note => note.Key, note => Contents.ReadNote(note).Text, StringComparer.Ordinal);

    /// <summary>What was told at one of the moments.</summary>
    /// <param name="stage">One of <see cref="ProgressRules.Stages"/>.</param>
    /// <returns>The entries the reader may know; the note about the whole; whether anything was told at all.</returns>
    public (ImmutableArray<ProgressBody> Commitments, string? Text, bool Told) At(string stage) => (
        [
            .. from text in material.Of(WritingKind.Commitment)
               where review.Facts.OpensCommitments(reader, text)
               let key = $"{stage}:{text.Key}"
               let note = Read(key)
               select new ProgressBody(text.Key, Contents.ReadCommitment(text).Title, note?.Items[0], note?.Text, text.Language)
               {
                   Kept = note is null && material.Find(WritingKind.ProgressNote, key) is not null,
               },
        ],
        Read(stage)?.Text,
        material.Find(WritingKind.ProgressNote, stage) is not null);

    private NoteContent? Read(string key) =>
        material.Find(WritingKind.ProgressNote, key) is { } note && review.Facts.OpensCommitments(reader, note) ? Contents.ReadNote(note) : null;
}

/// <summary>How far one commitment is.</summary>
/// <param name="Status">done, under_way, not_started; null while nothing was told, and where the note is not open to the reader.</param>
public sealed record ProgressBody(string Commitment, string Title, string? Status, string? Text, string Language)
{
    /// <summary>Whether something was told that its label keeps from the reader.</summary>
    public bool Kept { get; init; }
}
