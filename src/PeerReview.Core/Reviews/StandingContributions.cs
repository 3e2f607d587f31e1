using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using SightOf = PeerReview.Core.Access.Access;

namespace PeerReview.Core.Reviews;

/// <summary>A contribution as one reader sees it.</summary>
/// <param name="Sent">The text, with its sender, language and instant.</param>
/// <param name="Screening">For the sender and the office, once there is one.</param>
/// <param name="Reply">The State's, for those who may read it; null while there is none.</param>
public sealed record StandingContribution(
    ContributionMark Mark, ContributionContent Content, Writing Sent, ScreeningContent? Screening, Writing? Reply);

/// <summary>The contributions of stakeholders as they stand: one projection for pages, API and the desk of the experts.</summary>
public static class StandingContributions
{
    /// <summary>Those that open to a reader, in the order they were handed in.</summary>
    public static IEnumerable<StandingContribution> For(Actor actor, ReviewFacts review, Dossier dossier, Material material)
    {
        foreach (var mark in dossier.Stakeholders.Contributions)
        {
            if (material.Find(WritingKind.Contribution, mark.Key) is not { } sent)
                continue;
            var content = Contents.ReadContribution(sent);
            if (!Reads(dossier.Contribution(mark.Key, review, content.Item), SharingLabels.Of(sent.Label)))
                continue;
            yield return new StandingContribution(
                mark,
                content,
                sent,
                material.Find(WritingKind.Screening, mark.Key) is { } screening && Reads(dossier.Screening(mark.Key), SharingLabels.Of(screening.Label))
                    ? Contents.ReadScreening(screening)
                    : null,
                material.Find(WritingKind.ContributionReply, mark.Key) is { } reply
                    && Reads(dossier.ContributionReply(content.Item), SharingLabels.Of(reply.Label))
                    ? reply
                    : null);
        }

        bool Reads(Document document, SharingLabel? label) => SightOf.Visible(actor, document, review, label).CanRead;
    }

    /// <summary>Whether the page of contributions opens to a reader: to the office and to stakeholders as long as the window takes
    /// place, to everybody else once there is something they may read.</summary>
    /// <param name="takesPlace">Whether the window was not left out.</param>
    public static bool OpenTo(Actor actor, ReviewFacts review, Dossier dossier, bool takesPlace) => takesPlace
        && (SightOf.Visible(actor, ReviewDocuments.OwnContribution(actor), review).CanRead
            || dossier.Stakeholders.Contributions.Any(c => SightOf.Visible(actor, dossier.Contribution(c.Key, review), review, SharingLabel.Amber).CanRead));
}
