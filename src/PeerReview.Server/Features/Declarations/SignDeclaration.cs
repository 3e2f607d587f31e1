using System.Collections.Immutable;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Ledger;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Declarations;

/// <summary>An expert declares ties to the subject and signs the code of conduct, once, for this review.</summary>
public sealed class SignDeclaration(ReviewCommands commands, StageBody bodies) : IStageCompletion
{
    public string Stage => "declare";

    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/declarations",
            async (Guid review, DeclarationRequest request, Visit visit, SignDeclaration sign, HttpContext http, CancellationToken cancel) =>
                (await sign.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(SignDeclaration)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapPost(
            "/reviews/{review:guid}/declarations",
            (Guid review, Visit visit, Form form, SignDeclaration sign, DeclarationsPage page, CancellationToken cancel) =>
                sign.PostAsync(review, visit, form, page, cancel));
    }

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        Task.FromResult(Decide(work, bodies.Read<DeclarationRequest>(body)));

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, DeclarationRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, request)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, DeclarationRequest request)
    {
        var (review, dossier, person) = (work.Review, work.Review.Dossier, work.Person.Value);
        if (Access.May(work.Actor, ReviewAct.Declare, review.Facts) is { } no)
            return no;
        if (!dossier.Holding(RoleCode.Expert).Contains(person))
            return new Refusal("declaration.not-an-expert", RefusalKind.NotAllowed);
        if (dossier.HasDeclared(person))
            return new Refusal("declaration.done", RefusalKind.Conflict);
        if (review.Process.FindStage("declare") is not { } stage)
            return ReviewRefusals.NotFound;
        var branch = review.State[stage].Part(work.Person.ToString());
        // Whoever takes the place of somebody declares later, outside the stage.
        if (branch is null && StageDoor.Closed(review.State, "declare") is { } closed && closed.Code == ProcessRefusals.TooEarly)
            return closed;
        var content = request.ToContent();
        var signature = request.Signature ?? SignatureRequest.None;
        var problems = DeclarationRules.Check(content)
            .Concat(SignatureRules.Check(signature.Name, signature.Office, signature.Day, work.Now)).ToList();
        if (problems.Count > 0)
            return Refusal.Of(problems);
        var json = Contents.Write(content);
        var change = new ReviewChange()
            .Write(WritingKind.Declaration, work.Person.ToString(), 0, json, "AMBER", dossier.WorkingLanguage)
            .Sign(SignedAct.Declaration(person), RoleCode.Expert, CanonicalJson.Hash(json).ToString(), signature, work, dossier.WorkingLanguage);
        change.SendAfter(after => ToObject(after, person));
        return branch is { Status: PartStatus.Open } ? change.Then(new ProcessCommand.Complete(work.Acting, "declare")) : change;
    }

    /// <summary>That a reserve has declared, with the day until which the State may object: its stage for that is over.</summary>
    private static IEnumerable<Letter> ToObject(LoadedReview after, Guid person) =>
        SteppingIn.LastDay(after.Dossier, after.State, person, TimeZoneInfo.FindSystemTimeZoneById(after.Subject.TimeZone)) is { } until
            ? ReviewLetters.ToAll(after, LetterNames.SteppedIn, RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate).Select(letter => letter with
            {
                Path = $"/reviews/{after.Id}/declarations",
                Reviewer = after.Dossier.People.First(p => p.Person == person && p.Role == RoleCode.Expert).State,
                Days = letter.Days.Add("until", until),
            })
            : [];

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, DeclarationsPage page, CancellationToken cancel)
    {
        var request = new DeclarationRequest
        {
            Ties = [.. form.All("ties")],
            Details = form.Text("details"),
            Conduct = form.IsOn("conduct"),
            Signature = SignatureRequest.Of(form),
        };
        var verdict = await RunAsync(new ReviewId(review), request, visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/declarations", "declared");
    }
}

/// <summary>What an expert declares.</summary>
public sealed record DeclarationRequest
{
    /// <summary>Codes of the ties that hold, see <see cref="DeclarationRules.Ties"/>.</summary>
    public ImmutableArray<string> Ties { get; init; } = [];

    public string Details { get; init; } = "";

    /// <summary>The code of conduct is accepted.</summary>
    public bool Conduct { get; init; }

    public SignatureRequest? Signature { get; init; }

    internal DeclarationContent ToContent() => new(
        Ties.IsDefault ? [] : [.. DeclarationRules.Ties.Where(Ties.Contains), .. Ties.Where(tie => !DeclarationRules.Ties.Contains(tie, StringComparer.Ordinal))],
        Details.Tidy(),
        Conduct);
}
