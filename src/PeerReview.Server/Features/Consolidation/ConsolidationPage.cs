using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Consolidation;

/// <summary>The whole consolidation: the questions to the State, every comment with where it leads, and handing over.</summary>
public sealed class ConsolidationPage(
    ConsolidationReader reader, SaveConsolidation save, HandOverQuestions handOver, ReviewCommands commands, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/consolidation", (
            Guid review, string? change, Visit visit, ConsolidationPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, new ReviewId(review), new Again { Changes = change }, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/consolidation", (
            Guid review, Visit visit, Form form, ConsolidationPage page, CancellationToken cancel) =>
            page.PostAsync(visit, new ReviewId(review), form, cancel));
        routes.Api.MapGet("/reviews/{review:guid}/consolidation", (
            Guid review, Visit visit, ConsolidationPage page, HttpContext http, CancellationToken cancel) =>
            page.ReadAsync(visit, new ReviewId(review), http, cancel))
            .WithName("ReadConsolidation").WithTags("reviews").Produces<ConsolidationBody>();
    }

    private async Task<IResult> ReadAsync(Visit visit, ReviewId id, HttpContext http, CancellationToken cancel)
    {
        if (await reader.FindAsync(visit.Caller.Actor, id, cancel) is not { } found)
            return ReviewRefusals.NotFound.ToProblem();
        ETags.Set(http, found.Version);
        return TypedResults.Ok(new ConsolidationBody(
            found.Questions,
            [
                .. found.Comments.Select(c => new PlacedComment(
                    c.Id, c.Item, c.Content?.Kind, c.Content?.Text, c.Author?.Value, c.Content?.AnswerVersion, c.Label.Code(), c.To,
                    c.To == Placement.Aside && c.Content is not null ? c.Reason : null)),
            ],
            found.Contradictions,
            found.Version));
    }

    private async Task<IResult> PostAsync(Visit visit, ReviewId id, Form form, CancellationToken cancel)
    {
        var (actor, question) = (visit.Caller.Actor, form.Text("question"));
        var (verdict, notice) = form.Text("act") switch
        {
            // What the lead may not read becomes no question: it is led somewhere by hand.
            "propose" => (await SaveAsync((sheet, comments) => ConsolidationRules.Propose(sheet, comments.Where(c => c.Text.Length > 0))), "consolidation-proposed"),
            "question" => (await SaveAsync((sheet, _) => sheet.Reword(question, form.Text("text"), form.IsOn("names_nobody"))), "consolidation-saved"),
            "merge" => (await SaveAsync((sheet, _) => sheet.Merge(question, form.Text("into"))), "question-merged"),
            "drop" => (await SaveAsync((sheet, _) => sheet.Drop(question)), "question-dropped"),
            "ask" => (await SaveAsync((sheet, _) => sheet.Ask(form.Text("item") is { Length: > 0 } item ? item : null, form.Text("new_text"))), "consolidation-saved"),
            "hand_over" => (await commands.RunAsync(id, actor, key: null, (work, token) => handOver.DecideAsync(work, default, token), cancel), "questions-handed-over"),
            _ => (ReviewRefusals.UnknownAct, ""),
        };
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{id}/consolidation", notice);
        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await DrawAsync(
                visit, id,
                new Again { Form = form, Changes = question, Errors = [.. reason.All.Select(error => OnPage(error, form))], Status = reason.Status() },
                cancel);

        Task<Verdict<Receipt>> SaveAsync(NextConsolidation next) => save.RunAsync(id, next, form.Number("version"), actor, key: null, cancel);
    }

    // On the page one question is worded at a time, and one added.
    private static Refusal OnPage(Refusal reason, Form form) => reason.Field?.Split('.')[0] switch
    {
        "text" when form.Text("act") == "ask" => reason with { Field = "new_text" },
        "text" => reason with { Field = "text" },
        "item" => reason with { Field = "item" },
        "into" => reason,
        _ => reason with { Field = null },
    };

    private async Task<IResult> DrawAsync(Visit visit, ReviewId id, Again again, CancellationToken cancel)
    {
        if (await reader.FindAsync(visit.Caller.Actor, id, cancel) is not { } found)
            return Answer.NotFound();
        return Answer.Page<ConsolidationView>(
            new
            {
                Model = new ConsolidationModel(found, names, again.Form, again.Errors)
                {
                    Changes = found.Closed is null ? found.Questions.FirstOrDefault(q => q.Id == again.Changes) : null,
                },
            },
            again.Status);
    }

    private sealed record Again
    {
        public string? Changes { get; init; }

        public Form Form { get; init; } = Form.Empty;

        public IReadOnlyList<Refusal> Errors { get; init; } = [];

        public int Status { get; init; } = StatusCodes.Status200OK;
    }
}

/// <summary>What the page draws.</summary>
public sealed record ConsolidationModel(FoundConsolidation Found, StateNames States, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>The question being changed; null for none.</summary>
    public MergedQuestion? Changes { get; init; }
}

/// <summary>The consolidation as the API shows it.</summary>
public sealed record ConsolidationBody(
    ImmutableArray<MergedQuestion> Questions, ImmutableArray<PlacedComment> Comments, ImmutableArray<Contradiction> Contradictions, int Version);

/// <summary>A comment and where it leads. Where its label opens it to fewer than the reader: only that it is there.</summary>
/// <param name="Author">The expert; null for contributors of the State.</param>
/// <param name="AnswerVersion">The version of the answer it was written on.</param>
/// <param name="To">The id of a question, <c>report</c> or <c>aside</c>; null while it leads nowhere.</param>
/// <param name="Reason">Why it is set aside.</param>
public sealed record PlacedComment(
    Guid Id, string Item, string? Kind, string? Text, Guid? Author, int? AnswerVersion, string Label, string? To, string? Reason);
