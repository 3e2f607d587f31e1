using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Drafts;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Moves.Stages;

/// <summary>The page every stage has that no part of the product is made for: what it is about, who acts by when, what it makes, and how
/// to do one's part.</summary>
public sealed class StagePage(
    StageReader stages, SaveDocument save, CompleteStage complete, LeaveStage leave, ObjectToText objections, MoveReview moves, DraftStore drafts, StateNames states)
{
    /// <summary>A field of the form whose words are those of an earlier stage, and not saved yet.</summary>
    internal const string Begun = "begun";

    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/stages/{stage}", (
            Guid review, string stage, string? begin, string? with, Visit visit, StagePage page, CancellationToken cancel) =>
            page.ShowAsync(visit, new ReviewId(review), stage, begin, with, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/stages/{stage}", (
            Guid review, string stage, Visit visit, Form form, StagePage page, CancellationToken cancel) =>
            page.ActAsync(visit, new ReviewId(review), stage, form, cancel));
    }

    /// <param name="begin">The document that is to begin with a text of an earlier stage, if any is.</param>
    /// <param name="with">The key of that text.</param>
    private async Task<IResult> ShowAsync(Visit visit, ReviewId review, string stage, string? begin, string? with, CancellationToken cancel)
    {
        if (begin is null || await stages.FindAsync(visit.Caller.Actor, review, stage, cancel) is not { } found
            || found.Sources.FirstOrDefault(source => source.Text.Key == with) is not { Text: { } text })
            return await DrawAsync(visit, review, stage, Form.Empty, null, cancel);
        var taken = Form.Filled(new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["act"] = ["save"],
            ["document"] = [begin],
            ["text"] = [Contents.ReadSection(text).Text],
            ["label"] = [text.Label],
            ["language"] = [text.Language],
            [Begun] = ["on"],
        });
        return await DrawAsync(visit, review, stage, taken, null, cancel);
    }

    private async Task<IResult> ActAsync(Visit visit, ReviewId review, string stage, Form form, CancellationToken cancel)
    {
        var actor = visit.Caller.Actor;
        if (form.Text("act") is "complete" or "go_on")
        {
            var (unsaved, request) = await SaveTypedAsync(visit, review, stage, ToRequest(form), cancel);
            if (unsaved is { } refused)
            {
                await KeepMergedAsync(visit, review, stage, refused, cancel);
                return await DrawAsync(visit, review, stage, refused.Form, refused.Reason, cancel);
            }

            return await AnswerAsync(visit, review, stage, form, await complete.RunAsync(review, stage, request, actor, cancel), "stage-done", cancel);
        }

        var (verdict, notice) = form.Text("act") switch
        {
            "settle" => (await complete.RunAsync(review, stage, ToRequest(form), actor, cancel), "right-settled"),
            "save" => (await SaveAsync(review, stage, form, actor, cancel), "text-saved"),
            "object" => (await objections.RunAsync(review, stage, new ReasonRequest(form.Text("reason")), actor, key: null, cancel), "text-objected"),
            "fail" => (await moves.RunAsync(
                review, MoveKind.Fail, new MoveRequest(form.Text("reason")) { Stage = stage }, actor, key: null, cancel), "moved"),
            "waive" => (await moves.RunAsync(review, MoveKind.Waive, new MoveRequest { Stage = stage }, actor, key: null, cancel), "moved"),
            "skip" => (await leave.SkipAsync(review, stage, new ReasonRequest(form.Text("reason")), actor, key: null, cancel), "moved"),
            "return" => (await leave.ReturnAsync(
                review, stage, new BackRequest(form.Text("to"), form.Text("reason")), actor, key: null, cancel), "moved"),
            _ => (ReviewRefusals.UnknownAct, ""),
        };
        return await AnswerAsync(visit, review, stage, form, verdict, notice, cancel);
    }

    private async Task<IResult> AnswerAsync(
        Visit visit, ReviewId review, string stage, Form form, Verdict<Receipt> verdict, string notice, CancellationToken cancel)
    {
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done(form.Text("act") is "save" or "object" ? PathOf(review, stage) : StagePages.Of(review.Value), notice);
        return reason.Kind == RefusalKind.NotFound ? Answer.NotFound() : await DrawAsync(visit, review, stage, form, reason, cancel);
    }

    private Task<Verdict<Receipt>> SaveAsync(ReviewId review, string stage, Form form, Actor actor, CancellationToken cancel) => save.RunAsync(
        review, stage, form.Text("document"),
        new DocumentRequest(form.Text("text"), form.Text("label"), form.Text("language"), form.Number("version")), actor, key: null, cancel);

    /// <summary>Whoever says that their part is done means what they see: words typed above and not saved are saved with it.</summary>
    /// <returns>What could not be saved, with why, or null; and the request, which agrees to the text as it is saved now.</returns>
    private async Task<((Form Form, Refusal Reason)? Unsaved, StageRequest Request)> SaveTypedAsync(
        Visit visit, ReviewId review, string stage, StageRequest request, CancellationToken cancel)
    {
        var (person, actor) = (visit.Caller.Id, visit.Caller.Actor);
        var typed = await drafts.OfPageAsync(person, PathOf(review, stage), cancel);
        if (typed.Count == 0 || await stages.FindAsync(actor, review, stage, cancel) is not { } before)
            return (null, request);
        var saved = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in before.Documents.Where(document => document.MayWrite))
        {
            if (typed.FirstOrDefault(draft => draft.Part == text.Document.Document.Id) is not { } draft)
                continue;
            var fields = draft.Form.Names.ToDictionary(name => name, name => draft.Form.All(name).ToArray(), StringComparer.Ordinal);
            fields["act"] = ["save"];
            var form = Form.Filled(fields);
            if (await SaveAsync(review, stage, form, actor, cancel) is Verdict<Receipt>.Refused { Reason: var reason })
                return ((form, reason), request);
            await drafts.ForgetAsync(person, PathOf(review, stage), draft.Part, cancel);
            saved.Add(text.Name);
        }

        // Whoever agrees has seen their own words; what somebody else changed meanwhile they have not.
        return request.ContentHash == before.Asks.Hash && await stages.FindAsync(actor, review, stage, cancel) is { } after
            && after.Documents.All(text => saved.Contains(text.Name) || before.Documents.Any(was => was.Name == text.Name && was.Newest?.Version == text.Newest?.Version))
            ? (null, request with { ContentHash = after.Asks.Hash })
            : (null, request);
    }

    /// <summary>Where somebody else saved meanwhile, the page shows both changes brought together: that is what is typed from then on.</summary>
    private async Task KeepMergedAsync(Visit visit, ReviewId review, string stage, (Form Form, Refusal Reason) refused, CancellationToken cancel)
    {
        if (refused.Reason.Code != "writing.stale" || await stages.FindAsync(visit.Caller.Actor, review, stage, cancel) is not { } found
            || Merge(visit, found, refused.Form) is not { } merge)
            return;
        var fields = merge.Form.Names.ToDictionary(name => name, name => merge.Form.All(name).ToArray(), StringComparer.Ordinal);
        fields[Draft.PageField] = [PathOf(review, stage)];
        fields[Draft.PartField] = [refused.Form.Text("document")];
        await drafts.KeepAsync(visit.Caller.Id, Form.Filled(fields), cancel);
    }

    private static string PathOf(ReviewId review, string stage) => $"{StagePages.Of(review.Value)}/stages/{stage}";

    private static StageRequest ToRequest(Form form) => new()
    {
        States = [.. form.All("states")],
        Conditions = form.Names.Where(name => name.StartsWith("condition.", StringComparison.Ordinal) && form.Text(name) is "yes" or "no")
            .ToImmutableDictionary(name => name["condition.".Length..], name => form.Text(name) == "yes", StringComparer.Ordinal),
        ContentHash = form.Text("content_hash"),
        Branch = form.Has("branch") ? form.Text("branch") : null,
        Reason = form.Text("reason"),
        Conduct = form.IsOn("conduct"),
        Signature = SignatureRequest.Of(form),
        GoOn = form.Text("act") == "go_on",
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
