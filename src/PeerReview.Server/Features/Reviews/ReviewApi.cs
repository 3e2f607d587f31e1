using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Reviews;

/// <summary>One review and its forecast over the API.</summary>
public static class ReviewApi
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapGet("/reviews/{review:guid}", async (Guid review, Visit visit, ReviewLookup reviews, HttpContext http, CancellationToken cancel) =>
            {
                var found = await reviews.FindAsync(
                    visit.Caller.Actor, new ReviewId(review), LaunchReason.Statement, new { Review = review },
                    async grid => (await grid.ReadAsync<WritingRow>()).FirstOrDefault(), cancel);
                if (found is null)
                    return (IResult)ReviewRefusals.NotFound.ToProblem();
                return ETags.Content(http, ReviewBody.Of(found.Review, found.More, visit.Caller.Actor));
            })
            .WithName("ReadReview").WithTags("reviews").Produces<ReviewBody>();
        routes.Api.MapGet("/reviews/{review:guid}/documents", async (Guid review, Visit visit, ReviewLookup reviews, CancellationToken cancel) =>
            {
                var found = await reviews.FindAsync(
                    visit.Caller.Actor, new ReviewId(review), PieceSql.Statement, new { Review = review }, PieceSql.ReadAsync, cancel);
                return found is not null && DocumentsBody.Of(found, visit.Caller.Actor) is { Items.Count: > 0 } body
                    ? TypedResults.Ok(body)
                    : (IResult)ReviewRefusals.NotFound.ToProblem();
            })
            .WithName("ListDocuments").WithTags("reviews").Produces<DocumentsBody>();
        routes.Api.MapGet("/reviews/{review:guid}/forecast", async (Guid review, Visit visit, ReviewLookup reviews, ReviewView views, CancellationToken cancel) =>
            {
                var found = await reviews.FindAsync(visit.Caller.Actor, new ReviewId(review), cancel);
                return found is null
                    ? ReviewRefusals.NotFound.ToProblem()
                    : (IResult)TypedResults.Ok(ForecastBody.Of(views.ForecastOf(found), StageSight.Of(found, visit.Caller.Actor)));
            })
            .WithName("ReadForecast").WithTags("reviews").Produces<ForecastBody>();
    }
}

/// <summary>A review as the API shows it to its people.</summary>
/// <param name="Sequence">Number of the last event, for readers of its record; null for others, to whom it would tell of what they
/// may not see.</param>
/// <param name="Items">Its scope. Scope, language and promise are words of the launch notice: null for who may not read that.</param>
/// <param name="Waits">What it waits for, whose turn, until when; urgent points and private questions only within their circles.</param>
/// <param name="Promise">Document to choice, as launched.</param>
/// <param name="Slug">Of the published report, or null.</param>
public sealed record ReviewBody(
    Guid Id, Guid Programme, string Subject, string Variant, string Status, string Process, int ProcessVersion, string Framework,
    int FrameworkVersion, DateTimeOffset LaunchedAt, int? Sequence, IReadOnlyList<string>? Items, string? WorkingLanguage,
    IReadOnlyDictionary<string, string>? Promise, string? Slug, IReadOnlyList<StageBody> Stages, IReadOnlyList<WaitBody> Waits)
{
    /// <summary>The norm, pillar or group it is about alone; null where it is about the whole framework.</summary>
    public string? Theme { get; init; }

    /// <summary>Why the State launched it within the cooldown after its last one; null where no reason was needed, and for who may not read it.</summary>
    public string? CooldownReason { get; init; }

    internal static ReviewBody Of(LoadedReview review, WritingRow? reason, Actor actor)
    {
        var notice = Access.Visible(actor, DocumentKind.LaunchNotice, review.Facts).CanRead;
        var sight = StageSight.Of(review, actor);
        return new ReviewBody(
            review.Id.Value,
            review.Programme.Value,
            review.Subject.Iso3,
            review.State.Variant,
            StatusText.Of(review.State.Status),
            review.Process.Id,
            review.Process.Version,
            review.Framework.Id,
            review.Framework.Version,
            review.State.LaunchedAt!.Value,
            Access.May(actor, ReviewAct.ReadLedger, review.Facts) is null ? review.Sequence : null,
            notice ? review.Dossier.Items : null,
            notice ? review.Dossier.WorkingLanguage : null,
            notice ? review.Dossier.Promise : null,
            review.Dossier.Slug,
            [.. review.Process.Stages.Where(sight.Shows).Select(s => StageBody.Of(s, review.State[s], sight.StatusOf(s)))],
            [.. Platform.Reviews.Waits.Of(review).Where(w => Sees(actor, review, w) && sight.Shows(w, actor))
                .Select(w => new WaitBody(w.Stage, w.Branch, w.Roles, w.Day, w.Zone, w.DueAt, w.Paused))])
        {
            Theme = review.Dossier.Theme,
            CooldownReason = LaunchReason.For(actor, review, reason) is { } given ? Contents.ReadNote(given).Text : null,
        };
    }

    private static bool Sees(Actor actor, LoadedReview review, Wait wait) => wait.Stage switch
    {
        Platform.Reviews.Waits.Urgent => Access.May(actor, ReviewAct.AcknowledgeUrgentPoint, review.Facts) is null,
        Platform.Reviews.Waits.ClarifyFirst => Access.Visible(actor, review.Dossier.PrivateQuestion(wait.Branch!), review.Facts).CanRead,
        _ => true,
    };
}

/// <summary>The documents of a review, as far as the reader may know of them.</summary>
public sealed record DocumentsBody(IReadOnlyList<DocumentBody> Items, string? Next)
{
    internal static DocumentsBody Of(Found<ImmutableArray<PieceMark>> found, Actor actor)
    {
        var review = found.Review;
        return new DocumentsBody(
            [
                .. DocumentIndex.For(actor, review.Facts, review.Dossier, review.Framework, review.State, found.More).Select(d => new DocumentBody(
                    d.Code,
                    [
                        .. d.Pieces.Select(p => new PiecesBody(
                            p.Count, p.Label?.Code(), p.Opens, [.. p.Readers.Select(role => role.Code())], p.File, p.Item,
                            p.Next is { } next ? new NextReadersBody(next.Release, [.. next.Readers.Select(role => role.Code())]) : null)),
                    ])),
            ],
            null);
    }
}

/// <summary>One document.</summary>
/// <param name="Pieces">What stands of it; empty while nothing is written.</param>
public sealed record DocumentBody(string Document, IReadOnlyList<PiecesBody> Pieces);

/// <summary>Pieces of a document with one label and the same readers.</summary>
/// <param name="Label">Null where documents of this kind carry none.</param>
/// <param name="Opens">Whether you may read them; else only that they are there.</param>
/// <param name="Readers">Codes of the roles that read them now.</param>
/// <param name="File">The name of a file you may open, under <paramref name="Item"/>.</param>
/// <param name="Next">Who reads them after the next release; null where it changes nothing.</param>
public sealed record PiecesBody(
    int Count, string? Label, bool Opens, IReadOnlyList<string> Readers, string? File, string? Item, NextReadersBody? Next);

/// <summary>Who reads something after a release.</summary>
/// <param name="Release">handing_in or publication.</param>
/// <param name="Readers">Codes of roles.</param>
public sealed record NextReadersBody(Release Release, IReadOnlyList<string> Readers);

/// <summary>How a stage stands.</summary>
public sealed record StageBody(string Stage, string Title, string Status, DateTimeOffset? OpenedAt, DateTimeOffset? ClosedAt)
{
    internal static StageBody Of(Stage stage, StageState state, StageStatus status) => new(
        stage.Id, stage.Title, status.ToString().ToLowerInvariant(), state.OpenedAt, status == StageStatus.Open ? null : state.ClosedAt);
}

/// <summary>What a review waits for: due until 23:59:59 of <paramref name="Day"/> in <paramref name="Zone"/>; a private question until
/// <paramref name="DueAt"/>.</summary>
/// <param name="DueAt">The first instant that is too late, UTC.</param>
public sealed record WaitBody(
    string Stage, string? Branch, IReadOnlyList<string> Roles, DateOnly Day, string Zone, DateTimeOffset DueAt, bool Paused);

/// <summary>When stages would end if each took the time it may take.</summary>
/// <param name="CriticalPath">Stages whose delay moves publication.</param>
public sealed record ForecastBody(DateOnly Publication, IReadOnlyList<string> CriticalPath, IReadOnlyList<ForecastLine> Stages)
{
    internal static ForecastBody Of(Core.Process.Forecast forecast, StageSight sight) => new(
        forecast.Publication,
        [.. forecast.CriticalPath.Where(id => forecast.Stages.Any(s => s.Stage.Id == id && sight.Shows(s.Stage)))],
        [.. forecast.Stages.Where(s => sight.Shows(s.Stage)).Select(s => new ForecastLine(s.Stage.Id, s.Takes, s.Starts, s.Ends, s.Slack))]);
}

/// <summary>One stage of a forecast.</summary>
/// <param name="Slack">Days it may end later without moving publication; null when that cannot be said.</param>
public sealed record ForecastLine(string Stage, bool Takes, DateOnly Starts, DateOnly Ends, int? Slack);
