using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Participants;

/// <summary>The participating States of a review; what each says to the common part, as far as the reader may know; and, for whoever
/// speaks for one, the form to say it.</summary>
public sealed class ParticipantsPage(ReviewLookup reviews, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/participants", (Guid review, Visit visit, ParticipantsPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, review, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Api.MapGet("/reviews/{review:guid}/participants", (Guid review, Visit visit, ParticipantsPage page, HttpContext http, CancellationToken cancel) =>
            page.ReadAsync(visit, review, http, cancel)).WithName("ReadParticipants").WithTags("reviews").Produces<ParticipantsBody>();
    }

    /// <summary>The page again after a form of it was refused.</summary>
    internal Task<IResult> AgainAsync(Visit visit, Guid review, Form form, Refusal reason, CancellationToken cancel) =>
        reason.Kind == RefusalKind.NotFound
            ? Task.FromResult(Answer.NotFound())
            : DrawAsync(visit, review, form, [.. reason.All], reason.Status(), cancel);

    private async Task<IResult> ReadAsync(Visit visit, Guid id, HttpContext http, CancellationToken cancel)
    {
        if (await FindAsync(visit, id, cancel) is not var (found, _))
            return ReviewRefusals.NotFound.ToProblem();
        return ETags.Content(http, new ParticipantsBody(
            found.Review.Dossier.SubjectKind,
            found.Review.Subject.Iso3,
            [
                .. Lines(found, visit).OrderBy(line => line.State, StringComparer.Ordinal)
                    .Select(line => new ParticipantItem(line.State, line.Stand?.SnakeCode(), line.Objection) { Before = Said(line.Before), Named = line.Named }),
            ],
            AskedOf(found, visit) is null ? null : AssessmentHash.Of(found.More, found.Review.Dossier)));
    }

    private static string? Said(EndorsementMark? before) =>
        before is null ? null : (before.Endorses ? EndorsementStand.Endorsed : EndorsementStand.Objected).SnakeCode();

    private async Task<IResult> DrawAsync(
        Visit visit, Guid id, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        if (await FindAsync(visit, id, cancel) is not var (found, office))
            return Answer.NotFound();
        var review = found.Review;
        return Answer.Page<ParticipantsView>(
            new
            {
                Model = new ParticipantsModel(
                    review, names.Of(review.Subject.Iso3, visit.Texts.Language), [.. Lines(found, visit)], visit.Caller.Person!, form, errors)
                {
                    Own = review.ParticipantOf(visit.Caller.Id),
                    Office = Access.VisiblePerson(visit.Caller.Actor, review.Facts, Core.Access.Role.Coordinator, default) == Extent.Everything ? office : [],
                    Asked = AskedOf(found, visit) is null ? null : AssessmentHash.Of(found.More, found.Review.Dossier),
                    Changed = ChangedFor(found, visit),
                    Unsigned = review.ParticipantOf(visit.Caller.Id) is { } own && Sheets.LiesUnsigned(review, found.More, own),
                    HasSigned = review.ParticipantOf(visit.Caller.Id) is { } signed && SheetRules.IsHandedIn(review.Dossier, signed),
                    SheetTaken = review.ParticipantOf(visit.Caller.Id) is { } taken && Sheets.CanSignAgain(review, taken),
                },
            },
            status);
    }

    private async Task<Regional?> FindAsync(Visit visit, Guid id, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor, new ReviewId(id), MaterialSql.Statements + Sql.Office, new { Review = id, Role = RoleCode.Coordinator },
            async grid => (Material: await MaterialSql.ReadAsync(grid), Office: (await grid.ReadAsync<OfficeLine>()).ToImmutableArray()), cancel);
        return found is { Review: { Dossier.Region: not null } review, More: var (material, office) }
            && Access.Visible(visit.Caller.Actor, DocumentKind.LaunchNotice, review.Facts).CanRead
            ? new Regional(new Found<Material>(review, material), office)
            : null;
    }

    /// <summary>The State that is asked now to endorse, and that the reader speaks for; null for all others.</summary>
    private static string? AskedOf(Found<Material> found, Visit visit)
    {
        var review = found.Review;
        return review.ParticipantOf(visit.Caller.Id) is { } own
            && Access.May(visit.Caller.Actor, ReviewAct.Endorse, review.Facts) is null
            && StageDoor.Closed(review.State, EndorsementRules.Stage, new Acting(visit.Caller.Id, [RoleCode.Authority], own)) is null
            ? own
            : null;
    }

    private IEnumerable<ParticipantLine> Lines(Found<Material> found, Visit visit)
    {
        var (review, actor) = (found.Review, visit.Caller.Actor);
        foreach (var state in review.Dossier.Region!.States.OrderBy(state => names.Of(state, visit.Texts.Language), StringComparer.CurrentCulture))
        {
            var reads = Access.Visible(actor, ReviewDocuments.Endorsement(state), review.Facts).CanRead;
            yield return new ParticipantLine(
                state,
                names.Of(state, visit.Texts.Language),
                reads ? EndorsementRules.StandOf(review.State, review.Dossier, state) : null,
                reads ? ObjectionOf(found, state) : null,
                reads ? [.. review.SpeakingFor(state).Select(review.Find).OfType<Holder>()] : [])
            {
                Before = reads ? review.Dossier.Region.LastOf(state) : null,
                Named = reads && review.Dossier.Region.EndorsementOf(state) is { Endorses: true } ? review.Dossier.Region.MayName(state) : null,
                MayAppoint = Speakers.MayName(actor, review, state),
            };
        }
    }

    /// <summary>Why a State objects, or did before the common part was sent back: then the lead State works on it.</summary>
    private static string? ObjectionOf(Found<Material> found, string state)
    {
        var region = found.Review.Dossier.Region!;
        return (region.EndorsementOf(state) ?? region.LastOf(state)) is { Endorses: false }
            && found.More.Find(WritingKind.EndorsementObjection, state) is { } objection
                ? Contents.ReadNote(objection).Text
                : null;
    }

    /// <summary>What was changed in the common part since it was sent back, for whoever is asked again: items they may read.</summary>
    private static ImmutableArray<string> ChangedFor(Found<Material> found, Visit visit)
    {
        var (review, actor) = (found.Review, visit.Caller.Actor);
        if (review.Dossier.Region!.SentBackAt is not { } since)
            return [];
        var files = found.More.Files.Where(file => file.At > since).Select(file => (file.Item, file.Label));
        var answers = found.More.Of(WritingKind.Answer).Where(answer => answer.At > since).Select(answer => (Item: answer.Key, answer.Label));
        var seen = answers.Concat(files)
            .Where(one => Access.Visible(actor, review.Dossier.Answer(one.Item), review.Facts, SharingLabels.Of(one.Label)).CanRead)
            .Select(one => one.Item).ToHashSet(StringComparer.Ordinal);
        return [.. review.Dossier.Items.Where(seen.Contains)];
    }

    private sealed record Regional(Found<Material> Found, ImmutableArray<OfficeLine> Office);

    private static class Sql
    {
        public const string Office =
            """
            SELECT p.name, p.email FROM role_grant g JOIN person p ON p.id = g.person_id AND p.closed_at IS NULL
            WHERE g.review_id = @Review AND g.role = @Role AND g.ended_at IS NULL ORDER BY p.name, p.email
            """;
    }
}

/// <summary>A coordinator of the review, for whoever may write to them.</summary>
public sealed record OfficeLine(string Name, string Email);

/// <summary>What the page draws.</summary>
public sealed record ParticipantsModel(
    LoadedReview Review, string StateName, ImmutableArray<ParticipantLine> Lines, Person Person, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>The State the reader speaks for; null for all others.</summary>
    public string? Own { get; init; }

    /// <summary>Whom to write to; none for those who may not know.</summary>
    public ImmutableArray<OfficeLine> Office { get; init; } = [];

    /// <summary>The hash of the common part the reader is asked about now; null where nothing is asked.</summary>
    public string? Asked { get; init; }

    /// <summary>Items that were changed since the common part was sent back, as far as the reader may know.</summary>
    public ImmutableArray<string> Changed { get; init; } = [];

    /// <summary>Whether the reader's State has written on a sheet that is not signed.</summary>
    public bool Unsigned { get; init; }

    /// <summary>Whether the sheet of the reader's State is signed.</summary>
    public bool HasSigned { get; init; }

    /// <summary>Whether the objection of the reader's State took its sheet back, and it can still be signed again.</summary>
    public bool SheetTaken { get; init; }
}

/// <summary>A participating State.</summary>
/// <param name="Stand">How it stands to the common part; null for those who may not know.</param>
/// <param name="Objection">Why it objects, or did before the common part was sent back; null where it did not, or for those who may not know.</param>
/// <param name="Speaking">Who speaks for it, as far as the reader may know.</param>
public sealed record ParticipantLine(
    string State, string Name, EndorsementStand? Stand, string? Objection, ImmutableArray<Holder> Speaking)
{
    /// <summary>What it said before the common part was sent back; null where it said nothing, it never was, or the reader may not know.</summary>
    public EndorsementMark? Before { get; init; }

    /// <summary>Whether the published report may name it as one that endorses; null where it does not, or for those who may not know.</summary>
    public bool? Named { get; init; }

    /// <summary>Whether the reader names who speaks for it.</summary>
    public bool MayAppoint { get; init; }
}

/// <summary>The participating States as the API shows them.</summary>
/// <param name="Lead">Code of the State that leads.</param>
/// <param name="ContentHash">Of the common part, for whoever is asked to endorse it now; null for all others.</param>
public sealed record ParticipantsBody(string Kind, string Lead, ImmutableArray<ParticipantItem> States, string? ContentHash);

/// <summary>A participating State.</summary>
/// <param name="Endorsement"><c>not_asked</c>, <c>open</c>, <c>endorsed</c>, <c>objected</c>, <c>silent</c>, or <c>unasked</c> where nobody
/// spoke for the State in its days, which is no consent; null for those who may not know.</param>
/// <param name="Objection">Why it objects, or did before the common part was sent back; null where it did not, or for those who may not know.</param>
public sealed record ParticipantItem(string State, string? Endorsement, string? Objection)
{
    /// <summary>What it said before the common part was sent back: <c>endorsed</c> or <c>objected</c>; null where it said nothing, it never
    /// was, or for those who may not know.</summary>
    public string? Before { get; init; }

    /// <summary>Whether the published report may name it as one that endorses; null where it does not, or for those who may not know.</summary>
    public bool? Named { get; init; }
}
