using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Register;

/// <summary>Where the State's authority sees and decides what the public learns of a review by a programme's own process.</summary>
public sealed class ShowTextsPage(ReviewLookup reviews, ShowTexts show, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/public", (Guid review, Visit visit, ShowTextsPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, new ReviewId(review), Form.Empty, null, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/public", (Guid review, Visit visit, Form form, ShowTextsPage page, CancellationToken cancel) =>
            page.PostAsync(visit, new ReviewId(review), form, cancel));
    }

    private async Task<IResult> PostAsync(Visit visit, ReviewId review, Form form, CancellationToken cancel) =>
        await show.RunAsync(review, Read(form), visit.Caller.Actor, key: null, cancel) is Verdict<Receipt>.Refused { Reason: var reason }
            ? reason.Kind == RefusalKind.NotFound ? Answer.NotFound() : await DrawAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/public", "public-decided");

    private static ShowRequest Read(Form form) => new(form.IsOn("register"))
    {
        Texts =
        [
            .. from value in form.All("texts")
               let at = value.LastIndexOf('@')
               where at > 0 && int.TryParse(value[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _)
               select new ShownText(value[..at], int.Parse(value[(at + 1)..], CultureInfo.InvariantCulture)),
        ],
        Signature = SignatureRequest.Of(form),
    };

    private async Task<IResult> DrawAsync(Visit visit, ReviewId id, Form form, Refusal? reason, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor, id, Sql.Texts, new { Review = id.Value },
            async grid => (await grid.ReadAsync<WritingRow>()).Select(row => row.ToWriting()).ToImmutableArray(), cancel);
        if (found is not { Review: var review } || !PublicTexts.AreIn(review.Process) || Access.May(visit.Caller.Actor, ReviewAct.ShowTexts, review.Facts) is not null)
            return Answer.NotFound();
        return Answer.Page<ShowTextsView>(
            new
            {
                Model = new ShowTextsModel(
                    review, states.Of(review.Subject.Iso3, visit.Texts.Language), [.. found.More.Where(text => PublicTexts.MayBeShown(review.State, review.Dossier, text))],
                    form, [.. reason?.All ?? []])
                {
                    Own = new OwnNames(review, visit.Texts, states),
                    Person = visit.Caller.Person!,
                },
            },
            reason?.Status() ?? StatusCodes.Status200OK);
    }

    private static class Sql
    {
        public const string Texts =
            """
            SELECT kind, key, version, content, label, language, author, at FROM writing_head JOIN writing USING (review_id, kind, key, version)
            WHERE review_id = @Review AND kind = 'stage_document' AND NOT withdrawn
            ORDER BY key
            """;
    }
}

/// <summary>What the page draws.</summary>
/// <param name="Texts">Those that can be shown.</param>
public sealed record ShowTextsModel(
    LoadedReview Review, string StateName, ImmutableArray<Writing> Texts, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>What the process calls its documents.</summary>
    public required OwnNames Own { get; init; }

    public required Platform.Identity.Person Person { get; init; }
}
