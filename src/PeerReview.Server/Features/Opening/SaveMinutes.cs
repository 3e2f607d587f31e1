using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Opening;

/// <summary>The coordinator writes the next version of the minutes. Whoever confirmed an earlier one confirms again.</summary>
public sealed class SaveMinutes(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPut(
            "/reviews/{review:guid}/minutes",
            async (Guid review, MinutesRequest request, Visit visit, SaveMinutes save, HttpContext http, CancellationToken cancel) =>
                (await save.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(SaveMinutes)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapPost(
            "/reviews/{review:guid}/opening",
            (Guid review, Visit visit, Form form, SaveMinutes save, OpeningPage page, CancellationToken cancel) =>
                save.PostAsync(review, visit, form, page, cancel));
    }

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, MinutesRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.Minutes, OpeningRules.Key),
            (work, _) => Task.FromResult(Decide(work, request)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, MinutesRequest request)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.WriteMinutes, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, "opening") is { } closed)
            return closed;
        var minutes = request.ToContent(dossier);
        if (OpeningRules.Check(minutes, dossier).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var text = new NewText(
            WritingKind.Minutes, OpeningRules.Key, (work.Current?.Version ?? 0) + 1, Contents.Write(minutes), "AMBER", dossier.WorkingLanguage);
        if (work.Current is { } current && current.Content == text.CanonicalContent())
            return new ReviewChange().Made(OpeningRules.Key);
        if ((work.Current?.Version ?? 0) != (request.Version ?? 0))
            return ReviewRefusals.Stale(work.Current?.Version ?? 0);
        return new ReviewChange()
            .Write(text.Kind, text.Key, text.Version - 1, text.Content, text.Label, text.Language)
            .SendAfter(after => AskedAgain(dossier, after, work.Person))
            .Made(OpeningRules.Key);
    }

    /// <summary>To whoever speaks for a party that had confirmed what stood: it is asked again, and told that the text is another one. The
    /// others have been asked already, and their confirmation is still awaited.</summary>
    private static IEnumerable<Letter> AskedAgain(Dossier before, LoadedReview after, PersonId author)
    {
        var parties = OpeningRules.Parties(before).Where(party => OpeningRules.HasConfirmed(before, party)).ToList();
        return parties.Count == 0 ? [] :
        [
            .. from wait in Waits.Of(after)
               where wait.Stage == "opening"
               from person in wait.Roles.SelectMany(role => wait.Waiting(after, role)).Distinct()
               where person != author && ConfirmOpening.PartyOf(after, person) is { } party && parties.Contains(party, StringComparer.Ordinal)
               select ReviewLetters.About(after, LetterNames.MinutesChanged, person, wait),
        ];
    }

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, OpeningPage page, CancellationToken cancel)
    {
        var verdict = await RunAsync(new ReviewId(review), MinutesRequest.Of(form), visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/opening", "minutes-saved");
    }
}

/// <summary>Minutes as they come in.</summary>
public sealed record MinutesRequest : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };

    /// <summary>ISO 639-1 code of the six.</summary>
    public string Language { get; init; } = "";

    /// <summary>Item to the experts who comment on it; null is everybody on everything they have a part in.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<Guid>>? Split { get; init; }

    public string Channel { get; init; } = "";

    public string Notes { get; init; } = "";

    /// <summary>The version they were written on, 0 for the first; <c>If-Match</c> says the same.</summary>
    public int? Version { get; init; }

    /// <summary>As the page sends it: boxes <c>split.&lt;item&gt;</c>.</summary>
    public static MinutesRequest Of(Form form) => new()
    {
        Language = form.Text("language"),
        Split = form.Names.Where(name => name.StartsWith("split.", StringComparison.Ordinal)).ToDictionary(
            name => name["split.".Length..],
            name => form.All(name).Where(id => id.Length > 0).Select(id => Guid.TryParse(id, out var person) ? person : Guid.Empty).ToImmutableArray(),
            StringComparer.Ordinal),
        Channel = form.Text("channel"),
        Notes = form.Text("notes"),
        Version = form.Number("version"),
    };

    internal MinutesContent ToContent(Dossier dossier) => new(
        Language,
        Split is null
            ? [.. dossier.Items.Select(item => new ItemSplit(item, RecusalRules.FreeFor(dossier, item)))]
            : [
                .. dossier.Items.Where(Split.ContainsKey).Select(item => new ItemSplit(item, [.. Split[item].IsDefault ? [] : Split[item].Distinct()])),
                .. Split.Keys.Where(item => !dossier.Items.Contains(item, StringComparer.Ordinal)).Select(item => new ItemSplit(item, [])),
            ],
        Channel.Tidy(),
        Notes.Tidy());
}
