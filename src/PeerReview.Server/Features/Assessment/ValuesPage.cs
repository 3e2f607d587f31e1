using PeerReview.Core;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Assessment;

/// <summary>What every answer says, chosen on one page; texts and files are added item by item.</summary>
public sealed class ValuesPage(AssessmentLookup assessments, SaveValues save, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet(
            "/reviews/{review:guid}/values",
            (Guid review, Visit visit, ValuesPage page, CancellationToken cancel) =>
                page.DrawAsync(visit, new ReviewId(review), Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost(
            "/reviews/{review:guid}/values",
            (Guid review, Visit visit, Form form, ValuesPage page, CancellationToken cancel) =>
                page.SaveAsync(visit, new ReviewId(review), form, cancel));
    }

    private async Task<IResult> SaveAsync(Visit visit, ReviewId id, Form form, CancellationToken cancel) =>
        await save.RunAsync(id, [.. Chosen(form)], form.Has("label") ? form.Text("label") : null, visit.Caller.Actor, cancel) switch
        {
            Verdict<Receipt>.Refused { Reason: { Kind: not RefusalKind.NotFound } reason } =>
                await DrawAsync(visit, id, form, [.. reason.All], reason.Status(), cancel),
            Verdict<Receipt>.Refused => Answer.NotFound(),
            _ => Answer.Done($"/reviews/{id}/assessment", "values-saved"),
        };

    private async Task<IResult> DrawAsync(
        Visit visit, ReviewId id, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var found = await assessments.FindAsync(visit.Caller.Actor, id, cancel);
        if (found is null)
            return Answer.NotFound();
        // Where nothing can be chosen the list says why, and shows what stands.
        if (found.Sheet.Items.All(item => item.Closed is not null))
            return Answer.Done($"/reviews/{id}/assessment");
        var model = new ValuesModel(found, states.Of(found.Review.Subject.Iso3, visit.Texts.Language), form, errors);
        return Answer.Page<ValuesView>(new { Model = model }, status);
    }

    private static IEnumerable<ChosenValue> Chosen(Form form) =>
        from name in form.Names
        where name.StartsWith("value.", StringComparison.Ordinal)
        let item = name["value.".Length..]
        select new ChosenValue(item, form.Text(name), form.Text($"shown.{item}"), form.Number($"version.{item}") ?? 0);
}

/// <summary>What the page draws.</summary>
/// <param name="Form">What was chosen and refused; empty otherwise.</param>
public sealed record ValuesModel(FoundAssessment Found, string StateName, Form Form, IReadOnlyList<Refusal> Errors);
