using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Opening;

/// <summary>The minutes of the opening, and who has confirmed them.</summary>
public sealed class OpeningPage(ReviewLookup reviews, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/opening", (Guid review, Visit visit, OpeningPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, review, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Api.MapGet("/reviews/{review:guid}/minutes", (Guid review, Visit visit, OpeningPage page, HttpContext http, CancellationToken cancel) =>
            page.ReadAsync(visit, review, http, cancel)).WithName("ReadMinutes").WithTags("reviews").Produces<MinutesBody>();
    }

    /// <summary>The page again after a form of it was refused.</summary>
    internal Task<IResult> AgainAsync(Visit visit, Guid review, Form form, Refusal reason, CancellationToken cancel) =>
        reason.Kind == RefusalKind.NotFound
            ? Task.FromResult(Answer.NotFound())
            : DrawAsync(visit, review, form, [.. reason.All], reason.Status(), cancel);

    private async Task<IResult> ReadAsync(Visit visit, Guid id, HttpContext http, CancellationToken cancel)
    {
        if (await FindAsync(visit, id, cancel) is not { } found || Minutes(found) is not { } minutes)
            return ReviewRefusals.NotFound.ToProblem();
        var hash = OpeningRules.HashOf(found.More.Material)!;
        ETags.Set(http, minutes.Version);
        return TypedResults.Ok(new MinutesBody(
            minutes.Content.Language,
            minutes.Content.Split.ToImmutableSortedDictionary(s => s.Item, s => s.Experts, StringComparer.Ordinal),
            minutes.Content.Channel,
            minutes.Content.Notes,
            minutes.Version,
            hash,
            [.. OpeningRules.Parties(found.Review.Dossier).Where(party => OpeningRules.HasConfirmed(found.Review.Dossier, party, hash))]));
    }

    private async Task<IResult> DrawAsync(
        Visit visit, Guid id, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        if (await FindAsync(visit, id, cancel) is not { } found)
            return Answer.NotFound();
        var (review, actor) = (found.Review, visit.Caller.Actor);
        var open = StageDoor.Closed(review.State, "opening") is null;
        var hash = OpeningRules.HashOf(found.More.Material);
        var party = Access.May(actor, ReviewAct.ConfirmOpening, review.Facts) is null ? ConfirmOpening.PartyOf(review, visit.Caller.Id) : null;
        return Answer.Page<OpeningView>(
            new
            {
                Model = new OpeningModel(review, names.Of(review.Subject.Iso3, visit.Texts.Language), Minutes(found), visit.Caller.Person!, form, errors)
                {
                    Hash = hash,
                    Parties =
                    [
                        .. OpeningRules.Parties(review.Dossier).Select(one => new PartyLine(
                            NameOf(one, review, visit), hash is not null && OpeningRules.HasConfirmed(review.Dossier, one, hash))
                        {
                            ConfirmedBefore = found.More.ConfirmedBefore(review.Dossier, one)?.At,
                        }),
                    ],
                    Confirmed = party is null ? null : found.More.ConfirmedBefore(review.Dossier, party),
                    Before = found.More.Before(review.Dossier, party),
                    Experts =
                    [
                        .. review.People.Where(p => p.ForThisReview && p.Role == RoleCode.Expert)
                            .Select(p => (p.Person, p.Name, names.Of(p.State ?? "", visit.Texts.Language))),
                    ],
                    MayWrite = open && Access.May(actor, ReviewAct.WriteMinutes, review.Facts) is null,
                    MayConfirm = open && hash is not null && party is not null && !OpeningRules.HasConfirmed(review.Dossier, party, hash),
                },
            },
            status);
    }

    private string NameOf(string party, LoadedReview review, Visit visit) => party switch
    {
        OpeningRules.Office => visit.Texts["opening.confirm.office"],
        OpeningRules.Subject => names.Of(review.Subject.Iso3, visit.Texts.Language),
        _ => names.Of(party, visit.Texts.Language),
    };

    private async Task<Found<FoundMinutes>?> FindAsync(Visit visit, Guid id, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor, new ReviewId(id), MaterialSql.Statements + Sql.Versions, new { Review = id, WritingKind.Minutes },
            async grid => new FoundMinutes(
                await MaterialSql.ReadAsync(grid), [.. (await grid.ReadAsync<WritingRow>()).Select(row => row.ToWriting())]),
            cancel);
        return found is not null && found.Review.HasTeam && found.Review.Serves("opening")
            && Access.Visible(visit.Caller.Actor, DocumentKind.DialogueRecord, found.Review.Facts).CanRead ? found : null;
    }

    private static StandingMinutes? Minutes(Found<FoundMinutes> found) =>
        found.More.Standing is { } text ? new StandingMinutes(Contents.ReadMinutes(text), text.Version) { At = text.At } : null;

    private static class Sql
    {
        // Every version: whoever confirmed an earlier one sees what is different.
        public const string Versions =
            """
            SELECT kind, key, version, content, label, language, author, at
            FROM writing WHERE review_id = @Review AND kind = @Minutes
            ORDER BY version
            """;
    }
}

/// <summary>The minutes with everything that stood in their place before.</summary>
/// <param name="Versions">The first first.</param>
public sealed record FoundMinutes(Material Material, ImmutableArray<Writing> Versions)
{
    /// <summary>The minutes as they stand; null while nothing is written.</summary>
    public Writing? Standing => Material.Find(WritingKind.Minutes, OpeningRules.Key);

    /// <summary>The signature of a party under minutes that were changed since; null where it confirmed none, or those that stand.</summary>
    public Writing? ConfirmedBefore(Dossier dossier, string party) => Standing is null || OpeningRules.HasConfirmed(dossier, party)
        ? null
        : Material.Find(WritingKind.Signature, $"{SignedAct.Opening(party)}:{OpeningRules.RoleOf(party)}");

    /// <summary>The version what stands is compared with: the one the reader's party confirmed, else the one before; null where there is
    /// none.</summary>
    /// <param name="party">The party of the reader, or null.</param>
    public Writing? Before(Dossier dossier, string? party) =>
        (party is not null && ConfirmedBefore(dossier, party) is { } signed ? Find(Contents.ReadSignature(signed).ContentHash) : null)
        ?? Versions.LastOrDefault(version => version.Version < Standing?.Version);

    private Writing? Find(string hash) => Versions.LastOrDefault(version => version.Version < Standing?.Version && OpeningRules.HashOf(version) == hash);
}

/// <summary>Minutes as they stand.</summary>
public sealed record StandingMinutes(MinutesContent Content, int Version)
{
    /// <summary>When they were last changed, UTC.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>What the page draws.</summary>
/// <param name="Minutes">Null while nothing is written.</param>
public sealed record OpeningModel(
    LoadedReview Review,
    string StateName,
    StandingMinutes? Minutes,
    Platform.Identity.Person Person,
    Form Form,
    IReadOnlyList<Refusal> Errors)
{
    /// <summary>What is confirmed; null while nothing is written.</summary>
    public string? Hash { get; init; }

    public required ImmutableArray<PartyLine> Parties { get; init; }

    /// <summary>The signature of the reader's party under minutes that were changed since; null elsewhere.</summary>
    public Writing? Confirmed { get; init; }

    /// <summary>The version what stands is compared with; null where there is none.</summary>
    public Writing? Before { get; init; }

    /// <summary>The experts with the names of their States.</summary>
    public required ImmutableArray<(PersonId Person, string Name, string State)> Experts { get; init; }

    public bool MayWrite { get; init; }

    public bool MayConfirm { get; init; }
}

/// <summary>Whether a party has confirmed the minutes as they stand.</summary>
public sealed record PartyLine(string Name, bool HasConfirmed)
{
    /// <summary>When it confirmed minutes that were changed since, UTC; null where it confirmed none, or those that stand.</summary>
    public DateTimeOffset? ConfirmedBefore { get; init; }
}

/// <summary>The minutes as the API shows them.</summary>
/// <param name="Split">Item to the experts who comment on it.</param>
/// <param name="ContentHash">What is confirmed.</param>
/// <param name="Confirmed">The parties that have: <c>COORD</c>, <c>STATE</c>, codes of reviewing States.</param>
public sealed record MinutesBody(
    string Language, ImmutableSortedDictionary<string, ImmutableArray<Guid>> Split, string Channel, string Notes, int Version,
    string ContentHash, ImmutableArray<string> Confirmed);
