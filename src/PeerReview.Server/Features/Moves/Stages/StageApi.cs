using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Moves.Stages;

/// <summary>A stage of a programme's own process over the API.</summary>
public static class StageApi
{
    public static void Map(WebRoutes routes) => routes.Api.MapGet(
        "/reviews/{review:guid}/stages/{stage}",
        async (Guid review, string stage, Visit visit, StageReader stages, HttpContext http, CancellationToken cancel) =>
            await stages.FindAsync(visit.Caller.Actor, new ReviewId(review), stage, cancel) is { } found
                ? ETags.Content(http, StageDetail.Of(found, visit.Texts.Language))
                : ReviewRefusals.NotFound.ToProblem())
        .WithName("ReadStage").WithTags("reviews").Produces<StageDetail>();
}

/// <summary>A stage with its documents and what the reader can do.</summary>
/// <param name="Acts">Codes of the roles that act.</param>
/// <param name="MayDo">Whether the reader can do a part of it now.</param>
/// <param name="ToState">Guards to be stated with it, each with its sentence.</param>
/// <param name="ToAnswer">Conditions of what comes next to be answered with it, each with its sentence.</param>
/// <param name="ContentHash">To be sent with it where all agree to one text; null elsewhere.</param>
/// <param name="MayReturn">Earlier stages the reader can send back.</param>
public sealed record StageDetail(
    string Stage, string Title, string What, IReadOnlyList<string> Acts, IReadOnlyList<StageDocumentBody> Documents, bool MayDo,
    IReadOnlyDictionary<string, string> ToState, IReadOnlyDictionary<string, string> ToAnswer, string? ContentHash, bool MayFail,
    bool MayWaive, bool MaySkip, IReadOnlyList<string> MayReturn)
{
    /// <summary>Whether the reader signs the code of conduct with it, as an expert.</summary>
    public bool ToSign { get; init; }

    /// <summary>Whether the reader settles with it what follows from a right that was used, with an answer.</summary>
    public bool Settles { get; init; }

    /// <summary>Where all agree to one text, what each party says to it; empty elsewhere.</summary>
    public IReadOnlyList<PartyBody> Parties { get; init; } = [];

    /// <summary>Whether the reader can have the review go on though not all agree.</summary>
    public bool MayGoOn { get; init; }

    internal static StageDetail Of(FoundStage found, string language)
    {
        var process = found.Review.Process.In(language);
        var stage = process.Stage(found.Stage.Id);
        return new StageDetail(
            stage.Id, stage.Title, stage.What, stage.Acts,
            [.. found.Documents.Select(document => StageDocumentBody.Of(document, process))],
            found.Acting is not null || found.ToSettle is not null,
            (found.ToSettle?.Asks ?? found.Asks).Guards.ToImmutableSortedDictionary(g => g, g => process.Guards.First(one => one.Id == g).Text, StringComparer.Ordinal),
            found.Asks.Conditions.ToImmutableSortedDictionary(c => c, c => process.Conditions.First(one => one.Id == c).Text, StringComparer.Ordinal),
            found.Asks.Hash, found.MayFail, found.MayWaive, found.MaySkip, found.Back)
        {
            ToSign = found.Asks.Conduct,
            Settles = found.ToSettle is not null,
            Parties = [.. (found.Common?.Parties ?? []).Select(PartyBody.Of)],
            MayGoOn = found.Common?.MayGoOn == true,
        };
    }
}

/// <summary>What one party says to a text all agree to.</summary>
/// <param name="Branch">The code of the reviewing State, or the id of the expert, that agrees; null for a party beside them.</param>
/// <param name="AgreedAt">To the text as it stands, UTC; null while it has not.</param>
/// <param name="Objection">What it says against the text; null where it agrees or said nothing.</param>
public sealed record PartyBody(string Role, string? Branch, DateTimeOffset? AgreedAt, string? Objection)
{
    internal static PartyBody Of(PartyLine line) => new(
        line.Party.Role, line.Party.Branch, line.Agreed?.At,
        line is { Agreed: null, Objection: { } objection } ? Contents.ReadNote(objection).Text : null);
}

/// <summary>A document of a stage.</summary>
/// <param name="Branch">Whose it is where each writes their own: the code of a State, or the id of an expert.</param>
/// <param name="Version">0 while nothing is written.</param>
/// <param name="SavedAt">UTC.</param>
public sealed record StageDocumentBody(
    string Document, string Title, string? Branch, int Version, string? Label, string? Language, string? Text, DateTimeOffset? SavedAt,
    bool MayWrite)
{
    internal static StageDocumentBody Of(StageText text, Core.Process.ProcessDefinition process) => new(
        text.Document.Document.Id,
        process.Documents.First(d => d.Id == text.Document.Document.Id).Title,
        text.Document.Branch,
        text.Newest?.Version ?? 0,
        text.Newest?.Label,
        text.Newest?.Language,
        text.Newest is { } newest ? Contents.ReadSection(newest).Text : null,
        text.Newest?.At,
        text.MayWrite);
}
