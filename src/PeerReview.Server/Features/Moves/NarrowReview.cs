using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Moves;

/// <summary>The State limits its review to one theme before it hands its self-assessment in: whoever can change the variant can do that.
/// What it wrote outside the theme stays its own.</summary>
public sealed class NarrowReview(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/theme",
        async (Guid review, ThemeRequest request, Visit visit, NarrowReview narrow, HttpContext http, CancellationToken cancel) =>
            (await narrow.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
        .WithName(nameof(NarrowReview)).WithTags("reviews");

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, ThemeRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, request)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, ThemeRequest request)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.ChangeVariant, review.Facts) is { } no)
            return no;
        var (reason, signature) = ((request.Reason ?? "").Trim(), request.Signature ?? SignatureRequest.None);
        return ThemeRules.Of(review.Framework, review.State, review.Dossier, request.Theme ?? "").Match<Verdict<ReviewChange>>(
            theme => Problems(reason, signature, work.Now) is { IsEmpty: false } problems ? Refusal.Of(problems) : Change(work, theme, reason, signature),
            refused => Refusal.Of([refused, .. refused.Kind == RefusalKind.Invalid ? Problems(reason, signature, work.Now) : []]));
    }

    private static ImmutableArray<Refusal> Problems(string reason, SignatureRequest signature, DateTimeOffset now) =>
    [
        .. reason.Length == 0 ? [new Refusal("moves.reason-missing", RefusalKind.Invalid, "reason")]
            : reason.Length > Reasons.MaxLength ? [new Refusal("moves.reason-too-long", RefusalKind.Invalid, "reason").With("max", Reasons.MaxLength)]
            : Array.Empty<Refusal>(),
        .. SignatureRules.Check(signature.Name, signature.Office, signature.Day, now),
    ];

    private static ReviewChange Change(ReviewWork work, ThemeChange theme, string reason, SignatureRequest signature)
    {
        var act = string.Create(CultureInfo.InvariantCulture, $"{SignedAct.Theme}:{work.Review.Sequence + 1}");
        return new ReviewChange()
            .Record(new ReviewEvent.ThemeChosen(theme.Theme, theme.Items, work.Person.Value))
            .Explain(Reasons.Theme, reason, work)
            // An act of its own: what is signed is the state of the ledger it follows.
            .Sign(act, RoleCode.Authority, work.Review.Head.ToString(), signature, work, work.Review.Dossier.WorkingLanguage)
            .SendAfter(after => ReviewLetters.Everybody(after).Concat(after.Holding(RoleCode.Stakeholder)).Distinct()
                .Select(person => Letter(work.Review, after, person)));
    }

    /// <summary>Tells a contributor which of their questions fell out, and leads to what they wrote; all others to the review.</summary>
    private static Letter Letter(LoadedReview before, LoadedReview after, PersonId person)
    {
        ImmutableArray<string> lost =
        [
            .. from holder in before.Dossier.People
               where holder.Person == person.Value && holder.Role == RoleCode.Contributor
               from item in holder.Items
               where after.Dossier.FallsOutside(item) && !before.Dossier.FallsOutside(item)
               select item,
        ];
        if (lost.IsEmpty && !after.Dossier.WithoutQuestions.Contains(person.Value))
            return ReviewLetters.About(after, LetterNames.ReviewNarrowed, person);
        return ReviewLetters.About(after, lost.IsEmpty ? LetterNames.ReviewNarrowed : LetterNames.ContributorNarrowed, person) with
        {
            Items = lost.IsEmpty ? null : new LetterItems(after.Framework.Id, after.Framework.Version, lost),
            Path = OutsideTheme.PathOf(after.Id),
        };
    }
}

/// <summary>A review is to be limited to one theme.</summary>
/// <param name="Theme">The id of a norm or pillar, or the code of a group.</param>
/// <param name="Reason">Why; at most 1,000 characters. Read by both sides, never public.</param>
public sealed record ThemeRequest(string Theme = "", string Reason = "", SignatureRequest? Signature = null);
