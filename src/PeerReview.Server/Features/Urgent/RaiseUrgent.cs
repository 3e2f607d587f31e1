using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Urgent;

/// <summary>A point that cannot wait for the report, as it comes in.</summary>
/// <param name="Item">The item it belongs to, or null.</param>
/// <param name="ThreatKind">A kind, never a name; or null.</param>
public sealed record UrgentRequest(string Text, string? Item = null, string? ThreatKind = null, IReadOnlyList<string>? Lenses = null)
{
    internal UrgentPoint ToPoint() => new(Text.Tidy(), Code(Item), Code(ThreatKind))
    {
        Lenses = [.. (Lenses ?? []).Select(lens => lens ?? "").Distinct(StringComparer.Ordinal)],
    };

    /// <summary>As the page sends it.</summary>
    internal static UrgentRequest Of(Form form) =>
        new(form.Text("text"), form.Text("item"), form.Text("threat_kind"), form.All("lenses"));

    private static string? Code(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>Somebody of the State or the coordinator raises a point that does not wait for the report.</summary>
public sealed class RaiseUrgent(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/urgent",
        async (Guid review, UrgentRequest request, Visit visit, RaiseUrgent raise, HttpContext http, CancellationToken cancel) =>
            (await raise.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/urgent/{receipt.Key}", receipt)))
        .WithName(nameof(RaiseUrgent)).WithTags("reviews");

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, UrgentRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, request)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, UrgentRequest request)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.RaiseUrgentPoint, review.Facts) is { } no)
            return no;
        var point = request.ToPoint();
        if (UrgentPointRules.Check(point, review.Framework) is { IsEmpty: false } problems)
            return Refusal.Of(problems);
        var id = string.Create(CultureInfo.InvariantCulture, $"U-{review.Dossier.Urgent.Length + 1:00}");
        return new ReviewChange()
            .Write(WritingKind.Urgent, id, 0, Contents.Write(point), SharingLabel.Red.Code(), review.Dossier.WorkingLanguage)
            .SendAfter(after => UrgentLetters.Raised(after, id, work.Person))
            .Made(id);
    }
}

/// <summary>Letters of the circle. They say that there is a point, never what it says.</summary>
internal static class UrgentLetters
{
    /// <summary>To the whole circle but the person who raised it.</summary>
    public static IEnumerable<Letter> Raised(LoadedReview after, string id, PersonId actor) =>
        from person in Circle(after)
        where person != actor
        select About(after, LetterNames.UrgentPoint, person) with { Deadline = Due(after, id) };

    /// <summary>To the rest of the circle and to the person who raised it.</summary>
    public static IEnumerable<Letter> Acknowledged(LoadedReview after, UrgentMark point, PersonId actor) =>
        from person in Circle(after).Append(new PersonId(point.By)).Distinct()
        where person != actor
        select About(after, LetterNames.UrgentAcknowledged, person);

    private static ImmutableArray<PersonId> Circle(LoadedReview review) =>
        [.. UrgentCircle.Roles.SelectMany(review.Holding).Distinct()];

    private static Letter About(LoadedReview review, string name, PersonId person) =>
        ReviewLetters.About(review, name, person) with { Path = $"/reviews/{review.Id}/urgent" };

    // Three working days run while the review rests too, but then nobody is held to them.
    private static LetterDeadline Due(LoadedReview review, string id)
    {
        var due = Waits.DueOf(review, review.Dossier.Urgent.Single(u => u.Id == id));
        return new LetterDeadline(due, review.Subject.TimeZone);
    }
}
