using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Declarations;

/// <summary>What experts declared, as far as the reader may know, with the reader's own declaration, objections and decisions.</summary>
public sealed class DeclarationsPage(ReviewLookup reviews, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/declarations", (Guid review, Visit visit, DeclarationsPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, review, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Api.MapGet("/reviews/{review:guid}/declarations", (Guid review, Visit visit, DeclarationsPage page, CancellationToken cancel) =>
            page.ReadAsync(visit, review, cancel)).WithName("ReadDeclarations").WithTags("reviews").Produces<Listing<DeclarationItem>>();
    }

    /// <summary>The page again after a form of it was refused.</summary>
    internal Task<IResult> AgainAsync(Visit visit, Guid review, Form form, Refusal reason, CancellationToken cancel) =>
        reason.Kind == RefusalKind.NotFound
            ? Task.FromResult(Answer.NotFound())
            : DrawAsync(visit, review, form, [.. reason.All], reason.Status(), cancel);

    private async Task<IResult> ReadAsync(Visit visit, Guid id, CancellationToken cancel)
    {
        if (await FindAsync(visit, id, cancel) is not { } found)
            return ReviewRefusals.NotFound.ToProblem();
        return TypedResults.Ok(new Listing<DeclarationItem>(Lines(found, visit).Select(line => new DeclarationItem(
            line.Person.Person.Value, line.State, line.Declared?.Ties, line.Declared?.Details, line.Objection, line.Upheld, line.Decision, line.Recused))));
    }

    private async Task<IResult> DrawAsync(
        Visit visit, Guid id, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        if (await FindAsync(visit, id, cancel) is not { } found)
            return Answer.NotFound();
        var (review, actor, me) = (found.Review, visit.Caller.Actor, visit.Caller.Id);
        var mine = review.Dossier.Holding(RoleCode.Expert).Contains(me.Value);
        return Answer.Page<DeclarationsView>(
            new
            {
                Model = new DeclarationsModel(
                    review, names.Of(review.Subject.Iso3, visit.Texts.Language), [.. Lines(found, visit)], visit.Caller.Person!, form, errors)
                {
                    Participants = names.TakingPart(review, visit.Texts.Language),
                    MayDeclare = mine && Access.May(actor, ReviewAct.Declare, review.Facts) is null && !review.Dossier.HasDeclared(me.Value)
                        && review.Process.FindStage("declare") is { } stage && review.State[stage].Status != StageStatus.Waiting,
                    HasDeclared = mine && review.Dossier.HasDeclared(me.Value),
                    MayRecuse = mine && review.Dossier.HasDeclared(me.Value) && Access.May(actor, ReviewAct.Declare, review.Facts) is null
                        && RecuseFromItems.Closed(review, me) is null,
                    MayObject = Access.May(actor, ReviewAct.ObjectToExpert, review.Facts) is null && StageDoor.Closed(review.State, "objection") is null,
                    Waits = ObjectToExpert.Waits(review.Dossier),
                    IsWindowOver = review.Process.FindStage("objection") is { } window && review.State[window].Status.IsClosed(),
                    MayDecide = Access.May(actor, ReviewAct.DecideObjection, review.Facts) is null,
                },
            },
            status);
    }

    /// <summary>For those who may read a declaration at all, and for experts, who have their own.</summary>
    private async Task<Found<Rows>?> FindAsync(Visit visit, Guid id, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor,
            new ReviewId(id),
            MaterialSql.Statements + Sql.ObjectedTo,
            new { Review = id },
            async grid => new Rows(await MaterialSql.ReadAsync(grid), [.. await grid.ReadAsync<NameRow>()]),
            cancel);
        return found is not null && found.Review.HasTeam && found.Review.Serves("declare")
            && (Access.Visible(visit.Caller.Actor, DocumentKind.Declarations, found.Review.Facts).CanRead
                || Access.Visible(visit.Caller.Actor, found.Review.Dossier.Declaration(visit.Caller.Id.Value), found.Review.Facts).CanRead)
            ? found
            : null;
    }

    private IEnumerable<DeclarationLine> Lines(Found<Rows> found, Visit visit)
    {
        var (review, material, actor) = (found.Review, found.More.Material, visit.Caller.Actor);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(review.Subject.TimeZone);
        var experts = review.People.Where(p => p.ForThisReview && p.Role == RoleCode.Expert).ToList();
        // Whoever an objection took out is shown with it: what was decided stays readable.
        var left = from objection in review.Dossier.Team.Objections
                   join row in found.More.Names on objection.Person equals row.Id
                   where experts.All(e => e.Person.Value != row.Id)
                   select new Holder(new PersonId(row.Id), RoleCode.Expert, objection.State, true, row.Name, row.Office, "en", "UTC");
        foreach (var holder in experts.Concat(left))
        {
            if (!Access.Visible(actor, review.Dossier.Declaration(holder.Person.Value), review.Facts).CanRead)
                continue;
            var key = holder.Person.ToString();
            var mark = review.Dossier.Team.Objections.FirstOrDefault(o => o.Person == holder.Person.Value);
            yield return new DeclarationLine(
                holder,
                holder.State ?? "",
                names.Of(holder.State ?? "", visit.Texts.Language),
                material.Find(WritingKind.Declaration, key) is { } declared ? Contents.ReadDeclaration(declared) : null,
                material.Find(WritingKind.Declaration, key)?.At)
            {
                Objection = material.Find(WritingKind.Objection, key) is { } objection ? Contents.ReadNote(objection).Text : null,
                ObjectUntil = SteppingIn.MayObject(review.Dossier, review.State, holder.Person.Value, zone, review.Now)
                    && Access.May(actor, ReviewAct.ObjectToExpert, review.Facts) is null
                    ? SteppingIn.LastDay(review.Dossier, review.State, holder.Person.Value, zone)
                    : null,
                UnusedUntil = holder.Person == actor.Person ? null : SteppingIn.EndedUnused(review.Dossier, review.State, holder.Person.Value, zone, review.Now),
                DecidedBy = mark is { IsOpen: true } ? DateOnly.FromDateTime(mark.At.UtcDateTime).AddDays(ObjectionMark.DecidedWithin) : null,
                Upheld = mark?.Upheld,
                Recused = RecusalRules.ItemsOf(review.Dossier, holder.Person.Value),
                IsRecusedByDecision = review.Dossier.Team.Recusals.Any(r => r.Person == holder.Person.Value && r.By != r.Person),
                Decision = material.Find(WritingKind.ObjectionDecision, key) is { } decision ? Contents.ReadNote(decision).Text : null,
            };
        }
    }

    private sealed record Rows(Material Material, ImmutableArray<NameRow> Names);

    private sealed record NameRow(Guid Id, string Name, string Office);

    private static class Sql
    {
        public const string ObjectedTo =
            """
            SELECT p.id, p.name, p.office FROM writing_head h JOIN person p ON p.id::text = h.key
            WHERE h.review_id = @Review AND h.kind = 'objection' ORDER BY p.id
            """;
    }
}

/// <summary>What the page draws.</summary>
public sealed record DeclarationsModel(
    LoadedReview Review,
    string StateName,
    ImmutableArray<DeclarationLine> Lines,
    Platform.Identity.Person Person,
    Form Form,
    IReadOnlyList<Refusal> Errors)
{
    /// <summary>Names of the States that take part in a regional strategy beside the one that leads; none in a national review.</summary>
    public IReadOnlyList<string> Participants { get; init; } = [];

    /// <summary>Whether the reader is an expert who has not declared.</summary>
    public bool MayDeclare { get; init; }

    public bool HasDeclared { get; init; }

    /// <summary>Whether the reader may step back from items.</summary>
    public bool MayRecuse { get; init; }

    public bool MayObject { get; init; }

    /// <summary>Why nobody can say yet that the State objects to nobody; null when it can.</summary>
    public Refusal? Waits { get; init; }

    /// <summary>Whether the time for objections is over: what is open then holds nobody up.</summary>
    public bool IsWindowOver { get; init; }

    public bool MayDecide { get; init; }
}

/// <summary>An expert and what was declared, as far as the reader may know.</summary>
/// <param name="State">Code of the reviewing State.</param>
/// <param name="Declared">Null while nothing is.</param>
/// <param name="At">UTC.</param>
public sealed record DeclarationLine(
    Holder Person, string State, string StateName, DeclarationContent? Declared, DateTimeOffset? At)
{
    /// <summary>The reason of the State's objection; null where there is none.</summary>
    public string? Objection { get; init; }

    /// <summary>The last day on which the reader may object to somebody who stepped in; null elsewhere.</summary>
    public DateOnly? ObjectUntil { get; init; }

    /// <summary>The day with which the right to object to somebody who stepped in ended, and nobody had; null elsewhere, and for that person.</summary>
    public DateOnly? UnusedUntil { get; init; }

    /// <summary>The day by which it is decided, UTC; null where nothing waits.</summary>
    public DateOnly? DecidedBy { get; init; }

    /// <summary>What was decided; null where nothing was.</summary>
    public bool? Upheld { get; init; }

    /// <summary>Items the expert has no part in.</summary>
    public ImmutableArray<string> Recused { get; init; } = [];

    /// <summary>Whether a decision on an objection keeps the expert from some of them.</summary>
    public bool IsRecusedByDecision { get; init; }

    /// <summary>The reason of the decision.</summary>
    public string? Decision { get; init; }
}

/// <summary>A declaration as the API shows it.</summary>
/// <param name="Ties">Null while nothing is declared; see <see cref="DeclarationRules.Ties"/>.</param>
/// <param name="Objection">The reason of the State's objection, or null.</param>
/// <param name="Recused">Items the expert has no part in.</param>
public sealed record DeclarationItem(
    Guid Person, string State, IReadOnlyList<string>? Ties, string? Details, string? Objection, bool? Upheld, string? Decision,
    ImmutableArray<string> Recused);
