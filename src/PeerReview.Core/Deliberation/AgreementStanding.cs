using System.Collections.Immutable;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>Who confirmed the report all went on with, and how each of the others stands to it. A party that stands in
/// <paramref name="Dissented"/> can have confirmed the text with its dissent; else every party stands in one place.</summary>
/// <param name="Confirmed">See <see cref="AgreementRules.Parties"/>; the lead, who speaks for no party, is not named.</param>
/// <param name="Dissented">Their dissent is annexed.</param>
/// <param name="Disagreed">Stated that there is no agreement, with a reason, and said nothing after that.</param>
/// <param name="Earlier">Confirmed a text that was changed later.</param>
/// <param name="Silent">Answered at no time, neither in the agreement nor in the reconciliation.</param>
public sealed record AgreementStanding(
    ImmutableArray<string> Confirmed, ImmutableArray<string> Dissented, ImmutableArray<string> Disagreed,
    ImmutableArray<string> Earlier, ImmutableArray<string> Silent)
{
    /// <summary>How the reason of whoever states that a stage cannot succeed is kept: its key begins so.</summary>
    public const string FailReason = "Fail";

    /// <summary>Whether each party confirmed and none dissented.</summary>
    public bool IsOfAll => Dissented.IsEmpty && Disagreed.IsEmpty && Earlier.IsEmpty && Silent.IsEmpty;

    /// <summary>Of a review; null before its report was agreed on or went on.</summary>
    public static AgreementStanding? Of(Dossier dossier, Material material)
    {
        if (dossier.Agreement is not { } agreed)
            return null;
        var left = AgreementRules.LeftOut(dossier);
        var stated = Stated(dossier, material);
        var by = left.ToLookup(state =>
        {
            var signed = material.Find(WritingKind.Signature, $"{SignedAct.Agreement(state)}:{AgreementRules.RoleOf(state)}")?.At;
            return stated is { } one && one.State == state && !(signed > one.At) ? "disagreed" : signed is null ? "silent" : "earlier";
        }, StringComparer.Ordinal);
        return new AgreementStanding(
            [
                .. AgreementRules.Parties(AgreementRules.Stage, dossier)
                    .Where(party => AgreementRules.HasConfirmed(dossier, party, agreed.ContentHash)),
            ],
            agreed.Dissent, [.. by["disagreed"]], [.. by["earlier"]], [.. by["silent"]]);
    }

    /// <summary>The reviewing State that stated that there is no agreement, and when; null where none did, or not a reviewing State.</summary>
    private static (string State, DateTimeOffset At)? Stated(Dossier dossier, Material material)
    {
        var reason = material.Of(WritingKind.Reason).Where(text => text.Key.StartsWith(FailReason + ":", StringComparison.Ordinal)).MaxBy(text => text.At);
        if (reason is null)
            return null;
        // Kept with the reason: whoever spoke for the State then may have left since.
        var state = Contents.ReadNote(reason).Items is [var kept, ..] ? kept
            : dossier.People.FirstOrDefault(one => one.Role == RoleCode.ReviewerFocalPoint && one.Person == reason.Author.Value)?.State;
        return state is null ? null : (state, reason.At);
    }
}
