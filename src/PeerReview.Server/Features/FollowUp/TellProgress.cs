using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Process;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.FollowUp;

/// <summary>A note on progress as it comes in: of the six-month check, or of the mid-term update.</summary>
/// <param name="Text">About the whole; may be empty.</param>
/// <param name="Notes">One per commitment that stands.</param>
public sealed record ProgressRequest(string Text, IReadOnlyList<CommitmentProgress>? Notes)
{
    /// <summary>How far it may travel, a sharing label; null is what the State decided for its plan.</summary>
    public string? Label { get; init; }

    /// <summary>That a note is meant to be told already, long before its day.</summary>
    public bool Early { get; init; }

    /// <summary>What the public would read as it was last shown, see <see cref="ReportHash"/>; empty where a page has shown nothing yet, null
    /// where no page was asked.</summary>
    [JsonIgnore]
    public string? Previewed { get; init; }

    /// <summary>Nothing given.</summary>
    public ProgressRequest()
        : this("", null)
    {
    }
}

/// <summary>The focal point tells how far each commitment is at the six-month check.</summary>
public sealed class TellProgress(StageBody bodies, ProgressEditions editions) : IStageCompletion
{
    public string Stage => ProgressRules.SixMonths;

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        DecideAsync(work, Stage, () => bodies.Read<ProgressRequest>(body), cancel);

    /// <summary>A note at one of the two moments.</summary>
    /// <param name="stage">One of <see cref="ProgressRules.Stages"/>.</param>
    /// <param name="read">Called only once rights and time are fine.</param>
    public async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, string stage, Func<ProgressRequest> read, CancellationToken cancel)
    {
        var review = work.Review;
        if ((Access.May(work.Actor, ReviewAct.WriteProgressNote, review.Facts) ?? StageDoor.Closed(review.State, stage)) is { } no)
            return no;
        var material = await work.MaterialAsync(cancel);
        var request = read();
        var verdict = Texts(review, material, stage, request);
        if (verdict is not Verdict<ImmutableArray<NewText>>.Accepted { Value: var texts })
            return ((Verdict<ImmutableArray<NewText>>.Refused)verdict).Reason;
        var with = material.With(texts, work.Person, work.Now);
        // It cannot be taken back: what goes out is what was seen.
        if (request.Previewed is { } seen && ProgressEditions.Next(review, with, published: null) is { } report && seen != ReportHash.Of(report))
            return new Refusal(FollowUpRefusals.LookFirst, RefusalKind.Conflict, "previewed");
        var told = texts.Aggregate(
            new ReviewChange(),
            (change, text) => change.Write(text.Kind, text.Key, text.Version - 1, text.Content, text.Label, text.Language));
        var goesOut = editions.Add(told, work, material, with);
        // The mid-term update comes with the turn of the lead, and an edition has its own letter; of the first note nobody would hear.
        if (stage == ProgressRules.SixMonths && !goesOut)
        {
            told.SendAfter(after => ReviewLetters.ToAll(
                after, LetterNames.ProgressTold, RoleCode.Authority, RoleCode.ReviewerFocalPoint, RoleCode.Lead, RoleCode.Expert, RoleCode.Coordinator)
                .Where(letter => letter.Person != work.Person)
                .Select(letter => letter with { Path = StagePages.Of(after.Id.Value, stage) }));
        }

        return told.Then(new ProcessCommand.Complete(work.Acting, stage));
    }

    /// <summary>What a note writes, one text about the whole and one for each entry; or all that is wrong with it.</summary>
    /// <param name="stage">One of <see cref="ProgressRules.Stages"/>.</param>
    internal static Verdict<ImmutableArray<NewText>> Texts(LoadedReview review, Material material, string stage, ProgressRequest request)
    {
        if (material.Find(WritingKind.ProgressNote, stage) is not null)
            return new Refusal("follow-up.told", RefusalKind.Conflict);
        var notes = (request.Notes ?? []).OfType<CommitmentProgress>().ToImmutableArray();
        var standing = material.Of(WritingKind.Commitment).Select(w => w.Key).ToImmutableArray();
        List<Refusal> problems = [.. ProgressRules.Check(notes, request.Text, standing)];
        if (!request.Early && review.State[stage].Deadline is { Day: var due } && ProgressRules.IsEarly(stage, due, review.Today))
            problems.Add(new Refusal(FollowUpRefusals.Early, RefusalKind.Invalid, "early"));
        var label = PlanPublicity.LabelOf(review.Dossier);
        if (request.Label is { } wanted && !SharingLabels.TryParse(wanted, out label))
            problems.Add(new Refusal("writing.unknown-label", RefusalKind.Invalid, "label"));
        if (problems.Count > 0)
            return Refusal.Of(problems);
        return ImmutableArray.CreateRange(notes
            // A note says no more than its entry may.
            .Select(note => Text(
                $"{stage}:{note.Commitment}", new NoteContent(note.Text.Trim(), [note.Status]),
                SharingLabels.Inherit([label, SharingLabels.Of(material.Find(WritingKind.Commitment, note.Commitment)!.Label)])))
            .Prepend(Text(stage, new NoteContent(request.Text.Trim(), []), label)));

        NewText Text(string key, NoteContent content, SharingLabel under) =>
            new(WritingKind.ProgressNote, key, 1, Contents.Write(content), under.Code(), review.Dossier.WorkingLanguage);
    }
}

internal static class ToldTexts
{
    /// <summary>Material as it stands once texts are written.</summary>
    public static Material With(this Material material, ImmutableArray<NewText> texts, PersonId by, DateTimeOffset at) =>
        texts.Aggregate(material, (all, text) => all.With(text.ToWriting(by, at)));
}
