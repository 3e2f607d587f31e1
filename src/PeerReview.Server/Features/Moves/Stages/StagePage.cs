using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Moves.Stages;

/// <summary>The page every stage has that no part of the product is made for: what it is about, who acts by when, what it makes, and how
/// to do one's part.</summary>
public sealed class StagePage(
    StageReader stages, SaveDocument save, CompleteStage complete, LeaveStage leave, MoveReview moves, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/stages/{stage}", (
            Guid review, string stage, Visit visit, StagePage page, CancellationToken cancel) =>
            page.DrawAsync(visit, new ReviewId(review), stage, Form.Empty, null, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/stages/{stage}", (
            Guid review, string stage, Visit visit, Form form, StagePage page, CancellationToken cancel) =>
            page.ActAsync(visit, new ReviewId(review), stage, form, cancel));
    }

    private async Task<IResult> ActAsync(Visit visit, ReviewId review, string stage, Form form, CancellationToken cancel)
    {
        var actor = visit.Caller.Actor;
        var (verdict, notice) = form.Text("act") switch
        {
            "save" => (await save.RunAsync(
                review, stage, form.Text("document"),
                new DocumentRequest(form.Text("text"), form.Text("label"), form.Text("language"), form.Number("version")), actor, key: null, cancel), "text-saved"),
            "complete" => (await complete.RunAsync(review, stage, ToRequest(form), actor, cancel), "stage-done"),
            "fail" => (await moves.RunAsync(
                review, MoveKind.Fail, new MoveRequest(form.Text("reason")) { Stage = stage }, actor, key: null, cancel), "moved"),
            "waive" => (await moves.RunAsync(review, MoveKind.Waive, new MoveRequest { Stage = stage }, actor, key: null, cancel), "moved"),
            "skip" => (await leave.SkipAsync(review, stage, new ReasonRequest(form.Text("reason")), actor, key: null, cancel), "moved"),
            "return" => (await leave.ReturnAsync(
                review, stage, new BackRequest(form.Text("to"), form.Text("reason")), actor, key: null, cancel), "moved"),
            _ => (ReviewRefusals.UnknownAct, ""),
        };
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done(form.Text("act") == "save" ? $"{StagePages.Of(review.Value)}/stages/{stage}" : StagePages.Of(review.Value), notice);
        return reason.Kind == RefusalKind.NotFound ? Answer.NotFound() : await DrawAsync(visit, review, stage, form, reason, cancel);
    }

    private static StageRequest ToRequest(Form form) => new()
    {
        States = [.. form.All("states")],
        Conditions = form.Names.Where(name => name.StartsWith("condition.", StringComparison.Ordinal) && form.Text(name) is "yes" or "no")
            .ToImmutableDictionary(name => name["condition.".Length..], name => form.Text(name) == "yes", StringComparer.Ordinal),
        ContentHash = form.Text("content_hash"),
    };

    private async Task<IResult> DrawAsync(Visit visit, ReviewId review, string stage, Form form, Refusal? reason, CancellationToken cancel)
    {
        if (await stages.FindAsync(visit.Caller.Actor, review, stage, cancel) is not { } found)
            return Answer.NotFound();
        var merge = reason?.Code == "writing.stale" ? Merge(visit, found, form) : null;
        return Answer.Page<StageView>(
            new
            {
                Model = new StageModel(
                    found, states.Of(found.Review.Subject.Iso3, visit.Texts.Language), merge?.Form ?? form, merge is null ? [.. reason?.All ?? []] : [])
                {
                    Merge = merge,
                    Own = new OwnNames(found.Review, visit.Texts, states),
                },
            },
            reason?.Status() ?? StatusCodes.Status200OK);
    }

    // Somebody saved meanwhile: both changes come together in the form.
    private static FormMerge? Merge(Visit visit, FoundStage found, Form mine)
    {
        if (found.Documents.FirstOrDefault(d => d.MayWrite && d.Document.Document.Id == mine.Text("document")) is not { Newest: { } newest } text)
            return null;
        var origin = text.Versions.FirstOrDefault(v => v.Version == (mine.Number("version") ?? 0));
        return FormMerge.Of(
            Fields(origin), Fields(newest), mine, (found.Review.Find(newest.Author)?.Name ?? "", newest.Version),
            [FieldToMerge.OfText("text", visit.Texts["stage.text"])]);
    }

    private static Form Fields(Writing? text) => text is null
        ? Form.Empty
        : Form.Filled(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["text"] = [Contents.ReadSection(text).Text] });
}

/// <summary>What the page draws.</summary>
/// <param name="Form">What was sent and refused; empty otherwise.</param>
public sealed record StageModel(FoundStage Found, string StateName, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>Where somebody else saved meanwhile: what became of both changes; the form holds them.</summary>
    public FormMerge? Merge { get; init; }

    /// <summary>What the process calls its roles and documents.</summary>
    public required OwnNames Own { get; init; }
}
