using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Participants;

/// <summary>Reads the sheets of participating States, each as one person may see it.</summary>
public sealed class Sheets(ReviewLookup reviews)
{
    /// <summary>The review with everything written in it; null where it has no sheets, or none for this person.</summary>
    public async Task<Found<Material>?> FindAsync(Visit visit, Guid id, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor, new ReviewId(id), MaterialSql.Statements, new { Review = id }, MaterialSql.ReadAsync, cancel);
        return found?.Review.Dossier.Region is { } region && region.States.Any(state => Opens(visit.Caller.Actor, found.Review, state)) ? found : null;
    }

    /// <summary>Whether a sheet opens to somebody: it is their State's, or signed and theirs to read.</summary>
    public static bool Opens(Actor actor, LoadedReview review, string state) => review.Dossier.Region?.Has(state) == true
        && Access.Visible(actor, review.Dossier.SheetOf(state), review.Facts).CanRead;

    /// <summary>Whether something is written on the sheet of a State that is not signed: as it stands it is not handed in.</summary>
    public static bool LiesUnsigned(LoadedReview review, Material material, string state) =>
        !SheetRules.IsHandedIn(review.Dossier, state) && SheetRules.Of(material, state, review.Dossier.Items).Any();

    /// <summary>Whether the objection of a State took its sheet back, and it can still be signed again.</summary>
    public static bool CanSignAgain(LoadedReview review, string state) =>
        IsTaken(review, state) && SheetRules.Closed(review.State) is null;

    /// <summary>Whether the objection of a State took its sheet back, and the sheet was not signed again.</summary>
    private static bool IsTaken(LoadedReview review, string state) => review.Dossier.Region?.HasTakenSheet(state) == true;

    /// <summary>One sheet as a person sees it; null when it does not open.</summary>
    public static StateSheet? Of(Found<Material> found, Actor actor, string state)
    {
        var review = found.Review;
        if (!Opens(actor, review, state))
            return null;
        var own = actor.Person is { } person && review.ParticipantOf(person) == state && Access.May(actor, ReviewAct.WriteSheet, review.Facts) is null;
        var handedIn = SheetRules.IsHandedIn(review.Dossier, state);
        return new StateSheet(state, [.. review.Dossier.Items.Select(Line).OfType<SheetLine>()], handedIn)
        {
            Writes = own && !handedIn && SheetRules.Closed(review.State) is null,
            TakesBack = own && handedIn && SheetRules.Closed(review.State) is null,
            Decides = own && SheetRules.NotToDecide(review.State, review.Dossier, state) is null,
            Published = review.Dossier.Region!.ChoiceOf(state)?.Items,
            Taken = own && IsTaken(review, state),
            ContentHash = own ? SheetRules.HashOf(found.More, state, review.Dossier.Items) : null,
        };

        SheetLine? Line(string item)
        {
            var answer = found.More.Find(WritingKind.SheetAnswer, SheetRules.Key(state, item));
            if (answer is null || Contents.ReadNote(answer).Text is not { Length: > 0 } text)
                return own ? new SheetLine(item, answer?.Version ?? 0, null, null, null) : null;
            var label = SharingLabels.Of(answer.Label);
            var sight = Access.Visible(actor, review.Dossier.SheetOf(state), review.Facts, label);
            return sight.CanRead ? new SheetLine(item, answer.Version, text, label, answer.Language)
                : sight.Extent == Extent.Metadata ? new SheetLine(item, answer.Version, null, label, null)
                : null;
        }
    }
}

/// <summary>A sheet as one person sees it.</summary>
/// <param name="Lines">In the order of the items: all of them for the State itself, those with an answer for the others.</param>
/// <param name="HandedIn">Whether it is signed.</param>
public sealed record StateSheet(string State, ImmutableArray<SheetLine> Lines, bool HandedIn)
{
    /// <summary>Whether the reader writes on it and signs it now.</summary>
    public bool Writes { get; init; }

    /// <summary>Whether the reader can take it back now.</summary>
    public bool TakesBack { get; init; }

    /// <summary>Whether the reader can decide now what of it is published.</summary>
    public bool Decides { get; init; }

    /// <summary>Items whose answers are published; null while nothing is decided.</summary>
    public ImmutableArray<string>? Published { get; init; }

    /// <summary>Whether an objection of the reader's State took it back, and it was not signed again.</summary>
    public bool Taken { get; init; }

    /// <summary>What the State would sign; null for all others.</summary>
    public string? ContentHash { get; init; }
}

/// <summary>What a sheet says to one item.</summary>
/// <param name="Version">Of the text; 0 where there is none.</param>
/// <param name="Text">null where there is none, or the reader may only know that it is there.</param>
/// <param name="Label">null where there is no answer.</param>
/// <param name="Language">ISO 639-1.</param>
public sealed record SheetLine(string Item, int Version, string? Text, SharingLabel? Label, string? Language);
