using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using KnownStages = PeerReview.Core.Process.KnownStages;
using ProcessCodes = PeerReview.Core.Process.ProcessCodes;
using ProcessStatus = PeerReview.Core.Process.ReviewStatus;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>What the rules of access need to know, from the review as it stands.</summary>
internal static class FactsForAccess
{
    public static ReviewFacts Of(LoadedReview review) => new(review.Id, review.Programme)
    {
        Subject = new StateCode(review.Subject.Iso3),
        Participants = review.Dossier.Region is { } region ? [.. region.States.Select(state => new StateCode(state))] : [],
        Status = Status(review.State.Status),
        Submitted = review.Process.Milestones.Any(m => m.Id == "submitted")
            ? review.State.Reached("submitted")
            : AreMade(review, DocumentKind.SelfAssessment),
        Undeclared = KnownStages.Serve(review.Process, Waits.Declare) ? [.. Undeclared(review.Dossier)]
            : [.. LateDeclarations.Open(review.State, review.Dossier).Select(late => new PersonId(late.Person))],
        ReviewersDone = IsClosed(review, "desk_review", DocumentKind.ReviewerComments),
        Consolidated = IsClosed(review, "consolidate", DocumentKind.ReviewerComments),
        ReplyWindowOver = IsOver(review, StakeholderWindow.Reply),
        HasTeam = review.HasTeam,
        Drafted = IsClosed(review, "draft", DocumentKind.DraftReport),
        // The milestone is passed as well where the States did not agree and look for a way on.
        Agreed = !review.HasTeam ? review.State.Reached("agreed")
            : KnownStages.Serve(review.Process, AgreementRules.Stage) ? review.Dossier.Agreement is not null
            : AreMade(review, DocumentKind.AgreedReport),
        Planned = IsClosed(review, "action_plan"),
        Published = review.Dossier.Slug is not null,
        InRegister = review.Dossier.RegisterConsent,
        Choices = Choices(review),
    };

    private static IEnumerable<PersonId> Undeclared(Dossier dossier) =>
        dossier.Holding(RoleCode.Expert).Where(expert => !dossier.HasDeclared(expert)).Select(expert => new PersonId(expert));

    // A stage that was left out counts as passed for what follows, and opens nobody's comments.
    private static bool IsClosed(LoadedReview review, string stage) =>
        review.Process.FindStage(stage) is { } found && review.State[found].Status is Core.Process.StageStatus.Done;

    // Another process comes to the same point where it has made documents of that kind.
    private static bool IsClosed(LoadedReview review, string stage, DocumentKind kind) =>
        KnownStages.Serve(review.Process, stage) ? IsClosed(review, stage) : AreMade(review, kind);

    /// <summary>Whether a stage that makes documents of a kind is done.</summary>
    private static bool AreMade(LoadedReview review, DocumentKind kind) => review.Process.Stages.Any(stage =>
        review.State[stage].Status is Core.Process.StageStatus.Done
        && stage.Makes.Any(id => review.Process.Documents.Any(d => d.Id == id && d.Visibility == ProcessCodes.Of(kind))));

    /// <summary>Silence that counted ends it as well.</summary>
    private static bool IsOver(LoadedReview review, string stage) => review.Process.FindStage(stage) is { } found
        && review.State[found].Status is not (Core.Process.StageStatus.Waiting or Core.Process.StageStatus.Open);

    private static ReviewStatus Status(ProcessStatus status) => status switch
    {
        ProcessStatus.NotLaunched or ProcessStatus.Running => ReviewStatus.Running,
        ProcessStatus.Deferred => ReviewStatus.Deferred,
        ProcessStatus.Suspended => ReviewStatus.Suspended,
        ProcessStatus.Withdrawn => ReviewStatus.Withdrawn,
        ProcessStatus.Closed => ReviewStatus.Closed,
    };

    private static ImmutableDictionary<DocumentKind, PublicationChoice> Choices(LoadedReview review) =>
        review.Dossier.Choices is not { } choices
            ? ImmutableDictionary<DocumentKind, PublicationChoice>.Empty
            : choices
                .Select(c => (Kind: PublishedDocuments.Find(c.Key), Choice: PublishedDocuments.FindChoice(c.Value)))
                .Where(c => c.Kind is not null && c.Choice is not null)
                .ToImmutableDictionary(c => c.Kind!.Value, c => c.Choice!.Value);
}
