using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using Document = PeerReview.Core.Access.Document;

namespace PeerReview.Server.Features.Assessment;

/// <summary>A contributor declares the own part finished as it stands. Any later change to it takes that back.</summary>
public sealed class ValidatePart(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapPost("/reviews/{review:guid}/assessment/validation", ValidateAsync);
        routes.Api.MapPost("/reviews/{review:guid}/parts/validation", ValidateOverApiAsync)
            .WithName(nameof(ValidatePart)).WithTags("reviews").Produces<Receipt>();
        routes.Api.MapGet("/reviews/{review:guid}/parts", ListAsync)
            .WithName("ListParts").WithTags("reviews").Produces<PartListing>();
    }

    private Task<Verdict<Receipt>> RunAsync(ReviewId review, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, DecideAsync, cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, CancellationToken cancel)
    {
        var review = work.Review;
        var mine = new Document(DocumentKind.SelfAssessment)
        {
            Contributors = review.Dossier.Holding(RoleCode.Contributor).Contains(work.Person.Value) ? [work.Person] : [],
        };
        if (Access.May(work.Actor, ReviewAct.ValidatePart, review.Facts, mine) is { } no)
            return no;
        if (StageDoor.Closed(review.State, AssessmentToSign.Stage) is { } closed)
            return closed;
        var parts = AssessmentPart.AllOf(review.Framework, review.Dossier, await work.MaterialAsync(cancel));
        if (parts.FirstOrDefault(p => p.Part.Contributor == work.Person) is not { } part)
            return new Refusal("assessment.no-part", RefusalKind.NotAllowed);
        if (part.MayValidate() is { } unfinished)
            return unfinished;
        return Letters(review, work.Person, parts).Aggregate(
            new ReviewChange().Record(new ReviewEvent.PartValidated(work.Person.Value, part.Part.Current.ToString())),
            (change, letter) => change.Send(letter));
    }

    /// <summary>Tells whoever leads the self-assessment that they can go on, and how many parts are finished with this one.</summary>
    private static IEnumerable<Letter> Letters(LoadedReview review, PersonId person, ImmutableArray<AssessmentPart> parts)
    {
        var done = parts.Count(p => p.IsValidated || p.Part.Contributor == person);
        return from letter in ReviewLetters.ToAll(review, LetterNames.ContributorFinished, RoleCode.FocalPoint, RoleCode.Alternate)
               where letter.Person != person
               select letter with
               {
                   Path = StagePages.Of(review.Id.Value, AssessmentToSign.Stage),
                   Values = letter.Values
                       .Add("done", done.ToString(CultureInfo.InvariantCulture))
                       .Add("all", parts.Length.ToString(CultureInfo.InvariantCulture)),
               };
    }

    private static async Task<IResult> ValidateAsync(
        Guid review, Visit visit, ValidatePart validate, AssessmentPage page, CancellationToken cancel)
    {
        var id = new ReviewId(review);
        return await validate.RunAsync(id, visit.Caller.Actor, key: null, cancel) switch
        {
            Verdict<Receipt>.Refused { Reason: { Kind: not RefusalKind.NotFound } reason } =>
                await page.DrawAsync(visit, id, [.. reason.All], reason.Status(), cancel),
            Verdict<Receipt>.Refused => Answer.NotFound(),
            _ => Answer.Done($"/reviews/{review}/assessment", "part-validated"),
        };
    }

    private static async Task<IResult> ValidateOverApiAsync(
        Guid review, Visit visit, ValidatePart validate, HttpContext http, CancellationToken cancel) =>
        (await validate.RunAsync(new ReviewId(review), visit.Caller.Actor, Idempotency.Of(http, body: null), cancel))
        .OrProblem(TypedResults.Ok);

    private static async Task<IResult> ListAsync(
        Guid review, Visit visit, AssessmentLookup assessments, CancellationToken cancel)
    {
        var (actor, id) = (visit.Caller.Actor, new ReviewId(review));
        if (await assessments.FindAsync(actor, id, cancel) is not { } found)
            return ReviewRefusals.NotFound.ToProblem();
        var all = Access.May(actor, ReviewAct.AppointContributor, found.Review.Facts) is null;
        return TypedResults.Ok(new PartListing(
        [
            .. AssessmentPart.AllOf(found.Review.Framework, found.Review.Dossier, found.Material)
                .Where(p => all || p.Part.Contributor == visit.Caller.Id)
                .Select(p => new PartBody(
                    p.Part.Contributor.Value, p.Part.Items, p.Missing.Length, p.IsValidated, p.Part.Current.ToString())),
        ], null));
    }
}

/// <summary>Parts of a self-assessment.</summary>
public sealed record PartListing(IReadOnlyList<PartBody> Items, string? Next);

/// <summary>The part of one contributor.</summary>
/// <param name="Missing">How many items of it are not answered.</param>
/// <param name="Validated">Whether it was declared finished as it stands.</param>
/// <param name="ContentHash">SHA-256 over it.</param>
public sealed record PartBody(
    Guid Contributor, IReadOnlyList<string> Items, int Missing, bool Validated, string ContentHash);
