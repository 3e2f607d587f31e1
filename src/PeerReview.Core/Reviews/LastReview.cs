using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.FollowUp;
using SightOf = PeerReview.Core.Access.Access;

namespace PeerReview.Core.Reviews;

/// <summary>What one person may read of the last review of a State beside the present one: answers, and what was left open.</summary>
/// <param name="Answers">Those to questions of the present review, in the framework's order.</param>
/// <param name="NotAsked">Ids of items answered then that the present review does not ask about.</param>
/// <param name="Open">What was undertaken and not finished.</param>
/// <param name="Closing">Closing notes by the role that wrote each.</param>
public sealed record LastReview(
    ImmutableArray<LastAnswer> Answers, ImmutableArray<string> NotAsked, ImmutableArray<OpenPoint> Open, ImmutableArray<Writing> Closing)
{
    /// <summary>What the key of an open point begins with where it stands beside keys of the present review.</summary>
    public const string Prefix = "last.";

    private static readonly LastReview None = new([], [], [], []);

    /// <summary>Whether nothing that was left open is kept from this person by who they are or by a label, so that an empty list says that
    /// nothing is.</summary>
    public bool KnowsOpen { get; private init; }

    /// <summary>Whether undertakings of it stand in its published report, where this person reads them and no more: what they read here says nothing
    /// about those.</summary>
    public bool HasPublished { get; private init; }

    /// <summary>Whether there is nothing of it this person may read.</summary>
    public bool IsEmpty => Answers.IsEmpty && NotAsked.IsEmpty && Open.IsEmpty && Closing.IsEmpty;

    /// <summary>The answer to one item, or null.</summary>
    public LastAnswer? Find(string item) => Answers.FirstOrDefault(answer => answer.Item == item);

    /// <summary>What was left open under a key with <see cref="Prefix"/>, or null.</summary>
    public OpenPoint? FindOpen(string key) =>
        Open.FirstOrDefault(point => key.StartsWith(Prefix, StringComparison.Ordinal) && point.Text.Key == key[Prefix.Length..]);

    /// <summary>As one person may read it. The State's side reads all it wrote, whoever works for it now; a contributor, the items given to
    /// them now; who worked on the last review, what they read then; who reviews now, what was labelled to go beyond those of then.</summary>
    /// <param name="now">The present review.</param>
    /// <param name="then">The last one.</param>
    public static LastReview Of(Actor actor, AssessmentGround now, AssessmentGround then)
    {
        // Whoever has no part in the present review does not learn what it goes on from, whatever they read then.
        if (!SightOf.Visible(actor, DocumentKind.LaunchNotice, now.Facts).CanRead)
            return None;
        var read = then.Material.Of(WritingKind.Answer).Where(answer => Reads(actor, answer, now, then))
            .ToDictionary(answer => answer.Key, Contents.ReadAnswer, StringComparer.Ordinal);
        var asked = now.Framework.Items.Where(item => now.Dossier.Items.Contains(item.Id, StringComparer.Ordinal)).Select(item => item.Id).ToList();
        return new LastReview(
            [.. asked.Where(read.ContainsKey).Select(item => new LastAnswer(item, read[item]))],
            [.. then.Framework.Items.Select(item => item.Id).Where(read.ContainsKey).Except(asked, StringComparer.Ordinal)],
            [
                .. from point in OpenPoints.Of(then.Material)
                   where ReadsFollowUp(actor, point.Text, now, then)
                   select point.Told is { } note && !ReadsFollowUp(actor, note, now, then) ? point with { Told = null } : point,
            ],
            [.. then.Material.Of(WritingKind.ClosingNote).Where(note => ReadsFollowUp(actor, note, now, then))])
        {
            KnowsOpen = WritesFollowUp(actor, now)
                || SightOf.Visible(actor, ReviewDocuments.Commitments(then.Facts), then.Facts, SharingLabel.Red).CanRead,
            HasPublished = SightOf.Visible(actor, ReviewDocuments.Commitments(then.Facts), then.Facts, SharingLabel.Clear).Extent == Extent.Published,
        };
    }

    private static bool Reads(Actor actor, Writing answer, AssessmentGround now, AssessmentGround then)
    {
        var (item, label) = (answer.Key, SharingLabels.Of(answer.Label));
        var (before, document) = (then.Dossier.Answer(item), now.Dossier.Answer(item));
        return SightOf.Visible(actor, before, then.Facts, label).CanRead
            || SightOf.Visible(actor, document, now.Facts with { Submitted = false }, label).CanRead
            || (label >= SharingLabel.Green && !then.Dossier.FallsOutside(item) && !IsWithheld(item, then.Dossier) && SightOf.Visible(actor, document, now.Facts, label).CanRead);
    }

    /// <summary>The State took it, or a layer of it, out of what it published: its label is not its last word.</summary>
    private static bool IsWithheld(string item, Dossier then) =>
        then.Withheld.Any(withheld => withheld == item || withheld.StartsWith(item + ".", StringComparison.Ordinal));

    private static bool ReadsFollowUp(Actor actor, Writing text, AssessmentGround now, AssessmentGround then) =>
        then.Facts.OpensCommitments(actor, text)
        || WritesFollowUp(actor, now);

    private static bool WritesFollowUp(Actor actor, AssessmentGround now) =>
        SightOf.Visible(actor, new Document(DocumentKind.Commitments) { Draft = true }, now.Facts).CanRead;
}

/// <summary>An answer of the last review.</summary>
/// <param name="Item">The item, which the present review asks about too.</param>
public sealed record LastAnswer(string Item, Answer Answer)
{
    /// <summary>The same as a draft of the present review: label and language as they were, to be looked at.</summary>
    /// <param name="framework">Of the present review: what it does not know is left out.</param>
    public Answer ToDraft(Frameworks.Framework framework) => Answer with
    {
        FromLast = true,
        Sectors = [.. Answer.Sectors.Where(code => framework.Sectors.Any(sector => sector.Code == code))],
    };

    /// <summary>Why it cannot be taken over; null when it can.</summary>
    /// <param name="version">Of the present answer; 0 while there is none.</param>
    /// <param name="closed">Why the person cannot write the present answer; null when they can.</param>
    /// <returns>null, <paramref name="closed"/>, or <c>last.answered</c>: nothing that was written is written over.</returns>
    public static Refusal? MayTake(int version, Refusal? closed) =>
        closed ?? (version > 0 ? new Refusal("last.answered", RefusalKind.Conflict) : null);
}
