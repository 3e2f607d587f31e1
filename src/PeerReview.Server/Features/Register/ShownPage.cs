using System.Collections.Immutable;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Register;

/// <summary>What a State shows the public of a review by a programme's own process.</summary>
public static class ShownPage
{
    public static void Map(WebRoutes routes)
    {
        routes.PublicPages.MapGet("/register/{review:guid}", async (
            Guid review, Visit visit, PublicReads reads, StateNames states, Definitions definitions, CancellationToken cancel) =>
            await reads.ShownAsync(review, cancel) is { } found
                ? Answer.Page<ShownView>(new { Model = await OfAsync(found, definitions, states, visit.Texts, cancel) })
                : Answer.NotFound());
        routes.PublicApi.MapGet("/register/{review:guid}", async (
            Guid review, Visit visit, PublicReads reads, StateNames states, Definitions definitions, CancellationToken cancel) =>
            await reads.ShownAsync(review, cancel) is { } found
                ? TypedResults.Ok(ShownBody.Of(await OfAsync(found, definitions, states, visit.Texts, cancel)))
                : Answer.NotFound())
            .WithName("ReadShownTexts").WithTags("public").Produces<ShownBody>();
    }

    private static async Task<ShownModel> OfAsync(ShownReview found, Definitions definitions, StateNames states, Texts texts, CancellationToken cancel)
    {
        await definitions.KnowAsync([new ProcessPin(found.ProcessId, found.ProcessVersion)], cancel);
        var process = definitions.FindProcess(found.ProcessId, found.ProcessVersion)!;
        return new ShownModel(
            found, states.Of(found.SubjectState, texts.Language), VariantNames.Of(texts, process, found.Variant),
            [
                .. from text in found.Texts
                   let document = StageDocuments.Find(process, text.Key)
                   where document is not null
                   orderby document.Stage.Index
                   select new ShownDocument(process.In(texts.Language).Documents.First(d => d.Id == document.Document.Id).Title, text),
            ]);
    }
}

/// <summary>What the page draws.</summary>
public sealed record ShownModel(ShownReview Review, string StateName, string Kind, ImmutableArray<ShownDocument> Documents);

/// <summary>A text with the name of its document, in the reader's language.</summary>
public sealed record ShownDocument(string Title, ShownRow Text);

/// <summary>The same over the API.</summary>
/// <param name="State">ISO 3166-1 alpha-3 code.</param>
public sealed record ShownBody(string State, string Kind, IReadOnlyList<ShownTextBody> Texts)
{
    internal static ShownBody Of(ShownModel model) => new(
        model.Review.SubjectState, model.Kind,
        [.. model.Documents.Select(one => new ShownTextBody(one.Title, one.Text.Text, one.Text.Language, one.Text.At))]);
}

/// <summary>One text the public reads.</summary>
/// <param name="Language">ISO 639-1 code.</param>
/// <param name="SavedAt">UTC.</param>
public sealed record ShownTextBody(string Title, string Text, string Language, DateTimeOffset SavedAt);
