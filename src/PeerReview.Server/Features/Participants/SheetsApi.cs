using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Participants;

/// <summary>The sheets of participating States over the API.</summary>
public static class SheetsApi
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapGet("/reviews/{review:guid}/sheets", ListAsync)
            .WithName("ListSheets").WithTags("reviews").Produces<Listing<SheetBody>>();
        routes.Api.MapGet("/reviews/{review:guid}/sheets/{state}", ReadAsync)
            .WithName("ReadSheet").WithTags("reviews").Produces<SheetBody>();
    }

    private static async Task<IResult> ListAsync(Guid review, Visit visit, Sheets sheets, HttpContext http, CancellationToken cancel) =>
        await sheets.FindAsync(visit, review, cancel) is { } found
            ? ETags.Content(http, new Listing<SheetBody>(
                found.Review.Dossier.Region!.States.Select(state => Sheets.Of(found, visit.Caller.Actor, state)).OfType<StateSheet>().Select(SheetBody.Of)))
            : ReviewRefusals.NotFound.ToProblem();

    private static async Task<IResult> ReadAsync(Guid review, string state, Visit visit, Sheets sheets, HttpContext http, CancellationToken cancel) =>
        await sheets.FindAsync(visit, review, cancel) is { } found && Sheets.Of(found, visit.Caller.Actor, state) is { } sheet
            ? ETags.Content(http, SheetBody.Of(sheet))
            : ReviewRefusals.NotFound.ToProblem();
}

/// <summary>A sheet as the API shows it.</summary>
/// <param name="HandedIn">Whether it is signed.</param>
/// <param name="Published">Items whose answers are published; null while nothing is decided.</param>
/// <param name="ContentHash">What its State signs; null for all others.</param>
public sealed record SheetBody(
    string State, bool HandedIn, ImmutableArray<SheetItemBody> Items, ImmutableArray<string>? Published, string? ContentHash)
{
    internal static SheetBody Of(StateSheet sheet) => new(
        sheet.State,
        sheet.HandedIn,
        [.. sheet.Lines.Select(line => new SheetItemBody(line.Item, line.Version, line.Text, line.Label?.Code(), line.Language))],
        sheet.Published,
        sheet.ContentHash);
}

/// <summary>What a sheet says to one item.</summary>
/// <param name="Version">Of the text; 0 where there is none.</param>
/// <param name="Text">null where there is none, or you may only know that it is there.</param>
/// <param name="Label">A sharing label; null where there is no answer.</param>
public sealed record SheetItemBody(string Item, int Version, string? Text, string? Label, string? Language);
