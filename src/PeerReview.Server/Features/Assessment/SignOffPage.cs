using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using Document = PeerReview.Core.Access.Document;

namespace PeerReview.Server.Features.Assessment;

/// <summary>Where the State signs its self-assessment: what is missing, whose parts are finished, who has signed what.</summary>
public sealed class SignOffPage(AssessmentLookup assessments, SignSelfAssessment sign, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet(
            "/reviews/{review:guid}/sign-off",
            (Guid review, Visit visit, SignOffPage page, CancellationToken cancel) =>
                page.DrawAsync(visit, new ReviewId(review), Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost(
            "/reviews/{review:guid}/sign-off",
            (Guid review, Visit visit, Form form, SignOffPage page, CancellationToken cancel) =>
                page.SignAsync(visit, new ReviewId(review), form, cancel));
        routes.Api.MapGet("/reviews/{review:guid}/sign-off", ReadAsync)
            .WithName("ReadSignOff").WithTags("reviews").Produces<SignOffBody>();
    }

    /// <summary>The State's own people, contributors excepted, see the signatures; nobody else.</summary>
    internal static bool MaySee(Actor actor, LoadedReview review) =>
        Access.Visible(actor, new Document(DocumentKind.SelfAssessment), review.Facts with { Submitted = false }).CanRead;

    private async Task<IResult> SignAsync(Visit visit, ReviewId id, Form form, CancellationToken cancel)
    {
        var request = new SignOffRequest { Signature = SignatureRequest.Of(form), ContentHash = form.Text("content_hash") };
        return await sign.RunAsync(id, request, visit.Caller.Actor, cancel) switch
        {
            (Verdict<Receipt>.Refused { Reason: { Kind: not RefusalKind.NotFound } reason }, _) =>
                await DrawAsync(visit, id, form, [.. reason.All.Select(OnPage)], reason.Status(), cancel),
            (Verdict<Receipt>.Refused, _) => Answer.NotFound(),
            (_, var notice) => Answer.Done($"/reviews/{id}/sign-off", notice),
        };
    }

    private async Task<IResult> DrawAsync(
        Visit visit, ReviewId id, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        if (await assessments.FindAsync(
            visit.Caller.Actor, id, UnsavedItems.Statements, UnsavedItems.Args(id, visit.Caller.Id),
            grid => UnsavedItems.ReadAsync(grid, id), cancel) is not { Assessment: var found, More: var unsaved }
            || !MaySee(visit.Caller.Actor, found.Review))
        {
            return Answer.NotFound();
        }

        return Answer.Page<SignOffView>(
            new
            {
                Model = new SignOffModel(
                    found,
                    states.Of(found.Review.Subject.Iso3, visit.Texts.Language),
                    AssessmentToSign.Of(found.Review.Framework, found.Review.Dossier, found.Material),
                    [.. Signed(found)],
                    RoleOf(visit.Caller.Actor, found),
                    visit.Caller.Person!,
                    form,
                    errors)
                {
                    Open = StageDoor.Closed(found.Review.State, AssessmentToSign.Stage) is null,
                    Unsaved = unsaved.RemoveAll(found.Review.Dossier.FallsOutside),
                },
            },
            status);
    }

    private static async Task<IResult> ReadAsync(
        Guid review, Visit visit, AssessmentLookup assessments, CancellationToken cancel)
    {
        var found = await assessments.FindAsync(visit.Caller.Actor, new ReviewId(review), cancel);
        if (found is null || !MaySee(visit.Caller.Actor, found.Review))
            return ReviewRefusals.NotFound.ToProblem();
        var toSign = AssessmentToSign.Of(found.Review.Framework, found.Review.Dossier, found.Material);
        return TypedResults.Ok(new SignOffBody(
            toSign.Hash,
            [.. toSign.Missing.Missing.Select(m => m.Item)],
            [.. toSign.Parts.Where(p => !p.IsValidated).Select(p => p.Part.Contributor.Value)],
            [.. Signed(found)],
            RoleOf(visit.Caller.Actor, found)));
    }

    /// <summary>The role whose signature the reader can give now, or null.</summary>
    private static string? RoleOf(Actor actor, FoundAssessment found)
    {
        var (review, facts) = (found.Review, found.Review.Facts);
        if (StageDoor.Closed(review.State, AssessmentToSign.Stage) is not null)
            return null;
        var toSign = AssessmentToSign.Of(review.Framework, review.Dossier, found.Material);
        var role = toSign.RoleOf(
            Access.May(actor, ReviewAct.SignAsFocalPoint, facts) is null,
            Access.May(actor, ReviewAct.SignAsAuthority, facts) is null,
            review.Dossier);
        return role is null || toSign.MaySign(role, review.Dossier, toSign.Hash, declares: true) is not null ? null : role;
    }

    private static IEnumerable<SignedLine> Signed(FoundAssessment found) =>
        from mark in found.Review.Dossier.Signatures
        where mark.Act == SignedAct.SelfAssessment
        let writing = found.Material.Find(WritingKind.Signature, $"{mark.Act}:{mark.Role}")
        where writing is not null
        let text = Contents.ReadSignature(writing)
        select new SignedLine(mark.Role, text.Name, text.Office, text.Day, mark.ContentHash, mark.At);

    // The hash is no field a person fills in.
    private static Refusal OnPage(Refusal reason) => reason.Field switch
    {
        "content_hash" => reason with { Field = null },
        "declaration" => reason with { Field = "signature.nothing_classified" },
        _ => reason,
    };
}

/// <summary>What the page of signatures draws.</summary>
/// <param name="Role">The role whose signature the reader can give now, or null.</param>
public sealed record SignOffModel(
    FoundAssessment Found,
    string StateName,
    AssessmentToSign ToSign,
    ImmutableArray<SignedLine> Signed,
    string? Role,
    Platform.Identity.Person Person,
    Form Form,
    IReadOnlyList<Refusal> Errors)
{
    /// <summary>Items in which the reader typed something that is not saved, and so is not signed.</summary>
    public ImmutableArray<string> Unsaved { get; init; } = [];

    /// <summary>Whether it is time to sign.</summary>
    public bool Open { get; init; }

    /// <summary>How many commitments and good practices the State has written, and its summary.</summary>
    public int StateTexts => Found.Material.Writings.Count(
        text => text.Kind is WritingKind.Commitment or WritingKind.GoodPractice or WritingKind.Summary);
}

/// <summary>One signature that stands.</summary>
/// <param name="Role">Role code signed for.</param>
/// <param name="Day">As the signatory gave it.</param>
/// <param name="At">When it was given, UTC.</param>
public sealed record SignedLine(string Role, string Name, string Office, DateOnly Day, string ContentHash, DateTimeOffset At);

/// <summary>The signatures as the API shows them.</summary>
/// <param name="ContentHash">Of the self-assessment as it stands: what is signed.</param>
/// <param name="Missing">Items that are not answered.</param>
/// <param name="OpenParts">Contributors who have not declared their part finished.</param>
/// <param name="YourRole">The role whose signature the reader can give now, or null.</param>
public sealed record SignOffBody(
    string ContentHash, IReadOnlyList<string> Missing, IReadOnlyList<Guid> OpenParts, IReadOnlyList<SignedLine> Signatures,
    string? YourRole);
