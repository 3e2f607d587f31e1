using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Translations;

/// <summary>Every answer the coordinator may read and the experts need in their language, with how far it is.</summary>
public sealed class TranslationsPage(AssessmentLookup assessments, ReviewCommands commands, FinishTranslations finish, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/translations", (Guid review, Visit visit, TranslationsPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, review, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/translations", (Guid review, Visit visit, TranslationsPage page, CancellationToken cancel) =>
            page.FinishAsync(visit, review, cancel));
    }

    /// <summary>What there is to translate in a review, for whoever translates; null for everybody else, and while it is not known
    /// whether anything is.</summary>
    internal static async Task<TranslationsFound?> FindAsync(AssessmentLookup assessments, Actor actor, ReviewId id, CancellationToken cancel) =>
        await assessments.FindAsync(actor, id, cancel) is { Review: { HasTeam: true } review } found
        && Access.May(actor, ReviewAct.Translate, review.Facts) is null or { Kind: RefusalKind.Conflict }
        && ReaderTranslations.TakePlace(review.State)
            ? new TranslationsFound(
                found, [.. ReaderTranslations.Of(review.Dossier, found.Material).Where(one => found.Sheet.Find(one.Item)?.Answer is not null)])
            : null;

    private async Task<IResult> FinishAsync(Visit visit, Guid review, CancellationToken cancel)
    {
        var verdict = await commands.RunAsync(
            new ReviewId(review), visit.Caller.Actor, key: null, (work, token) => finish.DecideAsync(work, default, token), cancel);
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{review}", "translations-finished");
        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await DrawAsync(visit, review, [.. reason.All], reason.Status(), cancel);
    }

    private async Task<IResult> DrawAsync(Visit visit, Guid review, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel) =>
        await FindAsync(assessments, visit.Caller.Actor, new ReviewId(review), cancel) is { } found
            ? Answer.Page<TranslationsView>(
                new { Model = new TranslationsModel(found, names.Of(found.Review.Subject.Iso3, visit.Texts.Language), errors) }, status)
            : Answer.NotFound();
}

/// <summary>What there is to translate.</summary>
/// <param name="Items">In the framework's order.</param>
public sealed record TranslationsFound(FoundAssessment Assessment, ImmutableArray<ReaderTranslation> Items)
{
    public LoadedReview Review => Assessment.Review;

    /// <summary>The experts' language, ISO 639-1.</summary>
    public string Language => Review.Dossier.Team.Language!;

    /// <summary>Whether translations can be made now.</summary>
    public bool IsOpen => StageDoor.Closed(Review.State, ReaderTranslations.Stage) is null;

    /// <summary>How many are ready for the experts.</summary>
    public int Done => Items.Count(one => one.IsDone);

    /// <summary>The newest version the office saved of one, whether it says something or not; null before the first.</summary>
    public Writing? Newest(string item) =>
        Assessment.Material.Find(WritingKind.ReaderTranslation, StandingTranslations.KeyOf(item, Language));
}

/// <summary>What the list draws.</summary>
public sealed record TranslationsModel(TranslationsFound Found, string StateName, IReadOnlyList<Refusal> Errors);
