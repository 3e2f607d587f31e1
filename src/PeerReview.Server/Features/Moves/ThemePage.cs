using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Moves;

/// <summary>The State limits its review to one theme: what falls out of it is shown before it is signed.</summary>
public sealed class ThemePage(ReviewLookup reviews, NarrowReview narrow, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        const string path = "/reviews/{review:guid}/theme";
        routes.Pages.MapGet(path, (Guid review, string? to, Visit visit, ThemePage page, CancellationToken cancel) =>
            page.ShowAsync(new ReviewId(review), visit, to, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost(path, (Guid review, Visit visit, Form form, ThemePage page, CancellationToken cancel) =>
            page.NarrowAsync(new ReviewId(review), visit, form, cancel));
    }

    private async Task<IResult> NarrowAsync(ReviewId review, Visit visit, Form form, CancellationToken cancel)
    {
        var request = new ThemeRequest(form.Text("theme"), form.Text("reason"), SignatureRequest.Of(form));
        var verdict = await narrow.RunAsync(review, request, visit.Caller.Actor, key: null, cancel);
        if (verdict is Verdict<Receipt>.Accepted)
            return Answer.Done($"/reviews/{review}", "narrowed");
        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        return reason.Kind is RefusalKind.NotFound or RefusalKind.NotAllowed
            ? Answer.Refused(reason)
            : await ShowAsync(review, visit, request.Theme, form, [.. reason.All], reason.Status(), cancel);
    }

    private async Task<IResult> ShowAsync(
        ReviewId id, Visit visit, string? to, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var actor = visit.Caller.Actor;
        var found = await reviews.FindAsync(actor, id, MaterialSql.Statements, new { Review = id.Value }, MaterialSql.ReadAsync, cancel);
        if (found is not { Review: var review, More: var material } || Access.May(actor, ReviewAct.ChangeVariant, review.Facts) is not null)
            return Answer.NotFound();
        var change = to is null ? null : (ThemeRules.Of(review.Framework, review.State, review.Dossier, to) as Verdict<ThemeChange>.Accepted)?.Value;
        return Answer.Page<ThemeView>(
            new
            {
                Model = new ThemeModel(review, states.Of(review.Subject.Iso3, visit.Texts.Language), form, errors, visit.Caller.Person!)
                {
                    Closed = ThemeRules.Closed(review.State, review.Dossier),
                    Choices = ThemeRules.Choices(review.Framework, review.State, review.Dossier),
                    Change = change,
                    Answered = material.Of(WritingKind.Answer).Count(answer => change?.Falls.Contains(answer.Key, StringComparer.Ordinal) == true),
                    Files = material.Files.Count(file => change?.Falls.Contains(file.Item, StringComparer.Ordinal) == true),
                    Idle = change is null ? [] : [.. Idle(review, change)],
                },
            },
            status);
    }

    /// <summary>The contributors whose questions would all fall away.</summary>
    private static IEnumerable<string> Idle(LoadedReview review, ThemeChange change) =>
        from person in (review.Dossier with { Theme = change.Theme, Items = change.Items }).WithoutQuestions
        select review.Find(new PersonId(person))?.Name;
}

/// <summary>What the page draws.</summary>
public sealed record ThemeModel(LoadedReview Review, string State, Form Form, IReadOnlyList<Refusal> Errors, Platform.Identity.Person Person)
{
    /// <summary>Why the review cannot be limited now; null when it can.</summary>
    public Refusal? Closed { get; init; }

    /// <summary>The themes it can be limited to.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>The theme looked at, and what it would change; null while none is.</summary>
    public ThemeChange? Change { get; init; }

    /// <summary>Answers written to what would fall out.</summary>
    public int Answered { get; init; }

    /// <summary>Files under it.</summary>
    public int Files { get; init; }

    /// <summary>Names of contributors with nothing left to answer.</summary>
    public ImmutableArray<string> Idle { get; init; } = [];
}
