using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report;

/// <summary>A State that cannot agree writes its dissent, which is annexed to the report; or takes it back.</summary>
public sealed class SaveDissent(ReviewCommands commands, WordingGuard wording)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPut(
            "/reviews/{review:guid}/dissent",
            async (Guid review, DissentRequest request, Visit visit, SaveDissent save, HttpContext http, CancellationToken cancel) =>
                (await save.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(SaveDissent)).WithTags("reviews").Produces<Receipt>();
        routes.Api.MapDelete(
            "/reviews/{review:guid}/dissent",
            async (Guid review, Visit visit, SaveDissent save, HttpContext http, CancellationToken cancel) =>
                (await save.WithdrawAsync(new ReviewId(review), visit.Caller.Actor, Idempotency.Of(http, ""), cancel)).OrProblem(TypedResults.Ok))
            .WithName("WithdrawDissent").WithTags("reviews").Produces<Receipt>();
    }

    /// <summary>Writes it.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, DissentRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, request, token), cancel);

    /// <summary>Takes it back; its versions stay in the record.</summary>
    public Task<Verdict<Receipt>> WithdrawAsync(ReviewId review, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, DecideAsync, cancel);

    private async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, DissentRequest request, CancellationToken cancel)
    {
        if (Party(work, out var party) is { } no)
            return no;
        var text = request.Text.Tidy();
        if (AgreementRules.CheckDissent(text).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var (stands, version) = await StandsAsync(work, party, cancel);
        if (stands is not null && Contents.ReadNote(stands).Text == text)
            return new ReviewChange().Made(party);
        // One that was taken back does not stand: the next is written on nothing.
        if ((stands?.Version ?? 0) != (request.Version ?? 0))
            return ReviewRefusals.Stale(stands?.Version ?? 0);
        if (wording.Flagged(text, request.NamesNobody, work.Review, "text") is { } flagged)
            return flagged;
        return new ReviewChange()
            .Write(
                WritingKind.Dissent, party, version, Contents.Write(new NoteContent(text, [])), "AMBER",
                party == AgreementRules.Subject ? work.Review.Dossier.WorkingLanguage : ReportChanges.LanguageOf(work.Review))
            .SendAfter(after => AskedAgain(after, work.Person))
            .Made(party);
    }

    /// <summary>Everybody the reconciliation waits for now, whether they had confirmed or not: what they are asked has changed.</summary>
    private static IEnumerable<Letter> AskedAgain(LoadedReview after, PersonId author) =>
        from wait in Waits.Of(after).Where(wait => wait.Stage == AgreementRules.Reconciling)
        from person in wait.Roles.SelectMany(role => wait.Waiting(after, role)).Distinct()
        where person != author
        select ReviewLetters.About(after, LetterNames.DissentAnnexed, person, wait);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, CancellationToken cancel)
    {
        if (Party(work, out var party) is { } no)
            return no;
        return (await StandsAsync(work, party, cancel)).Stands is null
            ? ReviewRefusals.NotFound
            : new ReviewChange().Withdraw(WritingKind.Dissent, party, work).Made(party);
    }

    private static Refusal? Party(ReviewWork work, out string party)
    {
        party = "";
        if (Access.May(work.Actor, ReviewAct.ConfirmReport, work.Review.Facts) is { } no)
            return no;
        // Dissent comes after agreement has failed: until then the text can still be changed.
        if (StageDoor.Closed(work.Review.State, AgreementRules.Reconciling) is { } closed)
            return closed;
        if (ConfirmReport.PartyOf(work.Review, work.Person) is not { } own || !AgreementRules.MayDissent(own))
            return new Refusal("access.not-allowed", RefusalKind.NotAllowed);
        party = own;
        return null;
    }

    // The newest version, withdrawn or not: the next one follows it.
    private static async Task<(Writing? Stands, int Version)> StandsAsync(ReviewWork work, string party, CancellationToken cancel)
    {
        var stands = (await work.MaterialAsync(cancel)).Find(WritingKind.Dissent, party);
        var versions = await work.QueryAsync<int>(
            Sql.Version, new { Review = work.Review.Id.Value, Kind = WritingKind.Dissent, Key = party }, cancel);
        return (stands, versions is [var version] ? version : 0);
    }

    private static class Sql
    {
        public const string Version = "SELECT version FROM writing_head WHERE review_id = @Review AND kind = @Kind AND key = @Key";
    }
}

/// <summary>Dissent as it comes in.</summary>
/// <param name="Version">The version it was written on, 0 for the first; <c>If-Match</c> says the same.</param>
/// <param name="NamesNobody">The author looked again at wording that was flagged: it blames nobody.</param>
public sealed record DissentRequest(string Text = "", int? Version = null, bool NamesNobody = false) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };
}
